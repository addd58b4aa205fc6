"""What is dealt: decks in proportion, shapes by the design, minimal pairs alike in all but a label."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.corpus.cards import Card, load_design
from stance.corpus.dealing import bag, deal, deck
from stance.corpus.location import data_folder
from stance.schema import LABELS, POWERS

DESIGN: dict[str, Any] = load_design(data_folder() / "cards")
QUIET = DESIGN["secondary"]["quiet"]


@lru_cache(maxsize=2)
def cards(seed: int = 20261124) -> tuple[Card, ...]:
    return tuple(deal(DESIGN, seed))


def twins() -> list[tuple[Card, Card]]:
    return [(first, second) for first, second in pairwise(cards()) if first.group == second.group]


def codes(card: Card) -> set[str]:
    return {code for dyad in card.dyads for code in (dyad.state, dyad.power)}


def shape(card: Card) -> str:
    powers = sum(code in POWERS for code in codes(card))
    return f"S{len(codes(card)) - powers}P{powers}"


weights = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 10), min_size=1)


@given(weights, st.integers(0, 60))
def test_a_deck_is_never_a_whole_card_off_its_proportion(shares: dict[str, float], size: int) -> None:
    counts = Counter(deck(shares, size, Random(1)))
    assert counts.total() == size
    for name, share in shares.items():
        assert abs(counts[name] - share / sum(shares.values()) * size) < 1 + 1e-9


def test_decks_of_one_seed_are_shuffled_alike() -> None:
    shares = {"a": 1, "b": 2, "c": 3}
    assert deck(shares, 30, Random(5)) == deck(shares, 30, Random(5))
    assert deck(shares, 30, Random(5)) != deck(shares, 30, Random(6))


def test_a_bag_is_refilled_when_it_is_empty() -> None:
    source = bag("abc", Random(2))
    assert Counter(next(source) for _ in range(30)) == {"a": 10, "b": 10, "c": 10}


def test_the_same_seed_deals_the_same_cards() -> None:
    assert tuple(deal(DESIGN, 20261124)) == cards()


@pytest.mark.parametrize("name", DESIGN["shapes"])
def test_every_shape_is_dealt_as_often_as_the_design_says(name: str) -> None:
    assert sum(shape(card) == name for card in cards()) == DESIGN["shapes"][name]


@pytest.mark.parametrize("name", DESIGN["phenomena"])
def test_every_phenomenon_has_its_minimal_pairs(name: str) -> None:
    found = sum(first.phenomenon == name for first, _ in twins())
    assert found == DESIGN["phenomena"][name].get("pairs", 0)


@pytest.mark.parametrize("name", [n for n, entry in DESIGN["phenomena"].items() if "pairs" not in entry])
def test_main_labels_lie_near_their_weights_where_no_twin_turns_them(name: str) -> None:
    entry = DESIGN["phenomena"][name]
    counts = Counter(card.dyads[0].stance for card in cards() if card.phenomenon == name)
    total = sum(entry["labels"].values())
    for label in LABELS:
        expected = entry["labels"].get(label, 0) / total
        assert counts[label] / entry["sentences"] == pytest.approx(expected, abs=0.12)


@pytest.mark.parametrize("name", [n for n, entry in DESIGN["phenomena"].items() if "shapes" in entry])
def test_a_phenomenon_that_needs_a_shape_gets_it(name: str) -> None:
    wanted = DESIGN["phenomena"][name]["shapes"]
    dealt = [shape(card) for card in cards() if card.phenomenon == name]
    assert sum(one in wanted for one in dealt) / len(dealt) > 0.95


@pytest.mark.parametrize("attribute", ["registers", "orders"])
def test_registers_and_orders_lie_near_their_shares(attribute: str) -> None:
    counts = Counter(getattr(card, attribute.removesuffix("s")) for card in cards())
    for name, share in DESIGN[attribute].items():
        assert counts[name] / len(cards()) == pytest.approx(share, abs=0.02)


def test_forms_lie_near_their_shares_but_for_metonymy() -> None:
    counts = Counter(f for card in cards() if card.phenomenon != "metonymy" for f in card.forms.values())
    for name, share in DESIGN["forms"].items():
        assert counts[name] / counts.total() == pytest.approx(share, abs=0.02)


def test_metonymy_never_asks_for_a_plain_name() -> None:
    forms = {form for card in cards() if card.phenomenon == "metonymy" for form in card.forms.values()}
    assert forms.isdisjoint({"name", "demonym"})


def test_every_mention_of_a_card_has_a_form() -> None:
    assert all(set(card.forms) == codes(card) for card in cards())


def test_sports_and_crime_stand_on_cards_without_a_position() -> None:
    narrow = [card for card in cards() if card.register in ("sports", "crime")]
    assert narrow
    assert {card.phenomenon for card in narrow} <= set(QUIET)


@pytest.mark.parametrize("name", QUIET)
def test_bystanders_of_a_quiet_sentence_are_quiet(name: str) -> None:
    others = {dyad.stance for card in cards() if card.phenomenon == name for dyad in card.dyads[1:]}
    assert others == {"none"}


def test_headlines_are_short() -> None:
    assert {card.length for card in cards() if card.register == "headline"} == {"8-14 words"}


def test_years_stay_within_the_design_and_recent_ones_prevail() -> None:
    first, last = DESIGN["years"]
    years = [card.year for card in cards()]
    assert first <= min(years) <= max(years) <= last
    assert sum(year > (first + last) / 2 for year in years) > 0.6 * len(years)


def test_twins_share_everything_but_their_ids_and_labels() -> None:
    for first, second in twins():
        assert replace(second, id=first.id, dyads=first.dyads) == first
        assert [(d.state, d.power) for d in first.dyads] == [(d.state, d.power) for d in second.dyads]


def test_a_comparison_of_two_powers_sets_one_against_the_other() -> None:
    for card in cards():
        if card.phenomenon == "comparison" and shape(card) == "S1P2":
            assert {card.dyads[0].stance, card.dyads[1].stance} == {"toward", "away"}


def test_the_unseen_states_are_all_dealt() -> None:
    marked = {code for card in cards() if card.unseen for code in codes(card)}
    assert set(DESIGN["unseen"]["states"]) <= marked


def test_no_unmarked_card_names_an_unseen_state() -> None:
    named = {code for card in cards() if not card.unseen for code in codes(card)}
    assert named.isdisjoint(DESIGN["unseen"]["states"])


def test_twins_are_marked_alike() -> None:
    assert all(first.unseen == second.unseen for first, second in twins())


def test_ids_count_the_cards() -> None:
    assert [card.id for card in cards()][:2] == ["c0001", "c0002"]
    assert cards()[-1].id == f"c{len(cards()):04d}"


def test_every_opening_and_topic_is_used() -> None:
    assert {card.opening for card in cards()} == set(DESIGN["openings"])
    assert {card.topic for card in cards()} == set(DESIGN["topics"])
