"""Exports of Label Studio as its users get them, small."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def annotation(word: str | None, who: object = 1, *, cancelled: bool = False) -> dict[str, Any]:
    """One annotation of a task in the full layout; no word is an empty result."""
    chosen = {"from_name": "stance", "to_name": "text", "type": "choices", "value": {"choices": [word]}}
    return {"id": 5, "completed_by": who, "was_cancelled": cancelled, "result": [chosen] if word else []}


def task(data: dict[str, Any], *annotations: dict[str, Any]) -> dict[str, Any]:
    """A task in the full layout."""
    return {"id": 9, "data": data, "annotations": list(annotations), "predictions": []}


def write_export(path: Path, *tasks: object) -> Path:
    """Write an export and return its path."""
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path
