"""Two models on the same examples: what chance may do, checked against other implementations."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from plain_bootstrap import cluster_bootstrap

from stance.evaluation.metrics import THREE
from stance.evaluation.paired import (
    Discordant,
    bootstrap_macro_f1,
    compare,
    disagreement,
    discordant,
    holm,
    mid_p,
)
from stance.models.f1 import macro_f1

GENERATOR = np.random.default_rng(7)
TRUE = GENERATOR.integers(4, size=240)
SENTENCES = [f"sentence {index // 3}" for index in range(240)]


def right_in(share: float, seed: int) -> NDArray[np.int64]:
    """Labels of a model that knows this share of the answers and guesses the rest."""
    generator = np.random.default_rng(seed)
    return np.where(generator.random(240) < share, TRUE, generator.integers(4, size=240))


GOOD, FAIR, POOR = right_in(0.9, 1), right_in(0.75, 2), right_in(0.2, 3)

counts = st.integers(0, 60)


@given(counts, counts)
def test_mid_p_is_the_exact_p_less_half_of_what_was_seen(first: int, second: int) -> None:
    if first == second:
        assert mid_p(first, second) == 1
        return
    exact = scipy.stats.binomtest(first, first + second).pvalue
    assert mid_p(first, second) == pytest.approx(exact - scipy.stats.binom.pmf(first, first + second, 0.5))


def test_mid_p_does_not_depend_on_who_comes_first() -> None:
    assert mid_p(3, 11) == mid_p(11, 3)


def test_mid_p_of_thousands_of_examples_is_a_number() -> None:
    assert 0 < mid_p(3000, 3200) < 0.02


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_holm_of_one_test_changes_nothing() -> None:
    assert holm([0.2]) == [0.2]


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_is_never_below_p_nor_above_bonferroni(p_values: list[float]) -> None:
    for p, corrected in zip(p_values, holm(p_values), strict=True):
        assert p <= corrected <= min(1, len(p_values) * p) + 1e-12


@given(st.lists(st.floats(0, 1), min_size=2, max_size=8))
def test_holm_keeps_the_order_of_the_tests(p_values: list[float]) -> None:
    corrected = holm(p_values)
    order = np.argsort(p_values, kind="stable")
    assert all(
        a <= b for a, b in zip(np.array(corrected)[order], np.array(corrected)[order][1:], strict=False)
    )


def test_discordant_examples_are_those_that_one_alone_has_right() -> None:
    true, first, second = np.array([0, 1, 2, 3, 3]), np.array([0, 1, 0, 0, 3]), np.array([0, 0, 2, 1, 0])
    assert discordant(true, first, second) == Discordant(first_only=2, second_only=1)


def test_effect_sizes_of_discordant_examples() -> None:
    assert Discordant(30, 10).cohens_g == 0.25
    assert Discordant(10, 30).cohens_g == -0.25
    assert Discordant(0, 0).cohens_g == 0
    assert Discordant(4, 1).odds_ratio == 3
    assert Discordant(0, 0).odds_ratio == 1


def test_the_bootstrap_is_that_of_the_plain_implementation() -> None:
    drawn = bootstrap_macro_f1(TRUE, [GOOD], SENTENCES, draws=150, seed=4)
    plain = cluster_bootstrap(lambda i: macro_f1(TRUE[i], GOOD[i]), SENTENCES, seed=4, draws=150)
    assert np.percentile(drawn[:, 0], [2.5, 97.5]) == pytest.approx([plain.low, plain.high])


def test_only_the_chosen_labels_are_averaged() -> None:
    drawn = bootstrap_macro_f1(TRUE, [FAIR], SENTENCES, over=THREE, draws=60, seed=4)
    plain = cluster_bootstrap(lambda i: macro_f1(TRUE[i], FAIR[i], THREE), SENTENCES, seed=4, draws=60)
    assert np.percentile(drawn[:, 0], [2.5, 97.5]) == pytest.approx([plain.low, plain.high])


def test_a_resample_without_a_rare_label_is_left_out() -> None:
    true, predicted = np.array([0] * 30 + [3] * 30 + [2]), np.array([0] * 30 + [3] * 30 + [3])
    drawn = bootstrap_macro_f1(true, [predicted], [str(i) for i in range(61)], draws=400)
    assert 200 < len(drawn) < 300  # one of 61 is missed by (60/61)**61, 36%
    assert drawn.max() < 0.7  # two labels right, the third never


def test_all_models_are_measured_on_the_same_resamples() -> None:
    drawn = bootstrap_macro_f1(TRUE, [GOOD, POOR, GOOD], SENTENCES, draws=50)
    assert drawn.shape == (50, 3)
    assert drawn[:, 0].tolist() == drawn[:, 2].tolist()


def test_another_seed_draws_other_resamples() -> None:
    one, other = (bootstrap_macro_f1(TRUE, [FAIR], SENTENCES, draws=50, seed=s) for s in (1, 2))
    assert one.tolist() != other.tolist()


def test_a_much_better_model_is_found_to_be_better() -> None:
    (test,) = compare(TRUE, [GOOD, POOR], SENTENCES, draws=500).tests
    assert test.difference.low > 0.3
    assert test.p < 0.01
    assert test.mcnemar_holm < 1e-6
    assert test.discordant.cohens_g > 0.25


def test_a_model_is_not_better_than_itself() -> None:
    (test,) = compare(TRUE, [FAIR, FAIR], SENTENCES, draws=100).tests
    assert (test.difference.low, test.difference.high, test.p) == (0, 0, 1)
    assert test.mcnemar_holm == 1


def test_whoever_comes_first_the_answer_is_the_same() -> None:
    (there,) = compare(TRUE, [GOOD, FAIR], SENTENCES, draws=200).tests
    (back,) = compare(TRUE, [FAIR, GOOD], SENTENCES, draws=200).tests
    assert back.difference.mean == -there.difference.mean
    assert back.difference.low == pytest.approx(-there.difference.high)
    assert back.p == there.p


def test_every_pair_is_tested_and_corrected() -> None:
    tests = compare(TRUE, [GOOD, FAIR, POOR], SENTENCES, draws=200).tests
    assert [(test.first, test.second) for test in tests] == [(0, 1), (0, 2), (1, 2)]
    assert [test.p_holm for test in tests] == holm([test.p for test in tests])


def test_each_model_has_its_score_and_the_number_of_sentences() -> None:
    scores = compare(TRUE, [GOOD, POOR], SENTENCES, draws=200).scores
    assert [score.mean for score in scores] == [macro_f1(TRUE, GOOD), macro_f1(TRUE, POOR)]
    assert all(score.low < score.mean < score.high for score in scores)
    assert scores[0].n == 80


def test_repeating_the_examples_of_a_sentence_proves_nothing() -> None:
    """Twenty copies of each example are no evidence of their own: the interval keeps its width."""
    one = compare(TRUE[:60], [GOOD[:60], FAIR[:60]], [str(i) for i in range(60)], draws=500).tests[0]
    copies = np.tile(np.arange(60), 20)
    many = compare(TRUE[copies], [GOOD[copies], FAIR[copies]], [str(i) for i in copies], draws=500).tests[0]
    assert many.difference.low == pytest.approx(one.difference.low)
    assert many.p == one.p
    assert many.discordant.p < one.discordant.p


def test_p_values_are_even_where_there_is_no_difference() -> None:
    """Of 60 pairs of equal models about one in twenty may look different at the 5% level."""
    names = [str(i) for i in range(240)]
    found = [
        compare(TRUE, [right_in(0.6, 10 + s), right_in(0.6, 500 + s)], names, draws=200, seed=s).tests[0].p
        for s in range(60)
    ]
    assert np.mean(np.array(found) < 0.05) <= 0.15
    assert np.mean(np.array(found) < 0.5) == pytest.approx(0.5, abs=0.2)


def test_disagreement_is_the_largest_total_variation_of_two_models() -> None:
    one, other, third = np.eye(4)[[0, 0]], np.eye(4)[[0, 1]], np.array([[0.5, 0.5, 0, 0], [1, 0, 0, 0]])
    assert disagreement([one, other]).tolist() == [0, 1]
    assert disagreement([one, other, third]).tolist() == [0.5, 1]
