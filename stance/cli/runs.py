"""``stance promote``, ``stance runs`` and ``stance ui``: what is done with tracked runs."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from stance.cli.console import note, output, say
from stance.cli.extras import extra
from stance.errors import StanceError
from stance.scoring.loading import DEFAULT_STORE

SHOWN = 12
"""Characters of a run's id that are shown; `stance promote` takes them."""

Store = Annotated[
    str, typer.Option(help="The MLflow tracking store; the environment's MLFLOW_TRACKING_URI wins.")
]


def promote(
    run: Annotated[str, typer.Argument(help="The id of a run, its beginning, or a model URI.")],
    alias: Annotated[str, typer.Option(help="champion or challenger, or any other alias.")] = "champion",
    force: Annotated[
        bool, typer.Option("--force", help="Promote even what is worse than the champion, or not comparable.")
    ] = False,
    store: Store = DEFAULT_STORE,
) -> None:
    """Register a run's model as models:/stance@champion, unless it is significantly worse than that."""
    with extra("train", "stance promote"):
        from stance.experiments.promotion import promote as promote_run
        from stance.experiments.tracking import REGISTERED
    promoted = promote_run(run, alias, store, force=force)
    if promoted.note:
        note(promoted.note)
    say(f"models:/{REGISTERED}@{alias} is version {promoted.version}")


def list_runs(
    experiment: Annotated[str, typer.Option(help="The MLflow experiment.")] = "stance",
    store: Store = DEFAULT_STORE,
) -> None:
    """List the tracked runs, newest first, with the columns that compare them."""
    with extra("train", "stance runs"):
        from stance.experiments.store import run_table
    frame = run_table(store, experiment)
    if frame.empty:
        raise StanceError(f"no run of experiment {experiment!r} in {store}: stance train makes one")
    table = Table(title="macro-F1 of the tracked runs", title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in frame.columns:
        table.add_column(str(column), min_width=SHOWN if column == "run" else None)
    for row in frame.itertuples(index=False):
        table.add_row(*map(_cell, row))
    output.print(table)


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.3f}" if value == value else "-"
    return str(value)[:SHOWN]


def ui(
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1.")] = 5000,
    store: Store = DEFAULT_STORE,
) -> None:
    """Open the MLflow UI on the project's tracking store, bound to 127.0.0.1."""
    with extra("train", "stance ui"):
        from stance.experiments.store import tracking_uri
    uri = tracking_uri(store)
    note(f"MLflow UI of {uri} at http://127.0.0.1:{port}, experiment 'stance' (Ctrl-C ends it)")
    command = [sys.executable, "-m", "mlflow", "ui", "--backend-store-uri", uri, "--host", "127.0.0.1"]
    environment = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true"}
    raise typer.Exit(subprocess.call([*command, "--port", str(port)], env=environment))  # noqa: S603
