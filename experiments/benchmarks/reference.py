"""A trained transformer as users of ``transformers`` run it: a pipeline, in 32 bits, in the order given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from transformers import Pipeline, PreTrainedModel, PreTrainedTokenizerFast

from stance.models.classifier import Probabilities
from stance.models.spans import SpanTokenizer
from stance.models.transformer import SpanEncoder, TransformerClassifier, tensors
from stance.schema import Example

BATCH = 32


class PairModel(PreTrainedModel):  # type: ignore[misc]
    """The encoder and its head as a model that a pipeline takes."""

    _supports_sdpa = True  # the encoder's own attention, the faster one

    def __init__(self, pair_encoder: SpanEncoder) -> None:
        encoder: Any = pair_encoder.encoder
        super().__init__(encoder.config)
        self.pair_encoder = pair_encoder

    def forward(self, **inputs: torch.Tensor) -> torch.Tensor:
        """Return logits of shape ``(pairs, 4)``."""
        logits: torch.Tensor = self.pair_encoder(**inputs)
        return logits


class PairPipeline(Pipeline):  # type: ignore[misc]
    """One pair a text, padded to the longest text of its batch."""

    def __init__(self, classifier: TransformerClassifier) -> None:
        self.reader: SpanTokenizer = classifier.tokenizer
        known = self.reader.tokenizer.get_vocab()
        blank = next(token for token in ("[PAD]", "<pad>") if token in known)
        padding = PreTrainedTokenizerFast(tokenizer_object=self.reader.tokenizer, pad_token=blank)
        self.reader.tokenizer.no_padding()
        model = PairModel(classifier.encoder).float().eval()
        super().__init__(model=model, tokenizer=padding, device="cpu", batch_size=BATCH)

    def _sanitize_parameters(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        return {}, {}, {}

    def preprocess(self, example: Example) -> dict[str, torch.Tensor]:
        """Return the tensors of one pair."""
        inputs = tensors(self.reader.batch([example]))
        return {name: tensor for name, tensor in inputs.items() if name != "rows"}

    def _forward(self, inputs: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        rows = torch.arange(len(inputs["input_ids"]))
        return {"logits": self.model(rows=rows, **inputs)}

    def postprocess(self, outputs: dict[str, torch.Tensor]) -> np.ndarray:
        """Return the probabilities of one pair, shape ``(4,)``."""
        probabilities: np.ndarray = outputs["logits"][0].softmax(-1).numpy()
        return probabilities

    def predict(self, examples: Sequence[Example]) -> Probabilities:
        """Return probabilities of shape ``(n, 4)``."""
        given: Any = list(examples)
        return np.stack(self(given)).astype(np.float64)
