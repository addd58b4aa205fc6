"""The intermediate task: a target table moves the encoder before stances do."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tiny_encoder import tiny_settings
from toy_corpus import toy_records

from stance.corpus.adapters.items import Target
from stance.errors import CorpusError
from stance.models.classifier import Lesson, one_hot
from stance.models.encodings import Encoding
from stance.models.intermediate import LEARNT, apart_from, learn_targets, shown_target
from stance.models.trainer import TransformerSettings
from stance.models.training import fine_tune, start

ROWS = [
    Target("More trams for Leeds, please.", "trams", "favor"),
    Target("The mayor mocked cyclists.", "cyclists", "against", holder="mayor"),
    Target("Nobody mentioned it.", "Nuclear power", "neutral"),
] * 4
TRAIN = [e for r in toy_records() if r.split == "train" for e in r.to_examples()]
VALIDATION = [e for r in toy_records() if r.split == "validation" for e in r.to_examples()]


@pytest.fixture(params=[Encoding.SPANS, Encoding.MARKERS])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> TransformerSettings:
    (tmp_path / "encoder").mkdir()
    return tiny_settings(
        tmp_path / "encoder", encoding=request.param, epochs=1, patience=1, batch_size=4, warmup=0.0
    )


def marked(text: str, target: str) -> list[str]:
    """What is marked as the target, each place with the three characters before it."""
    shown = shown_target(Target(text, target, "favor"))
    return [shown.text[max(span.start - 3, 0) : span.end] for span in shown.power]


def test_a_target_is_shown_where_the_text_names_it() -> None:
    shown = shown_target(ROWS[0])
    assert [shown.text[span.start : span.end] for span in shown.power] == ["trams"]
    assert shown.state == ()


def test_a_target_is_no_part_of_another_word() -> None:
    assert marked("US envoys left Russia.", "US") == ["US"]
    assert marked("Buses left Russia.", "US") == ["P] US"]


def test_a_target_is_marked_wherever_it_stands() -> None:
    assert marked("Trams! We want trams.", "trams") == ["Trams", "nt trams"]


@pytest.mark.parametrize("target", ["C++", "#nuclear", "(sic)"])
def test_a_target_may_have_signs(target: str) -> None:
    assert marked(f"On {target} they agree.", target) == [f"On {target}"]


def test_letters_that_grow_in_lower_case_do_not_move_the_marks() -> None:
    assert marked("İİİİ praised the trams.", "trams") == ["he trams"]


def test_a_holder_stands_where_the_state_will() -> None:
    shown = shown_target(ROWS[1])
    assert [shown.text[span.start : span.end] for span in shown.state] == ["mayor"]


def test_a_target_that_is_not_named_is_a_second_segment() -> None:
    shown = shown_target(ROWS[2])
    assert shown.text == "Nobody mentioned it. [SEP] Nuclear power"
    assert [shown.text[span.start : span.end] for span in shown.power] == ["Nuclear power"]


def test_the_encoder_learns_and_the_head_of_stances_does_not(
    settings: TransformerSettings, tmp_path: Path
) -> None:
    classifier = start(settings)
    before = {name: tensor.clone() for name, tensor in classifier.encoder.state_dict().items()}
    learn_targets(classifier, settings, ROWS, 1, tmp_path)
    moved = {n for n, tensor in classifier.encoder.state_dict().items() if not torch.equal(tensor, before[n])}
    assert any(name.startswith("encoder.") for name in moved)
    assert not any(name.startswith("head.") for name in moved)


def test_stances_are_learnt_after_it(settings: TransformerSettings, tmp_path: Path) -> None:
    trained = fine_tune(
        settings, Lesson(TRAIN, one_hot(TRAIN)), VALIDATION, 1, tmp_path / "scratch", intermediate=ROWS
    )
    assert trained.predict_proba(VALIDATION).shape == (len(VALIDATION), 4)
    assert (tmp_path / "scratch" / LEARNT).is_file()


def test_what_was_learnt_before_a_kill_is_not_learnt_again(
    settings: TransformerSettings, tmp_path: Path
) -> None:
    first, again = start(settings), start(settings)
    learn_targets(first, settings, ROWS, 1, tmp_path)
    learn_targets(again, replace(settings, batch_size=0), ROWS, 1, tmp_path)
    expected = first.encoder.encoder.state_dict()
    assert all(torch.equal(t, expected[name]) for name, t in again.encoder.encoder.state_dict().items())


def test_it_leaves_no_checkpoints_of_its_own(settings: TransformerSettings, tmp_path: Path) -> None:
    learn_targets(start(settings), settings, ROWS, 1, tmp_path / "scratch")
    assert [path.name for path in (tmp_path / "scratch").iterdir()] == [LEARNT]


def test_sentences_that_measure_are_left_out_of_it() -> None:
    with pytest.warns(UserWarning, match="leaves out 4 of 12 rows"):
        kept = apart_from(ROWS, ["Nobody mentioned it."])
    assert {row.target for row in kept} == {"trams", "cyclists"}


def test_sentences_that_nearly_measure_are_left_out_too() -> None:
    with pytest.warns(UserWarning, match="leaves out 4 of 12"):
        kept = apart_from(ROWS, ["The mayor mocked the cyclists!"])
    assert {row.target for row in kept} == {"trams", "Nuclear power"}


def test_where_nothing_is_near_nothing_is_said() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert apart_from(ROWS, ["Kenya thanked China."]) == ROWS


def test_a_table_of_held_out_sentences_teaches_nothing() -> None:
    with (
        pytest.warns(UserWarning, match="12 of 12"),
        pytest.raises(CorpusError, match="two different labels"),
    ):
        apart_from(ROWS, [row.text for row in ROWS])
