"""From the sentences of an article to examples: every (state, power) pair of every sentence.

The carry rule
--------------
A sentence often continues the one before it: "Islamabad has taken a fourth loan. The country now owes
China a third of its debt." Where a sentence names only states or only powers, the missing side is
carried over from the preceding sentence if all of this holds:

1. both sentences stand in the same paragraph, next to each other;
2. the sentence refers back (``refers_back``) with a pronoun among its first six words, or with a definite
   phrase that names nobody itself, as "the Chinese government" and "the government in Beijing" do;
3. the preceding sentence offers exactly one candidate for the missing side.

Where a phrase such as "the country" stands for a carried state, the example reads the sentence with the
state's name in the phrase's place, as a reader does; otherwise it reads both sentences. It is marked
``carried``; ``carry=False`` switches the rule off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from stance.schema import POWERS, Example, Mention, Power, Sentence
from stance.text.names import state_name

_PRONOUNS = "|".join(
    f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in "it its they their he his she her".split()
)
OPENING_PRONOUN = re.compile(
    rf"\W*+(?:\w[\w’'-]*+\W++){{0,5}}?(?:{_PRONOUNS}|[Bb]oth(?! (?:the |of )?[A-Z]))\b"
)
"""A pronoun among the first six words goes on with what the sentence before was about (Grosz, Joshi and
Weinstein, 1995); further on it has nouns of its own sentence to refer to, as in "developing nations are
recalibrating their positions"."""

DEFINITE_PHRASE = re.compile(
    r"\b(?:the|this|that|these|those|such) (?:\w+ )?(?:country|government|state|nation|kingdom|republic|"
    r"islands?|capital|ministry|minister|president|premier|leader|two|deal|pact|agreement|accord|offer|loan|"
    r"move|decision|demand|request|visit|proposal|warning|vote|plan|partnership|relationship|alliance)\b(?!-)",
    re.IGNORECASE,
)
"""Phrases by which a sentence refers to the one before it."""

STATE_PHRASE = re.compile(
    r"\b(?:the|this|that) (?:(?:country|nation|government|kingdom|republic|island nation)\b(?!-)|"
    r"state(?=['’]s\b|[,.;:]|$| (?:has|had|is|was|will|would|can|could|may|must|should|also|said|says|owes|"
    r"wants)\b))",
    re.IGNORECASE,
)
"""A phrase that stands for the state of the sentence before; "the state railway" does not."""

_BINDING = re.compile(r" (?:of|in|under) (?:[\w-]+ ){0,2}")
"""What stands between a phrase and the name that it is bound to: "the government of neighbouring China"."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An example and the sentence of the article in which it stands."""

    sentence: Sentence
    example: Example


def pairs(codes: Iterable[str]) -> list[tuple[str, Power]]:
    """Return the directed (state, power) pairs among ``codes``, in the order of first mention."""
    distinct = list(dict.fromkeys(codes))
    return [
        (state, Power(power))
        for state in distinct
        for power in distinct
        if power in POWERS and state != power
    ]


def examples_in(text: str, mentions: Sequence[Mention]) -> list[Example]:
    """Return one example for every directed pair that ``text`` mentions."""
    ordered = tuple(sorted(mentions))
    return [Example(text, state, power, ordered) for state, power in pairs(m.state for m in ordered)]


def _unnamed(pattern: re.Pattern[str], text: str, mentions: Sequence[Mention]) -> re.Match[str] | None:
    """The first match of ``pattern`` that holds no mention and is not bound to one by "of" or "in"."""
    starts = {mention.start for mention in mentions}
    for match in pattern.finditer(text):
        is_named = any(_BINDING.fullmatch(text, match.end(), start) for start in starts)
        if not is_named and not any(match.start() <= start < match.end() for start in starts):
            return match
    return None


def refers_back(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether a sentence goes on with what the one before it was about (module docstring)."""
    return OPENING_PRONOUN.match(text) is not None or _unnamed(DEFINITE_PHRASE, text, mentions) is not None


def _carried(before: Sequence[Mention], here: Sequence[Mention]) -> str | None:
    """The one code that the preceding sentence lends, or None."""
    powers_here = {m.state for m in here if m.state in POWERS}
    others_here = {m.state for m in here} - powers_here
    if not here or (powers_here and others_here):
        return None
    wants_power = bool(others_here)
    lent = {m.state for m in before if (m.state in POWERS) == wants_power}
    return lent.pop() if len(lent) == 1 else None


def _shifted(mentions: Iterable[Mention], by: int) -> list[Mention]:
    return [replace(mention, start=mention.start + by, end=mention.end + by) for mention in mentions]


def _read_together(
    text: str, first: Sentence, second: Sentence, found: Sequence[Sequence[Mention]], lent: str
) -> tuple[str, list[Mention]]:
    """The text of a carried example and its mentions (module docstring)."""
    before, here = found
    phrase = _unnamed(STATE_PHRASE, second.text, here)
    if phrase is None or lent in POWERS:
        return text[first.start : second.end], [*before, *_shifted(here, second.start - first.start)]
    name = state_name(lent)
    grown = len(name) - (phrase.end() - phrase.start())
    left = [mention for mention in here if mention.end <= phrase.start()]
    right = _shifted((mention for mention in here if mention.start >= phrase.end()), grown)
    whole = second.text[: phrase.start()] + name + second.text[phrase.end() :]
    return whole, [*left, Mention(phrase.start(), phrase.start() + len(name), lent, name), *right]


def _carry(text: str, first: Sentence, second: Sentence, found: Sequence[Sequence[Mention]]) -> list[Example]:
    before, here = found
    lent = _carried(before, here)
    if lent is None or first.paragraph != second.paragraph or not refers_back(second.text, here):
        return []
    whole, mentions = _read_together(text, first, second, found, lent)
    sides = {lent} | {mention.state for mention in here}
    kept = [
        e for e in examples_in(whole, mentions) if lent in (e.state, e.power) and {e.state, e.power} <= sides
    ]
    return [replace(example, carried=True) for example in kept]


def article_examples(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    *,
    carry: bool = True,
) -> list[Occurrence]:
    """Return the examples of all ``sentences`` of ``text`` in order.

    Args:
        text: the article's text, into which the sentences' offsets point.
        sentences: as ``split_sentences`` gives them.
        mentions: those in each sentence, with offsets into the sentence.
        carry: whether the carry rule (module docstring) applies.
    """
    found: list[Occurrence] = []
    for index, (sentence, here) in enumerate(zip(sentences, mentions, strict=True)):
        found += [Occurrence(sentence, example) for example in examples_in(sentence.text, here)]
        if carry and index:
            carried = _carry(text, sentences[index - 1], sentence, mentions[index - 1 : index + 1])
            found += [Occurrence(sentence, example) for example in carried]
    return found
