"""A text with the candidates found in it, and the words around each of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from stance.text.forms import Form
from stance.text.lexicon import ADJACENT_ORGANISATIONS, ORGANISATIONS

WORD_BEFORE = re.compile(r"([\w.'’&-]+)[ \xa0]$")
WORD_AFTER = re.compile(r"[ \xa0]([\w.'’&-]+)")
LONGER_WORD = re.compile(r"\b[A-Za-z]\w{3,}")
SEPARATOR = re.compile(r" [-–—|:] ")
OUTLET = re.compile(r"(?:(?:[A-Z0-9][\w.'’&-]*|of|and|the|in|for|&|[-–—|:])[,:]?(?: |$)){2,16}")
SMALL_WORDS = re.compile(r"\b(?:of|and|the|in|for)\b|[ ,:&]")
HEAD_OF_OUTLET = re.compile(r"\b(?:" + "|".join(sorted(ORGANISATIONS | ADJACENT_ORGANISATIONS)) + r"|News)\b")
NO_OUTLET = re.compile(r"Minist|President|Official|Embassy|Report|Army|Navy|Chief|Premier|Leader")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form where it was found: ``text[start:end]``."""

    start: int
    end: int
    form: Form


class Passage:
    """A text and its candidates, in order; answers what stands before and after a place."""

    def __init__(self, text: str, candidates: list[Candidate]) -> None:
        self.text = text
        self.candidates = candidates

    @cached_property
    def starts(self) -> dict[int, Candidate]:
        """The candidates by where they start."""
        return {candidate.start: candidate for candidate in self.candidates}

    @cached_property
    def ends(self) -> frozenset[int]:
        """Where the candidates end."""
        return frozenset(candidate.end for candidate in self.candidates)

    @cached_property
    def states(self) -> frozenset[str]:
        """The states of the candidates that have one meaning only."""
        return frozenset(candidate.form.state for candidate in self.candidates if not candidate.form.sense)

    @cached_property
    def full_names(self) -> frozenset[tuple[str, str]]:
        """The first and last words of the full names of leaders, each with the leader's state."""
        names = [(c.form.state, c.form.form.split()) for c in self.candidates if c.form.kind == "leader"]
        return frozenset((state, words[i]) for state, words in names if len(words) > 1 for i in (0, -1))

    @cached_property
    def is_headline(self) -> bool:
        """Whether nearly all longer words are capitalised, so that a capital letter tells nothing."""
        words = LONGER_WORD.findall(self.text[:400])
        return bool(words) and sum(word[0].isupper() for word in words) > 0.75 * len(words)

    @cached_property
    def outlet(self) -> int:
        """Where the outlet's name begins after a headline ("... - Irish Examiner"), or the text's end."""
        end = len(self.text)
        for match in SEPARATOR.finditer(self.text, max(0, end - 140)):
            if self._is_outlet(match.end()) and self.text.count(" ", 0, match.start()) > 2:
                return match.end()
        return end

    def _is_outlet(self, start: int) -> bool:
        rest = self.text[start:]
        if not OUTLET.fullmatch(rest) or rest.endswith(".") or NO_OUTLET.search(rest):
            return False
        inside = [c for c in self.candidates if c.start >= start]
        if len({c.form.state for c in inside}) > 1 or (
            len(rest.split()) > 4 and not HEAD_OF_OUTLET.search(rest)
        ):
            return False  # a second headline
        names = sum(c.end - c.start for c in inside)
        return rest[0].isupper() and len(SMALL_WORDS.sub("", rest)) > names + 2

    def previous(self, candidate: Candidate) -> Candidate | None:
        """Return the candidate before this one, if it ends at most 35 characters before it."""
        at = bisect_left(self.candidates, candidate.start, key=lambda other: other.start)
        if at and candidate.start - self.candidates[at - 1].end <= 35:
            return self.candidates[at - 1]
        return None

    def before(self, place: int) -> str:
        """Return the word that ends one space before ``place``, with its punctuation, or nothing."""
        match = WORD_BEFORE.search(self.text, max(0, place - 30), place)
        return match[1] if match else ""

    def after(self, place: int) -> str:
        """Return the word that starts one space after ``place``, or nothing."""
        match = WORD_AFTER.match(self.text, place)
        return match[1].rstrip(".") if match else ""

    def head(self, place: int, size: int = 40) -> str:
        """Return up to ``size`` characters before ``place``."""
        return self.text[max(0, place - size) : place]

    def near(self, candidate: Candidate, size: int = 300) -> str:
        """Return the text around a candidate, ``size`` characters each way."""
        return self.text[max(0, candidate.start - size) : candidate.end + size]
