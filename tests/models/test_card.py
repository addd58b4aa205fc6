"""The card of a model: what people and the Hugging Face hub read of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import natural_examples

from stance.errors import ModelError
from stance.experiments.config import load_config
from stance.models.bundle import CorpusVersion, Manifest, load_bundle, read_manifest, save_bundle, sha256
from stance.models.card import BASES, base_model, model_card
from stance.models.linear import LinearClassifier
from stance.models.sklearn_model import LinearSettings, SklearnClassifier
from stance.schema import CODEBOOK_VERSION, LABELS

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
SCORES = {
    "validation": 0.71,
    "test_composed": 0.75,
    "test_composed_three": 0.76,
    "test_real": 0.57,
    "test_real_three": 0.67,
    "test_out_of_domain": 0.63,
}
MINILM = load_config(CONFIGS / "minilm.yaml").transformer.model_dump(mode="json")


def manifest(**changes: Any) -> Manifest:
    given = {"name": "toy", "version": "1.2", "kind": "onnx", "settings": MINILM, "scores": SCORES}
    return Manifest.model_validate(given | changes)


def metadata(card: str) -> dict[str, Any]:
    """The YAML between the two lines of dashes that a card begins with."""
    before, front, _ = card.split("---\n", 2)
    assert before == ""
    read: dict[str, Any] = yaml.safe_load(front)
    return read


def test_the_hub_can_read_what_it_is() -> None:
    read = metadata(model_card(manifest()))
    assert read["language"] == ["en"]
    assert read["license"] == "mit"
    assert read["base_model"] == "sentence-transformers/all-MiniLM-L6-v2"
    assert {"stance-detection", "onnx"} <= set(read["tags"])
    assert read["metrics"] == ["f1"]


def test_the_hub_can_read_the_scores() -> None:
    (model,) = metadata(model_card(manifest()))["model-index"]
    assert model["name"] == "toy"
    assert model["results"][0]["dataset"]["name"] == "real news, test split"
    assert [one["value"] for one in model["results"][0]["metrics"]] == [0.67, 0.57]


def test_real_news_comes_first() -> None:
    rows = [line for line in model_card(manifest()).splitlines() if line.startswith("| ")]
    assert rows[2:5] == [
        "| real news, test split | 0.670 | 0.570 |",
        "| real headlines of a source kept out of training | - | 0.630 |",
        "| composed sentences, test split | 0.760 | 0.750 |",
    ]


def test_a_model_without_scores_says_so() -> None:
    card = model_card(manifest(scores={}))
    assert "No scores were recorded" in card
    assert "model-index" not in metadata(card)


@pytest.mark.parametrize("label", LABELS)
def test_every_label_is_explained(label: str) -> None:
    assert f"| `{label}` | " in model_card(manifest())


def test_codebook_and_corpus_are_named_with_their_hashes() -> None:
    card = model_card(manifest(corpus=CorpusVersion(version="0.2.0", hash="728ea896", examples=77)))
    assert f"- codebook: version {CODEBOOK_VERSION}, sha256 beginning " in card
    assert "- corpus: version 0.2.0, 77 examples, hash 728ea896" in card


def test_the_hash_of_another_codebook_is_not_known() -> None:
    assert "- codebook: version 0.9\n" in model_card(manifest(codebook="0.9"))


def test_the_shares_of_the_labels_that_it_learned_from_are_named() -> None:
    card = model_card(manifest(prior=(0.25, 0.25, 0.1, 0.4)))
    assert "- learned from 25% toward, 25% away, 10% hedging, 40% none" in card


@pytest.mark.parametrize(
    "heading", ["How well it works", "Labels", "What it is for, and what not", "How to load it"]
)
def test_a_card_has_what_readers_look_for(heading: str) -> None:
    assert f"\n## {heading}\n" in model_card(manifest())


@pytest.mark.parametrize("kind", ["linear", "onnx", "sklearn", "transformer"])
def test_every_kind_has_a_card(kind: str) -> None:
    assert metadata(model_card(manifest(kind=kind, settings={})))["tags"][-1] == kind


@pytest.mark.parametrize(
    ("settings", "hub"),
    [
        ({"pretrained": "microsoft/deberta-v3-base", "sha256": None}, "microsoft/deberta-v3-base"),
        ({"pretrained": "./mine", "sha256": None}, None),
        ({"pretrained": "/data/mine", "sha256": None}, None),
        ({"pretrained": "package:mine/model", "sha256": None}, None),
        ({"estimator": "linear_svm"}, None),
    ],
)
def test_the_base_model_is_a_hub_id_or_unknown(settings: dict[str, Any], hub: str | None) -> None:
    assert base_model(settings) == hub


@pytest.mark.parametrize("name", ["minilm", "mpnet", "mpnet_offline"])
def test_the_weights_that_packages_carry_are_known_by_their_hash(name: str) -> None:
    settings = load_config(CONFIGS / f"{name}.yaml").transformer.model_dump(mode="json")
    assert base_model(settings) in BASES.values()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A saved linear model."""
    trained = SklearnClassifier(LinearSettings(min_df=1, views=("pair",))).fit(natural_examples("train"))
    save_bundle(
        LinearClassifier.of(trained),
        manifest(kind="linear", settings={"encoding": "masked"}),
        tmp_path / "model",
    )
    return tmp_path / "model"


def test_a_model_folder_has_its_card_with_its_hash(folder: Path) -> None:
    saved = read_manifest(folder)
    assert saved.files["README.md"] == sha256(folder / "README.md")
    assert (folder / "README.md").read_text(encoding="utf-8") == model_card(saved)


def test_a_card_that_was_changed_is_damage(folder: Path) -> None:
    (folder / "README.md").write_text("It is always right.", encoding="utf-8")
    with pytest.raises(ModelError, match=r"README\.md is damaged"):
        load_bundle(folder)
