"""What the pictures of an evaluation show."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pytest
from builders import natural_examples
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from sklearn.metrics import precision_recall_curve

from stance.evaluation.evaluate import Evaluation, evaluate
from stance.evaluation.paired import compare
from stance.evaluation.pictures import (
    COLOURS,
    confusion_picture,
    coverage_accuracy_picture,
    forest_picture,
    precision_recall,
    precision_recall_picture,
)
from stance.models.classifier import Probabilities, softmax
from stance.schema import LABELS, Example, Stance


class Noisy:
    """Leans to the true label, with noise."""

    classes_: tuple[Stance, ...] = LABELS

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        noise = np.random.default_rng(2).normal(size=(len(examples), 4))
        true = np.array([[float(label == one.stance) for label in LABELS] for one in examples])
        return softmax(noise + true)


def evaluation(*labels: Stance) -> Evaluation:
    return evaluate(Noisy(), [one for one in natural_examples() if not labels or one.stance in labels])


def test_the_confusion_picture_prints_every_count() -> None:
    (axes,) = confusion_picture(evaluation(), "toy").axes
    printed = {(int(t.get_position()[1]), int(t.get_position()[0])): t.get_text() for t in axes.texts}
    confusion = evaluation().report.confusion
    for row, true in enumerate(LABELS):
        for column, predicted in enumerate(LABELS):
            assert printed[row, column] == str(confusion[true][predicted])


def test_its_shades_are_shares_of_the_true_label() -> None:
    (axes,) = confusion_picture(evaluation(), "toy").axes
    shares = np.asarray(axes.images[0].get_array())
    assert shares.sum(axis=1) == pytest.approx(np.ones(4))


def test_a_label_that_does_not_occur_has_no_shade() -> None:
    (axes,) = confusion_picture(evaluation(Stance.TOWARD, Stance.NONE), "toy").axes
    assert np.asarray(axes.images[0].get_array()).sum(axis=1) == pytest.approx([1, 0, 0, 1])


def test_counts_can_be_read_on_their_shade() -> None:
    (axes,) = confusion_picture(evaluation(), "toy").axes
    shares = np.asarray(axes.images[0].get_array())
    for text in axes.texts:
        column, row = (int(place) for place in text.get_position())
        assert text.get_color() == ("white" if shares[row, column] > 0.5 else "black")


def test_axes_say_what_is_true_and_what_predicted() -> None:
    (axes,) = confusion_picture(evaluation(), "toy").axes
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_title()) == ("predicted", "true", "toy")


def test_each_label_that_occurs_has_its_curve_and_colour() -> None:
    (axes,) = precision_recall_picture(evaluation(Stance.AWAY, Stance.NONE), "toy").axes
    assert [to_hex(line.get_color()) for line in axes.get_lines()] == [COLOURS["away"], COLOURS["none"]]


def test_the_legend_says_how_many_examples_each_curve_has() -> None:
    (axes,) = precision_recall_picture(evaluation(), "toy").axes
    legend = axes.get_legend()
    assert legend is not None
    supports = {name: score.support for name, score in evaluation().report.per_class.items()}
    assert [text.get_text() for text in legend.get_texts()] == [f"{k} (n={n})" for k, n in supports.items()]


@pytest.mark.parametrize("draw", [confusion_picture, coverage_accuracy_picture, precision_recall_picture])
def test_pictures_can_be_written_as_png(draw: object) -> None:
    buffer = io.BytesIO()
    draw(evaluation(), "toy").savefig(buffer, format="png", dpi=30)  # type: ignore[operator]
    assert buffer.getvalue().startswith(b"\x89PNG")


def test_every_label_has_a_colour_of_its_own() -> None:
    assert list(COLOURS) == [str(label) for label in LABELS]
    assert len(set(COLOURS.values())) == len(LABELS)


def test_the_curve_by_hand() -> None:
    recall, precision = precision_recall(np.array([0.9, 0.8, 0.7]), np.array([True, False, True]))
    assert recall == pytest.approx([1 / 2, 1 / 2, 1])
    assert precision == pytest.approx([1, 1 / 2, 2 / 3])


def test_equal_scores_are_one_threshold() -> None:
    recall, precision = precision_recall(np.array([0.5, 0.5, 0.5]), np.array([True, False, True]))
    assert (recall.tolist(), precision.tolist()) == ([1.0], [pytest.approx(2 / 3)])


scored = st.lists(
    st.tuples(st.sampled_from([0.1, 0.2, 0.5, 0.7, 0.9]), st.booleans()), min_size=1, max_size=30
)


@given(scored.filter(lambda rows: any(positive for _, positive in rows)))
def test_the_curve_is_that_of_scikit_learn_with_any_ties(rows: list[tuple[float, bool]]) -> None:
    scores, positive = (np.array(column) for column in zip(*rows, strict=True))
    recall, precision = precision_recall(scores, positive)
    expected_precision, expected_recall, _ = precision_recall_curve(positive, scores)
    assert recall[::-1] == pytest.approx(expected_recall[:-1])
    assert precision[::-1] == pytest.approx(expected_precision[:-1])


def test_the_coverage_curve_ends_at_the_accuracy_of_all_answers() -> None:
    one = evaluation()
    (axes,) = coverage_accuracy_picture(one, "toy").axes
    curve, level = axes.get_lines()
    assert np.asarray(curve.get_data())[:, -1] == pytest.approx([1, one.report.accuracy])
    assert np.asarray(level.get_ydata()) == pytest.approx(one.report.accuracy)


def test_its_title_says_the_area_under_the_risk() -> None:
    one = evaluation()
    (axes,) = coverage_accuracy_picture(one, "toy").axes
    assert axes.get_title() == f"toy (area under risk-coverage {one.report.aurc:.3f})"


def test_the_forest_has_a_line_a_pair_and_is_dark_where_it_is_significant() -> None:
    true = np.arange(80) % 4
    wrong = (true + 1) % 4
    nearly = np.where(np.arange(80) == 3, wrong, true)
    tests = compare(true, [true, nearly, wrong], [str(i) for i in range(80)], draws=200).tests
    (axes,) = forest_picture(tests, ["best", "good", "bad"], "toy").axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "good - bad",
        "best - bad",
        "best - good",
    ]
    colours = [to_hex(line.get_color()) for line in axes.get_lines()[:6:2]]
    assert colours == ["#313695", "#313695", "#9e9e9e"]
