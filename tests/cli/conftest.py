"""Running the command line in this process."""

from __future__ import annotations

import sys

import pytest
from command import Result, Run

from stance.cli.main import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run ``stance ARGS`` and return its exit code and what it printed."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "dumb")

    def call(*args: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["stance", *map(str, args)])
        capfd.readouterr()
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capfd.readouterr()
        return Result(code, out, err)

    return call
