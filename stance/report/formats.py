"""Writing article scores for programs: json, jsonl, csv, parquet; a file is written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from stance.errors import InputError, MissingExtraError
from stance.report.records import ROW_COLUMNS, to_object, to_rows
from stance.scoring.scorer import ArticleScore
from stance.writing import replacing


class Format(StrEnum):
    """What ``stance score`` can print or write."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def _dumps(value: object, indent: int | None = None) -> bytes:
    # A lone surrogate in a text cannot be encoded as UTF-8: JSON can escape it.
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text.encode("utf-8", errors="backslashreplace")


def _write_json(scores: Iterable[ArticleScore], out: BinaryIO) -> None:
    """One object for one article, an array for several."""
    objects = [to_object(scored) for scored in scores]
    out.write(_dumps(objects[0] if len(objects) == 1 else objects, indent=2) + b"\n")


def _write_jsonl(scores: Iterable[ArticleScore], out: BinaryIO) -> None:
    for scored in scores:
        out.write(_dumps(to_object(scored)) + b"\n")


def _write_csv(scores: Iterable[ArticleScore], out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    writer = csv.DictWriter(text, fieldnames=list(ROW_COLUMNS))
    writer.writeheader()
    for scored in scores:
        writer.writerows(to_rows(scored))
    text.detach()


def _write_parquet(scores: Iterable[ArticleScore], out: BinaryIO) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("writing Parquet", "parquet") from None

    types = {str: pa.string(), float: pa.float64(), int: pa.int64(), bool: pa.bool_()}
    schema = pa.schema([(name, types[kind]) for name, kind in ROW_COLUMNS.items()])
    with pq.ParquetWriter(out, schema) as writer:
        for scored in scores:
            rows = [{k: _encodable(v) for k, v in row.items()} for row in to_rows(scored)]
            if rows:
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _encodable(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


WRITERS: dict[Format, Callable[[Iterable[ArticleScore], BinaryIO], None]] = {
    Format.JSON: _write_json,
    Format.JSONL: _write_jsonl,
    Format.CSV: _write_csv,
    Format.PARQUET: _write_parquet,
}


def format_of(path: Path) -> Format:
    """Return the format that a file's ending names.

    Raises:
        InputError: it names none.
    """
    try:
        return Format(path.suffix.lstrip(".").lower())
    except ValueError:
        raise InputError(
            f"cannot tell the format of {path}: give --format json, jsonl, csv or parquet"
        ) from None


def write_scores(scores: Iterable[ArticleScore], form: Format, path: Path) -> None:
    """Write ``scores`` to ``path``; until the last one is there, the old file stays as it was.

    Raises:
        InputError: the folder is missing or may not be written.
        MissingExtraError: it is Parquet, and pyarrow is not installed.
    """
    with replacing(path) as aside, aside.open("wb") as out:
        WRITERS[form](scores, out)
