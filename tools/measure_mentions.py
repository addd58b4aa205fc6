"""Measure ``find_mentions`` on labelled pairs: ``python tools/measure_mentions.py FILE.jsonl``.

FILE has one object a line with ``text`` and ``examples`` (``state``, ``power``; ``mention: false`` marks a
pair that only looks like one). Printed are the shares of these traps that are not produced, of the other
pairs that are, and how many pairs are produced that the row does not list.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stance.schema import POWERS
from stance.text.mentions import find_mentions

Pair = tuple[str, str]


@dataclass(frozen=True)
class Outcome:
    """A pair of one row: what was expected of it and whether it was produced."""

    text: str
    pair: Pair
    expected: str
    produced: bool
    forms: str

    @property
    def is_miss(self) -> bool:
        """Whether the outcome is not the expected one."""
        return self.produced != (self.expected == "pair")


def produced_pairs(states: dict[str, set[str]]) -> set[Pair]:
    """Return the (state, power) pairs of the states that were found."""
    return {(state, power) for state in states for power in POWERS if power in states and state != power}


def outcomes(row: dict[str, object]) -> Iterator[Outcome]:
    """Yield one outcome for each pair that is listed or produced."""
    text = str(row["text"])
    states: dict[str, set[str]] = {}
    for mention in find_mentions(text):
        states.setdefault(mention.state, set()).add(mention.text)
    produced = produced_pairs(states)
    examples = row.get("examples")
    listed: dict[Pair, str] = {}
    for example in examples if isinstance(examples, list) else ():
        trap = example.get("mention") is False
        listed[example["state"], example["power"]] = "trap" if trap else "pair"
    for pair in sorted(produced | set(listed)):
        forms = ", ".join(f"{code}: {'|'.join(sorted(states.get(code, ())))}" for code in pair)
        yield Outcome(text, pair, listed.get(pair, "unlisted"), pair in produced, forms)


def share(found: list[Outcome], expected: str) -> str:
    """Return how many pairs of a kind came out as expected."""
    kind = [outcome for outcome in found if outcome.expected == expected]
    right = sum(not outcome.is_miss for outcome in kind)
    return f"{right} of {len(kind)} ({right / max(1, len(kind)):.1%})"


def main() -> None:
    """Print the figures, and with ``--list`` the pairs behind them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--list", choices=("trap", "pair", "unlisted"), help="print the misses of a kind")
    options = parser.parse_args()
    with options.file.open(encoding="utf-8") as file:
        found = [outcome for line in file for outcome in outcomes(json.loads(line))]
    print(f"traps not produced: {share(found, 'trap')}")
    print(f"pairs produced:     {share(found, 'pair')}")
    print(f"unlisted pairs:     {sum(outcome.expected == 'unlisted' for outcome in found)}")
    for outcome in found:
        if outcome.is_miss and outcome.expected == options.list:
            print(f"{'-'.join(outcome.pair)} [{outcome.forms}] {outcome.text}")


if __name__ == "__main__":
    main()
