"""What every model shares: the columns, the labels, the softmax."""

from __future__ import annotations

import numpy as np
import pytest
from builders import example
from hypothesis import given
from hypothesis import strategies as st

from stance.models.classifier import Classifier, labels_of, softmax, targets
from stance.schema import LABELS, Stance

logits = st.lists(st.lists(st.floats(-500, 500), min_size=4, max_size=4), min_size=1, max_size=6)


@pytest.mark.parametrize("label", LABELS)
def test_the_target_is_the_column_of_the_label(label: Stance) -> None:
    assert targets([example(stance=label)]).tolist() == [LABELS.index(label)]


def test_no_example_has_no_target() -> None:
    assert targets([]).shape == (0,)


def test_one_example_without_a_label_is_counted_in_the_error() -> None:
    with pytest.raises(ValueError, match="1 examples have no label"):
        targets([example(stance="none"), example()])


def test_the_label_is_the_most_probable_column() -> None:
    assert labels_of(np.eye(4)) == list(LABELS)


def test_of_equal_columns_the_first_wins() -> None:
    assert labels_of(np.full((1, 4), 0.25)) == [Stance.TOWARD]


@given(logits)
def test_softmax_gives_rows_of_probabilities(values: list[list[float]]) -> None:
    probabilities = softmax(np.array(values))
    assert (probabilities >= 0).all()
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(len(values)))


@given(logits, st.floats(-100, 100))
def test_softmax_does_not_see_a_shift_of_all_logits(values: list[list[float]], shift: float) -> None:
    assert softmax(np.array(values) + shift) == pytest.approx(softmax(np.array(values)))


@given(logits)
def test_softmax_keeps_the_order(values: list[list[float]]) -> None:
    array = np.array(values)
    assert (softmax(array).max(axis=1) == softmax(array)[range(len(array)), array.argmax(axis=1)]).all()


def test_what_gives_no_probabilities_is_no_classifier() -> None:
    assert not isinstance(object(), Classifier)
