"""Model folders: written whole or not at all, and refused where anything is wrong."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import example, natural_examples
from pydantic import ValidationError

from stance.errors import MissingExtraError, ModelError
from stance.models.bundle import (
    CorpusVersion,
    Manifest,
    copy_bundle,
    default_folder,
    load_bundle,
    read_manifest,
    save_bundle,
    sha256,
)
from stance.models.calibration import scaled
from stance.models.classifier import Probabilities
from stance.models.encodings import Encoding
from stance.models.linear import LinearClassifier
from stance.models.sklearn_model import LinearSettings, SklearnClassifier
from stance.schema import CODEBOOK_VERSION, LABELS, Example, Stance

TRAINED = SklearnClassifier(LinearSettings(min_df=1, views=("pair",))).fit(natural_examples("train"))
EXPORTED = LinearClassifier.of(TRAINED)
TEST = natural_examples("test")


def manifest(**changes: Any) -> Manifest:
    given = {"name": "toy", "version": "1", "kind": "linear", "settings": {"encoding": "masked"}}
    return Manifest.model_validate(given | changes)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A saved model."""
    save_bundle(EXPORTED, manifest(), tmp_path / "model")
    return tmp_path / "model"


def rewrite(folder: Path, **changes: object) -> None:
    path = folder / "stance.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def test_the_hash_is_sha256(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256(tmp_path / "abc") == hashlib.sha256(b"abc").hexdigest()


def test_what_is_returned_is_what_is_on_disk(tmp_path: Path) -> None:
    written = save_bundle(EXPORTED, manifest(), tmp_path / "deep" / "model")
    assert read_manifest(tmp_path / "deep" / "model") == written


def test_the_hashes_are_those_of_the_files(folder: Path) -> None:
    for name, expected in read_manifest(folder).files.items():
        assert sha256(folder / name) == expected


def test_everyone_may_read_a_model(folder: Path) -> None:
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o044 == 0o044, path.name


def test_a_manifest_knows_the_codebook_and_the_labels() -> None:
    assert manifest().codebook == CODEBOOK_VERSION
    assert manifest().labels == tuple(LABELS)


def test_corpus_and_scores_survive_the_file(tmp_path: Path) -> None:
    corpus = CorpusVersion(version="1.0", hash="0123", examples=77)
    save_bundle(EXPORTED, manifest(corpus=corpus, scores={"test_macro_f1": 0.5}), tmp_path / "model")
    loaded = load_bundle(tmp_path / "model").manifest
    assert loaded.corpus == corpus
    assert loaded.scores == {"test_macro_f1": 0.5}


@pytest.mark.parametrize("encoding", list(Encoding))
def test_the_encoding_is_kept(encoding: Encoding, tmp_path: Path) -> None:
    model = LinearClassifier(encoding, EXPORTED.views, EXPORTED.intercept)
    save_bundle(model, manifest(settings={"encoding": str(encoding)}), tmp_path / "model")
    loaded = load_bundle(tmp_path / "model").classifier
    assert loaded.predict_proba(TEST) == pytest.approx(model.predict_proba(TEST), abs=1e-4)


def test_the_temperature_is_applied(tmp_path: Path) -> None:
    save_bundle(EXPORTED, manifest(temperature=3.0), tmp_path / "model")
    loaded = load_bundle(tmp_path / "model").classifier
    assert loaded.predict_proba(TEST) == pytest.approx(scaled(EXPORTED.predict_proba(TEST), 3), abs=1e-4)


def test_a_loaded_model_scores_what_it_does_not_find(folder: Path) -> None:
    probabilities = load_bundle(folder).classifier.predict_proba([example("Rain fell.")])
    assert probabilities.sum() == pytest.approx(1)
    assert load_bundle(folder).classifier.classes_ == LABELS


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "pickle"},
        {"temperature": 0},
        {"threshold": 1.5},
        {"scores": {"f1": "good"}},
        {"colour": "red"},
        {"corpus": {"version": "1"}},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_manifest_allows_nothing_else(folder: Path, changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        manifest(**changes)
    rewrite(folder, **changes)
    with pytest.raises(ModelError, match=r"stance\.json cannot be read") as caught:
        load_bundle(folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("labels", [[], ["toward", "away", "none"], ["away", "toward", "hedging", "none"]])
def test_labels_in_another_order_are_other_labels(folder: Path, labels: list[str]) -> None:
    rewrite(folder, labels=labels)
    with pytest.raises(ModelError, match="has the labels"):
        load_bundle(folder)


def test_a_manifest_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / "stance.json").write_bytes(b"\xff")
    with pytest.raises(ModelError, match=r"stance\.json cannot be read"):
        read_manifest(folder)


def test_a_file_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "model").write_text("weights", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        load_bundle(tmp_path / "model")


@pytest.mark.parametrize("name", ["../outside", "/etc/hostname", "inner/file", ""])
def test_a_manifest_names_no_file_elsewhere(folder: Path, name: str) -> None:
    (folder.parent / "outside").write_text("x", encoding="utf-8")
    rewrite(folder, files={name: "0" * 64})
    with pytest.raises(ModelError, match="lacks its file"):
        load_bundle(folder)


@pytest.mark.parametrize("name", ["linear.safetensors", "vocabulary.json"])
def test_one_changed_byte_is_damage(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[-1] ^= 1
    (folder / name).write_bytes(bytes(content))
    with pytest.raises(ModelError, match=f"{name} is damaged"):
        load_bundle(folder)


@pytest.mark.parametrize("settings", [{}, {"encoding": "bold"}, {"encoding": None}])
def test_settings_must_fit_the_kind(folder: Path, settings: dict[str, object]) -> None:
    rewrite(folder, settings=settings)
    with pytest.raises(ModelError, match="settings that do not fit"):
        load_bundle(folder)


@pytest.mark.parametrize("changes", [{"views": 5}, {"views": ["letters"]}, {"estimator": "forest"}, {"x": 1}])
def test_settings_of_a_baseline_must_fit_it(tmp_path: Path, changes: dict[str, object]) -> None:
    good = {"estimator": "logistic_regression", "encoding": "masked", "views": ["pair"]}
    save_bundle(TRAINED, manifest(kind="sklearn", settings=good | changes), tmp_path / "model")
    with pytest.raises(ModelError):
        load_bundle(tmp_path / "model")


def test_a_baseline_without_scikit_learn_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_bundle(TRAINED, manifest(kind="sklearn"), tmp_path / "model")
    monkeypatch.setitem(sys.modules, "stance.models.sklearn_model", None)
    with pytest.raises(MissingExtraError, match=r"\.\[train\]"):
        load_bundle(tmp_path / "model")


@dataclass(frozen=True)
class Unsaveable:
    """A model whose disk is full."""

    classes_: tuple[Stance, ...] = LABELS

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        return np.full((len(examples), 4), 0.25)

    def save(self, folder: Path) -> list[str]:
        (folder / "half").write_text("half", encoding="utf-8")
        raise OSError("no space left")


def test_a_failed_save_leaves_the_old_model_and_nothing_else(folder: Path) -> None:
    with pytest.raises(OSError, match="no space"):
        save_bundle(Unsaveable(), manifest(), folder)
    assert load_bundle(folder).manifest.name == "toy"
    assert [path.name for path in folder.parent.iterdir()] == ["model"]


def test_the_default_model_stands_in_the_package() -> None:
    assert default_folder().parent.name == "models"
    assert default_folder().parent.parent.name == "stance"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Somebody's folder, which is no model."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "notes.txt").write_text("mine", encoding="utf-8")
    return tmp_path / "work"


def test_a_model_replaces_a_model(folder: Path) -> None:
    save_bundle(EXPORTED, manifest(name="later"), folder)
    assert load_bundle(folder).manifest.name == "later"


def test_a_model_may_take_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    save_bundle(EXPORTED, manifest(), tmp_path / "empty")
    assert read_manifest(tmp_path / "empty").name == "toy"


def test_a_model_is_not_saved_in_place_of_another_folder(work: Path) -> None:
    with pytest.raises(ModelError, match=r"work exists and is not a model \(it has no stance.json\)"):
        save_bundle(EXPORTED, manifest(), work)
    assert [path.name for path in work.iterdir()] == ["notes.txt"]


def test_a_model_is_not_copied_in_place_of_another_folder(folder: Path, work: Path) -> None:
    with pytest.raises(ModelError, match="name a new folder"):
        copy_bundle(folder, work)
    assert [path.name for path in work.iterdir()] == ["notes.txt"]


def test_a_model_that_is_not_there_is_named_with_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere is not a model: there is no such folder \(give a model"):
        load_bundle(tmp_path / "nowhere")


def test_a_model_does_not_replace_a_file(work: Path) -> None:
    with pytest.raises(ModelError, match="is not a model"):
        save_bundle(EXPORTED, manifest(), work / "notes.txt")
    assert (work / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_copy_is_the_same_model(folder: Path, tmp_path: Path) -> None:
    copy_bundle(folder, tmp_path / "deep" / "copy")
    assert load_bundle(tmp_path / "deep" / "copy").manifest == read_manifest(folder)
