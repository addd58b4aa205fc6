"""What a reader makes of a row: a labelled pair, a labelled target, or nothing, with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from stance.schema import STATE_CODES, Mention, Power, Span, Stance
from stance.text.mentions import find_mentions


@dataclass(frozen=True, slots=True)
class Pair:
    """A directed pair in a sentence, and its label.

    Attributes:
        where: the row, for reports: FILE:LINE.
        annotations: the labels of single annotators, where the source has them.
        group: what a split must not part; None groups by sentence.
    """

    where: str
    text: str
    state: str
    power: Power
    stance: Stance
    annotations: tuple[Stance, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A label toward a target that is no pair of a state and a power; ``label`` is the source's word."""

    text: str
    target: str
    label: str
    holder: str | None = None

    def line(self) -> str:
        """The row as one line of JSON."""
        row = {"text": self.text, "target": self.target, "label": self.label}
        return json.dumps(row | ({"holder": self.holder} if self.holder else {}), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row, or a pair of it, that cannot be kept."""

    where: str
    reason: str


Item: TypeAlias = Pair | Target | Dropped


def state_at(mentions: Iterable[Mention], span: Span) -> str | None:
    """Return the one state that is mentioned in ``span``; None if there is none or more than one."""
    found = {mention.state for mention in mentions if mention.span.overlaps(span)}
    return found.pop() if len(found) == 1 else None


def state_named(name: str) -> str | None:
    """Return the code of the state that a cell names ("PAK", "Pakistan"), or None."""
    if name.strip() in STATE_CODES:
        return name.strip()
    found = {mention.state for mention in find_mentions(name)}
    return found.pop() if len(found) == 1 else None
