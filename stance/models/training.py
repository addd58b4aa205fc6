"""Fine-tuning a transformer with the Hugging Face Trainer: resumable, stopped early, the best epoch kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoTokenizer, TrainerCallback, TrainerControl, TrainerState, set_seed

from stance.corpus.adapters.items import Target
from stance.models.augmentation import Swapper
from stance.models.classifier import Lesson, targets
from stance.models.encodings import Encoding
from stance.models.f1 import macro_f1
from stance.models.intermediate import learn_targets
from stance.models.pretrained import resolve_pretrained
from stance.models.spans import SpanTokenizer
from stance.models.trainer import SpanTrainer, TransformerSettings, trainer_arguments
from stance.models.transformer import TransformerClassifier, new_encoder, save_weights, tensors
from stance.schema import LABELS, Example

Monitor = Callable[[int, Mapping[str, float]], None]
"""Told the step and the figures of the learning curves."""

BEST, FINISHED = "best.safetensors", "finished"
STATE = "trainer_state.json"
"""What the Trainer writes last: a checkpoint without it is not whole."""


def score_of(classifier: TransformerClassifier, examples: Sequence[Example]) -> float:
    """The macro-F1 on ``examples``, in [0, 1]: what the best epoch is chosen by."""
    return macro_f1(targets(examples), classifier.predict_proba(examples).argmax(axis=1))


class BestEpoch(TrainerCallback):
    """Measures every epoch on validation, keeps the best weights and stops when patience ends."""

    def __init__(
        self,
        classifier: TransformerClassifier,
        validation: Sequence[Example],
        settings: TransformerSettings,
        folder: Path,
        monitor: Monitor,
    ) -> None:
        self.classifier, self.validation, self.settings = classifier, validation, settings
        self.path, self.monitor = folder / BEST, monitor

    def on_log(self, args: Any, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        """Pass the learning curve on."""
        last = state.log_history[-1] if state.log_history else {}
        curve = {
            name: float(last[key])
            for key, name in (("loss", "train_loss"), ("learning_rate", "lr"))
            if key in last
        }
        if curve:
            self.monitor(state.global_step, curve)

    def on_epoch_end(self, args: Any, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        """Measure, keep, stop."""
        score = score_of(self.classifier, self.validation)
        self.monitor(state.global_step, {"epoch_validation_macro_f1": score})
        if state.best_metric is None or score > state.best_metric:
            state.best_metric, state.best_global_step = score, state.global_step
            save_weights(self.classifier.encoder, self.path)
        steps_since = state.global_step - (state.best_global_step or 0)
        if steps_since >= self.settings.patience * state.max_steps / self.settings.epochs:
            control.should_training_stop = True


class SwapsOfEpoch(TrainerCallback):
    """Tells the swapper which epoch begins."""

    def __init__(self, swapper: Swapper) -> None:
        self.swapper = swapper

    def on_epoch_begin(self, args: Any, state: TrainerState, control: TrainerControl, **kwargs: Any) -> None:
        """Start the draws of the epoch."""
        self.swapper.start_epoch(round(state.epoch or 0))


def last_checkpoint(folder: Path) -> Path | None:
    """Return the newest checkpoint in ``folder`` that was written to its end, or None."""
    whole = [path.parent for path in folder.glob(f"checkpoint-*/{STATE}")]
    return max(whole, key=lambda path: int(path.name.rpartition("-")[2]), default=None)


def _items(examples: Sequence[Example], encoding: Encoding) -> list[list[int]]:
    """What a batch is made of: the examples one by one, or all of a sentence where they share a pass."""
    if encoding is not Encoding.SPANS:
        return [[index] for index in range(len(examples))]
    of_text: dict[str, list[int]] = {}
    for index, example in enumerate(examples):
        of_text.setdefault(example.text, []).append(index)
    return list(of_text.values())


def _loss(lesson: Lesson, settings: TransformerSettings) -> nn.CrossEntropyLoss:
    weight = None
    if settings.class_weights == "balanced":
        counts = lesson.targets.sum(axis=0)
        weights = len(lesson.examples) / (len(LABELS) * np.maximum(counts, 1))
        weight = torch.tensor(weights, dtype=torch.float32)
    return nn.CrossEntropyLoss(weight=weight, label_smoothing=settings.label_smoothing)


def start(settings: TransformerSettings) -> TransformerClassifier:
    """Return the untrained classifier: pretrained weights, fresh head.

    Raises:
        ModelError: there are no such weights, or they are not the expected ones.
    """
    source = resolve_pretrained(settings.pretrained, settings.sha256)
    fast: Tokenizer = AutoTokenizer.from_pretrained(source).backend_tokenizer
    tokenizer = SpanTokenizer(fast, settings.encoding, settings.max_length)
    encoder = new_encoder(source, tokenizer.tokenizer.get_vocab_size(), settings.dropout)
    return TransformerClassifier(tokenizer, encoder)


def fine_tune(
    settings: TransformerSettings,
    lesson: Lesson,
    validation: Sequence[Example],
    seed: int,
    folder: Path,
    monitor: Monitor = lambda step, figures: None,
    intermediate: Sequence[Target] = (),
) -> TransformerClassifier:
    """Fine-tune on ``lesson`` and return the epoch that is best on ``validation``.

    Args:
        settings: what is trained and how.
        lesson: examples and what is to be said of each.
        validation: labelled, and not empty; chooses the epoch.
        seed: of the head, the order and dropout.
        folder: for checkpoints; a run that was killed goes on from the last one in it, and one that had
            finished is only read.
        monitor: told the learning curves.
        intermediate: what the encoder learns first, see ``stance.models.intermediate``.
    """
    set_seed(seed)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / FINISHED).exists():
        checkpoint = last_checkpoint(folder)
        classifier = start(settings)
        if intermediate and not checkpoint:
            learn_targets(classifier, settings, intermediate, seed, folder)
        measure = BestEpoch(classifier, validation, settings, folder, monitor)
        _train(classifier, settings, lesson, measure, seed, folder, checkpoint)
        (folder / FINISHED).touch()
    best = start(settings)  # anew, for the Trainer has wrapped the other's forward pass in 16 bits
    best.encoder.load_state_dict(load_file(folder / BEST))
    return best


def _train(
    classifier: TransformerClassifier,
    settings: TransformerSettings,
    lesson: Lesson,
    measure: BestEpoch,
    seed: int,
    folder: Path,
    checkpoint: Path | None,
) -> None:
    """Train ``classifier`` in place, from its checkpoint on if it has one."""
    examples = lesson.examples
    lengths = classifier.tokenizer.lengths(examples)
    items = _items(examples, settings.encoding)
    dataset = Dataset.from_dict(
        {"item": list(range(len(items))), "length": [lengths[item[0]] for item in items]}
    )
    swapped = Swapper(settings.swap, seed)

    def collate(rows: list[dict[str, int]]) -> dict[str, torch.Tensor]:
        chosen = [items[row["item"]] for row in rows]
        shown = [one for item in chosen for one in swapped([examples[index] for index in item])]
        said = lesson.targets[[index for item in chosen for index in item]]
        return tensors(classifier.tokenizer.batch(shown)) | {"labels": torch.from_numpy(np.float32(said))}

    trainer = SpanTrainer(
        settings,
        _loss(lesson, settings),
        model=classifier.encoder,
        args=trainer_arguments(settings, folder, seed, len(items), settings.epochs),
        train_dataset=dataset,
        data_collator=collate,
        callbacks=[measure, SwapsOfEpoch(swapped)],
    )
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
