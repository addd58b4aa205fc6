"""Build ``stance/text/states.csv``: every form of words that may name a state.

Names, official names, capitals and demonyms come from pycountry, babel and countryinfo (the extra
``gazetteer``, needed by this script alone); what they lack or get wrong is in ``tools/exceptions``:

- ``territories.txt``: codes without a government of their own; their capitals are left out.
- ``forms.csv``: forms to add (seats, short forms, plurals such as "Finns").
- ``drop.csv``: forms to leave out, as a code (or ``*``) and a form.
- ``senses.csv``: forms that are also something else, with the rule that tells (``stance.text.context``).
- ``leaders.csv``: who spoke for a state, with years in office.
- ``usual.txt``: of several names of a state the one that news uses; it comes first.
- ``decoys.txt``: names inside which the name of a state is no mention.

Run ``python tools/build_states.py`` and commit what changed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pycountry
from babel import Locale
from countryinfo import CountryInfo, CountryNotFoundError

ROOT = Path(__file__).resolve().parent.parent
EXCEPTIONS = ROOT / "tools" / "exceptions"
OUT = ROOT / "stance" / "text" / "states.csv"
HEADER = ("state", "form", "kind", "sense", "first", "last")
DECOY = "-"
RANK = ("name", "official", "short", "demonym", "seat", "capital", "bloc", "prefix", "leader", "decoy")
UNINFLECTED = re.compile(r"(?:ese|ish|ch|s|x|z|men|wana|[Bb]asotho|Kyrgyz|vatu)$")
ENGLISH_OFFICIAL = re.compile(
    r"(?:the )?[A-Z][A-Za-z' -]*\b(?:of|Republic|Kingdom|Federation|Confederation)\b[A-Za-z' -]*"
)


class Form(NamedTuple):
    """One line of ``states.csv``; ``first`` and ``last`` are a leader's years in office, else empty."""

    state: str
    form: str
    kind: str
    sense: str = ""
    first: str = ""
    last: str = ""


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a hand-kept table."""
    with (EXCEPTIONS / name).open(encoding="utf-8", newline="") as file:
        return [{key: (value or "").strip() for key, value in row.items()} for row in csv.DictReader(file)]


def read_lines(name: str) -> list[str]:
    """Return the lines of a hand-kept list, without blank lines and ``#`` comments."""
    lines = (EXCEPTIONS / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def country_info(code: str) -> dict[str, object]:
    """Return what countryinfo knows of a state, or nothing."""
    try:
        return dict(CountryInfo(code).info())
    except CountryNotFoundError:
        return {}


def spellings(name: str) -> Iterator[str]:
    """Yield a name as it is written in running text: no inverted commas, "and" for "&", "Saint" for "St."."""
    name = name.replace("’", "'").removeprefix("the ").strip()
    if not name or re.search(r"[,()/]", name):
        return
    yield name
    if "&" in name:
        yield from spellings(name.replace("&", "and"))
    if name.startswith("St. "):
        yield "Saint " + name[4:]


def plural(demonym: str) -> str | None:
    """Return the plural of a demonym that forms it with "s"."""
    return None if UNINFLECTED.search(demonym) else demonym + "s"


def library_names(country: object, info: dict[str, object], locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield (kind, name) for one country from the three libraries."""
    yield "name", locale.territories.get(getattr(country, "alpha_2", ""), "")
    yield "name", getattr(country, "name", "")
    yield "name", getattr(country, "common_name", "")
    yield "official", getattr(country, "official_name", "")
    alternatives = info.get("altSpellings")
    for alternative in alternatives if isinstance(alternatives, list) else ():
        if ENGLISH_OFFICIAL.fullmatch(alternative):
            yield "official", alternative


def library_forms(territories: set[str]) -> Iterator[Form]:
    """Yield the forms that pycountry, babel and countryinfo give."""
    locale = Locale("en")
    for country in pycountry.countries:
        code = str(country.alpha_3)
        info = country_info(code)
        for kind, name in library_names(country, info, locale):
            yield from (Form(code, spelling, kind) for spelling in spellings(name))
        if code not in territories:
            for spelling in spellings(str(info.get("capital") or "")):
                yield Form(code, spelling, "capital")
        for demonym in str(info.get("demonym") or "").split(","):
            for spelling in filter(None, (demonym, plural(demonym) if demonym else None)):
                yield Form(code, spelling, "demonym")


def added_forms() -> Iterator[Form]:
    """Yield the hand-kept forms; a ``+s`` at the end of a form stands for singular and plural."""
    for row in read_rows("forms.csv"):
        stem = row["form"].removesuffix("+s")
        yield Form(row["state"], stem, row["kind"], row["sense"])
        if stem != row["form"]:
            yield Form(row["state"], stem + "s", row["kind"], row["sense"])


def leader_forms() -> Iterator[Form]:
    """Yield full names and surnames of leaders.

    A surname that is listed as ``common`` counts only with a title or beside the full name.
    """
    for row in read_rows("leaders.csv"):
        for name in row["names"].split("|"):
            yield Form(row["state"], name, "leader", "", row["first"], row["last"])
        for surname in filter(None, row["surnames"].split("|")):
            yield Form(row["state"], surname, "leader", row["use"], row["first"], row["last"])


def merge(forms: Iterable[Form], territories: set[str]) -> list[Form]:
    """Return one line a form: a sovereign state before a territory, then by kind, with all years."""

    def key(form: Form) -> tuple[bool, int, str, str]:
        return (form.state in territories, RANK.index(form.kind), form.sense, form.state)

    best: dict[str, Form] = {}
    for form in forms:
        known = best.get(form.form)
        if known is None or key(form) < key(known):
            best[form.form] = form
        elif known.kind == form.kind == "leader" and known.state == form.state:
            years = min(known.first, form.first), max(known.last, form.last)
            best[form.form] = known._replace(first=years[0], last=years[1])
    usual = set(read_lines("usual.txt"))
    return sorted(
        best.values(),
        key=lambda form: (form.state, RANK.index(form.kind), form.form not in usual, form.form),
    )


def build() -> list[Form]:
    """Return all lines of ``states.csv``, in order."""
    territories = set(read_lines("territories.txt"))
    dropped = {(row["state"], row["form"]) for row in read_rows("drop.csv")}
    senses = {row["form"]: row["sense"] for row in read_rows("senses.csv")}
    libraries = [
        form
        for form in library_forms(territories)
        if (form.state, form.form) not in dropped and ("*", form.form) not in dropped
    ]
    decoys = [Form(DECOY, decoy, "decoy") for decoy in read_lines("decoys.txt")]
    forms = merge([*libraries, *added_forms(), *leader_forms(), *decoys], territories)
    return [form._replace(sense=senses.get(form.form, form.sense)) for form in forms]


def write(forms: Iterable[Form], path: Path = OUT) -> None:
    """Write the forms as CSV with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(forms)


def main() -> None:
    """Build and write ``states.csv``."""
    forms = build()
    write(forms)
    states = {form.state for form in forms} - {DECOY}
    print(f"{len(forms)} forms of {len(states)} states in {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
