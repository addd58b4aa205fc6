"""Each rule of a valid corpus, broken once."""

from __future__ import annotations

from typing import Any

from toy_corpus import toy_records

from stance.corpus.records import LabelledDyad, Record
from stance.corpus.validate import near_duplicates, validate
from stance.schema import Power, Stance


def dyad(state: str, power: str, stance: str = "none") -> LabelledDyad:
    return LabelledDyad(state=state, power=Power(power), stance=Stance(stance))


def record(**changes: Any) -> Record:
    given = {
        "id": "c1",
        "text": "Pakistan thanked China.",
        "mentions": {"PAK": ("Pakistan",), "CHN": ("China",)},
        "examples": (dyad("PAK", "CHN", "toward"),),
        "split": "train",
        "group": "g1",
        "register": "agency",
        "phenomenon": "plain",
        "origin": "composed",
    }
    return Record(**given | changes)


def problems(*records: Record) -> list[str]:
    return [problem.what for problem in validate(records)]


def test_the_toy_corpus_is_valid_but_for_its_own_frames() -> None:
    assert all("nearly the same" in problem.what for problem in validate(toy_records()))


def test_a_good_record_has_no_problem() -> None:
    assert problems(record()) == []


def test_a_mention_must_stand_in_the_text() -> None:
    (what,) = problems(record(mentions={"PAK": ("Pakistan", "Islamabad"), "CHN": ("China",)}))
    assert "'Islamabad' of PAK" in what


def test_a_mention_inside_a_word_does_not_stand_in_the_text() -> None:
    text = "Pakistanis thanked China."
    assert any("'Pakistan' of PAK" in what for what in problems(record(text=text)))


def test_a_state_without_a_form_is_a_problem() -> None:
    assert any(
        "no surface form" in what for what in problems(record(mentions={"PAK": (), "CHN": ("China",)}))
    )


def test_every_pair_must_be_labelled() -> None:
    assert problems(record(examples=())) == ["the pair PAK -> CHN has no example"]


def test_the_reverse_pair_of_two_powers_counts() -> None:
    text, mentions = "Russia thanked China.", {"RUS": ("Russia",), "CHN": ("China",)}
    (what,) = problems(record(text=text, mentions=mentions, examples=(dyad("RUS", "CHN"),)))
    assert what == "the pair CHN -> RUS has no example"


def test_only_mentioned_pairs_may_be_labelled() -> None:
    extra = (dyad("PAK", "CHN"), dyad("PAK", "USA"))
    assert problems(record(examples=extra)) == ["the pair PAK -> USA is labelled but not mentioned"]


def test_a_pair_is_labelled_once() -> None:
    twice = (dyad("PAK", "CHN"), dyad("PAK", "CHN", "toward"))
    assert problems(record(examples=twice)) == ["the pair PAK -> CHN is labelled 2 times"]


def test_ids_are_unique() -> None:
    assert "the id stands 2 times" in problems(record(), record())


def test_a_group_is_in_one_split() -> None:
    other = record(id="c2", text="Pakistan flew envoys over to China at dawn.", split="test")
    (what,) = problems(record(), other)
    assert "group g1 is parted" in what


KENYA = {"text": "Kenya thanked Russia.", "mentions": {"KEN": ("Kenya",), "RUS": ("Russia",)}}


def swapped(**changes: Any) -> Record:
    return record(id="c2", group="g2", examples=(dyad("KEN", "RUS", "toward"),), **KENYA, **changes)


def test_near_duplicates_of_two_splits_are_a_leak() -> None:
    (what,) = problems(record(), swapped(split="test"))
    assert "nearly the same as c1 (Jaccard 1.00)" in what


def test_near_duplicates_of_one_split_are_not() -> None:
    assert problems(record(), swapped()) == []


def test_near_duplicates_are_found_whatever_the_names() -> None:
    assert [(a.id, b.id) for a, b, _ in near_duplicates([record(), swapped()])] == [("c1", "c2")]


def test_twins_of_one_group_are_meant_to_be_alike() -> None:
    twin = record(id="c2", text="Pakistan spurned China.", examples=(dyad("PAK", "CHN", "away"),))
    assert near_duplicates([record(), twin]) == []


def test_a_problem_names_its_record() -> None:
    assert str(validate([record(examples=())])[0]).startswith("c1: ")
