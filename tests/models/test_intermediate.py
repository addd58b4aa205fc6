"""The intermediate task: a target table moves the encoder before stances do."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tiny_encoder import write_encoder
from toy_corpus import toy_records

from stance.corpus.adapters.items import Target
from stance.corpus.adapters.target_table import write_targets
from stance.errors import CorpusError
from stance.models.classifier import Lesson, one_hot
from stance.models.encodings import Encoding
from stance.models.intermediate import learn_targets, shown_target
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
    write_targets(ROWS, tmp_path / "table.jsonl")
    (tmp_path / "encoder").mkdir()
    return TransformerSettings(
        pretrained=str(write_encoder(tmp_path / "encoder")),
        sha256=None,
        encoding=request.param,
        max_length=48,
        epochs=1,
        patience=1,
        learning_rate=5e-3,
        head_learning_rate=5e-3,
        batch_size=4,
        gradient_accumulation=1,
        warmup=0.0,
        weight_decay=0.0,
        dropout=0.0,
        label_smoothing=0.0,
        class_weights="none",
        swap=0.0,
        bf16=False,
        intermediate=str(tmp_path / "table.jsonl"),
    )


def test_a_target_is_shown_where_the_text_names_it() -> None:
    shown = shown_target(ROWS[0])
    assert [shown.text[span.start : span.end] for span in shown.power] == ["trams"]
    assert shown.state == ()


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
    learn_targets(classifier, settings, 1, tmp_path / "scratch")
    moved = {n for n, tensor in classifier.encoder.state_dict().items() if not torch.equal(tensor, before[n])}
    assert any(name.startswith("encoder.") for name in moved)
    assert not any(name.startswith("head.") for name in moved)


def test_stances_are_learnt_after_it(settings: TransformerSettings, tmp_path: Path) -> None:
    trained = fine_tune(settings, Lesson(TRAIN, one_hot(TRAIN)), VALIDATION, 1, tmp_path / "scratch")
    assert trained.predict_proba(VALIDATION).shape == (len(VALIDATION), 4)
    assert list((tmp_path / "scratch" / "intermediate").iterdir())


def test_a_missing_table_is_named(settings: TransformerSettings, tmp_path: Path) -> None:
    (tmp_path / "table.jsonl").unlink()
    with pytest.raises(CorpusError, match=r"table.jsonl"):
        learn_targets(start(settings), settings, 1, tmp_path / "scratch")
