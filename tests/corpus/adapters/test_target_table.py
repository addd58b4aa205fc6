"""The target table: written and read, and what is no row of one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stance.corpus.adapters.items import Target
from stance.corpus.adapters.target_table import read_targets, write_targets
from stance.errors import CorpusError

ROWS = [
    Target("More trams for Leeds!", "trams", "favor"),
    Target("The mayor mocked\u2028cyclists.", "cyclists", "against", "mayor"),
]


def test_the_target_table_is_json_lines(tmp_path: Path) -> None:
    write_targets([Target("Trams!", "trams", "favor"), Target("x", "y", "z", "h")], tmp_path / "t.jsonl")
    first, second = map(json.loads, (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines())
    assert first == {"text": "Trams!", "target": "trams", "label": "favor"}
    assert second["holder"] == "h"
    assert [path.name for path in tmp_path.iterdir()] == ["t.jsonl"]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_targets(ROWS, tmp_path / "t.jsonl")
    assert read_targets(tmp_path / "t.jsonl") == ROWS


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1, 2]",
        "null",
        '{"text": "a", "target": "b"}',
        '{"text": "a", "target": "b", "label": 3}',
        '{"text": "a", "target": " ", "label": "for"}',
        '{"text": "a", "target": "b", "label": "for", "holder": 7}',
    ],
)
def test_a_line_that_is_no_row_is_named(tmp_path: Path, line: str) -> None:
    write_targets(ROWS, tmp_path / "t.jsonl")
    with (tmp_path / "t.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(CorpusError, match=r"t.jsonl:3: not"):
        read_targets(tmp_path / "t.jsonl")


def test_one_label_teaches_nothing(tmp_path: Path) -> None:
    write_targets(ROWS[:1], tmp_path / "t.jsonl")
    with pytest.raises(CorpusError, match="two different labels"):
        read_targets(tmp_path / "t.jsonl")


def test_a_table_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"none.jsonl"):
        read_targets(tmp_path / "none.jsonl")
