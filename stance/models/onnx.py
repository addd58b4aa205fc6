"""The exported transformer: onnxruntime and tokenizers alone, int8 weights, any batch and length."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from math import ceil
from pathlib import Path

import numpy as np
import onnxruntime as ort

from stance.errors import ModelError
from stance.models.classifier import Probabilities, softmax
from stance.models.spans import SpanBatch, SpanTokenizer
from stance.schema import LABELS, Example, Stance

FILE = "model.onnx"
BATCH = 16
"""How many texts a batch holds at most."""

CORES = os.cpu_count() or 1
"""How many batches run side by side, one a core: cores that share a batch wait for each other too often."""

AHEAD = 256
"""How many batches are made ready at a time: bounds the memory of their arrays."""

SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""What onnxruntime had better not do: an int8 pass with addition and layer norm in one is 20% slower."""


@dataclass(frozen=True, slots=True)
class OnnxClassifier:
    """An exported transformer with its tokenizer."""

    tokenizer: SpanTokenizer
    session: ort.InferenceSession

    @property
    def classes_(self) -> tuple[Stance, ...]:
        """The columns of ``predict_proba``."""
        return LABELS

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        """Return probabilities of shape ``(n, 4)``."""
        logits = np.zeros((len(examples), len(LABELS)))
        if not examples:
            return logits
        size = min(BATCH, ceil(len(examples) / (4 * CORES)))  # enough batches that no core is left waiting
        with ThreadPoolExecutor(CORES) as pool:
            batches = self.tokenizer.batches(examples, size)
            while some := list(islice(batches, AHEAD)):  # the pool would else ask for all of them at once
                for indices, of_batch in pool.map(self._logits, some):
                    logits[indices] = of_batch
        return softmax(logits)

    def _logits(self, batch: tuple[list[int], SpanBatch]) -> tuple[list[int], Probabilities]:
        indices, arrays = batch
        (logits,) = self.session.run(["logits"], arrays.arrays())
        return indices, logits

    @classmethod
    def load(cls, folder: Path, tokenizer: SpanTokenizer) -> OnnxClassifier:
        """Read an exported model.

        Raises:
            ModelError: the file is missing or is no model.
        """
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        try:
            session = ort.InferenceSession(
                str(folder / FILE),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=SLOW_FUSIONS,
            )
        except Exception as error:  # onnxruntime has a dozen kinds, none of them public
            raise ModelError(f"{folder / FILE} cannot be read: {str(error).splitlines()[0]}") from None
        return cls(tokenizer, session)
