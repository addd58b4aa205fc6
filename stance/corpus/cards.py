"""Cards: what a composed sentence is meant to hold, dealt before it is written.

The joint distribution of a composed corpus is what was dealt, not what came to a writer's mind. A card
stays with its sentence, but the label that it intends is never shown to an annotator.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stance.errors import CorpusError, SchemaError
from stance.schema import power_code, stance_label, state_code


@dataclass(frozen=True, slots=True)
class Dyad:
    """A directed pair and the label that the composer is asked for."""

    state: str
    power: str
    stance: str

    def __post_init__(self) -> None:
        state_code(self.state)
        power_code(self.power)
        stance_label(self.stance)
        if self.state == self.power:
            raise SchemaError(f"{self.state} cannot be the state and the power of one dyad")


@dataclass(frozen=True, slots=True)
class Card:
    """The brief for one sentence. ``dyads[0]`` is the one that shows the phenomenon."""

    id: str
    group: str
    dyads: tuple[Dyad, ...]
    phenomenon: str
    register: str
    topic: str
    year: int
    length: str
    opening: str
    order: str
    forms: dict[str, str]
    unseen: bool = False

    def line(self) -> str:
        """The card as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def card_of(row: dict[str, Any]) -> Card:
    """Return the card that ``Card.line`` wrote as ``row``."""
    dyads = tuple(Dyad(**dyad) for dyad in row["dyads"])
    return Card(**{**row, "dyads": dyads})


def _parse(line: str, where: str) -> Card:
    try:
        return card_of(json.loads(line))
    except (ValueError, TypeError, KeyError) as error:
        raise CorpusError(f"{where} is not a card: {error}") from None


def read_cards(path: Path) -> list[Card]:
    """Read a file of cards, one JSON object a line.

    Raises:
        CorpusError: the file cannot be read, or a line is not a card.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            return [_parse(line, f"{path}:{number}") for number, line in enumerate(lines, start=1)]
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"cannot read the cards {path}: {error}") from None


def load_design(folder: Path) -> dict[str, Any]:
    """Read ``design.toml`` and ``decks.toml`` of ``folder`` into one mapping.

    Raises:
        CorpusError: a file is missing or is not TOML.
    """
    design: dict[str, Any] = {}
    for name in ("design.toml", "decks.toml"):
        try:
            design |= tomllib.loads((folder / name).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CorpusError(f"cannot read the design {folder / name}: {error}") from None
    return design
