"""Eight bits, step by step, on a graph of one layer whose activations have an outlier."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from stance.models.quantising import Recipe, quantise

WIDTH, INNER, WORDS = 128, 256, 2000
RANDOM = np.random.default_rng(7)
TABLE = RANDOM.normal(size=(WORDS, WIDTH)).astype(np.float32)
TABLE[0] *= 50  # a word whose embedding is far larger than the others
SCALE = np.ones(WIDTH, dtype=np.float32)
SCALE[3] = 40  # a channel that the layer norm makes far larger than the others
UP = RANDOM.normal(scale=0.1, size=(WIDTH, INNER)).astype(np.float32)
DOWN = RANDOM.normal(scale=0.1, size=(INNER, WIDTH)).astype(np.float32)
IDS = RANDOM.integers(0, WORDS, size=(4, 20))


def layer(folder: Path, up: NDArray[np.float32] = UP) -> Path:
    """Write a lookup, a layer norm and two matrices with an activation function between them."""
    constants = {"table": TABLE, "scale": SCALE, "shift": np.zeros_like(SCALE), "up": up, "down": DOWN}
    nodes = [
        helper.make_node("Gather", ["table", "ids"], ["embedded"], name="lookup"),
        helper.make_node("LayerNormalization", ["embedded", "scale", "shift"], ["normed"], name="norm"),
        helper.make_node("MatMul", ["normed", "up"], ["wide"], name="up_product"),
        helper.make_node("Relu", ["wide"], ["active"], name="activation"),
        helper.make_node("MatMul", ["active", "down"], ["out"], name="down_product"),
    ]
    graph = helper.make_graph(
        nodes,
        "layer",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["b", "t"])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["b", "t", WIDTH])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.save(model, folder / "full.onnx")
    return folder / "full.onnx"


def output(model: Path) -> NDArray[np.float32]:
    session = ort.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    result: NDArray[np.float32] = session.run(["out"], {"ids": IDS})[0]
    return result


def small(full: Path, recipe: Recipe | None = None, name: str = "model.onnx") -> Path:
    target = full.with_name(name)
    quantise(full, target, [{"ids": IDS}], recipe or Recipe())
    return target


def operators(model: Path) -> list[str]:
    return [node.op_type for node in onnx.load(model).graph.node]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return layer(tmp_path_factory.mktemp("layer"))


@pytest.fixture(scope="module")
def quantised(full: Path) -> Path:
    return small(full)


def error(got: NDArray[np.float32], right: NDArray[np.float32]) -> float:
    """The error's root mean square, as a share of that of the right values."""
    return float(np.sqrt(np.mean((got - right) ** 2) / np.mean(right**2)))


def test_it_says_nearly_the_same_in_spite_of_outliers(full: Path, quantised: Path) -> None:
    assert error(output(quantised), output(full)) < 0.02


@pytest.mark.parametrize("lacking", [Recipe(rows=False), Recipe(smoothing=None)], ids=["rows", "smoothing"])
def test_without_a_step_it_would_be_further_off(full: Path, quantised: Path, lacking: Recipe) -> None:
    off = error(output(small(full, lacking, "lacking.onnx")), output(full))
    assert off > 1.5 * error(output(quantised), output(full))


def test_it_is_a_quarter_of_the_size(full: Path, quantised: Path) -> None:
    assert quantised.stat().st_size < 0.3 * full.stat().st_size


def test_nothing_is_left_on_the_way(full: Path, quantised: Path) -> None:
    assert {path.name for path in full.parent.glob("model*")} == {quantised.name}


def test_a_lookup_takes_a_scale_for_each_row(quantised: Path) -> None:
    tensors = {tensor.name: tensor for tensor in onnx.load(quantised).graph.initializer}
    assert tensors["table_rows"].data_type == TensorProto.INT8
    assert tuple(tensors["table_scales"].dims) == (WORDS, 1)
    assert "table" not in tensors


def test_products_are_computed_in_integers(quantised: Path) -> None:
    assert operators(quantised).count("MatMulInteger") == 2
    assert "MatMul" not in operators(quantised)


def test_a_matrix_behind_a_spiky_activation_is_stored_in_blocks(tmp_path: Path) -> None:
    spiky = UP.copy()
    spiky[:, 5] *= 30
    full = layer(tmp_path, spiky)
    model = small(full)
    assert operators(model).count("MatMulNBits") == 1
    assert error(output(model), output(full)) < 0.03
    plain = small(full, Recipe(outliers=float("inf")), "plain.onnx")
    assert operators(plain).count("MatMulNBits") == 0
    assert error(output(plain), output(full)) > error(output(model), output(full))
