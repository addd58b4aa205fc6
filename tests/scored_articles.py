"""Article scores made by hand."""

from __future__ import annotations

from stance.models.bundle import Manifest
from stance.schema import Article, Evidence, Example, Power, Score, Sentence
from stance.scoring.aggregate import alignments, leans
from stance.scoring.scorer import ArticleScore

TEXT = "Islamabad thanked Beijing."
MODEL = Manifest(name="toy", version="1", kind="linear", threshold=0.5)


def scored(*rows: tuple[str, str, tuple[float, float, float, float]]) -> ArticleScore:
    sentence = Sentence(TEXT, 0, len(TEXT))
    evidence = [Evidence("a", sentence, Score(Example(TEXT, s, Power(p)), four)) for s, p, four in rows]
    found = alignments(evidence)
    return ArticleScore(Article("a", TEXT, title="A title"), (sentence,), ((),), found, leans(found), MODEL)
