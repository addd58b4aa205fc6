"""Exporting a trained model to the form that ships: no training packages, and it must say the same."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stance.corpus.location import corpus_folder
from stance.corpus.own import own_records
from stance.corpus.records import read_records
from stance.errors import ModelError
from stance.experiments.store import model_folder
from stance.models.bundle import Bundle, Kind, Manifest, Saveable, copy_bundle, load_bundle, save_bundle
from stance.models.calibration import CalibratedClassifier
from stance.models.classifier import Classifier, targets
from stance.models.f1 import macro_f1
from stance.models.linear import LinearClassifier
from stance.models.sklearn_model import SklearnClassifier
from stance.schema import LABELS, Example, Stance

LABELS_AGREED = 0.99
"""The share of labels that an export must keep."""

MACRO_F1_LOST = 0.005
"""How much validation macro-F1 an export may lose."""

CALIBRATION = 400
"""From about how many examples the ranges of activations are taken."""


@dataclass(frozen=True, slots=True)
class OnnxExport:
    """A trained transformer that saves itself as int8 ONNX.

    Attributes:
        trained: the transformer.
        calibration: a few hundred examples, from which the ranges of its activations are taken.
    """

    trained: Classifier
    calibration: Sequence[Example] = ()

    @property
    def classes_(self) -> tuple[Stance, ...]:
        """The columns of ``predict_proba``."""
        return LABELS

    def predict_proba(self, examples: Sequence[Example]) -> np.ndarray:
        """The probabilities of the model that is exported."""
        return self.trained.predict_proba(examples)

    def save(self, folder: Path) -> list[str]:
        """Write the exported files and return their names."""
        from stance.models.exporting import export_onnx
        from stance.models.transformer import TransformerClassifier

        if not isinstance(self.trained, TransformerClassifier):
            raise ModelError("only a transformer is exported to ONNX")
        return export_onnx(self.trained, folder, self.calibration)


def _uncalibrated(bundle: Bundle) -> Classifier:
    classifier = bundle.classifier
    return classifier.base if isinstance(classifier, CalibratedClassifier) else classifier


def _exported(bundle: Bundle) -> tuple[Saveable, Kind]:
    trained = _uncalibrated(bundle)
    match bundle.manifest.kind:
        case "sklearn" if isinstance(trained, SklearnClassifier):
            return LinearClassifier.of(trained), "linear"
        case "transformer":
            return OnnxExport(trained, calibration_examples()), "onnx"
        case _:
            raise ModelError(
                f"a model of the kind {bundle.manifest.kind!r} is not exported: it ships as it is"
            )


def export_model(model: str, folder: Path, name: str | None, store: str) -> Manifest:
    """Write the trained model ``model`` to ``folder`` in the form that needs no training packages.

    Args:
        model: a bundle folder or an MLflow URI.
        folder: is replaced.
        name: of the exported model; None keeps the name.
        store: the MLflow store in which a URI is looked up.

    Raises:
        ModelError: it cannot be exported, or the export does not say the same (``check_parity``).
    """
    bundle = load_bundle(model_folder(model, store))
    exported, kind = _exported(bundle)
    manifest = bundle.manifest.model_copy(update={"kind": kind, "name": name or bundle.manifest.name})
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / "model"
        written = save_bundle(exported, manifest, trial)
        check_parity(bundle.classifier, load_bundle(trial).classifier, validation_examples())
        copy_bundle(trial, folder)
    return written


def calibration_examples() -> list[Example]:
    """Some training examples of the composed corpus, spread over it evenly; the same every time."""
    records = [record for record in read_records(corpus_folder()) if record.split == "train"]
    examples = [example for record in records for example in record.to_examples()]
    return examples[:: max(1, len(examples) // CALIBRATION)]


def validation_examples() -> list[Example]:
    """The validation examples of the project's corpus, with the real ones where they are hydrated."""
    return [example for record in own_records("validation") for example in record.to_examples()]


def check_parity(trained: Classifier, exported: Classifier, examples: Sequence[Example]) -> None:
    """Compare an exported model with the trained one.

    Raises:
        ModelError: fewer than 99% of labels agree, or macro-F1 drops by more than 0.005.
    """
    before, after = (model.predict_proba(examples).argmax(axis=1) for model in (trained, exported))
    true = targets(examples)
    agreed = float(np.mean(before == after))
    lost = macro_f1(true, before) - macro_f1(true, after)
    if agreed < LABELS_AGREED or lost > MACRO_F1_LOST:
        found = f"keeps {agreed:.1%} of labels, loses {lost:.4f} macro-F1"
        raise ModelError(f"the export {found} (asked: {LABELS_AGREED:.0%}, {MACRO_F1_LOST}): nothing written")
