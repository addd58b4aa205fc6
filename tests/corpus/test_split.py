"""Splitting: shares, and what must never be parted."""

from __future__ import annotations

from collections import Counter

import pytest
from toy_corpus import toy_records

from stance.corpus.location import unseen_states
from stance.corpus.records import SPLITS, LabelledDyad, Record
from stance.corpus.split import SHARES, split_records
from stance.corpus.validate import validate
from stance.schema import Power, Stance

NOUNS = "port mine dam road bank ship jets fund wharf cable farm mill depot rail gas grain visa loan poll quota".split()
VERBS = "leased sold built shut lost found named moved kept cut".split()


def varied(size: int = 200) -> list[Record]:
    """Sentences that are no near-duplicates of each other, two to a group."""
    labels = list(Stance)
    records = []
    for n in range(size):
        noun, verb = NOUNS[n % len(NOUNS)], VERBS[n // len(NOUNS) % len(VERBS)]
        text = f"Kenya {verb} its {noun} {noun}{n} {verb}{n} x{n} y{n} z{n} to China."
        dyad = LabelledDyad(state="KEN", power=Power.CHN, stance=labels[n % 4])
        records.append(
            Record(
                id=f"r{n:03d}",
                text=text,
                mentions={"KEN": ("Kenya",), "CHN": ("China",)},
                examples=(dyad,),
                split="train",
                group=f"g{n // 2}",
                register="agency",
                phenomenon="plain",
                origin="composed",
            )
        )
    return records


def shares(records: list[Record]) -> dict[str, float]:
    counts = Counter(record.split for record in records)
    return {split: counts[split] / len(records) for split in SPLITS}


def test_the_shares_are_70_10_20() -> None:
    got = shares(split_records(varied(), seed=1))
    assert got == pytest.approx(dict(SHARES), abs=0.02)


@pytest.mark.parametrize("label", list(Stance))
def test_every_label_has_the_same_shares(label: Stance) -> None:
    some = [record for record in split_records(varied(), seed=1) if record.examples[0].stance == label]
    assert shares(some) == pytest.approx(dict(SHARES), abs=0.05)


def test_no_group_is_parted() -> None:
    split = split_records(varied(), seed=1)
    assert not [problem for problem in validate(split) if "parted" in problem.what]


def test_no_near_duplicate_is_parted() -> None:
    split = split_records(toy_records(), seed=1)
    assert not [problem for problem in validate(split) if "nearly the same" in problem.what]


def test_the_same_seed_gives_the_same_split() -> None:
    assert split_records(varied(), seed=3) == split_records(varied(), seed=3)


def test_another_seed_gives_another() -> None:
    assert split_records(varied(), seed=3) != split_records(varied(), seed=4)


def test_nothing_but_the_split_changes() -> None:
    before = varied()
    after = split_records(before, seed=1)
    assert [r.model_copy(update={"split": "train"}) for r in after] == before


def test_what_is_kept_for_the_test_goes_there_with_its_group() -> None:
    split = split_records(varied(), seed=1, in_test=lambda record: record.id == "r010")
    assert {record.split for record in split if record.group == "g5"} == {"test"}


def test_fifteen_states_are_kept_unseen() -> None:
    assert len(unseen_states()) == 15
