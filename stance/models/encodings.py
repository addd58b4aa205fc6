"""How the pair is shown to a model: one text for each example, and where the pair stands in it.

========  ===================================================================================
plain     the sentence, then the pair by its codes, as a second segment
markers   ``[S] Islamabad [/S] thanked [P] Beijing [/P]`` (Soares et al., 2019)
typed     markers that say what is marked, power or other state (Zhou and Chen, 2022)
masked    the names give way to roles, ``[S] thanked [P]`` (entity masking, Zhang et al., 2017)
spans     the sentence as it is; only the spans tell the pair, so that all pairs of a sentence share
          one pass of an encoder (after Zhong and Chen, 2021)
blind     the sentence alone: what a model knows that is not told whom it is asked about
========  ===================================================================================

Roles: S is the state, P the power of the example; in ``masked``, Q is another power and O another state.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stance.schema import POWERS, Example, Mention, Span


class Encoding(StrEnum):
    """The ways to show an example (module docstring)."""

    PLAIN = "plain"
    MARKERS = "markers"
    TYPED = "typed"
    MASKED = "masked"
    SPANS = "spans"
    BLIND = "blind"


SEPARATOR = " [SEP] "

SPECIAL_TOKENS: dict[Encoding, tuple[str, ...]] = {
    Encoding.MARKERS: ("[S]", "[/S]", "[P]", "[/P]"),
    Encoding.TYPED: ("[S:state]", "[/S:state]", "[S:power]", "[/S:power]", "[P:power]", "[/P:power]"),
    Encoding.MASKED: ("[S]", "[P]", "[Q]", "[O]"),
}
"""Tokens that an encoder's tokenizer must not take apart."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An encoded example: ``state`` and ``power`` are the spans of their mentions in ``text``."""

    text: str
    state: tuple[Span, ...]
    power: tuple[Span, ...]


def role(example: Example, mention: Mention) -> str:
    """The role of a mention in an example: S, P, Q (another power) or O (another state)."""
    if mention.state == example.state:
        return "S"
    if mention.state == example.power:
        return "P"
    return "Q" if mention.state in POWERS else "O"


def _dressed(example: Example, mention: Mention, encoding: Encoding) -> tuple[str, str, str]:
    """What stands before a mention, in its place, and after it."""
    name = role(example, mention)
    if encoding is Encoding.MASKED:
        return "", f"[{name}]", ""
    if encoding not in (Encoding.MARKERS, Encoding.TYPED) or name not in "SP":
        return "", mention.text, ""
    kind = ":power" if mention.state in POWERS else ":state"
    tag = name + (kind if encoding is Encoding.TYPED else "")
    return f"[{tag}] ", mention.text, f" [/{tag}]"


def show(example: Example, encoding: Encoding) -> Shown:
    """Return ``example`` in the given encoding, with the spans of the pair in the new text."""
    text, end = "", 0
    found: dict[str, list[Span]] = {"S": [], "P": []}
    for mention in example.mentions:
        before, name, after = _dressed(example, mention, encoding)
        text += example.text[end : mention.start] + before
        found.setdefault(role(example, mention), []).append(Span(len(text), len(text) + len(name)))
        text += name + after
        end = mention.end
    text += example.text[end:]
    if encoding is Encoding.PLAIN:
        text += f"{SEPARATOR}{example.state} {example.power}"
    return Shown(text, tuple(found["S"]), tuple(found["P"]))


def encode(example: Example, encoding: Encoding) -> str:
    """Return the text that shows ``example`` in the given encoding."""
    return show(example, encoding).text
