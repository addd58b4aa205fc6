"""The Hugging Face Trainer as both stages of training use it: spans in, two learning rates, one bar."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import ProgressCallback, Trainer, TrainerControl, TrainerState, TrainingArguments

from stance.models.encodings import Encoding


@dataclass(frozen=True, slots=True)
class TransformerSettings:
    """How a transformer is fine-tuned; the keys are explained in ``configs/base.yaml``."""

    pretrained: str
    sha256: str | None
    encoding: Encoding
    max_length: int
    epochs: int
    patience: int
    learning_rate: float
    head_learning_rate: float
    batch_size: int
    gradient_accumulation: int
    warmup: float
    weight_decay: float
    dropout: float
    label_smoothing: float
    class_weights: str
    swap: float
    bf16: bool


class BarAlone(ProgressCallback):
    """The progress bar without the log lines that would go to standard output."""

    def on_log(
        self, args: Any, state: TrainerState, control: TrainerControl, logs: Any = None, **kwargs: Any
    ) -> None:
        """Print nothing."""


class SpanTrainer(Trainer):
    """A Trainer of batches of spans: its head learns faster than its encoder, and it shows a bar alone."""

    def __init__(self, settings: TransformerSettings, loss: nn.CrossEntropyLoss, **given: Any) -> None:
        super().__init__(**given)
        self.settings, self.loss = settings, loss
        self.remove_callback(ProgressCallback)
        self.add_callback(BarAlone)

    def compute_loss(
        self,
        model: nn.Module,
        inputs: dict[str, Any],
        return_outputs: bool = False,
        num_items_in_batch: Any = None,
    ) -> Any:
        """Return the cross-entropy of a batch."""
        labels = inputs.pop("labels")
        logits = model(**inputs)
        loss = self.loss.to(logits.device)(logits.float(), labels)  # its class weights, too
        return (loss, logits) if return_outputs else loss

    def create_optimizer(self, model: Any = None) -> torch.optim.Optimizer:
        """AdamW with one learning rate for the encoder and one for the head."""
        if self.optimizer is None:
            network: Any = self.model
            groups = [
                {"params": list(network.encoder.parameters()), "lr": self.settings.learning_rate},
                {"params": list(network.head.parameters()), "lr": self.settings.head_learning_rate},
            ]
            self.optimizer = torch.optim.AdamW(groups, weight_decay=self.settings.weight_decay, fused=True)
        optimizer: torch.optim.Optimizer = self.optimizer
        return optimizer


def trainer_arguments(
    settings: TransformerSettings,
    folder: Path,
    seed: int,
    items: int,
    epochs: int,
    *,
    checkpoints: bool = True,
) -> TrainingArguments:
    """Return the Trainer's arguments: epochs of ``items``, each with a checkpoint in ``folder`` if wanted."""
    steps = -(-items // (settings.batch_size * settings.gradient_accumulation))
    return TrainingArguments(
        output_dir=str(folder),
        per_device_train_batch_size=settings.batch_size,
        gradient_accumulation_steps=settings.gradient_accumulation,
        num_train_epochs=epochs,
        learning_rate=settings.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=round(settings.warmup * steps * epochs),
        bf16=settings.bf16,
        use_cpu=not torch.cuda.is_available(),
        seed=seed,
        save_strategy="epoch" if checkpoints else "no",
        save_total_limit=1,
        logging_steps=50,
        report_to="none",
        remove_unused_columns=False,
        train_sampling_strategy="group_by_length",
        length_column_name="length",
        dataloader_pin_memory=False,
        label_names=["labels"],
    )
