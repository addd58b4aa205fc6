"""Behaviour tests of classifiers whose behaviour is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from builders import example, natural_records

from stance.corpus.records import Record, write_records
from stance.errors import CorpusError
from stance.evaluation.behaviour import (
    TARGETS,
    Behaviour,
    behaviour,
    behaviour_records,
    both_right,
    consistency,
    minimal_pairs,
    read_pairs,
    swapped_pairs,
)
from stance.models.classifier import Probabilities
from stance.schema import LABELS, Example, Power, Stance
from stance.text.swapping import other_states


class Says:
    """Answers by a rule, and counts what it was asked."""

    classes_: tuple[Stance, ...] = LABELS

    def __init__(self, rule: Callable[[Example], Stance | None]) -> None:
        self.rule = rule
        self.asked: list[Example] = []

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        self.asked += examples
        return np.array([[float(label == self.rule(one)) for label in LABELS] for one in examples])


ORACLE = Says(lambda one: one.stance)
INDIFFERENT = Says(lambda one: Stance.NONE)
NATIONALIST = Says(lambda one: Stance.TOWARD if one.state == "PAK" else Stance.AWAY)
THANKS = example("Pakistan thanked China.", "PAK", "CHN", "toward")
REBUKE = example("Pakistan rebuked China.", "PAK", "CHN", "away")


def record(text: str, stance: str, group: str = "g", number: int = 0) -> Record:
    return natural_records()[0].model_copy(
        update={
            "id": f"{group}-{number}",
            "text": text,
            "mentions": {"PAK": ("Pakistan",), "CHN": ("China",)},
            "examples": (
                natural_records()[0]
                .examples[0]
                .model_copy(update={"state": "PAK", "power": Power.CHN, "stance": Stance(stance)}),
            ),
            "group": group,
        }
    )


def test_a_swapped_twin_differs_in_its_state_alone() -> None:
    ((old, new),) = swapped_pairs([THANKS], lambda states: {"PAK": "KEN"})
    assert (old, new.text, new.state) == (THANKS, "Kenya thanked China.", "KEN")
    assert (new.power, new.stance) == (old.power, old.stance)


def test_the_examples_of_a_sentence_share_one_swap() -> None:
    text = "Pakistan thanked China and Russia."
    same = [example(text, "PAK", power, "toward") for power in ("CHN", "RUS")]
    first, second = (new for _, new in swapped_pairs(same, other_states(Random(1))))
    assert first.text == second.text


def test_sentences_in_which_nothing_can_be_swapped_are_left_out() -> None:
    assert (
        swapped_pairs([example("Putin met Xi Jinping.", "RUS", "CHN", "none")], other_states(Random(1))) == []
    )


def test_consistency_asks_for_the_same_label_and_not_for_the_right_one() -> None:
    pairs = swapped_pairs([THANKS, REBUKE], lambda states: {"PAK": "KEN"})
    assert consistency("x", INDIFFERENT, pairs).share == 1
    assert consistency("x", NATIONALIST, pairs).share == 0


def test_both_of_a_pair_must_be_right() -> None:
    assert both_right("x", ORACLE, [(THANKS, REBUKE)]).share == 1
    assert both_right("x", NATIONALIST, [(THANKS, REBUKE)]).share == 0


def test_what_fails_is_kept() -> None:
    found = both_right("x", NATIONALIST, [(THANKS, THANKS), (THANKS, REBUKE)])
    assert (found.n, found.share, found.failures) == (2, 0.5, ((THANKS, REBUKE),))


def test_without_pairs_there_is_no_share() -> None:
    assert both_right("x", ORACLE, []).share == 0


def test_minimal_pairs_are_of_one_group_and_one_dyad_and_differ_in_label() -> None:
    records = [
        record("Pakistan thanked China.", "toward", "g", 1),
        record("Pakistan rebuked China.", "away", "g", 2),
        record("Pakistan praised China.", "toward", "g", 3),
        record("Pakistan mocked China.", "away", "h", 1),
    ]
    texts = {(one.text, other.text) for one, other in minimal_pairs(records)}
    assert texts == {
        ("Pakistan thanked China.", "Pakistan rebuked China."),
        ("Pakistan rebuked China.", "Pakistan praised China."),
    }


def test_two_sentences_of_one_news_document_are_no_minimal_pair() -> None:
    thanked, rebuked = (
        record("Pakistan thanked China.", "toward", "doc", 1),
        record("Pakistan rebuked China.", "away", "doc", 2),
    )
    news = [one.model_copy(update={"origin": "guardian"}) for one in (thanked, rebuked)]
    assert minimal_pairs([thanked, rebuked])
    assert not minimal_pairs(news)


def test_a_group_that_is_no_pair_is_named(tmp_path: Path) -> None:
    write_records([record("Pakistan thanked China.", "toward", "lonely")], tmp_path / "pairs.jsonl")
    with pytest.raises(CorpusError, match="group lonely has 1 examples"):
        read_pairs(tmp_path / "pairs.jsonl")


@pytest.mark.parametrize(("failed", "met"), [(0, True), (3, True), (4, False)])
def test_a_target_is_met_from_its_share_on(failed: int, met: bool) -> None:
    found = Behaviour("states_swapped", 100, ((THANKS, THANKS),) * failed)
    assert found.is_met is met
    assert found.as_dict() == {"share": found.share, "n": 100, "target": 0.97, "met": met}


def test_a_test_without_a_target_is_neither_met_nor_missed() -> None:
    assert Behaviour("minimal_pairs", 10, ()).is_met is None


def test_who_knows_everything_passes_everything() -> None:
    found = {one.name: one for one in behaviour(ORACLE, natural_records())}
    assert set(TARGETS) < set(found)
    assert {one.share for one in found.values() if one.n} == {1.0}


def test_who_always_says_the_same_is_consistent_and_knows_nothing() -> None:
    found = {one.name: one.share for one in behaviour(INDIFFERENT, natural_records())}
    assert found["states_swapped"] == found["powers_swapped"] == 1
    assert found["direction"] == found["negation"] == 0


def test_who_looks_at_the_state_is_found_out() -> None:
    by_region = Says(lambda one: LABELS[sum(map(ord, one.state)) % 4])
    found = {one.name: one for one in behaviour(by_region, natural_records())}
    assert found["states_swapped"].share < 0.6


def test_no_example_is_asked_about_twice() -> None:
    careful = Says(lambda one: one.stance)
    behaviour(careful, natural_records())
    assert len(set(careful.asked)) == len(careful.asked)


def test_the_same_seed_swaps_the_same_states() -> None:
    once, again, other = (Says(lambda one: one.stance) for _ in range(3))
    for classifier, seed in ((once, 1), (again, 1), (other, 2)):
        behaviour(classifier, natural_records(), seed)
    assert once.asked == again.asked
    assert once.asked != other.asked


def test_the_test_sentences_are_those_of_the_test_split() -> None:
    assert {one.split for one in behaviour_records()} == {"test"}
