"""Macro-F1: what models are chosen by while they train, and judged by afterwards."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stance.schema import LABELS, Stance

Labels = NDArray[np.int64]
"""Columns of ``LABELS``, shape ``(n,)``."""


def confusion_matrix(true: Labels, predicted: Labels) -> NDArray[np.int64]:
    """Return counts of shape ``(4, 4)``: rows are true labels, columns predicted ones."""
    matrix = np.zeros((len(LABELS), len(LABELS)), dtype=np.int64)
    np.add.at(matrix, (true, predicted), 1)
    return matrix


def f1_of(confusions: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return the F1 of each label, ``(..., 4)``, from counts ``(..., 4, 4)``; of nothing it is 0."""
    counts = confusions.astype(np.float64)
    hits = np.diagonal(counts, axis1=-2, axis2=-1)
    f1: NDArray[np.float64] = 2 * hits / np.maximum(counts.sum(axis=-1) + counts.sum(axis=-2), 1)
    return f1


def macro_f1_of(confusions: NDArray[np.generic], over: Sequence[Stance] = LABELS) -> NDArray[np.float64]:
    """Return the macro-F1 of each of many confusion matrices.

    Args:
        confusions: counts, shape ``(..., 4, 4)``.
        over: the labels whose F1 is averaged, where they occur (have a row that is not empty).

    Returns:
        Shape ``(...)``; 0 where none of them occurs.
    """
    counted = occurring(confusions, over)
    mean: NDArray[np.float64] = (f1_of(confusions) * counted).sum(axis=-1) / np.maximum(
        counted.sum(axis=-1), 1
    )
    return mean


def occurring(confusions: NDArray[np.generic], over: Sequence[Stance] = LABELS) -> NDArray[np.bool_]:
    """Return which labels of ``over`` have a row that is not empty, shape ``(..., 4)``."""
    found: NDArray[np.bool_] = confusions.astype(np.float64).sum(axis=-1) > 0
    return found & np.isin(np.array(LABELS), np.array(over))


def macro_f1(true: Labels, predicted: Labels, over: Sequence[Stance] = LABELS) -> float:
    """Return the mean F1 over those labels of ``over`` that occur in ``true``; 0 where there are none."""
    return float(macro_f1_of(confusion_matrix(true, predicted), over))
