"""Files that cannot be read end in one line that names them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import TOY_FILE, natural_records

from stance.corpus import dataset
from stance.corpus.cards import Dyad, load_design, read_cards
from stance.corpus.records import Record, parse_record, read_records, write_records
from stance.errors import CorpusError, MissingExtraError, SchemaError

LATIN_1 = '{"text": "La Havane a condamné"}'.encode("latin-1")


def read_corpus(path: Path) -> list[Record]:
    return list(read_records(path))


READERS = pytest.mark.parametrize("read", [read_corpus, read_cards])


@READERS
def test_a_file_that_is_not_utf8_is_named(tmp_path: Path, read: Callable[[Path], object]) -> None:
    path = tmp_path / "latin.jsonl"
    path.write_bytes(LATIN_1)
    with pytest.raises(CorpusError, match=r"cannot read.*latin\.jsonl") as caught:
        read(path)
    assert "\n" not in str(caught.value)


@READERS
def test_a_file_that_is_not_there_is_named(tmp_path: Path, read: Callable[[Path], object]) -> None:
    with pytest.raises(CorpusError, match=r"none\.jsonl"):
        read(tmp_path / "none.jsonl")


@READERS
def test_a_file_without_a_line_holds_nothing(tmp_path: Path, read: Callable[[Path], object]) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("", encoding="utf-8")
    assert read(path) == []


@pytest.mark.parametrize("line", ["[]", "7", "null", '{"dyads": 7}', '{"dyads": ["PAK"]}', '{"dyads": []}'])
def test_what_is_no_card_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "cards.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"cards\.jsonl:1 is not a card"):
        read_cards(path)


def test_a_card_never_has_a_power_as_its_own_state() -> None:
    with pytest.raises(SchemaError, match="CHN cannot be the state and the power"):
        Dyad("CHN", "CHN", "none")


@pytest.mark.parametrize("content", [b"openings = [", b'openings = "\xff"'])
def test_a_design_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "design.toml").write_bytes(content)
    with pytest.raises(CorpusError, match=r"cannot read the design .*design\.toml"):
        load_design(tmp_path)


def test_blank_lines_do_not_shift_the_line_that_is_named(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text(natural_records()[0].line() + "\n\n\n{}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"corpus\.jsonl:4: "):
        read_corpus(path)


def test_a_byte_order_mark_is_no_part_of_the_first_record(tmp_path: Path) -> None:
    path = tmp_path / "marked.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + TOY_FILE.read_bytes())
    assert read_corpus(path) == list(natural_records())


def test_a_line_separator_inside_a_text_does_not_part_the_line(tmp_path: Path) -> None:
    record = natural_records()[0].model_copy(update={"text": "Kenya\u2028thanked China."})
    write_records([record], tmp_path / "one.jsonl")
    assert read_corpus(tmp_path / "one.jsonl") == [record]


def test_the_old_file_stays_where_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "toy.jsonl"
    path.write_text("old", encoding="utf-8")
    broken = natural_records()[0].model_copy(update={"text": "\ud800"})
    with pytest.raises(UnicodeEncodeError):
        write_records([broken], path)
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("line", ["", "[]", "7", '"text"', "null"])
def test_a_line_that_is_no_object_is_refused(line: str) -> None:
    with pytest.raises(CorpusError, match=r"^corpus\.jsonl:3: the line: "):
        parse_record(line, "corpus.jsonl:3")


def test_a_dataset_without_its_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "datasets", None)
    with pytest.raises(MissingExtraError, match=r"\.\[train\]"):
        dataset.load_corpus(TOY_FILE)
