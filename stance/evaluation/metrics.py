"""The figures by which a classifier is judged, from its probabilities and the true labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stance.models.classifier import Probabilities
from stance.models.f1 import Labels, confusion_matrix, f1_of, macro_f1
from stance.schema import LABELS, Stance

THREE = (Stance.TOWARD, Stance.AWAY, Stance.NONE)


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Precision, recall and F1 of one label, in [0, 1], and how often it occurs in the data."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Report:
    """The evaluation of one model on one set of examples.

    Attributes:
        macro_f1: the mean F1 over the labels that occur in the data.
        macro_f1_three: the mean F1 over toward, away and none, as far as they occur: for real news, which
            has too few hedgers to measure.
        ece: expected calibration error, see ``expected_calibration_error``.
        brier: the mean squared distance of the probabilities from the truth, in [0, 2] (Brier, 1950).
        aurc: the area under the risk-coverage curve, see ``risk_coverage``.
        confusion: counts, ``confusion[true][predicted]``.
        unmatched: examples whose state or power was not found in the text; they are scored all the same.
    """

    n: int
    accuracy: float
    macro_f1: float
    macro_f1_three: float
    per_class: dict[str, ClassScore]
    ece: float
    brier: float
    aurc: float
    confusion: dict[str, dict[str, int]]
    unmatched: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The report as plain objects, ready for JSON."""
        return asdict(self)


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def class_scores(matrix: NDArray[np.int64]) -> dict[Stance, ClassScore]:
    """Return the scores of each label from a confusion matrix; a ratio of nothing counts as 0."""
    scores, f1 = {}, f1_of(matrix)
    for column, label in enumerate(LABELS):
        hits, predicted, support = matrix[column, column], matrix[:, column].sum(), matrix[column].sum()
        ratios = _ratio(hits, predicted), _ratio(hits, support), float(f1[column])
        scores[label] = ClassScore(*ratios, int(support))
    return scores


def expected_calibration_error(probabilities: Probabilities, true: Labels, bins: int = 15) -> float:
    """Return the mean gap between confidence and accuracy over equal-width bins (Guo et al., 2017).

    Args:
        probabilities: shape ``(n, 4)``.
        true: shape ``(n,)``.
        bins: how many bins part the confidence, which is in [0, 1].
    """
    if len(true) == 0:
        return 0.0
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == true
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(correct[bin_of == b].mean() - confidence[bin_of == b].mean()) * (bin_of == b).mean()
        for b in np.unique(bin_of)
    ]
    return float(sum(gaps))


def brier_score(probabilities: Probabilities, true: Labels) -> float:
    """Return the mean over examples of the squared error summed over labels (Brier, 1950), in [0, 2]."""
    if len(true) == 0:
        return 0.0
    truth = np.eye(len(LABELS))[true]
    return float(((probabilities - truth) ** 2).sum(axis=1).mean())


def risk_coverage(
    probabilities: Probabilities, true: Labels
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what is answered and what of it is wrong, as less and less sure answers are let through.

    Args:
        probabilities: shape ``(n, 4)``; the highest of a row is its confidence.
        true: shape ``(n,)``.

    Returns:
        Coverage (the share of examples that is answered) and risk (the share of these that is wrong) at
        every distinct confidence, from the surest on (El-Yaniv and Wiener, 2010).
    """
    confidence = probabilities.max(axis=1)
    order = np.argsort(-confidence, kind="stable")
    answered = np.arange(1, len(true) + 1)
    wrong = np.cumsum((probabilities.argmax(axis=1) != true)[order])
    is_last = np.append(np.diff(confidence[order]) != 0, True)[: len(true)]
    return answered[is_last] / max(len(true), 1), (wrong / answered)[is_last]


def area_under_risk_coverage(probabilities: Probabilities, true: Labels) -> float:
    """Return the mean risk over all coverages, in [0, 1]; lower is better (Geifman and El-Yaniv, 2017)."""
    coverage, risk = risk_coverage(probabilities, true)
    return float((np.diff(coverage, prepend=0.0) * risk).sum())


def report(probabilities: Probabilities, true: Labels, unmatched: int = 0) -> Report:
    """Return the evaluation of ``probabilities`` of shape ``(n, 4)`` against ``true`` of shape ``(n,)``."""
    predicted = probabilities.argmax(axis=1).astype(np.int64)
    matrix = confusion_matrix(true, predicted)
    return Report(
        n=len(true),
        accuracy=_ratio(int(np.trace(matrix)), len(true)),
        macro_f1=macro_f1(true, predicted),
        macro_f1_three=macro_f1(true, predicted, THREE),
        per_class={str(label): score for label, score in class_scores(matrix).items()},
        ece=expected_calibration_error(probabilities, true),
        brier=brier_score(probabilities, true),
        aurc=area_under_risk_coverage(probabilities, true),
        confusion=_named(matrix),
        unmatched=unmatched,
    )


def _named(matrix: NDArray[np.int64]) -> dict[str, dict[str, int]]:
    columns: Sequence[str] = [str(label) for label in LABELS]
    return {
        row: dict(zip(columns, map(int, counts), strict=True))
        for row, counts in zip(columns, matrix, strict=True)
    }
