"""Make data/real from annotated rows of real news: split them, and leave their text behind.

usage: python tools/make_references.py ROWS.jsonl

A row has id, text, sha1, source, doc, repo, commit, path, pick, mentions and examples; an example with
``mention: false`` marks what was taken for a state and is none. Rows are split 70/10/20 by document and
near-duplicate cluster; one source is kept whole for the test split, as out of domain.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from stance.corpus.location import data_folder
from stance.corpus.records import LabelledDyad, Record
from stance.corpus.references import Reference, write_references
from stance.corpus.split import split_records

SEED = 13
OUT_OF_DOMAIN = "fwd-news"
KEPT = ("id", "sha1", "source", "doc", "repo", "commit", "path", "pick")


def _traps(row: dict[str, Any]) -> set[str]:
    """The codes that are in no true example: all their pairs are marked."""
    pairs = {(e["state"], e["power"]): e.get("mention", True) for e in row["examples"]}
    return {code for code in row["mentions"] if not any(true for pair, true in pairs.items() if code in pair)}


def reference(row: dict[str, Any]) -> Reference:
    """The reference of a row, not yet split."""
    traps = _traps(row)
    dyads = [
        {k: v for k, v in e.items() if k != "mention"} for e in row["examples"] if e.get("mention", True)
    ]
    return Reference(
        **{key: row[key] for key in KEPT},
        split="train",
        mentions={code: tuple(forms) for code, forms in row["mentions"].items() if code not in traps},
        traps={code: tuple(forms) for code, forms in row["mentions"].items() if code in traps},
        examples=tuple(LabelledDyad.model_validate(dyad) for dyad in dyads),
    )


def _record(row: dict[str, Any], made: Reference) -> Record:
    """A record for the split, also of a row that holds traps alone."""
    bare = {"id": made.id, "text": row["text"], "mentions": made.mentions, "examples": made.examples}
    return Record(
        **bare, split="train", group=made.doc, register="news", phenomenon="real", origin=made.source
    )


def main(path: Path) -> None:
    """Write the references of the rows in ``path`` to ``data/real``."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    made = [reference(row) for row in rows]
    records = [_record(row, one) for row, one in zip(rows, made, strict=True)]
    split = split_records(records, SEED, lambda record: record.origin == OUT_OF_DOMAIN)
    chosen = {record.id: record.split for record in split}
    write_references(
        (one.model_copy(update={"split": chosen[one.id]}) for one in made), data_folder() / "real"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
