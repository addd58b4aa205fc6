"""Locating forms, and words, against their definitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.schema import STATE_CODES
from stance.text.locate import locate
from stance.text.names import state_name
from stance.text.words import words


@pytest.mark.parametrize("text", ["Japan-backed", "non-Japan", "Japan's", "(Japan)", "Japan,", "“Japan”"])
def test_punctuation_ends_a_word(text: str) -> None:
    assert [mention.text for mention in locate(text, {"JPN": ["Japan"]})] == ["Japan"]


@pytest.mark.parametrize("text", ["Japanese", "japan", "Japan2", "Trans_Japan"])
def test_letters_digits_and_case_tell_words_apart(text: str) -> None:
    assert locate(text, {"JPN": ["Japan"]}) == ()


def test_mentions_come_in_the_order_of_the_text() -> None:
    found = locate("Kenya, China, Kenya", {"CHN": ["China"], "KEN": ["Kenya"]})
    assert [mention.state for mention in found] == ["KEN", "CHN", "KEN"]


def test_the_earlier_form_wins_where_two_overlap() -> None:
    found = locate("Hong Kong China", {"HKG": ["Hong Kong"], "CHN": ["Kong China"]})
    assert [mention.text for mention in found] == ["Hong Kong"]


@given(st.lists(st.sampled_from(["Kenya", "China", "and", "Kenyans"]), max_size=12))
def test_every_whole_word_is_found_once(tokens: list[str]) -> None:
    found = locate(" ".join(tokens), {"KEN": ["Kenya"], "CHN": ["China"]})
    assert [mention.text for mention in found] == [t for t in tokens if t in ("Kenya", "China")]


def test_no_two_states_share_a_name() -> None:
    names = [state_name(code) for code in STATE_CODES]
    assert len(set(names)) == len(names)


@given(st.text())
def test_words_are_never_empty_nor_hold_a_space(text: str) -> None:
    assert all(word and not any(character.isspace() for character in word) for word in words(text))


@pytest.mark.parametrize("text", ["", "...", " – ", "'", "\n"])
def test_marks_alone_are_no_words(text: str) -> None:
    assert words(text) == []


@given(st.lists(st.sampled_from(["loan", "state-run", "don't", "x’s", "42"]), max_size=8))
def test_spaces_part_words_whatever_stands_between(tokens: list[str]) -> None:
    assert words(" , ".join(tokens)) == tokens
