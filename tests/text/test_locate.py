"""Finding the surface forms that a corpus names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stance.text.locate import locate


def texts(text: str, **forms: list[str]) -> list[tuple[str, str]]:
    return [(mention.state, mention.text) for mention in locate(text, forms)]


def test_every_place_is_found() -> None:
    assert texts("China, and China again", CHN=["China"]) == [("CHN", "China"), ("CHN", "China")]


def test_forms_are_whole_words() -> None:
    assert texts("Nigeria is not Niger", NER=["Niger"]) == [("NER", "Niger")]


def test_the_longer_form_wins() -> None:
    assert texts("South Korea spoke", KOR=["South Korea"], PRK=["Korea"]) == [("KOR", "South Korea")]


def test_a_possessive_is_a_mention_without_its_ending() -> None:
    assert texts("China’s navy", CHN=["China"]) == [("CHN", "China")]


def test_dots_are_literal() -> None:
    assert texts("The U.S. and the UxSx", USA=["U.S."]) == [("USA", "U.S.")]


def test_no_form_finds_nothing() -> None:
    assert locate("China", {}) == ()
    assert locate("China", {"CHN": [""]}) == ()


@given(st.text(), st.lists(st.text(min_size=1, max_size=5), max_size=4))
def test_offsets_always_fit(text: str, forms: list[str]) -> None:
    for mention in locate(text, {"CHN": forms}):
        assert text[mention.start : mention.end] == mention.text
