"""The corpus format: one JSON object a line, a sentence with all its labelled dyads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from stance.errors import CorpusError
from stance.schema import Example, Mention, Power, Stance, state_code
from stance.text.locate import locate
from stance.writing import write_lines

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")

COMPOSED = "composed"
"""The origin of sentences that were composed for the project's own corpus."""


class LabelledDyad(BaseModel):
    """A directed pair with its adjudicated label and the labels of the annotators, in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: str
    power: Power
    stance: Stance
    annotations: tuple[Stance, ...] = ()

    @field_validator("state")
    @classmethod
    def _known(cls, value: str) -> str:
        return state_code(value)

    @model_validator(mode="after")
    def _directed(self) -> LabelledDyad:
        if self.state == self.power:
            raise ValueError(f"{self.state} cannot be the state and the power of one example")
        return self


class Record(BaseModel):
    """A sentence of the corpus.

    ``mentions`` maps state codes to the surface forms in ``text``. ``group`` names what a split must
    not part. ``origin`` says where the sentence comes from ("composed", or a source of real news).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    text: str = Field(min_length=1)
    mentions: dict[str, tuple[str, ...]]
    examples: tuple[LabelledDyad, ...]
    split: Split
    group: str = Field(min_length=1)
    register_: str = Field(alias="register", min_length=1)
    phenomenon: str = Field(min_length=1)
    origin: str = Field(min_length=1)

    @field_validator("mentions")
    @classmethod
    def _known(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for code in value:
            state_code(code)
        return value

    def example_id(self, dyad: LabelledDyad) -> str:
        """What names one of the record's examples everywhere: RECORD:STATE:POWER."""
        return f"{self.id}:{dyad.state}:{dyad.power}"

    def located(self) -> tuple[Mention, ...]:
        """Every mention at its place in the text."""
        return locate(self.text, self.mentions)

    def to_examples(self) -> list[Example]:
        """The record's dyads as labelled examples."""
        mentions = self.located()
        return [Example(self.text, dyad.state, dyad.power, mentions, dyad.stance) for dyad in self.examples]

    def line(self) -> str:
        """The record as one line of JSON, keys in the order of the format."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), ensure_ascii=False)


def parse_record(line: str, where: str) -> Record:
    """Parse one line; ``where`` ("FILE:LINE") is named in the error.

    Raises:
        CorpusError: the line is not JSON or breaks the format.
    """
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the line"
        raise CorpusError(f"{where}: {place}: {first['msg']}") from None


def read_records(path: Path) -> Iterator[Record]:
    """Yield the records of one file, or of all ``*.jsonl`` files of a folder in the order of their names.

    Raises:
        CorpusError: nothing is there, it is not UTF-8, or a line breaks the format.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise CorpusError(f"no corpus at {path}: give a .jsonl file or a folder of them")
    for file in files:
        try:
            with file.open(encoding="utf-8-sig") as lines:
                for number, line in enumerate(lines, start=1):
                    if line.strip():
                        yield parse_record(line, f"{file}:{number}")
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"cannot read {file}: {error}") from None


def write_records(records: Iterable[Record], path: Path) -> None:
    """Write ``records`` to ``path``, sorted by id, whole or not at all."""
    write_lines((record.line() for record in sorted(records, key=lambda record: record.id)), path)


def corpus_hash(records: Iterable[Record]) -> str:
    """Return a sha256 of the records that does not depend on their order or files (16 hex digits)."""
    digest = hashlib.sha256()
    for line in sorted(record.line() for record in records):
        digest.update(line.encode())
    return digest.hexdigest()[:16]
