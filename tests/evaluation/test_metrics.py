"""The figures, against scikit-learn and against hand-made cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import (
    accuracy_score,
    f1_score,
    precision_recall_curve,
    precision_recall_fscore_support,
)
from sklearn.metrics import (
    confusion_matrix as sklearn_confusion,
)

from stance.evaluation.metrics import (
    brier_score,
    class_scores,
    expected_calibration_error,
    report,
)
from stance.evaluation.pictures import precision_recall
from stance.models.classifier import softmax
from stance.models.f1 import confusion_matrix, macro_f1
from stance.schema import LABELS, Stance

GENERATOR = np.random.default_rng(3)
TRUE = GENERATOR.integers(4, size=500)
PROBABILITIES = softmax(GENERATOR.normal(size=(500, 4)) + 1.5 * np.eye(4)[TRUE])
PREDICTED = PROBABILITIES.argmax(axis=1)

columns = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)


def test_the_confusion_matrix_has_true_labels_in_rows() -> None:
    assert confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1])).tolist()[:2] == [
        [1, 1, 0, 0],
        [0, 1, 0, 0],
    ]


def test_the_confusion_matrix_is_that_of_scikit_learn() -> None:
    assert (confusion_matrix(TRUE, PREDICTED) == sklearn_confusion(TRUE, PREDICTED)).all()


def test_precision_recall_and_f1_are_those_of_scikit_learn() -> None:
    expected = np.array(precision_recall_fscore_support(TRUE, PREDICTED)).T
    scores = class_scores(confusion_matrix(TRUE, PREDICTED)).values()
    assert np.array([[s.precision, s.recall, s.f1, s.support] for s in scores]) == pytest.approx(expected)


@given(columns)
def test_macro_f1_is_over_the_labels_that_occur(pairs: list[tuple[int, int]]) -> None:
    true, predicted = (np.array(column) for column in zip(*pairs, strict=True))
    expected = f1_score(true, predicted, labels=np.unique(true), average="macro", zero_division=0)
    assert macro_f1(true, predicted) == pytest.approx(expected)


def test_three_labels_leave_hedging_out() -> None:
    true, predicted = np.array([0, 1, 3, 2]), np.array([0, 1, 3, 0])
    one = report(np.eye(4)[predicted], true)
    assert one.macro_f1 == pytest.approx((2 / 3 + 1 + 0 + 1) / 4)
    assert one.macro_f1_three == pytest.approx((2 / 3 + 1 + 1) / 3)


def test_a_label_that_is_never_right_has_f1_zero() -> None:
    assert macro_f1(np.array([0, 0]), np.array([1, 1])) == 0


def test_the_accuracy_is_that_of_scikit_learn() -> None:
    assert report(PROBABILITIES, TRUE).accuracy == pytest.approx(accuracy_score(TRUE, PREDICTED))


def test_a_certain_and_right_model_has_no_calibration_error() -> None:
    assert expected_calibration_error(np.eye(4)[TRUE], TRUE) == 0


def test_a_certain_and_wrong_model_is_as_wrong_as_can_be() -> None:
    wrong = np.eye(4)[(TRUE + 1) % 4]
    assert expected_calibration_error(wrong, TRUE) == 1
    assert brier_score(wrong, TRUE) == 2


def test_the_calibration_error_is_the_weighted_gap_of_the_bins() -> None:
    probabilities = np.array([[0.9, 0.1, 0, 0]] * 4 + [[0.5, 0.3, 0.1, 0.1]] * 4)
    true = np.array([0, 0, 0, 1, 0, 0, 0, 0])
    assert expected_calibration_error(probabilities, true) == pytest.approx(0.5 * abs(0.75 - 0.9) + 0.5 * 0.5)


def test_a_calibrated_model_has_a_small_error() -> None:
    generator = np.random.default_rng(5)
    probabilities = softmax(generator.normal(size=(20_000, 4)))
    true = np.array([generator.choice(4, p=row) for row in probabilities])
    assert expected_calibration_error(probabilities, true) < 0.015


def test_the_brier_score_of_the_uniform_guess() -> None:
    assert brier_score(np.full((1, 4), 0.25), np.array([2])) == pytest.approx(0.75**2 + 3 * 0.25**2)


def test_an_empty_set_has_a_report() -> None:
    empty = report(np.zeros((0, 4)), np.zeros(0, dtype=np.int64))
    assert (empty.n, empty.macro_f1, empty.ece, empty.brier) == (0, 0, 0, 0)


def test_the_report_names_rows_and_columns() -> None:
    one = report(np.eye(4)[[1, 1]], np.array([0, 1]), unmatched=1).as_dict()
    assert one["confusion"]["toward"] == {"toward": 0, "away": 1, "hedging": 0, "none": 0}
    assert one["per_class"]["away"]["support"] == 1
    assert one["unmatched"] == 1


@pytest.mark.parametrize("label", LABELS)
def test_the_precision_recall_curve_is_that_of_scikit_learn(label: Stance) -> None:
    column = LABELS.index(label)
    positive = np.equal(TRUE, column)
    recall, precision = precision_recall(PROBABILITIES[:, column], positive)
    expected_precision, expected_recall, _ = precision_recall_curve(positive, PROBABILITIES[:, column])
    assert recall[::-1] == pytest.approx(expected_recall[:-1])
    assert precision[::-1] == pytest.approx(expected_precision[:-1])
