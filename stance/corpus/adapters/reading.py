"""From a file to its rows, with the errors that all readers share."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from stance.errors import CorpusError
from stance.text.decoding import decode

_CELL_LIMIT = 1 << 30
Model = TypeVar("Model", bound=BaseModel)


def read_text(path: Path) -> str:
    """Return the text of a file in whatever encoding it is saved.

    Raises:
        CorpusError: it is missing or empty.
        InputError: it is no text.
    """
    try:
        text = decode(path.read_bytes(), str(path))
    except OSError as error:
        raise CorpusError(f"cannot read {path}: {error.strerror or error}") from None
    if not text.strip():
        raise CorpusError(f"{path} is empty")
    return text


def json_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield ("FILE:LINE", line) for every line that is not blank."""
    for number, line in enumerate(io.StringIO(read_text(path)), start=1):
        if line.strip():
            yield f"{path}:{number}", line


def json_list(path: Path) -> list[Any]:
    """Return the list that a JSON file holds.

    Raises:
        CorpusError: it is not JSON, or not a list.
    """
    try:
        value = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{path} is not JSON: {error}") from None
    if not isinstance(value, list):
        raise CorpusError(f"{path} holds no list of tasks: export the project as JSON or JSON-MIN")
    return value


def parse(model: type[Model], value: object, where: str) -> Model:
    """Check a value against ``model``; a string is taken for JSON.

    Raises:
        CorpusError: it does not fit; the message names ``where`` and the key.
    """
    try:
        return model.model_validate_json(value) if isinstance(value, str) else model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the row"
        raise CorpusError(f"{where}: {place}: {first['msg']}") from None


def tab_rows(path: Path, *, quoted: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield ("FILE:LINE", cells) of a file with tabs; ``quoted`` says whether quotes enclose a cell."""
    lines = io.StringIO(read_text(path), newline="")
    if quoted:
        yield from _rows(path, csv.reader(lines, "excel-tab"))
    else:
        yield from _rows(path, csv.reader(lines, "excel-tab", quoting=csv.QUOTE_NONE))


def named_rows(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield ("FILE:LINE", cells by column) of a CSV; the header tells what separates its columns."""
    text = read_text(path)
    delimiter = max(",;\t|", key=text.partition("\n")[0].count)
    # Strict, for a quote that is never closed would else swallow the rows behind it.
    rows = _rows(path, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    _, header = next(rows, ("", []))
    names = [name.strip() for name in header]
    if not names:
        raise CorpusError(f"{path} has no header: its first line names the columns")
    if twice := [name for name, number in Counter(names).items() if name and number > 1]:
        raise CorpusError(f"{path} has the column {twice[0]!r} more than once: rename one of them")
    for where, cells in rows:
        if len(cells) != len(names):
            raise CorpusError(f"{where}: {len(cells)} cells under {len(names)} columns")
        yield where, dict(zip(names, cells, strict=True))


def _rows(path: Path, reader: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield ("FILE:LINE", cells), the line being the one where the row begins."""
    csv.field_size_limit(_CELL_LIMIT)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield f"{path}:{begins}", cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise CorpusError(
            f"{path}:{begins}: {error}: close every quoted cell, and double the quotes inside it"
        ) from None
