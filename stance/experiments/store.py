"""MLflow, second part: the store, and finding a run or a model in it by what a user calls it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import mlflow
import pandas as pd
from mlflow.entities import Run
from mlflow.exceptions import MlflowException

from stance.errors import ModelError
from stance.models.bundle import MANIFEST, model_uri

# Models are small: a progress bar for each file would bury the tables. MLflow reads this when it downloads.
os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")

# Read once: mlflow.set_tracking_uri writes the variable, and would then win over every later configuration.
_FROM_ENVIRONMENT = os.environ.get("MLFLOW_TRACKING_URI")

_SQLITE = "sqlite:///"
_RUN_URI = re.compile(r"runs:/(\w+)")
_VERSION_URI = re.compile(r"models:/([\w.-]+)(?:@([\w-]+)|/(\d+))$")
_MODEL_URI = re.compile(r"models:/(m-\w+)$")


def tracking_uri(configured: str) -> str:
    """Return the tracking store: the environment's ``MLFLOW_TRACKING_URI`` wins over the configuration."""
    return _FROM_ENVIRONMENT or configured


def open_store(configured: str) -> mlflow.MlflowClient:
    """Make the store the one that MLflow asks from now on, and return a client of it.

    Raises:
        ModelError: nothing is there (MLflow would make an empty one), or it cannot be opened.
    """
    uri = tracking_uri(configured)
    file = uri.removeprefix(_SQLITE).partition("?")[0]
    if uri.startswith(_SQLITE) and file != ":memory:" and not Path(file).is_file():
        remedy = "MLFLOW_TRACKING_URI names it" if _FROM_ENVIRONMENT else "name it with --store"
        raise ModelError(f"no store at {uri}: {remedy}; stance train makes one")
    mlflow.set_tracking_uri(uri)
    try:
        return mlflow.MlflowClient()
    except MlflowException as error:
        raise ModelError(f"cannot open the store {uri!r} (--store names another): {error}") from None


def find_run(reference: str, uri: str) -> Run:
    """Return the run that ``reference`` names.

    Args:
        reference: a run's id, a beginning that no other run shares, or the MLflow URI of a run's model.
        uri: the tracking store.

    Raises:
        ModelError: there is no such run, or more than one; or the store cannot be opened.
    """
    client = open_store(uri)
    beginning = _run_id(reference, client, uri)
    experiments = [experiment.experiment_id for experiment in client.search_experiments()]
    runs: list[Run] = mlflow.search_runs(experiments, output_format="list") if experiments else []
    found = [run for run in runs if run.info.run_id.startswith(beginning)]
    if len(found) != 1:
        many = "more than one run begins with" if found else "no run"
        raise ModelError(f"{many} {reference!r} in {tracking_uri(uri)}: 'stance runs' lists them")
    return found[0]


def _run_id(reference: str, client: mlflow.MlflowClient, uri: str) -> str:
    """The id of the run behind a model's URI, or its beginning; anything else as it is."""
    try:
        if match := _RUN_URI.match(reference):
            return match[1]
        if match := _MODEL_URI.match(reference):
            return str(client.get_logged_model(match[1]).source_run_id)
        if match := _VERSION_URI.match(reference):
            name, alias, version = match.groups()
            one = (
                client.get_model_version_by_alias(name, alias)
                if alias
                else client.get_model_version(name, version)
            )
            return str(one.run_id)
    except MlflowException:
        raise ModelError(f"no model {reference} in {tracking_uri(uri)}: 'stance promote' makes one") from None
    return reference


def resolve_model(named: str, uri: str) -> Path:
    """Fetch the bundle behind an MLflow model URI (``models:/stance@champion``, ``runs:/ID/model``).

    The id in a ``runs:/`` URI may be a beginning that no other run shares.

    Raises:
        ModelError: the store has no such model, or it is not one of this project's.
    """
    try:
        open_store(uri)
        if begins := _RUN_URI.match(named):
            named = f"runs:/{find_run(named, uri).info.run_id}{named[begins.end() :]}"
    except ModelError as error:
        raise ModelError(f"no model {named}: {error}") from None
    try:
        local = Path(mlflow.artifacts.download_artifacts(artifact_uri=named))
    except (MlflowException, OSError) as error:
        reason = " ".join(str(error).split())
        raise ModelError(f"no model {named} in {tracking_uri(uri)}: {reason}") from None
    found = sorted(local.rglob(MANIFEST))
    if not found:
        raise ModelError(f"{named} is not a model of this project: it has no {MANIFEST}")
    return found[0].parent


def model_folder(model: str, uri: str) -> Path:
    """Return the bundle that ``model`` names: a folder, or what an MLflow URI or a run's id leads to.

    Raises:
        ModelError: as ``resolve_model``.
    """
    named = model_uri(model)
    return resolve_model(named, uri) if named else Path(model)


RUN_COLUMNS = {
    "run_id": "run",
    "tags.mlflow.runName": "name",
    "params.seed": "seed",
    "metrics.validation_macro_f1": "validation",
    "metrics.test_macro_f1": "test",
    "metrics.test_composed_macro_f1": "composed",
    "metrics.test_real_macro_f1_three": "real, 3 labels",
    "metrics.test_ece": "ECE",
    "start_time": "started",
    "status": "status",
}
"""What a table of runs shows, by MLflow's names: macro-F1 on validation, test and the two halves of test."""


def run_table(uri: str, experiment: str) -> pd.DataFrame:
    """Return the runs of an experiment, newest first, with the columns of ``RUN_COLUMNS``.

    Comparisons of runs (tag ``stance.kind``) are left out: they have no scores of their own.

    Raises:
        ModelError: there is no such store.
    """
    open_store(uri)
    runs = mlflow.search_runs(experiment_names=[experiment], order_by=["attributes.start_time DESC"])
    if "tags.stance.kind" in runs.columns:
        runs = runs[runs["tags.stance.kind"].isna()]
    kept = [column for column in RUN_COLUMNS if column in runs.columns]
    return runs[kept].rename(columns=RUN_COLUMNS)
