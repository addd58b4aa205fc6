"""Exporting a trained baseline to the form that ships: numpy alone, checked against what it came from."""

from __future__ import annotations

import tempfile
from itertools import islice
from pathlib import Path

import numpy as np

from stance.corpus.location import corpus_folder
from stance.corpus.records import read_records
from stance.errors import ModelError
from stance.experiments.tracking import resolve_model
from stance.models.bundle import Manifest, load_bundle, save_bundle
from stance.models.calibration import CalibratedClassifier
from stance.models.linear import LinearClassifier
from stance.models.sklearn_model import SklearnClassifier

PARITY_SENTENCES = 300
PARITY = 1e-4
"""How far a probability may move by the export (weights are rounded to 32 bits)."""


def export_linear(model: str, folder: Path, name: str | None, store: str) -> Manifest:
    """Write the trained linear model ``model`` to ``folder`` in the form that needs no scikit-learn.

    Args:
        model: a bundle folder or an MLflow URI.
        folder: is replaced.
        name: of the exported model; None keeps the name.
        store: the MLflow store in which a URI is looked up.

    Raises:
        ModelError: it is not a linear model, or the export does not give the same probabilities.
    """
    source = resolve_model(model, store) if model.startswith(("models:/", "runs:/")) else Path(model)
    bundle = load_bundle(source)
    trained = (
        bundle.classifier.base if isinstance(bundle.classifier, CalibratedClassifier) else bundle.classifier
    )
    if not isinstance(trained, SklearnClassifier):
        raise ModelError(f"{model} is not a scikit-learn model: there is nothing to export")
    exported = LinearClassifier.of(trained)
    changes = {"kind": "linear", "name": name or bundle.manifest.name}
    manifest = bundle.manifest.model_copy(update=changes)
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / "model"
        save_bundle(exported, manifest, trial)
        _check_parity(trained, trial)
    return save_bundle(exported, manifest, folder)


def _check_parity(trained: SklearnClassifier, folder: Path) -> None:
    loaded = load_bundle(folder).classifier
    exported = loaded.base if isinstance(loaded, CalibratedClassifier) else loaded
    records = islice(read_records(corpus_folder()), PARITY_SENTENCES)
    examples = [example for record in records for example in record.to_examples()]
    gap = float(np.abs(trained.predict_proba(examples) - exported.predict_proba(examples)).max(initial=0.0))
    if gap > PARITY:
        raise ModelError(
            f"the export moves probabilities by {gap:.2g}, more than {PARITY}: nothing was written"
        )
