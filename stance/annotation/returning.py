"""Labels that come back from people: are they valid, how far do they agree, and where do they go?

An export that came from articles stands for itself; one that came from a corpus is held against it: each
question must be one of the corpus, with its text unchanged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from stance.annotation.label_studio import EXAMPLE
from stance.corpus.adapters.columns import resolve
from stance.corpus.adapters.items import Dropped
from stance.corpus.adapters.label_studio import LabelledTask, read_tasks
from stance.corpus.agreement import Agreement, Annotated, agreement, krippendorff_alpha
from stance.corpus.records import LabelledDyad, Record
from stance.corpus.references import sha1
from stance.errors import CorpusError
from stance.schema import LABELS, Stance
from stance.text.mentions import find_mentions

Stored = Mapping[str, tuple[Record, LabelledDyad]]
"""The examples of a corpus by their id, RECORD:STATE:POWER."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What people said to one question: their labels by annotator."""

    id: str
    labels: Mapping[str, Stance]

    @property
    def sentence(self) -> str:
        """The id of the sentence."""
        return self.id.rsplit(":", 2)[0]


@dataclass(frozen=True, slots=True)
class Returned:
    """An export that was read and checked: ``problems`` make it invalid, ``open`` counts what is not done."""

    answers: tuple[Answer, ...]
    problems: tuple[str, ...]
    open: int

    def annotators(self) -> list[str]:
        """Everybody who gave a label, in alphabetical order."""
        return sorted({who for answer in self.answers for who in answer.labels})

    def labels_of(self, annotator: str) -> Counter[Stance]:
        """How often an annotator chose each label."""
        return Counter(one.labels[annotator] for one in self.answers if annotator in one.labels)


def stored(records: Iterable[Record]) -> Stored:
    """Return the examples of a corpus by id."""
    return {one.example_id(dyad): (one, dyad) for one in records for dyad in one.examples}


def read_returned(path: Path, corpus: Stored | None = None) -> Returned:
    """Read an export of Label Studio and check every task of it.

    Args:
        path: the export, as JSON or JSON-MIN.
        corpus: the examples that the questions came from; None if they came from articles.

    Raises:
        CorpusError: the file is missing or no export at all.
    """
    tasks = read_tasks(path)
    times = Counter(task.cell(EXAMPLE) for task in tasks)
    problems = [f"{task.where}: {what}" for task in tasks for what in _problems(task, times, corpus)]
    answers = [Answer(task.cell(EXAMPLE), _labels(task)) for task in tasks if task.chosen]
    return Returned(tuple(answers), tuple(problems), sum(not task.chosen for task in tasks))


def _labels(task: LabelledTask) -> dict[str, Stance]:
    return {who: Stance(word) for who, word in task.chosen.items() if word in LABELS}


def _problems(task: LabelledTask, times: Mapping[str, int], corpus: Stored | None) -> Iterator[str]:
    name = task.cell(EXAMPLE)
    if not name:
        yield "it has no id: was it made by stance annotate export?"
    elif times[name] > 1:
        yield f"the id {name} stands {times[name]} times"
    for who, word in task.chosen.items():
        if word not in LABELS:
            yield f"{who} chose {word!r}, which is none of {', '.join(LABELS)}"
    yield from _pair_problems(task) if corpus is None else _corpus_problems(task, corpus)


def _pair_problems(task: LabelledTask) -> Iterator[str]:
    codes = resolve(task.where, task.cell("state"), task.cell("power"))
    if isinstance(codes, Dropped):
        yield codes.reason
    elif not set(map(str, codes)) <= {mention.state for mention in find_mentions(task.cell("text"))}:
        yield "the state or the power is not found in the text"
    if not task.cell(EXAMPLE).startswith(sha1(task.cell("text"))[:12]):
        yield "its text is not the one that was handed out"


def _corpus_problems(task: LabelledTask, corpus: Stored) -> Iterator[str]:
    name = task.cell(EXAMPLE)
    if name and name not in corpus:
        yield f"the corpus has no example {name}"
    elif name and corpus[name][0].text != task.cell("text"):
        yield f"the text of {name} is not the one in the corpus"


def comparisons(returned: Returned, corpus: Stored | None = None) -> list[Agreement]:
    """Return the agreement of each person with each other, and with what the corpus holds.

    Only parts with something to compare are listed; ``n`` counts examples.
    """
    people = returned.annotators()
    found = [
        agreement(f"{one} and {other}", _both(returned.answers, one, other))
        for one, other in combinations(people, 2)
    ]
    for who in people:
        found += [agreement(f"{who} and {part}", items) for part, items in _held(returned, who, corpus or {})]
    return [one for one in found if one.n]


def _both(answers: Sequence[Answer], one: str, other: str) -> list[Annotated]:
    return [
        (answer.sentence, str(answer.labels[one]), str(answer.labels[other]))
        for answer in answers
        if one in answer.labels and other in answer.labels
    ]


def _held(returned: Returned, who: str, corpus: Stored) -> Iterator[tuple[str, list[Annotated]]]:
    """A person's labels beside each column of stored annotations, and beside the adjudicated label."""
    known = [
        (answer.sentence, str(answer.labels[who]), corpus[answer.id][1])
        for answer in returned.answers
        if who in answer.labels and answer.id in corpus
    ]
    width = max((len(dyad.annotations) for _, _, dyad in known), default=0)
    for column in range(width):
        yield (
            f"annotation {column + 1}",
            [(s, said, str(d.annotations[column])) for s, said, d in known if len(d.annotations) > column],
        )
    yield "the label of the corpus", [(s, said, str(dyad.stance)) for s, said, dyad in known]


def alpha_of_all(returned: Returned, corpus: Stored | None = None) -> float:
    """Return Krippendorff's alpha over all annotations of each example, people's and stored ones."""
    stored_labels = {name: dyad.annotations for name, (_, dyad) in (corpus or {}).items()}
    return krippendorff_alpha(
        [*map(str, stored_labels.get(one.id, ())), *map(str, one.labels.values())] for one in returned.answers
    )


def with_annotations(records: Iterable[Record], returned: Returned) -> list[Record]:
    """Return ``records`` with people's labels after the annotations that each example has.

    The adjudicated label stays: a new annotation is evidence about it, and changing it is a decision.
    """
    said = {answer.id: answer.labels for answer in returned.answers}
    return [_annotated(record, said) for record in records]


def _annotated(record: Record, said: Mapping[str, Mapping[str, Stance]]) -> Record:
    dyads = []
    for dyad in record.examples:
        labels = said.get(record.example_id(dyad), {})
        added = tuple(labels[who] for who in sorted(labels))
        dyads.append(dyad.model_copy(update={"annotations": (*dyad.annotations, *added)}))
    return record.model_copy(update={"examples": tuple(dyads)})


def refuse_problems(returned: Returned, path: Path) -> None:
    """Do nothing if an export is valid.

    Raises:
        CorpusError: it has problems, or nobody has labelled anything.
    """
    if returned.problems:
        raise CorpusError(f"{len(returned.problems)} problems in {path}: {returned.problems[0]}")
    if not returned.answers:
        raise CorpusError(f"nobody has labelled a task of {path} yet")
