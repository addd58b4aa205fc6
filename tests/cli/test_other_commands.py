"""The commands beside ``score``: what they print, and how they fail."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import Run
from toy_corpus import toy_records, write_toy_corpus

from stance.corpus.records import read_records, write_records

ROOT = Path(__file__).resolve().parents[2]
ROW = {"text": "Pakistan thanked China.", "state": "PAK", "power": "CHN", "stance": "toward", "note": "x"}


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    rain = ROW | {"text": "It rained.", "stance": "none"}
    path.write_text("".join(json.dumps(row) + "\n" for row in (ROW, rain)), encoding="utf-8")
    return path


def test_evaluate_prints_one_json_object(run: Run, rows: Path) -> None:
    report = json.loads(run("evaluate", "--data", rows, "--json").out)
    assert set(report) >= {"n", "accuracy", "macro_f1", "per_class", "ece", "confusion", "unmatched"}
    assert report["n"] == 2
    assert report["unmatched"] == 1
    assert report["macro_f1_interval"][0] <= report["macro_f1"] <= report["macro_f1_interval"][1]
    assert set(report["per_class"]["toward"]) == {"precision", "recall", "f1", "support"}


def test_evaluate_writes_each_row_with_its_probabilities(run: Run, rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "predictions.jsonl"
    run("evaluate", "--data", rows, "--predictions", out)
    first = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
    assert first["note"] == "x"
    assert sum(first["probabilities"].values()) == pytest.approx(1, abs=1e-4)


def test_evaluate_does_not_write_over_its_data(run: Run, rows: Path) -> None:
    before = rows.read_text(encoding="utf-8")
    result = run("evaluate", "--data", rows, "--predictions", rows)
    assert (result.code, "--predictions" in result.err) == (2, True)
    assert rows.read_text(encoding="utf-8") == before


def test_predictions_need_rows_and_a_place_before_anything_is_scored(run: Run, rows: Path) -> None:
    alone = run("evaluate", "--behaviour", "--predictions", rows.with_name("p.jsonl"))
    assert (alone.code, "--data" in alone.err) == (2, True)
    nowhere = run("evaluate", "--data", rows, "--predictions", rows.parent / "none" / "p.jsonl")
    assert (nowhere.code, nowhere.out, "is no folder" in nowhere.err) == (2, "", True)


def test_evaluate_prints_a_table_for_people(run: Run, rows: Path) -> None:
    out = run("evaluate", "--data", rows).out
    assert "macro-F1" in out
    assert "unmatched 1" in out


def test_evaluate_names_a_missing_file(run: Run, tmp_path: Path) -> None:
    result = run("evaluate", "--data", tmp_path / "none.jsonl")
    assert result.code == 2
    assert "none.jsonl" in result.err


def test_the_projects_corpus_is_valid(run: Run) -> None:
    result = run("corpus", "validate")
    assert result.code == 0, result.err
    assert result.out.startswith("valid: ")


def test_an_empty_corpus_is_not_valid(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    result = run("corpus", "validate", tmp_path / "empty.jsonl")
    assert (result.code, result.error_lines) == (2, [f"error: {tmp_path}/empty.jsonl holds no sentence"])


def test_validate_lists_every_problem_and_fails(run: Run, tmp_path: Path) -> None:
    first = toy_records()[0]
    write_records([first, first.model_copy(update={"examples": ()})], tmp_path / "bad.jsonl")
    result = run("corpus", "validate", tmp_path / "bad.jsonl")
    assert result.code == 2
    assert "t000: the id stands 2 times" in result.err
    assert "has no example" in result.err


def test_stats_count_the_labels(run: Run, tmp_path: Path) -> None:
    out = run("corpus", "stats", write_toy_corpus(tmp_path)).out
    assert "hedging" in out
    assert "25.0%" in out


def test_split_writes_three_files_that_hold_everything(run: Run, tmp_path: Path) -> None:
    write_toy_corpus(tmp_path)
    (tmp_path / "toy.jsonl").rename(tmp_path / "train.jsonl")
    assert run("corpus", "split", tmp_path, "--seed", 1, "--only-test", "").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "test.jsonl",
        "train.jsonl",
        "validation.jsonl",
    ]
    assert len(list(read_records(tmp_path))) == 60


def test_split_removes_the_files_that_it_parted_and_says_so(run: Run, tmp_path: Path) -> None:
    write_toy_corpus(tmp_path)
    result = run("corpus", "split", tmp_path)
    assert "removed toy.jsonl: every sentence is in the three files" in result.out
    assert not (tmp_path / "toy.jsonl").exists()
    assert len(list(read_records(tmp_path))) == 60


def test_a_split_that_stays_empty_is_told(run: Run, tmp_path: Path) -> None:
    write_records(toy_records()[:1], tmp_path / "one.jsonl")
    assert "nothing for validation, test" in run("corpus", "split", tmp_path).err


def test_split_needs_a_folder(run: Run, tmp_path: Path) -> None:
    assert run("corpus", "split", write_toy_corpus(tmp_path)).code == 2


def test_cards_are_dealt_to_a_file(run: Run, tmp_path: Path) -> None:
    assert run("corpus", "cards", tmp_path / "cards.jsonl", "--seed", 1).code == 0
    assert len((tmp_path / "cards.jsonl").read_text(encoding="utf-8").splitlines()) == 4200


def test_hydrate_asks_where_the_text_comes_from(run: Run) -> None:
    result = run("corpus", "hydrate")
    assert result.code == 2
    assert "--download" in result.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["train", "nowhere.yaml"], "no configuration at nowhere.yaml"),
        (["train", ROOT / "configs/linear_lr.yaml", "linear.colour=red"], "unknown key 'linear.colour'"),
        (["train", ROOT / "configs/majority.yaml", "data.path=nowhere"], "no corpus at nowhere"),
        (["sweep", "nowhere.yaml"], "no sweep at nowhere.yaml"),
    ],
)
def test_a_wrong_run_is_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[object], complaint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.code == 2
    assert complaint in " ".join(result.error_lines[-1].split())
    assert list(tmp_path.glob("mlruns/**/*.png")) == []


def test_a_run_is_trained_promoted_and_listed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    store = f"sqlite:///{tmp_path}/mlflow.db"
    given = [f"data.path={write_toy_corpus(tmp_path)}", f"tracking.uri={store}", "linear.min_df=1"]
    trained = run("train", ROOT / "configs/linear_lr.yaml", *given)
    assert trained.code == 0, trained.err
    run_id = trained.out.split()[1]
    assert "three labels" in trained.out
    promoted = run("promote", run_id[:12], "--store", store)
    assert "models:/stance@champion is version 1" in promoted.out
    assert run_id[:12] in run("runs", "--store", store).out
    article = tmp_path / "a.txt"
    article.write_text("Kenya condemned Russia and expelled its envoy.", encoding="utf-8")
    for model in ("models:/stance@champion", run_id[:12]):
        scored = run("score", article, "--model", model, "--store", store, "--format", "json")
        assert json.loads(scored.out)["alignments"][0]["score"] < 0


def test_runs_says_where_there_are_none(run: Run, tmp_path: Path) -> None:
    result = run("runs", "--store", f"sqlite:///{tmp_path}/empty.db")
    assert result.code == 2
    assert "stance train makes one" in result.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("scor", "x"), "No such command 'scor'"),
        (("score",), "Missing argument 'INPUT...'"),
        (("score", "x", "--nix"), "No such option: --nix"),
        (("score", "x", "--format", "xml"), "'xml' is not one of"),
        (("runs", "--store"), "requires an argument"),
    ],
)
def test_a_wrong_argument_is_one_line_that_names_the_help(
    run: Run, arguments: tuple[str, ...], complaint: str
) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert len(result.error_lines) == 1
    assert complaint in result.err
    assert "--help' lists what it takes" in result.err


@pytest.mark.parametrize("group", [(), ("corpus",), ("annotate",)])
def test_without_a_command_the_help_is_all_there_is(run: Run, group: tuple[str, ...]) -> None:
    result = run(*group)
    assert (result.code, result.err) == (2, "")
    assert "Usage: " in result.out
    assert "--help" in result.out


def test_a_store_that_mlflow_does_not_know_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    result = run("runs", "--store", "bogus://x")
    assert (result.code, len(result.error_lines)) == (2, 1)
    assert "bogus://x" in result.err
    assert "--store" in result.err


def test_an_error_of_the_system_names_the_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "scores.csv")

    monkeypatch.setattr("stance.cli.score.read_articles", full)
    result = run("score", "a.txt")
    assert (result.code, result.error_lines) == (2, ["error: scores.csv: No space left on device"])


def test_a_system_error_without_a_file_is_said_as_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(*_: object, **__: object) -> None:
        raise OSError("the device is stuck")

    monkeypatch.setattr("stance.cli.score.read_articles", stuck)
    assert run("score", "a.txt").error_lines == ["error: the device is stuck"]


SWEEP = "name: toy\nquestion: Does it write?\nconfigs: [majority.yaml]\nseeds: [1]\n"


@pytest.fixture
def sweep_file(tmp_path: Path) -> Path:
    pytest.importorskip("optuna")
    (tmp_path / "sweep.yaml").write_text(SWEEP, encoding="utf-8")
    return tmp_path / "sweep.yaml"


def test_a_sweep_knows_before_it_runs_that_its_table_cannot_be_written(
    run: Run, sweep_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stance.experiments.sweep.run_sweep", lambda *_: pytest.fail("it ran"))
    result = run("sweep", sweep_file, "--out", sweep_file.parent / "nowhere" / "table.md")
    assert result.code == 2
    assert "table.md" in result.error_lines[-1]
    assert "is no folder that can be written" in result.error_lines[-1]


def test_a_sweep_writes_its_question_and_table(
    run: Run, sweep_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stance.experiments.sweep.run_sweep", lambda *_: [])
    out = sweep_file.with_name("table.md")
    assert run("sweep", sweep_file, "--out", out).code == 0
    assert out.read_text(encoding="utf-8").startswith("Does it write?\n\n| model |")
    assert sorted(path.name for path in sweep_file.parent.iterdir()) == ["sweep.yaml", "table.md"]


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out.startswith("stance 0.")


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    assert "score" in run("--help").out


def imported(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("code", ["import stance", "import stance.cli.main"])
def test_starting_imports_nothing_heavy(code: str) -> None:
    assert not imported(code) & {"torch", "mlflow", "sklearn", "transformers", "datasets", "pandas", "scipy"}


def test_scoring_imports_no_training_package() -> None:
    code = "import stance; stance.Scorer.load().score('Pakistan thanked China.')"
    assert not imported(code) & {"torch", "mlflow", "sklearn", "transformers", "datasets", "pandas"}


def test_the_console_script_is_installed() -> None:
    assert shutil.which("stance", path=str(Path(sys.executable).parent))
