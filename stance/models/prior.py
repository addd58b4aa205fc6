"""Prior shift: a classifier that learned from one mix of labels, read on text with another.

A model takes the share of each label in its training data for granted. Where the share is another one and
the sentences of a label look alike in both, its probabilities are put right by the ratio of the two
(Saerens, Latinne and Decaestecker, 2002).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from stance.errors import ModelError
from stance.models.classifier import Classifier, Probabilities
from stance.schema import LABELS, Example, Stance

Prior: TypeAlias = tuple[float, float, float, float]
"""The share of each of ``LABELS``; they sum to one."""

NEWS: Prior = (0.123, 0.115, 0.004, 0.758)
"""The shares in sentences of real news drawn at random: the pairs of ``data/real`` with ``pick`` random."""

_TINY = 1e-6


def prior(shares: Sequence[float]) -> Prior:
    """Return ``shares``, in the order of ``LABELS``, as a prior that sums to one.

    Raises:
        ModelError: there are not four, or one is negative, or all are zero.
    """
    if (
        len(shares) != len(LABELS)
        or not all(0 <= share < float("inf") for share in shares)
        or not sum(shares)
    ):
        raise ModelError(f"a prior needs four shares ({', '.join(LABELS)}) of 0 or more, not {tuple(shares)}")
    toward, away, hedging, none = (float(share) / sum(shares) for share in shares)
    return toward, away, hedging, none


def parse_prior(text: str) -> Prior:
    """Return the prior that ``news`` or four numbers such as ``12,12,1,75`` stand for.

    Raises:
        ModelError: it is neither.
    """
    if text == "news":
        return NEWS
    try:
        return prior([float(part) for part in text.split(",")])
    except ValueError:
        raise ModelError(
            f"the prior {text!r} is neither 'news' nor four numbers such as 12,12,1,75"
        ) from None


def shift_prior(probabilities: Probabilities, source: Prior, target: Prior) -> Probabilities:
    """Return ``p * target / source``, made to sum to one again; arrays of shape ``(n, 4)``."""
    shifted = probabilities * (np.array(target) / np.clip(source, _TINY, None))
    normalised: Probabilities = shifted / np.clip(shifted.sum(axis=1, keepdims=True), 1e-300, None)
    return normalised


@dataclass(frozen=True, slots=True)
class PriorShifted:
    """A classifier that is read on text with other shares of the labels than it learned from."""

    base: Classifier
    source: Prior
    target: Prior

    @property
    def classes_(self) -> tuple[Stance, ...]:
        """The columns of ``predict_proba``."""
        return self.base.classes_

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        """Return probabilities of shape ``(n, 4)`` under the new shares."""
        return shift_prior(self.base.predict_proba(examples), self.source, self.target)
