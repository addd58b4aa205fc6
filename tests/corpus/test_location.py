"""Where the project's own corpus is found, installed or in a checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.corpus import location
from stance.errors import CorpusError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package that holds no data."""
    folder = tmp_path / "site" / "stance"
    folder.mkdir(parents=True)
    monkeypatch.setattr(location, "_PACKAGE", folder)
    return folder


def test_the_data_of_a_checkout_stand_beside_the_package(package: Path) -> None:
    (package.parent / "data" / "composed").mkdir(parents=True)
    assert location.data_folder() == package.parent / "data"


def test_the_data_in_the_package_come_first(package: Path) -> None:
    for folder in (package, package.parent):
        (folder / "data" / "composed").mkdir(parents=True)
    assert location.corpus_folder() == package / "data" / "composed"


def test_a_folder_that_merely_is_called_data_is_not_the_corpus(package: Path) -> None:
    (package.parent / "data").mkdir()
    with pytest.raises(CorpusError, match="give its path"):
        location.data_folder()


def test_real_news_stands_beside_the_composed(package: Path) -> None:
    (package / "data" / "composed").mkdir(parents=True)
    assert location.references_folder() == package / "data" / "real"
    assert location.hydrated_file() == package / "data" / "hydrated" / "real.jsonl"


def test_the_version_is_that_of_the_folder_of_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "VERSION").write_text("1.2.3\n", encoding="utf-8")
    assert location.corpus_version(tmp_path) == "1.2.3"


def test_the_version_of_a_file_stands_in_a_folder_above_it(tmp_path: Path) -> None:
    (tmp_path / "VERSION").write_text("1.2.3\n", encoding="utf-8")
    assert location.corpus_version(tmp_path / "composed" / "train.jsonl") == "1.2.3"


def test_a_corpus_of_ones_own_need_have_no_version(tmp_path: Path) -> None:
    assert location.corpus_version(tmp_path / "a" / "b" / "c" / "mine.jsonl") == "unversioned"


def test_the_codebook_is_known_by_its_hash(package: Path) -> None:
    data = package / "data"
    (data / "composed").mkdir(parents=True)
    (data / "CODEBOOK.md").write_text("abc", encoding="utf-8")
    assert location.codebook_hash() == "ba7816bf8f01cfea"  # FIPS 180-2, appendix B.1
