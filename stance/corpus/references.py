"""Real news by reference: labels, and where the text is to be found, but never the text.

The sentences belong to their publishers. A reference names the public file that holds the sentence (a
repository, a commit, a path) and the sha1 by which it is recognised; ``stance.corpus.hydrate`` brings the
text back onto a user's own machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stance.corpus.records import LabelledDyad, Record, Split
from stance.errors import CorpusError
from stance.writing import write_lines

REGISTERS = {"headline-monitor": "headline", "fwd-news": "headline", "factbook": "reference"}
"""The register of a source; all others are news copy."""


class Reference(BaseModel):
    """A labelled sentence without its text.

    Attributes:
        sha1: of the text in UTF-8.
        source: the collection that it comes from; the record's origin.
        doc: the document; the record's group.
        pick: how it was chosen: at random, enriched for positions, or all of its source.
        traps: what a simple program took for a state, and is none (state code -> surface forms).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    sha1: str = Field(pattern="^[0-9a-f]{40}$")
    source: str
    doc: str
    repo: str = Field(pattern=r"^[\w.-]+/[\w.-]+$")
    commit: str = Field(pattern="^[0-9a-f]{40}$")
    path: str
    pick: str
    split: Split
    mentions: dict[str, tuple[str, ...]]
    traps: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    examples: tuple[LabelledDyad, ...]

    @property
    def file(self) -> tuple[str, str, str]:
        """The public file: repository, commit, path."""
        return self.repo, self.commit, self.path

    def record(self, text: str) -> Record | None:
        """The corpus record with ``text``; None where the sentence has no example but traps alone.

        Raises:
            CorpusError: ``text`` is not the sentence that was labelled.
        """
        if sha1(text) != self.sha1:
            raise CorpusError(f"{self.id}: the text is not the one that was labelled (another sha1)")
        if not self.examples:
            return None
        return Record(
            id=self.id,
            text=text,
            mentions=self.mentions,
            examples=self.examples,
            split=self.split,
            group=self.doc,
            register=REGISTERS.get(self.source, "news"),
            phenomenon="real",
            origin=self.source,
        )

    def line(self) -> str:
        """The reference as one line of JSON."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False)


def sha1(text: str) -> str:
    """Return the sha1 of ``text`` in UTF-8, the key by which references recognise it."""
    return hashlib.sha1(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def read_references(folder: Path) -> Iterator[Reference]:
    """Yield the references of all ``*.jsonl`` files of a folder.

    Raises:
        CorpusError: there is none, or a line breaks the format.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise CorpusError(f"no references in {folder}")
    for file in files:
        yield from _read_file(file)


def _read_file(file: Path) -> Iterator[Reference]:
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                yield _parse(line, f"{file}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"cannot read {file}: {error}") from None


def _parse(line: str, where: str) -> Reference:
    try:
        return Reference.model_validate_json(line)
    except ValidationError as error:
        raise CorpusError(f"{where}: {error.errors()[0]['msg']}") from None


def write_references(references: Iterable[Reference], folder: Path) -> None:
    """Write one file a source into ``folder``, sorted by id."""
    by_source: dict[str, list[Reference]] = {}
    for reference in references:
        by_source.setdefault(reference.source, []).append(reference)
    folder.mkdir(parents=True, exist_ok=True)
    for source, some in by_source.items():
        ordered = sorted(some, key=lambda reference: reference.id)
        write_lines((reference.line() for reference in ordered), folder / f"{source}.jsonl")
