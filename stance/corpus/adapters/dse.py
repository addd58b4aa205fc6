"""DSE (Park, Pan and Joo, 2021): who blames or endorses whom, the sentiment of one entity toward another.

Lines of four cells between tabs, quoted as in CSV: the sentence with its two entities in square brackets,
the first entity, the second, and a label: 0 neutral; 1 the first is positive toward the second, 2 the second
toward the first; 3 and 4 the same, negative.

Where both entities are mentions of states (by the gazetteer, in the sentence without the brackets) and the
one toward which the label runs is a power, positive is taken for ``toward``, negative for ``away``, and
neutral for ``none`` of each pair. That is a proxy: praise and blame are one part of what the codebook calls
a position, acts count in it more than words, and ``hedging`` never comes out. A label that runs from a power
to a state that is none says nothing of the state's position and is dropped. So is a label between two powers
that has one direction: the format tells nothing of the other, and a sentence must have a label for both.
All other rows go to the target table, with the holder of the sentiment; a neutral one in both directions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stance.corpus.adapters.items import Dropped, Item, Pair, Target, state_at
from stance.corpus.adapters.reading import tab_rows
from stance.errors import CorpusError
from stance.schema import POWERS, Power, Span, Stance
from stance.text.examples import pairs
from stance.text.mentions import find_mentions

NEUTRAL = "0"
DIRECTED = {
    "1": ("positive", False),
    "2": ("positive", True),
    "3": ("negative", False),
    "4": ("negative", True),
}
"""The sentiment of a label, and whether it runs from the second entity to the first."""

STANCES = {"positive": Stance.TOWARD, "negative": Stance.AWAY}


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    text: str
    names: tuple[str, str]
    spans: tuple[Span, Span]
    label: str


def read(path: Path) -> Iterator[Item]:
    """Yield the pairs and targets of a DSE file.

    Raises:
        CorpusError: the file is missing, or a line has not four cells or another label than 0 to 4.
    """
    for where, cells in tab_rows(path, quoted=True):
        row = _parse(where, cells)
        if row is None:
            yield Dropped(where, "the entities do not stand in brackets")
        else:
            yield from _items(row)


def _parse(where: str, cells: Sequence[str]) -> _Row | None:
    if len(cells) != 4 or cells[3].strip() not in {NEUTRAL, *DIRECTED}:
        raise CorpusError(
            f"{where}: a line of DSE is sentence, entity, entity and a label 0 to 4, tabs between"
        )
    sentence, first, second, label = cells
    start = sentence.find(f"[{first}]")
    other = sentence.find(f"[{second}]", start + len(first) + 2)
    if min(start, other) < 0 or not first or not second:
        return None
    end, shifted = start + len(first), other - 2  # without the first one's brackets
    text = sentence[:start] + first + sentence[end + 2 : other] + second + sentence[other + len(second) + 2 :]
    spans = Span(start, end), Span(shifted, shifted + len(second))
    return _Row(where, text, (first, second), spans, label.strip())


def _items(row: _Row) -> Iterator[Item]:
    mentions = find_mentions(row.text)
    first, second = (state_at(mentions, span) for span in row.spans)
    if first is None or second is None or not pairs((first, second)):
        yield from _targets(row)
    elif row.label == NEUTRAL:
        for state, power in pairs((first, second)):
            yield Pair(row.where, row.text, state, power, Stance.NONE)
    else:
        yield _directed(row, first, second)


def _along(label: str, first: str, second: str) -> tuple[str, str, str]:
    """The sentiment of a directed label, who holds it, and toward whom."""
    sentiment, reverse = DIRECTED[label]
    return (sentiment, second, first) if reverse else (sentiment, first, second)


def _directed(row: _Row, first: str, second: str) -> Item:
    sentiment, holder, target = _along(row.label, first, second)
    if target not in POWERS:
        return Dropped(row.where, "the label runs from a power to a state")
    return Pair(row.where, row.text, holder, Power(target), STANCES[sentiment])


def _targets(row: _Row) -> Iterator[Target]:
    first, second = row.names
    if row.label == NEUTRAL:
        yield Target(row.text, second, "neutral", holder=first)
        yield Target(row.text, first, "neutral", holder=second)
        return
    sentiment, holder, target = _along(row.label, first, second)
    yield Target(row.text, target, sentiment, holder)
