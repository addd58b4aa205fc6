"""The corpus format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from toy_corpus import toy_records

from stance.corpus.records import Record, corpus_hash, parse_record, read_records, write_records
from stance.errors import CorpusError
from stance.schema import Stance

LINE: dict[str, Any] = {
    "id": "c0001",
    "text": "Pakistan thanked China.",
    "mentions": {"PAK": ["Pakistan"], "CHN": ["China"]},
    "examples": [{"state": "PAK", "power": "CHN", "stance": "toward", "annotations": ["toward", "none"]}],
    "split": "train",
    "group": "g0001",
    "register": "agency",
    "phenomenon": "plain",
    "origin": "composed",
}


def parse(**changes: object) -> Record:
    return parse_record(json.dumps(LINE | changes), "corpus.jsonl:7")


def test_a_line_is_a_record() -> None:
    assert parse().register_ == "agency"


def test_an_example_is_named_by_its_record_and_pair() -> None:
    record = parse()
    assert record.example_id(record.examples[0]) == "c0001:PAK:CHN"


def test_a_record_is_written_as_it_was_read() -> None:
    assert json.loads(parse().line()) == LINE


def test_a_record_gives_labelled_examples() -> None:
    (example,) = parse().to_examples()
    assert example.stance is Stance.TOWARD
    assert [mention.text for mention in example.mentions] == ["Pakistan", "China"]


DYAD = LINE["examples"][0]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"split": "dev"}, "split"),
        ({"examples": [DYAD | {"stance": "neutral"}]}, "examples.0.stance"),
        ({"examples": [DYAD | {"state": "EUU"}]}, "examples.0.state"),
        ({"examples": [DYAD | {"power": "IND"}]}, "examples.0.power"),
        ({"examples": [DYAD | {"state": "CHN"}]}, "examples.0"),
        ({"mentions": {"XXX": ["Nowhere"]}}, "mentions"),
        ({"text": ""}, "text"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_line_that_breaks_the_format_is_named(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(CorpusError) as caught:
        parse(**changes)
    assert str(caught.value).startswith("corpus.jsonl:7")
    assert complaint in str(caught.value)


def test_what_is_no_json_is_named() -> None:
    with pytest.raises(CorpusError, match=r"corpus\.jsonl:7"):
        parse_record("{", "corpus.jsonl:7")


def test_files_are_sorted_by_id_one_line_each(tmp_path: Path) -> None:
    records = toy_records()
    write_records(reversed(records), tmp_path / "toy.jsonl")
    lines = (tmp_path / "toy.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == sorted(record.id for record in records)


def test_a_corpus_survives_a_round_trip(tmp_path: Path) -> None:
    write_records(toy_records(), tmp_path / "toy.jsonl")
    assert list(read_records(tmp_path / "toy.jsonl")) == toy_records()


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    records = toy_records()
    write_records(records[:5], tmp_path / "a.jsonl")
    write_records(records[5:], tmp_path / "b.jsonl")
    assert list(read_records(tmp_path)) == records


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no corpus at"):
        list(read_records(tmp_path / "nowhere.jsonl"))
    with pytest.raises(CorpusError, match="no corpus at"):
        list(read_records(tmp_path))


def test_the_hash_does_not_depend_on_order() -> None:
    assert corpus_hash(toy_records()) == corpus_hash(list(reversed(toy_records())))


def test_the_hash_depends_on_every_label() -> None:
    records = toy_records()
    assert corpus_hash(records) != corpus_hash(records[1:])
