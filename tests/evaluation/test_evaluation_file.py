"""The contract of evaluating a file: what is read, what is ignored, what is scored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import natural_examples, natural_records
from sklearn.metrics import f1_score

from stance.errors import InputError
from stance.evaluation.evaluate import Evaluation, evaluate, prediction_lines, read_rows
from stance.models.classifier import Probabilities, targets
from stance.models.sklearn_model import LinearSettings, SklearnClassifier
from stance.schema import LABELS, POWERS, Example, Stance

ROW: dict[str, Any] = {"text": "Pakistan thanked China.", "state": "PAK", "power": "CHN", "stance": "toward"}


class Oracle:
    """Knows every label, or says one label of everything."""

    classes_: tuple[Stance, ...] = LABELS

    def __init__(self, always: Stance | None = None) -> None:
        self.always = always

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        said = [self.always or example.stance for example in examples]
        rows: Probabilities = np.array([[float(label == one) for label in LABELS] for one in said])
        return rows


def read(folder: Path, *rows: dict[str, Any]) -> list[tuple[dict[str, Any], Example]]:
    path = folder / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return list(read_rows(path))


def evaluated(folder: Path, *rows: dict[str, Any], always: Stance | None = None) -> Evaluation:
    return evaluate(Oracle(always), [example for _, example in read(folder, *rows)])


@pytest.mark.parametrize(
    "extra",
    [
        {"example": "x"},
        {"model_config": {}},
        {"mentions": 7},
        {"__class__": 1},
        {"carried": True},
        {"": None},
    ],
    ids=lambda extra: repr(next(iter(extra))),
)
def test_whatever_another_key_is_called_it_is_ignored(tmp_path: Path, extra: dict[str, Any]) -> None:
    ((row, example),) = read(tmp_path, ROW | extra)
    assert row == ROW | extra
    assert example == read(tmp_path, ROW)[0][1]


def test_mentions_of_the_file_are_not_believed(tmp_path: Path) -> None:
    ((_, example),) = read(tmp_path, ROW | {"mentions": {"IND": ["Pakistan"]}})
    assert [mention.state for mention in example.mentions] == ["PAK", "CHN"]


BAD: list[tuple[str, object]] = [
    (key, value) for key in ROW for value in (None, 7, ["a"], "?") if (key, value) != ("text", "?")
]


@pytest.mark.parametrize(("key", "value"), BAD)
def test_a_bad_value_names_file_line_and_key(tmp_path: Path, key: str, value: object) -> None:
    with pytest.raises(InputError, match=rf"rows\.jsonl:2: {key}") as caught:
        read(tmp_path, ROW, ROW | {key: value})
    assert "\n" not in str(caught.value)


def test_a_power_as_its_own_state_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"rows\.jsonl:3: CHN cannot be"):
        read(tmp_path, ROW, ROW, ROW | {"state": "CHN"})


def test_rows_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(ROW) + "\n{\n", encoding="utf-8")
    rows = read_rows(path)
    assert next(rows)[0] == ROW
    with pytest.raises(InputError, match=r"rows\.jsonl:2"):
        next(rows)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(ROW).encode())
    assert [row for row, _ in read_rows(path)] == [ROW]


def test_windows_line_ends_and_accents_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    row = ROW | {"text": "Türkiye thanked China.", "state": "TUR"}
    path.write_bytes((json.dumps(row, ensure_ascii=False) + "\r\n").encode() * 2)
    assert [example.unmatched for _, example in read_rows(path)] == [False, False]


def test_blank_lines_alone_are_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("\n \n", encoding="utf-8")
    with pytest.raises(InputError, match="is empty"):
        list(read_rows(tmp_path / "rows.jsonl"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        list(read_rows(tmp_path))


UNMATCHED = ROW | {"text": "The minister thanked his hosts.", "stance": "none"}
HALF = ROW | {"text": "Pakistan thanked its hosts.", "stance": "away"}


def test_rows_without_their_pair_are_scored_and_counted(tmp_path: Path) -> None:
    report = evaluated(tmp_path, ROW, UNMATCHED, HALF).report
    assert (report.n, report.unmatched) == (3, 2)
    assert report.accuracy == 1


def test_labels_that_do_not_occur_do_not_count_in_macro_f1(tmp_path: Path) -> None:
    report = evaluated(tmp_path, ROW, UNMATCHED, always=Stance.HEDGING).report
    assert report.macro_f1 == 0
    right = evaluated(tmp_path, ROW, UNMATCHED).report
    assert right.macro_f1 == 1
    assert right.per_class["hedging"].support == 0


def test_a_trained_model_is_judged_as_scikit_learn_would() -> None:
    model = SklearnClassifier(LinearSettings(views=("words", "pair"), min_df=1)).fit(
        natural_examples("train")
    )
    evaluation = evaluate(model, natural_examples("test"))
    true, said = targets(evaluation.examples), evaluation.probabilities.argmax(axis=1)
    expected = f1_score(true, said, labels=np.unique(true), average="macro", zero_division=0)
    assert evaluation.report.macro_f1 == pytest.approx(expected)
    assert 0 <= evaluation.report.ece <= 1


def test_the_report_is_plain_json() -> None:
    report = evaluate(Oracle(), natural_examples("test")).report
    assert json.loads(json.dumps(report.as_dict())) == report.as_dict()


def test_the_powers_share_out_the_whole() -> None:
    evaluation = evaluate(Oracle(), natural_examples())
    reports = evaluation.per_power()
    assert set(reports) == set(POWERS)
    assert sum(report.n for report in reports.values()) == evaluation.report.n
    for label in LABELS:
        supports = [report.per_class[label].support for report in reports.values()]
        assert sum(supports) == evaluation.report.per_class[label].support


def test_a_power_without_examples_has_no_report(tmp_path: Path) -> None:
    assert list(evaluated(tmp_path, ROW).per_power()) == ["CHN"]


def test_a_part_counts_its_own_unmatched(tmp_path: Path) -> None:
    evaluation = evaluated(tmp_path, ROW, UNMATCHED)
    assert [evaluation.of([index]).unmatched for index in (0, 1)] == [0, 1]


def test_a_corpus_written_as_rows_is_evaluated_like_its_records(tmp_path: Path) -> None:
    rows = [
        {"text": record.text, **dyad.model_dump(mode="json")}
        for record in natural_records()
        for dyad in record.examples
    ]
    from_file = evaluated(tmp_path, *rows, always=Stance.NONE).report
    assert from_file == evaluate(Oracle(Stance.NONE), natural_examples()).report


def test_predictions_keep_the_row_and_its_order(tmp_path: Path) -> None:
    rows = [row for row, _ in read(tmp_path, ROW | {"id": 1}, UNMATCHED | {"id": 2, "note": "Öl"})]
    lines = list(prediction_lines(rows, np.full((2, 4), 0.25)))
    assert [json.loads(line)["id"] for line in lines] == [1, 2]
    assert "Öl" in lines[1]


def test_predicted_probabilities_name_the_labels_and_sum_to_one() -> None:
    (line,) = prediction_lines([ROW], np.array([[1 / 3, 1 / 3, 1 / 6, 1 / 6]]))
    probabilities = json.loads(line)["probabilities"]
    assert list(probabilities) == [str(label) for label in LABELS]
    assert sum(probabilities.values()) == pytest.approx(1, abs=1e-5)


def test_rows_and_predictions_must_match() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(prediction_lines([ROW], np.zeros((2, 4))))
