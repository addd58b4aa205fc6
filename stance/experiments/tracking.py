"""MLflow, first part: what is recorded of a run. The other parts are ``store`` and ``registry``."""

from __future__ import annotations

import logging
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import mlflow
import pandas as pd
from matplotlib.figure import Figure
from mlflow.data.pandas_dataset import from_pandas
from mlflow.models import ModelSignature
from mlflow.types.schema import ColSpec, Schema

import stance
from stance.corpus.location import codebook_hash
from stance.evaluation.pictures import (
    confusion_picture,
    coverage_accuracy_picture,
    precision_recall_picture,
)
from stance.experiments.comparison import Summary, comparison_picture, markdown_table
from stance.experiments.config import Config
from stance.experiments.predictions import predictions_of
from stance.experiments.run import Outcome, figures
from stance.experiments.store import tracking_uri
from stance.models.bundle import save_bundle
from stance.schema import LABELS, Example

# What it does is not what the user asked for: its warnings are enough.
logging.getLogger("mlflow").setLevel(logging.WARNING)

REGISTERED = "stance"
"""The name of the model in the registry."""

# MLflow runs this file when it loads a model; it stands above this module, which knows its path alone.
_PYFUNC = Path(stance.__file__).parent / "report" / "pyfunc_model.py"
_OPTIONAL = ("state", "power", "id")
_SIGNATURE = ModelSignature(
    inputs=Schema(
        [ColSpec("string", "text"), *(ColSpec("string", name, required=False) for name in _OPTIONAL)]
    ),
    outputs=Schema([ColSpec("string", "stance"), *(ColSpec("double", str(label)) for label in LABELS)]),
)
_INPUT_EXAMPLE = {"text": "Islamabad thanked Beijing for the loan.", "state": "PAK", "power": "CHN"}

_PICTURES = {
    "confusion": confusion_picture,
    "coverage_accuracy": coverage_accuracy_picture,
    "precision_recall": precision_recall_picture,
}


def git_commit() -> str:
    """Return the commit of the working directory, with ``+changes`` if it has any; "unknown" outside git."""
    try:
        commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True)  # noqa: S607
        changes = subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True, check=True)  # noqa: S607
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return commit.stdout.strip() + ("+changes" if changes.stdout.strip() else "")


@contextmanager
def tracked(
    config: Config, tags: Mapping[str, str] | None = None, parent: str | None = None
) -> Iterator[str]:
    """Open a run in the configured store and yield its id; an exception marks it as failed.

    The load of the machine (CPU, memory, GPU) is logged beside the run of a transformer: others end before
    there is anything to see.
    """
    mlflow.set_tracking_uri(tracking_uri(config.tracking.uri))
    mlflow.set_experiment(config.tracking.experiment)
    with mlflow.start_run(
        run_name=config.name,
        tags=dict(tags or {}),
        nested=parent is not None,
        log_system_metrics=config.kind == "transformer",
    ) as run:
        mlflow.log_params(config.flat())
        mlflow.log_dict(config.model_dump(mode="json"), "config.yaml")
        yield run.info.run_id


def _frame(examples: Sequence[Example]) -> pd.DataFrame:
    """Labelled examples as a table, one row each."""
    rows = [(one.text, one.state, str(one.power), str(one.stance)) for one in examples]
    return pd.DataFrame(rows, columns=["text", "state", "power", "stance"])


def _predictions(outcome: Outcome, split: Any) -> pd.DataFrame:
    evaluation = outcome.evaluations[split]
    table = _frame(evaluation.examples)
    table.insert(0, "id", outcome.data.example_ids(split))
    for column, label in enumerate(LABELS):
        table[f"p_{label}"] = evaluation.probabilities[:, column]
    return table


def _log_dataset(outcome: Outcome) -> None:
    data = outcome.data
    frame = _frame(data.examples("train"))
    dataset = from_pandas(
        frame, source=str(data.source), name="stance-corpus", targets="stance", digest=data.version.hash
    )
    mlflow.log_input(dataset, context="training")


def _log_evaluations(outcome: Outcome) -> dict[str, float]:
    reports = outcome.reports()
    metrics = figures(reports) | {f"{name}_aurc": one.aurc for name, one in reports.items()}
    metrics["temperature"] = outcome.manifest.temperature
    mlflow.log_metrics(metrics)
    for split, evaluation in outcome.evaluations.items():
        title = f"{outcome.config.name}, {split}"
        for name, draw in _PICTURES.items():
            mlflow.log_figure(draw(evaluation, title), f"pictures/{split}_{name}.png")
        mlflow.log_table(_predictions(outcome, split), f"predictions/{split}.json")
        by_id = predictions_of(outcome.data, split, evaluation.probabilities)
        mlflow.log_text("".join(line + "\n" for line in by_id.lines()), f"predictions/{split}.jsonl")
        mlflow.log_dict(evaluation.report.as_dict(), f"reports/{split}.json")
    mlflow.log_table(_phenomena(outcome), "reports/test_phenomena.json")
    return metrics


def _phenomena(outcome: Outcome) -> pd.DataFrame:
    """How right the model is on each phenomenon of the composed test split, the worst first."""
    rows = [(name, one.n, one.accuracy, one.macro_f1) for name, one in outcome.phenomena().items()]
    return pd.DataFrame(rows, columns=["phenomenon", "n", "accuracy", "macro_f1"]).sort_values("accuracy")


def _log_model(outcome: Outcome) -> None:
    extra = "train" if outcome.config.kind == "linear" else "transformers"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "bundle"
        save_bundle(outcome.model, outcome.manifest, folder)
        mlflow.pyfunc.log_model(
            name="model",
            python_model=str(_PYFUNC),
            artifacts={"bundle": str(folder)},
            signature=_SIGNATURE,
            input_example=pd.DataFrame([_INPUT_EXAMPLE]),
            pip_requirements=[f"stance[{extra}]=={stance.__version__}"],
            metadata={"name": outcome.manifest.name, "temperature": outcome.manifest.temperature},
        )


def log_curve(step: int, figures: Mapping[str, float]) -> None:
    """Log a point of the learning curves to the active run."""
    mlflow.log_metrics(dict(figures), step=step)


def log_outcome(outcome: Outcome, *, with_model: bool = True) -> dict[str, float]:
    """Log everything of a finished run to the active MLflow run, and return its metrics."""
    version = outcome.data.version
    mlflow.set_tags(
        {
            "git_commit": git_commit(),
            "corpus_version": version.version,
            "corpus_hash": version.hash,
            "codebook_version": outcome.manifest.codebook,
            "codebook_hash": codebook_hash(),
            "corpus_note": outcome.data.note,
        }
    )
    _log_dataset(outcome)
    metrics = _log_evaluations(outcome)
    if with_model:
        _log_model(outcome)
    mlflow.set_tag("complete", "true")
    return metrics


@contextmanager
def sweep_run(name: str, question: str, config: Config) -> Iterator[str]:
    """Open the parent run of a sweep, again if it is there, and yield its id."""
    mlflow.set_tracking_uri(tracking_uri(config.tracking.uri))
    experiment = mlflow.set_experiment(config.tracking.experiment)
    found = mlflow.search_runs([experiment.experiment_id], f"tags.sweep = '{name}'", output_format="list")
    known = {"run_id": found[0].info.run_id} if found else {"run_name": f"sweep {name}"}
    with mlflow.start_run(**known, description=question) as run:
        mlflow.set_tag("sweep", name)
        yield run.info.run_id


def finished_cells(parent: str, config: Config) -> dict[str, dict[str, float]]:
    """Return the metrics of the complete runs under ``parent`` by their cell's hash."""
    experiment = mlflow.set_experiment(config.tracking.experiment)
    query = f"tags.`mlflow.parentRunId` = '{parent}' and tags.complete = 'true'"
    runs = mlflow.search_runs([experiment.experiment_id], query, output_format="list")
    return {run.data.tags["cell"]: dict(run.data.metrics) for run in runs if "cell" in run.data.tags}


def log_summary(results: Sequence[Summary], columns: Sequence[str]) -> None:
    """Log a sweep's table and picture to the active parent run."""
    for result in results:
        name = re.sub(r"[^\w./ -]", "_", result.label)
        for column in columns:
            if column in result.metrics:
                mlflow.log_metric(f"{name}/{column}", result.metrics[column].mean)
    mlflow.log_text(markdown_table(results, columns), "comparison.md")
    mlflow.log_figure(comparison_picture(results, columns), "comparison.png")


def log_picture(picture: Figure, name: str) -> None:
    """Log a picture to the active run."""
    mlflow.log_figure(picture, name)
