"""``stance evaluate``: how right a model is on a file of labelled rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from stance.cli.console import output
from stance.evaluation.evaluate import evaluate as run_evaluation
from stance.evaluation.evaluate import prediction_lines, read_rows
from stance.evaluation.metrics import Report
from stance.scoring.loading import DEFAULT_STORE, load_model


def evaluate(
    data: Annotated[Path, typer.Option(help="JSONL with text, state, power, stance.")],
    model: Annotated[
        str | None,
        typer.Option(help="A model folder or an MLflow URI; left out, the model that ships with stance."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    predictions: Annotated[
        Path | None, typer.Option(help="Write each row with its probabilities here.")
    ] = None,
    store: Annotated[
        str, typer.Option(help="The MLflow store that a model URI is looked up in.")
    ] = DEFAULT_STORE,
) -> None:
    """Evaluate a model on labelled rows; rows whose pair is not found in the text are scored and counted."""
    rows = list(read_rows(data))
    bundle = load_model(model, store)
    evaluation = run_evaluation(bundle.classifier, [example for _, example in rows])
    if predictions:
        lines = prediction_lines([row for row, _ in rows], evaluation.probabilities)
        partial = predictions.with_name(predictions.name + ".partial")
        partial.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        partial.replace(predictions)
    if as_json:
        typer.echo(json.dumps(evaluation.report.as_dict()))
    else:
        _print(evaluation.report, f"{bundle.manifest.name} {bundle.manifest.version} on {data}")


def _print(report: Report, title: str) -> None:
    table = Table(title=title, title_justify="left")
    table.add_column("label")
    for name in ("precision", "recall", "f1", "support"):
        table.add_column(name, justify="right")
    for label, score in report.per_class.items():
        numbers = [f"{value:.3f}" for value in (score.precision, score.recall, score.f1)]
        table.add_row(label, *numbers, str(score.support))
    output.print(table)
    output.print(
        f"n {report.n} · accuracy {report.accuracy:.3f} · macro-F1 {report.macro_f1:.3f} · "
        f"ECE {report.ece:.3f} · Brier {report.brier:.3f} · unmatched {report.unmatched}",
        highlight=False,
    )
