"""What the documents say is what the project does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stance.cli.main import app
from stance.corpus.location import corpus_version
from stance.schema import CODEBOOK_VERSION

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "data").glob("*.md"))]


def test_the_table_of_the_readme_is_the_one_that_the_sweep_wrote() -> None:
    results = (ROOT / "experiments" / "baselines" / "results.md").read_text(encoding="utf-8")
    table = [line for line in results.splitlines() if line.startswith("|")]
    assert len(table) == 7
    assert all(line in README for line in table)


def test_the_codebook_has_the_version_that_models_carry() -> None:
    assert f"Version {CODEBOOK_VERSION}" in (ROOT / "data" / "CODEBOOK.md").read_text(encoding="utf-8")


def test_the_datasheet_names_the_version_of_the_corpus() -> None:
    datasheet = (ROOT / "data" / "DATASHEET.md").read_text(encoding="utf-8")
    assert f"version {corpus_version(ROOT / 'data')}" in datasheet


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_the_readme_names_every_command() -> None:
    commands = {command.name for command in app.registered_commands} | {"corpus"}
    assert [name for name in sorted(map(str, commands)) if f"stance {name}" not in README] == []


def test_make_has_the_targets_that_the_documents_name() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    places = [*DOCUMENTS, *ROOT.glob("experiments/*/README.md")]
    named = {
        target
        for path in places
        for words in re.findall(
            r"(?:`|^ {4})make ((?:[a-z-]+ ?)+)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
        for target in words.split()
    }
    assert {"demo", "test", "hydrate", "teacher", "ship", "bench"} <= named
    assert named <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_no_path_of_somebodys_machine(path: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:work|home|root|tmp)/", path.read_text(encoding="utf-8"))
