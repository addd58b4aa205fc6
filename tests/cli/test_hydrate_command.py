"""``stance corpus hydrate``: what is on this machine is never exchanged for less."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import Run

from stance.cli import hydrate as module
from stance.corpus.references import Reference, sha1, write_references
from stance.corpus.unlabelled import Source, read_texts, write_sources

TEXTS = ("Kenya thanked China for the loan.", "Kenya buried its quarrel with China.")
FILE = {"repo": "owner/name", "commit": "a" * 40, "path": "news.json", "source": "toy"}


def reference(text: str) -> Reference:
    about = {"id": sha1(text)[:8], "sha1": sha1(text), "doc": sha1(text), "pick": "random", "split": "train"}
    mentions = {"KEN": ["Kenya"], "CHN": ["China"]}
    examples = [{"state": "KEN", "power": "CHN", "stance": "toward"}]
    return Reference.model_validate(FILE | about | {"mentions": mentions, "examples": examples})


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of data with references to two sentences, labelled and unlabelled."""
    write_references(map(reference, TEXTS), tmp_path / "real")
    source = Source.model_validate(FILE | {"sha1s": sorted(map(sha1, TEXTS))})
    write_sources([source], tmp_path / "sources.jsonl")
    monkeypatch.setattr(module, "references_folder", lambda: tmp_path / "real")
    monkeypatch.setattr(module, "hydrated_file", lambda: tmp_path / "hydrated" / "real.jsonl")
    monkeypatch.setattr(module, "unlabelled_sources", lambda: tmp_path / "sources.jsonl")
    monkeypatch.setattr(module, "unlabelled_file", lambda: tmp_path / "hydrated" / "unlabelled.jsonl")
    return tmp_path


def rows(folder: Path, *texts: str) -> Path:
    file = folder / "rows.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return file


def hydrated(data: Path) -> list[str]:
    lines = (data / "hydrated" / "real.jsonl").read_text(encoding="utf-8").splitlines()
    return sorted(json.loads(line)["text"] for line in lines)


def test_texts_that_are_found_are_written_and_the_others_counted(run: Run, data: Path) -> None:
    result = run("corpus", "hydrate", "--from", rows(data, TEXTS[0]))
    assert result.code == 0, result.err
    assert "found 1 of 2 texts" in result.out
    assert "not found: 1 of 2 texts of toy" in result.err
    assert hydrated(data) == [TEXTS[0]]


def test_more_texts_take_the_place_of_fewer(run: Run, data: Path) -> None:
    run("corpus", "hydrate", "--from", rows(data, TEXTS[0]))
    assert run("corpus", "hydrate", "--from", rows(data, *TEXTS)).code == 0
    assert hydrated(data) == sorted(TEXTS)


@pytest.mark.parametrize("found", [(), TEXTS[:1]])
def test_fewer_texts_do_not_take_the_place_of_more(run: Run, data: Path, found: tuple[str, ...]) -> None:
    run("corpus", "hydrate", "--from", rows(data, *TEXTS))
    result = run("corpus", "hydrate", "--from", rows(data, "It rained.", *found))
    assert (result.code, len(result.error_lines)) == (2, 1)
    assert "stays as it was" in result.err
    assert hydrated(data) == sorted(TEXTS)


@pytest.mark.parametrize(("option", "name"), [((), "real"), (("--unlabelled",), "unlabelled")])
def test_the_wrong_file_writes_nothing(run: Run, data: Path, option: tuple[str, ...], name: str) -> None:
    result = run("corpus", "hydrate", *option, "--from", rows(data, "It rained."))
    assert (result.code, len(result.error_lines)) == (2, 1)
    assert "none of the 2 texts was found" in result.err
    assert not (data / "hydrated" / f"{name}.jsonl").exists()


def test_fewer_sentences_without_labels_do_not_take_the_place_of_more(run: Run, data: Path) -> None:
    run("corpus", "hydrate", "--unlabelled", "--from", rows(data, *TEXTS))
    assert run("corpus", "hydrate", "--unlabelled", "--from", rows(data, TEXTS[0])).code == 2
    assert sorted(read_texts(data / "hydrated" / "unlabelled.jsonl")) == sorted(TEXTS)
