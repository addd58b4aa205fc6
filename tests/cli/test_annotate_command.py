"""``stance annotate``: out to people and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command import Run
from label_studio_export import annotation, task, write_export
from toy_corpus import toy_records, write_toy_corpus

from stance.corpus.records import read_records, write_records

TEXT = (
    "Kenya thanked China for the loan. Poland condemned Russia and expelled its envoy. It rained all day.\n"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def tasks_of(project: Path) -> list[dict[str, Any]]:
    return [one["data"] for one in json.loads((project / "tasks.json").read_text(encoding="utf-8"))]


def answered(project: Path, *words: str) -> Path:
    """The project as it comes back when every annotator says one word to all."""
    labels = [annotation(word, who) for who, word in enumerate(words, start=1)]
    return write_export(project.parent / "export.json", *(task(data, *labels) for data in tasks_of(project)))


def test_articles_become_a_project(run: Run, article: Path, tmp_path: Path) -> None:
    result = run("annotate", "export", article, "--out", tmp_path / "p", "--sample", 5)
    assert result.code == 0, result.err
    assert "2 sentences, 2 tasks" in result.out
    assert {data["state"] for data in tasks_of(tmp_path / "p")} == {"KEN", "POL"}


def test_the_codebook_goes_along(run: Run, article: Path, tmp_path: Path) -> None:
    run("annotate", "export", article, "--out", tmp_path / "p", "--sample", 1)
    settings = json.loads((tmp_path / "p" / "project.json").read_text(encoding="utf-8"))
    assert "Codebook" in settings["expert_instruction"]


def test_only_as_many_sentences_as_asked_are_chosen(run: Run, article: Path, tmp_path: Path) -> None:
    assert "1 sentences" in run("annotate", "export", article, "--out", tmp_path / "p", "--sample", 1).out


def test_a_corpus_is_sampled_without_its_labels(run: Run, tmp_path: Path) -> None:
    corpus = write_toy_corpus(tmp_path)
    run("annotate", "export", "--corpus", corpus, "--out", tmp_path / "p", "--sample", 7, "--seed", 2)
    tasks = tasks_of(tmp_path / "p")
    assert len(tasks) == 7
    assert all(set(one) == {"example", "text", "state", "power", "question"} for one in tasks)


def test_the_same_seed_gives_the_same_sample(run: Run, tmp_path: Path) -> None:
    corpus = write_toy_corpus(tmp_path)
    for name in ("one", "two"):
        run("annotate", "export", "--corpus", corpus, "--out", tmp_path / name, "--sample", 7, "--seed", 2)
    assert tasks_of(tmp_path / "one") == tasks_of(tmp_path / "two")


def test_a_sample_can_be_of_annotated_sentences_only(run: Run, tmp_path: Path) -> None:
    first, *others = toy_records()
    bare = [
        one.model_copy(
            update={"examples": tuple(d.model_copy(update={"annotations": ()}) for d in one.examples)}
        )
        for one in others
    ]
    write_records([first, *bare], tmp_path / "toy.jsonl")
    options = ("--corpus", tmp_path / "toy.jsonl", "--annotated", "--sample", 9)
    assert "1 sentences" in run("annotate", "export", *options, "--out", tmp_path / "p").out


@pytest.mark.parametrize("given", ["both", "neither"])
def test_export_takes_articles_or_a_corpus(run: Run, article: Path, tmp_path: Path, given: str) -> None:
    sources = [article, "--corpus", write_toy_corpus(tmp_path)] if given == "both" else []
    result = run("annotate", "export", *sources, "--out", tmp_path / "p", "--sample", 1)
    assert result.code == 2
    assert "INPUT... for articles, or --corpus PATH" in result.error_lines[-1]


def test_export_overwrites_no_project(run: Run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    result = run("annotate", "export", article, "--out", tmp_path / "p", "--sample", 1)
    assert result.code == 2
    assert "exists: name a new folder" in result.error_lines[-1]


def test_articles_without_a_pair_are_one_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rain.txt"
    path.write_text("It rained all day in the hills.", encoding="utf-8")
    result = run("annotate", "export", path, "--out", tmp_path / "p", "--sample", 1)
    assert result.code == 2
    assert "no sentence of these articles mentions" in result.error_lines[-1]


def test_a_corpus_without_annotations_is_one_line(run: Run, tmp_path: Path) -> None:
    first = toy_records()[0]
    bare = tuple(d.model_copy(update={"annotations": ()}) for d in first.examples)
    write_records([first.model_copy(update={"examples": bare})], tmp_path / "toy.jsonl")
    options = ("--corpus", tmp_path / "toy.jsonl", "--annotated", "--sample", 9)
    result = run("annotate", "export", *options, "--out", tmp_path / "p")
    assert result.code == 2
    assert "carries annotations" in result.error_lines[-1]


def test_labels_of_articles_become_a_valid_corpus(run: Run, article: Path, tmp_path: Path) -> None:
    run("annotate", "export", article, "--out", tmp_path / "p", "--sample", 5)
    result = run("annotate", "import", answered(tmp_path / "p", "toward"), "--into", tmp_path / "new.jsonl")
    assert result.code == 0, result.err
    assert "valid: 2 tasks labelled, 0 open" in result.out
    assert "no agreement to report" in result.out
    assert run("corpus", "validate", tmp_path / "new.jsonl").code == 0
    assert {record.group for record in read_records(tmp_path / "new.jsonl")} != set()


def test_sentences_of_one_article_come_back_in_one_group(run: Run, article: Path, tmp_path: Path) -> None:
    run("annotate", "export", article, "--out", tmp_path / "p", "--sample", 5)
    run("annotate", "import", answered(tmp_path / "p", "none"), "--into", tmp_path / "new.jsonl")
    assert len({record.group for record in read_records(tmp_path / "new.jsonl")}) == 1


def test_a_tie_is_left_out_and_told(run: Run, article: Path, tmp_path: Path) -> None:
    run("annotate", "export", article, "--out", tmp_path / "p", "--sample", 5)
    export = answered(tmp_path / "p", "toward", "away")
    result = run("annotate", "import", export, "--into", tmp_path / "new.jsonl")
    assert "left out 2: the annotators tie" in result.err
    assert result.code == 2
    assert not (tmp_path / "new.jsonl").exists()


def test_a_persons_labels_are_compared_with_the_corpus(run: Run, tmp_path: Path) -> None:
    corpus = write_toy_corpus(tmp_path)
    run("annotate", "export", "--corpus", corpus, "--out", tmp_path / "p", "--sample", 60)
    result = run("annotate", "import", answered(tmp_path / "p", "none"), "--corpus", corpus)
    assert result.code == 0, result.err
    assert "1 and annotation 2" in result.out
    assert "0.250" in result.out
    assert "alpha over all annotations" in result.out


def test_a_persons_labels_are_added_to_the_corpus(run: Run, tmp_path: Path) -> None:
    corpus = write_toy_corpus(tmp_path)
    run("annotate", "export", "--corpus", corpus, "--out", tmp_path / "p", "--sample", 9)
    export = answered(tmp_path / "p", "none")
    run("annotate", "import", export, "--corpus", corpus, "--into", tmp_path / "third.jsonl")
    counts = [len(record.examples[0].annotations) for record in read_records(tmp_path / "third.jsonl")]
    assert sorted(set(counts)) == [2, 3]
    assert counts.count(3) == 9


def test_an_invalid_export_is_listed_and_refused(run: Run, tmp_path: Path) -> None:
    corpus = write_toy_corpus(tmp_path)
    run("annotate", "export", "--corpus", corpus, "--out", tmp_path / "p", "--sample", 2)
    export = answered(tmp_path / "p", "friend")
    result = run("annotate", "import", export, "--corpus", corpus, "--into", tmp_path / "third.jsonl")
    assert result.code == 2
    assert "2 problems in" in result.error_lines[-1]
    assert not (tmp_path / "third.jsonl").exists()


def test_import_names_a_missing_file(run: Run, tmp_path: Path) -> None:
    result = run("annotate", "import", tmp_path / "none.json")
    assert result.code == 2
    assert "none.json" in result.error_lines[-1]


def test_import_needs_a_folder_to_write_to(run: Run, article: Path, tmp_path: Path) -> None:
    run("annotate", "export", article, "--out", tmp_path / "p", "--sample", 5)
    export = answered(tmp_path / "p", "none")
    result = run("annotate", "import", export, "--into", tmp_path / "no" / "new.jsonl")
    assert result.code == 2
    assert "there is no folder" in result.error_lines[-1]
