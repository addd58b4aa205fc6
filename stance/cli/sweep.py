"""``stance sweep``: many runs from one file, compared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

from stance.cli.console import errors
from stance.cli.extras import extra
from stance.cli.outputs import need_folder
from stance.writing import replacing


def sweep(
    file: Annotated[Path, typer.Argument(help="A sweep file such as experiments/baselines/sweep.yaml.")],
    overrides: Annotated[
        list[str] | None, typer.Argument(help="key.path=value", metavar="[KEY=VALUE]...")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the table to this Markdown file, too.")] = None,
) -> None:
    """Run a grid or an Optuna study, each over seeds, as nested MLflow runs; print means with 95% intervals.

    A sweep that was killed goes on where it stopped.
    """
    with extra("train", "stance sweep"):
        from stance.experiments.comparison import markdown_table
        from stance.experiments.sweep import load_sweep, run_sweep
    loaded = load_sweep(file, overrides or ())
    need_folder(out)
    with Progress(
        *Progress.get_default_columns(), MofNCompleteColumn(), TimeRemainingColumn(), console=errors
    ) as bars:
        bar = bars.add_task(loaded.name, total=None)

        def advance(done: int, total: int, label: str) -> None:
            bars.update(bar, completed=done, total=total, description=label or loaded.name)

        results = run_sweep(loaded, file.parent, advance)
    table = markdown_table(results, loaded.shown)
    typer.echo(table)
    if out:
        with replacing(out) as aside:
            aside.write_text(f"{loaded.question}\n\n{table}", encoding="utf-8")
