"""What states are called, and the one tokenisation."""

from __future__ import annotations

import pytest

from stance.schema import STATE_CODES
from stance.text.counterparts import COUNTERPARTS
from stance.text.names import state_name
from stance.text.words import words


@pytest.mark.parametrize(
    ("code", "name"), [("PAK", "Pakistan"), ("USA", "United States"), ("KOR", "South Korea")]
)
def test_states_are_called_by_their_common_names(code: str, name: str) -> None:
    assert state_name(code) == name


def test_every_state_has_a_name() -> None:
    assert [code for code in sorted(STATE_CODES) if state_name(code) == code] == []


def test_what_is_no_state_is_its_own_name() -> None:
    assert state_name("ZZZ") == "ZZZ"


def test_words_are_lower_case_and_keep_inner_marks() -> None:
    assert words("The state-run firm’s CEO said: 3.5%!") == [
        "the",
        "state-run",
        "firm’s",
        "ceo",
        "said",
        "3",
        "5",
    ]


@pytest.mark.parametrize("code", sorted(COUNTERPARTS))
def test_a_state_is_called_what_news_calls_it(code: str) -> None:
    assert state_name(code) == COUNTERPARTS[code].name


@pytest.mark.parametrize(
    ("code", "name"),
    [("TUR", "Turkey"), ("MMR", "Myanmar"), ("KGZ", "Kyrgyzstan"), ("MKD", "North Macedonia")],
)
def test_neither_an_old_name_nor_a_native_one_is_shown(code: str, name: str) -> None:
    assert state_name(code) == name
