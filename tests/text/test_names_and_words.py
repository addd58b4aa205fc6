"""What states are called, and the one tokenisation."""

from __future__ import annotations

import pytest

from stance.schema import STATE_CODES
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
