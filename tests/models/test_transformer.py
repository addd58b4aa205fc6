"""A transformer from its first step to int8 ONNX, on an encoder small enough for a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tiny_encoder import tiny_settings
from toy_corpus import toy_records

from stance.errors import ModelError
from stance.experiments.export import OnnxExport, check_parity
from stance.models.bundle import Manifest, load_bundle, save_bundle, sha256
from stance.models.classifier import Classifier, Lesson, one_hot
from stance.models.encodings import Encoding
from stance.models.pretrained import resolve_pretrained
from stance.models.trainer import TransformerSettings
from stance.models.training import fine_tune, score_of, start
from stance.models.transformer import TransformerClassifier
from stance.schema import LABELS

RECORDS = toy_records()
TRAIN = [e for r in RECORDS if r.split == "train" for e in r.to_examples()]
VALIDATION = [e for r in RECORDS if r.split == "validation" for e in r.to_examples()]
LESSON = Lesson(TRAIN, one_hot(TRAIN))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> TransformerSettings:
    return tiny_settings(tmp_path_factory.mktemp("encoder"))


CURVES: list[tuple[int, Mapping[str, float]]] = []


@pytest.fixture(scope="module")
def trained(settings: TransformerSettings, tmp_path_factory: pytest.TempPathFactory) -> TransformerClassifier:
    folder = tmp_path_factory.mktemp("checkpoints")
    return fine_tune(
        settings, LESSON, VALIDATION, 1, folder, lambda step, figures: CURVES.append((step, figures))
    )


def test_it_learns_the_toy_corpus(trained: TransformerClassifier) -> None:
    assert score_of(trained, VALIDATION) > 0.9


def test_it_keeps_the_protocol(trained: TransformerClassifier) -> None:
    assert isinstance(trained, Classifier)
    assert trained.classes_ == LABELS
    assert trained.predict_proba([]).shape == (0, 4)
    assert trained.predict_proba(VALIDATION).sum(axis=1) == pytest.approx(np.ones(len(VALIDATION)))


class Elsewhere(torch.nn.Module):
    """Weights on a device that holds no data; notes on which device its inputs are."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(1, device="meta"))
        self.seen: set[str] = set()

    def forward(self, **inputs: torch.Tensor) -> torch.Tensor:
        self.seen |= {tensor.device.type for tensor in inputs.values()}
        return torch.zeros(len(inputs["rows"]), len(LABELS))


def test_a_batch_goes_where_the_weights_are(settings: TransformerSettings) -> None:
    encoder = Elsewhere()
    TransformerClassifier(start(settings).tokenizer, encoder).predict_proba(VALIDATION)  # type: ignore[arg-type]
    assert encoder.seen == {"meta"}


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_a_classifier_on_a_gpu_says_the_same(settings: TransformerSettings) -> None:
    classifier = start(settings)
    here = classifier.predict_proba(VALIDATION)
    classifier.encoder.to("cuda")
    assert classifier.predict_proba(VALIDATION) == pytest.approx(here, abs=1e-3)


def test_the_order_of_examples_does_not_matter(trained: TransformerClassifier) -> None:
    forward = trained.predict_proba(VALIDATION)
    assert trained.predict_proba(VALIDATION[::-1])[::-1] == pytest.approx(forward, abs=1e-5)


def test_the_learning_curves_are_told(trained: TransformerClassifier) -> None:
    assert any("epoch_validation_macro_f1" in figures for _, figures in CURVES)


def test_the_best_epoch_is_kept(trained: TransformerClassifier) -> None:
    scores = [f["epoch_validation_macro_f1"] for _, f in CURVES if "epoch_validation_macro_f1" in f]
    assert score_of(trained, VALIDATION) == pytest.approx(max(scores))


def test_patience_ends_training(settings: TransformerSettings, tmp_path: Path) -> None:
    told: list[Mapping[str, float]] = []
    frozen = replace(settings, learning_rate=1e-12, head_learning_rate=1e-12, patience=2)
    fine_tune(frozen, LESSON, VALIDATION, 1, tmp_path, lambda step, figures: told.append(figures))
    assert sum("epoch_validation_macro_f1" in figures for figures in told) == 3


@pytest.mark.parametrize("encoding", [Encoding.SPANS, Encoding.MASKED, Encoding.TYPED, Encoding.PLAIN])
def test_every_encoding_trains(settings: TransformerSettings, encoding: Encoding, tmp_path: Path) -> None:
    one = replace(settings, encoding=encoding, epochs=1)
    assert fine_tune(one, LESSON, VALIDATION, 1, tmp_path).predict_proba(VALIDATION).shape == (12, 4)


def test_balanced_weights_train_too(settings: TransformerSettings, tmp_path: Path) -> None:
    one = replace(settings, class_weights="balanced", epochs=1)
    assert fine_tune(one, LESSON, VALIDATION, 1, tmp_path).classes_ == LABELS


def test_it_learns_probabilities_where_those_are_the_target(
    settings: TransformerSettings, tmp_path: Path
) -> None:
    torn = Lesson(TRAIN, np.tile([0.5, 0.5, 0.0, 0.0], (len(TRAIN), 1)))
    said = fine_tune(settings, torn, VALIDATION, 1, tmp_path).predict_proba(TRAIN)
    assert said.mean(axis=0) == pytest.approx([0.5, 0.5, 0.0, 0.0], abs=0.1)


def test_it_learns_from_sentences_with_other_states_in_them(
    settings: TransformerSettings, tmp_path: Path
) -> None:
    trained = fine_tune(replace(settings, swap=0.5), LESSON, VALIDATION, 1, tmp_path)
    assert score_of(trained, VALIDATION) > 0.7


def manifest(kind: str) -> Manifest:
    settings = {"encoding": "markers", "max_length": 48}
    return Manifest.model_validate({"name": "tiny", "version": "1", "kind": kind, "settings": settings})


def test_a_saved_transformer_gives_the_same_probabilities(
    trained: TransformerClassifier, tmp_path: Path
) -> None:
    save_bundle(trained, manifest("transformer"), tmp_path / "model")
    loaded = load_bundle(tmp_path / "model").classifier
    assert loaded.predict_proba(VALIDATION) == pytest.approx(trained.predict_proba(VALIDATION), abs=1e-5)


def test_weights_that_do_not_fit_are_one_line(trained: TransformerClassifier, tmp_path: Path) -> None:
    trained.save(tmp_path)
    (tmp_path / "encoder.json").write_text(
        '{"model_type": "bert", "hidden_size": 8, "num_attention_heads": 2}'
    )
    with pytest.raises(ModelError, match="does not hold a transformer") as caught:
        TransformerClassifier.load(tmp_path, trained.tokenizer)
    assert "\n" not in str(caught.value)


@pytest.fixture(scope="module")
def exported(trained: TransformerClassifier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "model"
    save_bundle(OnnxExport(trained), manifest("onnx"), folder)
    return folder


def test_the_exported_model_says_the_same(trained: TransformerClassifier, exported: Path) -> None:
    onnx = load_bundle(exported).classifier
    assert onnx.predict_proba(VALIDATION) == pytest.approx(trained.predict_proba(VALIDATION), abs=0.05)
    check_parity(trained, onnx, VALIDATION)


def test_batches_of_any_size_and_length_are_read(exported: Path) -> None:
    onnx = load_bundle(exported).classifier
    assert onnx.predict_proba([]).shape == (0, 4)
    assert onnx.predict_proba(VALIDATION[:1]) == pytest.approx(onnx.predict_proba(VALIDATION)[:1], abs=0.05)


def test_an_export_that_says_something_else_is_refused(
    trained: TransformerClassifier, settings: TransformerSettings
) -> None:
    with pytest.raises(ModelError, match="nothing written"):
        check_parity(trained, start(settings), VALIDATION)


def test_a_damaged_onnx_file_is_one_line(exported: Path, tmp_path: Path) -> None:
    from stance.models.onnx import OnnxClassifier
    from stance.models.spans import SpanTokenizer

    (tmp_path / "model.onnx").write_bytes(b"not a model")
    tokenizer = SpanTokenizer.load(exported, Encoding.MARKERS, 48)
    with pytest.raises(ModelError, match=r"model\.onnx cannot be read") as caught:
        OnnxClassifier.load(tmp_path, tokenizer)
    assert "\n" not in str(caught.value)


def test_pretrained_weights_are_a_folder_a_package_or_a_hub_id(settings: TransformerSettings) -> None:
    assert resolve_pretrained(settings.pretrained, None) == settings.pretrained
    assert resolve_pretrained("sentence-transformers/all-mpnet-base-v2", "0" * 64).startswith("sentence-")
    assert resolve_pretrained("package:stance/text", None).endswith("text")


def test_the_hash_of_pretrained_weights_is_checked(settings: TransformerSettings) -> None:
    weights = Path(settings.pretrained) / "model.safetensors"
    assert resolve_pretrained(settings.pretrained, sha256(weights)) == settings.pretrained
    with pytest.raises(ModelError, match="sha256 differs"):
        resolve_pretrained(settings.pretrained, "0" * 64)


@pytest.mark.parametrize(
    "name", ["package:no_such_package/model", "package:stance/no_such_folder", "./nowhere"]
)
def test_weights_that_are_not_there_are_named(name: str) -> None:
    with pytest.raises(ModelError):
        resolve_pretrained(name, None)
