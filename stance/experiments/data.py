"""The examples of a run, and what is known of where they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeAlias

from stance.corpus.adapters.assembling import PHENOMENON as IMPORTED
from stance.corpus.location import corpus_folder, corpus_version, references_folder, unseen_states
from stance.corpus.own import own_records
from stance.corpus.records import COMPOSED, SPLITS, LabelledDyad, Record, Split, corpus_hash, read_records
from stance.corpus.references import read_references
from stance.errors import CorpusError
from stance.experiments.config import DataConfig
from stance.models.bundle import CorpusVersion
from stance.schema import Example

Dyads: TypeAlias = frozenset[tuple[str, str]]

REAL = "real"
OUT_OF_DOMAIN = "fwd-news"


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Labelled records by split, with the version of the corpus; ``note`` says what of it is missing."""

    records: Mapping[Split, tuple[Record, ...]]
    version: CorpusVersion
    source: Path
    note: str = ""

    def examples(self, split: Split) -> list[Example]:
        """The labelled examples of one split, in the corpus's order."""
        return [example for record in self.records[split] for example in record.to_examples()]

    def example_ids(self, split: Split) -> list[str]:
        """An id for each of ``examples(split)``."""
        return [record.example_id(dyad) for record in self.records[split] for dyad in record.examples]

    def views(self, split: Split) -> dict[str, list[int]]:
        """The indices into ``examples(split)`` of each of ``VIEWS``."""
        trained = self.trained_dyads()
        every = [(record, dyad) for record in self.records[split] for dyad in record.examples]
        return {
            name: [index for index, (record, dyad) in enumerate(every) if chosen(record, dyad, trained)]
            for name, chosen in VIEWS.items()
        }

    def phenomena(self, split: Split) -> dict[str, list[int]]:
        """The indices into ``examples(split)`` of each phenomenon that composed sentences show."""
        of: defaultdict[str, list[int]] = defaultdict(list)
        every = [record for record in self.records[split] for _ in record.examples]
        for index, record in enumerate(every):
            if record.origin == COMPOSED:
                of[record.phenomenon].append(index)
        return dict(sorted(of.items()))

    def trained_dyads(self) -> Dyads:
        """The (state, power) pairs that occur in the train split."""
        return frozenset((d.state, str(d.power)) for record in self.records["train"] for d in record.examples)


def _has_unseen_state(record: Record, dyad: LabelledDyad, trained: Dyads) -> bool:
    return record.origin == COMPOSED and not unseen_states().isdisjoint(record.mentions)


VIEWS: Mapping[str, Callable[[Record, LabelledDyad, Dyads], bool]] = {
    "composed": lambda record, dyad, trained: record.origin == COMPOSED,
    "real": lambda record, dyad, trained: record.phenomenon == REAL,
    "imported": lambda record, dyad, trained: record.phenomenon == IMPORTED,
    "unseen_states": _has_unseen_state,
    "unseen_dyads": lambda record, dyad, trained: (dyad.state, str(dyad.power)) not in trained,
    "out_of_domain": lambda record, dyad, trained: record.origin == OUT_OF_DOMAIN,
}
"""Parts of a split that are measured by themselves."""


def _own_corpus(parts: Sequence[str]) -> tuple[list[Record], str]:
    """The chosen halves of the project's corpus, all of its test split, and a line on what is missing."""
    records = own_records()
    chosen = [
        record
        for record in records
        if record.split == "test" or (COMPOSED if record.origin == COMPOSED else REAL) in parts
    ]
    return chosen, _missing({record.id for record in records if record.origin != COMPOSED})


def _missing(hydrated: set[str]) -> str:
    """A line on how much real news is on this machine, where it is not all of it; else nothing."""
    labelled = {one.id for one in read_references(references_folder()) if one.examples}
    here = len(labelled & hydrated)
    if here == len(labelled):
        return ""
    remedy = "('stance corpus hydrate' brings the text)"
    if not here:
        return f"without real news: its text is not on this machine {remedy}"
    return f"{here:,} of {len(labelled):,} real sentences are on this machine {remedy}"


def _refuse_leaks(records: Sequence[Record], source: Path) -> None:
    """Refuse an id that stands twice and a text that stands in two splits."""
    remedy = "part the corpus anew ('stance corpus split FOLDER')"
    by_id: dict[str, Record] = {}
    by_text: dict[str, Record] = {}
    for record in records:
        twin = by_id.setdefault(record.id, record)
        if twin is not record:
            where = f"in {twin.split} and in {record.split}"
            raise CorpusError(f"{source}: the id {record.id} stands twice, {where}: {remedy}")
        twin = by_text.setdefault(record.text, record)
        if twin.split != record.split:
            where = f"one is in {twin.split}, the other in {record.split}"
            raise CorpusError(f"{source}: {twin.id} and {record.id} have the same text, {where}: {remedy}")


def load_data(config: DataConfig) -> TrainingData:
    """Read the corpus of a configuration.

    Raises:
        CorpusError: it is missing, breaks the format, has no training examples or leaks from split to split.
    """
    source = Path(config.path) if config.path else corpus_folder()
    records, note = (list(read_records(source)), "") if config.path else _own_corpus(config.parts)
    by_split = {split: tuple(record for record in records if record.split == split) for split in SPLITS}
    if not by_split["train"]:
        raise CorpusError(f"{source} has no sentence in the train split {note}".strip())
    _refuse_leaks(records, source)
    number = sum(len(record.examples) for record in records)
    version = CorpusVersion(version=corpus_version(source), hash=corpus_hash(records), examples=number)
    return TrainingData(by_split, version, source, note)


def _groups(records: Sequence[Record]) -> dict[str, list[Record]]:
    groups: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.group].append(record)
    return dict(groups)


def drawn(records: Sequence[Record], config: DataConfig, seed: int) -> list[Record]:
    """Return the training records that a configuration draws, group by group.

    ``fraction`` of the groups is kept; with ``resample`` as many are drawn again with replacement.
    """
    if config.fraction == 1 and not config.resample:
        return list(records)
    groups = _groups(records)
    random = Random(seed)  # noqa: S311
    kept = random.sample(sorted(groups), max(1, round(config.fraction * len(groups))))
    chosen = random.choices(kept, k=len(kept)) if config.resample else kept
    return [record for name in chosen for record in groups[name]]
