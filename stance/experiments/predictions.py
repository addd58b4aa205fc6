"""What a run said of every example of a split, kept by the example's id and without the text of real news."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Literal

import numpy as np

from stance.corpus.records import COMPOSED, Split
from stance.corpus.references import sha1
from stance.errors import ModelError
from stance.experiments.data import TrainingData
from stance.models.classifier import Probabilities, targets
from stance.models.f1 import Labels
from stance.schema import LABELS, stance_label

View = Literal["all", "composed", "real"]
_COLUMN = {label: column for column, label in enumerate(LABELS)}


@dataclass(frozen=True, slots=True)
class Predictions:
    """Probabilities of one model by example.

    Attributes:
        ids: RECORD:STATE:POWER of each example.
        sentences: what tells the sentence of each example from others: the sha1 of its text.
        texts: of composed sentences; empty for real news, which belongs to its publishers.
        true: the labels, shape ``(n,)``.
        probabilities: shape ``(n, 4)``.
    """

    ids: tuple[str, ...]
    sentences: tuple[str, ...]
    texts: tuple[str, ...]
    true: Labels
    probabilities: Probabilities

    @property
    def predicted(self) -> Labels:
        """The most probable labels, shape ``(n,)``."""
        labels: Labels = self.probabilities.argmax(axis=1).astype(np.int64)
        return labels

    def keys(self) -> list[tuple[str, str, int]]:
        """What two runs must share for an example to be the same one: id, sentence and true label."""
        return list(zip(self.ids, self.sentences, map(int, self.true), strict=True))

    def of(self, chosen: Sequence[int]) -> Predictions:
        """The examples with these indices, in their order."""
        ids, sentences, texts = (
            tuple(column[i] for i in chosen) for column in (self.ids, self.sentences, self.texts)
        )
        return Predictions(ids, sentences, texts, self.true[list(chosen)], self.probabilities[list(chosen)])

    def view(self, name: View) -> Predictions:
        """The composed examples, all others (``real``), or all."""
        if name == "all":
            return self
        is_composed = name == COMPOSED
        return self.of(list(compress(range(len(self.ids)), (bool(t) == is_composed for t in self.texts))))

    def lines(self) -> Iterator[str]:
        """Yield one JSON line an example."""
        rows = zip(self.ids, self.sentences, self.texts, self.true, self.probabilities, strict=True)
        for example, sentence, text, true, four in rows:
            row = {"id": example, "sentence": sentence, "true": str(LABELS[true])}
            shown = {"text": text} if text else {}
            yield json.dumps(
                row | {"probabilities": [round(float(p), 6) for p in four]} | shown, ensure_ascii=False
            )


def predictions_of(data: TrainingData, split: Split, probabilities: Probabilities) -> Predictions:
    """Return the predictions on ``data.examples(split)``."""
    records = [record for record in data.records[split] for _ in record.examples]
    return Predictions(
        ids=tuple(data.example_ids(split)),
        sentences=tuple(sha1(record.text) for record in records),
        texts=tuple(record.text if record.origin == COMPOSED else "" for record in records),
        true=targets(data.examples(split)),
        probabilities=probabilities,
    )


def parse_lines(lines: Iterable[str], where: str) -> Predictions:
    """Read what ``Predictions.lines`` wrote; ``where`` is named in the error.

    Raises:
        ModelError: nothing is there, or it is something else.
    """
    try:
        rows = [json.loads(line) for line in lines if line.strip()]
        ids, sentences, texts, true, probabilities = zip(
            *(
                (row["id"], row["sentence"], row.get("text", ""), row["true"], row["probabilities"])
                for row in rows
            ),
            strict=True,
        )
        labels = np.array([_COLUMN[stance_label(label)] for label in true], dtype=np.int64)
        return Predictions(ids, sentences, texts, labels, np.array(probabilities, dtype=np.float64))
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{where} holds no predictions that can be read: {error!r}") from None


@dataclass(frozen=True, slots=True)
class RunPredictions:
    """The predictions of a tracked run on one split, and the corpus that they were made on."""

    run_id: str
    name: str
    corpus_hash: str
    experiment_id: str
    predictions: Predictions

    @property
    def label(self) -> str:
        """What the run is called in tables: its name and the beginning of its id."""
        return f"{self.name} {self.run_id[:8]}"
