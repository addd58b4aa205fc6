"""Studies: what is searched, what is tried, and how a study that was killed goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mlflow
import pytest
from pydantic import ValidationError
from toy_corpus import write_toy_corpus

from stance.errors import ConfigError
from stance.experiments.store import run_table
from stance.experiments.study import Dimension, Study, best_so_far, history_picture, search
from stance.experiments.sweep import Sweep, load_sweep, run_sweep

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
C = {"float": [0.1, 10.0], "log": True}


def study(**changes: Any) -> Study:
    return Study.model_validate({"space": {"linear.c": C}, "trials": 12} | changes)


def peak(number: int, overrides: list[str]) -> float:
    """A score that is best at c = 2."""
    return -abs(float(overrides[0].removeprefix("linear.c=")) - 2)


def test_values_stay_in_their_ranges() -> None:
    space = {"a": {"float": [0.25, 0.5]}, "b": {"int": [1, 3]}, "c": {"choices": ["x", "y"]}}
    seen: list[dict[str, str]] = []

    def measure(number: int, overrides: list[str]) -> float:
        seen.append(dict(one.split("=") for one in overrides))
        return 0.0

    search(study(space=space, trials=15), measure)
    assert all(0.25 <= float(one["a"]) <= 0.5 for one in seen)
    assert {one["b"] for one in seen} == {"1", "2", "3"}
    assert {one["c"] for one in seen} == {"x", "y"}


def test_real_values_have_four_digits_and_stay_in_range() -> None:
    dimension = Dimension.model_validate({"float": [0.12344, 1.0]})
    assert dimension.shown(0.12344) == "0.12344"
    assert dimension.shown(0.98765432) == "0.9877"


@pytest.mark.parametrize(
    ("choice", "spelt"),
    [(True, "True"), ("balanced", "balanced"), (3, "3"), ("[words,pair]", "[words,pair]")],
)
def test_choices_are_spelt_as_overrides(choice: object, spelt: str) -> None:
    assert Dimension.model_validate({"choices": [choice]}).shown(choice) == spelt


def test_the_same_seed_and_scores_ask_for_the_same_values() -> None:
    assert search(study(), peak) == search(study(), peak)


def test_another_seed_asks_for_others() -> None:
    assert search(study(), peak) != search(study(seed=1), peak)


def test_more_trials_go_on_from_the_same_ones() -> None:
    assert search(study(trials=15), peak)[:12] == search(study(trials=12), peak)


def test_a_study_draws_near_to_what_is_best() -> None:
    trials = search(study(trials=30), peak)
    assert sum(one.score for one in trials[20:]) > sum(one.score for one in trials[:10])


def test_scores_decide_what_is_asked_next() -> None:
    upward, downward = search(study(trials=20), peak), search(study(trials=20, direction="minimize"), peak)
    assert upward[0] == downward[0]
    assert upward[-1] != downward[-1]


@pytest.mark.parametrize(("direction", "best"), [("maximize", [1, 3, 3]), ("minimize", [1, 1, 1])])
def test_the_best_so_far_only_improves(direction: str, best: list[float]) -> None:
    assert best_so_far(study(direction=direction), [1, 3, 2]) == best


def test_the_picture_has_a_line_and_points_for_each_configuration() -> None:
    figure = history_picture(study(), {"a": [0.1, 0.3], "b": [0.2, 0.1]})
    assert len(figure.axes[0].lines) == 4


@pytest.mark.parametrize(
    ("dimension", "complaint"),
    [
        ({}, "give one of"),
        ({"float": [0, 1], "int": [0, 1]}, "give one of"),
        ({"float": [1, 1]}, "LOW below HIGH"),
        ({"int": [0, 9], "log": True}, "begins above 0"),
        ({"choices": [1, 2], "log": True}, "choices have no log"),
        ({"int": [0.5, 2]}, "int"),
        ({"choices": []}, "choices"),
        ({"real": [0, 1]}, "real"),
    ],
)
def test_a_dimension_that_cannot_be_searched_is_refused(dimension: object, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Dimension.model_validate(dimension)


@pytest.mark.parametrize(
    "changes", [{"space": {}}, {"trials": 0}, {"metric": "test_macro_f1"}, {"pruner": "x"}]
)
def test_nothing_is_tuned_on_test(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        study(**changes)


def test_a_wrong_study_names_the_file_and_the_key(tmp_path: Path) -> None:
    path = tmp_path / "sweep.yaml"
    path.write_text(
        "name: x\nquestion: y\nconfigs: [a.yaml]\nseeds: [1]\nstudy: {trials: 3, space: {linear.c: {float: [2, 1]}}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match=r"sweep\.yaml: study\.space\.linear\.c: .*LOW below HIGH"):
        load_sweep(path)


class Toy:
    """A study of the toy corpus in a store of its own."""

    def __init__(self, folder: Path) -> None:
        self.corpus = write_toy_corpus(folder)
        self.store = f"sqlite:///{folder}/mlflow.db"

    def sweep(self, trials: int, **changes: Any) -> Sweep:
        given = {
            "name": "toy",
            "question": "Which c?",
            "configs": ["linear_lr.yaml"],
            "seeds": [1, 2],
            "study": {"space": {"linear.c": {"float": [0.01, 100.0], "log": True}}, "trials": trials},
            "overrides": [
                f"data.path={self.corpus}",
                f"tracking.uri={self.store}",
                "linear.min_df=1",
                "linear.views=[pair]",
            ],
        }
        return Sweep.model_validate(given | changes)

    def runs(self) -> int:
        return len(run_table(self.store, "stance"))


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Toy]:
    folder = tmp_path_factory.mktemp("study")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
        yield Toy(folder)


def stopped_after(runs: int) -> Any:
    """A progress that kills the sweep before a run."""

    def progress(done: int, total: int, label: str) -> None:
        if done == runs:
            raise KeyboardInterrupt

    return progress


def test_a_killed_study_goes_on_where_it_stopped_and_says_the_best_first(toy: Toy) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_sweep(toy.sweep(2), CONFIGS, stopped_after(3))
    assert toy.runs() == 1 + 3
    table = run_sweep(toy.sweep(2), CONFIGS)
    assert toy.runs() == 1 + 4
    scores = [row.metrics["validation_macro_f1"].mean for row in table]
    assert scores == sorted(scores, reverse=True)
    assert {row.metrics["validation_macro_f1"].n for row in table} == {2}
    assert run_sweep(toy.sweep(2), CONFIGS) == table
    assert toy.runs() == 1 + 4


def test_the_parent_carries_the_history_and_the_table_and_the_trials_are_nested(toy: Toy) -> None:
    run_sweep(toy.sweep(2), CONFIGS)
    client = mlflow.MlflowClient(toy.store)
    (experiment,) = (one for one in client.search_experiments() if one.name == "stance")
    (parent,) = client.search_runs([experiment.experiment_id], "tags.sweep = 'toy'")
    logged = {file.path for file in client.list_artifacts(parent.info.run_id)}
    assert {"optimisation_history.png", "comparison.md", "comparison.png"} <= logged
    nested = f"tags.`mlflow.parentRunId` = '{parent.info.run_id}'"
    assert len(client.search_runs([experiment.experiment_id], nested)) == 4


def test_a_study_is_run_in_every_cell_of_a_grid(toy: Toy) -> None:
    table = run_sweep(
        toy.sweep(1, name="both", seeds=[1], grid={"linear.balanced": ["true", "false"]}), CONFIGS
    )
    assert {row.label.split()[1] for row in table} == {"linear.balanced=true", "linear.balanced=false"}


def test_what_a_study_searches_by_is_the_first_column(toy: Toy) -> None:
    assert toy.sweep(1).shown == ("validation_macro_f1", "test_macro_f1")


def test_a_metric_that_no_run_has_is_named(toy: Toy) -> None:
    space = toy.sweep(1).study
    assert space is not None
    wrong = space.model_copy(update={"metric": "validation_f2"})
    with pytest.raises(ConfigError, match="no run measures 'validation_f2'; there are validation_"):
        run_sweep(toy.sweep(1).model_copy(update={"study": wrong}), CONFIGS)


def test_a_space_with_an_unknown_key_is_named(toy: Toy) -> None:
    space = {"space": {"linear.colour": {"choices": ["red"]}}, "trials": 1}
    with pytest.raises(ConfigError, match=r"unknown key 'linear\.colour'"):
        run_sweep(toy.sweep(1, study=space), CONFIGS)
