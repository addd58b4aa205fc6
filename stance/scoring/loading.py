"""Finding a model by what a user calls it: a folder, an MLflow URI, or nothing at all."""

from __future__ import annotations

from pathlib import Path

from stance.errors import MissingExtraError, ModelError
from stance.models.bundle import Bundle, default_folder, load_bundle, model_uri

DEFAULT_STORE = "sqlite:///mlflow.db"


def load_model(model: str | Path | None = None, store: str = DEFAULT_STORE) -> Bundle:
    """Load a model.

    Args:
        model: a folder; an MLflow URI such as ``models:/stance@champion`` or ``runs:/ID/model``; a run's id
            or its beginning; or None for the model that ships with the package.
        store: the MLflow tracking store in which a URI is looked up.

    Raises:
        ModelError: there is no such model, or its files are damaged or foreign.
        MissingExtraError: the model needs packages that are not installed.
    """
    if model is None:
        return load_bundle(default_folder())
    if named := model_uri(str(model)):
        try:
            from stance.experiments.store import resolve_model
        except ImportError:
            raise MissingExtraError(f"the MLflow model {model}", "train") from None
        return load_bundle(resolve_model(named, store))
    folder = Path(model)
    if not folder.is_dir():
        raise ModelError(
            f"no model at {folder}: give a model folder or an MLflow URI such as models:/stance@champion"
        )
    return load_bundle(folder)
