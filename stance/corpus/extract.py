"""Every text that a public file may hold a labelled sentence in: the recipe of the references.

Strings are every string value of a JSON file, every tab-separated field of every line of a text file,
every cell of a CSV, also inside a zip. Of each string three variants are taken: as it is, with tags
replaced by a space, and without square brackets. Of each variant the whole, and the sentences of the
whole and of each of its lines, with tags replaced once more, white space collapsed and trimmed. The
sentence splitter is pinned for this (``sentencex`` 1.0.32): another version may cut elsewhere.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

import sentencex

from stance.errors import CorpusError

SPLITTER_VERSION = "1.0.32"
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from _leaves(child)
    elif isinstance(value, list):
        for child in value:
            yield from _leaves(child)


def _json_strings(text: str) -> Iterator[str]:
    try:
        yield from _leaves(json.loads(text))
    except ValueError:  # one object a line, or no JSON after all
        for line in text.splitlines():
            try:
                yield from _leaves(json.loads(line))
            except ValueError:
                yield from line.split("\t")


def _cells(text: str) -> Iterator[str]:
    csv.field_size_limit(sys.maxsize)
    for row in csv.reader(io.StringIO(text, newline="")):
        yield from row


def strings(name: str, content: bytes) -> Iterator[str]:
    """Yield every string of a file that the recipe knows of.

    Args:
        name: its name; the ending tells how it is read.
        content: its bytes; what is not UTF-8 is replaced.

    Raises:
        CorpusError: it is a damaged archive, or JSON that is nested too deeply.
    """
    try:
        yield from _strings(name, content)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # (RecursionError is a RuntimeError, as is an archive that asks for a password.)
        raise CorpusError(f"{name} cannot be read: {error}") from None


def _strings(name: str, content: bytes) -> Iterator[str]:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from _strings(inner, archive.read(inner))
        return
    text = content.decode("utf-8", "replace")
    if suffix in (".json", ".jsonl"):
        yield from _json_strings(text)
    elif suffix == ".csv":
        yield from _cells(text)
    else:
        for line in text.splitlines():
            yield from line.split("\t")


def _clean(text: str) -> str:
    return _SPACE.sub(" ", _TAG.sub(" ", text)).strip()


def _sentences(text: str) -> list[str]:
    return list(sentencex.segment("en", _SURROGATE.sub("\ufffd", text)))


def candidates(string: str) -> set[str]:
    """Return all texts that the recipe makes of one string."""
    found: set[str] = set()
    for variant in {string, _TAG.sub(" ", string), string.replace("[", "").replace("]", "")}:
        pieces = [variant, *_sentences(variant)]
        lines = variant.splitlines()
        if len(lines) > 1:
            pieces += [sentence for line in lines for sentence in _sentences(line)]
        found.update(map(_clean, pieces))
    return found - {""}
