"""The bounds of the project's own corpus: each can be broken, and the corpus breaks none."""

from __future__ import annotations

import pytest
from toy_corpus import toy_records

from stance.corpus.floors import COMPOSED, Bound, fallen_short, figures, minimal_pairs, near_real
from stance.corpus.location import corpus_folder
from stance.corpus.records import read_records

OWN = figures(list(read_records(corpus_folder())))


@pytest.mark.parametrize("bound", COMPOSED, ids=lambda bound: bound.figure)
def test_the_corpus_keeps_every_bound(bound: Bound) -> None:
    assert fallen_short(OWN, [bound]) == []


def test_a_small_corpus_of_frames_keeps_few() -> None:
    short = " ".join(fallen_short(figures(toy_records()), COMPOSED))
    for figure in (
        "sentences",
        "states",
        "distinct_4grams",
        "top_start",
        "minimal_pairs",
        "rarest_phenomenon",
    ):
        assert f"{figure} is" in short


def test_a_line_says_the_figure_and_what_is_asked() -> None:
    assert fallen_short({"share": 0.5}, [Bound("share", 0.1, 0.2)]) == [
        "share is 0.5, asked: at least 0.1, at most 0.2"
    ]


@pytest.mark.parametrize(("value", "holds"), [(0.1, True), (0.2, True), (0.09, False), (0.21, False)])
def test_a_bound_includes_its_ends(value: float, holds: bool) -> None:
    assert Bound("share", 0.1, 0.2).holds(value) is holds


def test_two_sentences_of_a_group_with_other_labels_are_a_minimal_pair() -> None:
    toward, away = toy_records()[0], toy_records()[15]
    assert minimal_pairs([toward, away]) == 0
    assert minimal_pairs([toward, away.model_copy(update={"group": toward.group})]) == 1


def test_two_sentences_of_a_group_with_the_same_label_are_none() -> None:
    one, other = toy_records()[:2]
    assert minimal_pairs([one, other.model_copy(update={"group": one.group})]) == 0


def test_a_composed_sentence_like_a_real_one_is_found_whatever_its_states() -> None:
    one, other, far = toy_records()[0], toy_records()[1], toy_records()[59]
    assert near_real([one], [other]) == 1
    assert near_real([one], [far]) == 0
