"""``stance corpus import``: other people's labels as records of the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stance.cli.console import errors, note, say
from stance.cli.outputs import keep_inputs, need_folder
from stance.corpus.adapters.columns import Columns, mapping
from stance.corpus.adapters.registry import READERS, Format
from stance.corpus.records import SPLITS, Split, write_records
from stance.errors import CorpusError

if TYPE_CHECKING:
    from stance.corpus.adapters.assembling import Imported
    from stance.corpus.adapters.items import Item


def import_labels(
    form: Annotated[Format, typer.Argument(metavar="FORMAT", help=", ".join(Format))],
    path: Annotated[Path, typer.Argument(help="The user's own copy of the data.")],
    out: Annotated[Path, typer.Option(help="Where to write the records of states and powers.")],
    targets: Annotated[
        Path | None,
        typer.Option(
            help="Where to write labels toward other targets; left out, beside --out as NAME.targets."
        ),
    ] = None,
    split: Annotated[str, typer.Option(help=f"The split of all records: {', '.join(SPLITS)}.")] = "train",
    text_column: Annotated[str, typer.Option(help="csv, label-studio: what the text is called.")] = "text",
    state_column: Annotated[str, typer.Option(help="What the state is called.")] = "state",
    power_column: Annotated[str, typer.Option(help="What the power is called.")] = "power",
    stance_column: Annotated[str, typer.Option(help="What the label or its control is called.")] = "stance",
    annotations_column: Annotated[
        str, typer.Option(help="csv: a column with the labels of single annotators.")
    ] = "annotations",
    label: Annotated[
        list[str] | None,
        typer.Option(help="WORD=STANCE: a word of the file for one of the four labels; may be repeated."),
    ] = None,
) -> None:
    """Import labelled data of another format; what cannot be kept is counted, by reason."""
    from stance.corpus.adapters.assembling import assemble
    from stance.corpus.adapters.target_table import write_targets

    columns = Columns(
        text_column, state_column, power_column, stance_column, annotations_column, mapping(label or [])
    )
    table = targets or out.with_suffix(".targets")  # no .jsonl: a folder of those is read as a corpus
    if table == out:
        raise CorpusError(f"--out and the table of other targets are both {out}: give one another name")
    keep_inputs([path], out)
    keep_inputs([path], table, "--targets")
    for file in (out, table):
        need_folder(file)
    imported = assemble(_counted(READERS[form](path, columns)), str(form), _split(split))
    _report_losses(imported)
    if not imported.records and not imported.targets:
        raise CorpusError(f"nothing in {path} could be imported as {form}")
    if imported.records:
        write_records(imported.records, out)
        examples = sum(len(record.examples) for record in imported.records)
        _say(f"wrote {out}: {len(imported.records)} sentences, {examples} examples")
    if imported.targets:
        write_targets(imported.targets, table)
        _say(f"wrote {table}: {len(imported.targets)} labels toward other targets")


def _say(line: str) -> None:
    say(line)


def _split(name: str) -> Split:
    for split in SPLITS:
        if split == name:
            return split
    raise CorpusError(f"{name!r} is not a split: use {', '.join(SPLITS)}")


def _counted(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, counted in the terminal as they come."""
    with errors.status("reading") as status:
        for number, item in enumerate(items, start=1):
            if number % 1000 == 0:
                status.update(f"{number} labels read")
            yield item


def _report_losses(imported: Imported) -> None:
    for reason, count in imported.reasons():
        first = next(one.where for one in imported.dropped if one.reason == reason)
        note(f"dropped {count}: {reason} (first: {first})")
    if imported.narrowed:
        note(f"narrowed {imported.narrowed}: mentions without a label were left out of these sentences")
