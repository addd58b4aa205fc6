"""Figures that hold for any predictions, and intervals at their limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import brier_score_loss

from stance.evaluation.intervals import Interval, over_seeds
from stance.evaluation.metrics import (
    brier_score,
    class_scores,
    expected_calibration_error,
    report,
)
from stance.models.classifier import Probabilities, softmax
from stance.models.f1 import confusion_matrix, macro_f1
from stance.schema import LABELS, Stance


@st.composite
def predictions(draw: st.DrawFn) -> tuple[Probabilities, NDArray[np.int64]]:
    size = draw(st.integers(1, 25))
    generator = np.random.default_rng(draw(st.integers(0, 10_000)))
    return softmax(3 * generator.normal(size=(size, 4))), generator.integers(4, size=size)


@given(predictions())
def test_every_figure_stays_in_its_range(given: tuple[Probabilities, NDArray[np.int64]]) -> None:
    one = report(*given)
    assert all(0 <= figure <= 1 for figure in (one.accuracy, one.macro_f1, one.macro_f1_three, one.ece))
    assert 0 <= one.brier <= 2


@given(predictions())
def test_the_order_of_examples_does_not_matter(given: tuple[Probabilities, NDArray[np.int64]]) -> None:
    probabilities, true = given
    back = report(probabilities[::-1], true[::-1])
    there = report(probabilities, true)
    assert back.confusion == there.confusion
    assert (back.ece, back.brier) == pytest.approx((there.ece, there.brier))


@given(predictions())
def test_the_confusion_matrix_counts_every_example_once(
    given: tuple[Probabilities, NDArray[np.int64]],
) -> None:
    probabilities, true = given
    matrix = confusion_matrix(true, probabilities.argmax(axis=1).astype(np.int64))
    assert matrix.sum() == len(true)
    assert matrix.sum(axis=1).tolist() == [int((true == column).sum()) for column in range(4)]


@given(predictions())
def test_the_brier_score_is_the_sum_of_the_binary_ones(
    given: tuple[Probabilities, NDArray[np.int64]],
) -> None:
    probabilities, true = given
    binary = [brier_score_loss(true == c, probabilities[:, c], pos_label=True) for c in range(4)]
    assert brier_score(probabilities, true) == pytest.approx(sum(binary))


@given(predictions())
def test_the_calibration_error_of_one_bin_is_the_gap_of_the_means(
    given: tuple[Probabilities, NDArray[np.int64]],
) -> None:
    probabilities, true = given
    right = (probabilities.argmax(axis=1) == true).mean()
    expected = abs(right - probabilities.max(axis=1).mean())
    assert expected_calibration_error(probabilities, true, bins=1) == pytest.approx(expected)


@given(predictions(), st.integers(2, 30))
def test_finer_bins_never_hide_the_overall_gap(
    given: tuple[Probabilities, NDArray[np.int64]], bins: int
) -> None:
    coarse = expected_calibration_error(*given, bins=1)
    assert expected_calibration_error(*given, bins=bins) >= coarse - 1e-12


def test_full_confidence_falls_into_the_last_bin() -> None:
    probabilities = np.array([[1.0, 0, 0, 0], [0.95, 0.05, 0, 0]])
    assert expected_calibration_error(probabilities, np.array([0, 1]), bins=10) == pytest.approx(0.475)


def test_a_label_that_is_never_predicted_has_precision_zero() -> None:
    scores = class_scores(confusion_matrix(np.array([2, 2]), np.array([3, 3])))
    assert (scores[Stance.HEDGING].precision, scores[Stance.HEDGING].recall) == (0, 0)
    assert (scores[Stance.NONE].precision, scores[Stance.NONE].support) == (0, 0)


def test_predicting_a_label_that_does_not_occur_costs_recall_elsewhere() -> None:
    true = np.array([0, 0, 1, 1])
    assert macro_f1(true, np.array([0, 2, 1, 1])) == pytest.approx((2 / 3 + 1) / 2)


def test_only_the_chosen_labels_count_where_some_are_chosen() -> None:
    true, predicted = np.array([0, 1, 2]), np.array([0, 0, 2])
    assert macro_f1(true, predicted, (Stance.HEDGING,)) == 1
    assert macro_f1(true, predicted, (Stance.NONE,)) == 0


def test_precision_recall_and_f1_by_hand() -> None:
    """Ten toward, of which eight are found, and two away taken for toward: P = R = 0.8."""
    true = np.array([0] * 10 + [1] * 10)
    predicted = np.array([0] * 8 + [1] * 2 + [0] * 2 + [1] * 8)
    score = class_scores(confusion_matrix(true, predicted))[LABELS[0]]
    assert [score.precision, score.recall, score.f1] == pytest.approx([0.8, 0.8, 0.8])
    assert score.support == 10


def test_students_own_data_have_their_textbook_interval() -> None:
    """The ten sleep gains of Student (1908): mean 1.58, t interval from 0.70 to 2.46."""
    gains = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    interval = over_seeds(gains)
    assert interval.mean == pytest.approx(1.58)
    assert (interval.low, interval.high) == pytest.approx((0.70, 2.46), abs=0.005)


def test_sixteen_seeds_have_an_interval() -> None:
    assert over_seeds([float(n) for n in range(16)]).n == 16


def test_seeds_that_agree_leave_no_width() -> None:
    assert over_seeds([0.5, 0.5, 0.5]) == Interval(0.5, 0.5, 0.5, 3)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=16))
def test_the_mean_lies_in_the_middle_of_its_interval(values: list[float]) -> None:
    interval = over_seeds(values)
    assert interval.low <= interval.mean <= interval.high
    assert interval.high - interval.mean == pytest.approx(interval.mean - interval.low)
