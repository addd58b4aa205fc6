"""Real sentences without labels, by reference: what a teacher model labels for a smaller one to learn.

One line names a public file and the sha1 of each of its sentences, so that tens of thousands of sentences
stay a short file. ``stance corpus hydrate --unlabelled`` brings their texts back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stance.corpus.references import sha1
from stance.errors import CorpusError
from stance.writing import write_lines

Sha1 = Annotated[str, Field(pattern="^[0-9a-f]{40}$")]


class Source(BaseModel):
    """A public file, and the sentences of it that are used.

    Attributes:
        sha1s: of the sentences in UTF-8, sorted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    repo: str = Field(pattern=r"^[\w.-]+/[\w.-]+$")
    commit: Sha1
    path: str
    sha1s: tuple[Sha1, ...] = Field(min_length=1)

    @property
    def file(self) -> tuple[str, str, str]:
        """The public file: repository, commit, path."""
        return self.repo, self.commit, self.path

    def line(self) -> str:
        """The source as one line of JSON."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False)


def read_sources(path: Path) -> Iterator[Source]:
    """Yield the sources of a file.

    Raises:
        CorpusError: it is missing, or a line breaks the format.
    """
    number = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):  # noqa: B007
                yield Source.model_validate_json(line)
    except ValidationError as error:
        raise CorpusError(f"{path}:{number}: {error.errors()[0]['msg']}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"cannot read {path}: {error}") from None


def write_sources(sources: Iterable[Source], path: Path) -> None:
    """Write ``sources``, sorted by file, whole or not at all."""
    write_lines((source.line() for source in sorted(sources, key=lambda source: source.file)), path)


def write_texts(texts: Mapping[str, str], path: Path) -> None:
    """Write texts that were brought back (sha1 -> text), sorted by sha1, whole or not at all."""
    rows = ({"sha1": key, "text": text} for key, text in sorted(texts.items()))
    write_lines((json.dumps(row, ensure_ascii=False) for row in rows), path)


def read_texts(path: Path) -> list[str]:
    """Return the texts that ``write_texts`` wrote.

    Raises:
        CorpusError: the file cannot be read, or a text is not the one that its sha1 names.
    """
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        foreign = [row["sha1"] for row in rows if sha1(row["text"]) != row["sha1"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"cannot read {path}: {error}") from None
    if foreign:
        raise CorpusError(f"{path}: {len(foreign)} texts are not those that were referred to: hydrate again")
    return [str(row["text"]) for row in rows]
