"""From scored examples to alignments and leans."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.schema import Alignment, Evidence, Example, Power, Score, Sentence, Stance
from stance.scoring.aggregate import Lean, align, alignments, lean_of, leans, standard_error

TEXT = "A sentence."


def evidence(state: str, power: str, *probabilities: float) -> Evidence:
    example = Example(TEXT, state, Power(power))
    toward, away, hedging, none = probabilities
    return Evidence("article", Sentence(TEXT, 0, len(TEXT)), Score(example, (toward, away, hedging, none)))


TOWARD = (0.94, 0.02, 0.02, 0.02)
AWAY = (0.02, 0.94, 0.02, 0.02)
HEDGING = (0.02, 0.02, 0.94, 0.02)
NONE = (0.02, 0.02, 0.01, 0.95)


def test_the_score_is_the_mean_of_toward_minus_away() -> None:
    alignment = align(
        [evidence("PAK", "CHN", 0.8, 0.1, 0.0, 0.1), evidence("PAK", "CHN", 0.2, 0.3, 0.1, 0.4)]
    )
    assert alignment.score == pytest.approx((0.7 - 0.1) / 2)
    assert alignment.n == 2


def test_the_shares_are_mean_probabilities() -> None:
    alignment = align([evidence("PAK", "CHN", *TOWARD), evidence("PAK", "CHN", *NONE)])
    assert alignment.shares == pytest.approx((0.48, 0.02, 0.015, 0.485))


def test_the_standard_error_of_one_coin_is_that_of_a_bernoulli_draw() -> None:
    score = evidence("PAK", "CHN", 0.3, 0.0, 0.0, 0.7).score
    assert standard_error([score]) == pytest.approx(math.sqrt(0.3 * 0.7))


def test_the_standard_error_shrinks_with_the_root_of_the_evidence() -> None:
    one = [evidence("PAK", "CHN", 0.5, 0.2, 0.1, 0.2).score]
    assert standard_error(one * 4) == pytest.approx(standard_error(one) / 2)


def test_certain_evidence_has_no_width() -> None:
    alignment = align([evidence("PAK", "CHN", 1.0, 0.0, 0.0, 0.0)])
    assert alignment.interval == (1.0, 1.0)


def test_the_most_telling_sentence_comes_first() -> None:
    alignment = align([evidence("PAK", "CHN", *NONE), evidence("PAK", "CHN", *AWAY)])
    assert [one.label for one in alignment.evidence] == [Stance.AWAY, Stance.NONE]


def test_a_sentence_between_two_positions_tells_less_than_one_that_takes_one() -> None:
    torn, sure = (0.49, 0.49, 0.0, 0.02), (0.7, 0.0, 0.0, 0.3)
    alignment = align([evidence("PAK", "CHN", *torn), evidence("PAK", "CHN", *sure)])
    assert alignment.evidence[0].score.probabilities == sure


def test_dyads_are_ordered_by_state_and_power() -> None:
    found = alignments(
        [evidence("VNM", "USA", *TOWARD), evidence("PAK", "RUS", *NONE), evidence("PAK", "CHN", *TOWARD)]
    )
    assert [(a.state, a.power) for a in found] == [("PAK", "CHN"), ("PAK", "RUS"), ("VNM", "USA")]


def test_an_alignment_without_its_evidence_is_judged_by_its_interval() -> None:
    shares = (0.6, 0.0, 0.0, 0.4)
    sure, unsure = (Alignment("KEN", Power.CHN, 0.6, (low, 0.9), 10, shares) for low in (0.2, -0.1))
    assert (lean_of([sure]), lean_of([unsure])) == (Lean.CHN, Lean.UNCLEAR)


def lean(*of: Evidence) -> Lean:
    return lean_of(alignments(of))


def test_a_state_leans_to_the_one_power_that_it_is_surely_toward() -> None:
    assert lean(evidence("PAK", "CHN", *TOWARD), evidence("PAK", "USA", *AWAY)) is Lean.CHN


def test_standing_apart_from_one_power_is_no_lean_to_another() -> None:
    assert lean(evidence("PAK", "USA", *AWAY)) is Lean.UNCLEAR


def test_closeness_to_two_powers_is_hedging() -> None:
    assert lean(evidence("VNM", "CHN", *TOWARD), evidence("VNM", "USA", *TOWARD)) is Lean.HEDGING


def test_mostly_hedging_sentences_are_hedging() -> None:
    assert lean(evidence("IND", "USA", *HEDGING), evidence("IND", "RUS", *HEDGING)) is Lean.HEDGING


def test_sentences_without_a_position_are_unclear() -> None:
    assert lean(*[evidence("IND", "USA", *NONE)] * 5) is Lean.UNCLEAR


def test_a_doubtful_sentence_is_unclear() -> None:
    assert lean(evidence("IND", "USA", 0.5, 0.3, 0.1, 0.1)) is Lean.UNCLEAR


def test_more_doubtful_sentences_add_up_to_a_lean() -> None:
    assert lean(*[evidence("IND", "USA", 0.5, 0.1, 0.1, 0.3)] * 8) is Lean.USA


def test_every_state_has_one_lean() -> None:
    found = alignments(
        [evidence("PAK", "CHN", *TOWARD), evidence("PAK", "USA", *NONE), evidence("VNM", "CHN", *AWAY)]
    )
    assert [(one.state, one.lean) for one in leans(found)] == [("PAK", Lean.CHN), ("VNM", Lean.UNCLEAR)]


four = st.lists(st.floats(0.001, 1), min_size=4, max_size=4).map(lambda p: tuple(x / sum(p) for x in p))


@given(st.lists(four, min_size=1, max_size=12))
def test_the_score_always_lies_in_its_interval(rows: list[tuple[float, ...]]) -> None:
    alignment = align([evidence("PAK", "CHN", *row) for row in rows])
    low, high = alignment.interval
    assert -1 <= low <= alignment.score <= high <= 1
    assert sum(alignment.shares) == pytest.approx(1)
