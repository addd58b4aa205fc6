"""A run from its YAML to the registry, in a store of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import mlflow
import pandas as pd
import pytest
from toy_corpus import write_toy_corpus

from stance.errors import ModelError
from stance.experiments.config import Config, load_config
from stance.experiments.export import export_model
from stance.experiments.promotion import promote
from stance.experiments.run import Outcome, train
from stance.experiments.store import model_folder, resolve_model, run_table
from stance.experiments.sweep import load_sweep, run_sweep
from stance.experiments.tracking import log_outcome, tracked
from stance.models.bundle import load_bundle
from stance.schema import Example, Power, Stance
from stance.scoring.scorer import Scorer

CONFIGS = Path(__file__).resolve().parents[2] / "configs"


class Tracked:
    """A finished run and where it is kept."""

    def __init__(self, folder: Path) -> None:
        self.corpus = write_toy_corpus(folder)
        self.store = f"sqlite:///{folder}/mlflow.db"
        self.config: Config = load_config(
            CONFIGS / "linear_lr.yaml",
            [f"data.path={self.corpus}", f"tracking.uri={self.store}", "linear.min_df=1", "linear.c=50"],
        )
        with tracked(self.config) as self.run_id:
            self.outcome: Outcome = train(self.config)
            log_outcome(self.outcome)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracked]:
    folder = tmp_path_factory.mktemp("tracking")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("MLFLOW_TRACKING_URI", raising=False)
        patch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
        yield Tracked(folder)


def test_the_model_learns_what_the_toy_corpus_says(finished: Tracked) -> None:
    assert finished.outcome.evaluations["test"].report.macro_f1 > 0.7


def test_a_run_logs_its_resolved_configuration(finished: Tracked) -> None:
    run = mlflow.get_run(finished.run_id)
    assert run.data.params["linear.c"] == "50.0"
    assert run.data.params["linear.encoding"] == "masked"


def test_a_run_logs_where_it_comes_from(finished: Tracked) -> None:
    tags = mlflow.get_run(finished.run_id).data.tags
    assert tags["corpus_hash"] == finished.outcome.data.version.hash
    assert tags["codebook_version"] == "1.5"
    assert len(tags["codebook_hash"]) == 16
    assert tags["git_commit"]


def test_a_run_logs_the_dataset(finished: Tracked) -> None:
    inputs = mlflow.get_run(finished.run_id).inputs
    assert inputs is not None
    (logged,) = inputs.dataset_inputs
    assert logged.dataset.digest == finished.outcome.data.version.hash


@pytest.mark.parametrize(
    "metric", ["test_macro_f1", "validation_ece", "test_f1_away", "test_CHN_macro_f1", "test_aurc"]
)
def test_a_run_logs_metrics_by_split_label_and_power(finished: Tracked, metric: str) -> None:
    assert 0 <= mlflow.get_run(finished.run_id).data.metrics[metric] <= 1


@pytest.mark.parametrize(
    "artifact",
    [
        "config.yaml",
        "pictures/test_confusion.png",
        "pictures/test_coverage_accuracy.png",
        "pictures/test_precision_recall.png",
        "predictions/test.json",
        "predictions/test.jsonl",
        "reports/test.json",
    ],
)
def test_a_run_logs_pictures_predictions_and_reports(finished: Tracked, artifact: str) -> None:
    folder = str(Path(artifact).parent) if "/" in artifact else None
    client = mlflow.MlflowClient()
    assert artifact in [file.path for file in client.list_artifacts(finished.run_id, folder)]


def test_the_champion_scores_rows_through_mlflow(finished: Tracked) -> None:
    promote(finished.run_id, "champion", finished.store)
    model = mlflow.pyfunc.load_model("models:/stance@champion")
    rows = pd.DataFrame([{"text": "Kenya condemned Russia.", "state": "KEN", "power": "RUS"}])
    answer = model.predict(rows)
    assert answer["stance"].tolist() == ["away"]
    assert answer[["toward", "away", "hedging", "none"]].sum(axis=1).tolist() == [pytest.approx(1)]


def test_the_logged_model_has_a_signature_and_an_input_example(finished: Tracked) -> None:
    promote(finished.run_id, "champion", finished.store)
    info = mlflow.models.get_model_info("models:/stance@champion")
    assert info.signature is not None
    asked = {column.name: column.required for column in info.signature.inputs.inputs}
    assert asked == {"text": True, "state": False, "power": False, "id": False}


def test_the_champion_scores_articles(finished: Tracked) -> None:
    promote(finished.run_id, "champion", finished.store)
    scored = Scorer.load("models:/stance@champion", store=finished.store).score("Kenya condemned Russia.")
    assert scored.alignments[0].score < 0


@pytest.mark.parametrize("form", ["{id}", "{id:.12}", "runs:/{id:.12}/model"])
def test_a_runs_id_or_its_beginning_stands_for_its_model(finished: Tracked, form: str) -> None:
    folder = model_folder(form.format(id=finished.run_id), finished.store)
    assert folder.joinpath("stance.json").is_file()


def test_a_store_may_have_settings_of_its_driver(finished: Tracked) -> None:
    assert finished.run_id in run_table(f"{finished.store}?timeout=30", "stance")["run"].tolist()


def test_looking_into_a_store_that_is_not_there_does_not_make_it(tmp_path: Path) -> None:
    store = tmp_path / "none.db"
    with pytest.raises(ModelError, match="no store at"):
        run_table(f"sqlite:///{store}", "stance")
    assert not store.exists()


def test_the_run_table_has_the_columns_that_compare(finished: Tracked) -> None:
    table = run_table(finished.store, "stance")
    assert {"run", "name", "seed", "test"} <= set(table.columns)
    assert finished.run_id in table["run"].tolist()


def test_a_run_that_is_not_there_cannot_be_promoted(finished: Tracked) -> None:
    with pytest.raises(ModelError, match="no run 'abc'"):
        promote("abc", "champion", finished.store)


def test_a_beginning_that_several_runs_share_is_refused(finished: Tracked) -> None:
    with tracked(finished.config):
        pass
    with pytest.raises(ModelError, match="more than one run"):
        promote("", "champion", finished.store)


def test_a_model_that_is_not_there_is_named(finished: Tracked) -> None:
    with pytest.raises(ModelError, match="nobody"):
        resolve_model("models:/stance@nobody", finished.store)


def test_an_exported_model_gives_the_same_answers(finished: Tracked, tmp_path: Path) -> None:
    export_model(f"runs:/{finished.run_id}/model", tmp_path / "out", "exported", finished.store)
    bundle = load_bundle(tmp_path / "out")
    example = Example("Kenya condemned Russia.", "KEN", Power.RUS, stance=Stance.AWAY)
    exported = bundle.classifier.predict_proba([example])
    assert bundle.manifest.kind == "linear"
    assert exported == pytest.approx(finished.outcome.classifier.predict_proba([example]), abs=1e-4)


def test_a_failed_run_is_marked_as_failed(finished: Tracked) -> None:
    def fail() -> None:
        with tracked(finished.config) as run_id:
            seen.append(run_id)
            raise ModelError("no")

    seen: list[str] = []
    with pytest.raises(ModelError):
        fail()
    assert mlflow.get_run(seen[0]).info.status == "FAILED"


def test_a_sweep_goes_on_where_it_stopped(finished: Tracked, tmp_path: Path) -> None:
    path = tmp_path / "sweep.yaml"
    path.write_text(
        f"name: toy\nquestion: Does it resume?\nconfigs: [{CONFIGS / 'majority.yaml'}]\nseeds: [1, 2]\n"
        f"overrides: ['data.path={finished.corpus}', 'tracking.uri={finished.store}']\n",
        encoding="utf-8",
    )
    sweep = load_sweep(path)
    first = run_sweep(sweep, path.parent)
    before = len(run_table(finished.store, "stance"))
    again = run_sweep(sweep, path.parent)
    assert again == first
    assert len(run_table(finished.store, "stance")) == before


def test_a_run_logs_how_right_it_is_on_each_phenomenon(finished: Tracked) -> None:
    table = mlflow.load_table("reports/test_phenomena.json", run_ids=[finished.run_id])
    assert list(table.columns[:4]) == ["phenomenon", "n", "accuracy", "macro_f1"]
    assert table["n"].sum() == sum(one.n for one in finished.outcome.phenomena().values())
