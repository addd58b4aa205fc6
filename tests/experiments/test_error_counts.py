"""The counts of the errors that were read one by one: experiments/errors."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "experiments" / "errors"
COUNT = runpy.run_path(str(FOLDER / "count.py"))


@pytest.mark.parametrize(("name", "errors"), [("real_validation.tsv", 230), ("real_dev.tsv", 60)])
def test_every_judgement_is_of_a_disagreement_and_counted_once(name: str, errors: int) -> None:
    rows = COUNT["read_judgements"](FOLDER / name)
    assert len({(row["id"], row["pair"]) for row in rows}) == errors
    assert all(row["label"] != row["model"] for row in rows)


def test_left_out_the_file_is_that_of_the_validation_split(capsys: pytest.CaptureFixture[str]) -> None:
    COUNT["main"]()
    assert "| all | 187 | 40 | 3 | 230 |" in capsys.readouterr().out


def test_the_file_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    COUNT["main"]([str(FOLDER / "real_dev.tsv")])
    assert "| all | 45 | 15 | 0 | 60 |" in capsys.readouterr().out


def test_a_kind_outside_the_list_names_the_row(tmp_path: Path) -> None:
    path = tmp_path / "judged.tsv"
    path.write_text("id\tkind\tverdict\none\tweather\tmodel\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"judged\.tsv: one"):
        COUNT["read_judgements"](path)
