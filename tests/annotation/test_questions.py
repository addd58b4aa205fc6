"""From articles and corpora to questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
import pytest
from builders import natural_records
from toy_corpus import toy_records

from stance.annotation.questions import (
    Question,
    candidates,
    sampled,
    uncertainties,
    worthwhile,
)
from stance.models.classifier import Probabilities
from stance.schema import LABELS, Article, Example, Power, Stance

TEXT = (
    "Kenya thanked China and the United States on Monday. The weather in the capital was fine all week. "
    "Poland condemned Russia at the summit and expelled its envoy. Vietnam bought grain from Russia in May."
)
ARTICLE = Article("a", TEXT)


class UnsureOfPoland:
    """A classifier that knows everything but where Poland stands."""

    classes_ = LABELS

    def __init__(self) -> None:
        self.batches: list[int] = []

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        self.batches.append(len(examples))
        sure, unsure = [0.97, 0.01, 0.01, 0.01], [0.25, 0.25, 0.25, 0.25]
        return np.array([unsure if example.state == "POL" else sure for example in examples])


def test_sentences_with_a_pair_are_candidates() -> None:
    assert [one.text.split()[0] for one in candidates([ARTICLE])] == ["Kenya", "Poland", "Vietnam"]


def test_a_candidate_holds_every_pair_of_its_sentence() -> None:
    asked = candidates([ARTICLE])[0].questions()
    assert {(q.state, str(q.power)) for q in asked} == {
        ("KEN", "CHN"),
        ("KEN", "USA"),
        ("CHN", "USA"),
        ("USA", "CHN"),
    }


def test_a_sentence_that_two_articles_share_is_one_candidate() -> None:
    assert len(candidates([ARTICLE, Article("b", TEXT + " It rained.")])) == 3


def test_the_sentences_of_an_article_are_one_group() -> None:
    other = Article("b", "Serbia thanked Russia for the gas that it had sent in winter.")
    groups = [one.group for one in candidates([ARTICLE, other])]
    assert groups[0] == groups[1] == groups[2] != groups[3]


def test_nothing_is_carried_over_from_the_sentence_before() -> None:
    text = "Kenya took another loan last week. The country now owes China a third of its debt."
    assert candidates([Article("c", text)]) == []


def test_the_doubt_of_a_sentence_is_that_of_its_most_doubtful_pair() -> None:
    doubts = uncertainties(candidates([ARTICLE]), UnsureOfPoland())
    assert doubts[1] == pytest.approx(1.0)
    assert max(doubts[0], doubts[2]) < 0.2


def test_batches_do_not_change_the_doubt() -> None:
    found = candidates([ARTICLE])
    small = UnsureOfPoland()
    assert uncertainties(found, small, batch=1) == uncertainties(found, UnsureOfPoland())
    assert small.batches == [4, 1, 1]


def test_progress_counts_sentences() -> None:
    told: list[tuple[int, int]] = []
    uncertainties(
        candidates([ARTICLE]), UnsureOfPoland(), lambda done, total: told.append((done, total)), batch=2
    )
    assert told == [(2, 3), (3, 3)]


def test_the_doubtful_sentence_is_asked_about() -> None:
    found = candidates([ARTICLE])
    (question,) = worthwhile(found, uncertainties(found, UnsureOfPoland()), 1, seed=1)
    assert (question.state, question.power) == ("POL", Power.RUS)


def test_a_chosen_sentence_is_asked_about_whole() -> None:
    found = candidates([ARTICLE])
    assert len(worthwhile(found, [0.9, 0.1, 0.1], 1, seed=1)) == 4


def test_the_order_of_questions_depends_on_the_seed_alone() -> None:
    found = candidates([ARTICLE])
    orders = {tuple(q.id for q in worthwhile(found, [0.9, 0.5, 0.1], 3, seed)) for seed in range(8)}
    assert len(orders) > 1
    assert worthwhile(found, [0.9, 0.5, 0.1], 3, 5) == worthwhile(found, [0.9, 0.5, 0.1], 3, 5)


def test_a_sample_holds_as_many_sentences_as_asked() -> None:
    asked = sampled(natural_records(), 10, seed=3)
    assert len({question.text for question in asked}) == 10


def test_a_sample_asks_for_every_pair_of_its_sentences() -> None:
    records = {record.text: record for record in natural_records()}
    asked = sampled(natural_records(), 10, seed=3)
    assert len(asked) == sum(len(records[text].examples) for text in {question.text for question in asked})


def test_the_same_seed_draws_the_same_sample_whatever_the_order_of_the_corpus() -> None:
    records = toy_records()
    assert sampled(records, 5, seed=1) == sampled(records[::-1], 5, seed=1)
    assert sampled(records, 5, seed=1) != sampled(records, 5, seed=2)


def test_a_sample_larger_than_the_corpus_is_the_corpus() -> None:
    assert len(sampled(toy_records(), 1000, seed=1)) == 60


def test_a_question_has_no_place_for_a_label() -> None:
    assert {field.name for field in fields(Question)} == {"id", "text", "state", "power", "group"}
    labels = {str(label) for label in Stance}
    assert not any(labels & set(question.id.split(":")) for question in sampled(toy_records(), 60, 1))


def test_a_question_names_the_pair_in_words() -> None:
    assert Question("x", "Kenya thanked China.", "KEN", Power.CHN).wording == "Kenya (KEN) → China (CHN)"
