"""The target table: labels toward targets that are no states and powers, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from stance.corpus.adapters.items import Target
from stance.errors import CorpusError
from stance.writing import write_lines


def write_targets(targets: Iterable[Target], path: Path) -> None:
    """Write the target table to ``path``, whole or not at all."""
    write_lines((target.line() for target in targets), path)


def read_targets(path: Path) -> list[Target]:
    """Return the rows of a target table.

    Raises:
        CorpusError: it cannot be read, a line is no row of one, or all rows have one label.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # a text may hold other ends of lines
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"cannot read {path}: {error}") from None
    rows = [_row(line, f"{path}:{number}") for number, line in enumerate(lines, start=1) if line.strip()]
    if len({row.label for row in rows}) < 2:
        raise CorpusError(f"{path}: a target table needs two different labels at least to teach something")
    return rows


def _row(line: str, where: str) -> Target:
    try:
        row = json.loads(line)
        text, target, label = (row[key] for key in ("text", "target", "label"))
        holder = row.get("holder")
    except (ValueError, KeyError, TypeError, AttributeError):
        text = target = label = holder = None
    named = all(isinstance(one, str) and one.strip() for one in (text, target, label))
    if not named or not (holder is None or isinstance(holder, str)):
        raise CorpusError(
            f'{where}: not {{"text": ..., "target": ..., "label": ...}}, as "stance corpus import" writes it'
        )
    return Target(text, target, label, holder)
