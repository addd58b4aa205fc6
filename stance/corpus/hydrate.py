"""Bringing the text of real news back to its labels, on the user's own machine."""

from __future__ import annotations

import http.client
import json
import urllib.parse
import urllib.request
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from stance.corpus.extract import SPLITTER_VERSION, candidates, strings
from stance.corpus.records import Record
from stance.corpus.references import Reference, sha1
from stance.errors import CorpusError
from stance.writing import replacing

Progress = Callable[[int, int], None]
"""Told how many of how many files are done."""

FILE_URL = "https://raw.githubusercontent.com/{repo}/{commit}/{path}"
_TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Hydrated:
    """The records whose text was found, and the references whose text was not."""

    records: tuple[Record, ...]
    missing: tuple[Reference, ...]

    def missing_by_source(self) -> dict[str, int]:
        """How many texts of each source were not found."""
        return dict(sorted(Counter(reference.source for reference in self.missing).items()))


class Referring(Protocol):
    """Whatever names a public file."""

    @property
    def file(self) -> tuple[str, str, str]:
        """The public file: repository, commit, path."""


def match(wanted: Collection[str], texts: Iterable[str]) -> dict[str, str]:
    """Return those of ``texts`` whose sha1 is wanted, by sha1; reads no further than it must."""
    found: dict[str, str] = {}
    for text in texts:
        key = sha1(text)
        if key in wanted:
            found[key] = text
            if len(found) == len(wanted):
                break
    return found


def hydrate(references: Sequence[Reference], texts: Iterable[str]) -> Hydrated:
    """Match ``texts`` to ``references`` by sha1; a reference that none matches is counted as missing."""
    found = match({reference.sha1 for reference in references}, texts)
    records = [reference.record(found[reference.sha1]) for reference in references if reference.sha1 in found]
    missing = [reference for reference in references if reference.sha1 not in found]
    return Hydrated(tuple(record for record in records if record is not None), tuple(missing))


def check_gain(found: int, wanted: Collection[str], file: Path) -> None:
    """Refuse to write ``file`` with no text, or in place of a file with more of them.

    Args:
        found: how many of the wanted texts are to be written.
        wanted: their sha1.
        file: holds a row with a ``text`` for each; it need not exist.

    Raises:
        CorpusError: nothing would be gained.
    """
    if not found:
        raise CorpusError(
            f"none of the {len(wanted)} texts was found, so {file} stays as it was: "
            "is this the data that the references were made from?"
        )
    held = len(match(wanted, texts_of_rows(file))) if file.is_file() else 0
    if held > found:
        raise CorpusError(
            f"{file} holds {held} of the {len(wanted)} texts and stays as it was, "
            f"for only {found} were found: remove it first if it is to be replaced"
        )


def texts_of_rows(path: Path) -> Iterator[str]:
    """Yield the ``text`` of every row of a JSONL file.

    Raises:
        CorpusError: the file cannot be read, or a line is no object with a text.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    yield str(json.loads(line)["text"])
                except (ValueError, KeyError, TypeError):
                    raise CorpusError(f"{path}:{number}: not a JSON object with a text") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"cannot read {path}: {error}") from None


def place(folder: Path, repo: str, path: str, commit: str = "") -> Path:
    """Return where a public file stands in a folder of checkouts: ``FOLDER/OWNER+NAME/PATH``.

    With a commit it is ``FOLDER/OWNER+NAME@COMMIT/PATH``, for a file may be pinned at several.

    Raises:
        CorpusError: the path would lead out of the folder.
    """
    root = folder / (repo.replace("/", "+") + (f"@{commit}" if commit else ""))
    target = root / path
    if not target.resolve().is_relative_to(root.resolve()):
        raise CorpusError(f"the path {path!r} of {repo} leads out of its folder")
    return target


def texts_of_checkouts(
    folder: Path, references: Iterable[Referring], progress: Progress = lambda done, total: None
) -> Iterator[str]:
    """Yield every candidate text of every file that ``references`` name and ``folder`` holds.

    A checkout is of the pinned commit (``OWNER+NAME@COMMIT/``) or of any (``OWNER+NAME/``); both are read. A
    file that is damaged is passed over with a warning.

    Raises:
        CorpusError: the sentence splitter is not the version that the recipe is pinned to.
    """
    if version("sentencex") != SPLITTER_VERSION:
        raise CorpusError(
            f"hydrating from files needs sentencex {SPLITTER_VERSION}, not {version('sentencex')}: "
            f"pip install sentencex=={SPLITTER_VERSION}"
        )
    seen: set[Path] = set()
    files = _files(references)
    for done, (repo, commit, path) in enumerate(files, start=1):
        for file in (place(folder, repo, path, commit), place(folder, repo, path)):
            if file not in seen and file.is_file():
                seen.add(file)
                yield from _texts_of_file(file)
        progress(done, len(files))


def _texts_of_file(file: Path) -> Iterator[str]:
    try:
        for string in strings(file.name, file.read_bytes()):
            yield from candidates(string)
    except CorpusError as error:
        warnings.warn(f"passed over: {file}: {error}", UserWarning, stacklevel=1)


def _files(references: Iterable[Referring]) -> list[tuple[str, str, str]]:
    return sorted({reference.file for reference in references})


def download(
    folder: Path,
    references: Iterable[Referring],
    progress: Progress = lambda done, total: None,
    url: str = FILE_URL,
) -> dict[str, str]:
    """Fetch the public files that ``references`` name into a folder of checkouts; files that are there stay.

    Args:
        folder: as ``place`` lays it out, by commit.
        references: whose files are wanted, at their pinned commits.
        progress: told after each file.
        url: the address, with ``{repo}``, ``{commit}`` and ``{path}``.

    Returns:
        What could not be fetched, ``repo/path at commit`` -> reason.
    """
    failed: dict[str, str] = {}
    files = _files(references)
    for done, (repo, commit, path) in enumerate(files, start=1):
        target = place(folder, repo, path, commit)
        if not target.is_file():
            address = url.format(repo=repo, commit=commit, path=urllib.parse.quote(path))
            try:
                _fetch(address, target)
            except (OSError, http.client.HTTPException, ValueError) as error:
                failed[f"{repo}/{path} at {commit[:12]}"] = str(error) or type(error).__name__
        progress(done, len(files))
    return failed


def _fetch(address: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with urllib.request.urlopen(address, timeout=_TIMEOUT) as answer, replacing(target) as aside:  # noqa: S310
        aside.write_bytes(answer.read())


def by_source(references: Iterable[Reference]) -> dict[str, int]:
    """How many references each source has."""
    counts: defaultdict[str, int] = defaultdict(int)
    for reference in references:
        counts[reference.source] += 1
    return dict(sorted(counts.items()))
