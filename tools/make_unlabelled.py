"""Make data/unlabelled from rows of real news without labels: references alone, nothing near a test.

usage: python tools/make_unlabelled.py ROWS.jsonl [YARDSTICK.jsonl ...]

A row has text, sha1, source, doc, repo, commit and path. Left out are the documents of the validation and
test split of data/real, whatever is nearly the same (Jaccard 0.7 of masked words) as a sentence of the
validation or test split or of a yardstick (rows with a text that measure models and never train one), and
whatever is in the corpus already.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stance.corpus.location import references_folder, unlabelled_sources
from stance.corpus.near_duplicates import masked_words, near_any
from stance.corpus.own import own_records
from stance.corpus.references import read_references, sha1
from stance.corpus.unlabelled import Source, write_sources
from stance.corpus.validate import NEAR_DUPLICATE
from stance.text.mentions import find_mentions

HELD_OUT = ("validation", "test")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _masked(text: str) -> frozenset[str]:
    return frozenset(masked_words(text, find_mentions(text)))


def held_out_texts(yardsticks: Sequence[Path]) -> list[str]:
    """The sentences that nothing which trains a model may resemble."""
    texts = [record.text for record in own_records() if record.split in HELD_OUT]
    return texts + [row["text"] for path in yardsticks for row in _rows(path)]


def main(path: Path, yardsticks: Sequence[Path]) -> None:
    """Write ``data/unlabelled/sources.jsonl`` and say what was left out."""
    rows = _rows(path)
    references = list(read_references(references_folder()))
    documents = {reference.doc for reference in references if reference.split in HELD_OUT}
    labelled = {reference.sha1 for reference in references}
    held_out = [_masked(text) for text in held_out_texts(yardsticks)]
    too_near = near_any([_masked(row["text"]) for row in rows], held_out, NEAR_DUPLICATE)
    left_out: Counter[str] = Counter()
    chosen: defaultdict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for index, row in enumerate(rows):
        if row["doc"] in documents:
            left_out["in a document of validation or test"] += 1
        elif index in too_near:
            left_out["nearly the same as a held-out sentence"] += 1
        elif row["sha1"] in labelled:
            left_out["labelled already"] += 1
        elif sha1(row["text"]) != row["sha1"]:
            left_out["another sha1"] += 1
        else:
            chosen[row["source"], row["repo"], row["commit"], row["path"]].add(row["sha1"])
    unlabelled_sources().parent.mkdir(exist_ok=True)
    write_sources(
        (
            Source(source=source, repo=repo, commit=commit, path=file, sha1s=tuple(sorted(keys)))
            for (source, repo, commit, file), keys in chosen.items()
        ),
        unlabelled_sources(),
    )
    print(f"{sum(map(len, chosen.values()))} sentences of {len(chosen)} files; left out: {dict(left_out)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
