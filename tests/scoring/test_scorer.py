"""The scorer with the model that ships: any text, whole articles, and the article of the demonstration."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.schema import Article, Stance
from stance.scoring.loading import load_model
from stance.scoring.scorer import ArticleScore, Scorer
from stance.text.articles import read_articles

ROOT = Path(__file__).resolve().parents[2]
SCORER = Scorer.load()

WORDS = st.sampled_from(
    [
        *"China Beijing the US Washington Russia Moscow Kenya NATO signed it . “ ’ [S]".split(),
        "\n\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_the_scorer_raise(text: str) -> None:
    SCORER.score(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=5)), max_size=60).map(" ".join))
def test_no_news_like_text_makes_the_scorer_raise(text: str) -> None:
    for alignment in SCORER.score(text).alignments:
        assert -1 <= alignment.interval[0] <= alignment.score <= alignment.interval[1] <= 1


@given(st.text(st.characters(codec=None), max_size=60))
@settings(max_examples=100, deadline=None)
def test_lone_surrogates_do_not_either(text: str) -> None:
    SCORER.score(f"Pakistan {text} China")


def test_a_string_is_an_article() -> None:
    assert SCORER.score("Pakistan thanked China.").article.text == "Pakistan thanked China."


def test_an_article_without_a_pair_has_no_alignment() -> None:
    scored = SCORER.score("The cat sat on the mat.")
    assert scored.alignments == ()
    assert scored.states == ()


def test_every_pair_of_a_sentence_is_scored() -> None:
    scored = SCORER.score("Vietnam signed a deal with the United States and reassured China.")
    pairs = {(a.state, str(a.power)) for a in scored.alignments}
    assert pairs == {("VNM", "USA"), ("VNM", "CHN"), ("USA", "CHN"), ("CHN", "USA")}


def test_sentences_and_their_mentions_go_together() -> None:
    scored = SCORER.score("Kenya spoke. Russia listened.")
    assert [[m.state for m in mentions] for mentions in scored.mentions] == [["KEN"], ["RUS"]]


def test_the_same_article_gets_the_same_score() -> None:
    article = Article("a", "Vietnam signed a deal with the United States and reassured China.")
    assert SCORER.score(article) == SCORER.score(article)


def test_the_shipped_model_says_what_it_is() -> None:
    manifest = load_model().manifest
    assert manifest.codebook == "1.5"
    assert manifest.corpus is not None
    assert manifest.scores


def _score(path: Path) -> ArticleScore:
    (article,) = read_articles([str(path)])
    return SCORER.score(article)


def test_the_article_of_the_demonstration_is_read_without_its_furniture() -> None:
    scored = _score(ROOT / "data" / "articles" / "strait_of_two_minds.txt")
    text = " ".join(sentence.text for sentence in scored.sentences)
    assert "Second Thomas Shoal" in text
    assert "LEAVE A REPLY" not in text
    assert "Amelia Tan" not in text


def test_the_leaked_memo_is_evidence_and_the_lean_is_not_to_washington() -> None:
    path = ROOT.parent / "shared" / "articles" / "pakistan.txt"
    if not path.is_file():
        pytest.skip("the article of the check on plausibility is not here")
    scored = _score(path)
    pakistan = {str(a.power): a for a in scored.alignments if a.state == "PAK"}
    lean = {one.state: one.lean for one in scored.states}
    assert pakistan["CHN"].score > 0
    assert pakistan["USA"].interval[0] < 0
    assert lean["PAK"] != "USA"
    positions = [e for a in pakistan.values() for e in a.evidence if e.label is not Stance.NONE]
    assert any("Khar" in e.sentence.text for e in positions)
