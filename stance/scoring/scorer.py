"""The scorer: an article in, its alignments and their evidence out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stance.models.bundle import Bundle, Manifest
from stance.models.prior import Prior
from stance.schema import Alignment, Article, Evidence, Mention, Score, Sentence
from stance.scoring.aggregate import StateLean, alignments, leans
from stance.scoring.loading import DEFAULT_STORE, load_model
from stance.text.examples import article_examples
from stance.text.mentions import find_mentions
from stance.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """All that is said of one article."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[tuple[Mention, ...], ...]
    alignments: tuple[Alignment, ...]
    states: tuple[StateLean, ...]
    model: Manifest


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores articles with one model.

    Attributes:
        bundle: the model.
        carry: whether a sentence may take a missing side from the one before it; the rule stands in
            ``stance.text.examples``.
    """

    bundle: Bundle
    carry: bool = True

    @classmethod
    def load(
        cls,
        model: str | Path | None = None,
        *,
        carry: bool = True,
        prior: Prior | None = None,
        store: str = DEFAULT_STORE,
    ) -> Scorer:
        """Load a model by folder or MLflow URI; None is the one that ships with the package.

        Args:
            model: where it is.
            carry: see the class.
            prior: the shares of the labels in the text to come, if they are not those of the training data.
            store: the MLflow store in which a URI is looked up.

        Raises:
            ModelError: there is no such model, its files are damaged or foreign, or its prior is unknown.
        """
        bundle = load_model(model, store)
        return cls(bundle if prior is None else bundle.on(prior), carry)

    def score(self, article: Article | str) -> ArticleScore:
        """Score an article, or a plain text. An article without a pair has no alignments."""
        if isinstance(article, str):
            article = Article("text", article)
        sentences = split_sentences(article)
        mentions = tuple(find_mentions(sentence.text) for sentence in sentences)
        evidence = self._evidence(article, sentences, mentions)
        found = alignments(evidence)
        return ArticleScore(article, sentences, mentions, found, leans(found), self.bundle.manifest)

    def _evidence(
        self, article: Article, sentences: Sequence[Sentence], mentions: Sequence[tuple[Mention, ...]]
    ) -> list[Evidence]:
        occurrences = article_examples(article.text, sentences, mentions, carry=self.carry)
        examples = [occurrence.example for occurrence in occurrences]
        probabilities = self.bundle.classifier.predict_proba(examples) if examples else ()
        return [
            Evidence(article.id, occurrence.sentence, Score(occurrence.example, tuple(map(float, row))))  # type: ignore[arg-type]
            for occurrence, row in zip(occurrences, probabilities, strict=True)
        ]
