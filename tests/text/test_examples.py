"""Every pair of a sentence, and the rule by which a sentence takes a side from the one before it."""

from __future__ import annotations

import pytest

from stance.schema import Article, Example, Sentence
from stance.text.examples import Occurrence, article_examples, examples_in, pairs
from stance.text.mentions import find_mentions
from stance.text.sentences import split_sentences


def found(text: str, *, carry: bool = True) -> list[Occurrence]:
    sentences = split_sentences(Article("a", text))
    return article_examples(text, sentences, [find_mentions(s.text) for s in sentences], carry=carry)


def dyads(examples: list[Example]) -> set[tuple[str, str]]:
    return {(example.state, str(example.power)) for example in examples}


def carried(text: str) -> set[tuple[str, str]]:
    return dyads([one.example for one in found(text) if one.example.carried])


def test_pairs_are_directed_toward_powers() -> None:
    assert pairs(["PAK", "CHN"]) == [("PAK", "CHN")]


def test_two_powers_make_two_pairs() -> None:
    assert pairs(["RUS", "CHN"]) == [("RUS", "CHN"), ("CHN", "RUS")]


def test_two_states_make_none() -> None:
    assert pairs(["PAK", "IND"]) == []


def test_a_state_named_twice_is_one() -> None:
    assert pairs(["PAK", "CHN", "PAK"]) == [("PAK", "CHN")]


def test_a_sentence_with_a_state_and_two_powers_has_four_examples() -> None:
    text = "Hanoi thanked Washington and Beijing."
    assert dyads(examples_in(text, find_mentions(text))) == {
        ("VNM", "USA"),
        ("VNM", "CHN"),
        ("USA", "CHN"),
        ("CHN", "USA"),
    }


def test_examples_keep_every_mention() -> None:
    text = "Hanoi thanked Beijing, and Vietnam meant it."
    (example,) = examples_in(text, find_mentions(text))
    assert [span.of(text) for span in example.spans("VNM")] == ["Hanoi", "Vietnam"]


CONTINUED = "Islamabad took a fourth loan. The country now owes China a third of its debt."


def test_a_sentence_that_refers_back_takes_the_state_from_the_one_before() -> None:
    assert carried(CONTINUED) == {("PAK", "CHN")}


def test_a_state_is_carried_to_every_power_of_the_sentence() -> None:
    text = "Islamabad wrote a memo. The country cannot stand between China and the US for ever, it said."
    assert carried(text) == {("PAK", "CHN"), ("PAK", "USA")}


def test_the_power_can_be_carried_too() -> None:
    assert carried("China offered a railway. Nairobi accepted the offer within a week.") == {("KEN", "CHN")}


def test_a_phrase_that_stands_for_the_state_gives_way_to_its_name() -> None:
    (one,) = [one for one in found(CONTINUED) if one.example.carried]
    assert one.example.text == "Pakistan now owes China a third of its debt."
    assert [m.text for m in one.example.mentions] == ["Pakistan", "China"]
    assert one.sentence.text == "The country now owes China a third of its debt."


def test_mentions_before_the_phrase_stay_where_they_are() -> None:
    text = "Islamabad took a loan. China and Russia know that the country's debts to China grow."
    (one, *_) = [one for one in found(text) if one.example.carried]
    assert one.example.text == "China and Russia know that Pakistan's debts to China grow."
    assert [m.text for m in one.example.mentions] == ["China", "Russia", "Pakistan", "China"]


def test_after_a_pronoun_a_carried_example_reads_both_sentences() -> None:
    text = "Islamabad took a fourth loan. It now owes China a third of its debt."
    (one,) = [one for one in found(text) if one.example.carried]
    assert one.example.text == text


def test_offsets_of_a_carried_example_fit_its_text() -> None:
    text = "A first paragraph.\n\nIslamabad took a fourth loan. It now owes China a third of its debt."
    (one,) = [one for one in found(text) if one.example.carried]
    assert [m.text for m in one.example.mentions] == ["Islamabad", "China"]


def test_carrying_can_be_switched_off() -> None:
    assert found(CONTINUED, carry=False) == []


@pytest.mark.parametrize(
    ("why", "text"),
    [
        (
            "another paragraph",
            "Islamabad took a loan, officials said.\n\nThe country now owes China money, they said.",
        ),
        ("nothing refers back", "Islamabad took a loan. Debts to China are a third of the total."),
        (
            "two candidates",
            "Islamabad and Nairobi took loans. The country now owes China a third of its debt.",
        ),
        ("both sides are there", "Islamabad took a loan. It is Kenya that owes China most."),
        ("nothing to add to", "Islamabad took a loan. It was the fourth."),
        (
            "a sentence between",
            "Islamabad took a loan. Rain fell all day. It owes China a third of its debt.",
        ),
    ],
)
def test_nothing_is_carried_where_the_rule_does_not_hold(why: str, text: str) -> None:
    assert carried(text) == set(), why


def test_occurrences_come_in_the_order_of_the_sentences() -> None:
    text = "Kenya thanked China. Poland condemned Russia."
    assert [one.example.state for one in found(text)] == ["KEN", "POL"]


def test_sentences_and_mentions_must_match() -> None:
    with pytest.raises(ValueError, match="zip"):
        article_examples("x", [Sentence("x", 0, 1)], [])
