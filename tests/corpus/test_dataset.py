"""The corpus as a typed DatasetDict."""

from __future__ import annotations

from pathlib import Path

import pytest
from toy_corpus import toy_records, write_toy_corpus

import stance
from stance.corpus.dataset import rows


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> object:
    return stance.load_corpus(write_toy_corpus(tmp_path_factory.mktemp("corpus")))


def test_there_are_three_splits(dataset: dict[str, list[object]]) -> None:
    assert {name: len(split) for name, split in dataset.items()} == {
        "train": 36,
        "validation": 12,
        "test": 12,
    }


def test_labels_are_class_labels_in_the_fixed_order(dataset: dict[str, object]) -> None:
    features = dataset["train"].features  # type: ignore[attr-defined]
    assert features["stance"].names == ["toward", "away", "hedging", "none"]
    assert features["power"].names == ["CHN", "USA", "RUS"]


def test_a_row_is_an_example() -> None:
    row = rows(toy_records())[0]
    assert row["id"] == "t000:PAK:CHN"
    assert row["stance"] == "toward"


def test_the_projects_own_corpus_loads(tmp_path: Path) -> None:
    assert set(stance.load_corpus()) == {"train", "validation", "test"}
