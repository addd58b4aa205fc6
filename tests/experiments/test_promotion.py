"""Who becomes champion: a store with a model that learnt and one that always says the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import mlflow
import pytest
from mlflow.entities import Run
from mlflow.exceptions import MlflowException
from toy_corpus import write_toy_corpus

from stance.errors import ModelError
from stance.experiments.compare import Choices, compare_runs
from stance.experiments.config import load_config
from stance.experiments.predictions import RunPredictions
from stance.experiments.promotion import promote
from stance.experiments.registry import champion_run, load_predictions, log_comparison
from stance.experiments.run import train
from stance.experiments.store import find_run, run_table
from stance.experiments.tracking import log_outcome, tracked

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
TO_LEARN = {"linear_lr": ["linear.min_df=1", "linear.c=50"], "majority": []}


@dataclass(frozen=True)
class Store:
    uri: str
    learnt: str
    majority: str

    def alias(self, name: str) -> str | None:
        run = champion_run(name, self.uri)
        return None if run is None else run.info.run_id


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("promotion")
    uri = f"sqlite:///{folder}/mlflow.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
        runs = {}
        for name, settings in TO_LEARN.items():
            given = [f"data.path={write_toy_corpus(folder)}", f"tracking.uri={uri}", *settings]
            config = load_config(CONFIGS / f"{name}.yaml", given)
            with tracked(config) as runs[name]:
                log_outcome(train(config))
        yield Store(uri, runs["linear_lr"], runs["majority"])


@pytest.fixture
def store(trained: Store) -> Iterator[Store]:
    """The store without a champion."""
    yield trained
    client = mlflow.MlflowClient()
    for alias in ("champion", "challenger", "candidate"):
        if trained.alias(alias):
            client.delete_registered_model_alias("stance", alias)


def test_without_a_champion_any_measured_run_becomes_it(store: Store) -> None:
    assert promote(store.majority, "champion", store.uri).note == ""
    assert store.alias("champion") == store.majority


def test_a_run_that_was_not_measured_is_not_even_the_first_champion(store: Store) -> None:
    with mlflow.start_run() as bare:
        pass
    with pytest.raises(ModelError, match=r"no predictions on test.*--force"):
        promote(bare.info.run_id, "champion", store.uri)
    assert store.alias("champion") is None


def test_a_better_run_takes_the_champions_place(store: Store) -> None:
    promote(store.majority, "champion", store.uri)
    promoted = promote(store.learnt, "champion", store.uri)
    assert store.alias("champion") == store.learnt
    assert promoted.note.startswith("against the champion: +")


def test_a_significantly_worse_run_is_refused_and_becomes_the_challenger(store: Store) -> None:
    promote(store.learnt, "champion", store.uri)
    with pytest.raises(ModelError, match=r"significantly worse than the champion: -.*--force"):
        promote(store.majority, "champion", store.uri)
    assert store.alias("champion") == store.learnt
    assert store.alias("challenger") == store.majority


def test_force_promotes_it_all_the_same(store: Store) -> None:
    promote(store.learnt, "champion", store.uri)
    promote(store.majority, "champion", store.uri, force=True)
    assert store.alias("champion") == store.majority


def test_a_run_that_is_not_comparable_needs_force(store: Store) -> None:
    promote(store.learnt, "champion", store.uri)
    with mlflow.start_run() as bare:
        pass
    with pytest.raises(ModelError, match=r"no predictions on test.*--force"):
        promote(bare.info.run_id, "champion", store.uri)
    assert store.alias("champion") == store.learnt


def test_a_run_that_saw_few_of_the_champions_examples_needs_force(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    promote(store.majority, "champion", store.uri)

    def some(run: Run, split: str) -> RunPredictions:
        whole = load_predictions(run, "test")
        few = whole.predictions.of(range(3)) if run.info.run_id == store.learnt else whole.predictions
        return replace(whole, predictions=few)

    monkeypatch.setattr("stance.experiments.promotion.load_predictions", some)
    with pytest.raises(ModelError, match=r"3 of the champion's 12 test examples.*--force"):
        promote(store.learnt, "champion", store.uri)


def test_a_champion_whose_run_is_gone_needs_force(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    promote(store.majority, "champion", store.uri)
    get_run = mlflow.MlflowClient.get_run

    def without_champion(client: mlflow.MlflowClient, run_id: str) -> Run:
        if run_id == store.majority:
            raise MlflowException("gone")
        return get_run(client, run_id)

    monkeypatch.setattr(mlflow.MlflowClient, "get_run", without_champion)
    with pytest.raises(ModelError, match=r"run of the champion is gone.*--force"):
        promote(store.learnt, "champion", store.uri)


def test_other_aliases_are_given_without_a_contest(store: Store) -> None:
    promote(store.learnt, "champion", store.uri)
    assert promote(store.majority, "candidate", store.uri).note == ""
    assert store.alias("candidate") == store.majority


def test_the_champion_may_be_promoted_again(store: Store) -> None:
    promote(store.learnt, "champion", store.uri)
    assert promote(store.learnt[:8], "champion", store.uri).note == ""


@pytest.mark.parametrize("form", ["{id}", "{id:.10}", "runs:/{id}/model", "models:/stance@champion"])
def test_a_run_is_found_by_its_id_a_beginning_or_its_models_uri(store: Store, form: str) -> None:
    promote(store.learnt, "champion", store.uri)
    assert find_run(form.format(id=store.learnt), store.uri).info.run_id == store.learnt


def test_a_run_is_found_by_its_logged_model(store: Store) -> None:
    outputs = find_run(store.learnt, store.uri).outputs
    assert outputs is not None
    model = outputs.model_outputs[0].model_id
    assert find_run(f"models:/{model}", store.uri).info.run_id == store.learnt


@pytest.mark.parametrize("uri", ["models:/stance@nobody", "models:/m-0123", "models:/stance/99"])
def test_a_model_that_is_not_registered_is_named(store: Store, uri: str) -> None:
    with pytest.raises(ModelError, match=f"no model {uri}"):
        find_run(uri, store.uri)


def test_a_store_that_cannot_be_opened_is_named(store: Store) -> None:
    with pytest.raises(ModelError, match="cannot open the store"):
        find_run("abc", "nonsense://here")
    find_run(store.learnt, store.uri)


def test_predictions_come_back_as_they_were_logged(store: Store) -> None:
    run = load_predictions(find_run(store.learnt, store.uri), "test")
    assert run.name == "linear_lr"
    assert len(run.predictions.ids) == 12
    assert set(run.predictions.texts) > {""} or all(run.predictions.texts)


def test_a_split_that_was_not_predicted_is_named(store: Store) -> None:
    with pytest.raises(ModelError, match="no predictions on train"):
        load_predictions(find_run(store.learnt, store.uri), "train")


def test_a_comparison_is_logged_as_a_run_of_its_own(store: Store) -> None:
    runs = [load_predictions(find_run(one, store.uri), "test") for one in (store.learnt, store.majority)]
    run_id = log_comparison(compare_runs(runs, Choices(draws=100)), store.uri)
    logged = mlflow.get_run(run_id)
    assert logged.data.tags["stance.kind"] == "comparison"
    assert any(name.startswith("difference/linear_lr") for name in logged.data.metrics)
    files = {file.path for file in mlflow.MlflowClient().list_artifacts(run_id)}
    assert files == {"comparison.md", "differences.png", "differing_examples.csv"}
    assert run_id not in run_table(store.uri, "stance")["run"].tolist()
