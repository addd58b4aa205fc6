"""A user's own table: columns, separators, names of states, words for labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.corpus.adapters import generic_csv
from stance.corpus.adapters.columns import Columns, mapping
from stance.corpus.adapters.items import Dropped, Item, Pair
from stance.errors import CorpusError, SchemaError
from stance.schema import Stance

HEADER = "text,state,power,stance"


def read(folder: Path, *lines: str, columns: Columns | None = None) -> list[Item]:
    path = folder / "mine.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(generic_csv.read(path, columns))


def one(folder: Path, *lines: str, columns: Columns | None = None) -> Pair:
    (item,) = read(folder, *lines, columns=columns)
    assert isinstance(item, Pair)
    return item


def test_a_row_is_a_pair(tmp_path: Path) -> None:
    pair = one(tmp_path, HEADER, "Kenya thanked China.,KEN,CHN,toward")
    assert (pair.text, pair.state, str(pair.power), pair.stance) == (
        "Kenya thanked China.",
        "KEN",
        "CHN",
        Stance.TOWARD,
    )


def test_states_and_powers_may_be_names(tmp_path: Path) -> None:
    pair = one(tmp_path, HEADER, "Kenya thanked China.,Kenya,China,toward")
    assert (pair.state, str(pair.power)) == ("KEN", "CHN")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_header_tells_the_separator(tmp_path: Path, separator: str) -> None:
    cells = ("Kenya thanked China.", "KEN", "CHN", "toward")
    assert one(tmp_path, separator.join(HEADER.split(",")), separator.join(cells)).stance == Stance.TOWARD


def test_a_cell_in_quotes_may_hold_the_separator(tmp_path: Path) -> None:
    assert one(tmp_path, HEADER, '"Kenya, too, thanked China.",KEN,CHN,toward').text.startswith("Kenya, too")


def test_a_quote_that_is_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    rows = [
        "Kenya left China.,KEN,CHN,away",
        '"Kenya thanked China.,KEN,CHN,toward',
        "Mali met China.,MLI,CHN,none",
    ]
    with pytest.raises(CorpusError, match=r"mine.csv:3: .*close every quoted cell"):
        read(tmp_path, HEADER, *rows)


def test_a_row_over_two_lines_is_named_by_its_first(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"mine.csv:2: 'pro'"):
        read(tmp_path, HEADER, '"Kenya\nthanked China.",KEN,CHN,pro')


def test_annotations_are_read_where_they_are(tmp_path: Path) -> None:
    pair = one(tmp_path, HEADER + ",annotations", "Kenya thanked China.,KEN,CHN,toward,toward none")
    assert pair.annotations == (Stance.TOWARD, Stance.NONE)


def test_columns_may_have_other_names(tmp_path: Path) -> None:
    columns = Columns(text="body", state="who", power="whom", stance="label")
    pair = one(tmp_path, "label,who,whom,body", "away,KEN,CHN,Kenya left China.", columns=columns)
    assert pair.stance == Stance.AWAY


def test_words_may_stand_for_labels(tmp_path: Path) -> None:
    columns = Columns(labels=mapping(["pro=toward"]))
    assert one(tmp_path, HEADER, "Kenya thanked China.,KEN,CHN,pro", columns=columns).stance == Stance.TOWARD


def test_labels_may_be_in_capitals(tmp_path: Path) -> None:
    assert one(tmp_path, HEADER, "Kenya thanked China.,KEN,CHN,Toward").stance == Stance.TOWARD


def test_a_table_without_a_cell_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"mine.csv has no header"):
        read(tmp_path, ",,,")


def test_a_column_that_stands_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"the column 'stance' more than once"):
        read(tmp_path, HEADER + ",stance", "Kenya thanked China.,KEN,CHN,toward,away")


def test_a_missing_column_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no column 'stance'.*--stance-column.*it has text, state, power"):
        read(tmp_path, "text,state,power", "Kenya thanked China.,KEN,CHN")


def test_a_fifth_label_is_an_error_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"mine.csv:2: 'pro' is not a stance.*--label pro=none"):
        read(tmp_path, HEADER, "Kenya thanked China.,KEN,CHN,pro")


def test_a_row_of_another_width_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"mine.csv:2: 6 cells under 4 columns"):
        read(tmp_path, HEADER, "Kenya, too, thanked China.,KEN,CHN,toward")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Kenya thanked China.,Atlantis,CHN,none", "no name or code of a state"),
        ("Kenya thanked Norway.,KEN,NOR,none", "not China, the United States or Russia"),
        ("China thanked China.,CHN,CHN,none", "the same"),
        (" ,KEN,CHN,none", "text is empty"),
    ],
)
def test_a_row_that_names_no_pair_is_dropped(tmp_path: Path, row: str, reason: str) -> None:
    (item,) = read(tmp_path, HEADER, row)
    assert isinstance(item, Dropped)
    assert reason in item.reason


def test_a_mapping_needs_an_equals_sign() -> None:
    with pytest.raises(CorpusError, match="--label 'pro' is not WORD=STANCE"):
        mapping(["pro"])


def test_a_mapping_needs_one_of_the_four() -> None:
    with pytest.raises(SchemaError, match="'friend' is not a stance"):
        mapping(["pro=friend"])


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="is empty"):
        read(tmp_path, "")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot read"):
        list(generic_csv.read(tmp_path / "none.csv"))
