"""``stance train`` and ``stance export``: from a configuration to a tracked model, from a run to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stance.cli.console import note, say
from stance.cli.extras import extra
from stance.scoring.loading import DEFAULT_STORE


def train(
    config: Annotated[Path, typer.Argument(help="A YAML file such as configs/linear_lr.yaml.")],
    overrides: Annotated[
        list[str] | None, typer.Argument(help="key.path=value", metavar="[KEY=VALUE]...")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the model to this folder, too; a model that is there goes.")
    ] = None,
) -> None:
    """Train one model from YAML, track it in MLflow, print the run id and the scores."""
    with extra("train", "stance train"):
        from stance.experiments.config import load_config
        from stance.experiments.data import load_data
        from stance.experiments.run import discard_checkpoints
        from stance.experiments.run import train as run_training
        from stance.experiments.tracking import log_curve, log_outcome, tracked
        from stance.models.bundle import check_replaceable, save_bundle
    loaded = load_config(config, overrides or ())
    if out:
        check_replaceable(out)
    data = load_data(loaded.data)
    note(f"training {loaded.name}")
    with tracked(loaded) as run_id:
        outcome = run_training(loaded, data, monitor=log_curve)
        log_outcome(outcome)
    if out:
        save_bundle(outcome.model, outcome.manifest, out)
    discard_checkpoints(outcome)
    if outcome.data.note:
        note(outcome.data.note, style="yellow")
    say(f"run {run_id}")
    if not outcome.evaluations:
        note(
            "nothing was measured: no validation and no test split ('stance corpus split' makes them)",
            style="yellow",
        )
    for name, report in outcome.reports().items():
        per_label = " ".join(f"{label} {score.f1:.3f}" for label, score in report.per_class.items())
        scores = f"macro-F1 {report.macro_f1:.3f}, three labels {report.macro_f1_three:.3f}  "
        scores += f"ECE {report.ece:.3f}  n {report.n:<5}"
        say(f"{name:<26} {scores}  F1 {per_label}")


def export(
    model: Annotated[str, typer.Argument(help="A model folder, a run's id, or an MLflow URI.")],
    folder: Annotated[Path, typer.Argument(help="Where to write the model that needs no training packages.")],
    name: Annotated[str | None, typer.Option(help="What the exported model is called.")] = None,
    store: Annotated[
        str, typer.Option(help="The MLflow store that a model URI is looked up in.")
    ] = DEFAULT_STORE,
) -> None:
    """Write a trained model as a folder that scores without the training packages."""
    with extra("train", "stance export"):
        from stance.experiments.export import export_model
        from stance.models.bundle import check_replaceable
    check_replaceable(folder)
    manifest = export_model(model, folder, name, store)
    say(f"wrote {manifest.name} to {folder}")
