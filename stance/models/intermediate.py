"""An intermediate task: the encoder first learns labels toward other targets (Phang et al., 2018).

The table is one that ``stance corpus import`` writes: a text, a target in it, perhaps who holds the opinion,
and a label. The holder stands where the state will stand and the target where the power will; the head of
this task is thrown away, the encoder goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from datasets import Dataset
from torch import nn

from stance.corpus.adapters.items import Target
from stance.corpus.adapters.target_table import read_targets
from stance.models.encodings import SEPARATOR, Shown
from stance.models.trainer import SpanTrainer, TransformerSettings, show_bar_alone, trainer_arguments
from stance.models.transformer import SpanEncoder, TransformerClassifier, tensors
from stance.schema import Span


def shown_target(row: Target) -> Shown:
    """Return a row as a text with spans; a target that its text does not name becomes a second segment."""
    named = row.target.lower() in row.text.lower()
    text = row.text if named else f"{row.text}{SEPARATOR}{row.target}"
    return Shown(text, tuple(_spans(text, row.holder or "")), tuple(_spans(text, row.target)))


def _spans(text: str, name: str) -> Iterable[Span]:
    at = text.lower().rfind(name.lower()) if name else -1
    if at >= 0:
        yield Span(at, at + len(name))


def learn_targets(
    classifier: TransformerClassifier, settings: TransformerSettings, seed: int, folder: Path
) -> None:
    """Train the encoder of ``classifier`` in place on ``settings.intermediate``, for one epoch.

    Raises:
        CorpusError: the table cannot be read, or has fewer than two labels.
    """
    rows = read_targets(Path(str(settings.intermediate)))
    labels = sorted({row.label for row in rows})
    shown = [shown_target(row) for row in rows]
    lengths = classifier.tokenizer.lengths_shown(shown)
    dataset = Dataset.from_dict({"item": list(range(len(rows))), "length": lengths})
    columns = np.array([labels.index(row.label) for row in rows], dtype=np.int64)

    def collate(batch: Sequence[dict[str, int]]) -> dict[str, torch.Tensor]:
        chosen = [row["item"] for row in batch]
        arrays = classifier.tokenizer.batch_shown([shown[index] for index in chosen])
        return tensors(arrays) | {"labels": torch.from_numpy(columns[chosen])}

    steps = -(-len(rows) // (settings.batch_size * settings.gradient_accumulation))
    trainer = SpanTrainer(
        settings,
        nn.CrossEntropyLoss(),
        model=_with_head(classifier.encoder, len(labels), settings.dropout),
        args=trainer_arguments(settings, folder, seed, steps, epochs=1),
        train_dataset=dataset,
        data_collator=collate,
    )
    show_bar_alone(trainer)
    trainer.train()


def _with_head(encoder: SpanEncoder, labels: int, dropout: float) -> SpanEncoder:
    """The same encoder, not a copy, under a fresh head for another set of labels."""
    hidden = int(encoder.encoder.config.hidden_size)  # type: ignore[union-attr, arg-type]
    return SpanEncoder(encoder.encoder, hidden, dropout, labels)
