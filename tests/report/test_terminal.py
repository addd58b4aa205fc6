"""The table that a person reads."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from scored_articles import MODEL, TEXT, scored

from stance.report.terminal import ArticleView, bar, telling
from stance.schema import Article, Evidence, Example, Power, Score, Sentence
from stance.scoring.aggregate import alignments, leans
from stance.scoring.scorer import ArticleScore


def shown(score: ArticleScore, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    console.print(ArticleView(score))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("score", "drawn"),
    [
        (1.0, "     │█████"),
        (-1.0, "█████│     "),
        (0.4, "     │██   "),
        (-0.4, "   ██│     "),
        (0.0, "     │     "),
    ],
)
def test_a_bar_goes_right_for_toward_and_left_for_away(score: float, drawn: str) -> None:
    assert bar(score) == drawn


def test_the_table_names_states_scores_and_leans() -> None:
    text = shown(scored(("PAK", "CHN", (0.9, 0.0, 0.0, 0.1)), ("PAK", "USA", (0.0, 0.8, 0.1, 0.1))))
    assert "Pakistan" in text
    assert "+0.90" in text
    assert "-0.80" in text
    assert "toward CHN" in text


def test_the_table_fits_eighty_columns() -> None:
    rows = [("USA", power, (0.3, 0.3, 0.2, 0.2)) for power in ("CHN", "RUS")]
    text = shown(scored(*rows, ("PAK", "USA", (0.3, 0.3, 0.2, 0.2))))
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "United States" in text
    assert "…" not in text


def test_evidence_below_the_threshold_is_not_asserted() -> None:
    score = scored(("PAK", "CHN", (0.4, 0.2, 0.2, 0.2)))
    assert telling(score.alignments[0], 0.5) == []
    assert "No sentence takes a position" in shown(score)


def test_none_is_no_evidence() -> None:
    assert telling(scored(("PAK", "CHN", (0.0, 0.0, 0.0, 1.0))).alignments[0], 0.5) == []


def test_the_evidence_sentence_is_quoted_with_its_label() -> None:
    text = shown(scored(("PAK", "CHN", (0.9, 0.0, 0.0, 0.1))))
    assert "toward 0.90" in text
    assert TEXT in text


def test_an_article_without_pairs_says_so() -> None:
    text = shown(ArticleScore(Article("a", TEXT), (Sentence(TEXT, 0, len(TEXT)),), ((),), (), (), MODEL))
    assert "No sentence names a state together with a power (1 sentences read as English)." in text


def test_brackets_in_a_sentence_are_not_read_as_markup() -> None:
    odd = "[red]Islamabad[/red] thanked Beijing."
    sentence = Sentence(odd, 0, len(odd))
    evidence = [Evidence("a", sentence, Score(Example(odd, "PAK", Power.CHN), (0.9, 0.0, 0.0, 0.1)))]
    found = alignments(evidence)
    score = ArticleScore(Article("a", odd, title="[bold]"), (sentence,), ((),), found, leans(found), MODEL)
    assert odd in shown(score, 120)
