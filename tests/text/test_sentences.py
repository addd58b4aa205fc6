"""Sentences stand where their offsets say, within a paragraph, whatever the text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.schema import Article
from stance.text.sentences import MAX_SENTENCE, split_sentences

REAL_PAGE = Path(__file__).parents[3] / "shared" / "articles" / "pakistan.txt"

TWO_PARAGRAPHS = """Ruritania turns to Beijing

The minister praised Beijing. He then flew to Moscow for talks.

Washington did not comment. Its envoy left on Friday."""


def texts(text: str, title: str | None = None) -> list[str]:
    return [sentence.text for sentence in split_sentences(Article("a", text, title))]


def test_sentences_come_in_order_with_the_title_first() -> None:
    assert texts(TWO_PARAGRAPHS) == [
        "Ruritania turns to Beijing",
        "The minister praised Beijing.",
        "He then flew to Moscow for talks.",
        "Washington did not comment.",
        "Its envoy left on Friday.",
    ]


def test_a_sentence_may_end_in_may() -> None:
    assert texts("The embassy opened in May. Kenya paid for it.") == [
        "The embassy opened in May.",
        "Kenya paid for it.",
    ]
    assert texts("The embassy opened on Jan. 5 in Nairobi.") == ["The embassy opened on Jan. 5 in Nairobi."]


def test_each_sentence_knows_its_paragraph() -> None:
    assert [s.paragraph for s in split_sentences(Article("a", TWO_PARAGRAPHS))] == [0, 1, 1, 2, 2]


@given(st.text())
def test_offsets_are_exact_in_any_text(text: str) -> None:
    for sentence in split_sentences(Article("a", text)):
        assert text[sentence.start : sentence.end] == sentence.text


@given(st.text("Ab. !?\n\r\t“”()0—é中。"))
def test_sentences_neither_overlap_nor_begin_or_end_with_space(text: str) -> None:
    end = 0
    for sentence in split_sentences(Article("a", text)):
        assert sentence.start >= end
        assert sentence.text == sentence.text.strip()
        end = sentence.end


@given(st.lists(st.sampled_from(["The envoy left.", "He met Mr. Li.", "Talks failed!"]), min_size=1))
def test_sentences_never_cross_a_paragraph(lines: list[str]) -> None:
    assert not any("\n" in text for text in texts("\n\n".join(lines)))


def test_lone_surrogates_do_no_harm() -> None:
    assert texts("A broken \ud800 letter came. It was read.") == [
        "A broken \ud800 letter came.",
        "It was read.",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Gen. Petrov met Mr. Li and Dr. Khan in Geneva.",
        "The U.S. Navy sailed through the strait.",
        "They spoke at 5 p.m. Monday in Vienna.",
        "He arrived at 9 a.m. GMT with two aides.",
        "The U.N. Security Council will vote on Jan. 5.",
        "Spending rose by 3.5 percent, e.g. on ships.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(sentence: str) -> None:
    assert texts(f"{sentence} The talks went on.") == [sentence, "The talks went on."]


def test_a_clock_time_may_end_a_sentence() -> None:
    assert texts("The call began at 5 p.m. US officials declined to comment.") == [
        "The call began at 5 p.m.",
        "US officials declined to comment.",
    ]


def test_a_wrapped_sentence_is_one_sentence() -> None:
    text = (
        "The president said on Tuesday that the country would buy no\nmore gas from Moscow. He named no date."
    )
    assert texts(text) == [
        "The president said on Tuesday that the country would buy no\nmore gas from Moscow.",
        "He named no date.",
    ]


def test_furniture_glued_to_a_paragraph_is_no_sentence() -> None:
    text = "The envoy left Beijing on Friday. Read more: Ten things to know\n\nHe flew home."
    assert texts(text) == ["The envoy left Beijing on Friday.", "He flew home."]


def test_chinese_stops_end_sentences() -> None:
    text = "外交部长访问了北京。双方签署了协议。"
    assert [s.text for s in split_sentences(Article("a", text, language="zh"))] == [
        "外交部长访问了北京。",
        "双方签署了协议。",
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "0", "...", "***", "— 12 —"])
def test_without_words_there_are_no_sentences(text: str) -> None:
    assert texts(text) == []


def test_one_endless_line_is_split_like_any_other() -> None:
    sentence = "The envoy praised the new railway to the coast. "
    found = texts(sentence * 20_000)
    assert len(found) == 20_000
    assert set(found) == {sentence.strip()}


@pytest.mark.parametrize(("piece", "joint"), [("word ", " "), ("x", "")])
def test_a_line_without_stops_is_cut_into_pieces_and_nothing_is_lost(piece: str, joint: str) -> None:
    text = (piece * (300_000 // len(piece))).strip()
    found = texts(text)
    assert max(map(len, found)) <= MAX_SENTENCE
    assert joint.join(found) == text


@pytest.mark.skipif(not REAL_PAGE.exists(), reason="the real page is kept outside the repository")
def test_a_real_page_keeps_its_sentences_and_loses_its_furniture() -> None:
    sentences = split_sentences(Article("page", REAL_PAGE.read_text("utf-8")))
    assert len(sentences) == 12
    assert [s.paragraph for s in sentences] == [0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4]
    assert all(s.text.endswith(".") for s in sentences[1:])
    words = " ".join(s.text for s in sentences).lower()
    assert not any(label in words for label in ("landseeker", "comment!", "leave a reply", "exit mobile"))
