"""Intervals over seeds and over clusters."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from numpy.typing import NDArray
from plain_bootstrap import cluster_bootstrap

from stance.evaluation.intervals import T_975, over_seeds


@pytest.mark.parametrize("freedom", range(1, 16))
def test_the_quantiles_are_students(freedom: int) -> None:
    assert T_975[freedom - 1] == pytest.approx(scipy.stats.t.ppf(0.975, freedom), abs=1e-3)


def test_the_interval_over_seeds_is_the_t_interval() -> None:
    values = [0.51, 0.55, 0.53, 0.58, 0.50]
    low, high = scipy.stats.t.interval(0.95, 4, np.mean(values), scipy.stats.sem(values))
    interval = over_seeds(values)
    assert [interval.low, interval.high] == pytest.approx([low, high], abs=1e-4)


def test_one_seed_has_no_width() -> None:
    assert (over_seeds([0.5]).low, over_seeds([0.5]).high) == (0.5, 0.5)


def test_an_interval_prints_as_in_a_table() -> None:
    assert str(over_seeds([0.5])) == "0.500 [0.500, 0.500]"


VALUES = np.random.default_rng(1).normal(size=400)


def mean_of(index: NDArray[np.int64]) -> float:
    return float(VALUES[index].mean())


def test_the_bootstrap_of_a_mean_is_near_its_normal_interval() -> None:
    interval = cluster_bootstrap(mean_of, [str(i) for i in range(400)])
    error = 1.96 * VALUES.std(ddof=1) / 20
    assert interval.mean == pytest.approx(VALUES.mean())
    assert interval.high - interval.low == pytest.approx(2 * error, rel=0.15)


def test_copies_within_a_cluster_do_not_make_it_narrower() -> None:
    doubled = np.repeat(VALUES, 5)
    alone = cluster_bootstrap(mean_of, [str(i) for i in range(400)])
    clustered = cluster_bootstrap(lambda i: float(doubled[i].mean()), [str(i // 5) for i in range(2000)])
    naive = cluster_bootstrap(lambda i: float(doubled[i].mean()), [str(i) for i in range(2000)])
    width, clustered_width, naive_width = (one.high - one.low for one in (alone, clustered, naive))
    assert clustered_width == pytest.approx(width, rel=0.15)
    assert naive_width < 0.6 * clustered_width


def test_the_same_seed_draws_the_same_interval() -> None:
    names = [str(i) for i in range(400)]
    assert cluster_bootstrap(mean_of, names, seed=3) == cluster_bootstrap(mean_of, names, seed=3)
