"""What must hold for a corpus before anything is trained or counted on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stance.corpus.near_duplicates import masked_words, similar_pairs
from stance.corpus.records import Record
from stance.corpus.references import Reference
from stance.text.examples import pairs
from stance.text.locate import locate

NEAR_DUPLICATE = 0.7
"""Jaccard similarity of masked words at which two sentences count as the same."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that breaks a rule, and the record in which it was found."""

    record: str
    what: str

    def __str__(self) -> str:
        return f"{self.record}: {self.what}"


def _mention_problems(record: Record) -> Iterator[str]:
    for code, forms in record.mentions.items():
        if not forms:
            yield f"{code} has no surface form"
        for form in forms:
            if not locate(record.text, {code: [form]}):
                yield f"mention {form!r} of {code} does not stand in the text as words of its own"


def _pair_problems(of: Record | Reference) -> Iterator[str]:
    expected = set(pairs(of.mentions))
    given = Counter((dyad.state, dyad.power) for dyad in of.examples)
    for state, power in sorted(expected - set(given)):
        yield f"the pair {state} -> {power} has no example"
    for state, power in sorted(set(given) - expected):
        yield f"the pair {state} -> {power} is labelled but not mentioned"
    for (state, power), count in given.items():
        if count > 1:
            yield f"the pair {state} -> {power} is labelled {count} times"


def _identity_problems(records: Sequence[Record]) -> Iterator[Problem]:
    for name, count in Counter(record.id for record in records).items():
        if count > 1:
            yield Problem(name, f"the id stands {count} times")
    first: dict[str, Record] = {}
    for record in records:
        other = first.setdefault(record.group, record)
        if other.split != record.split:
            yield Problem(
                record.id,
                f"group {record.group} is parted: {other.id} is in {other.split}, this in {record.split}",
            )


def near_duplicates(records: Sequence[Record]) -> list[tuple[Record, Record, float]]:
    """Return the pairs of records of different groups whose masked words are nearly the same."""
    sets = [frozenset(masked_words(record.text, record.located())) for record in records]
    found = similar_pairs(sets, NEAR_DUPLICATE)
    alike = [(records[i], records[j], similarity) for i, j, similarity in found]
    return [(left, right, similarity) for left, right, similarity in alike if left.group != right.group]


def _leaks(records: Sequence[Record]) -> Iterator[Problem]:
    for left, right, similarity in near_duplicates(records):
        if left.split != right.split:
            yield Problem(
                right.id,
                f"nearly the same as {left.id} (Jaccard {similarity:.2f}), but one is in {left.split}, "
                f"the other in {right.split}",
            )


def validate(records: Sequence[Record]) -> list[Problem]:
    """Return everything that is wrong with ``records``; an empty list is a valid corpus.

    Checked: ids are unique; every surface form stands in its text; every (state, power) pair that is
    mentioned is labelled exactly once and no other; groups are in one split; near-duplicates are, too.
    That labels and codes are legal is checked when a record is read.
    """
    problems = [
        Problem(record.id, what)
        for record in records
        for check in (_mention_problems, _pair_problems)
        for what in check(record)
    ]
    return [*problems, *_identity_problems(records), *_leaks(records)]


def validate_references(references: Sequence[Reference]) -> list[Problem]:
    """Return what is wrong with references, as far as it shows without their text.

    Checked: ids and sha1 are unique; every pair is labelled exactly once; documents are in one split.
    """
    problems = [Problem(one.id, what) for one in references for what in _pair_problems(one)]
    for key in ("id", "sha1"):
        counts = Counter(str(getattr(one, key)) for one in references)
        problems += [Problem(value, f"the {key} stands {n} times") for value, n in counts.items() if n > 1]
    first: dict[str, Reference] = {}
    for one in references:
        other = first.setdefault(one.doc, one)
        if other.split != one.split:
            problems.append(Problem(one.id, f"document {one.doc} is parted: {other.id} is in {other.split}"))
    return problems
