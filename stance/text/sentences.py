"""From an article to its sentences, each with exact offsets into the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import sentencex

from stance.schema import Article, Sentence, Span
from stance.text.furniture import is_furniture, paragraphs

MAX_SENTENCE: Final = 2_000
"""Characters; what runs on for longer is cut at white space, for no model reads it whole."""

_WINDOW: Final = 100_000
"""Characters of a paragraph that are split at a time: bounds the memory on one endless line."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_WORD: Final = re.compile(r"\w")
_AFTER_MAY: Final = re.compile(r"(?<=\bMay\.\s)(?=[A-Z])")  # the splitter takes it for a month cut short
_CLOCK: Final = re.compile(r"\b[ap]\.m\.\s+$", re.IGNORECASE)
_AFTER_CLOCK: Final = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:GMT|UTC|CES?T|BST|IST|[ECMP][DS]?T|[Ll]ocal|Eastern)\b|"
    r"[A-Z]\w+(?: [A-Z]\w+)? time\b)"
)


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences of ``article`` in order; page furniture yields none.

    ``article.text[s.start:s.end] == s.text`` holds for each; none crosses a paragraph.
    """
    sentences = []
    for number, paragraph in enumerate(paragraphs(article.text, article.title)):
        for span in _sentence_spans(article.text, paragraph, article.language):
            text = span.of(article.text)
            if _WORD.search(text) and not is_furniture(text):
                sentences.append(Sentence(text, span.start, span.end, number))
    return tuple(sentences)


def _sentence_spans(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    for span in _raw_spans(text, paragraph, language):
        for piece in _pieces(text, span):
            yield from _trimmed(text, piece)


def _raw_spans(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    """Split window by window; a window's last sentence may go on, so the next begins with it."""
    start = paragraph.start
    while start < paragraph.end:
        end = min(start + _WINDOW, paragraph.end)
        lengths = _segment_lengths(text[start:end], language)
        if end < paragraph.end and len(lengths) > 1:
            lengths.pop()
        for length in lengths:
            yield Span(start, start + length)
            start += length


def _segment_lengths(text: str, language: str) -> list[int]:
    """The lengths of the segments of ``text``, which add up to its own."""
    # A lone surrogate (from broken JSON) cannot pass into the splitter, which speaks UTF-8.
    parts = sentencex.segment(language, _SURROGATE.sub("\ufffd", text))
    segments = [piece for part in parts for piece in _AFTER_MAY.split(part) if piece]
    lengths: list[int] = []
    joins = False
    for segment in segments:
        if joins and _AFTER_CLOCK.match(segment):
            lengths[-1] += len(segment)
        else:
            lengths.append(len(segment))
        joins = _CLOCK.search(segment[-8:]) is not None
    return lengths if sum(lengths) == len(text) else [len(text)]


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """Cut a span that is longer than any sentence, at white space where there is some."""
    start = span.start
    while span.end - start > MAX_SENTENCE:
        window = text[start : start + MAX_SENTENCE]
        cut = start + (len(window.rstrip().rpartition(" ")[0]) or MAX_SENTENCE)
        yield Span(start, cut)
        start = cut
    yield Span(start, span.end)


def _trimmed(text: str, span: Span) -> Iterator[Span]:
    """The span without white space at its ends; nothing where it is all white space."""
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    end = span.start + len(piece.rstrip())
    if start < end:
        yield Span(start, end)
