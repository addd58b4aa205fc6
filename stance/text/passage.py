"""A text with the candidates found in it, and the words around each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from stance.text.forms import Form

WORD_BEFORE = re.compile(r"([\w.'’&-]+)[ \xa0]$")
WORD_AFTER = re.compile(r"[ \xa0]([\w.'’&-]+)")
LONGER_WORD = re.compile(r"\b[A-Za-z]\w{3,}")
OUTLET = re.compile(r" [-–—|] ((?!.*(?:Minist|President|Official|Embassy|Report|Army|Navy|Chief|Premier| [-–—|] ))"
    r"(?:[A-Z0-9][\w.'’&-]*|of|and|the|in|for|[-–&,:])(?:[ ,:]+(?:[A-Z0-9][\w.'’&-]*|of|and|the|in|for|[-–&])){1,11})$")
POSSESSIVE = re.compile(r"['’]s?\b|['’](?= )")


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
    def is_headline(self) -> bool:
        """Whether nearly all longer words are capitalised, so that a capital tells nothing."""
        words = LONGER_WORD.findall(self.text[:400])
        return bool(words) and sum(word[0].isupper() for word in words) > 0.75 * len(words)

    @cached_property
    def outlet(self) -> int:
        """Where the name of the outlet begins that follows a headline ("... - Irish Examiner"), or the end."""
        match = OUTLET.search(self.text)
        return match.start(1) if match and len(self.text[: match.start()].split()) > 3 else len(self.text)

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

    def tail(self, place: int, size: int = 60) -> str:
        """Return up to ``size`` characters from ``place``."""
        return self.text[place : place + size]

    def near(self, candidate: Candidate, size: int = 300) -> str:
        """Return the text around a candidate, ``size`` characters each way."""
        return self.text[max(0, candidate.start - size) : candidate.end + size]

    def is_possessive(self, candidate: Candidate) -> bool:
        """Whether the candidate is followed by an apostrophe."""
        return POSSESSIVE.match(self.text, candidate.end) is not None
