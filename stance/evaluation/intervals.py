"""How far chance moves a figure: intervals over seeds, and over the sentences of a test set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, stdev

import numpy as np
from numpy.typing import NDArray

T_975 = (
    12.706,
    4.303,
    3.182,
    2.776,
    2.571,
    2.447,
    2.365,
    2.306,
    2.262,
    2.228,
    2.201,
    2.179,
    2.160,
    2.145,
    2.131,
)
"""The 97.5% quantile of Student's t for 1, 2, ... 15 degrees of freedom."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean, its 95% interval and the number of values behind it."""

    mean: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def over_seeds(values: Sequence[float]) -> Interval:
    """Return the mean of one figure over seeds with its t interval (Student, 1908).

    Args:
        values: 1 to 16 of them; a single value is its own interval.
    """
    if len(values) == 1:
        return Interval(values[0], values[0], values[0], 1)
    half = T_975[len(values) - 2] * stdev(values) / len(values) ** 0.5
    return Interval(mean(values), mean(values) - half, mean(values) + half, len(values))


def resamples(size: int, draws: int, seed: int, at_once: int = 200) -> Iterator[NDArray[np.int64]]:
    """Yield ``draws`` resamples of ``size`` items by index, ``at_once`` rows at a time."""
    generator = np.random.default_rng(seed)
    for start in range(0, draws, at_once):
        yield generator.integers(size, size=(min(at_once, draws - start), size))


def percentile_interval(observed: float, drawn: Sequence[float] | NDArray[np.float64], n: int) -> Interval:
    """Return an observed figure with the 95% percentile interval of its resamples (Efron, 1979)."""
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(observed, float(low), float(high), n)
