"""Sentences without labels: by reference in the repository, as text on the user's machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.corpus.location import unlabelled_sources
from stance.corpus.references import read_references, sha1
from stance.corpus.unlabelled import Source, read_sources, read_texts, write_sources, write_texts
from stance.errors import CorpusError

TEXT = "Pakistan thanked China for the loan."


def source(*texts: str, path: str = "news.json") -> Source:
    keys = tuple(sorted(map(sha1, texts)))
    return Source(source="toy", repo="owner/name", commit="a" * 40, path=path, sha1s=keys)


def test_sources_come_back_as_they_were_written(tmp_path: Path) -> None:
    written = [source(TEXT, "Another.", path="b.json"), source("A third.", path="a.json")]
    write_sources(written, tmp_path / "sources.jsonl")
    assert list(read_sources(tmp_path / "sources.jsonl")) == written[::-1]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "sources.jsonl"
    file.write_text(source(TEXT).line() + "\n{}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"sources\.jsonl:2"):
        list(read_sources(file))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot read"):
        list(read_sources(tmp_path / "none.jsonl"))


def test_texts_come_back_as_they_were_written(tmp_path: Path) -> None:
    write_texts({sha1(TEXT): TEXT}, tmp_path / "texts.jsonl")
    assert read_texts(tmp_path / "texts.jsonl") == [TEXT]


def test_a_text_that_was_changed_is_refused(tmp_path: Path) -> None:
    write_texts({sha1(TEXT): TEXT + " "}, tmp_path / "texts.jsonl")
    with pytest.raises(CorpusError, match="hydrate again"):
        read_texts(tmp_path / "texts.jsonl")


def test_the_project_names_no_sentence_that_is_labelled_or_of_a_held_out_document() -> None:
    keys = {key for one in read_sources(unlabelled_sources()) for key in one.sha1s}
    assert len(keys) > 20_000
    from stance.corpus.location import references_folder

    labelled = list(read_references(references_folder()))
    assert keys.isdisjoint(reference.sha1 for reference in labelled)
    held_out = {reference.file for reference in labelled if reference.split != "train"}
    per_document = {one.file for one in read_sources(unlabelled_sources()) if one.source == "us-outlets"}
    assert per_document.isdisjoint(held_out)
