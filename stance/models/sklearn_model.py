"""The scikit-learn baselines: TF-IDF views of an example under a linear model, or the majority alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import scipy.sparse as sp
import skops.io
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from stance.errors import ModelError
from stance.models.classifier import Probabilities, softmax, targets
from stance.models.encodings import Encoding
from stance.models.features import BAG_SEPARATOR, VIEWS, bag
from stance.schema import LABELS, Example, Stance

FILE, VOCABULARY = "model.skops", "vocabulary.json"


class Estimator(StrEnum):
    """The learners to choose from."""

    MAJORITY = "majority"
    LOGISTIC_REGRESSION = "logistic_regression"
    LINEAR_SVM = "linear_svm"


@dataclass(frozen=True, slots=True)
class LinearSettings:
    """What a baseline is made of.

    Attributes:
        estimator: the learner.
        views: the views of ``stance.models.features`` that it counts, each normalised by itself.
        encoding: how those views see the sentence.
        c: inverse strength of the L2 penalty.
        min_df: a token must occur in this many training examples.
        max_features: the most frequent tokens kept of each view.
        balanced: weigh classes inversely to their frequency.
    """

    estimator: Estimator = Estimator.LOGISTIC_REGRESSION
    views: tuple[str, ...] = ("words", "characters", "pair")
    encoding: Encoding = Encoding.MASKED
    c: float = 1.0
    min_df: int = 2
    max_features: int = 50_000
    balanced: bool = False

    def __post_init__(self) -> None:
        unknown = sorted(set(self.views) - set(VIEWS))
        if unknown:
            raise ModelError(f"unknown view {unknown[0]!r}: use {', '.join(VIEWS)}")


LEARNERS: dict[Estimator, type] = {
    Estimator.MAJORITY: DummyClassifier,
    Estimator.LOGISTIC_REGRESSION: LogisticRegression,
    Estimator.LINEAR_SVM: LinearSVC,
}


def _estimator(settings: LinearSettings, seed: int) -> Any:
    weight = "balanced" if settings.balanced else None
    match settings.estimator:
        case Estimator.MAJORITY:
            return DummyClassifier(strategy="prior")
        case Estimator.LOGISTIC_REGRESSION:
            return LogisticRegression(C=settings.c, class_weight=weight, max_iter=2000, random_state=seed)
        case Estimator.LINEAR_SVM:
            return LinearSVC(C=settings.c, class_weight=weight, random_state=seed)


def _vectorizer(settings: LinearSettings, vocabulary: Sequence[str] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        token_pattern=f"[^{BAG_SEPARATOR}]+",
        lowercase=False,
        sublinear_tf=True,
        min_df=settings.min_df,
        max_features=settings.max_features,
        vocabulary=vocabulary,
        dtype=np.float64,
    )


@dataclass(slots=True)
class SklearnClassifier:
    """A baseline: ``settings`` says what it is, the attributes with a trailing underscore what it learned."""

    settings: LinearSettings
    vectorizers_: dict[str, TfidfVectorizer] = field(default_factory=dict)
    estimator_: Any = None

    @property
    def classes_(self) -> tuple[Stance, ...]:
        """The columns of ``predict_proba``."""
        return LABELS

    def fit(self, examples: Sequence[Example], seed: int = 0) -> SklearnClassifier:
        """Learn from labelled ``examples``.

        Raises:
            ModelError: fewer than two labels occur, or no token is frequent enough to be counted.
        """
        y = targets(examples)
        if len(set(y.tolist())) < 2:
            raise ModelError("training needs examples of at least two labels")
        for view in self.settings.views:
            try:
                self.vectorizers_[view] = _vectorizer(self.settings).fit(self._bags(examples, view))
            except ValueError as error:
                raise ModelError(
                    f"nothing to count in the view {view!r} of {len(examples)} examples with "
                    f"min_df={self.settings.min_df}: {error}"
                ) from None
        self.estimator_ = _estimator(self.settings, seed).fit(self._matrix(examples), y)
        return self

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        """Return probabilities of shape ``(n, 4)``; labels never seen in training have probability 0."""
        result = np.zeros((len(examples), len(LABELS)))
        if examples:
            result[:, self.estimator_.classes_] = self._known_classes(self._matrix(examples))
        return result

    def _known_classes(self, matrix: sp.csr_matrix) -> Probabilities:
        if not hasattr(self.estimator_, "decision_function"):
            known: Probabilities = self.estimator_.predict_proba(matrix)
            return known
        scores = self.estimator_.decision_function(matrix)
        if scores.ndim == 1:  # two classes have one score between them
            scores = np.column_stack([np.zeros_like(scores), scores])
        return softmax(scores)

    def _bags(self, examples: Sequence[Example], view: str) -> list[str]:
        return [bag(example, view, self.settings.encoding) for example in examples]

    def _matrix(self, examples: Sequence[Example]) -> sp.csr_matrix:
        if not self.vectorizers_:
            return sp.csr_matrix((len(examples), 1))
        blocks = [
            vectorizer.transform(self._bags(examples, view)) for view, vectorizer in self.vectorizers_.items()
        ]
        return sp.hstack(blocks, format="csr")

    def save(self, folder: Path) -> list[str]:
        """Write the model to ``folder`` and return the names of the files.

        The vocabularies stand beside the skops file: skops writes a dictionary node by node, which takes
        minutes for a hundred thousand tokens.
        """
        idf = {view: vectorizer.idf_ for view, vectorizer in self.vectorizers_.items()}
        skops.io.dump({"idf": idf, "estimator": self.estimator_}, folder / FILE)
        tokens = {view: v.get_feature_names_out().tolist() for view, v in self.vectorizers_.items()}
        (folder / VOCABULARY).write_text(json.dumps(tokens, ensure_ascii=False), encoding="utf-8")
        return [FILE, VOCABULARY]

    @classmethod
    def load(cls, folder: Path, settings: LinearSettings) -> SklearnClassifier:
        """Read what ``save`` wrote.

        Raises:
            ModelError: a file is missing, or holds anything but plain scikit-learn and numpy objects.
        """
        try:
            state = skops.io.load(folder / FILE, trusted=[])
            if type(state["estimator"]) is not LEARNERS[settings.estimator]:
                raise TypeError(f"its estimator is not a {settings.estimator}")
            tokens = json.loads((folder / VOCABULARY).read_text(encoding="utf-8"))
            vectorizers = {view: _vectorizer(settings, tokens[view]) for view in settings.views}
            for view, vectorizer in vectorizers.items():
                vectorizer.idf_ = state["idf"][view]
            return cls(settings, vectorizers, state["estimator"])
        except (OSError, ValueError, TypeError, KeyError, BadZipFile) as error:
            raise ModelError(f"{folder / FILE} is not a model that can be trusted: {error}") from None
