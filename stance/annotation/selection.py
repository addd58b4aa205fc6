"""Which sentences are worth a person's time: those that the model is unsure of, and unlike one another.

Uncertainty is the entropy of the calibrated probabilities (Shannon, 1948; uncertainty sampling after Lewis
and Gale, 1994). Alone it picks the same sentence many times over. So sentences are chosen one by one, each
the one with the largest product of its uncertainty and its distance to the nearest that is already chosen:

    next = argmax_i  u_i * min_{j chosen} (1 - cos(v_i, v_j))

which with equal u is the farthest-first traversal of Gonzalez (1985), the greedy k-centre of Sener and
Savarese (2018); the product is that of Settles and Craven's information density (2008), with distance to
what is chosen in the place of density. v are TF-IDF vectors of hashed words (Weinberger et al., 2009), states
masked, so that the same event told of other states is near.
"""

# Forty lines of numpy, because small-text wraps scikit-learn and classifiers of its own for the same greedy
# loop, and cleanlab (AGPL) scores labels that several people have given already.

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stance.models.classifier import Probabilities

WIDTH = 512
"""Buckets that words are hashed into."""

Vectors: TypeAlias = NDArray[np.float32]


def entropy(probabilities: Probabilities) -> NDArray[np.float64]:
    """Return the entropy of each row of an array of shape ``(n, 4)``, in [0, 1]: 1 knows nothing."""
    logs = np.log(np.where(probabilities > 0, probabilities, 1.0))
    in_nats: NDArray[np.float64] = -(probabilities * logs).sum(axis=1)
    return in_nats / float(np.log(probabilities.shape[1]))


def word_vectors(sentences: Sequence[Sequence[str]]) -> Vectors:
    """Return one vector of unit length a sentence, shape ``(n, WIDTH)``; zeros for one without words.

    Args:
        sentences: the words of each.
    """
    counts = np.zeros((len(sentences), WIDTH), dtype=np.float32)
    for row, words in enumerate(sentences):
        for word, count in Counter(words).items():
            counts[row, zlib.crc32(word.encode()) % WIDTH] += count
    held_by = (counts > 0).sum(axis=0)
    idf = np.log((1 + len(sentences)) / (1 + held_by)) + 1  # smoothed: no word weighs nothing
    weighted = np.log1p(counts) * idf.astype(np.float32)
    lengths = np.linalg.norm(weighted, axis=1, keepdims=True)
    vectors: Vectors = weighted / np.where(lengths > 0, lengths, 1.0)
    return vectors


def choose(uncertainty: NDArray[np.float64], vectors: Vectors, size: int) -> list[int]:
    """Return the indices of ``size`` sentences (or all there are), the most telling first.

    Args:
        uncertainty: of each sentence, shape ``(n,)``, in [0, 1].
        vectors: of unit length, shape ``(n, width)``.
        size: how many to choose.
    """
    distance = np.ones(len(uncertainty))
    chosen: list[int] = []
    for _ in range(min(size, len(uncertainty))):
        worth = uncertainty * distance
        worth[chosen] = -1.0
        best = int(worth.argmax())
        chosen.append(best)
        distance = np.minimum(distance, np.clip(1.0 - vectors @ vectors[best], 0.0, 1.0))
    return chosen
