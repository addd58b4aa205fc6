"""Text with other shares of the labels than a classifier learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from builders import example

from stance.corpus.location import references_folder
from stance.corpus.references import read_references
from stance.errors import ModelError
from stance.models.bundle import Bundle, Manifest
from stance.models.classifier import Classifier, Probabilities
from stance.models.prior import NEWS, PriorShifted, parse_prior, prior, shift_prior
from stance.schema import LABELS, Example

EVEN = (0.25, 0.25, 0.25, 0.25)


class Says:
    """A classifier that gives every example the same probabilities."""

    classes_ = LABELS

    def __init__(self, *probabilities: float) -> None:
        self.row = probabilities

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        return np.tile(self.row, (len(examples), 1))


def test_news_has_the_shares_of_real_sentences_drawn_at_random() -> None:
    drawn = [r for r in read_references(references_folder()) if r.pick == "random"]
    counts = Counter(dyad.stance for r in drawn for dyad in r.examples)
    shares = [counts[label] / counts.total() for label in LABELS]
    assert shares == pytest.approx(NEWS, abs=0.0005)


def test_the_same_shares_change_nothing() -> None:
    rows = np.array([[0.1, 0.2, 0.3, 0.4]])
    assert shift_prior(rows, EVEN, EVEN) == pytest.approx(rows)


def test_probabilities_move_by_the_ratio_of_the_shares() -> None:
    rows = np.array([[0.5, 0.0, 0.0, 0.5]])
    assert shift_prior(rows, EVEN, (0.1, 0.2, 0.2, 0.5)) == pytest.approx(np.array([[1 / 6, 0, 0, 5 / 6]]))


def test_a_label_that_was_never_learned_does_no_harm() -> None:
    rows = np.array([[0.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0]])
    shifted = shift_prior(rows, (0.5, 0.5, 0.0, 0.0), EVEN)
    assert np.isfinite(shifted).all()
    assert shifted.sum(axis=1) == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize(
    ("text", "expected"), [("news", NEWS), ("1,1,1,1", EVEN), ("10,20,0,70", (0.1, 0.2, 0.0, 0.7))]
)
def test_a_prior_is_a_name_or_four_numbers(text: str, expected: tuple[float, ...]) -> None:
    assert parse_prior(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["olds", "1,2,3", "1,1,1,-1", "0,0,0,0", "nan,1,1,1", "inf,1,1,1", ""])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ModelError, match="prior"):
        parse_prior(text)


def test_a_shifted_classifier_is_a_classifier() -> None:
    shifted = PriorShifted(Says(0.5, 0.0, 0.0, 0.5), EVEN, prior((1, 2, 2, 5)))
    assert isinstance(shifted, Classifier)
    assert shifted.classes_ == LABELS
    assert shifted.predict_proba([example("A spoke.", "KEN", "CHN")])[0, 3] == pytest.approx(5 / 6)


def test_a_model_that_knows_its_shares_can_be_read_on_others() -> None:
    known = Manifest(name="m", version="1", kind="linear", prior=EVEN)
    shifted = Bundle(known, Says(0.5, 0.0, 0.0, 0.5)).on((0.1, 0.2, 0.2, 0.5))
    assert shifted.classifier.predict_proba([example("A spoke.", "KEN", "CHN")])[0, 0] == pytest.approx(1 / 6)


def test_a_model_that_does_not_know_them_says_so() -> None:
    with pytest.raises(ModelError, match="does not say which shares"):
        Bundle(Manifest(name="old", version="1", kind="linear"), Says(1.0, 0.0, 0.0, 0.0)).on(NEWS)
