"""The entry point ``stance``: commands are gathered here, errors become one line and exit code 2."""

from __future__ import annotations

import io
import sys
import warnings
from typing import NoReturn, cast

import typer

import stance
from stance.cli import annotate, compare, corpus, evaluate, importing, runs, score, sweep, train
from stance.cli.console import note
from stance.errors import StanceError

# Click's own class, from whichever copy of click this typer stands on.
UsageError = cast("type[Exception]", typer.BadParameter.__base__)

app = typer.Typer(
    name="stance",
    help="Which way does each state lean in the news: toward China, the US or Russia, away, or in between?",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("score")(score.score)
app.command("evaluate")(evaluate.evaluate)
app.command("train")(train.train)
app.command("sweep")(sweep.sweep)
app.command("compare")(compare.compare)
app.command("export")(train.export)
app.command("promote")(runs.promote)
app.command("runs")(runs.list_runs)
app.command("ui")(runs.ui)
corpus.app.command("import")(importing.import_labels)
app.add_typer(corpus.app, name="corpus")
app.add_typer(annotate.app, name="annotate")


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version and exit.")) -> None:
    if version:
        typer.echo(f"stance {stance.__version__}")
        raise typer.Exit


def _one_line(message: Warning | str, *_: object, **__: object) -> None:
    note(f"warning: {message}", style="yellow")


def _misused(error: Exception) -> str:
    """What is wrong with the arguments and where their help is; nothing where typer has printed the help."""
    message: str = error.format_message()  # type: ignore[attr-defined]
    if not message.strip():
        return ""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "stance"
    return f"{message.rstrip('.')} ('{command} --help' lists what it takes)"


def _of_mlflow() -> tuple[type[Exception], ...]:
    """MLflow's own error, if a command has loaded MLflow: only then can it be raised."""
    loaded = sys.modules.get("mlflow.exceptions")
    return (loaded.MlflowException,) if loaded else ()


def _of_system(error: OSError) -> str:
    reason = str(error.strerror or error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _fail(line: str) -> NoReturn:
    """Say what is wrong, if it was not said before, and leave."""
    if line:
        note(f"error: {line}", style="red")
    sys.exit(2)


def main() -> None:
    """Run the command line."""
    warnings.simplefilter("ignore")
    warnings.filterwarnings("always", category=UserWarning, module=r"stance\.")
    warnings.showwarning = _one_line
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except UsageError as error:
        _fail(_misused(error))
    except StanceError as error:
        _fail(" ".join(str(error).split()))
    except (BrokenPipeError, SystemExit) as stop:
        # typer and rich make exit code 1 of a closed pipe, but whoever read has only had enough.
        if not isinstance(stop, BrokenPipeError) and not isinstance(stop.__context__, BrokenPipeError):
            raise
        sys.stdout = None
        sys.exit(0)
    except OSError as error:
        _fail(_of_system(error))
    except _of_mlflow() as error:
        _fail(f"MLflow: {' '.join(str(error).split())} (see --store, tracking.uri and MLFLOW_TRACKING_URI)")
    sys.exit(code)
