"""``stance corpus hydrate``: the text of real news comes back to its references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import MofNCompleteColumn, Progress

from stance.cli.console import errors, note, say
from stance.corpus.location import (
    data_folder,
    hydrated_file,
    references_folder,
    unlabelled_file,
    unlabelled_sources,
)
from stance.errors import CorpusError

if TYPE_CHECKING:
    from stance.corpus.hydrate import Referring


def hydrate(
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Rows with a text (.jsonl), or a folder of checkouts OWNER+NAME/ or OWNER+NAME@COMMIT/.",
        ),
    ] = None,
    download: Annotated[
        bool, typer.Option(help="Fetch the public files over https (thousands, resumable).")
    ] = False,
    unlabelled: Annotated[
        bool, typer.Option(help="The sentences without labels, which a teacher model labels.")
    ] = False,
) -> None:
    """Bring the text of real news back to its labels; the file stays on this machine, git ignores it."""
    hydrated_file().parent.mkdir(parents=True, exist_ok=True)
    (_unlabelled if unlabelled else _labelled)(source, download)


def _labelled(source: Path | None, download: bool) -> None:
    from stance.corpus import hydrate as work
    from stance.corpus.records import write_records
    from stance.corpus.references import read_references

    references = list(read_references(references_folder()))
    with _texts(references, source, download) as texts:
        hydrated = work.hydrate(references, texts)
    labelled = {reference.sha1 for reference in references if reference.examples}
    work.check_gain(len(hydrated.records), labelled, hydrated_file())
    write_records(hydrated.records, hydrated_file())
    _say(len(references) - len(hydrated.missing), len(references), hydrated_file())
    totals = work.by_source(references)
    for name, missing in hydrated.missing_by_source().items():
        note(f"not found: {missing} of {totals[name]} texts of {name}", style="yellow")


def _unlabelled(source: Path | None, download: bool) -> None:
    from stance.corpus.hydrate import check_gain, match
    from stance.corpus.unlabelled import read_sources, write_texts

    sources = list(read_sources(unlabelled_sources()))
    wanted = {key for one in sources for key in one.sha1s}
    with _texts(sources, source, download) as texts:
        found = match(wanted, texts)
    check_gain(len(found), wanted, unlabelled_file())
    write_texts(found, unlabelled_file())
    _say(len(found), len(wanted), unlabelled_file())


def _say(found: int, total: int, file: Path) -> None:
    say(f"found {found} of {total} texts; wrote {file}")


@contextmanager
def _texts(references: Sequence[Referring], source: Path | None, download: bool) -> Iterator[Iterator[str]]:
    """The texts that the options name, with a progress bar for as long as they are read."""
    from stance.corpus import hydrate as work

    if source is not None and source.is_file():
        yield work.texts_of_rows(source)
        return
    folder = source or data_folder() / "downloads"
    if source is None and not download:
        raise CorpusError("say where the text comes from: --from FILE.jsonl, --from FOLDER or --download")
    if source is not None and not source.is_dir():
        raise CorpusError(f"{source} does not exist")
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=errors) as bars:
        if download:
            bar = bars.add_task("downloading", total=None)
            failed = work.download(
                folder, references, lambda done, total: bars.update(bar, completed=done, total=total)
            )
            for name, reason in failed.items():
                note(f"could not fetch {name}: {reason}", style="yellow")
        read = bars.add_task("reading", total=None)
        yield work.texts_of_checkouts(
            folder, references, lambda d, t: bars.update(read, completed=d, total=t)
        )
