"""Article scores as plain objects: the JSON contract, and one flat row an alignment."""

from __future__ import annotations

from typing import Any

from stance.schema import LABELS, Alignment, Evidence, Mention, Sentence
from stance.scoring.scorer import ArticleScore


def _mention(mention: Mention, offset: int) -> dict[str, Any]:
    start, end = mention.start + offset, mention.end + offset
    return {"state": mention.state, "text": mention.text, "start": start, "end": end}


def _sentence(sentence: Sentence, mentions: tuple[Mention, ...]) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "mentions": [_mention(mention, sentence.start) for mention in mentions],
    }


def _rounded(value: float) -> float:
    return round(value, 4)


def _shares(values: tuple[float, ...]) -> dict[str, float]:
    return {str(label): _rounded(value) for label, value in zip(LABELS, values, strict=True)}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "sentence": evidence.sentence.text,
        "start": evidence.sentence.start,
        "end": evidence.sentence.end,
        "label": str(evidence.label),
        "probability": _rounded(evidence.probability),
        "probabilities": _shares(evidence.score.probabilities),
        "carried": evidence.score.example.carried,
    }


def _alignment(alignment: Alignment) -> dict[str, Any]:
    return {
        "state": alignment.state,
        "power": str(alignment.power),
        "score": _rounded(alignment.score),
        "interval": [_rounded(bound) for bound in alignment.interval],
        "n": alignment.n,
        "shares": _shares(alignment.shares),
        "evidence": [_evidence(one) for one in alignment.evidence],
    }


def to_object(scored: ArticleScore) -> dict[str, Any]:
    """Return one article's score as the JSON object of ``stance score``; all offsets are into its text."""
    article, model = scored.article, scored.model
    return {
        "article": {
            "id": article.id,
            "title": article.title,
            "date": article.date.isoformat() if article.date else None,
            "source": article.source,
            "language": article.language,
            "sentences": [_sentence(s, m) for s, m in zip(scored.sentences, scored.mentions, strict=True)],
        },
        "alignments": [_alignment(alignment) for alignment in scored.alignments],
        "states": [{"state": one.state, "lean": str(one.lean)} for one in scored.states],
        "model": {"name": model.name, "version": model.version, "codebook": model.codebook},
    }


ROW_COLUMNS: dict[str, type] = {
    "article": str,
    "title": str,
    "date": str,
    "source": str,
    "state": str,
    "power": str,
    "lean": str,
    "score": float,
    "low": float,
    "high": float,
    "n": int,
    **{str(label): float for label in LABELS},
    "label": str,
    "probability": float,
    "evidence": str,
    "carried": bool,
    "model": str,
    "model_version": str,
}
"""The flat columns; ``label``, ``probability``, ``evidence`` and ``carried`` are those of the most telling
sentence (``carried``: it takes the state or the power from the sentence before)."""


def to_rows(scored: ArticleScore) -> list[dict[str, Any]]:
    """Return one flat row an alignment, with the keys of ``ROW_COLUMNS``."""
    lean = {one.state: str(one.lean) for one in scored.states}
    article = scored.article
    head = {
        "article": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "source": article.source,
    }
    tail = {"model": scored.model.name, "model_version": scored.model.version}
    return [head | _row(alignment, lean[alignment.state]) | tail for alignment in scored.alignments]


def _row(alignment: Alignment, lean: str) -> dict[str, Any]:
    top = alignment.evidence[0]
    low, high = alignment.interval
    return {
        "state": alignment.state,
        "power": str(alignment.power),
        "lean": lean,
        "score": _rounded(alignment.score),
        "low": _rounded(low),
        "high": _rounded(high),
        "n": alignment.n,
        **_shares(alignment.shares),
        "label": str(top.label),
        "probability": _rounded(top.probability),
        "evidence": top.sentence.text,
        "carried": top.score.example.carried,
    }
