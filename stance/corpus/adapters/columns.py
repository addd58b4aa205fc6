"""What a user's own table calls things, and from its words to a labelled pair."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stance.corpus.adapters.items import Dropped, Pair, state_named
from stance.errors import CorpusError, SchemaError
from stance.schema import POWERS, Power, Stance, stance_label

_SEPARATORS = re.compile(r"[\s,;|]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns; ``labels`` maps the table's own labels to the four of the codebook."""

    text: str = "text"
    state: str = "state"
    power: str = "power"
    stance: str = "stance"
    annotations: str = "annotations"
    labels: Mapping[str, Stance] = field(default_factory=dict)

    def label(self, word: str, where: str) -> Stance:
        """Return the stance that a table's word stands for.

        Raises:
            CorpusError: it is none of the four and is not mapped to one.
        """
        word = word.strip()
        if word in self.labels:
            return self.labels[word]
        try:
            return stance_label(word.lower())
        except SchemaError as error:
            raise CorpusError(f"{where}: {error} (or map it: --label {word or 'WORD'}=none)") from None

    def words(self, cell: str, where: str) -> tuple[Stance, ...]:
        """Return the labels in one cell, between white space, commas, semicolons or bars."""
        return tuple(self.label(word, where) for word in _SEPARATORS.split(cell) if word)


def mapping(pairs: Sequence[str]) -> dict[str, Stance]:
    """Return what ``WORD=STANCE`` options say.

    Raises:
        CorpusError: one has no equals sign, or its stance is none of the four.
    """
    found = {}
    for pair in pairs:
        word, sign, label = pair.rpartition("=")
        if not sign or not word:
            raise CorpusError(f"--label {pair!r} is not WORD=STANCE")
        found[word] = stance_label(label)
    return found


def resolve(where: str, state: str, power: str) -> tuple[str, Power] | Dropped:
    """Return the codes that two cells name, or why they are no pair."""
    codes = state_named(state), state_named(power)
    if codes[0] is None:
        return Dropped(where, "the state is no name or code of a state")
    if codes[1] not in POWERS:
        return Dropped(where, "the power is not China, the United States or Russia")
    if codes[0] == codes[1]:
        return Dropped(where, "the state and the power are the same")
    return codes[0], Power(codes[1])


def pair_of(
    where: str,
    text: str,
    names: tuple[str, str],
    stance: Stance,
    annotations: tuple[Stance, ...] = (),
    group: str | None = None,
) -> Pair | Dropped:
    """Return the labelled pair that a row names, or why it is none."""
    if not text.strip():
        return Dropped(where, "the text is empty")
    codes = resolve(where, *names)
    if isinstance(codes, Dropped):
        return codes
    return Pair(where, text.strip(), *codes, stance, annotations, group)
