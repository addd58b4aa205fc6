"""Finding given surface forms in a text: for corpora that say which words are the mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from stance.schema import Mention


@lru_cache(maxsize=4096)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def locate(text: str, forms: Mapping[str, Iterable[str]]) -> tuple[Mention, ...]:
    """Return every place where one of ``forms`` (state code -> surface forms) stands as whole words.

    Where two forms overlap the earlier and then the longer one wins ("South Korea" over "Korea").
    """
    owner = {form: code for code, names in forms.items() for form in names if form}
    if not owner:
        return ()
    matches = _pattern(tuple(owner)).finditer(text)
    return tuple(Mention(m.start(), m.end(), owner[m.group()], m.group()) for m in matches)
