"""How the pair is shown to a model: one text for each example.

========  ===================================================================================
plain     the sentence, then the pair by its codes, as a second segment
markers   ``[S] Islamabad [/S] thanked [P] Beijing [/P]`` (Soares et al., 2019)
typed     markers that say what is marked, power or other state (Zhou and Chen, 2022)
masked    the names give way to roles, ``[S] thanked [P]`` (entity masking, Zhang et al., 2017)
blind     the sentence alone: what a model knows that is not told whom it is asked about
========  ===================================================================================

Roles: S is the state, P the power of the example; in ``masked``, Q is another power and O another state.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from stance.schema import POWERS, Example, Mention


class Encoding(StrEnum):
    """The ways to show an example (module docstring)."""

    PLAIN = "plain"
    MARKERS = "markers"
    TYPED = "typed"
    MASKED = "masked"
    BLIND = "blind"


SEPARATOR = " [SEP] "


def role(example: Example, mention: Mention) -> str:
    """The role of a mention in an example: S, P, Q (another power) or O (another state)."""
    if mention.state == example.state:
        return "S"
    if mention.state == example.power:
        return "P"
    return "Q" if mention.state in POWERS else "O"


def _rewritten(example: Example, rewrite: Callable[[Mention], str]) -> str:
    pieces, end = [], 0
    for mention in example.mentions:
        pieces += [example.text[end : mention.start], rewrite(mention)]
        end = mention.end
    return "".join([*pieces, example.text[end:]])


def _marked(example: Example, mention: Mention) -> str:
    name = role(example, mention)
    return f"[{name}] {mention.text} [/{name}]" if name in "SP" else mention.text


def _typed(example: Example, mention: Mention) -> str:
    kind = "power" if mention.state in POWERS else "state"
    name = role(example, mention)
    return f"[{name}:{kind}] {mention.text} [/{name}:{kind}]" if name in "SP" else mention.text


def encode(example: Example, encoding: Encoding) -> str:
    """Return the text that shows ``example`` in the given encoding."""
    match encoding:
        case Encoding.PLAIN:
            return f"{example.text}{SEPARATOR}{example.state} {example.power}"
        case Encoding.MARKERS:
            return _rewritten(example, lambda mention: _marked(example, mention))
        case Encoding.TYPED:
            return _rewritten(example, lambda mention: _typed(example, mention))
        case Encoding.MASKED:
            return _rewritten(example, lambda mention: f"[{role(example, mention)}]")
        case Encoding.BLIND:
            return example.text
