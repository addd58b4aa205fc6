"""Find the states that a text mentions.

One pass of an Aho-Corasick automaton over the forms of ``states.csv`` gives the candidates; whole words
win, the leftmost and longest of those that overlap wins, a decoy ("New Jersey", "South China Sea") takes
what it covers with it, and ``stance.text.context`` has the last word on each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

import ahocorasick_rs

from stance.schema import Mention
from stance.text.context import Candidate, Passage, resolve
from stance.text.forms import DECOY, Form, all_forms

SURROGATES = re.compile("[\ud800-\udfff]")


class Gazetteer:
    """The states' names in one automaton; make it once with ``Gazetteer.load()``."""

    def __init__(self, forms: dict[str, Form]) -> None:
        self._forms = tuple(forms.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(forms), matchkind=ahocorasick_rs.MatchKind.Standard, store_patterns=False
        )

    @classmethod
    def load(cls) -> Gazetteer:
        """Return the gazetteer of the shipped forms; it is built on the first call only."""
        return _shipped()

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return every mention of a state in ``text``, in order and without overlaps."""
        candidates = self._candidates(text)
        if not candidates:
            return ()
        passage = Passage(text, candidates)
        found = []
        for candidate in candidates:
            state = resolve(candidate, passage)
            if state is not None:
                end = candidate.end - (candidate.form.kind == "prefix")
                found.append(Mention(candidate.start, end, state, text[candidate.start : end]))
        return tuple(found)

    def _candidates(self, text: str) -> list[Candidate]:
        """Return the whole-word matches that survive their rivals, in order."""
        try:
            raw = self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:
            readable = SURROGATES.sub("�", text)
            raw = self._automaton.find_matches_as_indexes(readable, overlapping=True)
        forms = self._forms
        matches = [
            Candidate(start, end, forms[index])
            for index, start, end in raw
            if is_whole_word(text, start, end)
        ]
        return longest(matches)


def is_whole_word(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit touches the span from outside (after a hyphen or dash one may follow)."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "_@"):
        return False
    if end == len(text) or text[end - 1] in "-–":
        return True
    return not (text[end].isalnum() or text[end] == "_")


def longest(matches: Iterable[Candidate]) -> list[Candidate]:
    """Return the leftmost-longest matches; what a decoy overlaps is gone, unless it contains the decoy."""
    ordered = sorted(matches, key=lambda match: (match.start, -match.end))
    decoys = without_overlaps(match for match in ordered if match.form.state == DECOY)
    names = (match for match in ordered if match.form.state != DECOY)
    if decoys:
        ends = [decoy.end for decoy in decoys]
        names = (match for match in names if not is_covered(match, decoys, ends))
    return without_overlaps(names)


def without_overlaps(ordered: Iterable[Candidate]) -> list[Candidate]:
    """Return the matches that do not overlap one that is kept before them."""
    kept: list[Candidate] = []
    end = 0
    for match in ordered:
        if match.start >= end:
            kept.append(match)
            end = match.end
    return kept


def is_covered(match: Candidate, decoys: list[Candidate], ends: list[int]) -> bool:
    """Whether a decoy overlaps a match without lying inside it; ``ends`` are the ends of the decoys."""
    first = bisect_right(ends, match.start)
    for decoy in decoys[first : first + 3]:
        if decoy.start >= match.end:
            return False
        if decoy.start < match.start or match.end < decoy.end:
            return True
    return False


@cache
def _shipped() -> Gazetteer:
    return Gazetteer(all_forms())
