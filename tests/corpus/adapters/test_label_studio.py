"""Exports of Label Studio in both layouts."""

from __future__ import annotations

from pathlib import Path

import pytest
from label_studio_export import annotation, task, write_export

from stance.corpus.adapters import label_studio
from stance.corpus.adapters.columns import Columns
from stance.corpus.adapters.items import Dropped, Item, Pair, Target
from stance.corpus.adapters.label_studio import majority, read_tasks
from stance.errors import CorpusError
from stance.schema import Stance

DATA = {"text": "Kenya thanked China.", "state": "KEN", "power": "CHN"}
FLAT = DATA | {"id": 3, "annotator": 1, "annotation_id": 8}


def read(folder: Path, *tasks: object, columns: Columns | None = None) -> list[Item]:
    return list(label_studio.read(write_export(folder / "export.json", *tasks), columns))


def chosen(folder: Path, *tasks: object) -> list[dict[str, str]]:
    return [dict(one.chosen) for one in read_tasks(write_export(folder / "export.json", *tasks))]


def test_a_labelled_task_is_a_pair(tmp_path: Path) -> None:
    (pair,) = read(tmp_path, task(DATA, annotation("toward")))
    assert isinstance(pair, Pair)
    assert (pair.state, str(pair.power), pair.annotations) == ("KEN", "CHN", (Stance.TOWARD,))


def test_the_majority_is_the_label(tmp_path: Path) -> None:
    labels = [annotation(word, who) for who, word in enumerate(("none", "toward", "toward"))]
    (pair,) = read(tmp_path, task(DATA, *labels))
    assert isinstance(pair, Pair)
    assert pair.stance == Stance.TOWARD
    assert len(pair.annotations) == 3


def test_a_tie_is_dropped(tmp_path: Path) -> None:
    (item,) = read(tmp_path, task(DATA, annotation("none", 1), annotation("away", 2)))
    assert isinstance(item, Dropped)
    assert "tie" in item.reason


def test_a_task_that_nobody_labelled_is_dropped(tmp_path: Path) -> None:
    (item,) = read(tmp_path, task(DATA))
    assert isinstance(item, Dropped)


def test_the_group_of_a_task_is_kept(tmp_path: Path) -> None:
    (pair,) = read(tmp_path, task(DATA | {"group": "article-1"}, annotation("none")))
    assert isinstance(pair, Pair)
    assert pair.group == "article-1"


def test_a_task_with_a_target_is_a_row_of_the_table(tmp_path: Path) -> None:
    (item,) = read(tmp_path, task({"text": "Trams!", "target": "trams"}, annotation("favor")))
    assert item == Target("Trams!", "trams", "favor")


def test_a_task_with_neither_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"task 1: its data have no 'state' \(they have text\)"):
        read(tmp_path, task({"text": "Trams!"}, annotation("none")))


def test_a_fifth_label_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="task 1: 'pro' is not a stance"):
        read(tmp_path, task(DATA, annotation("pro")))


def test_names_and_words_may_be_the_users_own(tmp_path: Path) -> None:
    columns = Columns(text="body", labels={"pro": Stance.TOWARD})
    data = {"body": DATA["text"], "state": "KEN", "power": "CHN"}
    (pair,) = read(tmp_path, task(data, annotation("pro")), columns=columns)
    assert isinstance(pair, Pair)
    assert pair.stance == Stance.TOWARD


def test_cancelled_and_empty_annotations_do_not_count(tmp_path: Path) -> None:
    assert chosen(tmp_path, task(DATA, annotation("away", 1, cancelled=True), annotation(None, 2))) == [{}]


def test_of_two_annotations_by_one_person_the_later_counts(tmp_path: Path) -> None:
    assert chosen(tmp_path, task(DATA, annotation("away", 4), annotation("none", 4))) == [{"4": "none"}]


def test_an_annotator_may_be_an_object(tmp_path: Path) -> None:
    assert chosen(tmp_path, task(DATA, annotation("away", {"id": 2, "email": "a@example.org"}))) == [
        {"a@example.org": "away"}
    ]


def test_an_unknown_annotator_has_a_number(tmp_path: Path) -> None:
    assert chosen(tmp_path, task(DATA, annotation("away", None))) == [{"annotator 1": "away"}]


def test_other_controls_are_not_read(tmp_path: Path) -> None:
    other = annotation("away")
    other["result"][0]["from_name"] = "quality"
    assert chosen(tmp_path, task(DATA, other)) == [{}]


def test_the_flat_layout_has_one_object_an_annotation(tmp_path: Path) -> None:
    second = FLAT | {"annotator": 2, "stance": {"choices": ["away"]}}
    assert chosen(tmp_path, FLAT | {"stance": "toward"}, second) == [{"1": "toward", "2": "away"}]


def test_the_flat_layout_is_read_as_pairs(tmp_path: Path) -> None:
    (pair,) = read(tmp_path, FLAT | {"stance": "hedging"})
    assert isinstance(pair, Pair)
    assert pair.stance == Stance.HEDGING


def test_a_rating_is_no_choice(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="task 1: 3 is no choice"):
        chosen(tmp_path, {"id": 1, "annotator": 1, **DATA, "stance": 3})


def test_two_choices_at_once_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"more than one choice \(away, none\)"):
        chosen(tmp_path, FLAT | {"stance": ["away", "none"]})


@pytest.mark.parametrize(("content", "complaint"), [("{}", "no list of tasks"), ("[", "is not JSON")])
def test_a_file_that_is_no_export_is_an_error(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=complaint):
        read_tasks(path)


def test_a_flat_object_without_an_id_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="task 1: id: Field required"):
        chosen(tmp_path, DATA)


def test_half_a_character_in_a_text_is_replaced_for_no_file_can_hold_it(tmp_path: Path) -> None:
    (pair,) = read(tmp_path, task(DATA | {"text": "Kenya thanked China \ud800."}, annotation("none")))
    assert isinstance(pair, Pair)
    assert pair.text == "Kenya thanked China \ufffd."


def test_a_majority_needs_a_first_place_of_its_own() -> None:
    assert majority({"a": "x", "b": "x", "c": "y"}) == "x"
    assert majority({"a": "x", "b": "y"}) is None
    assert majority({"a": "x"}) == "x"
