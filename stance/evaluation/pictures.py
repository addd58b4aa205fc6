"""Pictures of an evaluation: where labels are confused, and what precision a recall costs."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from stance.evaluation.evaluate import Evaluation
from stance.evaluation.metrics import confusion_matrix
from stance.models.classifier import targets
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
