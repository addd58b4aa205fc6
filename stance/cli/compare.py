"""``stance compare``: tracked runs on the same examples, tested for more than chance."""

from __future__ import annotations

from enum import StrEnum
from string import ascii_uppercase
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from stance.cli.console import output, say
from stance.cli.extras import extra
from stance.scoring.loading import DEFAULT_STORE

if TYPE_CHECKING:
    from stance.experiments.compare import RunComparison


class SplitName(StrEnum):
    """The splits that runs are measured on."""

    VALIDATION = "validation"
    TEST = "test"


class ViewName(StrEnum):
    """The parts of a split."""

    ALL = "all"
    COMPOSED = "composed"
    REAL = "real"


def compare(
    runs: Annotated[list[str], typer.Argument(help="Two or more: ids, their beginnings, or model URIs.")],
    split: Annotated[SplitName, typer.Option(help="The split to compare on.")] = SplitName.TEST,
    view: Annotated[ViewName, typer.Option(help="The part of the split.")] = ViewName.ALL,
    common: Annotated[
        bool, typer.Option("--common", help="Compare runs of different corpora on the examples they share.")
    ] = False,
    draws: Annotated[int, typer.Option(min=100, help="Resamples of the bootstrap.")] = 10_000,
    seed: Annotated[int, typer.Option(help="Of the resamples.")] = 0,
    top: Annotated[int, typer.Option(min=0, help="How many differing examples to show.")] = 50,
    store: Annotated[str, typer.Option(help="The MLflow tracking store.")] = DEFAULT_STORE,
) -> None:
    """Compare runs: paired bootstrap over sentences, McNemar, effect sizes, and where they differ most."""
    with extra("train", "stance compare"):
        from stance.experiments.compare import Choices, compare_runs
        from stance.experiments.registry import load_predictions, log_comparison
        from stance.experiments.store import find_run
    choices = Choices(split.value, view.value, common, draws, seed, top)
    comparison = compare_runs([load_predictions(find_run(one, store), split.value) for one in runs], choices)
    _print(comparison)
    say(f"run {log_comparison(comparison, store)}")


def _table(title: str, columns: list[str]) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(comparison: RunComparison) -> None:
    """Print the tables; in them the runs are A, B, C, for their names would take the whole width."""
    from stance.experiments.compare import COLUMNS

    letters = [letter_of(index) for index in range(len(comparison.labels))]
    scores = _table(comparison.title, ["", "run", "score [95% interval]"])
    for letter, label, score in zip(letters, comparison.labels, comparison.statistics.scores, strict=True):
        scores.add_row(letter, label, escape(str(score)))
    output.print(scores)
    for test, row in zip(comparison.tests, comparison.rows(), strict=True):
        (_, first_less_second), *measures = COLUMNS
        pair = f"{letters[test.first]} - {letters[test.second]}"
        differences = _table(f"{pair}, {first_less_second}", ["", "", "which is"])
        for (head, meaning), cell in zip(measures, row[1:], strict=True):
            differences.add_row(head, escape(cell), meaning)
        output.print(differences)
    differing = _table("where they differ most", ["example", "true", *letters, "apart", "text (composed)"])
    for one in comparison.differing:
        differing.add_row(one.id, one.true, *one.labels, f"{one.apart:.2f}", escape(one.text[:60]))
    output.print(differing)


def letter_of(index: int) -> str:
    """Return A for 0, B for 1, ... Z, A1, B1 and so on."""
    round_, letter = divmod(index, len(ascii_uppercase))
    return ascii_uppercase[letter] + (str(round_) if round_ else "")
