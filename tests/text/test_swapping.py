"""One state in another's place: the sentence stays a sentence, and says the same of the pair."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from builders import example, natural_records

from stance.schema import POWERS, Example
from stance.text.examples import examples_in
from stance.text.mentions import find_mentions
from stance.text.swapping import other_powers, other_states, swap, swap_alike, swap_example


def swapped(text: str, **wanted: str) -> str:
    return swap(text, find_mentions(text), lambda states: wanted)[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Pakistan thanked China.", "Poland thanked China."),
        ("Pakistani officials thanked China.", "Polish officials thanked China."),
        ("The Pakistanis thanked China.", "The Poles thanked China."),
        ("Islamabad thanked China.", "Warsaw thanked China."),
        ("PAKISTAN thanked China.", "POLAND thanked China."),
        ("Pakistan's army and Pakistani ships left.", "Poland's army and Polish ships left."),
    ],
)
def test_each_form_becomes_the_same_form_of_the_other_state(before: str, after: str) -> None:
    assert swapped(before, PAK="POL") == after


def test_a_name_of_several_words_keeps_its_capitals() -> None:
    assert swapped("BOSNIA AND HERZEGOVINA THANKS CHINA", BIH="POL") == "POLAND THANKS CHINA"


def test_an_acronym_is_no_name_in_capitals() -> None:
    assert swapped("Envoys of the DPRK thanked China.", PRK="POL") == "Envoys of Poland thanked China."


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        ("A Kenyan envoy left.", {"KEN": "IND"}, "An Indian envoy left."),
        ("An Indian envoy left.", {"IND": "KEN"}, "A Kenyan envoy left."),
        ("It took an Indian loan.", {"IND": "UKR"}, "It took a Ukrainian loan."),
        ("It took a Kenyan loan.", {"KEN": "UZB"}, "It took an Uzbek loan."),
        ("A Briton was held.", {"GBR": "POL"}, "A Pole was held."),
        ("A Briton was held.", {"GBR": "JPN"}, "A Japanese was held."),
    ],
)
def test_the_indefinite_article_follows_the_sound(before: str, wanted: Mapping[str, str], after: str) -> None:
    assert swapped(before, **wanted) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The Philippines signed.", "Kenya signed."),
        ("Ships of the Philippines left.", "Ships of Kenya left."),
        ("The Philippines government signed.", "The Kenyan government signed."),
    ],
)
def test_the_definite_article_goes_with_the_name_that_had_it(before: str, after: str) -> None:
    assert swapped(before, PHL="KEN") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The United States warned Kenya.", "Russia warned Kenya."),
        ("Kenya warned the US.", "Kenya warned Russia."),
        ("Kenya warned the U.S.", "Kenya warned Russia."),
        ("US officials warned Kenya.", "Russian officials warned Kenya."),
        ("The US military left Kenya.", "The Russian military left Kenya."),
        ("Kenya left the US-led pact.", "Kenya left the Russian-led pact."),
        ("Kenya fears a US-China war.", "Kenya fears a Russia-China war."),
        ("The White House warned Kenya.", "Moscow warned Kenya."),
        ("A White House aide warned Kenya.", "A Moscow aide warned Kenya."),
    ],
)
def test_the_united_states_lose_their_article_and_their_abbreviation(before: str, after: str) -> None:
    assert swapped(before, USA="RUS") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("China warned Kenya.", "The United States warned Kenya."),
        ("Kenya signed with China.", "Kenya signed with the United States."),
        ("Kenya told China to stop.", "Kenya told America to stop."),
        ("Kenya envies China's ports.", "Kenya envies America's ports."),
        ("Kenya is pro-China.", "Kenya is pro-US."),
        ("A Chinese envoy left Kenya.", "An American envoy left Kenya."),
    ],
)
def test_the_united_states_are_written_as_the_place_asks(before: str, after: str) -> None:
    assert swapped(before, CHN="USA") == after


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Xi Jinping and China thanked Kenya.", {"CHN": "RUS"}),
        ("Sino-Kenyan ties and Chinese loans grow.", {"CHN": "RUS"}),
        ("Kenya joined NATO.", {"USA": "RUS"}),
        ("The UK sanctions Kenya.", {"GBR": "POL"}),
    ],
)
def test_a_state_with_a_form_that_no_other_has_stays(text: str, wanted: Mapping[str, str]) -> None:
    assert swapped(text, **wanted) == text


def test_a_leader_holds_his_state_but_not_the_others() -> None:
    assert swapped("Putin's Russia thanked Kenya.", RUS="CHN", KEN="MLI") == "Putin's Russia thanked Mali."


def test_two_states_never_become_one() -> None:
    assert swapped("Kenya and Mali left.", KEN="MLI") == "Kenya and Mali left."
    assert swapped("Kenya and Mali left.", KEN="MLI", MLI="KEN") == "Mali and Kenya left."
    assert swapped("Xi met Russia's envoy.", CHN="RUS", RUS="CHN") == "Xi met Russia's envoy."


def test_a_name_of_no_known_form_stays() -> None:
    text = "Erewhon thanked China."
    (china,) = find_mentions(text)
    erewhon = type(china)(0, 7, "KEN", "Erewhon")
    assert swap(text, [erewhon, china], lambda states: {"KEN": "MLI"}) == (text, (erewhon, china))


def test_the_chooser_is_told_the_states_in_their_order() -> None:
    told: list[list[str]] = []
    text = "Mali and Kenya asked China; Kenya waits."
    swap(text, find_mentions(text), lambda states: told.append(list(states)) or {})  # type: ignore[func-returns-value]
    assert told == [["MLI", "KEN", "CHN"]]


@pytest.mark.parametrize("record", natural_records(), ids=lambda record: record.id)
def test_mentions_stand_where_the_new_names_are(record: object) -> None:
    text, mentions = record.text, record.located()  # type: ignore[attr-defined]
    for choose in (other_states(Random(1)), other_powers(Random(1))):
        new, places = swap(text, mentions, choose)
        assert len(places) == len(mentions)
        assert all(new[one.start : one.end] == one.text for one in places)


def test_minor_states_are_swapped_for_minor_states_that_are_not_there() -> None:
    text = "Kenya and Mali asked China and Russia."
    _, mentions = swap(text, find_mentions(text), other_states(Random(5)))
    kenya, mali, china, russia = (one.state for one in mentions)
    assert (china, russia) == ("CHN", "RUS")
    assert {kenya, mali}.isdisjoint({"KEN", "MLI", *POWERS})
    assert kenya != mali


def test_all_mentions_of_a_state_become_the_same_other_state() -> None:
    text = "Kenya said Kenyan ports and Nairobi's roads need China."
    _, mentions = swap(text, find_mentions(text), other_states(Random(5)))
    assert len({one.state for one in mentions[:3]}) == 1


def test_states_are_drawn_from_the_pool_that_is_given() -> None:
    choose = other_states(Random(0), pool=("FJI", "OMN", "KEN"))
    assert set(choose(["KEN", "CHN", "MLI"]).values()) == {"FJI", "OMN"}


def test_every_power_takes_another_ones_place() -> None:
    for seed in range(6):
        new = other_powers(Random(seed))(["CHN", "KEN", "USA", "RUS"])
        assert sorted(new) == sorted(new.values()) == ["CHN", "RUS", "USA"]
        assert all(old != one for old, one in new.items())


def test_the_same_seed_draws_the_same_states() -> None:
    states = ["KEN", "MLI"]
    assert other_states(Random(3))(states) == other_states(Random(3))(states)
    assert other_states(Random(3))(states) != other_states(Random(4))(states)


def test_an_example_is_swapped_with_its_pair_and_keeps_its_label() -> None:
    before = example("Kenya thanked China.", "KEN", "CHN", "toward")
    after = swap_example(before, lambda states: {"KEN": "MLI", "CHN": "RUS"})
    assert (after.text, after.state, after.power) == ("Mali thanked Russia.", "MLI", "RUS")
    assert after.stance == before.stance


def test_an_unmatched_example_stays_unmatched() -> None:
    before = Example("It rained.", "KEN", POWERS[0])
    assert swap_example(before, other_states(Random(0))) == before


def test_all_pairs_of_a_sentence_get_the_same_states() -> None:
    text = "Kenya thanked China, and Poland rebuked Russia."
    alike = swap_alike(examples_in(text, find_mentions(text)), other_states(Random(1)))
    assert len({one.text for one in alike}) == 1
    assert text not in {one.text for one in alike}
    assert len({(one.state, one.power) for one in alike}) == len(alike)
