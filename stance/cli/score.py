"""``stance score``: articles in, alignments out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from stance.cli.console import errors, note, output
from stance.cli.outputs import keep_inputs
from stance.models.prior import parse_prior
from stance.report.formats import WRITERS, Format, format_of, write_scores
from stance.report.terminal import ArticleView
from stance.scoring.loading import DEFAULT_STORE
from stance.scoring.scorer import ArticleScore, Scorer
from stance.text.articles import read_articles
from stance.writing import replacing


def score(
    inputs: Annotated[
        list[str], typer.Argument(help="Files, folders, URLs, or - for standard input.", metavar="INPUT...")
    ],
    model: Annotated[
        str | None,
        typer.Option(help="A model folder or an MLflow URI; left out, the model that ships with stance."),
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="Left out: a table, or what the ending of --out names.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of the terminal.")] = None,
    text_column: Annotated[
        str | None, typer.Option(help="The column of a table that holds the text.")
    ] = None,
    carry: Annotated[
        bool, typer.Option(help="Let a sentence take a missing state or power from the one before it.")
    ] = True,
    prior: Annotated[
        str | None,
        typer.Option(
            help="Shares of toward, away, hedging, none to expect: 'news' or numbers such as 12,12,1,75. "
            "Left out, those that the model learned from."
        ),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option(help="Read addresses of this machine and its network, too.")
    ] = False,
    store: Annotated[
        str, typer.Option(help="The MLflow store that a model URI is looked up in.")
    ] = DEFAULT_STORE,
) -> None:
    """Score articles: which states lean where, how surely, and which sentences say so."""
    keep_inputs(inputs, out)
    chosen = form or (format_of(out) if out else Format.TABLE)
    expected = parse_prior(prior) if prior else None
    scorer = Scorer.load(model, carry=carry, prior=expected, store=store)
    articles = read_articles(inputs, text_column=text_column, allow_private=allow_private)
    scores = (scorer.score(article) for article in articles)
    if chosen == Format.TABLE:
        _print(scores, out)
    elif out:
        write_scores(_counted(scores), chosen, out)
        note(f"wrote {out}")
    else:
        WRITERS[chosen](scores, typer.get_binary_stream("stdout"))


def _counted(scores: Iterator[ArticleScore]) -> Iterator[ArticleScore]:
    """The same scores, counted in the terminal as they come."""
    with errors.status("scoring") as status:
        for number, scored in enumerate(scores, start=1):
            yield scored
            status.update(f"{number} articles scored")


def _print(scores: Iterator[ArticleScore], out: Path | None) -> None:
    if out is None:
        for scored in scores:
            output.print(ArticleView(scored))
        return
    with replacing(out) as aside, aside.open("w", encoding="utf-8", errors="backslashreplace") as file:
        plain = Console(file=file, color_system=None, width=output.width)
        for scored in scores:
            plain.print(ArticleView(scored))
