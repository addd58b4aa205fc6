"""What is worth a person's time: doubt, and difference from what is already chosen."""

from __future__ import annotations

import numpy as np
import pytest

from stance.annotation.selection import WIDTH, choose, entropy, word_vectors

SAME = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]], dtype=np.float32)


def test_an_even_answer_knows_nothing() -> None:
    assert entropy(np.full((1, 4), 0.25)) == pytest.approx([1.0])


def test_a_sure_answer_has_no_entropy() -> None:
    assert entropy(np.array([[1.0, 0.0, 0.0, 0.0]])) == pytest.approx([0.0])


def test_two_even_labels_of_four_are_half_of_it() -> None:
    assert entropy(np.array([[0.5, 0.5, 0.0, 0.0]])) == pytest.approx([0.5])


def test_vectors_have_unit_length() -> None:
    vectors = word_vectors([["a", "b", "a"], ["c"]])
    assert vectors.shape == (2, WIDTH)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0])


def test_a_sentence_without_words_has_no_direction() -> None:
    assert not word_vectors([[], ["a"]])[0].any()


def test_sentences_of_the_same_words_have_the_same_vector() -> None:
    first, second, other = word_vectors([["loan", "signed"], ["signed", "loan"], ["envoy", "expelled"]])
    assert first @ second == pytest.approx(1.0)
    assert first @ other < 0.5


def test_a_rare_word_weighs_more_than_one_that_all_share() -> None:
    shares_rare, rare, common = word_vectors([["the", "loan"], ["loan", "x"], ["the", "y"]])[:3]
    others = word_vectors([["the", "loan"], ["loan", "x"], ["the", "y"], ["the", "z"], ["the", "w"]])
    assert others[0] @ others[1] > others[0] @ others[2]
    assert shares_rare @ rare == pytest.approx(float(shares_rare @ common))


def test_the_most_uncertain_comes_first() -> None:
    assert choose(np.array([0.2, 0.9, 0.5]), SAME, 1) == [1]


def test_the_same_sentence_is_not_chosen_twice_while_there_are_others() -> None:
    assert choose(np.array([0.9, 0.8, 0.1]), SAME, 2) == [0, 2]


def test_with_equal_doubt_the_farthest_is_next() -> None:
    vectors = np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]], dtype=np.float32)
    assert choose(np.ones(3), vectors, 2) == [0, 2]


def test_doubt_and_distance_are_traded() -> None:
    vectors = np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]], dtype=np.float32)
    # 0.9 * (1 - 0.8) = 0.18 against 0.1 * (1 - 0) = 0.1
    assert choose(np.array([1.0, 0.9, 0.1]), vectors, 2) == [0, 1]


def test_all_are_chosen_where_there_are_fewer_than_asked() -> None:
    assert sorted(choose(np.zeros(3), SAME, 10)) == [0, 1, 2]


def test_nothing_is_chosen_of_nothing() -> None:
    assert choose(np.zeros(0), np.zeros((0, 2), dtype=np.float32), 3) == []
