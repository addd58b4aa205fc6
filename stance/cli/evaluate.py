"""``stance evaluate``: how right a model is on a file of labelled rows, and how it behaves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from stance.cli.console import output, say
from stance.cli.outputs import keep_inputs, need_folder
from stance.errors import InputError
from stance.evaluation.behaviour import Behaviour, behaviour_records
from stance.evaluation.behaviour import behaviour as run_behaviour
from stance.evaluation.evaluate import evaluate as run_evaluation
from stance.evaluation.evaluate import prediction_lines, read_rows
from stance.evaluation.intervals import Interval
from stance.evaluation.metrics import THREE, Report
from stance.scoring.loading import DEFAULT_STORE, load_model
from stance.writing import write_lines


def evaluate(
    data: Annotated[
        Path | None, typer.Option(help="JSONL with text, state, power, stance, or lines of a corpus.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(help="A model folder or an MLflow URI; left out, the model that ships with stance."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    predictions: Annotated[
        Path | None, typer.Option(help="Write each row with its probabilities here.")
    ] = None,
    behaviour: Annotated[
        bool, typer.Option("--behaviour", help="Swap states, turn directions, negate: does it notice?")
    ] = False,
    store: Annotated[
        str, typer.Option(help="The MLflow store that a model URI is looked up in.")
    ] = DEFAULT_STORE,
) -> None:
    """Evaluate a model on labelled rows; rows whose pair is not found in the text are scored and counted."""
    if data is None and not behaviour:
        raise InputError("nothing to evaluate on: give --data FILE.jsonl, or --behaviour, or both")
    if predictions and data is None:
        raise InputError("--predictions are of the rows of --data: give both")
    need_folder(predictions)
    keep_inputs([data] if data else [], predictions, "--predictions")
    rows = [] if data is None else list(read_rows(data))
    bundle = load_model(model, store)
    name = f"{bundle.manifest.name} {bundle.manifest.version}"
    shown: dict[str, Any] = {}
    if data is not None:
        evaluation = run_evaluation(bundle.classifier, [example for _, example in rows])
        if predictions:
            write_lines(prediction_lines([row for row, _ in rows], evaluation.probabilities), predictions)
        four, three = evaluation.macro_f1(), evaluation.macro_f1(THREE)
        shown = evaluation.report.as_dict() | {
            "macro_f1_interval": [four.low, four.high],
            "macro_f1_three_interval": [three.low, three.high],
        }
        if not as_json:
            _print(evaluation.report, f"{name} on {data}")
            _print_intervals(four, three)
    if behaviour:
        found = run_behaviour(bundle.classifier, behaviour_records())
        shown["behaviour"] = {one.name: one.as_dict() for one in found}
        if not as_json:
            _print_behaviour(found, f"behaviour of {name}")
    if as_json:
        typer.echo(json.dumps(shown))


def _print(report: Report, title: str) -> None:
    table = Table(title=title, title_justify="left")
    table.add_column("label")
    for name in ("precision", "recall", "f1", "support"):
        table.add_column(name, justify="right")
    for label, score in report.per_class.items():
        numbers = [f"{value:.3f}" for value in (score.precision, score.recall, score.f1)]
        table.add_row(label, *numbers, str(score.support))
    output.print(table)
    say(
        f"n {report.n} · accuracy {report.accuracy:.3f} · "
        f"ECE {report.ece:.3f} · Brier {report.brier:.3f} · unmatched {report.unmatched}"
    )


def _print_intervals(four: Interval, three: Interval) -> None:
    say(f"macro-F1 {four} over all labels, {three} over {', '.join(THREE)} (95% over {four.n} sentences)")


MEANING = {
    "states_swapped": "another state in the same place: the label stays",
    "powers_swapped": "another power in the same place: the label stays",
    "direction": "who acts is turned round: right on both",
    "negation": "a sentence and its opposite: right on both",
    "minimal_pairs": "two test sentences of one group, other labels: right on both",
}
"""What each behaviour test asks, in a line."""


def _print_behaviour(found: Sequence[Behaviour], title: str) -> None:
    table = Table(title=title, title_justify="left")
    for column in ("test", "asks", "share", "target", "n"):
        table.add_column(column, justify="left" if column in ("test", "asks") else "right")
    for one in found:
        colour = {True: "green", False: "red", None: ""}[one.is_met]
        target = "" if one.target is None else f"{one.target:.2f}"
        share = f"[{colour}]{one.share:.3f}[/]" if colour else f"{one.share:.3f}"
        table.add_row(one.name, MEANING[one.name], share, target, str(one.n))
    output.print(table)
