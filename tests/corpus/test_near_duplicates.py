"""The Jaccard index against the definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.corpus.near_duplicates import clusters, jaccard, masked_words, near_any, similar_pairs
from stance.text.mentions import find_mentions

word_sets = st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=6), max_size=12)


def test_jaccard_is_the_share_in_common() -> None:
    assert jaccard(frozenset("abc"), frozenset("bcd")) == pytest.approx(2 / 4)


def test_two_empty_sets_have_nothing_in_common() -> None:
    assert jaccard(frozenset(), frozenset()) == 0


@given(word_sets, st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9, 1.0]))
def test_the_index_finds_exactly_what_comparing_all_pairs_finds(
    sets: list[frozenset[str]], threshold: float
) -> None:
    expected = {
        (i, j)
        for j in range(len(sets))
        for i in range(j)
        if jaccard(sets[i], sets[j]) >= threshold and sets[i] | sets[j]
    }
    assert {(i, j) for i, j, _ in similar_pairs(sets, threshold)} == expected


def test_states_are_masked_so_that_a_swap_of_names_is_a_duplicate() -> None:
    one, other = "Kenya thanked China for the loan", "Poland thanked Russia for the loan"
    assert masked_words(one, find_mentions(one)) == masked_words(other, find_mentions(other))


def test_links_join_items_into_clusters() -> None:
    assert clusters(5, [(0, 1), (3, 4), (1, 4)]) == [0, 0, 2, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15))
def test_linked_items_share_a_cluster(links: list[tuple[int, int]]) -> None:
    roots = clusters(10, links)
    assert all(roots[a] == roots[b] for a, b in links)
    assert all(roots[root] == root for root in roots)


def test_a_threshold_met_exactly_is_met_whatever_the_rounding() -> None:
    whole = frozenset(f"w{n}" for n in range(100))
    part = frozenset(f"w{n}" for n in range(55))  # 0.55 * 100 is a little more than 55 in floating point
    assert [(i, j) for i, j, _ in similar_pairs([part, whole], 0.55)] == [(0, 1)]


@given(word_sets, word_sets, st.sampled_from([0.1, 0.5, 0.7, 1.0]))
def test_what_is_near_one_of_the_others_is_what_comparing_each_with_each_finds(
    sets: list[frozenset[str]], others: list[frozenset[str]], threshold: float
) -> None:
    expected = {i for i, one in enumerate(sets) if any(jaccard(one, other) >= threshold for other in others)}
    assert near_any(sets, others, threshold) == expected
