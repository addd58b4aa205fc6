"""A logged model as MLflow loads and serves it: pairs in, or whole articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mlflow
import pandas as pd
import pytest
from mlflow.exceptions import MlflowException
from mlflow.pyfunc.scoring_server import invocations
from toy_corpus import write_toy_corpus

from stance.experiments.config import load_config
from stance.experiments.run import train
from stance.experiments.tracking import log_outcome, tracked

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
TEXTS = [
    "Kenya condemned Russia and expelled its envoy. Pakistan signed a defence pact with China.",
    "It rained.",
    "Kenya condemned Russia.",
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A model of the toy corpus, logged and loaded again."""
    folder = tmp_path_factory.mktemp("pyfunc")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
        own = [f"data.path={write_toy_corpus(folder)}", f"tracking.uri=sqlite:///{folder}/mlflow.db"]
        config = load_config(CONFIGS / "linear_lr.yaml", [*own, "linear.min_df=1", "linear.c=50"])
        with tracked(config) as run_id:
            log_outcome(train(config))
        yield mlflow.pyfunc.load_model(f"runs:/{run_id}/model")


def pairs(**changes: list[str]) -> pd.DataFrame:
    given = {"text": ["Kenya condemned Russia."], "state": ["KEN"], "power": ["RUS"]}
    return pd.DataFrame(given | changes)


def test_pairs_give_a_row_each(model: Any) -> None:
    answer = model.predict(pairs())
    assert list(answer.columns) == ["stance", "toward", "away", "hedging", "none"]
    assert answer["stance"].tolist() == ["away"]


def test_articles_give_a_row_an_alignment(model: Any) -> None:
    answer = model.predict(pd.DataFrame({"text": TEXTS}))
    assert list(zip(answer["article"], answer["state"], answer["power"], strict=True)) == [
        ("0", "KEN", "RUS"),
        ("0", "PAK", "CHN"),
        ("2", "KEN", "RUS"),
    ]
    assert answer["score"].tolist()[0] < 0 < answer["score"].tolist()[1]
    assert (answer["low"] <= answer["score"]).all()
    assert (answer["score"] <= answer["high"]).all()
    assert answer["n"].tolist() == [1, 1, 1]
    assert answer[["toward", "away", "hedging", "none"]].sum(axis=1).tolist() == pytest.approx(
        [1, 1, 1], abs=1e-3
    )
    assert answer["evidence"].tolist()[2] == "Kenya condemned Russia."


def test_articles_are_called_by_their_ids(model: Any) -> None:
    answer = model.predict(pd.DataFrame({"text": TEXTS, "id": ["a", "b", "c"]}))
    assert answer["article"].tolist() == ["a", "a", "c"]


def test_or_by_their_index(model: Any) -> None:
    answer = model.predict(pd.DataFrame({"text": TEXTS}, index=[10, 20, 30]))
    assert answer["article"].tolist() == ["10", "10", "30"]


def test_a_state_has_one_lean_in_an_article(model: Any) -> None:
    answer = model.predict(pd.DataFrame({"text": ["Kenya condemned Russia. Kenya condemned China."]}))
    assert answer.groupby("state")["lean"].nunique().max() == 1
    assert answer["lean"].notna().all()


def test_articles_without_a_pair_give_the_columns_alone(model: Any) -> None:
    answer = model.predict(pd.DataFrame({"text": ["It rained."]}))
    assert answer.empty
    assert {"article", "state", "power", "lean", "score", "low", "high", "n"} <= set(answer.columns)


@pytest.mark.parametrize("column", ["state", "power"])
def test_half_a_pair_is_refused(model: Any, column: str) -> None:
    with pytest.raises(MlflowException, match="give text, state and power for pairs, or text alone"):
        model.predict(pairs().drop(columns=column))


def test_rows_without_text_are_refused(model: Any) -> None:
    with pytest.raises(MlflowException, match="text"):
        model.predict(pairs().drop(columns="text"))


def served(model: Any, body: dict[str, Any]) -> Any:
    """What the server does with the body of a request."""
    answer: Any = invocations
    return answer(json.dumps(body), "application/json", model, model.metadata.get_input_schema())


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ({"dataframe_records": [{"text": text} for text in TEXTS]}, 3),
        ({"dataframe_split": {"columns": ["text", "id"], "data": [[text, "a"] for text in TEXTS]}}, 3),
        ({"dataframe_records": pairs().to_dict("records")}, 1),
    ],
)
def test_mlflow_models_serve_answers_pairs_and_articles(model: Any, body: dict[str, Any], rows: int) -> None:
    answer = served(model, body)
    assert answer.status == 200
    assert len(json.loads(answer.response)["predictions"]) == rows


def test_the_server_says_what_is_wrong(model: Any) -> None:
    body = {"dataframe_records": pairs(power=["PAK"]).to_dict("records")}
    with pytest.raises(MlflowException, match="'PAK' is not a power: use CHN"):
        served(model, body)
