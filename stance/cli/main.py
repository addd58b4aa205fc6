"""The entry point ``stance``: commands are gathered here, errors become one line and exit code 2."""

from __future__ import annotations

import sys
import warnings
from typing import cast

import typer

import stance
from stance.cli import annotate, compare, corpus, evaluate, importing, runs, score, sweep, train
from stance.cli.console import errors
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
    errors.print(f"warning: {message}", style="yellow", markup=False, highlight=False, soft_wrap=True)


def _say(line: str) -> None:
    errors.print(f"error: {line}", style="red", markup=False, highlight=False, soft_wrap=True)


def _misused(error: Exception) -> str:
    """What is wrong with the arguments, and where their help is; the help itself where there were none."""
    message: str = error.format_message()  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "stance"
    return f"{message.rstrip('.')} ('{command} --help' lists what it takes)"


def main() -> None:
    """Run the command line."""
    warnings.simplefilter("ignore")
    warnings.filterwarnings("always", category=UserWarning, module=r"stance\.")
    warnings.showwarning = _one_line
    try:
        sys.exit(app(standalone_mode=False))
    except UsageError as error:
        _say(_misused(error))
        sys.exit(2)
    except StanceError as error:
        _say(" ".join(str(error).split()))
        sys.exit(2)
    except BrokenPipeError:
        sys.stdout = None  # whoever read has had enough
        sys.exit(0)
    except OSError as error:
        _say(str(error.strerror or error))
        sys.exit(2)
