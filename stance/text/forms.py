"""The forms of words that may name a state, as shipped in ``states.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

DECOY = "-"
"""In place of a state code: a name inside which the name of a state is no mention."""

FORMS = Path(__file__).with_name("states.csv")

CAPITALISED_KINDS = frozenset({"name", "official", "demonym", "capital", "seat", "leader"})


@dataclass(frozen=True, slots=True)
class Form:
    """A form of words; ``sense`` names the rule that tells its meanings apart, or is empty.

    ``kind`` is one of name, official, short, demonym, capital, seat, bloc, prefix, leader and decoy;
    ``first`` and ``last`` are a leader's years in office, as far as they matter here.
    """

    state: str
    form: str
    kind: str
    sense: str = ""
    first: int | None = None
    last: int | None = None


def read_forms() -> tuple[Form, ...]:
    """Return the forms in ``states.csv``, in its order."""
    with FORMS.open(encoding="utf-8") as file:
        return tuple(
            Form(
                row["state"],
                row["form"],
                row["kind"],
                row["sense"],
                int(row["first"]) if row["first"] else None,
                int(row["last"]) if row["last"] else None,
            )
            for row in csv.DictReader(file)
        )


@cache
def spelt_forms() -> frozenset[str]:
    """Return the forms as the table spells them, without the variants of typesetters."""
    return frozenset(form.form for form in read_forms())


def variants(form: Form) -> Iterator[Form]:
    """Yield a form as typesetters and headline writers write it: curly apostrophes, all capitals."""
    spellings = {form.form, form.form.replace("'", "’")}
    if form.kind == "prefix":
        spellings |= {spelling.replace("-", "–") for spelling in spellings}
    if form.kind == "decoy":
        spellings |= {spelling.replace(" of ", " Of ") for spelling in spellings}
    if form.kind in CAPITALISED_KINDS and len(form.form) > 3 and form.sense != "common":
        spellings |= {spelling.upper() for spelling in spellings}
    for spelling in sorted(spellings):
        yield replace(form, form=spelling)


@cache
def all_forms() -> dict[str, Form]:
    """Return every written form with what it stands for; the first in the file's order wins."""
    forms: dict[str, Form] = {}
    for form in read_forms():
        for variant in variants(form):
            forms.setdefault(variant.form, variant)
    return forms
