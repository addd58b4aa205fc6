"""What is counted of a corpus."""

from __future__ import annotations

import pytest
from toy_corpus import toy_records

from stance.corpus.stats import describe, summary, variety


def test_sizes_and_shares_add_up() -> None:
    figures = summary(toy_records())
    assert figures["sentences"] == 60
    assert figures["examples"] == 60
    assert figures["states"] == 5
    assert [figures[f"share_{label}"] for label in ("toward", "away", "hedging", "none")] == [0.25] * 4
    assert figures["examples_CHN"] == 20


def test_sentences_with_several_examples_are_counted() -> None:
    figures = summary(toy_records())
    assert figures["several_examples"] == 0
    assert figures["mixed_sentences"] == 0


def test_a_corpus_of_frames_is_not_varied() -> None:
    figures = variety(toy_records())
    assert figures["distinct_4grams"] < 0.5
    assert figures["top_start"] == pytest.approx(0.25)


def test_words_that_name_a_label_are_counted() -> None:
    records = toy_records()
    naming = records[0].model_copy(update={"text": "Pakistan leans to China, hedging its bets."})
    assert variety([naming, records[1]])["label_words"] == 0.5


def test_an_empty_corpus_has_figures_too() -> None:
    assert summary([])["sentences"] == 0


def test_every_table_adds_up_to_the_whole() -> None:
    for table in describe(toy_records())[1:]:
        assert sum(int(row[1]) for row in table.rows) == 60, table.title
