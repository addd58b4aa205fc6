"""A transformer that reads a pair from the pooled spans of its mentions.

The encoder runs over the text once; a pair is the mean of all tokens, of the state's and of the power's
(after Zhong and Chen, 2021), and a small head makes four logits of the three.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from stance.errors import ModelError
from stance.models.classifier import Probabilities, softmax
from stance.models.spans import SpanBatch, SpanTokenizer
from stance.schema import LABELS, Example, Stance
from stance.writing import replacing

WEIGHTS, ENCODER_CONFIG = "model.safetensors", "encoder.json"
BATCH = 32


class SpanEncoder(nn.Module):
    """The encoder and its head; inputs and outputs as in ``SpanBatch``."""

    def __init__(
        self, encoder: nn.Module, hidden: int, dropout: float = 0.1, labels: int = len(LABELS)
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(3 * hidden, hidden),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(hidden, labels),
        )

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, rows: Tensor, state_mask: Tensor, power_mask: Tensor
    ) -> Tensor:
        """Return logits of shape ``(p, labels)``."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.to(hidden.dtype)
        mean = (hidden * weights.unsqueeze(-1)).sum(1) / weights.sum(1, keepdim=True)
        of_pair = hidden[rows]
        state = (of_pair * state_mask.unsqueeze(-1).to(hidden.dtype)).sum(1)
        power = (of_pair * power_mask.unsqueeze(-1).to(hidden.dtype)).sum(1)
        logits: Tensor = self.head(torch.cat([mean[rows], state, power], dim=-1))
        return logits


def new_encoder(folder: str | Path, tokens: int, dropout: float) -> SpanEncoder:
    """Return an encoder with pretrained weights and a fresh head.

    Args:
        folder: a folder or a hub id that transformers can load.
        tokens: the size of the tokenizer, special tokens included; the embedding grows to it.
        dropout: of the head, in [0, 1).

    Raises:
        ModelError: there are no weights at ``folder``.
    """
    try:
        # In 32 bits whatever it was saved in (DeBERTa v3 was in 16), for AdamW's steps are lost in 16.
        encoder = AutoModel.from_pretrained(folder, dtype=torch.float32)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(f"no pretrained encoder at {folder}: {reason}") from None
    if tokens > encoder.get_input_embeddings().num_embeddings:
        encoder.resize_token_embeddings(tokens, mean_resizing=False)
    return SpanEncoder(encoder, encoder.config.hidden_size, dropout)


def save_weights(module: nn.Module, path: Path) -> None:
    """Write the weights of ``module`` to ``path`` as safetensors, whole or not at all."""
    state = {name: tensor.contiguous() for name, tensor in module.state_dict().items()}
    with replacing(path) as aside:
        save_file(state, aside)


def tensors(batch: SpanBatch) -> dict[str, Tensor]:
    """The arrays of a batch as tensors."""
    return {name: torch.from_numpy(array) for name, array in batch.arrays().items()}


@dataclass(slots=True)
class TransformerClassifier:
    """A trained encoder with its tokenizer."""

    tokenizer: SpanTokenizer
    encoder: SpanEncoder

    @property
    def classes_(self) -> tuple[Stance, ...]:
        """The columns of ``predict_proba``."""
        return LABELS

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        """Return probabilities of shape ``(n, 4)``, computed in 32 bits."""
        logits = np.zeros((len(examples), len(LABELS)))
        device = next(self.encoder.parameters()).device  # a Trainer may have moved it to a GPU
        self.encoder.eval()
        with torch.inference_mode():
            for indices, batch in self.tokenizer.batches(examples, BATCH):
                there = {name: tensor.to(device) for name, tensor in tensors(batch).items()}
                logits[indices] = self.encoder(**there).float().cpu().numpy()
        return softmax(logits) if len(examples) else logits

    def save(self, folder: Path) -> list[str]:
        """Write the model to ``folder`` and return the names of the files."""
        save_weights(self.encoder, folder / WEIGHTS)
        config: Any = self.encoder.encoder.config
        (folder / ENCODER_CONFIG).write_text(json.dumps(config.to_dict(), indent=1), encoding="utf-8")
        return [WEIGHTS, ENCODER_CONFIG, *self.tokenizer.save(folder)]

    @classmethod
    def load(cls, folder: Path, tokenizer: SpanTokenizer) -> TransformerClassifier:
        """Read what ``save`` wrote.

        Raises:
            ModelError: a file is missing or does not fit.
        """
        try:
            given = json.loads((folder / ENCODER_CONFIG).read_text(encoding="utf-8"))
            config = AutoConfig.for_model(**given)
            bare: Any = AutoModel
            encoder = SpanEncoder(bare.from_config(config), config.hidden_size)
            encoder.load_state_dict(load_file(folder / WEIGHTS))
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            reason = str(error).splitlines()[0]
            raise ModelError(f"{folder} does not hold a transformer model: {reason}") from None
        return cls(tokenizer, encoder)
