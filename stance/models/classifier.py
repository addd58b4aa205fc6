"""The one thing that every model is, whatever it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from stance.schema import LABELS, Example, Stance

Probabilities: TypeAlias = NDArray[np.float64]


@runtime_checkable
class Classifier(Protocol):
    """Anything that gives probabilities over ``LABELS``."""

    @property
    def classes_(self) -> tuple[Stance, ...]:
        """The labels in the order of the columns; always ``LABELS``."""

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        """Return an array of shape ``(len(examples), 4)``; rows sum to one."""


class Trainable(Classifier, Protocol):
    """A classifier that learns."""

    def fit(self, examples: Sequence[Example], seed: int) -> Trainable:
        """Learn from labelled ``examples`` and return itself."""


def labels_of(probabilities: Probabilities) -> list[Stance]:
    """Return the most probable label of each row of an array of shape ``(n, 4)``."""
    return [LABELS[int(column)] for column in probabilities.argmax(axis=1)]


def targets(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Return the column of each example's label, shape ``(n,)``.

    Raises:
        ValueError: an example has no label.
    """
    unlabelled = [example for example in examples if example.stance is None]
    if unlabelled:
        raise ValueError(f"{len(unlabelled)} examples have no label")
    column = {label: index for index, label in enumerate(LABELS)}
    return np.array([column[example.stance] for example in examples if example.stance], dtype=np.int64)


def one_hot(examples: Sequence[Example]) -> Probabilities:
    """Return each example's label as a distribution, shape ``(n, 4)``.

    Raises:
        ValueError: an example has no label.
    """
    certain: Probabilities = np.eye(len(LABELS))[targets(examples)]
    return certain


@dataclass(frozen=True, slots=True)
class Lesson:
    """Examples, and the distribution over ``LABELS`` that a model is to learn for each, shape ``(n, 4)``."""

    examples: list[Example]
    targets: Probabilities


def softmax(logits: NDArray[np.float64]) -> Probabilities:
    """Return the softmax over the last axis, computed without overflow."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    normalised: Probabilities = shifted / shifted.sum(axis=-1, keepdims=True)
    return normalised
