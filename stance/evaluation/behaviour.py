"""Behaviour tests: what a classifier must do whatever it was trained on (CheckList; Ribeiro et al., 2020).

Invariance: another state in the same place leaves the label as it is. Direction: who acts decides. Negation:
a sentence and its opposite are told apart. The sentences of the last two stand in ``data/behaviour``; they
were written for this and never train anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stance.corpus.location import data_folder
from stance.corpus.own import own_records
from stance.corpus.records import COMPOSED, Record, read_records
from stance.errors import CorpusError
from stance.models.classifier import Classifier, Probabilities, labels_of
from stance.schema import Example, Stance
from stance.text.swapping import Choose, other_powers, other_states, swap_alike

Pair = tuple[Example, Example]

TARGETS: Mapping[str, float] = {"states_swapped": 0.97, "direction": 0.90, "negation": 0.80}
"""The share that a test asks for, where it asks for one."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """The outcome of one test: how many of ``n`` pairs of examples passed, and those that did not."""

    name: str
    n: int
    failures: tuple[Pair, ...]

    @property
    def share(self) -> float:
        """The share of pairs that passed, in [0, 1]; 0 where there are none."""
        return 1 - len(self.failures) / self.n if self.n else 0.0

    @property
    def target(self) -> float | None:
        """The share that is asked for."""
        return TARGETS.get(self.name)

    @property
    def is_met(self) -> bool | None:
        """Whether the share reaches the target; None where there is none."""
        return None if self.target is None else self.share >= self.target

    def as_dict(self) -> dict[str, Any]:
        """The outcome as plain objects, ready for JSON."""
        return {"share": self.share, "n": self.n, "target": self.target, "met": self.is_met}


def swapped_pairs(examples: Iterable[Example], choose: Choose) -> list[Pair]:
    """Return each example with its swapped twin; the examples of a sentence share one swap.

    Examples of sentences in which nothing can be swapped are left out.
    """
    sentences: defaultdict[str, list[Example]] = defaultdict(list)
    for example in examples:
        sentences[example.text].append(example)
    pairs: list[Pair] = []
    for same in sentences.values():
        twins = swap_alike(same, choose)
        pairs += [(old, new) for old, new in zip(same, twins, strict=True) if old.text != new.text]
    return pairs


def minimal_pairs(records: Iterable[Record]) -> list[Pair]:
    """Return every two composed sentences of a group that differ in the label of the same dyad.

    The group of real news is a document, whose sentences are no pairs.
    """
    groups: defaultdict[tuple[str, str, str], list[Example]] = defaultdict(list)
    for record in (one for one in records if one.origin == COMPOSED):
        for example in record.to_examples():
            groups[record.group, example.state, example.power].append(example)
    return [
        (one, other)
        for same in groups.values()
        for one, other in combinations(same, 2)
        if one.stance != other.stance
    ]


def read_pairs(path: Path) -> list[Pair]:
    """Read a file of behaviour tests: records in groups of two with one example each.

    Raises:
        CorpusError: the file breaks the format, or a group is no pair.
    """
    groups: defaultdict[str, list[Example]] = defaultdict(list)
    for record in read_records(path):
        groups[record.group] += record.to_examples()
    for name, pair in groups.items():
        if len(pair) != 2:
            raise CorpusError(f"{path}: the group {name} has {len(pair)} examples, not two")
    return [(pair[0], pair[1]) for pair in groups.values()]


def consistency(name: str, classifier: Classifier, pairs: Sequence[Pair]) -> Behaviour:
    """Test that both examples of each pair get the same label, right or wrong."""
    return _outcome(name, pairs, [one == other for one, other in _answers(classifier, pairs)])


def both_right(name: str, classifier: Classifier, pairs: Sequence[Pair]) -> Behaviour:
    """Test that both examples of each pair get their own label."""
    expected = [(one.stance, other.stance) for one, other in pairs]
    answers = _answers(classifier, pairs)
    return _outcome(name, pairs, [a == b for a, b in zip(answers, expected, strict=True)])


class _Once:
    """A classifier that is asked about each example only once: the tests share most of theirs."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self._known: dict[Example, NDArray[np.float64]] = {}

    @property
    def classes_(self) -> tuple[Stance, ...]:
        return self._classifier.classes_

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        new = [example for example in dict.fromkeys(examples) if example not in self._known]
        if new:
            self._known |= zip(new, self._classifier.predict_proba(new), strict=True)
        return np.array([self._known[example] for example in examples])


def behaviour(classifier: Classifier, records: Sequence[Record], seed: int = 0) -> list[Behaviour]:
    """Run all behaviour tests.

    Args:
        classifier: the model.
        records: the test sentences in which states and powers are swapped and minimal pairs are sought.
        seed: of the states that are drawn.
    """
    once = _Once(classifier)
    examples = [example for record in records for example in record.to_examples()]
    states = swapped_pairs(examples, other_states(Random(seed)))  # noqa: S311
    powers = swapped_pairs(examples, other_powers(Random(seed)))  # noqa: S311
    folder = data_folder() / "behaviour"
    return [
        consistency("states_swapped", once, states),
        consistency("powers_swapped", once, powers),
        both_right("direction", once, read_pairs(folder / "direction.jsonl")),
        both_right("negation", once, read_pairs(folder / "negation.jsonl")),
        both_right("minimal_pairs", once, minimal_pairs(records)),
    ]


def behaviour_records() -> list[Record]:
    """Return the test split of the project's corpus, with real news where its text is at hand."""
    return own_records("test")


def _answers(classifier: Classifier, pairs: Sequence[Pair]) -> list[tuple[object, object]]:
    if not pairs:
        return []
    firsts, seconds = (labels_of(classifier.predict_proba([pair[side] for pair in pairs])) for side in (0, 1))
    return list(zip(firsts, seconds, strict=True))


def _outcome(name: str, pairs: Sequence[Pair], passed: Sequence[bool]) -> Behaviour:
    failures = tuple(pair for pair, is_right in zip(pairs, passed, strict=True) if not is_right)
    return Behaviour(name, len(pairs), failures)
