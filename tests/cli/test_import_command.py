"""``stance corpus import``: files in, a valid corpus out, losses told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import Run
from toy_corpus import toy_records

from stance.corpus.records import read_records
from stance.experiments.config import load_config
from stance.experiments.run import train
from stance.schema import Example, Power

ROOT = Path(__file__).resolve().parents[2]
HEADER = "text,state,power,stance\n"


def table(folder: Path, *rows: str) -> Path:
    path = folder / "mine.csv"
    path.write_text(HEADER + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_table_becomes_a_valid_corpus(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run(
        "corpus", "import", "csv", table(tmp_path, "Kenya thanked China.,KEN,CHN,toward"), "--out", out
    )
    assert result.code == 0, result.err
    assert "1 sentences, 1 examples" in result.out
    assert run("corpus", "validate", out).out.startswith("valid: 1 sentences")


def test_what_is_lost_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    rows = ("Kenya thanked China.,KEN,CHN,toward", "It rained.,KEN,CHN,none")
    result = run("corpus", "import", "csv", table(tmp_path, *rows), "--out", tmp_path / "out.jsonl")
    assert "dropped 1: the state or the power is not found in the text" in result.err
    assert "mine.csv:3" in result.err


def test_narrowed_sentences_are_told(run: Run, tmp_path: Path) -> None:
    source = table(tmp_path, "Kenya thanked China and Russia.,KEN,CHN,toward")
    assert "narrowed 1" in run("corpus", "import", "csv", source, "--out", tmp_path / "out.jsonl").err


def test_the_split_is_the_users(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    source = table(tmp_path, "Kenya thanked China.,KEN,CHN,toward")
    run("corpus", "import", "csv", source, "--out", out, "--split", "test")
    assert [record.split for record in read_records(out)] == ["test"]


def test_targets_that_are_no_states_go_to_a_table_beside(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "dse.txt"
    source.write_text(
        "[Kenya] hailed [China].\tKenya\tChina\t1\n[Ann] met [Bob].\tAnn\tBob\t1\n", encoding="utf-8"
    )
    result = run("corpus", "import", "dse", source, "--out", tmp_path / "out.jsonl")
    assert result.code == 0, result.err
    row = json.loads((tmp_path / "out.targets").read_text(encoding="utf-8"))
    assert row == {"text": "Ann met Bob.", "target": "Bob", "label": "positive", "holder": "Ann"}
    assert [record.origin for record in read_records(tmp_path / "out.jsonl")] == ["dse"]


def test_the_table_does_not_spoil_the_folder_as_a_corpus(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "dse.txt"
    source.write_text(
        "[Kenya] hailed [China].\tKenya\tChina\t1\n[Ann] met [Bob].\tAnn\tBob\t1\n", encoding="utf-8"
    )
    run("corpus", "import", "dse", source, "--out", tmp_path / "out.jsonl")
    assert run("corpus", "validate", tmp_path).out.startswith("valid: 1 sentences")


def test_the_table_and_the_records_are_two_files(run: Run, tmp_path: Path) -> None:
    source = table(tmp_path, "Kenya thanked China.,KEN,CHN,toward")
    result = run("corpus", "import", "csv", source, "--out", tmp_path / "mine.targets")
    assert (result.code, len(result.error_lines)) == (2, 1)
    assert "give one another name" in result.err


def test_a_format_without_pairs_writes_the_table_alone(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "task6.txt"
    source.write_text("ID\tTarget\tTweet\tStance\n1\tTrams\tMore!\tFAVOR\n", encoding="utf-8")
    targets = tmp_path / "t.jsonl"
    run("corpus", "import", "semeval2016", source, "--out", tmp_path / "o.jsonl", "--targets", targets)
    assert json.loads(targets.read_text(encoding="utf-8"))["label"] == "favor"
    assert not (tmp_path / "o.jsonl").exists()


def test_names_and_labels_can_be_given(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "mine.csv"
    source.write_text("body;who;whom;side\nKenya thanked China.;Kenya;China;pro\n", encoding="utf-8")
    columns = ("--text-column", "body", "--state-column", "who", "--power-column", "whom")
    rest = ("--stance-column", "side", "--label", "pro=toward", "--out", tmp_path / "out.jsonl")
    result = run("corpus", "import", "csv", source, *columns, *rest)
    assert result.code == 0, result.err
    assert next(read_records(tmp_path / "out.jsonl")).examples[0].stance == "toward"


@pytest.mark.parametrize(
    ("rows", "options", "complaint"),
    [
        (["Kenya thanked China.,KEN,CHN,pro"], [], "'pro' is not a stance"),
        (["It rained.,KEN,CHN,none"], [], "nothing in"),
        (["Kenya thanked China.,KEN,CHN,none"], ["--split", "half"], "'half' is not a split"),
        (["Kenya thanked China.,KEN,CHN,none"], ["--label", "x"], "is not WORD=STANCE"),
    ],
)
def test_what_cannot_be_imported_is_one_line(
    run: Run, tmp_path: Path, rows: list[str], options: list[str], complaint: str
) -> None:
    out = tmp_path / "out.jsonl"
    result = run("corpus", "import", "csv", table(tmp_path, *rows), "--out", out, *options)
    assert result.code == 2
    assert complaint in result.error_lines[-1]
    assert not out.exists()


def test_a_folder_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    source = table(tmp_path, "Kenya thanked China.,KEN,CHN,none")
    result = run("corpus", "import", "csv", source, "--out", tmp_path / "no" / "out.jsonl")
    assert result.code == 2
    assert "there is no folder" in result.error_lines[-1]


def test_an_imported_file_trains_a_model(run: Run, tmp_path: Path) -> None:
    rows = [f'"{r.text}",{d.state},{d.power},{d.stance}' for r in toy_records() for d in r.examples]
    out = tmp_path / "out.jsonl"
    assert run("corpus", "import", "csv", table(tmp_path, *rows), "--out", out).code == 0
    config = load_config(ROOT / "configs/linear_lr.yaml", [f"data.path={out}", "linear.min_df=1"])
    outcome = train(config)
    assert len(outcome.data.records["train"]) == 60
    row = Example("Kenya condemned Russia and expelled its envoy.", "KEN", Power.RUS, ())
    assert outcome.classifier.predict_proba([row]).shape == (1, 4)


@pytest.mark.parametrize("option", ["--out", "--targets"])
def test_the_table_is_not_written_over(run: Run, tmp_path: Path, option: str) -> None:
    path = table(tmp_path, "Kenya thanked China.,KEN,CHN,toward")
    options = {"--out": tmp_path / "out.jsonl"} | {option: path}
    result = run("corpus", "import", "csv", path, *(part for pair in options.items() for part in pair))
    assert (result.code, f"{option} {path} is one of the inputs" in result.err) == (2, True)
    assert path.read_text(encoding="utf-8").startswith(HEADER)
