"""DSE: which labels are positions of a state toward a power, which go to the table, which are lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.corpus.adapters import dse
from stance.corpus.adapters.items import Dropped, Item, Pair, Target
from stance.errors import CorpusError
from stance.schema import Stance


def read(folder: Path, *rows: tuple[str, str, str, object]) -> list[Item]:
    path = folder / "dse.txt"
    path.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    return list(dse.read(path))


def pair(folder: Path, *row: object) -> Pair:
    (item,) = read(folder, row)  # type: ignore[arg-type]
    assert isinstance(item, Pair)
    return item


def reason(folder: Path, *row: object) -> str:
    (item,) = read(folder, row)  # type: ignore[arg-type]
    assert isinstance(item, Dropped)
    return item.reason


def test_positive_from_a_state_to_a_power_is_toward(tmp_path: Path) -> None:
    found = pair(tmp_path, "[Pakistan] hailed [China] as a friend.", "Pakistan", "China", 1)
    assert (found.state, str(found.power), found.stance) == ("PAK", "CHN", Stance.TOWARD)


def test_negative_from_a_state_to_a_power_is_away(tmp_path: Path) -> None:
    assert pair(tmp_path, "[Poland] blamed [Russia].", "Poland", "Russia", 3).stance == Stance.AWAY


def test_the_even_labels_run_from_the_second_to_the_first(tmp_path: Path) -> None:
    found = pair(tmp_path, "[Russia] was thanked by [Serbia].", "Russia", "Serbia", 2)
    assert (found.state, str(found.power), found.stance) == ("SRB", "RUS", Stance.TOWARD)
    assert pair(tmp_path, "[Russia] was scolded by [Latvia].", "Russia", "Latvia", 4).stance == Stance.AWAY


def test_neutral_is_none(tmp_path: Path) -> None:
    assert pair(tmp_path, "[Kenya] and [China] met.", "Kenya", "China", 0).stance == Stance.NONE


def test_neutral_between_two_powers_is_none_both_ways(tmp_path: Path) -> None:
    items = read(tmp_path, ("[Russia] and [China] met.", "Russia", "China", 0))
    assert [(p.state, str(p.power)) for p in items if isinstance(p, Pair)] == [("RUS", "CHN"), ("CHN", "RUS")]


def test_the_brackets_of_the_entities_are_taken_away_and_no_others(tmp_path: Path) -> None:
    found = pair(tmp_path, "[Kenya] told [China] it would [sic] pay.", "Kenya", "China", 0)
    assert found.text == "Kenya told China it would [sic] pay."


def test_an_entity_may_be_the_beginning_of_a_word(tmp_path: Path) -> None:
    found = pair(tmp_path, "[Pakistan]i ministers hailed [Chin]a.", "Pakistan", "Chin", 1)
    assert found.text == "Pakistani ministers hailed China."
    assert (found.state, str(found.power)) == ("PAK", "CHN")


def test_a_leader_stands_for_the_state(tmp_path: Path) -> None:
    assert pair(tmp_path, "[Hungary] lauded [Vladimir Putin].", "Hungary", "Vladimir Putin", 1).power == "RUS"


def test_quotes_are_read_as_in_csv(tmp_path: Path) -> None:
    found = pair(tmp_path, '"[Kenya] called [China] ""a friend""."', "Kenya", "China", 1)
    assert found.text == 'Kenya called China "a friend".'


def test_a_label_from_a_power_to_a_state_is_dropped(tmp_path: Path) -> None:
    assert "from a power" in reason(tmp_path, "[China] praised [Kenya].", "China", "Kenya", 1)


def test_entities_without_brackets_are_dropped(tmp_path: Path) -> None:
    assert "brackets" in reason(tmp_path, "China praised [Kenya].", "China", "Kenya", 1)


def test_other_entities_go_to_the_table_with_their_holder(tmp_path: Path) -> None:
    items = read(tmp_path, ("[Smith] was booed by [Jones].", "Smith", "Jones", 4))
    assert items == [Target("Smith was booed by Jones.", "Smith", "negative", holder="Jones")]


def test_a_state_and_a_person_make_no_pair(tmp_path: Path) -> None:
    (item,) = read(tmp_path, ("[China] jailed [Smith].", "China", "Smith", 3))
    assert isinstance(item, Target)


def test_two_states_without_a_power_make_no_pair(tmp_path: Path) -> None:
    (item,) = read(tmp_path, ("[Kenya] thanked [Norway].", "Kenya", "Norway", 1))
    assert item == Target("Kenya thanked Norway.", "Norway", "positive", holder="Kenya")


def test_a_neutral_row_of_other_entities_holds_both_ways(tmp_path: Path) -> None:
    items = read(tmp_path, ("[Smith] met [Jones].", "Smith", "Jones", 0))
    assert [(t.holder, t.target) for t in items if isinstance(t, Target)] == [
        ("Smith", "Jones"),
        ("Jones", "Smith"),
    ]


@pytest.mark.parametrize("row", ["[A] met [B].\tA\tB", "[A] met [B].\tA\tB\t7", "[A] met [B].\tA\tB\t1\tx"])
def test_a_line_of_another_shape_is_named(tmp_path: Path, row: str) -> None:
    path = tmp_path / "odd.txt"
    path.write_text(row + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"odd.txt:1: a line of DSE is"):
        list(dse.read(path))
