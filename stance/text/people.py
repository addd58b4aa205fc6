"""The rules for names that are, or may be, the names of people."""

from __future__ import annotations

from stance.text.lexicon import GIVEN_NAMES, OFFICES, TITLES
from stance.text.passage import Candidate, Passage

BORNE_NAMES = GIVEN_NAMES - TITLES
TITLES_OF_OFFICE = TITLES - {"Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Senator", "Sen."}
FAMILY_NAME_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM"})


def person(candidate: Candidate, passage: Passage) -> str | None:
    """Return the state, unless a surname follows: "Chad" in "Chad Evans"."""
    after = passage.after(candidate.end)
    is_name = after[:1].isupper() and after[1:].islower() and after not in OFFICES
    if is_name and not passage.is_headline and candidate.end + 1 not in passage.starts:
        return None
    return candidate.form.state


def surname(candidate: Candidate, passage: Passage) -> str | None:
    """Return a leader's state: not after somebody else's given name, unless a title comes before that."""
    given = passage.before(candidate.start)
    if given not in BORNE_NAMES or passage.before(candidate.start - len(given) - 1) in TITLES:
        return candidate.form.state
    return None


def common(candidate: Candidate, passage: Passage) -> str | None:
    """Return a leader's state for a name that many bear: after a title of office, or beside the full name."""
    form = candidate.form
    if (form.state, form.form) in passage.full_names:
        return form.state
    if passage.before(candidate.start) not in TITLES_OF_OFFICE:
        return None
    previous = passage.previous(candidate)
    if previous is not None and previous.form.kind == "demonym" and previous.form.state != form.state:
        return None
    is_given_name = passage.after(candidate.end)[:1].isupper() and form.state not in FAMILY_NAME_FIRST
    return None if is_given_name and not passage.is_headline else form.state
