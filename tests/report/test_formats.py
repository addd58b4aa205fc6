"""Files for programs: whole or not at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from scored_articles import scored

from stance.errors import InputError, MissingExtraError
from stance.report.formats import Format, format_of, write_scores
from stance.report.records import ROW_COLUMNS, to_object, to_rows
from stance.scoring.scorer import ArticleScore

SCORE = scored(("PAK", "CHN", (0.9, 0.0, 0.0, 0.1)), ("VNM", "USA", (0.1, 0.2, 0.6, 0.1)))


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "parquet"])
def test_every_format_is_told_by_its_ending(name: str) -> None:
    assert format_of(Path(f"x.{name}")) == Format(name)


def test_an_unknown_ending_is_refused() -> None:
    with pytest.raises(InputError, match="cannot tell the format"):
        format_of(Path("scores.doc"))


@pytest.mark.parametrize("form", [Format.JSON, Format.JSONL, Format.CSV, Format.PARQUET])
def test_every_format_writes_a_file(form: Format, tmp_path: Path) -> None:
    path = tmp_path / "out"
    write_scores([SCORE, SCORE], form, path)
    assert path.stat().st_size > 0
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_rows_and_columns_agree() -> None:
    assert all(list(row) == list(ROW_COLUMNS) for row in to_rows(SCORE))


def test_parquet_keeps_types_and_nulls(tmp_path: Path) -> None:
    write_scores([SCORE], Format.PARQUET, tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    assert table.column("n").to_pylist() == [1, 1]
    assert table.column("date").to_pylist() == [None, None]
    assert table.column("score").to_pylist() == [pytest.approx(0.9), pytest.approx(-0.1)]


def test_parquet_of_nothing_still_has_its_columns(tmp_path: Path) -> None:
    write_scores([], Format.PARQUET, tmp_path / "a.parquet")
    assert pq.read_table(tmp_path / "a.parquet").column_names == list(ROW_COLUMNS)


@pytest.fixture
def without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)


@pytest.mark.usefixtures("without_pyarrow")
def test_parquet_without_pyarrow_names_the_extra_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(MissingExtraError, match=r"writing Parquet needs .*\.\[parquet\]"):
        write_scores([SCORE], Format.PARQUET, tmp_path / "a.parquet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("without_pyarrow")
@pytest.mark.parametrize("form", [Format.JSON, Format.JSONL, Format.CSV])
def test_the_other_formats_need_no_pyarrow(form: Format, tmp_path: Path) -> None:
    write_scores([SCORE], form, tmp_path / "out")
    assert (tmp_path / "out").stat().st_size > 0


def test_an_interrupted_write_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken() -> Iterator[ArticleScore]:
        yield SCORE
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_scores(broken(), Format.JSONL, tmp_path / "a.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write"):
        write_scores([SCORE], Format.JSON, tmp_path / "no" / "a.json")


def test_the_object_is_plain_json() -> None:
    assert json.loads(json.dumps(to_object(SCORE))) == to_object(SCORE)


def test_shares_are_named_by_label() -> None:
    assert to_object(SCORE)["alignments"][0]["shares"] == {
        "toward": 0.9,
        "away": 0.0,
        "hedging": 0.0,
        "none": 0.1,
    }
