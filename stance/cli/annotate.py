"""``stance annotate``: labels by people, handed out and taken back through Label Studio."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table

from stance.cli.agreements import print_agreements
from stance.cli.console import errors, note, output, say
from stance.cli.outputs import keep_inputs, need_folder
from stance.corpus.location import data_folder
from stance.corpus.records import Record, read_records, write_records
from stance.errors import CorpusError, InputError
from stance.schema import LABELS
from stance.scoring.loading import DEFAULT_STORE

if TYPE_CHECKING:
    from stance.annotation.questions import Question
    from stance.annotation.returning import Returned, Stored

app = typer.Typer(
    help="Hand sentences out to people for labelling, and take them back.", no_args_is_help=True
)
CorpusOption = Annotated[
    Path | None, typer.Option(help="A corpus file or folder that the sentences come from.")
]


@app.command("export")
def export_tasks(
    out: Annotated[Path, typer.Option(help="A new folder for the Label Studio project.")],
    sample: Annotated[int, typer.Option(min=1, help="How many sentences; each of their pairs is a task.")],
    inputs: Annotated[
        list[str] | None, typer.Argument(help="Articles, as stance score reads them.", metavar="[INPUT...]")
    ] = None,
    corpus: CorpusOption = None,
    annotated: Annotated[
        bool, typer.Option("--annotated", help="From a corpus: only sentences that carry annotations.")
    ] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same sample and order.")] = 13,
    model: Annotated[
        str | None, typer.Option(help="Whose uncertainty counts; left out, the model that ships.")
    ] = None,
    text_column: Annotated[str | None, typer.Option(help="The column of a table with the text.")] = None,
    store: Annotated[
        str, typer.Option(help="The MLflow store that a model URI is looked up in.")
    ] = DEFAULT_STORE,
) -> None:
    """Write a Label Studio project: sentences of articles that are worth a label, or a sample of a corpus."""
    from stance.annotation.label_studio import write_project

    if bool(inputs) == bool(corpus):
        raise InputError("say where the sentences come from: INPUT... for articles, or --corpus PATH")
    if out.exists():  # before the long work
        raise InputError(f"{out} exists: name a new folder for the project")
    if corpus:
        questions = _of_corpus(corpus, sample, seed, annotated)
    else:
        questions = _of_articles(inputs or [], sample, seed, (model, store), text_column)
    codebook = (data_folder() / "CODEBOOK.md").read_text(encoding="utf-8")
    write_project(questions, codebook, f"stance: {out.name}", out)
    sentences = len({question.text for question in questions})
    written = f"wrote {out}: {sentences} sentences, {len(questions)} tasks"
    say(written)


def _of_corpus(path: Path, sample: int, seed: int, annotated: bool) -> list[Question]:
    from stance.annotation.questions import sampled

    records = [
        record
        for record in read_records(path)
        if record.examples and (not annotated or all(dyad.annotations for dyad in record.examples))
    ]
    if not records:
        raise CorpusError(f"no sentence of {path} {'carries annotations' if annotated else 'has an example'}")
    return sampled(records, sample, seed)


def _of_articles(
    inputs: list[str], sample: int, seed: int, model: tuple[str | None, str], text_column: str | None
) -> list[Question]:
    from stance.annotation.questions import candidates, uncertainties, worthwhile
    from stance.scoring.loading import load_model
    from stance.text.articles import read_articles

    bundle = load_model(*model)
    with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=errors) as bars:
        articles = bars.track(
            read_articles(inputs, text_column=text_column), description="reading", total=None
        )
        sentences = candidates(articles)
        bar = bars.add_task("scoring", total=len(sentences))
        uncertainty = uncertainties(
            sentences, bundle.classifier, lambda done, _: bars.update(bar, completed=done)
        )
    if not sentences:
        raise InputError("no sentence of these articles mentions a state and a power")
    return worthwhile(sentences, uncertainty, sample, seed)


@app.command("import")
def import_tasks(
    path: Annotated[Path, typer.Argument(help="What Label Studio exported, as JSON or JSON-MIN.")],
    corpus: CorpusOption = None,
    into: Annotated[
        Path | None, typer.Option(help="Write corpus records with the labels here (.jsonl).")
    ] = None,
) -> None:
    """Check labels that people gave, print how far they agree, and make corpus records of them.

    Label Studio exports a whole project each time, so give --corpus as it was handed out and not what an
    earlier import wrote: the labels of that would be counted twice.
    """
    from stance.annotation import returning

    keep_inputs([path, *([corpus] if corpus else [])], into, "--into")
    records = list(read_records(corpus)) if corpus else []
    held = returning.stored(records) if corpus else None
    returned = returning.read_returned(path, held)
    for problem in returned.problems:
        note(problem)
    returning.refuse_problems(returned, path)
    _print(returned, held)
    if into and corpus:
        _write(returning.with_annotations(records, returned), into)
    elif into:
        _write(_new_records(path), into)


def _print(returned: Returned, held: Stored | None) -> None:
    from stance.annotation.returning import alpha_of_all, comparisons

    say(f"valid: {len(returned.answers)} tasks labelled, {returned.open} open")
    counts = Table("annotator", *map(str, LABELS), title="labels", title_justify="left")
    for who in returned.annotators():
        given = returned.labels_of(who)
        counts.add_row(who, *(str(given[label]) for label in LABELS))
    output.print(counts)
    rows = comparisons(returned, held)
    if not rows:
        output.print("one annotator and nothing to compare with: no agreement to report")
        return
    print_agreements("between", rows, title="agreement")
    say(f"Krippendorff's alpha over all annotations: {alpha_of_all(returned, held):.3f}")


def _new_records(path: Path) -> list[Record]:
    from stance.corpus.adapters import label_studio
    from stance.corpus.adapters.assembling import assemble
    from stance.corpus.validate import validate

    imported = assemble(label_studio.read(path), "label-studio")
    for reason, count in imported.reasons():
        note(f"left out {count}: {reason}")
    for problem in (problems := validate(imported.records)):
        note(str(problem))
    if problems or not imported.records:
        raise CorpusError(f"{path} yields {len(imported.records)} records with {len(problems)} problems")
    return list(imported.records)


def _write(records: list[Record], into: Path) -> None:
    need_folder(into)
    write_records(records, into)
    say(f"wrote {into}: {len(records)} sentences")
