"""The West as the bloc that the United States leads, and not a direction or a part of a name."""

from __future__ import annotations

import re

from stance.text.lexicon import OFFICES
from stance.text.passage import Candidate, Passage

BLOC_NOUNS = """
    access accusations? aggression aid alliances? allegations? allies ally arms assistance backers backing
    bloc camp capitals coalition countries country criticism democracies democracy demands diplomats? donors
    embargo embass(?:y|ies) envoys forces governments? hegemony imperialism influence intelligence
    interference interests intervention jets leaders? leadership lenders militar(?:y|ies) ministers missiles
    nations? negotiations? negotiators? officials? partners? polic(?:y|ies) politicians powers? pressure
    relations response sanctions? states support tanks targets ties troops unity values warnings? weapons?
    world
    """.split()
WESTERN_BLOC = re.compile(r"(?: (?:and|or) [A-Z]\w+| [a-z]+)? (?:" + "|".join(BLOC_NOUNS) + r")\b")
DIRECTIONS = frozenset({"to", "the", "due", "far", "in", "wild", "out", "old", "mid"})


def west(candidate: Candidate, passage: Passage) -> str | None:
    """Return the United States for "the West", but not where a proper name goes on."""
    after = passage.after(candidate.end)
    if after[:1].isupper() and after not in OFFICES and not passage.is_headline:
        return None
    return "USA" if not passage.text.startswith("-", candidate.end) else None


def bare_west(candidate: Candidate, passage: Passage) -> str | None:
    """Return the United States for West without its article: only after a small word or a verb."""
    before = passage.before(candidate.start)
    if not before.islower() or before in DIRECTIONS:
        return None
    return west(candidate, passage)


def western(candidate: Candidate, passage: Passage) -> str | None:
    """Return the United States for Western with a noun of government, or in pro-Western and anti-Western."""
    if passage.head(candidate.start, 5).lower().endswith(("pro-", "anti-")):
        return "USA"
    return "USA" if WESTERN_BLOC.match(passage.text, candidate.end) else None
