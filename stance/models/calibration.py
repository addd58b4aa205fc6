"""Temperature scaling: one number that makes probabilities mean what they say (Guo et al., 2017)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stance.models.classifier import Classifier, Probabilities, softmax
from stance.schema import Example, Stance

_GRID = np.exp(np.linspace(np.log(0.05), np.log(20.0), 400))
_TINY = 1e-12


def scaled(probabilities: Probabilities, temperature: float) -> Probabilities:
    """Return ``softmax(log p / temperature)``, which is temperature scaling of the logits behind ``p``."""
    return softmax(np.log(np.clip(probabilities, _TINY, 1.0)) / temperature)


def negative_log_likelihood(probabilities: Probabilities, targets: NDArray[np.int64]) -> float:
    """Return the mean of ``-log p(target)`` in nats; ``targets`` are columns, shape ``(n,)``."""
    chosen = probabilities[np.arange(len(targets)), targets]
    return float(-np.log(np.clip(chosen, _TINY, 1.0)).mean())


def fit_temperature(probabilities: Probabilities, targets: NDArray[np.int64]) -> float:
    """Return the temperature in [0.05, 20] with the least negative log-likelihood on held-out data."""
    if len(targets) == 0:
        return 1.0
    losses = [negative_log_likelihood(scaled(probabilities, float(t)), targets) for t in _GRID]
    return float(_GRID[int(np.argmin(losses))])


@dataclass(frozen=True, slots=True)
class CalibratedClassifier:
    """A classifier whose probabilities are scaled by a temperature."""

    base: Classifier
    temperature: float

    @property
    def classes_(self) -> tuple[Stance, ...]:
        """The columns of ``predict_proba``."""
        return self.base.classes_

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        """Return calibrated probabilities of shape ``(n, 4)``."""
        return scaled(self.base.predict_proba(examples), self.temperature)
