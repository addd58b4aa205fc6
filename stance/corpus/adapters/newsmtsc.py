"""NewsMTSC (Hamborg and Donnay, 2021): the sentiment of news sentences toward persons and other targets.

JSON lines, in either of its two layouts: ``sentence_normalized`` and ``targets``, each with ``from``,
``to``, ``mention``, ``polarity`` (2 negative, 4 neutral, 6 positive); or, as on the Hugging Face hub, one
target a line with ``sentence``, ``mention``, ``polarity`` (-1, 0, 1), ``from``, ``to``.

Every target becomes a row of the target table with the label negative, neutral or positive. Nothing becomes
an example, even where the target is a state: the sentiment is the sentence's, and no state holds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, Field

from stance.corpus.adapters.items import Dropped, Item, Target
from stance.corpus.adapters.reading import json_lines, parse

OWN_SCALE: Mapping[float, str] = {2: "negative", 4: "neutral", 6: "positive"}
HUB_SCALE: Mapping[float, str] = {-1: "negative", 0: "neutral", 1: "positive"}


class _Mention(BaseModel):
    start: int = Field(alias="from", ge=0)
    end: int = Field(alias="to", ge=0)
    mention: str = Field(min_length=1)
    polarity: float


class _Sentence(BaseModel):
    sentence: str = Field(alias="sentence_normalized", min_length=1)
    targets: tuple[_Mention, ...]


class _HubRow(_Mention):
    sentence: str = Field(min_length=1)


def read(path: Path) -> Iterator[Item]:
    """Yield a target for every target of a NewsMTSC file; one that is not at its offsets is dropped.

    Raises:
        CorpusError: the file is missing, or a line is not of the format.
    """
    for where, line in json_lines(path):
        if _is_of_hub(line):
            row = parse(_HubRow, line, where)
            yield _target(where, row.sentence, row, HUB_SCALE)
        else:
            sentence = parse(_Sentence, line, where)
            for target in sentence.targets:
                yield _target(where, sentence.sentence, target, OWN_SCALE)


def _is_of_hub(line: str) -> bool:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False  # the parser will say what is wrong with it
    return isinstance(row, dict) and "targets" not in row and "sentence" in row


def _target(where: str, text: str, target: _Mention, scale: Mapping[float, str]) -> Target | Dropped:
    if text[target.start : target.end] != target.mention:
        return Dropped(where, "the target is not at its offsets")
    if target.polarity not in scale:
        return Dropped(where, "the polarity is not on the format's scale")
    return Target(text, target.mention, scale[target.polarity])
