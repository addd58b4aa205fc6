"""Pictures of an evaluation: which labels are confused, what a recall costs, what abstaining gains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from stance.evaluation.evaluate import Evaluation
from stance.evaluation.metrics import risk_coverage
from stance.evaluation.paired import PairedTest
from stance.models.classifier import targets
from stance.models.f1 import confusion_matrix
from stance.schema import LABELS

COLOURS = {"toward": "#1b7837", "away": "#b2182b", "hedging": "#b8860b", "none": "#636363"}
"""One colour a label, told apart in grey and by readers who do not see red and green alike."""


def confusion_picture(evaluation: Evaluation, title: str) -> Figure:
    """Draw the confusion matrix: counts, shaded by the share of the true label."""
    matrix = confusion_matrix(targets(evaluation.examples), evaluation.probabilities.argmax(axis=1))
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    figure = Figure(figsize=(4.6, 4.2), layout="constrained")
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row in range(len(LABELS)):
        for column in range(len(LABELS)):
            ink = "white" if shares[row, column] > 0.5 else "black"
            axes.text(column, row, str(matrix[row, column]), ha="center", va="center", color=ink)
    axes.set_xticks(range(len(LABELS)), [str(label) for label in LABELS])
    axes.set_yticks(range(len(LABELS)), [str(label) for label in LABELS])
    axes.set_xlabel("predicted")
    axes.set_ylabel("true")
    axes.set_title(title, fontsize=10)
    return figure


def precision_recall_picture(evaluation: Evaluation, title: str) -> Figure:
    """Draw precision against recall for each label that occurs, one against the rest."""
    true = targets(evaluation.examples)
    figure = Figure(figsize=(4.8, 4.2), layout="constrained")
    axes = figure.subplots()
    for column, label in enumerate(LABELS):
        positive = true == column
        if positive.any():
            recall, precision = precision_recall(evaluation.probabilities[:, column], positive)
            axes.plot(recall, precision, color=COLOURS[label], label=f"{label} (n={int(positive.sum())})")
    axes.set(xlabel="recall", ylabel="precision", xlim=(0, 1.01), ylim=(0, 1.01))
    axes.set_title(title, fontsize=10)
    axes.legend(fontsize=8)
    return figure


def coverage_accuracy_picture(evaluation: Evaluation, title: str) -> Figure:
    """Draw the accuracy of the surest answers against their share, with that of all answers as a line."""
    coverage, risk = risk_coverage(evaluation.probabilities, targets(evaluation.examples))
    figure = Figure(figsize=(4.8, 4.2), layout="constrained")
    axes = figure.subplots()
    axes.plot(coverage, 1 - risk, color="#313695", drawstyle="steps-pre")
    axes.axhline(evaluation.report.accuracy, color="#9e9e9e", linewidth=1, linestyle="--")
    axes.set(xlabel="coverage (share answered)", ylabel="accuracy", xlim=(0, 1.01), ylim=(0, 1.01))
    axes.set_title(f"{title} (area under risk-coverage {evaluation.report.aurc:.3f})", fontsize=10)
    return figure


def forest_picture(tests: Sequence[PairedTest], names: Sequence[str], title: str) -> Figure:
    """Draw every difference of two models with its interval; dark where it holds after Holm's correction."""
    figure = Figure(figsize=(7.2, 1.3 + 0.4 * len(tests)), layout="constrained")
    axes = figure.subplots()
    for row, test in enumerate(reversed(tests)):
        colour = "#313695" if test.p_holm < 0.05 else "#9e9e9e"
        axes.plot([test.difference.low, test.difference.high], [row, row], color=colour, linewidth=2)
        axes.plot(test.difference.mean, row, "o", color=colour)
    axes.axvline(0, color="black", linewidth=0.8)
    labels = [f"{names[test.first]} - {names[test.second]}" for test in reversed(tests)]
    axes.set_yticks(range(len(tests)), labels, fontsize=8)
    axes.set_ylim(-0.6, len(tests) - 0.4)
    axes.set_xlabel("difference, 95% interval")
    axes.set_title(title, fontsize=10)
    axes.grid(axis="x", alpha=0.3)
    return figure


def precision_recall(scores: np.ndarray, positive: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return recall and precision at every distinct threshold, from the strictest on.

    Args:
        scores: shape ``(n,)``, the probability of the label.
        positive: shape ``(n,)``, whether the example has the label.
    """
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(positive[order])
    last_of_score = np.append(np.diff(scores[order]) != 0, True)
    precision = hits / np.arange(1, len(scores) + 1)
    recall = hits / max(int(positive.sum()), 1)
    return recall[last_of_score], precision[last_of_score]
