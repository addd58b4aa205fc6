"""Where ``stance train`` and ``stance export`` write a model: never in place of something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import Run
from toy_corpus import write_toy_corpus

from stance.models.bundle import read_manifest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder with a corpus, where the commands are called."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    (tmp_path / "work").mkdir()
    return write_toy_corpus(tmp_path / "work").parent


def test_train_refuses_a_folder_that_is_no_model_before_it_trains(run: Run, work: Path) -> None:
    result = run("train", ROOT / "configs/majority.yaml", f"data.path={work}", "--out", work)
    assert (result.code, len(result.error_lines)) == (2, 1)
    assert f"{work} exists and is not a model" in result.err
    assert [path.name for path in work.iterdir()] == ["toy.jsonl"]
    assert list(work.parent.iterdir()) == [work]


def test_train_writes_a_model_and_replaces_it(run: Run, work: Path) -> None:
    out = work.parent / "model"
    for _ in range(2):
        result = run("train", ROOT / "configs/majority.yaml", f"data.path={work}", "--out", out)
        assert result.code == 0, result.err
    assert read_manifest(out).kind == "sklearn"


def test_export_refuses_a_folder_that_is_no_model(run: Run, work: Path) -> None:
    result = run("export", "models:/stance@champion", work)
    assert (result.code, len(result.error_lines)) == (2, 1)
    assert f"{work} exists and is not a model" in result.err
    assert [path.name for path in work.iterdir()] == ["toy.jsonl"]
