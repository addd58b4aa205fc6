"""What a run said of each example, on disk and back."""

from __future__ import annotations

import json

import numpy as np
import pytest
from builders import natural_records

from stance.corpus.records import Record
from stance.corpus.references import sha1
from stance.errors import ModelError
from stance.experiments.data import TrainingData
from stance.experiments.predictions import Predictions, parse_lines, predictions_of
from stance.models.bundle import CorpusVersion
from stance.models.classifier import softmax


def real(record: Record) -> Record:
    return record.model_copy(update={"id": f"real-{record.id}", "origin": "guardian", "split": "test"})


def made(*records: Record) -> Predictions:
    version = CorpusVersion(version="1", hash="abc", examples=1)
    data = TrainingData({"train": (), "validation": (), "test": records}, version, source=__file__)  # type: ignore[arg-type]
    size = len(data.examples("test"))
    return predictions_of(data, "test", softmax(np.random.default_rng(1).normal(size=(size, 4))))


@pytest.fixture
def both() -> Predictions:
    first, second = natural_records()[:2]
    return made(first.model_copy(update={"split": "test"}), real(second))


def test_each_example_has_its_id_and_the_sha1_of_its_sentence(both: Predictions) -> None:
    first = natural_records()[0]
    assert both.ids[0] == f"{first.id}:{first.examples[0].state}:{first.examples[0].power}"
    assert both.sentences[0] == sha1(first.text)


def test_composed_text_is_kept_and_real_news_is_not(both: Predictions) -> None:
    composed, news = natural_records()[:2]
    written = "".join(both.lines())
    assert json.dumps(composed.text, ensure_ascii=False) in written
    assert news.text not in written


def test_what_is_written_is_read_again(both: Predictions) -> None:
    again = parse_lines(both.lines(), "here")
    assert again.keys() == both.keys()
    assert again.texts == both.texts
    assert again.probabilities == pytest.approx(both.probabilities, abs=1e-6)


def test_a_view_holds_one_half(both: Predictions) -> None:
    composed, news = both.view("composed"), both.view("real")
    assert all(not one.startswith("real-") for one in composed.ids)
    assert all(one.startswith("real-") for one in news.ids)
    assert len(composed.ids) + len(news.ids) == len(both.view("all").ids)


def test_a_part_keeps_the_order_that_is_asked_for(both: Predictions) -> None:
    part = both.of([1, 0])
    assert part.ids == (both.ids[1], both.ids[0])
    assert part.predicted.tolist() == [both.predicted[1], both.predicted[0]]


@pytest.mark.parametrize("lines", [[], ["{"], ["[]"], ['{"id": "a"}']])
def test_lines_that_are_no_predictions_are_refused(lines: list[str]) -> None:
    with pytest.raises(ModelError, match="here holds no predictions"):
        parse_lines(lines, "here")
