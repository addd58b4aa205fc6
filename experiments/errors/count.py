"""Count the judgements of a file by kind and verdict.

Run ``python experiments/errors/count.py [FILE.tsv]``; left out, the file is real_validation.tsv. It prints
two Markdown tables: kind by verdict, and kind by how the model erred (a position missed, one read where
there is none, or the wrong position).
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

JUDGEMENTS = Path(__file__).with_name("real_validation.tsv")
KINDS = (
    "cooperation", "pressing", "claim", "friction", "wrong_pair", "tie", "modality", "implied", "backing",
    "side_by_side", "speaker", "turned", "power_act", "headline", "routine", "context", "talks", "asking",
)  # fmt: skip
VERDICTS = ("model", "either", "label")
WAYS = ("missed", "overread", "other label")

Row = dict[str, str]


def read_judgements(path: Path = JUDGEMENTS) -> list[Row]:
    """Return the rows of the file, one a judged example.

    Args:
        path: A TSV file with the columns id, pair, label, model, kind, rule and verdict.

    Raises:
        ValueError: A kind or a verdict is not in the closed list.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    for row in rows:
        if row["kind"] not in KINDS or row["verdict"] not in VERDICTS:
            raise ValueError(f"{path.name}: {row['id']}: use the kinds and verdicts of count.py")
    return rows


def way(row: Row) -> str:
    """Say how the model left the label: a position missed, one too many, or another one."""
    if row["model"] == "none":
        return "missed"
    return "overread" if row["label"] == "none" else "other label"


def table(rows: Iterable[Row], column: Callable[[Row], str], columns: tuple[str, ...]) -> str:
    """Return a Markdown table of the kinds against the values of ``column``, with sums."""
    counts = Counter((row["kind"], column(row)) for row in rows)
    lines = ["| kind | " + " | ".join(columns) + " | all |", "| --- |" + " --: |" * (len(columns) + 1)]
    cells = {kind: [counts[kind, name] for name in columns] for kind in KINDS}
    cells["all"] = [sum(cells[kind][k] for kind in KINDS) for k in range(len(columns))]
    lines += [f"| {kind} | {' | '.join(map(str, row))} | {sum(row)} |" for kind, row in cells.items()]
    return "\n".join(lines)


def main(arguments: Sequence[str] = ()) -> None:
    """Print both tables of the file that ``arguments`` name first."""
    rows = read_judgements(Path(arguments[0]) if arguments else JUDGEMENTS)
    print(table(rows, lambda row: row["verdict"], VERDICTS), end="\n\n")
    print(table(rows, way, WAYS))


if __name__ == "__main__":
    main(sys.argv[1:])
