"""MLflow, third part: what tracked runs predicted, and which of them is the champion."""

from __future__ import annotations

import tempfile
from pathlib import Path

import mlflow
from mlflow.entities import Run
from mlflow.exceptions import MlflowException

from stance.corpus.records import Split
from stance.errors import ModelError
from stance.evaluation.pictures import forest_picture
from stance.experiments.compare import RunComparison
from stance.experiments.predictions import RunPredictions, parse_lines
from stance.experiments.store import open_store, tracking_uri
from stance.experiments.tracking import REGISTERED

_KIND = "stance.kind"
_NO_SUCH_ALIAS = ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE")
"""How MLflow answers where no model is registered, or none under an alias."""


def load_predictions(run: Run, split: Split) -> RunPredictions:
    """Fetch what a run predicted on a split.

    Raises:
        ModelError: the run logged no predictions on it.
    """
    client = mlflow.MlflowClient()
    run_id = run.info.run_id
    path = f"predictions/{split}.jsonl"
    if path not in {file.path for file in client.list_artifacts(run_id, "predictions")}:
        raise ModelError(
            f"run {run_id} logged no predictions on {split}: only finished training runs compare"
        )
    with tempfile.TemporaryDirectory() as scratch:
        text = Path(client.download_artifacts(run_id, path, scratch)).read_text(encoding="utf-8")
    found = parse_lines(text.split("\n"), f"{path} of run {run_id}")  # a text may hold other ends of lines
    tags = run.data.tags
    name = tags.get("mlflow.runName", "run")
    return RunPredictions(run_id, name, tags.get("corpus_hash", ""), run.info.experiment_id, found)


def champion_run(alias: str, uri: str) -> Run | None:
    """Return the run whose model has ``alias`` in the registry, or None where no model has.

    Raises:
        ModelError: the run is gone, or the store cannot be asked.
    """
    client = open_store(uri)
    try:
        version = client.get_model_version_by_alias(REGISTERED, alias)
    except MlflowException as error:
        if error.error_code in _NO_SUCH_ALIAS:
            return None
        raise ModelError(f"cannot ask {tracking_uri(uri)} for the {alias}: {error}") from None
    try:
        return client.get_run(str(version.run_id))
    except MlflowException:
        raise ModelError(
            f"the run of the {alias} is gone from {tracking_uri(uri)}: nothing to compare with"
        ) from None


def register(run: Run, alias: str) -> str:
    """Register the model of a run, give it an alias, and return its version in the registry.

    Raises:
        ModelError: the run logged no model.
    """
    models = run.outputs.model_outputs if run.outputs else []
    if not models:
        raise ModelError(f"run {run.info.run_id} logged no model")
    version = mlflow.register_model(f"models:/{models[0].model_id}", REGISTERED)
    mlflow.MlflowClient().set_registered_model_alias(REGISTERED, alias, version.version)
    return str(version.version)


def log_comparison(comparison: RunComparison, uri: str) -> str:
    """Log a comparison as a run of its own, beside the runs that it compares, and return its id."""
    mlflow.set_tracking_uri(tracking_uri(uri))
    tags = {_KIND: "comparison", "compared": ",".join(run.run_id for run in comparison.runs)}
    name = "compare " + ", ".join(run.name for run in comparison.runs)
    with mlflow.start_run(
        experiment_id=comparison.runs[0].experiment_id, run_name=name[:250], tags=tags
    ) as run:
        mlflow.log_params(comparison.settings())
        mlflow.log_metrics(comparison.figures())
        mlflow.log_text(comparison.markdown(), "comparison.md")
        mlflow.log_text(comparison.csv(), "differing_examples.csv")
        picture = forest_picture(comparison.tests, comparison.labels, comparison.title)
        mlflow.log_figure(picture, "differences.png")
        return str(run.info.run_id)
