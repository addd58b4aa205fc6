"""A model on disk: a folder with its files and ``stance.json``, which says what they are.

``stance.json`` carries the sha256 of every file, so that a damaged or foreign folder is refused before
anything in it is read. No kind of model executes code from its files.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stance.errors import MissingExtraError, ModelError
from stance.models.calibration import CalibratedClassifier
from stance.models.card import CARD, model_card
from stance.models.classifier import Classifier
from stance.models.encodings import Encoding
from stance.models.prior import Prior, PriorShifted
from stance.models.spans import SpanTokenizer
from stance.schema import CODEBOOK_VERSION, LABELS
from stance.writing import replacing_folder

MANIFEST = "stance.json"
_RUN_ID = re.compile("[0-9a-f]{8,32}")
"""A run's id, or a beginning as long as tables show."""


Kind = Literal["linear", "onnx", "sklearn", "transformer"]


def model_uri(model: str) -> str | None:
    """Return the MLflow URI that a model's name is or stands for, or None for a folder.

    A run's id, or the beginning of one, stands for the model of that run.
    """
    if model.startswith(("models:/", "runs:/")):
        return model
    return f"runs:/{model}/model" if _RUN_ID.fullmatch(model) and not Path(model).exists() else None


class CorpusVersion(BaseModel):
    """The corpus that a model was trained on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    hash: str
    examples: int


class Manifest(BaseModel):
    """What ``stance.json`` says of a model.

    Attributes:
        settings: what the kind of model needs to read its files.
        temperature: see ``stance.models.calibration``.
        prior: the share of each label in what it learned from, see ``stance.models.prior``.
        threshold: below this probability a label should not be asserted. The terminal leaves such evidence
            out; files have every label with its probability.
        scores: figures measured when it was trained, by name (``test_macro_f1``).
        files: sha256 by file name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: str
    kind: Kind
    settings: dict[str, Any] = Field(default_factory=dict)
    labels: tuple[str, ...] = tuple(str(label) for label in LABELS)
    temperature: float = Field(default=1.0, gt=0)
    prior: Prior | None = None
    threshold: float = Field(default=0.5, ge=0, le=1)
    codebook: str = CODEBOOK_VERSION
    corpus: CorpusVersion | None = None
    scores: dict[str, float] = Field(default_factory=dict)
    files: dict[str, str] = Field(default_factory=dict)


class Saveable(Classifier, Protocol):
    """A classifier that can write itself."""

    def save(self, folder: Path) -> list[str]:
        """Write the files and return their names."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A loaded model: its manifest, and the classifier with its calibration applied."""

    manifest: Manifest
    classifier: Classifier

    def on(self, target: Prior) -> Bundle:
        """The same model for text with other shares of the labels.

        Raises:
            ModelError: the model does not say which shares it learned from.
        """
        if self.manifest.prior is None:
            raise ModelError(
                f"the model {self.manifest.name} does not say which shares of labels it learned from"
            )
        return Bundle(self.manifest, PriorShifted(self.classifier, self.manifest.prior, target))


Loader: TypeAlias = Callable[[Path, dict[str, Any]], Classifier]


def _load_linear(folder: Path, settings: dict[str, Any]) -> Classifier:
    from stance.models.linear import LinearClassifier

    return LinearClassifier.load(folder, Encoding(settings["encoding"]))


def _load_sklearn(folder: Path, settings: dict[str, Any]) -> Classifier:
    try:
        from stance.models.sklearn_model import Estimator, LinearSettings, SklearnClassifier
    except ImportError:
        raise MissingExtraError(f"the model {folder}", "train") from None
    typed = {
        "estimator": Estimator(settings["estimator"]),
        "encoding": Encoding(settings["encoding"]),
        "views": tuple(settings["views"]),
    }
    return SklearnClassifier.load(folder, LinearSettings(**{**settings, **typed}))


def _span_tokenizer(folder: Path, settings: dict[str, Any]) -> SpanTokenizer:
    return SpanTokenizer.load(folder, Encoding(settings["encoding"]), int(settings["max_length"]))


def _load_onnx(folder: Path, settings: dict[str, Any]) -> Classifier:
    from stance.models.onnx import OnnxClassifier

    return OnnxClassifier.load(folder, _span_tokenizer(folder, settings))


def _load_transformer(folder: Path, settings: dict[str, Any]) -> Classifier:
    try:
        from stance.models.transformer import TransformerClassifier
    except ImportError:
        raise MissingExtraError(f"the model {folder}", "transformers") from None
    return TransformerClassifier.load(folder, _span_tokenizer(folder, settings))


LOADERS: dict[Kind, Loader] = {
    "linear": _load_linear,
    "onnx": _load_onnx,
    "sklearn": _load_sklearn,
    "transformer": _load_transformer,
}


def sha256(path: Path) -> str:
    """Return the sha256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_replaceable(folder: Path) -> None:
    """Refuse a place that a model may not take, for the old folder is deleted with all that is in it.

    Raises:
        ModelError: it is a file, or a folder that holds something but no ``stance.json``.
    """
    if folder.is_dir():
        may_go = (folder / MANIFEST).is_file() or not any(folder.iterdir())
    else:
        may_go = not folder.exists()
    if not may_go:
        raise ModelError(f"{folder} exists and is not a model (it has no {MANIFEST}): name a new folder")


def save_bundle(model: Saveable, manifest: Manifest, folder: Path) -> Manifest:
    """Write ``model`` and its card to ``folder``, replacing the model that is there; whole or not at all.

    Returns:
        The manifest as written, with the files' hashes.

    Raises:
        ModelError: something else than a model is there.
    """
    check_replaceable(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with replacing_folder(folder) as aside:
        names = [*model.save(aside), CARD]
        (aside / CARD).write_text(model_card(manifest), encoding="utf-8")
        complete = manifest.model_copy(update={"files": {name: sha256(aside / name) for name in names}})
        (aside / MANIFEST).write_text(complete.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return complete


def copy_bundle(source: Path, folder: Path) -> None:
    """Copy a model folder to ``folder``, replacing the model that is there; whole or not at all.

    Raises:
        ModelError: something else than a model is there.
    """
    check_replaceable(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with replacing_folder(folder) as aside:
        for name in (MANIFEST, *read_manifest(source).files):
            shutil.copyfile(source / name, aside / name)


def read_manifest(folder: Path) -> Manifest:
    """Read and check ``stance.json``.

    Raises:
        ModelError: it is missing, is not one of ours, or has other labels than the codebook.
    """
    path = folder / MANIFEST
    try:
        manifest = Manifest.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        lacks = f"it has no {MANIFEST}" if folder.is_dir() else "there is no such folder"
        remedy = "give a model folder, a run's id, or an MLflow URI"
        raise ModelError(f"{folder} is not a model: {lacks} ({remedy})") from None
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0]
        raise ModelError(f"{path} cannot be read: {first}") from None
    if manifest.labels != tuple(LABELS):
        raise ModelError(f"{path} has the labels {manifest.labels}, not {tuple(map(str, LABELS))}")
    return manifest


def _check_files(folder: Path, files: dict[str, str]) -> None:
    if not files:
        raise ModelError(f"{folder / MANIFEST} names no files: nothing in the folder can be trusted")
    for name, expected in files.items():
        path = folder / name
        if Path(name).name != name or not path.is_file():
            raise ModelError(f"{folder} lacks its file {name!r}: copy or train the model again")
        if sha256(path) != expected:
            raise ModelError(
                f"{path} is damaged (its sha256 differs from {MANIFEST}): copy or train the model again"
            )


def load_bundle(folder: Path) -> Bundle:
    """Load the model of a folder.

    Raises:
        ModelError: a file is missing, damaged or foreign.
        MissingExtraError: this kind of model needs packages that are not installed.
    """
    manifest = read_manifest(folder)
    _check_files(folder, manifest.files)
    try:
        base = LOADERS[manifest.kind](folder, manifest.settings)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{folder / MANIFEST} has settings that do not fit its kind: {error}") from None
    return Bundle(manifest, CalibratedClassifier(base, manifest.temperature))


def default_folder() -> Path:
    """Return the folder of the model that ships with the package."""
    return Path(__file__).resolve().parent / "shipped"
