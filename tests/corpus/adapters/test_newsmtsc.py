"""NewsMTSC becomes a target table in both of its layouts, and never an example."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stance.corpus.adapters import newsmtsc
from stance.corpus.adapters.items import Dropped, Item, Target
from stance.errors import CorpusError

TEXT = "The mayor praised the harbour master."
MAYOR = {"from": 4, "to": 9, "mention": "mayor", "polarity": 4.0}
MASTER = {"from": 22, "to": 36, "mention": "harbour master", "polarity": 6.0, "Input.gid": "x"}


def read(folder: Path, *rows: object) -> list[Item]:
    path = folder / "train.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return list(newsmtsc.read(path))


def own(*targets: object) -> dict[str, object]:
    return {"primary_gid": "a", "sentence_normalized": TEXT, "targets": targets}


def test_every_target_of_a_sentence_is_a_row(tmp_path: Path) -> None:
    assert read(tmp_path, own(MAYOR, MASTER)) == [
        Target(TEXT, "mayor", "neutral"),
        Target(TEXT, "harbour master", "positive"),
    ]


def test_two_is_negative_on_the_formats_own_scale(tmp_path: Path) -> None:
    assert read(tmp_path, own(MAYOR | {"polarity": 2.0})) == [Target(TEXT, "mayor", "negative")]


def test_the_layout_of_the_hub_has_one_target_a_line(tmp_path: Path) -> None:
    row = MAYOR | {"polarity": -1, "sentence": TEXT, "id": "x"}
    assert read(tmp_path, row) == [Target(TEXT, "mayor", "negative")]


def test_a_state_as_target_is_a_row_too_for_nobody_holds_the_sentiment(tmp_path: Path) -> None:
    text = "China was generous."
    target = {"from": 0, "to": 5, "mention": "China", "polarity": 6.0}
    assert read(tmp_path, {"sentence_normalized": text, "targets": [target]}) == [
        Target(text, "China", "positive")
    ]


def test_a_target_that_is_not_at_its_offsets_is_dropped(tmp_path: Path) -> None:
    (item,) = read(tmp_path, own(MAYOR | {"from": 5}))
    assert isinstance(item, Dropped)
    assert "offsets" in item.reason


def test_a_polarity_off_the_scale_is_dropped(tmp_path: Path) -> None:
    (item,) = read(tmp_path, own(MAYOR | {"polarity": 3.0}))
    assert isinstance(item, Dropped)
    assert "scale" in item.reason


def test_a_line_without_the_formats_keys_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"train.jsonl:2: sentence_normalized"):
        read(tmp_path, own(MAYOR), {"text": "x"})


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"bad.jsonl:1: the row: Invalid JSON"):
        list(newsmtsc.read(path))
