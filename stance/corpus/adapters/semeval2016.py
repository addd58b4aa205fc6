"""SemEval-2016 task 6 (Mohammad et al., 2016): the stance of a tweet's author toward a target.

Tabs between ``ID``, ``Target``, ``Tweet``, ``Stance`` (FAVOR, AGAINST, NONE), the header first, no quoting;
further columns are not read. Files before the task's end carry UNKNOWN, which is no label.

Every tweet becomes a row of the target table with the label favor, against or none. Nothing becomes an
example: the stance is the author's, who is a person and no state. ``none`` here means that no stance can be
inferred, not that none is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stance.corpus.adapters.items import Dropped, Item, Target
from stance.corpus.adapters.reading import tab_rows
from stance.errors import CorpusError

COLUMNS = ("Target", "Tweet", "Stance")
LABELS = frozenset({"favor", "against", "none"})


def read(path: Path) -> Iterator[Item]:
    """Yield a target for every labelled tweet.

    Raises:
        CorpusError: the file is missing, has not the task's columns, or a line is cut short.
    """
    rows = tab_rows(path, quoted=False)
    header = [name.strip() for name in next(rows)[1]]
    if not set(COLUMNS) <= set(header):
        raise CorpusError(f"{path} is not of SemEval-2016 task 6: its header must name {', '.join(COLUMNS)}")
    places = [header.index(name) for name in COLUMNS]
    for where, cells in rows:
        if len(cells) <= max(places):
            raise CorpusError(f"{where}: {len(cells)} cells under {len(header)} columns")
        target, tweet, label = (cells[place].strip() for place in places)
        yield _item(where, target, tweet, label.lower())


def _item(where: str, target: str, tweet: str, label: str) -> Item:
    if not target or not tweet:
        return Dropped(where, "the target or the tweet is empty")
    return Target(tweet, target, label) if label in LABELS else Dropped(where, "the tweet has no label")
