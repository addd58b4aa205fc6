"""Whether one model is better than another on the same examples, or was only luckier with them.

The bootstrap draws whole clusters (sentences): the pairs of one sentence are not independent of each other.
McNemar's test takes every example for itself; it is the usual companion, and the bootstrap decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from stance.evaluation.intervals import Interval, percentile_interval, resamples
from stance.models.classifier import Probabilities
from stance.models.f1 import Labels, macro_f1, macro_f1_of, occurring
from stance.schema import LABELS, Stance

DRAWS = 10_000
"""Resamples of a comparison."""


@dataclass(frozen=True, slots=True)
class Discordant:
    """The examples on which exactly one of two models is right (McNemar, 1947).

    Attributes:
        first_only: how many the first model alone has right.
        second_only: how many the second model alone has right.
    """

    first_only: int
    second_only: int

    @property
    def p(self) -> float:
        """The mid-p value of McNemar's exact test, two-sided (Fagerland, Lydersen and Laake, 2013)."""
        return mid_p(self.first_only, self.second_only)

    @property
    def cohens_g(self) -> float:
        """The share that the first model has right, less a half (Cohen, 1988); 0 where there are none."""
        total = self.first_only + self.second_only
        return self.first_only / total - 0.5 if total else 0.0

    @property
    def odds_ratio(self) -> float:
        """``first_only / second_only`` with half an example added to both (Haldane, 1956)."""
        return (self.first_only + 0.5) / (self.second_only + 0.5)


@dataclass(frozen=True, slots=True)
class PairedTest:
    """The comparison of two of several models, named by their indices.

    Attributes:
        difference: macro-F1 of the first less that of the second, with its 95% bootstrap interval; ``n`` is
            the number of clusters.
        p: that a difference as large arises by chance, two-sided.
        p_holm: ``p`` after Holm's correction over all pairs.
        mcnemar_holm: McNemar's mid-p after the same correction.
    """

    first: int
    second: int
    difference: Interval
    p: float
    p_holm: float
    discordant: Discordant
    mcnemar_holm: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several models on the same examples: each one's macro-F1, and a test for every pair."""

    scores: tuple[Interval, ...]
    tests: tuple[PairedTest, ...]


def mid_p(first_only: int, second_only: int) -> float:
    """Return the mid-p value of the two-sided binomial test of equal odds; 1 where there are no trials."""
    total, low = first_only + second_only, min(first_only, second_only)
    if first_only == second_only:
        return 1.0
    tail = sum(comb(total, k) for k in range(low + 1)) * 2 - comb(total, low)
    return float(tail / 2**total)


def holm(p_values: Sequence[float]) -> list[float]:
    """Return ``p_values`` corrected for their number, step down, in the same order (Holm, 1979)."""
    corrected = [1.0] * len(p_values)
    reached = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        reached = max(reached, min(1.0, (len(p_values) - rank) * p_values[index]))
        corrected[index] = reached
    return corrected


def _weights(clusters: int, draws: int, seed: int) -> Iterator[NDArray[np.float64]]:
    """Yield how often each cluster is drawn, some resamples at a time, shape ``(resamples, clusters)``."""
    for picks in resamples(clusters, draws, seed):
        offsets = np.arange(len(picks))[:, None] * clusters
        counts = np.bincount((picks + offsets).ravel(), minlength=picks.size)
        yield counts.reshape(picks.shape).astype(np.float64)


def bootstrap_macro_f1(
    true: Labels,
    predicted: Sequence[Labels],
    clusters: Sequence[str],
    *,
    over: Sequence[Stance] = LABELS,
    draws: int = DRAWS,
    seed: int = 0,
) -> NDArray[np.float64]:
    """Return the macro-F1 of each model in resamples of whole clusters, the same ones for all models.

    Args:
        true: shape ``(n,)``.
        predicted: one array of shape ``(n,)`` a model.
        clusters: the cluster (sentence) of each example; those of one are drawn together.
        over: the labels whose F1 is averaged, where they occur. A resample that lacks one which does occur is
            left out: without a rare label its mean would be another figure.
        draws: how many resamples.
        seed: of the draws.

    Returns:
        Shape ``(draws or fewer, models)`` (Efron and Tibshirani, 1993; Koehn, 2004; Field and Welsh, 2007).
    """
    numbers = {name: number for number, name in enumerate(dict.fromkeys(clusters))}
    cluster = np.array([numbers[name] for name in clusters])
    size = len(LABELS)
    counts = np.zeros((len(predicted), len(numbers), size * size))
    for model, labels in enumerate(predicted):
        np.add.at(counts[model], (cluster, true * size + labels), 1)
    here = occurring(counts[0].sum(axis=0).reshape(size, size), over)
    chunks = []
    for weights in _weights(len(numbers), draws, seed):
        drawn = np.stack([weights @ one for one in counts], axis=1)
        drawn = drawn.reshape(len(weights), len(predicted), size, size)
        complete = (occurring(drawn[:, 0], over) == here).all(axis=-1)
        chunks.append(macro_f1_of(drawn[complete], over))
    return np.concatenate(chunks)


def _p(observed: float, drawn: NDArray[np.float64]) -> float:
    """The two-sided p value of a difference: how often chance alone goes as far (Efron and Tibshirani)."""
    as_far = int((np.abs(drawn - drawn.mean()) >= abs(observed) - 1e-12).sum())
    return (as_far + 1) / (len(drawn) + 1)


def discordant(true: Labels, first: Labels, second: Labels) -> Discordant:
    """Count the examples on which exactly one of two models is right."""
    first_right, second_right = first == true, second == true
    return Discordant(int((first_right & ~second_right).sum()), int((second_right & ~first_right).sum()))


def compare(
    true: Labels,
    predicted: Sequence[Labels],
    clusters: Sequence[str],
    *,
    over: Sequence[Stance] = LABELS,
    draws: int = DRAWS,
    seed: int = 0,
) -> Comparison:
    """Compare models on the same examples, every one with every other (see ``bootstrap_macro_f1``)."""
    drawn = bootstrap_macro_f1(true, predicted, clusters, over=over, draws=draws, seed=seed)
    observed = [macro_f1(true, labels, over) for labels in predicted]
    number = len(set(clusters))
    pairs = list(combinations(range(len(predicted)), 2))
    gaps = [(observed[a] - observed[b], drawn[:, a] - drawn[:, b]) for a, b in pairs]
    intervals = [percentile_interval(seen, by_chance, number) for seen, by_chance in gaps]
    p_values = [_p(seen, by_chance) for seen, by_chance in gaps]
    counts = [discordant(true, predicted[a], predicted[b]) for a, b in pairs]
    columns = (pairs, intervals, p_values, holm(p_values), counts, holm([one.p for one in counts]))
    tests = [
        PairedTest(a, b, interval, p, p_holm, count, mcnemar)
        for (a, b), interval, p, p_holm, count, mcnemar in zip(*columns, strict=True)
    ]
    scores = [percentile_interval(one, drawn[:, model], number) for model, one in enumerate(observed)]
    return Comparison(tuple(scores), tuple(tests))


def disagreement(probabilities: Sequence[Probabilities]) -> NDArray[np.float64]:
    """Return how far models are apart on each example, in [0, 1].

    Args:
        probabilities: one array of shape ``(n, 4)`` a model.

    Returns:
        The largest total variation distance between two of them, shape ``(n,)``.
    """
    pairs = combinations(probabilities, 2)
    apart: NDArray[np.float64] = np.max([np.abs(a - b).sum(axis=1) / 2 for a, b in pairs], axis=0)
    return apart
