"""The carry rule at its edges: what counts as referring back, and what a carried example holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.models.encodings import Encoding, encode
from stance.schema import Article, Example
from stance.text.examples import article_examples, refers_back
from stance.text.mentions import find_mentions
from stance.text.sentences import split_sentences


def examples(text: str) -> list[Example]:
    sentences = split_sentences(Article("a", text))
    found = article_examples(text, sentences, [find_mentions(sentence.text) for sentence in sentences])
    return [one.example for one in found]


def carried(text: str) -> list[Example]:
    return [example for example in examples(text) if example.carried]


@pytest.mark.parametrize(
    "phrase",
    [
        "It agreed",
        "Their envoy left",
        "The country agreed",
        "The island state agreed",
        "THE GOVERNMENT agreed",
        "Such a plan, or that plan",
        "Both agreed",
        "His ministry agreed",
    ],
)
def test_pronouns_and_definite_phrases_refer_back(phrase: str) -> None:
    assert refers_back(phrase, ())


@pytest.mark.parametrize(
    "phrase",
    [
        "Developing nations are now once more weighing their positions",
        "A country agreed",
        "Item by item",
        "The harbour closed",
        "Heroes left",
        "Some loans fell due",
    ],
)
def test_other_phrases_do_not(phrase: str) -> None:
    assert not refers_back(phrase, ())


@pytest.mark.parametrize(
    "second",
    [
        "The Chinese government opened a dam in Tibet.",
        "The US president spoke about tariffs.",
        "The government in Beijing rejected the terms.",
        "The government of China praised them.",
        "The government of neighbouring China praised them.",
        "The state-owned Chinese bank lent more.",
        "Both China and Russia opposed a vote at the UN.",
        "China's IT giant Huawei built a plant.",
        "The government in Beijing said that it would pay.",
    ],
)
def test_a_phrase_that_names_its_state_does_not_refer_back(second: str) -> None:
    assert not carried(f"Kenya held elections on Monday. {second}")


@pytest.mark.parametrize(
    "second",
    [
        "The state visit to China was a success, and it ended late.",
        "In time it will get the state railway that China builds.",
    ],
)
def test_a_phrase_that_is_not_the_state_is_not_rewritten(second: str) -> None:
    (example,) = carried(f"Kenya signed a loan on Monday. {second}")
    assert example.text.endswith(second)


def test_a_state_that_acts_is_rewritten() -> None:
    (example,) = carried("Kenya signed a loan on Monday. The state has owed China for years.")
    assert example.text == "Kenya has owed China for years."


def test_a_rule_of_hyphens_takes_no_time() -> None:
    assert not refers_back("-" * 5_000 + " China welcomed a vote", ())


def test_the_first_sentence_keeps_all_its_mentions() -> None:
    (example,) = carried("Kenya met lenders from China. Kenya said that it would sign.")
    assert [(mention.state, mention.text) for mention in example.mentions] == [
        ("KEN", "Kenya"),
        ("CHN", "China"),
        ("KEN", "Kenya"),
    ]


def test_so_that_masking_hides_every_name_of_both_sentences() -> None:
    (example,) = carried("Kenya and China met today. Kenya said that it would sign.")
    assert encode(example, Encoding.MASKED) == "[S] and [P] met today. [S] said that it would sign."


def test_a_bystander_of_the_first_sentence_is_masked_but_makes_no_pair() -> None:
    (example,) = carried("China lends to Ghana, too. Kenya said that it would sign.")
    assert (example.state, example.power) == ("KEN", "CHN")
    assert encode(example, Encoding.MASKED) == "[P] lends to [O], too. [S] said that it would sign."


def test_two_states_can_take_the_power_of_the_sentence_before() -> None:
    found = carried("China lent a billion. Kenya and Ghana said that they would repay it.")
    assert [(one.state, one.power) for one in found] == [("KEN", "CHN"), ("GHA", "CHN")]


def test_a_power_that_is_named_here_takes_no_power_from_before() -> None:
    assert carried("Washington raised tariffs. China called it a blow to trade.") == []


def test_two_powers_before_are_two_candidates() -> None:
    assert carried("China and Russia lent a billion. Kenya said that it would repay them.") == []


def test_the_sentence_before_the_last_is_too_far() -> None:
    assert carried("China lent a billion. Rain fell. Kenya said that it would repay.") == []


def test_the_first_sentence_has_nothing_before_it() -> None:
    assert examples("It is Kenya that owes most.") == []


def test_both_sentences_have_their_own_examples_beside_the_carried_one() -> None:
    found = examples("Ghana thanked China. Kenya said that it would not.")
    assert [(one.state, one.carried) for one in found] == [("GHA", False), ("KEN", True)]


WORDS = st.sampled_from("Kenya China Russia Ghana it the country said . . \n\n".split(" "))


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_every_example_names_both_its_sides_at_their_offsets(text: str) -> None:
    for example in examples(text):
        assert not example.unmatched
        assert list(example.mentions) == sorted(example.mentions)
        assert example.text in text


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_without_the_rule_only_carried_examples_are_lost(text: str) -> None:
    sentences = split_sentences(Article("a", text))
    mentions = [find_mentions(sentence.text) for sentence in sentences]
    without = article_examples(text, sentences, mentions, carry=False)
    with_rule = article_examples(text, sentences, mentions)
    assert without == [one for one in with_rule if not one.example.carried]
