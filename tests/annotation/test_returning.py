"""Labels that come back: checked, compared, and put where they belong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from label_studio_export import annotation, task, write_export
from toy_corpus import toy_records

from stance.annotation.label_studio import task as asked
from stance.annotation.questions import candidates, sampled
from stance.annotation.returning import (
    Returned,
    alpha_of_all,
    comparisons,
    read_returned,
    refuse_problems,
    stored,
    with_annotations,
)
from stance.errors import CorpusError
from stance.schema import Article, Stance

RECORDS = toy_records()
CORPUS = stored(RECORDS)
TASKS = [asked(question)["data"] for question in sampled(RECORDS, 60, seed=1)]
TRUTH = {data["example"]: str(CORPUS[data["example"]][1].stance) for data in TASKS}
Say = Callable[[dict[str, Any]], str]


def truth(data: dict[str, Any]) -> str:
    return TRUTH[data["example"]]


def always_none(data: dict[str, Any]) -> str:
    return "none"


def returned(folder: Path, *people: Say, data: list[dict[str, Any]] = TASKS) -> Returned:
    tasks = [task(one, *(annotation(say(one), who) for who, say in enumerate(people, 1))) for one in data]
    return read_returned(write_export(folder / "export.json", *tasks), CORPUS)


def problems(folder: Path, change: dict[str, Any], word: str = "none") -> tuple[str, ...]:
    export = write_export(folder / "export.json", task(TASKS[0] | change, annotation(word)))
    return read_returned(export, CORPUS).problems


def from_article(folder: Path, change: dict[str, Any]) -> tuple[str, ...]:
    (one,) = candidates([Article("a", "Kenya thanked China for the loan of last year.")])
    data = asked(one.questions()[0])["data"] | change
    return read_returned(write_export(folder / "export.json", task(data, annotation("toward")))).problems


def test_a_faithful_export_is_valid(tmp_path: Path) -> None:
    found = returned(tmp_path, truth)
    assert found.problems == ()
    assert len(found.answers) == 60
    assert found.open == 0


def test_tasks_without_a_label_are_open(tmp_path: Path) -> None:
    assert returned(tmp_path).open == 60


def test_a_fifth_label_is_a_problem(tmp_path: Path) -> None:
    assert "1 chose 'pro', which is none of toward" in problems(tmp_path, {}, "pro")[0]


def test_a_foreign_id_is_a_problem(tmp_path: Path) -> None:
    assert "the corpus has no example x:KEN:CHN" in problems(tmp_path, {"example": "x:KEN:CHN"})[0]


def test_a_changed_text_is_a_problem(tmp_path: Path) -> None:
    assert "is not the one in the corpus" in problems(tmp_path, {"text": "Something else."})[0]


def test_a_missing_id_is_a_problem(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, {"example": None})
    assert "it has no id" in found


def test_an_id_that_stands_twice_is_a_problem_at_both_places(tmp_path: Path) -> None:
    export = write_export(tmp_path / "export.json", *(task(TASKS[0], annotation("none")) for _ in range(2)))
    assert len(read_returned(export, CORPUS).problems) == 2


def test_json_min_has_the_number_of_the_task_under_id(tmp_path: Path) -> None:
    flat = [{**data, "id": number, "annotator": "ann", "stance": "none"} for number, data in enumerate(TASKS)]
    (tmp_path / "min.json").write_text(json.dumps(flat), encoding="utf-8")
    found = read_returned(tmp_path / "min.json", CORPUS)
    assert found.problems == ()
    assert [answer.id for answer in found.answers] == [data["example"] for data in TASKS]


def test_a_task_from_an_article_is_valid_as_it_was_handed_out(tmp_path: Path) -> None:
    assert from_article(tmp_path, {}) == ()


def test_a_changed_text_of_an_article_is_a_problem(tmp_path: Path) -> None:
    assert "not the one that was handed out" in from_article(tmp_path, {"text": "Kenya left China."})[0]


def test_a_pair_that_the_text_does_not_mention_is_a_problem(tmp_path: Path) -> None:
    assert "not found in the text" in from_article(tmp_path, {"state": "POL"})[0]


def test_a_power_that_is_none_is_a_problem(tmp_path: Path) -> None:
    assert "not China, the United States or Russia" in from_article(tmp_path, {"power": "NOR"})[0]


def test_problems_are_refused_in_one_line(tmp_path: Path) -> None:
    found = Returned((), ("task 1: bad", "task 2: bad"), 0)
    with pytest.raises(CorpusError, match=r"2 problems in e.json: task 1: bad"):
        refuse_problems(found, Path("e.json"))


def test_an_export_that_nobody_labelled_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nobody has labelled"):
        refuse_problems(returned(tmp_path), Path("e.json"))


def test_a_valid_export_is_not_refused(tmp_path: Path) -> None:
    found = returned(tmp_path, truth)
    refuse_problems(found, Path("e.json"))
    assert found.annotators() == ["1"]


def test_a_person_is_compared_with_each_annotation_and_with_the_label(tmp_path: Path) -> None:
    rows = {row.part: row for row in comparisons(returned(tmp_path, truth), CORPUS)}
    assert set(rows) == {"1 and annotation 1", "1 and annotation 2", "1 and the label of the corpus"}
    assert all(row.alpha == pytest.approx(1) and row.kappa == pytest.approx(1) for row in rows.values())


def test_people_are_compared_with_one_another(tmp_path: Path) -> None:
    rows = {row.part: row for row in comparisons(returned(tmp_path, truth, always_none), CORPUS)}
    both = rows["1 and 2"]
    assert both.n == 60
    assert both.raw == pytest.approx(0.25)
    assert both.kappa == pytest.approx(0)


def test_one_person_without_a_corpus_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    assert comparisons(returned(tmp_path, truth)) == []


def test_only_what_both_labelled_counts(tmp_path: Path) -> None:
    first = [task(one, annotation("none", "a")) for one in TASKS[:5]]
    both = [task(one, annotation("none", "a"), annotation("away", "b")) for one in TASKS[5:8]]
    found = read_returned(write_export(tmp_path / "export.json", *first, *both), CORPUS)
    assert {row.part: row.n for row in comparisons(found)} == {"a and b": 3}


def test_examples_without_annotations_are_compared_with_their_label_alone(tmp_path: Path) -> None:
    bare = [
        record.model_copy(
            update={"examples": tuple(d.model_copy(update={"annotations": ()}) for d in record.examples)}
        )
        for record in RECORDS
    ]
    assert [row.part for row in comparisons(returned(tmp_path, truth), stored(bare))] == [
        "1 and the label of the corpus"
    ]


def test_alpha_over_all_annotations_is_one_where_all_agree(tmp_path: Path) -> None:
    assert alpha_of_all(returned(tmp_path, truth, truth), CORPUS) == pytest.approx(1)


def test_a_dissenter_lowers_alpha_over_all(tmp_path: Path) -> None:
    assert 0 < alpha_of_all(returned(tmp_path, truth, always_none), CORPUS) < 0.9


def test_the_labels_of_each_person_are_counted(tmp_path: Path) -> None:
    found = returned(tmp_path, truth, always_none)
    assert found.labels_of("1")[Stance.TOWARD] == 15
    assert found.labels_of("2") == {Stance.NONE: 60}


def test_annotations_are_added_behind_the_stored_ones(tmp_path: Path) -> None:
    added = with_annotations(RECORDS, returned(tmp_path, always_none))
    for before, after in zip(RECORDS, added, strict=True):
        assert after.examples[0].annotations == (*before.examples[0].annotations, Stance.NONE)


def test_the_label_of_the_corpus_stays(tmp_path: Path) -> None:
    added = with_annotations(RECORDS, returned(tmp_path, always_none))
    assert [r.examples[0].stance for r in added] == [r.examples[0].stance for r in RECORDS]


def test_records_that_were_not_asked_about_stay_as_they_are(tmp_path: Path) -> None:
    added = with_annotations(RECORDS, returned(tmp_path, truth, data=TASKS[:1]))
    assert sum(one != other for one, other in zip(RECORDS, added, strict=True)) == 1


def test_the_sentence_of_an_answer_is_its_id_without_the_pair(tmp_path: Path) -> None:
    answer = returned(tmp_path, truth, data=TASKS[:1]).answers[0]
    assert answer.sentence == TASKS[0]["example"].split(":")[0]
