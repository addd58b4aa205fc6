"""From a trained transformer to int8 ONNX."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch.export import Dim

from stance.models.onnx import FILE
from stance.models.spans import INPUTS
from stance.models.transformer import TransformerClassifier, tensors
from stance.schema import Example, Power
from stance.text.mentions import find_mentions

_TEXTS = ("Islamabad thanked Beijing.", "Hanoi thanked Beijing again for the new railway loan.")


def _samples() -> list[Example]:
    pairs = zip(_TEXTS, ("PAK", "VNM"), strict=True)
    return [Example(text, state, Power.CHN, find_mentions(text)) for text, state in pairs]


def export_onnx(classifier: TransformerClassifier, folder: Path, *, int8: bool = True) -> list[str]:
    """Write ``classifier`` to ``folder`` as ONNX with dynamic axes, and its tokenizer.

    Args:
        classifier: is put in evaluation mode.
        folder: exists.
        int8: whether weights are stored in 8 bits.

    Returns:
        The names of the files.
    """
    encoder = classifier.encoder.eval()
    inputs = tensors(classifier.tokenizer.batch(_samples()))
    texts, width, pairs = Dim("texts", min=1), Dim("tokens", min=2), Dim("pairs", min=1)
    text_axes, pair_axes = {0: texts, 1: width}, {0: pairs, 1: width}
    axes: dict[str, Any] = dict(
        zip(INPUTS, (text_axes, text_axes, {0: pairs}, pair_axes, pair_axes), strict=True)
    )
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
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
        _quantise(full, folder / FILE)
        full.unlink()
    else:
        full.rename(folder / FILE)
    return [FILE, *classifier.tokenizer.save(folder)]


def _quantise(full: Path, target: Path) -> None:
    """Write weights in 8 bits: the embedding as one table, matrices in blocks of 32 with a scale each.

    Quantising activations per tensor (plain dynamic quantisation) changed 2.4% of the labels of a fine-tuned
    MiniLM, whose activations have outliers; with scales by block it is 0.6%.
    """
    embedded = target.with_suffix(".embedded")
    logging.getLogger().setLevel(logging.ERROR)  # it advises a pre-processing that fails on dynamic axes
    quantize_dynamic(full, embedded, weight_type=QuantType.QInt8, op_types_to_quantize=["Gather"])
    quantiser = MatMulNBitsQuantizer(
        onnx.load(embedded), bits=8, block_size=32, is_symmetric=True, accuracy_level=4
    )
    quantiser.process()
    quantiser.model.save_model_to_file(str(target), False)
    embedded.unlink()
