"""From what the user names (files, folders, addresses, standard input) to articles."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from stance.errors import InputError, StanceError
from stance.schema import Article
from stance.text.decoding import decode
from stance.text.furniture import find_title
from stance.text.tables import InputWarning as InputWarning
from stance.text.tables import read_lines, read_table
from stance.text.web import declared_charset, read_html, read_url

HTML_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
TABLE_SUFFIXES: Final = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"})

_ADDRESS: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
_HTML_START: Final = re.compile(r"\s*(?:<!doctype html|<html)\b", re.IGNORECASE)


def read_articles(
    inputs: Sequence[str], *, text_column: str | None = None, allow_private: bool = False
) -> Iterator[Article]:
    """Yield the articles of ``inputs`` in order, one at a time.

    A folder is read with all below it, sorted by path; what cannot be read there is an ``InputWarning``. A
    file that is named more than once is read once.

    Args:
        inputs: Files, folders, http(s) addresses, or ``-`` for standard input.
        text_column: The column of tables that holds the text; found by its usual names otherwise.
        allow_private: Whether addresses of this machine and its own network may be read.

    Raises:
        InputError: An input that was named is missing, empty, binary or has no article.
        MissingExtraError: It is HTML or Parquet, and the package that reads it is not installed.
    """
    seen: set[Path] = set()
    for name in inputs:
        if name == "-":
            yield from _standard_input(text_column)
        elif _ADDRESS.match(name):
            yield read_url(name, allow_private=allow_private)
        elif _is_folder(name):
            yield from _folder(Path(name), text_column, seen)
        else:
            yield from _once(Path(name), text_column, seen)


def _once(path: Path, text_column: str | None, seen: set[Path]) -> Iterator[Article]:
    """Yield the articles of a file unless it was read before, under this or another name, and say so.

    Only a file that was read to its end counts: one that failed in a folder fails again when it is named.
    """
    real = _real(path)
    if real in seen:
        _warn(f"{path} is given twice and read once")
        return
    yield from _file(path, text_column)
    seen.add(real)


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError) as error:  # a zero byte, a loop of links
        raise InputError(f"{path} cannot be read: {error}") from error


def _warn(message: str) -> None:
    """Warn in the name of this module, whoever draws the articles: the command line shows no others."""
    warnings.warn(message, InputWarning, stacklevel=1)


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError) as error:  # a name too long, or with a zero byte
        raise InputError(f"{name[:80]!r} is not a file that can be read: {error}") from error


def _folder(folder: Path, text_column: str | None, seen: set[Path]) -> Iterator[Article]:
    """Yield the articles of the files in a folder; those that fail are named in a warning."""
    paths = _files_below(folder)
    if not paths:
        raise InputError(f"{folder} holds no file to read")
    found = False
    for path in paths:
        try:
            if path.exists() and not path.is_file():
                raise InputError(f"{path} is a pipe or a device")
            found = found or _real(path) in seen
            for article in _once(path, text_column, seen):
                found = True
                yield article
        except StanceError as error:
            _warn(f"passed over: {error}")
    if not found:
        raise InputError(f"{folder} holds no article that can be read")


def _files_below(folder: Path) -> list[Path]:
    """The files below a folder in order, without hidden ones."""

    def report(error: OSError) -> None:
        _warn(f"passed over: {error.filename}: {error.strerror}")

    paths = []
    for root, folders, names in os.walk(folder, onerror=report):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(root, name) for name in names if not name.startswith(".")]
    return sorted(paths)


def _file(path: Path, text_column: str | None) -> Iterator[Article]:
    """Yield the articles of one file.

    Raises:
        InputError: It is missing, empty, binary or without an article.
    """
    try:
        if path.is_file() and path.stat().st_size == 0:  # a pipe has no size
            raise InputError(f"{path} is empty")
        yield from _reader(path)(path, text_column)
    except FileNotFoundError:
        raise InputError(f"{path} does not exist") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {reason}") from error


def _reader(path: Path) -> Callable[[Path, str | None], Iterator[Article]]:
    suffix = path.suffix.lower()
    if suffix in TABLE_SUFFIXES:
        return _table_file
    if suffix == ".json":
        raise InputError(f"{path} is JSON: write one object a line and name it .jsonl")
    return _page_file if suffix in HTML_SUFFIXES else _text_file


def _table_file(path: Path, text_column: str | None) -> Iterator[Article]:
    yield from _or_empty(read_table(path, text_column=text_column), str(path))


def _page_file(path: Path, _: str | None) -> Iterator[Article]:
    data = path.read_bytes()
    yield read_html(decode(data, str(path), declared=declared_charset(data)), str(path))


def _text_file(path: Path, text_column: str | None) -> Iterator[Article]:
    """Yield the one article of a text, or of a page that was saved without a suffix."""
    data = path.read_bytes()
    text = decode(data, str(path), declared=declared_charset(data))
    yield read_html(text, str(path)) if _HTML_START.match(text) else _plain_article(text, str(path))


def _plain_article(text: str, name: str) -> Article:
    """An article of plain text, unchanged, so that offsets fit the user's own file."""
    if not text.strip():
        raise InputError(f"{name} is empty")
    return Article(id=name, text=text, title=find_title(text))


def _standard_input(text_column: str | None) -> Iterator[Article]:
    """Yield what comes in on standard input: JSON lines or HTML if it looks so, else one text.

    Where a column is named it is a table, of comma-separated values if it is not JSON lines.
    """
    name = "standard input"
    text = decode(sys.stdin.buffer.read(), name)
    if _looks_like_json_lines(text):
        yield from _or_empty(read_lines(io.StringIO(text), "-", ".jsonl", text_column=text_column), name)
    elif text_column is not None:
        yield from _or_empty(read_lines(io.StringIO(text), "-", ".csv", text_column=text_column), name)
    elif _HTML_START.match(text):
        yield read_html(text, "-")
    elif not text.strip():
        raise InputError(f"{name} is empty")
    else:
        yield _plain_article(text, "-")


def _looks_like_json_lines(text: str) -> bool:
    first = text.lstrip().partition("\n")[0]
    if not first.startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), Mapping)
    except (ValueError, RecursionError):
        return False


def _or_empty(articles: Iterator[Article], name: str) -> Iterator[Article]:
    """Pass articles on.

    Raises:
        InputError: There was none.
    """
    found = False
    for article in articles:
        found = True
        yield article
    if not found:
        raise InputError(f"{name} holds no row with text")
