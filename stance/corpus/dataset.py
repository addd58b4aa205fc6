"""The corpus as Hugging Face datasets sees it: one typed row an example."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stance.corpus.location import corpus_folder
from stance.corpus.records import SPLITS, Record, read_records
from stance.errors import MissingExtraError
from stance.schema import LABELS, POWERS

if TYPE_CHECKING:
    from datasets import DatasetDict


def rows(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Return one flat row for every example of ``records``."""
    return [
        {
            "id": record.example_id(dyad),
            "text": record.text,
            "state": dyad.state,
            "power": str(dyad.power),
            "stance": str(dyad.stance),
            "annotations": [str(label) for label in dyad.annotations],
            "group": record.group,
            "register": record.register_,
            "phenomenon": record.phenomenon,
            "origin": record.origin,
        }
        for record in records
        for dyad in record.examples
    ]


def load_corpus(path: str | Path | None = None) -> DatasetDict:
    """Load a corpus as a ``datasets.DatasetDict`` with the splits train, validation and test.

    Args:
        path: a ``.jsonl`` file or a folder of them; left out, the project's composed corpus.

    Returns:
        Rows with ``id, text, state, power, stance, annotations, group, register, phenomenon, origin``;
        ``stance`` and ``power`` are ``ClassLabel``.

    Raises:
        CorpusError: the file is missing or breaks the format.
        MissingExtraError: the package datasets is not installed.
    """
    try:
        from datasets import ClassLabel, Dataset, DatasetDict, Features, List, Value
    except ImportError:
        raise MissingExtraError("load_corpus", "train") from None
    records = list(read_records(Path(path) if path is not None else corpus_folder()))
    plain = dict.fromkeys(
        ("id", "text", "state", "group", "register", "phenomenon", "origin"), Value("string")
    )
    stance = ClassLabel(names=[str(label) for label in LABELS])
    power = ClassLabel(names=[str(code) for code in POWERS])
    features = Features(plain | {"power": power, "stance": stance, "annotations": List(stance)})
    return DatasetDict(
        {
            split: Dataset.from_list(rows(r for r in records if r.split == split), features=features)
            for split in SPLITS
        }
    )
