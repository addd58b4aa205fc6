"""One run from its configuration to its outcome: what it takes for granted, and what it leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_encoder import write_encoder
from toy_corpus import toy_records, write_toy_corpus

from stance.corpus.records import write_records
from stance.experiments.config import load_config
from stance.experiments.run import Outcome, discard_checkpoints, train
from stance.models.prior import Prior
from stance.schema import Stance

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
TINY = ("kind=transformer", "transformer.sha256=null", "transformer.epochs=1", "transformer.bf16=false")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def uneven(folder: Path, *without: Stance) -> Path:
    """A corpus with little hedging, and none of the labels ``without``."""
    chosen = [
        record
        for number, record in enumerate(toy_records())
        if record.examples[0].stance not in without
        and not (record.examples[0].stance == Stance.HEDGING and number % 2)
    ]
    write_records(chosen, folder / "uneven.jsonl")
    return folder / "uneven.jsonl"


def fitted(corpus: Path, *changes: str) -> Outcome:
    return train(load_config(CONFIGS / "base.yaml", [f"data.path={corpus}", "linear.min_df=1", *changes]))


def prior_of(corpus: Path, *changes: str) -> Prior:
    found = fitted(corpus, *changes).manifest.prior
    assert found is not None
    return found


def test_a_model_takes_the_shares_of_its_training_data_for_granted(folder: Path) -> None:
    toward, away, hedging, none = prior_of(uneven(folder))
    assert toward == away == none > hedging


@pytest.mark.parametrize("estimator", ["logistic_regression", "linear_svm"])
def test_a_balanced_model_takes_even_shares_for_granted(folder: Path, estimator: str) -> None:
    found = prior_of(uneven(folder), "linear.balanced=true", f"linear.estimator={estimator}")
    assert found == (0.25, 0.25, 0.25, 0.25)


def test_even_shares_are_those_of_labels_that_occur(folder: Path) -> None:
    found = prior_of(uneven(folder, Stance.HEDGING), "linear.balanced=true")
    assert found == pytest.approx((1 / 3, 1 / 3, 0, 1 / 3))


def test_the_majority_is_never_balanced(folder: Path) -> None:
    corpus = uneven(folder)
    raw = prior_of(corpus, "linear.estimator=majority")
    assert prior_of(corpus, "linear.estimator=majority", "linear.balanced=true") == raw


@pytest.fixture
def tiny(folder: Path) -> tuple[str, ...]:
    (folder / "encoder").mkdir()
    return (*TINY, f"transformer.pretrained={write_encoder(folder / 'encoder')}")


def test_a_transformer_with_balanced_weights_takes_even_shares_for_granted(
    folder: Path, tiny: tuple[str, ...]
) -> None:
    corpus = uneven(folder)
    toward, _, hedging, _ = prior_of(corpus, *tiny)
    assert toward > hedging
    assert prior_of(corpus, *tiny, "transformer.class_weights=balanced") == (0.25, 0.25, 0.25, 0.25)


def test_checkpoints_stay_until_they_are_discarded(folder: Path, tiny: tuple[str, ...]) -> None:
    outcome = fitted(write_toy_corpus(folder), *tiny)
    assert outcome.checkpoints is not None
    assert any(outcome.checkpoints.glob("checkpoint-*"))
    for _ in range(2):  # twice is no error
        discard_checkpoints(outcome)
        assert not outcome.checkpoints.exists()


def test_a_linear_model_leaves_nothing_behind(folder: Path) -> None:
    outcome = fitted(write_toy_corpus(folder))
    discard_checkpoints(outcome)
    assert outcome.checkpoints is None
    assert not (folder / "runs").exists()
