"""``stance compare`` and the gate of ``stance promote``, on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Run
from toy_corpus import write_toy_corpus

from stance.cli import console
from stance.cli.compare import letter_of
from stance.experiments.config import load_config
from stance.experiments.run import train
from stance.experiments.tracking import log_outcome, tracked

CONFIGS = Path(__file__).resolve().parents[2] / "configs"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """A store, a run that learnt and one that says the same of everything."""
    folder = tmp_path_factory.mktemp("compare")
    uri = f"sqlite:///{folder}/mlflow.db"
    ids = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
        for name in ("linear_lr", "majority"):
            given = [f"data.path={write_toy_corpus(folder)}", f"tracking.uri={uri}", "linear.min_df=1"]
            config = load_config(CONFIGS / f"{name}.yaml", given)
            with tracked(config) as run_id:
                log_outcome(train(config))
            ids.append(run_id)
        learnt, majority = ids
        yield uri, learnt, majority


def test_runs_are_compared_by_the_beginning_of_their_ids(run: Run, runs: tuple[str, str, str]) -> None:
    store, learnt, majority = runs
    result = run("compare", learnt[:10], majority[:10], "--store", store, "--draws", 200)
    assert result.code == 0, result.err
    assert f"linear_lr {learnt[:8]}" in result.out
    assert "A - B" in result.out
    assert "where they differ most" in result.out
    assert "\nrun " in result.out


def test_a_view_that_has_nothing_is_one_line(run: Run, runs: tuple[str, str, str]) -> None:
    store, learnt, majority = runs
    result = run("compare", learnt, majority, "--view", "real", "--store", store)
    assert result.code == 2
    assert "no real example in test" in result.err


def test_one_run_alone_is_not_compared(run: Run, runs: tuple[str, str, str]) -> None:
    store, learnt, _ = runs
    result = run("compare", learnt, "--store", store)
    assert result.code == 2
    assert "two different runs" in result.err


def test_a_run_that_is_not_there_is_named(run: Run, runs: tuple[str, str, str]) -> None:
    result = run("compare", "xyz", "xyz", "--store", runs[0])
    assert result.code == 2
    assert "no run 'xyz'" in result.err


def test_promote_refuses_what_is_significantly_worse(run: Run, runs: tuple[str, str, str]) -> None:
    store, learnt, majority = runs
    assert run("promote", learnt, "--store", store).code == 0
    refused = run("promote", majority, "--store", store)
    assert refused.code == 2
    assert "significantly worse" in refused.err
    forced = run("promote", majority, "--store", store, "--force")
    assert forced.code == 0
    assert "champion is version" in forced.out


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "A1"), (53, "B2")])
def test_runs_are_lettered(index: int, letter: str) -> None:
    assert letter_of(index) == letter


@pytest.mark.parametrize("width", [80, 100, 200])
def test_a_narrow_terminal_cuts_no_figure_off(
    run: Run, runs: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    store, learnt, majority = runs
    monkeypatch.setattr(console.output, "_width", width)
    shown = run("compare", learnt, majority, "--store", store, "--draws", 200).out
    assert "A - B" in shown
    assert re.search(r"[+-]\d\.\d{3} \[[+-]\d\.\d{3}, [+-]\d\.\d{3}\]", shown)
    assert "McNemar" in shown
