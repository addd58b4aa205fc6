"""What states are called where a code would not be read."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    with Path(__file__).with_name("states.csv").open(encoding="utf-8", newline="") as rows:
        found: dict[str, str] = {}
        for row in csv.DictReader(rows):
            if row["kind"] == "name":  # the usual one comes first
                found.setdefault(row["state"], row["form"])
    return found


def state_name(code: str) -> str:
    """Return the common English name of the state ``code``; the code itself where none is listed."""
    return _names().get(code, code)
