"""An intermediate task: the encoder first learns labels toward other targets (Phang et al., 2018).

The table is one that ``stance corpus import`` writes: a text, a target in it, perhaps who holds the opinion,
and a label. The holder stands where the state will stand and the target where the power will; the head of
this task is thrown away, the encoder goes on. A published table may hold sentences that a corpus keeps for
measuring: ``apart_from`` takes them out.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from datasets import Dataset
from safetensors.torch import load_file
from torch import nn

from stance.corpus.adapters.items import Target
from stance.corpus.near_duplicates import held_out_among
from stance.errors import CorpusError
from stance.models.encodings import SEPARATOR, Shown
from stance.models.trainer import SpanTrainer, TransformerSettings, trainer_arguments
from stance.models.transformer import SpanEncoder, TransformerClassifier, save_weights, tensors
from stance.schema import Span

LEARNT = "intermediate.safetensors"


def apart_from(rows: Sequence[Target], held_out: Iterable[str]) -> list[Target]:
    """Return the rows whose text is none of ``held_out`` and nearly none of them; warn of what is left out.

    Raises:
        CorpusError: fewer than two labels remain.
    """
    known = held_out_among((row.text for row in rows), held_out)
    kept = [row for row in rows if row.text not in known]
    if len(kept) < len(rows):
        warnings.warn(
            f"the intermediate task leaves out {len(rows) - len(kept)} of {len(rows)} rows: "
            "their texts are those of held-out examples, or nearly",
            stacklevel=1,  # the command line shows the warnings of this project's own modules
        )
    if len({row.label for row in kept}) < 2:
        raise CorpusError("apart from texts that are held out, its rows do not have two different labels")
    return kept


def shown_target(row: Target) -> Shown:
    """Return a row as a text with spans; a target that its text does not name becomes a second segment."""
    holder, target = _spans(row.text, row.holder or ""), _spans(row.text, row.target)
    if target:
        return Shown(row.text, holder, target)
    text = f"{row.text}{SEPARATOR}{row.target}"
    return Shown(text, holder, (Span(len(text) - len(row.target), len(text)),))


def _spans(text: str, name: str) -> tuple[Span, ...]:
    """Wherever ``name`` stands as whole words, in capitals or not."""
    if not name.strip():
        return ()
    found = re.finditer(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text, re.IGNORECASE)
    return tuple(Span(match.start(), match.end()) for match in found)


def learn_targets(
    classifier: TransformerClassifier,
    settings: TransformerSettings,
    rows: Sequence[Target],
    seed: int,
    folder: Path,
) -> None:
    """Train the encoder of ``classifier`` in place on ``rows``, for one epoch.

    Args:
        classifier: its head stays as it is.
        settings: those of the training that follows.
        rows: of two labels at least.
        seed: of the order and dropout.
        folder: where the trained encoder is kept; one that is there already is taken and nothing is trained.
    """
    encoder: nn.Module = classifier.encoder.encoder
    path = folder / LEARNT
    if path.is_file():
        encoder.load_state_dict(load_file(path))
        return
    _train(classifier, settings, rows, seed, folder)
    save_weights(encoder, path)


def _train(
    classifier: TransformerClassifier,
    settings: TransformerSettings,
    rows: Sequence[Target],
    seed: int,
    folder: Path,
) -> None:
    labels = sorted({row.label for row in rows})
    shown = [shown_target(row) for row in rows]
    lengths = classifier.tokenizer.lengths_shown(shown)
    dataset = Dataset.from_dict({"item": list(range(len(rows))), "length": lengths})
    columns = np.array([labels.index(row.label) for row in rows], dtype=np.int64)

    def collate(batch: Sequence[dict[str, int]]) -> dict[str, torch.Tensor]:
        chosen = [row["item"] for row in batch]
        arrays = classifier.tokenizer.batch_shown([shown[index] for index in chosen])
        return tensors(arrays) | {"labels": torch.from_numpy(columns[chosen])}

    trainer = SpanTrainer(
        settings,
        nn.CrossEntropyLoss(),
        model=_with_head(classifier.encoder, len(labels), settings.dropout),
        args=trainer_arguments(settings, folder, seed, len(rows), epochs=1, checkpoints=False),
        train_dataset=dataset,
        data_collator=collate,
    )
    trainer.train()


def _with_head(encoder: SpanEncoder, labels: int, dropout: float) -> SpanEncoder:
    """The same encoder, not a copy, under a fresh head for another set of labels."""
    hidden = int(encoder.encoder.config.hidden_size)  # type: ignore[union-attr, arg-type]
    return SpanEncoder(encoder.encoder, hidden, dropout, labels)
