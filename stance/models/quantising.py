"""From 32 to 8 bits: an exported encoder that is small and fast, and keeps its labels.

Plain dynamic quantisation has one scale for a whole table of embeddings and one for all activations that
enter a matrix. Both are set by a few outliers, so that all else is rounded coarsely. Against that:

- embeddings have a scale for each row;
- what a layer norm puts out is divided by a factor for each channel, and the rows of the matrices that read
  it are multiplied by the same, so that no channel stands out (SmoothQuant; Xiao et al., 2023);
- what comes out of an activation function has outliers in single tokens, which that cannot help: the
  matrices that read it take a scale for each block of each token where it is so, slower and finer.

``experiments/benchmarks/quantising.py`` measures what each of the steps is worth.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import onnx
import onnxruntime as ort
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

_LARGE_TABLE = 1000

Arrays: TypeAlias = Mapping[str, NDArray[np.generic]]
Ranges: TypeAlias = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model gets its 8 bits.

    Attributes:
        rows: whether embeddings have a scale for each row, not one for the table.
        smoothing: how much of the difference between channels moves from activations into weights, in [0, 1];
            None leaves it.
        outliers: a matrix is stored in blocks where the largest value that enters it is this many times the
            largest of the median channel.
        block: how many weights share a scale in such a matrix.
    """

    rows: bool = True
    smoothing: float | None = 0.8
    outliers: float = 6.0
    block: int = 128


RECIPE = Recipe()


def quantise(full: Path, target: Path, calibration: Iterable[Arrays], recipe: Recipe = RECIPE) -> None:
    """Write the model ``full`` to ``target`` with weights in 8 bits.

    Args:
        full: an exported encoder in 32 bits.
        target: is written; a file beside it is used on the way.
        calibration: inputs of some batches, from which the ranges of activations are taken.
        recipe: how.
    """
    with _quiet():
        _quantise(full, target, calibration, recipe)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the root logger, to which onnxruntime advises a pre-processing that fails on dynamic axes."""
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.ERROR)
    try:
        yield
    finally:
        root.setLevel(before)


def _quantise(full: Path, target: Path, calibration: Iterable[Arrays], recipe: Recipe) -> None:
    model = onnx.load(full)
    ranges = _input_ranges(model, calibration)
    normed = {node.output[0] for node in model.graph.node if node.op_type == "LayerNormalization"}
    spiky = {name: range_ for name, range_ in ranges.items() if name not in normed}
    blocked = _behind_outliers(model, spiky, recipe.outliers)
    if recipe.rows:
        _scale_rows_of_embeddings(model)
    if recipe.smoothing is not None:
        even = {name: range_ for name, range_ in ranges.items() if name in normed}
        _smooth(model, even, recipe.smoothing)
    partly = target.with_suffix(".partly")
    quantize_dynamic(
        model,
        partly,
        op_types_to_quantize=["MatMul"] if recipe.rows else ["Gather", "MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=blocked,
    )
    rest = MatMulNBitsQuantizer(
        onnx.load(partly), bits=8, block_size=recipe.block, is_symmetric=True, accuracy_level=4
    )
    rest.process()
    rest.model.save_model_to_file(str(target), False)
    partly.unlink()


def _behind_outliers(model: onnx.ModelProto, ranges: Ranges, times: float) -> list[str]:
    """The names of the products that an input enters of which a value stands out ``times``."""
    outlying = {name for name, range_ in ranges.items() if range_.max() > times * np.median(range_)}
    return [node.name for name, nodes in _readers(model).items() if name in outlying for node in nodes]


def _weights(model: onnx.ModelProto) -> dict[str, TensorProto]:
    return {tensor.name: tensor for tensor in model.graph.initializer}


def _readers(model: onnx.ModelProto) -> dict[str, list[NodeProto]]:
    """The products with a constant matrix, by the tensor that they multiply it with."""
    constant = _weights(model)
    readers = defaultdict(list)
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in constant:
            readers[node.input[0]].append(node)
    return dict(readers)


def _input_ranges(model: onnx.ModelProto, calibration: Iterable[Arrays]) -> Ranges:
    """The largest absolute value of each channel that enters a product, over ``calibration``."""
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    names = list(_readers(model))
    watched.graph.initializer.append(numpy_helper.from_array(np.array([0, 1]), "range_axes"))
    for name in names:
        watched.graph.node.append(helper.make_node("Abs", [name], [f"{name}_abs"]))
        inputs, output = [f"{name}_abs", "range_axes"], f"{name}_range"
        watched.graph.node.append(helper.make_node("ReduceMax", inputs, [output], keepdims=0))
        watched.graph.output.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, None))
    session = ort.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    outputs = [f"{name}_range" for name in names]
    found = [session.run(outputs, dict(arrays)) for arrays in calibration]
    return {
        name: np.max(column, axis=0) for name, column in zip(names, zip(*found, strict=True), strict=True)
    }


def _scale_rows_of_embeddings(model: onnx.ModelProto) -> None:
    """Store large tables that are looked up in 8 bits, with a scale a row."""
    weights, nodes = _weights(model), []
    for node in model.graph.node:
        table = weights.get(node.input[0]) if node.op_type == "Gather" else None
        if table is None or len(table.dims) != 2 or table.dims[0] < _LARGE_TABLE:
            nodes.append(node)
            continue
        nodes += _scaled_lookup(model, node, table)
        model.graph.initializer.remove(table)
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _scaled_lookup(model: onnx.ModelProto, node: NodeProto, table: TensorProto) -> list[NodeProto]:
    """The nodes that stand for a lookup in ``table``; its rows and scales are added to the model."""
    values = numpy_helper.to_array(table)
    scales = np.maximum(np.abs(values).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
    rows = np.round(values / scales).astype(np.int8)
    (_, places), (out,), name = node.input, node.output, table.name
    model.graph.initializer.append(numpy_helper.from_array(rows, f"{name}_rows"))
    model.graph.initializer.append(numpy_helper.from_array(scales, f"{name}_scales"))
    return [
        helper.make_node("Gather", [f"{name}_rows", places], [f"{out}_rows"]),
        helper.make_node("Gather", [f"{name}_scales", places], [f"{out}_scales"]),
        helper.make_node("Cast", [f"{out}_rows"], [f"{out}_cast"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{out}_cast", f"{out}_scales"], [out]),
    ]


def _smooth(model: onnx.ModelProto, ranges: Ranges, strength: float) -> None:
    """Move the differences between the channels of ``ranges`` into the weights; the products stay equal."""
    weights, readers, nodes = _weights(model), _readers(model), []
    for node in model.graph.node:
        nodes.append(node)
        tensor = node.output[0]
        if tensor not in ranges:
            continue
        matrices = [numpy_helper.to_array(weights[reader.input[1]]) for reader in readers[tensor]]
        factors = _factors(ranges[tensor], matrices, strength)
        model.graph.initializer.append(numpy_helper.from_array(1 / factors, f"{tensor}_factors"))
        nodes.append(helper.make_node("Mul", [tensor, f"{tensor}_factors"], [f"{tensor}_smooth"]))
        for reader, matrix in zip(readers[tensor], matrices, strict=True):
            name = reader.input[1]
            weights[name].CopyFrom(numpy_helper.from_array(matrix * factors[:, None], name))
            reader.input[0] = f"{tensor}_smooth"
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _factors(
    range_: NDArray[np.float32], matrices: Iterable[NDArray[np.float32]], strength: float
) -> NDArray[np.float32]:
    """By what each channel is divided, shape ``(channels,)``; their geometric mean is one."""
    tiny = np.float32(1e-5)
    largest = np.max([np.abs(matrix).max(axis=1) for matrix in matrices], axis=0)
    of_inputs, of_weights = (np.log(np.maximum(values, tiny)) for values in (range_, largest))
    logs = strength * of_inputs - (1 - strength) * of_weights
    factors: NDArray[np.float32] = np.exp(logs - logs.mean()).astype(np.float32)
    return factors
