"""What the linear models count: views of an example, each a bag of tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from stance.models.encodings import Encoding, encode
from stance.schema import Example, Span

BAG_SEPARATOR: Final = "\t"
"""Tokens never hold it, so a bag can be handed over as one string."""

_TOKEN = re.compile(r"\[/?\w+(?::\w+)?\]|\w+(?:[’'-]\w+)*|[?!;:—]")
_NEAR = 4
_WITHIN = range(3, 6)


def tokens(text: str) -> list[str]:
    """Split an encoded text into lower-case words, role markers and telling punctuation."""
    return [t if t.startswith("[") else t.lower() for t in _TOKEN.findall(text)]


def ngrams(items: Sequence[str], longest: int) -> list[str]:
    """Return all runs of 1 to ``longest`` items, joined by spaces."""
    return [
        " ".join(items[i : i + size]) for size in range(1, longest + 1) for i in range(len(items) - size + 1)
    ]


def word_view(example: Example, encoding: Encoding) -> list[str]:
    """Words, and runs of two and three words, of the encoded sentence."""
    return ngrams(tokens(encode(example, encoding)), 3)


def character_view(example: Example, encoding: Encoding) -> list[str]:
    """Runs of 3 to 5 characters inside each word, word ends marked."""
    found = []
    for token in tokens(encode(example, encoding)):
        word = f"<{token}>"
        found += [word[i : i + size] for size in _WITHIN for i in range(len(word) - size + 1)]
    return found


def nearest_pair(example: Example) -> tuple[Span, Span] | None:
    """The mentions of state and power that begin closest together, or None if one is missing."""
    candidates = [(s, p) for s in example.spans(example.state) for p in example.spans(example.power)]
    return min(candidates, key=lambda pair: abs(pair[0].start - pair[1].start), default=None)


def pair_view(example: Example, encoding: Encoding) -> list[str]:
    """The words between state and power and just around each, tagged with where they stand."""
    pair = nearest_pair(example)
    if pair is None:
        return ["unmatched"]
    state, power = pair
    first, second = sorted(pair)
    order = "SP" if state < power else "PS"
    masked = {"S": state, "P": power}
    between = tokens(example.text[first.end : second.start])
    found = [f"{order}|{gram}" for gram in ngrams(between[:12], 2)]
    for name, span in masked.items():
        left, right = tokens(example.text[: span.start])[-_NEAR:], tokens(example.text[span.end :])[:_NEAR]
        found += [f"{name}<{gram}" for gram in ngrams(left, 2)] + [
            f"{name}>{gram}" for gram in ngrams(right, 2)
        ]
    distance = "near" if len(between) <= 3 else "far" if len(between) > 10 else "middle"
    return [*found, f"order={order}", f"distance={distance}"]


def entity_view(example: Example, encoding: Encoding) -> list[str]:
    """Who the pair is, and nothing of what the sentence says."""
    return [f"state={example.state}", f"power={example.power}", f"pair={example.state}>{example.power}"]


View = Callable[[Example, Encoding], list[str]]

VIEWS: Final[Mapping[str, View]] = {
    "words": word_view,
    "characters": character_view,
    "pair": pair_view,
    "entities": entity_view,
}


def bag(example: Example, view: str, encoding: Encoding) -> str:
    """Return the tokens of one view of ``example`` as a string, joined by ``BAG_SEPARATOR``."""
    return BAG_SEPARATOR.join(VIEWS[view](example, encoding))
