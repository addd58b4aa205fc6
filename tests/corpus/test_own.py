"""The project's own corpus: what is hydrated lends its text alone, the labels are those of the references."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.corpus import own
from stance.corpus.records import write_records
from stance.corpus.references import Reference, sha1, write_references
from stance.schema import Stance

TEXT = "Pakistan thanked China for the loan."


def reference(stance: str) -> Reference:
    return Reference.model_validate(
        {
            "id": "real-1",
            "sha1": sha1(TEXT),
            "source": "toy",
            "doc": "d1",
            "repo": "owner/name",
            "commit": "a" * 40,
            "path": "news.json",
            "pick": "random",
            "split": "train",
            "mentions": {"PAK": ["Pakistan"], "CHN": ["China"]},
            "examples": [{"state": "PAK", "power": "CHN", "stance": stance}],
        }
    )


def test_a_label_that_was_mended_counts_though_the_text_was_hydrated_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hydrated = reference("away").record(TEXT)
    assert hydrated is not None
    write_records([hydrated], tmp_path / "real.jsonl")
    write_references([reference("toward")], tmp_path / "references")
    monkeypatch.setattr(own, "hydrated_file", lambda: tmp_path / "real.jsonl")
    monkeypatch.setattr(own, "references_folder", lambda: tmp_path / "references")
    (record,) = own.real_records()
    assert [dyad.stance for dyad in record.examples] == [Stance.TOWARD]


def test_without_hydrated_text_there_is_no_real_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "hydrated_file", lambda: tmp_path / "none.jsonl")
    assert own.real_records() == []
