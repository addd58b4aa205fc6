"""Articles in tables: JSON lines, CSV and Parquet, one article a row, read as a stream."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final, TextIO

from stance.errors import InputError, MissingExtraError
from stance.schema import Article
from stance.text.decoding import SAMPLE_BYTES, detect_encoding

TEXT_COLUMNS: Final = ("text", "body", "content", "article")
"""The columns that are taken for the text, in this order, when none is named."""

_OTHER_COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "id": ("id", "article_id", "doc_id", "document_id", "uuid", "url", "link"),
    "title": ("title", "headline", "head"),
    "date": ("date", "published", "published_at", "publish_date", "publication_date", "pubdate", "datetime"),
    "source": ("source", "publisher", "outlet", "newspaper", "site", "domain"),
    "language": ("language", "lang"),
}
_LANGUAGE: Final = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_QUOTED: Final = re.compile(r'"([^"]*(?:""[^"]*)*)"')
_PARQUET_BATCH: Final = 64
_CELL_LIMIT: Final = 1 << 30
_LISTED_COLUMNS: Final = 20


class InputWarning(UserWarning):
    """An input that was passed over, or read in part, while the others went on."""


Row = tuple[int, Mapping[str, Any]]
"""A row's number, counted from 1 (in JSON lines: the line's number), and its cells by column."""


def read_table(path: Path, *, text_column: str | None = None) -> Iterator[Article]:
    """Yield an article for each row of a table that has text; rows without are passed over.

    Args:
        path: A ``.jsonl``, ``.ndjson``, ``.csv``, ``.tsv`` or ``.parquet`` file.
        text_column: The column of the text; by default the first of ``TEXT_COLUMNS`` that is there.

    Raises:
        InputError: The file is damaged, or has no such column.
        MissingExtraError: It is Parquet, and pyarrow is not installed.
    """
    if path.suffix.lower() == ".parquet":
        yield from _articles(_parquet_rows(path), str(path), text_column)
        return
    with path.open("rb") as file:
        encoding = detect_encoding(file.read(SAMPLE_BYTES), str(path))
        file.seek(0)
        lines = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
        yield from read_lines(lines, str(path), path.suffix.lower(), text_column=text_column)


def read_lines(lines: TextIO, name: str, suffix: str, *, text_column: str | None = None) -> Iterator[Article]:
    """Yield the articles of a table that is open as text; ``suffix`` says which kind it is.

    Raises:
        InputError: As ``read_table``.
    """
    rows = _csv_rows(lines, name, suffix) if suffix in {".csv", ".tsv"} else _json_rows(lines, name)
    yield from _articles(rows, name, text_column)


def _articles(rows: Iterator[Row], name: str, text_column: str | None) -> Iterator[Article]:
    """Turn rows into articles, and say at the end how many had no text."""
    layouts: dict[tuple[str, ...], dict[str, str]] = {}
    skipped = 0
    for number, row in rows:
        names = tuple(row)
        if names not in layouts:
            layouts[names] = _columns(names, name, text_column, first=not layouts)
        cells = {key: row.get(column) for key, column in layouts[names].items()}
        text = cells.get("text")
        if text is not None and not isinstance(text, str):
            kind, column = type(text).__name__, layouts[names]["text"]
            raise InputError(f"{name}, row {number}: column {column!r} holds {kind}, not text")
        if text and text.strip():
            yield _article(text, f"{name}#{number}", cells)
        else:
            skipped += 1
    if skipped:
        warnings.warn(f"{name}: rows without text were passed over: {skipped}", InputWarning, stacklevel=1)


def _columns(names: Sequence[str], name: str, text_column: str | None, *, first: bool) -> dict[str, str]:
    """Which column of a row holds what; without a column of text, an empty answer.

    Raises:
        InputError: The first row has no column of text; the message names those it has.
    """
    lowered = {column.strip().lower(): column for column in reversed(names)}
    wanted = TEXT_COLUMNS if text_column is None else (text_column, text_column.strip().lower())
    text = text_column if text_column in names else _first(lowered, wanted)
    if text is None and not first:
        return {}
    if text is None:
        missing = "no text column" if text_column is None else f"no column {text_column!r}"
        there = ", ".join(names[:_LISTED_COLUMNS]) + (", ..." if len(names) > _LISTED_COLUMNS else "")
        raise InputError(f"{name} has {missing}: name one of its columns with --text-column ({there})")
    found = {key: _first(lowered, usual) for key, usual in _OTHER_COLUMNS.items()}
    return {"text": text, **{key: column for key, column in found.items() if column not in (None, text)}}


def _first(columns: Mapping[str, str], wanted: Sequence[str]) -> str | None:
    return next((columns[name] for name in wanted if name in columns), None)


def _article(text: str, row_id: str, cells: Mapping[str, Any]) -> Article:
    title = _cell(cells, "title")
    body = _SURROGATE.sub("\ufffd", text)
    if title is not None and not body.lstrip().startswith(title):
        body = f"{title}\n\n{body}"
    language = _LANGUAGE.fullmatch(_cell(cells, "language") or "en")
    return Article(
        id=_cell(cells, "id") or row_id,
        text=body,
        title=title,
        date=parse_date(cells.get("date")),
        source=_cell(cells, "source"),
        language="en" if language is None else language.group(1).lower(),
    )


def _cell(cells: Mapping[str, Any], key: str) -> str | None:
    """A cell as one line of text; None where it is empty."""
    value = cells.get(key)
    text = "" if value is None else " ".join(_SURROGATE.sub("\ufffd", str(value)).split())
    return text or None


def parse_date(value: object) -> date | None:
    """Return the day that ``value`` names (ISO 8601 or as in an e-mail's header), or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    readers: tuple[Callable[[str], date], ...] = (
        lambda day: date.fromisoformat(day[:10]),
        lambda day: datetime.fromisoformat(day).date(),
        lambda day: parsedate_to_datetime(day).date(),
    )
    for reader in readers:
        try:
            return reader(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _json_rows(lines: TextIO, name: str) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise InputError(f"{name}, line {number}: not a JSON object (one object a line is expected)")
        yield number, row


def _csv_rows(lines: TextIO, name: str, suffix: str) -> Iterator[Row]:
    csv.field_size_limit(_CELL_LIMIT)  # articles are longer than the module's default of 128 KB
    header = lines.readline()
    delimiter = "\t" if suffix == ".tsv" else max(",;\t|", key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    if delimiter == "\t" and _is_rectangular(lines):
        yield from enumerate((_tab_row(names, line) for line in lines if line.strip()), start=1)
        return
    # Strict, for a quote that is never closed would else swallow the rows behind it.
    reader = csv.DictReader(lines, fieldnames=names, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if any(cell.strip() for cell in row.pop(None, ())):
                raise InputError(
                    f"{name}, row {number} has more cells than columns: quote those that hold {delimiter!r}"
                )
            yield number, row
    except csv.Error as error:
        raise InputError(
            f"{name}, row {number + 1}: the quotes are broken ({error}): double those inside a quoted cell "
            "and close it, or give the rows as .jsonl"
        ) from error


def _is_rectangular(lines: TextIO) -> bool:
    """Whether all lines of a tab-separated table have as many cells as its header, and more than one.

    Then no quote has to hold a tab or a line together, and each line is a row whatever quotes it has.
    ``lines`` stands behind the header afterwards, as it did before.
    """
    lines.seek(0)
    tabs = lines.readline().count("\t")
    rectangular = tabs > 0 and all(line.count("\t") == tabs for line in lines if line.strip())
    lines.seek(0)
    lines.readline()
    return rectangular


def _tab_row(names: Sequence[str], line: str) -> dict[str, str]:
    """A line's cells by column; a cell that is quoted as a whole loses its quotes, other quotes are text."""
    cells = line.rstrip("\r\n").split("\t")
    quoted = map(_QUOTED.fullmatch, cells)
    read = (
        cell if found is None else found[1].replace('""', '"')
        for cell, found in zip(cells, quoted, strict=True)
    )
    return dict(zip(names, read, strict=False))


def _parquet_rows(path: Path) -> Iterator[Row]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError(f"reading {path}", "parquet") from None

    try:
        with pq.ParquetFile(path) as table:
            number = 0
            for batch in table.iter_batches(batch_size=_PARQUET_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{path} is no Parquet table that can be read: {reason}") from error
