"""Names inside names (codebook, rule 27): currencies, seas, firms, newspapers, universities, people."""

from __future__ import annotations

import re

from stance.text.lexicon import (
    ADJACENT_ORGANISATIONS,
    COMMON_NOUNS_OF_ACCORDS,
    CURRENCIES,
    GIVEN_NAMES,
    LANGUAGE_VERBS,
    NAMED_THINGS,
    ORGANISATIONS,
    WATERS,
)
from stance.text.passage import Candidate, Passage

LAWMAKERS = frozenset({"Sen.", "Sen", "Senator", "Rep.", "Congressman", "Gov.", "Governor", "Justice"})
LANGUAGE_AFTER = ("-language", "-speaking", "-Language", " language", "-speaker")
ABOUT_WORDS = frozenset({"acronym", "word", "phrase", "translation", "dictionary"})
AFTER_A_LANGUAGE = frozenset({"", "and", "on", "to", "at", "as", "that", "by", "or"})
NO_NOUN = "|".join(
    """
    on to at as that by and or for from in with without before after is was are were but so when while where
    which who via about during this last late early only alike alone yesterday today
    """.split()
)
PAIR_BEFORE_A_NOUN = re.compile(rf" (?:and|or) (?=[A-Z][a-z]+ (?!(?:{NO_NOUN})\b)[a-z])")
"""In "in Chinese and Russian investment" is no language, if both words are demonyms."""
PLACES = frozenset({"name", "short", "demonym", "capital", "official"})
ORGANISATION_AFTER = re.compile(
    r"(?! (?:Naval|Military|Army|Navy|Air Force|Department|Ministry))"
    r"(?: (?:[A-Z][\w.'’-]*|&|of|for|and)){0,3}? (?:" + "|".join(sorted(ORGANISATIONS)) + r")\b"
)
ORGANISATION_BEFORE = re.compile(
    r"\b(?:(?<!Central )(?<!National )(?<!Reserve )Bank|"
    + "|".join(sorted(NAMED_THINGS))
    + r") (?:of|de|for|on) (?:the )?$"
)


GULF_AFTER = re.compile(r" Gulf(?: [Cc]oast| of| waters| crude|['’]s|[.,;:)]|$)")
"""The gulf itself: "US Gulf allies" are allies of the United States."""

NAMED_AFTER_CAPITAL = re.compile(
    r"(?: \d{4})? (?:" + "|".join(sorted(COMMON_NOUNS_OF_ACCORDS)) + r")\b", re.IGNORECASE
)


def is_inside_a_name(candidate: Candidate, passage: Passage) -> bool:
    """Whether the candidate is a part of the name of something that is no state."""
    kind = candidate.form.kind
    if kind == "prefix":
        return candidate.end not in passage.starts
    if kind == "leader":
        return passage.before(candidate.start) in LAWMAKERS
    if kind not in PLACES:
        return False
    text, end = passage.text, candidate.end
    if text.startswith(("$", "-dollar"), end):
        return True
    if candidate.start >= passage.outlet or _is_in_address(candidate, passage):
        return True
    return (
        _has_name_after(candidate, passage)
        or _has_name_before(candidate, passage)
        or (kind == "demonym" and _is_language(candidate, passage))
    )


def _is_in_address(candidate: Candidate, passage: Passage) -> bool:
    if passage.text[candidate.start - 1 : candidate.start] not in ("/", "+", "=", "&", "."):
        return False
    return "://" in passage.head(candidate.start, 200).rsplit(None, 1)[-1]


def _has_name_after(candidate: Candidate, passage: Passage) -> bool:
    after = passage.after(candidate.end)
    if not after:
        return False
    if after in WATERS or after in ORGANISATIONS or _is_money(candidate, after):
        return True
    if GULF_AFTER.match(passage.text, candidate.end):
        return True
    if candidate.form.kind == "capital" and NAMED_AFTER_CAPITAL.match(passage.text, candidate.end):
        return True
    if not after[0].isupper() or passage.is_headline:
        return False
    is_adjacent = after in ADJACENT_ORGANISATIONS
    return is_adjacent or ORGANISATION_AFTER.match(passage.text, candidate.end) is not None


def _is_money(candidate: Candidate, after: str) -> bool:
    """Whether a currency follows, and no verb: "Russia pounds Kyiv"."""
    is_verb = after.lower() == "pounds" and candidate.form.kind != "demonym"
    return after.lower() in CURRENCIES and not is_verb


def _has_name_before(candidate: Candidate, passage: Passage) -> bool:
    before = passage.before(candidate.start)
    if not before:
        return False
    if before[0].isupper():
        return before in GIVEN_NAMES or before in ("University", "Tennis", "Fly", "Radio")
    return before in ("of", "de", "for", "on", "the") and (
        ORGANISATION_BEFORE.search(passage.head(candidate.start)) is not None
    )


def _is_language(candidate: Candidate, passage: Passage) -> bool:
    text, end = passage.text, candidate.end
    if text.startswith(LANGUAGE_AFTER, end):
        return True
    after = passage.after(end)
    if after in ABOUT_WORDS:
        return True
    if text[candidate.start - 1 : candidate.start] == "(" and text[end : end + 1] == ")":
        return not passage.after(end + 1).islower()
    if text.startswith("-", end):
        return False
    before = passage.before(candidate.start).lower()
    pair = PAIR_BEFORE_A_NOUN.match(text, end)
    is_object = after in AFTER_A_LANGUAGE and not (pair and pair.end() in passage.starts)
    return is_object if before == "in" else before in LANGUAGE_VERBS and (is_object or not after.islower())
