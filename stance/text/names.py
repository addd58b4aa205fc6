"""What states are called where a code would not be read."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

_USUAL = {
    "ATG": "Antigua and Barbuda",
    "BIH": "Bosnia and Herzegovina",
    "CIV": "Ivory Coast",
    "CPV": "Cape Verde",
    "IND": "India",
    "KGZ": "Kyrgyzstan",
    "LAO": "Laos",
    "LKA": "Sri Lanka",
    "MKD": "North Macedonia",
    "MMR": "Myanmar",
    "TTO": "Trinidad and Tobago",
    "TUR": "Turkey",
    "TWN": "Taiwan",
    "VNM": "Vietnam",
}
"""Where the first name in the table, which is in the order of the alphabet, is not the one that news uses."""


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    with Path(__file__).with_name("states.csv").open(encoding="utf-8", newline="") as rows:
        names = [row for row in csv.DictReader(rows) if row["kind"] == "name"]
    found: dict[str, str] = {}
    for row in sorted(names, key=lambda row: bool(row["sense"])):  # "America" and "Congo" need a context
        found.setdefault(row["state"], row["form"])
    return found | _USUAL


def state_name(code: str) -> str:
    """Return the common English name of the state ``code``; the code itself where none is listed."""
    return _names().get(code, code)
