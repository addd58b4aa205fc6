"""``stance evaluate --behaviour``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from builders import natural_records
from command import Run

import stance.cli.evaluate as command
from stance.models.bundle import Bundle, Manifest
from stance.models.classifier import Probabilities
from stance.schema import LABELS, Example, Stance

ROW = {"text": "Pakistan thanked China.", "state": "PAK", "power": "CHN", "stance": "toward"}


class Constant:
    """Always leans to "none"."""

    classes_: tuple[Stance, ...] = LABELS

    def predict_proba(self, examples: Sequence[Example]) -> Probabilities:
        return np.tile([0.1, 0.1, 0.1, 0.7], (len(examples), 1))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that need not think, and twelve sentences instead of thousands."""
    bundle = Bundle(Manifest(name="constant", version="1", kind="linear"), Constant())
    monkeypatch.setattr(command, "load_model", lambda model, store: bundle)
    monkeypatch.setattr(command, "behaviour_records", lambda: list(natural_records()[:12]))


def test_behaviour_needs_no_data(run: Run) -> None:
    out = run("evaluate", "--behaviour").out
    assert "states_swapped" in out
    assert "0.97" in out


def test_behaviour_is_a_part_of_the_json_object(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    answer = json.loads(run("evaluate", "--data", tmp_path / "rows.jsonl", "--behaviour", "--json").out)
    assert answer["n"] == 1
    assert set(answer["behaviour"]) == set(command.MEANING)
    assert set(answer["behaviour"]["direction"]) == {"share", "n", "target", "met"}


def test_without_data_and_behaviour_there_is_nothing_to_do(run: Run) -> None:
    result = run("evaluate")
    assert result.code == 2
    assert "--data FILE.jsonl, or --behaviour" in result.err
