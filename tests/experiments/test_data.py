"""The parts of a split that are measured by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from toy_corpus import toy_records

from stance.corpus import own as own_module
from stance.corpus.location import unseen_states
from stance.corpus.records import SPLITS, Record, write_records
from stance.experiments import data as data_module
from stance.experiments.config import DataConfig
from stance.experiments.data import TrainingData, load_data
from stance.models.bundle import CorpusVersion


def data(*records: Record) -> TrainingData:
    by_split = {split: tuple(r for r in records if r.split == split) for split in SPLITS}
    version = CorpusVersion(version="toy", hash="0", examples=len(records))
    return TrainingData(by_split, version, source=Path("toy"))


def held_out(**changes: object) -> Record:
    return toy_records()[4].model_copy(update={"origin": "composed", **changes})


@pytest.mark.parametrize(
    ("origin", "phenomenon", "views"),
    [
        ("composed", "negation", {"composed"}),
        ("dse", "real", {"real"}),
        ("fwd-news", "real", {"real", "out_of_domain"}),
        ("csv", "imported", {"imported"}),
        ("my-own", "plain", set()),
    ],
)
def test_a_sentence_is_in_the_views_of_its_origin(origin: str, phenomenon: str, views: set[str]) -> None:
    seen = data(held_out(origin=origin, phenomenon=phenomenon)).views("test")
    of_origin = {"composed", "real", "imported", "out_of_domain"}
    assert {view for view in of_origin if seen[view]} == views


def test_a_pair_that_training_never_showed_is_an_unseen_dyad() -> None:
    tested = held_out()
    trained = tested.model_copy(update={"split": "train", "id": "other", "group": "other"})
    assert data(tested).views("test")["unseen_dyads"] == [0]
    assert data(tested, trained).views("test")["unseen_dyads"] == []


def test_states_kept_for_the_test_split_are_a_view() -> None:
    state = sorted(unseen_states())[0]
    strange = held_out(mentions={state: ("X",)})
    assert data(strange).views("test")["unseen_states"] == [0]
    assert data(held_out()).views("test")["unseen_states"] == []


def test_composed_sentences_are_seen_by_phenomenon() -> None:
    some = [held_out(phenomenon=name, id=str(i)) for i, name in enumerate(("denial", "irony", "denial"))]
    assert data(*some, held_out(origin="dse", phenomenon="real")).phenomena("test") == {
        "denial": [0, 2],
        "irony": [1],
    }


def test_a_half_that_does_not_train_is_tested_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    composed, real = tmp_path / "composed", tmp_path / "real.jsonl"
    composed.mkdir()
    write_records(toy_records(), composed / "all.jsonl")
    news = [
        r.model_copy(update={"id": f"n{r.id}", "group": f"n{r.group}", "origin": "dse"})
        for r in toy_records()
    ]
    write_records(news, real)
    for module in (data_module, own_module):
        monkeypatch.setattr(module, "corpus_folder", lambda: composed)
        monkeypatch.setattr(module, "hydrated_file", lambda: real)
    config = DataConfig(path=None, parts=("composed",), fraction=1.0, resample=False, extra={})
    loaded = load_data(config)
    assert {r.origin for split in ("train", "validation") for r in loaded.records[split]} == {"composed"}
    assert {r.origin for r in loaded.records["test"]} == {"composed", "dse"}
