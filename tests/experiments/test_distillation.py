"""A teacher reads the lesson once, and its answers are mixed with the labels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from builders import example

from stance.corpus import location
from stance.corpus.references import sha1
from stance.corpus.unlabelled import write_texts
from stance.errors import CorpusError
from stance.experiments import distillation
from stance.experiments.config import DistillationConfig
from stance.models.bundle import Bundle, Manifest
from stance.models.classifier import Probabilities
from stance.schema import LABELS, Example, Stance

UNLABELLED = ["Kenya thanked China.", "The match was cancelled.", "Poland and Russia spoke of China."]
LABELLED = [example("Hanoi signed with Beijing.", "VNM", "CHN", Stance.TOWARD)]


class Teacher:
    """Says hedging of everything, and counts what it is asked."""

    classes_ = LABELS

    def __init__(self) -> None:
        self.asked = 0

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        self.asked += len(examples)
        return np.tile([0.0, 0.0, 1.0, 0.0], (len(examples), 1))


@pytest.fixture
def teacher(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Teacher:
    one = Teacher()
    manifest = Manifest(name="teacher", version="1", kind="linear")
    monkeypatch.setattr(distillation, "load_bundle", lambda folder: Bundle(manifest, one))
    monkeypatch.setattr(distillation, "unlabelled_file", lambda: tmp_path / "unlabelled.jsonl")
    return one


def hydrated(folder: Path) -> None:
    write_texts({sha1(text): text for text in UNLABELLED}, folder / "unlabelled.jsonl")


def config(**changes: object) -> DistillationConfig:
    return DistillationConfig.model_validate({"teacher": "t", "unlabelled": True, "gold": 0.75} | changes)


def test_labels_are_mixed_with_what_the_teacher_says(teacher: Teacher, tmp_path: Path) -> None:
    lesson = distillation.taught(config(unlabelled=False), LABELLED, "", tmp_path)
    assert lesson.targets.tolist() == [[0.75, 0.0, 0.25, 0.0]]


def test_sentences_without_labels_join_with_every_pair(teacher: Teacher, tmp_path: Path) -> None:
    hydrated(tmp_path)
    lesson = distillation.taught(config(), LABELLED, "", tmp_path)
    pairs = {(one.state, str(one.power)) for one in lesson.examples[1:]}
    assert pairs == {("KEN", "CHN"), ("POL", "RUS"), ("POL", "CHN"), ("RUS", "CHN"), ("CHN", "RUS")}
    assert lesson.targets[1:].tolist() == [[0.0, 0.0, 1.0, 0.0]] * 5


def test_a_sentence_that_measures_is_not_learnt_from(teacher: Teacher, tmp_path: Path) -> None:
    hydrated(tmp_path)
    lesson = distillation.taught(config(), LABELLED, "", tmp_path, ["POLAND and Russia spoke of China!"])
    assert {one.text for one in lesson.examples[1:]} == {"Kenya thanked China."}


def test_what_the_teacher_has_said_is_not_asked_again(teacher: Teacher, tmp_path: Path) -> None:
    for _ in range(2):
        distillation.taught(config(unlabelled=False), LABELLED, "", tmp_path)
    assert teacher.asked == 1


def test_other_examples_are_asked_anew(teacher: Teacher, tmp_path: Path) -> None:
    other = [example("Hanoi snubbed Beijing.", "VNM", "CHN", Stance.AWAY)]
    for examples in (LABELLED, other):
        distillation.taught(config(unlabelled=False), examples, "", tmp_path)
    assert teacher.asked == 2


def test_a_long_lesson_is_kept_chunk_by_chunk(
    teacher: Teacher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distillation, "CHUNK", 2)
    said = distillation.ask(teacher, LABELLED * 5, tmp_path / "said")
    assert said.shape == (5, 4)
    assert len(list((tmp_path / "said").glob("*.npy"))) == 3


def test_without_their_text_it_says_how_to_get_it(teacher: Teacher, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="hydrate --unlabelled"):
        distillation.taught(config(), LABELLED, "", tmp_path)


def test_the_project_refers_to_sentences_without_labels() -> None:
    assert location.unlabelled_sources().is_file()


def test_where_labels_are_the_whole_target_the_teacher_reads_only_the_rest(
    teacher: Teacher, tmp_path: Path
) -> None:
    hydrated(tmp_path)
    lesson = distillation.taught(config(gold=1.0), LABELLED, "", tmp_path)
    assert teacher.asked == 5
    assert lesson.targets[0].tolist() == [1.0, 0.0, 0.0, 0.0]


def test_without_other_sentences_there_is_nothing_to_ask(teacher: Teacher, tmp_path: Path) -> None:
    lesson = distillation.taught(config(gold=1.0, unlabelled=False), LABELLED, "", tmp_path)
    assert (teacher.asked, lesson.targets.shape) == (0, (1, 4))
