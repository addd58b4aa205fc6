"""Counts that describe a corpus: how much, of what, how varied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stance.corpus.near_duplicates import masked_words
from stance.corpus.records import LabelledDyad, Record
from stance.schema import LABELS, POWERS

LABEL_WORDS = ("lean", "balanc", "hedg", "pivot")
"""Beginnings of the words that would name the label instead of showing it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A named table of counts or shares, as it is printed."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _percent(count: int, total: int) -> str:
    return f"{100 * count / total:.1f}%" if total else "-"


def _counts(title: str, names: Iterable[str], order: Sequence[str] = ()) -> Table:
    counter = Counter(map(str, names))
    total = sum(counter.values())
    keys = [key for key in order if key in counter] or sorted(counter, key=lambda key: (-counter[key], key))
    rows = tuple((key, str(counter[key]), _percent(counter[key], total)) for key in keys)
    return Table(title, (title, "n", "share"), rows)


def dyads(records: Iterable[Record]) -> list[LabelledDyad]:
    """All labelled dyads of ``records``, in order."""
    return [dyad for record in records for dyad in record.examples]


def variety(records: Sequence[Record]) -> dict[str, float]:
    """Return how varied the wording is, over texts with every state masked.

    Returns:
        ``distinct_4grams``: different 4-grams over all 4-grams (Li et al., 2016), in [0, 1];
        ``top_start``: the share of sentences that begin with the most frequent 5 words;
        ``label_words``: the share of sentences with a word that names a label.
    """
    masked = [masked_words(record.text, record.located()) for record in records]
    grams = [tuple(one[i : i + 4]) for one in masked for i in range(len(one) - 3)]
    starts = Counter(tuple(one[:5]) for one in masked)
    naming = sum(any(word.startswith(LABEL_WORDS) for word in one) for one in masked)
    return {
        "distinct_4grams": len(set(grams)) / max(len(grams), 1),
        "top_start": max(starts.values(), default=0) / max(len(records), 1),
        "label_words": naming / max(len(records), 1),
    }


def summary(records: Sequence[Record]) -> dict[str, float]:
    """Return the figures that a corpus is held to: sizes, and shares in [0, 1]."""
    labelled = dyads(records)
    several = [record for record in records if len(record.examples) > 1]
    mixed = [record for record in several if len({dyad.stance for dyad in record.examples}) > 1]
    counted = {
        "sentences": len(records),
        "examples": len(labelled),
        "states": len({dyad.state for dyad in labelled}),
        "mixed_sentences": len(mixed),
        "several_examples": len(several) / max(len(records), 1),
        "power_as_state": sum(dyad.state in POWERS for dyad in labelled) / max(len(labelled), 1),
    }
    labels = Counter(dyad.stance for dyad in labelled)
    powers = Counter(dyad.power for dyad in labelled)
    shares = {f"share_{label}": labels[label] / max(len(labelled), 1) for label in LABELS}
    return counted | shares | {f"examples_{power}": powers[power] for power in POWERS} | variety(records)


def describe(records: Sequence[Record]) -> list[Table]:
    """Return the tables that ``stance corpus stats`` prints."""
    labelled = dyads(records)
    figures = summary(records)
    rows = tuple(
        (name, f"{value:.3f}" if isinstance(value, float) else str(value)) for name, value in figures.items()
    )
    return [
        Table("figures", ("figure", "value"), rows),
        _counts("label", (dyad.stance for dyad in labelled), LABELS),
        _counts("power", (dyad.power for dyad in labelled), POWERS),
        _counts("split", (record.split for record in records)),
        _counts("register", (record.register_ for record in records)),
        _counts("phenomenon", (record.phenomenon for record in records)),
        _counts("origin", (record.origin for record in records)),
    ]
