"""A user's own table: columns text, state, power, stance and, if there, annotations.

The separator is found from the header (comma, semicolon, tab, bar). States and powers are ISO 3166-1 alpha-3
codes or names that the gazetteer knows. Stances are the four of the codebook, or words that are mapped to
them; mapping a word says that it means the same, which only the user can know. ``annotations`` holds the
labels of single annotators in one cell, between spaces, commas, semicolons or bars.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stance.corpus.adapters.columns import Columns, pair_of
from stance.corpus.adapters.items import Item
from stance.corpus.adapters.reading import named_rows
from stance.errors import CorpusError


def read(path: Path, columns: Columns | None = None) -> Iterator[Item]:
    """Yield the pairs of a table.

    Raises:
        CorpusError: the file is missing, a column is, or a label is none of the four.
    """
    columns = columns or Columns()
    for where, row in named_rows(path):
        for name in (columns.text, columns.state, columns.power, columns.stance):
            if name not in row:
                raise CorpusError(
                    f"{path} has no column {name!r}: name its columns with --text-column, --state-column, "
                    f"--power-column, --stance-column (it has {', '.join(row)})"
                )
        names = row[columns.state], row[columns.power]
        stance = columns.label(row[columns.stance], where)
        annotations = columns.words(row.get(columns.annotations, ""), where)
        yield pair_of(where, row[columns.text], names, stance, annotations)
