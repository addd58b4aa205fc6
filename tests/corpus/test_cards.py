"""Cards: dealt in exact proportion, the same for the same seed."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from random import Random
from typing import Any

import pytest

from stance.corpus.cards import Card, Dyad, card_of, load_design, read_cards
from stance.corpus.dealing import bag, deal, deck
from stance.corpus.location import data_folder
from stance.errors import CorpusError, SchemaError

DESIGN: dict[str, Any] = load_design(data_folder() / "cards")
CARDS = deal(DESIGN, seed=20261124)


def test_a_deck_has_exact_proportions() -> None:
    assert Counter(deck({"a": 0.5, "b": 0.3, "c": 0.2}, 10, Random(1))) == {"a": 5, "b": 3, "c": 2}


def test_a_deck_is_as_large_as_asked_for() -> None:
    assert len(deck({"a": 1, "b": 1, "c": 1}, 100, Random(1))) == 100


def test_a_bag_gives_everything_before_it_gives_anything_twice() -> None:
    source = bag("abcd", Random(1))
    assert sorted(next(source) for _ in range(4)) == list("abcd")


def test_the_committed_cards_are_what_the_seed_deals() -> None:
    assert read_cards(data_folder() / "cards" / "cards.jsonl") == CARDS


def test_another_seed_deals_other_cards() -> None:
    assert deal(DESIGN, seed=1) != CARDS


def test_a_card_survives_a_round_trip() -> None:
    assert card_of(json.loads(CARDS[0].line())) == CARDS[0]


def test_there_is_a_card_for_every_sentence() -> None:
    assert len(CARDS) == DESIGN["sentences"]
    assert len({card.id for card in CARDS}) == len(CARDS)


@pytest.mark.parametrize("label", ["toward", "away", "hedging", "none"])
def test_the_labels_come_near_their_targets(label: str) -> None:
    dyads = [dyad for card in CARDS for dyad in card.dyads]
    share = sum(dyad.stance == label for dyad in dyads) / len(dyads)
    assert share == pytest.approx(DESIGN["label_targets"][label], abs=0.02)


def test_the_powers_are_dealt_alike() -> None:
    counts = Counter(dyad.power for card in CARDS for dyad in card.dyads)
    assert max(counts.values()) / min(counts.values()) < 1.05


@pytest.mark.parametrize("phenomenon", DESIGN["phenomena"])
def test_every_phenomenon_has_its_sentences(phenomenon: str) -> None:
    assert (
        sum(card.phenomenon == phenomenon for card in CARDS) == DESIGN["phenomena"][phenomenon]["sentences"]
    )
    assert DESIGN["phenomena"][phenomenon]["sentences"] >= 80


def twins() -> list[list[Card]]:
    groups = defaultdict(list)
    for card in CARDS:
        groups[card.group].append(card)
    return [group for group in groups.values() if len(group) > 1]


def test_there_are_three_hundred_minimal_pairs() -> None:
    assert len(twins()) >= 300
    assert all(len(pair) == 2 for pair in twins())


def test_the_two_of_a_minimal_pair_differ_in_the_main_label_alone() -> None:
    for first, second in twins():
        assert first.dyads[0].stance != second.dyads[0].stance
        assert first.dyads[1:] == second.dyads[1:]
        assert (first.topic, first.register, first.year) == (second.topic, second.register, second.year)


def test_unseen_states_are_on_marked_cards_alone() -> None:
    unseen = set(DESIGN["unseen"]["states"])
    for card in CARDS:
        codes = {dyad.state for dyad in card.dyads}
        assert card.unseen == bool(codes & unseen), card.id


def test_most_states_of_the_world_are_dealt() -> None:
    assert len({dyad.state for card in CARDS for dyad in card.dyads}) >= 140


def test_a_card_never_asks_for_a_pair_twice() -> None:
    for card in CARDS:
        pairs = [(dyad.state, dyad.power) for dyad in card.dyads]
        assert len(pairs) == len(set(pairs)), card.id


def test_sports_and_crime_take_no_position() -> None:
    assert all(
        dyad.stance == "none"
        for card in CARDS
        if card.register in ("sports", "crime") and card.phenomenon in ("incidental", "venue")
        for dyad in card.dyads
    )


def test_a_dyad_has_a_legal_label() -> None:
    with pytest.raises(SchemaError):
        Dyad("PAK", "CHN", "friendly")


def test_a_broken_card_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "cards.jsonl"
    path.write_text('{"id": "c1"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"cards\.jsonl:1"):
        read_cards(path)


def test_a_missing_design_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"design\.toml"):
        load_design(tmp_path)
