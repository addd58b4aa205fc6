"""What many tests build: examples with their mentions found, and a small corpus of natural sentences."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from stance.corpus.records import Record, read_records
from stance.schema import Example, Power, Stance
from stance.text.mentions import find_mentions

TOY_FILE = Path(__file__).parent / "data" / "toy.jsonl"
"""Sixty sentences in the corpus format: all labels, all splits, one to four dyads each."""


def example(
    text: str = "Pakistan thanked China.", state: str = "PAK", power: str = "CHN", stance: str | None = None
) -> Example:
    """An example whose mentions the gazetteer finds."""
    return Example(text, state, Power(power), find_mentions(text), Stance(stance) if stance else None)


@lru_cache(maxsize=1)
def natural_records() -> tuple[Record, ...]:
    """The sentences of the toy file."""
    return tuple(read_records(TOY_FILE))


def natural_examples(*splits: str) -> list[Example]:
    """The labelled examples of the toy file in ``splits``; of all, where none is named."""
    chosen = [record for record in natural_records() if not splits or record.split in splits]
    return [one for record in chosen for one in record.to_examples()]
