"""The formats that can be imported: a new one is a module with ``read`` and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from stance.corpus.adapters import dse, generic_csv, label_studio, newsmtsc, semeval2016
from stance.corpus.adapters.columns import Columns
from stance.corpus.adapters.items import Item


class Format(StrEnum):
    """The names of the formats, as on the command line and in ``origin``."""

    NEWSMTSC = "newsmtsc"
    DSE = "dse"
    SEMEVAL2016 = "semeval2016"
    CSV = "csv"
    LABEL_STUDIO = "label-studio"


READERS: Mapping[Format, Callable[[Path, Columns], Iterator[Item]]] = {
    Format.NEWSMTSC: lambda path, _: newsmtsc.read(path),
    Format.DSE: lambda path, _: dse.read(path),
    Format.SEMEVAL2016: lambda path, _: semeval2016.read(path),
    Format.CSV: generic_csv.read,
    Format.LABEL_STUDIO: label_studio.read,
}
"""The reader of each format; only a user's own tables have columns to be named."""
