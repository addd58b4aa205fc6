"""Temperature scaling."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import log_loss

from stance.models.calibration import (
    CalibratedClassifier,
    fit_temperature,
    negative_log_likelihood,
    scaled,
)
from stance.models.classifier import Probabilities, labels_of, softmax
from stance.schema import LABELS, Example, Stance

GENERATOR = np.random.default_rng(7)
LOGITS = GENERATOR.normal(size=(4000, 4))
TRUE = np.array([GENERATOR.choice(4, p=row) for row in softmax(LOGITS)])


def test_softmax_agrees_with_scipy() -> None:
    assert softmax(LOGITS) == pytest.approx(scipy.special.softmax(LOGITS, axis=1))


def test_softmax_does_not_overflow() -> None:
    assert softmax(np.array([[1e4, 0.0, -1e4, 0.0]])) == pytest.approx(np.array([[1.0, 0, 0, 0]]))


def test_scaling_probabilities_is_scaling_logits() -> None:
    assert scaled(softmax(LOGITS), 2.5) == pytest.approx(softmax(LOGITS / 2.5))


def test_temperature_one_changes_nothing() -> None:
    assert scaled(softmax(LOGITS), 1.0) == pytest.approx(softmax(LOGITS))


def test_the_likelihood_is_that_of_scikit_learn() -> None:
    probabilities = softmax(LOGITS)
    assert negative_log_likelihood(probabilities, TRUE) == pytest.approx(log_loss(TRUE, probabilities))


@pytest.mark.parametrize("overconfidence", [0.5, 1.0, 3.0])
def test_the_temperature_undoes_overconfidence(overconfidence: float) -> None:
    fitted = fit_temperature(softmax(LOGITS * overconfidence), TRUE)
    assert fitted == pytest.approx(overconfidence, rel=0.1)


def test_nothing_to_fit_on_is_temperature_one() -> None:
    assert fit_temperature(np.zeros((0, 4)), np.zeros(0, dtype=np.int64)) == 1.0


@given(st.floats(0.1, 10))
def test_calibration_never_changes_the_label(temperature: float) -> None:
    before = softmax(LOGITS[:50])
    assert labels_of(scaled(before, temperature)) == labels_of(before)


class Fixed:
    """A classifier that always says the same."""

    classes_: tuple[Stance, ...] = LABELS

    def predict_proba(self, examples: list[Example]) -> Probabilities:
        return np.tile([0.7, 0.1, 0.1, 0.1], (len(examples), 1))


def test_a_calibrated_classifier_is_a_classifier() -> None:
    calibrated = CalibratedClassifier(Fixed(), 2.0)  # type: ignore[arg-type]
    probabilities = calibrated.predict_proba([Example("x", "PAK", "CHN")])  # type: ignore[arg-type]
    assert calibrated.classes_ == LABELS
    assert 0.25 < probabilities[0, 0] < 0.7
