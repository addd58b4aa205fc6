"""The folder that Label Studio takes."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from toy_corpus import toy_records

from stance.annotation.label_studio import instructions, interface, project, task, write_project
from stance.annotation.questions import Question, sampled
from stance.errors import InputError
from stance.schema import LABELS, Power

QUESTION = Question("s1:KEN:CHN", "Kenya thanked China.", "KEN", Power.CHN)


def test_a_task_shows_text_state_and_power_and_nothing_else() -> None:
    assert task(QUESTION) == {
        "data": {
            "example": "s1:KEN:CHN",
            "text": "Kenya thanked China.",
            "state": "KEN",
            "power": "CHN",
            "question": "Kenya (KEN) → China (CHN)",
        }
    }


def test_the_group_of_an_articles_sentence_goes_along() -> None:
    grouped = Question("s1:KEN:CHN", "Kenya thanked China.", "KEN", Power.CHN, "article-1")
    assert task(grouped)["data"]["group"] == "article-1"


def test_the_interface_offers_the_four_labels_once() -> None:
    root = ElementTree.fromstring(interface())
    assert [choice.get("value") for choice in root.iter("Choice")] == [str(label) for label in LABELS]
    (choices,) = root.iter("Choices")
    assert choices.get("choice") == "single"
    assert choices.get("name") == "stance"


def test_the_interface_reads_what_the_tasks_hold() -> None:
    root = ElementTree.fromstring(interface())
    shown = {value[1:] for one in root.iter() if (value := one.get("value", "")).startswith("$")}
    assert shown <= set(task(QUESTION)["data"])


def test_each_label_has_a_key_of_its_own() -> None:
    keys = [choice.get("hotkey") for choice in ElementTree.fromstring(interface()).iter("Choice")]
    assert len(set(keys)) == len(LABELS)


def test_the_codebook_is_escaped() -> None:
    assert "S &lt;-&gt; P &amp; co" in instructions("S <-> P & co")


def test_the_project_carries_interface_and_instructions() -> None:
    settings = project("The rules.", "my title")
    assert settings["label_config"] == interface()
    assert "The rules." in str(settings["expert_instruction"])
    assert settings["title"] == "my title"


def test_a_project_is_four_files(tmp_path: Path) -> None:
    write_project([QUESTION], "The rules.", "t", tmp_path / "p")
    assert sorted(path.name for path in (tmp_path / "p").iterdir()) == [
        "instructions.html",
        "labelling.xml",
        "project.json",
        "tasks.json",
    ]
    assert json.loads((tmp_path / "p" / "tasks.json").read_text(encoding="utf-8")) == [task(QUESTION)]


def test_nothing_is_left_beside_the_project(tmp_path: Path) -> None:
    write_project([QUESTION], "The rules.", "t", tmp_path / "p")
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_a_folder_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    with pytest.raises(InputError, match="exists: name a new folder"):
        write_project([QUESTION], "The rules.", "t", tmp_path / "p")


def test_a_place_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write"):
        write_project([QUESTION], "The rules.", "t", tmp_path / "no" / "p")


def test_no_file_of_a_project_holds_a_stored_label(tmp_path: Path) -> None:
    records = toy_records()
    write_project(sampled(records, 60, 1), "", "t", tmp_path / "p")
    tasks = json.loads((tmp_path / "p" / "tasks.json").read_text(encoding="utf-8"))
    keys = {key for one in tasks for key in one["data"]}
    assert keys == {"example", "text", "state", "power", "question"}
    assert all(set(one) == {"data"} for one in tasks)
