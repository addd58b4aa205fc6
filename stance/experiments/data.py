"""The examples of a run, and what is known of where they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from stance.corpus.location import corpus_folder, data_folder
from stance.corpus.records import SPLITS, Record, Split, corpus_hash, read_records
from stance.errors import CorpusError
from stance.models.bundle import CorpusVersion
from stance.schema import Example

VERSION_FILE = "VERSION"


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Labelled examples by split, with the version of the corpus."""

    records: Mapping[Split, tuple[Record, ...]]
    version: CorpusVersion
    source: Path

    def examples(self, split: Split) -> list[Example]:
        """The labelled examples of one split, in the corpus's order."""
        return [example for record in self.records[split] for example in record.to_examples()]

    def example_ids(self, split: Split) -> list[str]:
        """An id for each of ``examples(split)``: RECORD:STATE:POWER."""
        return [f"{r.id}:{dyad.state}:{dyad.power}" for r in self.records[split] for dyad in r.examples]


def _version(path: Path) -> str:
    for folder in (path, path.parent):
        if (folder / VERSION_FILE).is_file():
            return (folder / VERSION_FILE).read_text(encoding="utf-8").strip()
    return "unversioned"


def load_data(path: str | None) -> TrainingData:
    """Read a corpus; None is the project's own.

    Raises:
        CorpusError: it is missing, breaks the format or has no training examples.
    """
    source = Path(path) if path else corpus_folder()
    records = list(read_records(source))
    by_split = {split: tuple(record for record in records if record.split == split) for split in SPLITS}
    if not by_split["train"]:
        raise CorpusError(f"{source} has no sentence in the train split: run 'stance corpus split {source}'")
    number = sum(len(record.examples) for record in records)
    version = CorpusVersion(
        version=_version(source if path else data_folder()), hash=corpus_hash(records), examples=number
    )
    return TrainingData(by_split, version, source)


def resample(records: Sequence[Record], seed: int) -> list[Record]:
    """Return the records of as many groups as there are, drawn with replacement."""
    groups: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.group].append(record)
    names = list(groups)
    drawn = Random(seed).choices(names, k=len(names))  # noqa: S311
    return [record for name in drawn for record in groups[name]]
