"""What is gained by answering only where the model is sure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.evaluation.metrics import area_under_risk_coverage, report, risk_coverage
from stance.models.classifier import Probabilities, softmax


def sure(*confidences: float) -> Probabilities:
    """Answers "toward" with these probabilities."""
    return np.array([[p, (1 - p) / 3, (1 - p) / 3, (1 - p) / 3] for p in confidences])


RIGHT, WRONG = 0, 1


def test_the_surest_answers_come_first() -> None:
    coverage, risk = risk_coverage(sure(0.6, 0.9, 0.7), np.array([WRONG, RIGHT, RIGHT]))
    assert coverage == pytest.approx([1 / 3, 2 / 3, 1])
    assert risk == pytest.approx([0, 0, 1 / 3])


def test_equally_sure_answers_are_given_together() -> None:
    coverage, risk = risk_coverage(sure(0.9, 0.9, 0.6), np.array([WRONG, RIGHT, RIGHT]))
    assert coverage == pytest.approx([2 / 3, 1])
    assert risk == pytest.approx([1 / 2, 1 / 3])


def test_the_area_by_hand() -> None:
    area = area_under_risk_coverage(sure(0.6, 0.9, 0.7), np.array([WRONG, RIGHT, RIGHT]))
    assert area == pytest.approx(1 / 3 * 1 / 3)


def test_a_model_that_is_always_right_risks_nothing() -> None:
    assert area_under_risk_coverage(sure(0.6, 0.9), np.array([RIGHT, RIGHT])) == 0


def test_a_model_that_is_always_wrong_risks_all() -> None:
    assert area_under_risk_coverage(sure(0.6, 0.9), np.array([WRONG, WRONG])) == pytest.approx(1)


def test_errors_where_it_is_unsure_cost_less_than_errors_where_it_is_sure() -> None:
    confidence = sure(0.9, 0.8, 0.7, 0.6)
    knows = area_under_risk_coverage(confidence, np.array([RIGHT, RIGHT, RIGHT, WRONG]))
    boasts = area_under_risk_coverage(confidence, np.array([WRONG, RIGHT, RIGHT, RIGHT]))
    assert knows < boasts


def test_no_examples_have_no_area() -> None:
    assert area_under_risk_coverage(np.zeros((0, 4)), np.zeros(0, dtype=np.int64)) == 0


@given(st.integers(1, 40), st.integers(0, 1000))
def test_the_curve_ends_at_the_share_of_errors(size: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    probabilities, true = softmax(generator.normal(size=(size, 4))), generator.integers(4, size=size)
    coverage, risk = risk_coverage(probabilities, true)
    assert coverage[-1] == 1
    assert risk[-1] == pytest.approx(1 - report(probabilities, true).accuracy)
    assert 0 <= area_under_risk_coverage(probabilities, true) <= 1
