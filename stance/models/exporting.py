"""From a trained transformer to int8 ONNX."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch.export import Dim

from stance.models.onnx import BATCH, FILE
from stance.models.quantising import Arrays, quantise
from stance.models.spans import INPUTS
from stance.models.transformer import TransformerClassifier, tensors
from stance.schema import Example, Power
from stance.text.mentions import find_mentions

_TEXTS = ("Islamabad thanked Beijing.", "Hanoi thanked Beijing again for the new railway loan.")


def _samples() -> list[Example]:
    pairs = zip(_TEXTS, ("PAK", "VNM"), strict=True)
    return [Example(text, state, Power.CHN, find_mentions(text)) for text, state in pairs]


def _batches(classifier: TransformerClassifier, examples: Sequence[Example]) -> Iterator[Arrays]:
    for start in range(0, len(examples), BATCH):
        yield classifier.tokenizer.batch(examples[start : start + BATCH]).arrays()


def export_onnx(
    classifier: TransformerClassifier, folder: Path, calibration: Sequence[Example] = (), *, int8: bool = True
) -> list[str]:
    """Write ``classifier`` to ``folder`` as ONNX with dynamic axes, and its tokenizer.

    Args:
        classifier: is put in evaluation mode, and its attention is spelled out.
        folder: exists.
        calibration: a few hundred examples, from which the ranges of activations are taken.
        int8: whether weights are stored in 8 bits.

    Returns:
        The names of the files.
    """
    encoder = classifier.encoder.eval()
    bare: Any = encoder.encoder
    bare.set_attn_implementation("eager")  # torch's fused attention is exported with more nodes, 5% slower
    inputs = tensors(classifier.tokenizer.batch(_samples()))
    texts, width, pairs = Dim("texts", min=1), Dim("tokens", min=2), Dim("pairs", min=1)
    text_axes, pair_axes = {0: texts, 1: width}, {0: pairs, 1: width}
    axes: dict[str, Any] = dict(
        zip(INPUTS, (text_axes, text_axes, {0: pairs}, pair_axes, pair_axes), strict=True)
    )
    for chatty in ("torch.onnx", "onnx_ir", "onnxscript"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    full = folder / "full.onnx"
    with torch.inference_mode(False), torch.no_grad():
        torch.onnx.export(
            encoder,
            kwargs=inputs,
            f=str(full),
            input_names=list(INPUTS),
            output_names=["logits"],
            dynamic_shapes=axes,
            external_data=False,
            dynamo=True,
            optimize=True,
            verbose=False,
        )
    if int8:
        quantise(full, folder / FILE, _batches(classifier, calibration or _samples()))
        full.unlink()
    else:
        full.rename(folder / FILE)
    return [FILE, *classifier.tokenizer.save(folder)]
