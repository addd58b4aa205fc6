"""What people are asked: each pair of a chosen sentence is one question.

The sentence is the unit of choice, for whoever has read it answers its other pairs in seconds, and only a
sentence with all its pairs labelled is a whole record of the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from stance.annotation.selection import choose, entropy, word_vectors
from stance.corpus.near_duplicates import masked_words
from stance.corpus.records import Record
from stance.corpus.references import sha1
from stance.models.classifier import Classifier
from stance.schema import Article, Example, Power
from stance.text.examples import examples_in
from stance.text.mentions import find_mentions
from stance.text.names import state_name
from stance.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Question:
    """Where does the sentence put the state in relation to the power?

    ``id`` is SENTENCE:STATE:POWER; ``group`` is what a split must not part, where the corpus does not know.
    """

    id: str
    text: str
    state: str
    power: Power
    group: str | None = None

    @property
    def wording(self) -> str:
        """The pair in words: "Pakistan (PAK) → China (CHN)"."""
        return f"{state_name(self.state)} ({self.state}) → {state_name(self.power)} ({self.power})"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of an article with its examples; ``group`` stands for the article."""

    text: str
    group: str
    examples: tuple[Example, ...]

    def questions(self) -> list[Question]:
        """Its questions, in the order of first mention."""
        name = sha1(self.text)[:12]
        return [
            Question(f"{name}:{one.state}:{one.power}", self.text, one.state, one.power, self.group)
            for one in self.examples
        ]


def candidates(articles: Iterable[Article]) -> list[Candidate]:
    """Return the sentences of ``articles`` that mention a pair, each text once.

    Nothing is carried over from the sentence before: a person labels what the sentence says by itself.
    """
    found: dict[str, Candidate] = {}
    for article in articles:
        group = f"article-{sha1(article.text)[:12]}"
        for sentence in split_sentences(article):
            examples = tuple(examples_in(sentence.text, find_mentions(sentence.text)))
            if examples:
                found.setdefault(sentence.text, Candidate(sentence.text, group, examples))
    return list(found.values())


def uncertainties(
    sentences: Sequence[Candidate],
    classifier: Classifier,
    progress: Callable[[int, int], None] = lambda done, total: None,
    batch: int = 64,
) -> list[float]:
    """Return for each sentence the entropy of the pair of which the classifier is least sure.

    Args:
        sentences: the candidates.
        classifier: with its calibration.
        progress: told how many sentences are done, of how many.
        batch: how many sentences the classifier reads at a time.
    """
    found: list[float] = []
    for start in range(0, len(sentences), batch):
        some = sentences[start : start + batch]
        unsure = iter(entropy(classifier.predict_proba([e for one in some for e in one.examples])))
        found += [max(float(next(unsure)) for _ in one.examples) for one in some]
        progress(len(found), len(sentences))
    return found


def worthwhile(
    sentences: Sequence[Candidate], uncertainty: Sequence[float], size: int, seed: int
) -> list[Question]:
    """Return the questions of ``size`` sentences, chosen by uncertainty and diversity, in a shuffled order.

    The order says nothing of how unsure the model was. ``stance.annotation.selection`` has the formula.
    """
    words = [masked_words(one.text, one.examples[0].mentions) for one in sentences]
    chosen = choose(np.array(uncertainty), word_vectors(words), size)
    Random(seed).shuffle(chosen)  # noqa: S311
    return [question for index in chosen for question in sentences[index].questions()]


def sampled(records: Sequence[Record], size: int, seed: int) -> list[Question]:
    """Return the questions of ``size`` records drawn at random, each record as likely as the next.

    Of a record its text, states and powers are asked; its labels and annotations stay behind.
    """
    drawn = Random(seed).sample(sorted(records, key=lambda one: one.id), min(size, len(records)))  # noqa: S311
    return [
        Question(record.example_id(dyad), record.text, dyad.state, dyad.power)
        for record in drawn
        for dyad in record.examples
    ]
