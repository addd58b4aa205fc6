"""A linear baseline at scoring time: numpy alone, no scikit-learn, no code in the file."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from stance.errors import ModelError
from stance.models.classifier import Probabilities, softmax
from stance.models.encodings import Encoding
from stance.models.features import VIEWS
from stance.schema import LABELS, Example, Stance

if TYPE_CHECKING:
    from stance.models.sklearn_model import SklearnClassifier

WEIGHTS, VOCABULARY = "linear.safetensors", "vocabulary.json"


@dataclass(frozen=True, slots=True)
class WeightedView:
    """One view: token ``i`` has ``idf[i]`` and the coefficients ``weights[i]``, one for each label."""

    vocabulary: Mapping[str, int]
    idf: NDArray[np.float64]
    weights: NDArray[np.float64]

    def logits(self, bag: Sequence[str]) -> NDArray[np.float64]:
        """The view's share of the logits, shape ``(4,)``: sublinear TF-IDF, L2-normalised."""
        counts = Counter(token for token in bag if token in self.vocabulary)
        if not counts:
            return np.zeros(len(LABELS))
        index = [self.vocabulary[token] for token in counts]
        tfidf = np.array([1 + math.log(count) for count in counts.values()]) * self.idf[index]
        share: NDArray[np.float64] = (tfidf / np.linalg.norm(tfidf)) @ self.weights[index]
        return share


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """A trained linear model without its trainer."""

    encoding: Encoding
    views: Mapping[str, WeightedView]
    intercept: NDArray[np.float64]

    @property
    def classes_(self) -> tuple[Stance, ...]:
        """The columns of ``predict_proba``."""
        return LABELS

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        """Return probabilities of shape ``(n, 4)``."""
        logits = np.tile(self.intercept, (len(examples), 1))
        for row, example in enumerate(examples):
            for name, view in self.views.items():
                logits[row] += view.logits(VIEWS[name](example, self.encoding))
        return softmax(logits) if len(examples) else np.zeros((0, len(LABELS)))

    @classmethod
    def of(cls, trained: SklearnClassifier) -> LinearClassifier:
        """Take over the weights of a trained baseline.

        Raises:
            ModelError: the baseline is not linear or has not seen all four labels.
        """
        estimator = trained.estimator_
        if not hasattr(estimator, "coef_"):
            raise ModelError(f"only a linear model is exported; {trained.settings.estimator} ships as it is")
        if unseen := [str(label) for column, label in enumerate(LABELS) if column not in estimator.classes_]:
            raise ModelError(
                f"only a model of all four labels is exported, and this one was trained without an example "
                f"of {', '.join(unseen)}: add some and train again"
            )
        coefficients = estimator.coef_.T
        views: dict[str, WeightedView] = {}
        start = 0
        for name, vectorizer in trained.vectorizers_.items():
            vocabulary = {token: int(i) for token, i in vectorizer.vocabulary_.items()}
            block = coefficients[start : start + len(vocabulary)]
            views[name] = WeightedView(vocabulary, vectorizer.idf_, np.ascontiguousarray(block))
            start += len(vocabulary)
        return cls(trained.settings.encoding, views, estimator.intercept_)

    def _check(self) -> None:
        if self.intercept.shape != (len(LABELS),):
            raise ValueError(f"the intercept has the shape {self.intercept.shape}")
        for name, view in self.views.items():
            size = len(view.vocabulary)
            if name not in VIEWS:
                raise ValueError(f"unknown view {name!r}")
            if view.idf.shape != (size,) or view.weights.shape != (size, len(LABELS)):
                raise ValueError(f"the vocabulary of {name!r} does not fit its weights")

    def save(self, folder: Path) -> list[str]:
        """Write the model to ``folder`` and return the names of the files."""
        tensors = {"intercept": self.intercept.astype(np.float32)}
        for name, view in self.views.items():
            tensors |= {
                f"{name}.idf": view.idf.astype(np.float32),
                f"{name}.weights": view.weights.astype(np.float32),
            }
        save_file(tensors, folder / WEIGHTS)
        tokens = {
            name: sorted(view.vocabulary, key=view.vocabulary.__getitem__)
            for name, view in self.views.items()
        }
        (folder / VOCABULARY).write_text(json.dumps(tokens, ensure_ascii=False), encoding="utf-8")
        return [WEIGHTS, VOCABULARY]

    @classmethod
    def load(cls, folder: Path, encoding: Encoding) -> LinearClassifier:
        """Read what ``save`` wrote.

        Raises:
            ModelError: a file is missing or damaged, or the files do not belong together.
        """
        try:
            tensors = {name: array.astype(np.float64) for name, array in load_file(folder / WEIGHTS).items()}
            names = json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
            views = {
                name: WeightedView(
                    {token: index for index, token in enumerate(listed)},
                    tensors[f"{name}.idf"],
                    tensors[f"{name}.weights"],
                )
                for name, listed in names.items()
            }
            loaded = cls(encoding, views, tensors["intercept"])
            loaded._check()
            return loaded
        except (OSError, ValueError, KeyError, TypeError, AttributeError, SafetensorError) as error:
            raise ModelError(f"{folder} does not hold a linear model: {error}") from None
