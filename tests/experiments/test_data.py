"""The parts of a split that are measured by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from toy_corpus import toy_records

from stance.corpus import own as own_module
from stance.corpus.location import unseen_states
from stance.corpus.records import SPLITS, Record, write_records
from stance.corpus.references import Reference, sha1, write_references
from stance.errors import CorpusError
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


Half = Literal["composed", "real"]


def config(path: Path | None = None, parts: tuple[Half, ...] = ("composed", "real")) -> DataConfig:
    return DataConfig(path=str(path) if path else None, parts=parts, fraction=1.0, resample=False, extra={})


NEWS = [
    r.model_copy(update={"id": f"n{r.id}", "group": f"n{r.group}", "origin": "dse"}) for r in toy_records()
]


def referred(record: Record) -> Reference:
    file = {"repo": "owner/name", "commit": "a" * 40, "path": "news.json", "source": "dse", "pick": "random"}
    kept = record.model_dump(include={"id", "split", "mentions", "examples"})
    return Reference.model_validate(file | kept | {"sha1": sha1(record.text), "doc": record.group})


@pytest.fixture
def hydrated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the real half stands of a corpus that refers to 60 real sentences."""
    composed, real = tmp_path / "composed", tmp_path / "real.jsonl"
    composed.mkdir()
    write_records(toy_records(), composed / "all.jsonl")
    write_references(map(referred, NEWS), tmp_path / "references")
    for module in (data_module, own_module):
        monkeypatch.setattr(module, "corpus_folder", lambda: composed)
        monkeypatch.setattr(module, "references_folder", lambda: tmp_path / "references")
    monkeypatch.setattr(own_module, "hydrated_file", lambda: real)
    return real


def test_a_half_that_does_not_train_is_tested_all_the_same(hydrated: Path) -> None:
    write_records(NEWS, hydrated)
    loaded = load_data(config(parts=("composed",)))
    assert {r.origin for split in ("train", "validation") for r in loaded.records[split]} == {"composed"}
    assert {r.origin for r in loaded.records["test"]} == {"composed", "dse"}


def test_a_whole_corpus_has_no_note(hydrated: Path) -> None:
    write_records(NEWS, hydrated)
    assert load_data(config()).note == ""


def test_a_part_of_the_real_sentences_is_counted(hydrated: Path) -> None:
    write_records(NEWS[:50], hydrated)
    assert load_data(config()).note.startswith("50 of 60 real sentences are on this machine")


@pytest.mark.parametrize("exists", [True, False])
def test_a_corpus_without_real_sentences_says_so(hydrated: Path, exists: bool) -> None:
    if exists:
        hydrated.touch()
    assert load_data(config()).note.startswith("without real news")


def test_a_corpus_of_ones_own_has_no_note(tmp_path: Path) -> None:
    write_records(toy_records(), tmp_path / "mine.jsonl")
    assert load_data(config(tmp_path)).note == ""


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"split": "test"}, "the id t000 stands twice, in train and in test"),
        ({}, "the id t000 stands twice, in train and in train"),
        ({"id": "x", "split": "test"}, "t000 and x have the same text, one is in train, the other in test"),
    ],
)
def test_a_leak_is_named(tmp_path: Path, changes: dict[str, str], complaint: str) -> None:
    again = toy_records()[0].model_copy(update=changes)
    write_records([*toy_records(), again], tmp_path / "mine.jsonl")
    with pytest.raises(CorpusError, match=f"{complaint}: part the corpus anew"):
        load_data(config(tmp_path))


def test_a_text_may_stand_twice_in_one_split(tmp_path: Path) -> None:
    again = toy_records()[0].model_copy(update={"id": "x"})
    write_records([*toy_records(), again], tmp_path / "mine.jsonl")
    assert len(load_data(config(tmp_path)).records["train"]) == 37
