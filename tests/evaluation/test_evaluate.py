"""Evaluating on rows that a user brings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from toy_corpus import toy_records

from stance.corpus.location import corpus_folder
from stance.corpus.records import read_records
from stance.errors import InputError
from stance.evaluation.evaluate import evaluate, prediction_lines, read_rows
from stance.evaluation.pictures import confusion_picture, precision_recall_picture
from stance.models.classifier import Probabilities
from stance.schema import LABELS, Example, Power, Stance

ROW = {"text": "Pakistan thanked China.", "state": "PAK", "power": "CHN", "stance": "toward"}


class Uniform:
    """Says nothing, and leans toward a little."""

    classes_: tuple[Stance, ...] = LABELS

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        return np.tile([0.4, 0.2, 0.2, 0.2], (len(examples), 1))


def write(folder: Path, *rows: object) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path


def test_mentions_are_found_in_the_text(tmp_path: Path) -> None:
    ((_, example),) = read_rows(write(tmp_path, ROW))
    assert [mention.state for mention in example.mentions] == ["PAK", "CHN"]
    assert not example.unmatched


def test_other_keys_are_kept_and_ignored(tmp_path: Path) -> None:
    ((row, _),) = read_rows(write(tmp_path, ROW | {"source": "here"}))
    assert row["source"] == "here"


def test_blank_lines_are_passed_over(tmp_path: Path) -> None:
    assert len(list(read_rows(write(tmp_path, ROW, "", ROW)))) == 2


def test_a_line_of_a_corpus_has_a_row_for_each_of_its_pairs(tmp_path: Path) -> None:
    record = next(one for one in read_records(corpus_folder()) if len(one.examples) > 1)
    rows = list(read_rows(write(tmp_path, record.line(), ROW)))
    assert [row.get("id") for row, _ in rows] == [*map(record.example_id, record.examples), None]
    assert [example for _, example in rows[:-1]] == record.to_examples()


def test_a_labelled_row_is_a_row_whatever_other_keys_it_has(tmp_path: Path) -> None:
    beside = {"mentions": {"IND": ["Pakistan"]}, "examples": []}
    ((row, example),) = read_rows(write(tmp_path, ROW | beside))
    assert row == ROW | beside
    assert example.stance == "toward"


def test_a_corpus_of_unlabelled_sentences_has_nothing_to_evaluate(tmp_path: Path) -> None:
    lines = [record.model_copy(update={"examples": ()}).line() for record in toy_records()[:2]]
    with pytest.raises(InputError, match="has no labelled pair"):
        list(read_rows(write(tmp_path, *lines)))


def test_a_sentence_without_examples_is_passed_over_among_others(tmp_path: Path) -> None:
    record = toy_records()[0].model_copy(update={"examples": ()})
    assert [row for row, _ in read_rows(write(tmp_path, record.line(), ROW))] == [ROW]


def test_a_line_of_a_corpus_that_lacks_a_key_names_it(tmp_path: Path) -> None:
    record = json.loads(toy_records()[0].line())
    del record["mentions"]
    with pytest.raises(InputError, match=r"rows\.jsonl:1: mentions: Field required"):
        list(read_rows(write(tmp_path, record)))


def test_macro_f1_has_an_interval_over_sentences() -> None:
    examples = [example for record in toy_records() for example in record.to_examples()]
    evaluation = evaluate(Uniform(), examples)
    interval = evaluation.macro_f1()
    assert interval.mean == evaluation.report.macro_f1
    assert interval.low < interval.mean < interval.high
    assert interval.n == len(toy_records())
    assert evaluation.macro_f1() == interval


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("{", "rows.jsonl:1"),
        ("[]", "rows.jsonl:1"),
        ("[" * 100_000, "rows.jsonl:1"),
        ('{"text": "\\ud83d"}', "rows.jsonl:1"),
        ({k: v for k, v in ROW.items() if k != "state"}, "state"),
        (ROW | {"state": "EUU"}, "state"),
        (ROW | {"power": "IND"}, "power"),
        (ROW | {"stance": "pro"}, "stance"),
        (ROW | {"state": "CHN"}, "rows.jsonl:1"),
        (ROW | {"text": ""}, "text"),
    ],
)
def test_a_bad_row_names_file_line_and_key(tmp_path: Path, row: object, complaint: str) -> None:
    with pytest.raises(InputError) as caught:
        list(read_rows(write(tmp_path, row)))
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_empty_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is empty"):
        list(read_rows(write(tmp_path)))


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        list(read_rows(tmp_path / "none.jsonl"))


def test_a_table_is_answered_with_the_command_that_makes_rows_of_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="stance corpus import csv"):
        list(read_rows(tmp_path / "rows.csv"))


def test_state_and_power_may_be_named(tmp_path: Path) -> None:
    ((_, example),) = read_rows(write(tmp_path, ROW | {"state": "Pakistan", "power": "China"}))
    assert (example.state, example.power) == ("PAK", Power.CHN)


def test_a_file_that_is_not_utf8_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot read"):
        list(read_rows(tmp_path / "rows.jsonl"))


def example(text: str, stance: str, power: str = "CHN") -> Example:
    return Example(text, "PAK", Power(power), stance=Stance(stance))


def test_unmatched_examples_are_scored_and_counted() -> None:
    evaluation = evaluate(Uniform(), [example("It rained.", "none"), example("It snowed.", "toward")])
    assert evaluation.report.n == 2
    assert evaluation.report.unmatched == 2


def test_each_power_has_a_report_of_its_own() -> None:
    evaluation = evaluate(Uniform(), [example("a", "toward"), example("b", "away", "USA")])
    reports = evaluation.per_power()
    assert {power: report.accuracy for power, report in reports.items()} == {Power.CHN: 1, Power.USA: 0}


def test_a_part_can_be_reported_alone() -> None:
    evaluation = evaluate(Uniform(), [example("a", "toward"), example("b", "away")])
    assert evaluation.of([0]).accuracy == 1
    assert evaluation.of([1]).accuracy == 0


def test_unlabelled_examples_cannot_be_evaluated() -> None:
    with pytest.raises(ValueError, match="no label"):
        evaluate(Uniform(), [Example("a", "PAK", Power.CHN)])


def test_predictions_are_the_row_and_its_probabilities() -> None:
    (line,) = prediction_lines([ROW], np.array([[0.4, 0.3, 0.2, 0.1]]))
    assert json.loads(line) == ROW | {
        "probabilities": {"toward": 0.4, "away": 0.3, "hedging": 0.2, "none": 0.1}
    }


def test_pictures_show_every_label_that_occurs() -> None:
    examples = [example for record in toy_records() for example in record.to_examples()]
    evaluation = evaluate(Uniform(), examples)
    (confusion,) = confusion_picture(evaluation, "toy").axes
    (curves,) = precision_recall_picture(evaluation, "toy").axes
    assert [text.get_text() for text in confusion.get_xticklabels()] == [str(label) for label in LABELS]
    assert len(curves.get_lines()) == 4
