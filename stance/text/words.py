"""The one tokenisation that counts, comparisons and linear features share."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def words(text: str) -> list[str]:
    """Return the words of ``text`` in lower case, in order."""
    return [match.group().lower() for match in _WORD.finditer(text)]
