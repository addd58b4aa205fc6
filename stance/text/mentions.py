"""The one question that later stages ask of the gazetteer: which states does a text mention, and where?"""

from __future__ import annotations

from stance.schema import Mention
from stance.text.gazetteer import Gazetteer


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return every mention of a state in ``text``, in order; offsets point into ``text``."""
    return Gazetteer.load().find(text)
