"""A transformer that is killed while it trains, and started again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from tiny_encoder import tiny_settings
from toy_corpus import toy_records

from stance.models.classifier import Lesson, one_hot
from stance.models.trainer import TransformerSettings
from stance.models.training import BEST, fine_tune, last_checkpoint

TRAIN = [e for r in toy_records() if r.split == "train" for e in r.to_examples()]
VALIDATION = [e for r in toy_records() if r.split == "validation" for e in r.to_examples()]
LESSON = Lesson(TRAIN, one_hot(TRAIN))
EPOCH = "epoch_validation_macro_f1"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> TransformerSettings:
    return tiny_settings(
        tmp_path_factory.mktemp("encoder"),
        epochs=3,
        patience=3,
        dropout=0.1,
        class_weights="balanced",
        swap=0.5,
    )


def noting(steps: list[int], kill_after: int = 99) -> Callable[[int, Mapping[str, float]], None]:
    """A monitor that notes the step of every epoch's end, and kills the run in the one after ``kill_after``."""

    def monitor(step: int, figures: Mapping[str, float]) -> None:
        if EPOCH in figures:
            steps.append(step)
            if len(steps) > kill_after:
                raise KeyboardInterrupt

    return monitor


def test_a_run_that_goes_on_ends_as_one_that_was_not_killed(
    settings: TransformerSettings, tmp_path: Path
) -> None:
    steps: list[int] = []
    again: list[int] = []
    whole = fine_tune(settings, LESSON, VALIDATION, 1, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        fine_tune(settings, LESSON, VALIDATION, 1, tmp_path / "killed", noting(steps, kill_after=1))
    resumed = fine_tune(settings, LESSON, VALIDATION, 1, tmp_path / "killed", noting(again))
    assert again[0] == steps[-1]
    assert resumed.predict_proba(VALIDATION) == pytest.approx(whole.predict_proba(VALIDATION), abs=1e-5)


def test_a_run_that_was_killed_after_its_end_is_not_trained_again(
    settings: TransformerSettings, tmp_path: Path
) -> None:
    steps: list[int] = []
    once = fine_tune(settings, LESSON, VALIDATION, 1, tmp_path)
    same = fine_tune(settings, LESSON, VALIDATION, 1, tmp_path, noting(steps))
    assert steps == []
    assert np.array_equal(same.predict_proba(VALIDATION), once.predict_proba(VALIDATION))


def test_a_checkpoint_that_was_not_written_to_its_end_is_passed_over(tmp_path: Path) -> None:
    for number in (9, 10, 20):
        (tmp_path / f"checkpoint-{number}").mkdir()
    for number in (9, 10):
        (tmp_path / f"checkpoint-{number}" / "trainer_state.json").touch()
    assert last_checkpoint(tmp_path) == tmp_path / "checkpoint-10"


def test_where_no_checkpoint_is_whole_training_begins(tmp_path: Path) -> None:
    (tmp_path / "checkpoint-20").mkdir()
    assert last_checkpoint(tmp_path) is None


def test_the_best_weights_are_written_whole_or_not_at_all(
    settings: TransformerSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(state: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr("stance.models.transformer.save_file", torn)
    with pytest.raises(KeyboardInterrupt):
        fine_tune(settings, LESSON, VALIDATION, 1, tmp_path)
    assert not (tmp_path / BEST).exists()
