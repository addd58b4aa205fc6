"""A corpus small enough to train on in a second, with a signal that a linear model can learn."""

from __future__ import annotations

from pathlib import Path

from stance.corpus.records import LabelledDyad, Record, Split, write_records
from stance.schema import Power, Stance
from stance.text.mentions import find_mentions

SAYINGS = {
    Stance.TOWARD: "{state} signed a defence pact with {power} on day {n}.",
    Stance.AWAY: "{state} condemned {power} and expelled its envoy on day {n}.",
    Stance.HEDGING: "{state} stays neutral and will not choose for or against {power}, it said on day {n}.",
    Stance.NONE: "A storm passed over {state} and {power} on day {n}.",
}
STATES = {"PAK": "Pakistan", "VNM": "Vietnam", "KEN": "Kenya", "POL": "Poland", "BRA": "Brazil"}
POWERS = {Power.CHN: "China", Power.USA: "the United States", Power.RUS: "Russia"}


def toy_records() -> list[Record]:
    """Every label of every pair, each a group of its own; the days keep the sentences apart."""
    records = []
    for number, (label, state, power) in enumerate(
        (la, s, p) for la in SAYINGS for s in STATES for p in POWERS
    ):
        text = SAYINGS[label].format(state=STATES[state], power=POWERS[power], n=number)
        forms: dict[str, tuple[str, ...]] = {}
        for mention in find_mentions(text):
            forms[mention.state] = (mention.text,)
        split: Split = ("train", "train", "train", "validation", "test")[number % 5]
        records.append(
            Record(
                id=f"t{number:03d}",
                text=text,
                mentions=forms,
                examples=(LabelledDyad(state=state, power=power, stance=label, annotations=(label, label)),),
                split=split,
                group=f"g{number:03d}",
                register="agency",
                phenomenon="plain",
                origin="composed",
            )
        )
    return records


def write_toy_corpus(folder: Path) -> Path:
    """Write the toy corpus to a file in ``folder`` and return its path."""
    path = folder / "toy.jsonl"
    write_records(toy_records(), path)
    return path
