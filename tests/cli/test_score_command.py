"""``stance score`` as users call it, with the model that ships."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from command import Run
from rich.console import Console

ARTICLE = """Two neighbours, two answers

Islamabad signed a defence pact with Beijing on Monday. Pakistan also condemned the United States.

LEAVE A REPLY
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def another(article: Path) -> Path:
    path = article.with_name("another.txt")
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_a_table_shows_states_by_powers_and_the_evidence(run: Run, article: Path) -> None:
    result = run("score", article)
    assert result.code == 0
    assert "Pakistan" in result.out
    assert "CHN" in result.out
    assert "codebook" in result.out


def test_page_furniture_is_never_shown(run: Run, article: Path) -> None:
    assert "LEAVE A REPLY" not in run("score", article).out


def test_json_keeps_the_contract(run: Run, article: Path) -> None:
    scored = json.loads(run("score", article, "--format", "json").out)
    assert set(scored) == {"article", "alignments", "states", "model"}
    assert set(scored["article"]) >= {"id", "title", "date", "source", "language", "sentences"}
    pair = scored["alignments"][0]
    assert set(pair) >= {"state", "power", "score", "interval", "n", "shares", "evidence"}
    assert set(pair["evidence"][0]) >= {"sentence", "start", "end", "label", "probability"}
    assert set(scored["states"][0]) == {"state", "lean"}
    assert set(scored["model"]) >= {"name", "version", "codebook"}


def test_every_offset_points_into_the_article(run: Run, article: Path) -> None:
    scored = json.loads(run("score", article, "--format", "json").out)
    for sentence in scored["article"]["sentences"]:
        assert ARTICLE[sentence["start"] : sentence["end"]] == sentence["text"]
        for mention in sentence["mentions"]:
            assert ARTICLE[mention["start"] : mention["end"]] == mention["text"]
    for pair in scored["alignments"]:
        for one in pair["evidence"]:
            assert ARTICLE[one["start"] : one["end"]] == one["sentence"]


def test_the_score_can_be_recomputed_from_the_evidence(run: Run, article: Path) -> None:
    scored = json.loads(run("score", article, "--format", "json").out)
    for pair in scored["alignments"]:
        leans = [e["probabilities"]["toward"] - e["probabilities"]["away"] for e in pair["evidence"]]
        assert pair["score"] == pytest.approx(sum(leans) / pair["n"], abs=1e-3)


def test_several_articles_are_an_array_in_json(run: Run, article: Path, another: Path) -> None:
    assert len(json.loads(run("score", article, another, "--format", "json").out)) == 2


def test_jsonl_has_one_object_a_line(run: Run, article: Path, another: Path) -> None:
    lines = run("score", article, another, "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["article"]["title"] for line in lines] == ["Two neighbours, two answers"] * 2


def test_csv_has_one_row_a_pair(run: Run, article: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("score", article, "--format", "csv").out)))
    assert {(row["state"], row["power"]) for row in rows} >= {("PAK", "CHN"), ("PAK", "USA")}
    assert all(-1 <= float(row["low"]) <= float(row["score"]) <= float(row["high"]) <= 1 for row in rows)


def test_the_ending_of_out_names_the_format(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "alignments.parquet"
    assert run("score", article, "--out", out).code == 0
    assert pq.read_table(out).column("state").to_pylist().count("PAK") == 2


def test_a_failed_run_leaves_the_old_file_as_it_was(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.jsonl"
    out.write_text("precious\n", encoding="utf-8")
    assert run("score", article, tmp_path / "missing.txt", "--out", out).code == 2
    assert out.read_text(encoding="utf-8") == "precious\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.txt", "scores.jsonl"]


def test_standard_input_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert json.loads(run("score", "-", "--format", "json").out)["alignments"]


def test_an_article_without_a_pair_is_an_empty_result(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cats.txt"
    path.write_text("The cat sat on the mat. It purred for an hour.", encoding="utf-8")
    result = run("score", path)
    assert result.code == 0
    assert "No sentence names a state together with a power" in result.out


def test_carry_can_be_switched_off(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "carry.txt"
    path.write_text("Islamabad took another loan last week. The country now owes China a third of its debt.")
    carried = json.loads(run("score", path, "--format", "json").out)["alignments"]
    assert [(pair["state"], pair["evidence"][0]["carried"]) for pair in carried] == [("PAK", True)]
    assert json.loads(run("score", path, "--format", "json", "--no-carry").out)["alignments"] == []


BAD_INPUTS = {
    "empty.txt": b"",
    "picture.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
    "blank.html": b"<html><head></head><body></body></html>",
    "broken.jsonl": b"{not json\n",
}


@pytest.mark.parametrize("name", BAD_INPUTS)
def test_a_bad_input_is_one_line_and_exit_2(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BAD_INPUTS[name])
    result = run("score", path)
    assert result.code == 2
    assert len(result.error_lines) == 1
    assert name in result.err


def test_invalid_utf8_is_read_all_the_same(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Côte d'Ivoire thanked China for the stadium in Yamoussoukro.".encode("latin-1"))
    assert json.loads(run("score", path, "--format", "json").out)["alignments"][0]["state"] == "CIV"


def test_an_unknown_column_names_the_columns_there_are(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text("headline,story\nA,Pakistan thanked China.\n", encoding="utf-8")
    result = run("score", path, "--text-column", "body")
    assert result.code == 2
    assert "headline" in result.err
    assert "story" in result.err


@pytest.mark.parametrize("model", ["nowhere", "models:/stance@nobody"])
def test_a_missing_model_is_one_line(run: Run, article: Path, model: str, tmp_path: Path) -> None:
    result = run("score", article, "--model", model, "--store", f"sqlite:///{tmp_path}/mlflow.db")
    assert result.code == 2
    assert model in result.error_lines[-1]


def test_a_format_that_cannot_be_told_is_one_line(run: Run, article: Path) -> None:
    result = run("score", article, "--out", "scores.xyz")
    assert result.code == 2
    assert "--format" in result.err


def test_a_missing_argument_is_exit_2(run: Run) -> None:
    assert run("score").code == 2


def test_an_input_is_not_written_over(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("text\nPakistan thanked China.\n", encoding="utf-8")
    result = run("score", path, "--out", path)
    assert (result.code, "is one of the inputs" in result.err) == (2, True)
    assert path.read_text(encoding="utf-8").startswith("text\n")


@pytest.mark.parametrize("name", ["scores.csv", "deep/scores.jsonl"])
def test_nothing_is_written_where_the_next_run_would_read_it(run: Run, article: Path, name: str) -> None:
    out = article.parent / name
    result = run("score", article.parent, "--out", out)
    assert (result.code, len(result.error_lines)) == (2, 1)
    assert f"--out {out} is below the input {article.parent}" in result.err
    assert not out.exists()


def test_beside_the_input_folder_is_a_good_place(run: Run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    article.rename(tmp_path / "news" / article.name)
    assert run("score", tmp_path / "news", "--out", tmp_path / "scores.csv").code == 0


def test_a_table_in_a_file_has_no_colours(
    run: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("stance.cli.score.output", Console(force_terminal=True, color_system="truecolor"))
    out = tmp_path / "table.txt"
    assert run("score", article, "--format", "table", "--out", out).code == 0
    written = out.read_text(encoding="utf-8")
    assert "Pakistan" in written
    assert "\x1b" not in written


def test_a_name_in_brackets_is_no_markup(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "news[may].csv"
    assert "news[may].csv" in run("score", article, "--out", out).err


def test_a_terminal_that_lacks_a_letter_shows_the_rest(article: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from stance.cli.main import main; main()", "score", str(article)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"Pakistan" in done.stdout


def test_a_file_that_failed_in_its_folder_fails_by_its_name(run: Run, article: Path) -> None:
    bad = article.with_name("bad.pdf")
    bad.write_bytes(b"%PDF-1.7")
    result = run("score", article.parent, bad)
    assert result.code == 2
    assert result.error_lines[-1].startswith(f"error: {bad} is a PDF")


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_a_reader_that_has_had_enough_is_no_error(article: Path, another: Path, form: str) -> None:
    script = "from stance.cli.main import main; main()"
    command = [sys.executable, "-c", script, "score", str(article), str(another), "--format", form]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
