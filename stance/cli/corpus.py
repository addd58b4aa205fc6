"""``stance corpus``: checking, counting and splitting labelled data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from stance.cli.agreements import print_agreements
from stance.cli.console import note, output, say
from stance.cli.extras import extra
from stance.cli.hydrate import hydrate
from stance.corpus.cards import read_cards
from stance.corpus.location import corpus_folder, data_folder, hydrated_file, references_folder, unseen_states
from stance.corpus.own import own_records, real_records
from stance.corpus.records import COMPOSED, SPLITS, Record, read_records
from stance.corpus.references import read_references
from stance.errors import CorpusError
from stance.writing import write_lines

app = typer.Typer(
    help="Check, count, split, import and hydrate labelled data, and deal cards for new sentences.",
    no_args_is_help=True,
)
app.command()(hydrate)
CorpusPath = Annotated[
    Path | None, typer.Argument(help="A .jsonl file or folder; left out, the project's corpus.")
]


def _read(path: Path | None) -> list[Record]:
    return list(read_records(path or corpus_folder()))


@app.command()
def validate(path: CorpusPath = None) -> None:
    """Check every rule of the format, and the bounds of the project's own corpus; exit with 2 if broken."""
    from stance.corpus.validate import validate as check
    from stance.corpus.validate import validate_references

    records = _with_real(path)
    references = [] if path else list(read_references(references_folder()))
    problems = [*check(records), *validate_references(references)]
    for problem in problems:
        note(str(problem))
    if problems:
        raise CorpusError(f"{len(problems)} problems in {path or data_folder()}")
    if path is None:
        from stance.corpus import floors

        composed = [record for record in records if record.origin == COMPOSED]
        _refuse(floors.fallen_short(floors.figures(composed), floors.COMPOSED))
    if not records:
        raise CorpusError(f"{path} holds no sentence")
    examples = sum(len(record.examples) for record in records)
    counted = f"valid: {len(records)} sentences, {examples} examples"
    say(counted + (f", {len(references)} references" if references else ""))


@app.command()
def stats(
    path: CorpusPath = None,
    artifacts: Annotated[
        bool, typer.Option(help="Also train the models that see too little, and print what they score.")
    ] = False,
) -> None:
    """Print what the corpus holds; the project's own must keep its bounds, else exit with 2."""
    from stance.corpus import floors
    from stance.corpus.stats import describe

    records = _read(path)
    for counts in describe(records):
        _print_table(counts.title, counts.columns, counts.rows)
    values, bounds = floors.figures(records), list(floors.COMPOSED)
    if path is None and hydrated_file().is_file():
        values["near_real"] = floors.near_real(records, real_records())
        bounds += floors.AGAINST_REAL
    if artifacts:
        with extra("train", "stance corpus stats --artifacts"):
            from stance.evaluation.artifacts import artifact_scores
        values |= artifact_scores(records)
        bounds += floors.ARTIFACTS
    rows = [(one.figure, f"{values[one.figure]:.4g}", str(one)) for one in bounds]
    _print_table("bounds", ("figure", "value", "asked of the project's corpus"), rows)
    if path is None:
        _refuse(floors.fallen_short(values, bounds))


def _refuse(short: list[str]) -> None:
    if short:
        raise CorpusError(f"the corpus falls short: {'; '.join(short)}")


def _print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    for row in rows:
        table.add_row(*row)
    output.print(table)


@app.command()
def agreement(path: CorpusPath = None) -> None:
    """Print how far the annotations of each example agree: alpha, kappa, and where they differ."""
    from stance.corpus import agreement as work
    from stance.schema import LABELS

    records = _with_real(path)
    items = work.annotated(records)
    if not items:
        raise CorpusError(f"no example of {path or corpus_folder()} has two annotations")
    print_agreements("all", [work.agreement("all", items)])
    print_agreements("label", work.by_label(items))
    print_agreements("origin", work.by_part(records, lambda record: record.origin))
    print_agreements("register", work.by_part(records, lambda record: record.register_))
    print_agreements("phenomenon", work.by_part(records, lambda record: record.phenomenon))
    if path is None:
        intended = work.against_cards(records, read_cards(data_folder() / "cards" / "cards.jsonl"))
        parts = [work.agreement("card against adjudicated label", intended)]
        for reading in sorted((data_folder() / "reading").glob("*.tsv")):
            read = work.against_reading(records, work.read_reading(reading))
            parts.append(work.agreement(f"later reading of {reading.stem} against it", read))
        print_agreements("composed", parts)
    counts = work.confusion(items)
    rows = [(str(one), *(str(counts[one, other]) for other in LABELS)) for one in LABELS]
    _print_table("confusion", ("earlier \\ later", *map(str, LABELS)), rows)


def _with_real(path: Path | None) -> list[Record]:
    """The corpus at ``path``; the project's own with its real half where that is hydrated."""
    return _read(path) if path else own_records()


def _strangers(only_test: str | None) -> list[str]:
    if only_test is not None:
        return [code for code in only_test.split(",") if code]
    return sorted(unseen_states())


@app.command()
def split(
    folder: Annotated[Path, typer.Argument(help="The folder whose .jsonl files are parted anew.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same split.")] = 13,
    only_test: Annotated[
        str | None,
        typer.Option(
            help="States for the test split only: A,B,C. Left out, the unseen states of the cards' design."
        ),
    ] = None,
) -> None:
    """Part a corpus into train, validation and test (70/10/20), never parting a group.

    train.jsonl, validation.jsonl and test.jsonl take the place of all .jsonl files of the folder.
    """
    from stance.corpus.split import split_folder

    if not folder.is_dir():
        raise CorpusError(
            f"{folder} is not a folder: splitting writes train.jsonl, validation.jsonl, test.jsonl"
        )
    strangers = set(_strangers(only_test))
    records, removed = split_folder(folder, seed, lambda record: not strangers.isdisjoint(record.mentions))
    counts = {name: sum(record.split == name for record in records) for name in SPLITS}
    say(", ".join(f"{name} {n}" for name, n in counts.items()))
    if empty := [name for name, n in counts.items() if not n]:
        note(f"nothing for {', '.join(empty)}: too few groups of sentences", style="yellow")
    if removed:
        names = ", ".join(file.name for file in removed)
        say(f"removed {names}: every sentence is in the three files")


@app.command()
def cards(
    out: Annotated[Path, typer.Argument(help="Where to write the cards, one JSON object a line.")],
    seed: Annotated[int, typer.Option(help="The same seed deals the same cards.")],
    design: Annotated[Path | None, typer.Option(help="The folder with design.toml and decks.toml.")] = None,
) -> None:
    """Deal cards: what each sentence to be composed is meant to hold."""
    from stance.corpus.cards import load_design
    from stance.corpus.dealing import deal

    dealt = deal(load_design(design or data_folder() / "cards"), seed)
    write_lines((card.line() for card in dealt), out)
    say(f"dealt {len(dealt)} cards")
