"""What the linear models count."""

from __future__ import annotations

import pytest

from stance.models.encodings import Encoding
from stance.models.features import BAG_SEPARATOR, VIEWS, bag, nearest_pair, ngrams, tokens
from stance.schema import Example, Power
from stance.text.mentions import find_mentions


def example(text: str, state: str = "PAK", power: str = "CHN") -> Example:
    return Example(text, state, Power(power), find_mentions(text))


THANKS = example("Pakistan warmly thanked China today.")


def test_role_markers_are_tokens_of_their_own() -> None:
    assert tokens("[S] Thanked [/S:state] it: 5!") == ["[S]", "thanked", "[/S:state]", "it", ":", "5", "!"]


def test_ngrams_are_runs_of_neighbours() -> None:
    assert ngrams(["a", "b", "c"], 2) == ["a", "b", "c", "a b", "b c"]


def test_words_are_those_of_the_encoded_sentence() -> None:
    assert "[S] warmly thanked" in VIEWS["words"](THANKS, Encoding.MASKED)
    assert "pakistan warmly" in VIEWS["words"](THANKS, Encoding.BLIND)


def test_characters_know_where_a_word_ends() -> None:
    view = VIEWS["characters"](THANKS, Encoding.MASKED)
    assert "<tha" in view
    assert "ked>" in view


def test_the_pair_view_knows_who_stands_first() -> None:
    assert "order=SP" in VIEWS["pair"](THANKS, Encoding.MASKED)
    assert "order=PS" in VIEWS["pair"](example("China was thanked by Pakistan."), Encoding.MASKED)


def test_the_pair_view_tags_words_by_place() -> None:
    view = VIEWS["pair"](THANKS, Encoding.MASKED)
    assert {"SP|thanked", "S>warmly", "P>today", "P<thanked"} <= set(view)


def test_the_direction_changes_the_pair_view() -> None:
    text = "Russia condemned China."
    there = VIEWS["pair"](example(text, "RUS", "CHN"), Encoding.MASKED)
    back = VIEWS["pair"](example(text, "CHN", "RUS"), Encoding.MASKED)
    assert set(there) != set(back)


def test_the_nearest_mentions_make_the_pair() -> None:
    one = example("Pakistan spoke; later Islamabad thanked China.")
    pair = nearest_pair(one)
    assert pair is not None
    assert [span.of(one.text) for span in pair] == ["Islamabad", "China"]


def test_an_unmatched_pair_is_told_apart() -> None:
    assert VIEWS["pair"](Example("It rained.", "PAK", Power.CHN), Encoding.MASKED) == ["unmatched"]


def test_the_entity_view_sees_nothing_of_the_sentence() -> None:
    other = example("Pakistan never thanked China.")
    assert VIEWS["entities"](THANKS, Encoding.MASKED) == VIEWS["entities"](other, Encoding.MASKED)


@pytest.mark.parametrize("view", VIEWS)
def test_a_bag_can_be_taken_apart_again(view: str) -> None:
    found = VIEWS[view](THANKS, Encoding.MASKED)
    assert bag(THANKS, view, Encoding.MASKED).split(BAG_SEPARATOR) == found
