"""The load of the machine is logged beside runs that are long enough to show one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mlflow
import pytest

from stance.experiments.config import load_config
from stance.experiments.tracking import tracked

CONFIGS = Path(__file__).resolve().parents[2] / "configs"


@pytest.mark.parametrize(("name", "is_logged"), [("minilm", True), ("linear_lr", False)])
def test_transformers_log_the_load_of_the_machine(
    name: str, is_logged: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}
    start = mlflow.start_run

    def recorded(**given: Any) -> Any:
        asked.update(given)
        return start(**given | {"log_system_metrics": False})

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(mlflow, "start_run", recorded)
    with tracked(load_config(CONFIGS / f"{name}.yaml", [f"tracking.uri=sqlite:///{tmp_path}/mlflow.db"])):
        pass
    assert asked["log_system_metrics"] is is_logged
