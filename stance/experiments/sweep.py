"""Sweeps: many runs under one parent, resumable, with a table of means and intervals at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from yaml import YAMLError

from stance.errors import ConfigError
from stance.evaluation.intervals import over_seeds
from stance.experiments.comparison import Summary
from stance.experiments.config import Config, DataConfig, load_config
from stance.experiments.data import TrainingData, load_data
from stance.experiments.run import train
from stance.experiments.tracking import (
    finished_cells,
    log_curve,
    log_outcome,
    log_summary,
    sweep_run,
    tracked,
)


class Sweep(BaseModel):
    """A sweep file.

    Attributes:
        name: of the parent run.
        question: what the comparison is to answer, a sentence.
        configs: configuration files, relative to the sweep file.
        seeds: every cell is run once with each.
        grid: values by ``key.path``; every combination is run.
        overrides: ``key.path=value``, for all runs.
        columns: the metrics of the table.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    question: str
    configs: tuple[str, ...] = Field(min_length=1)
    seeds: tuple[int, ...] = Field(min_length=1)
    grid: dict[str, tuple[Any, ...]] = Field(default_factory=dict)
    overrides: tuple[str, ...] = ()
    columns: tuple[str, ...] = ("test_macro_f1",)


@dataclass(frozen=True, slots=True)
class Cell:
    """One run of a sweep: a row of the table (``label``), and its seed in ``config``."""

    label: str
    config: Config


Progress = Callable[[int, int, str], None]
"""Told how many of how many runs are done, and what comes next."""


def load_sweep(path: Path, overrides: Sequence[str] = ()) -> Sweep:
    """Load a sweep file; ``overrides`` are added to its own.

    Raises:
        ConfigError: one line that names the file and the key.
    """
    try:
        raw = OmegaConf.to_container(OmegaConf.load(path), resolve=True)
        sweep = Sweep.model_validate(raw)
    except FileNotFoundError:
        raise ConfigError(f"no sweep at {path}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except (OSError, YAMLError, OmegaConfBaseException) as error:
        raise ConfigError(f"{path} is not readable YAML: {' '.join(str(error).split())}") from None
    return sweep.model_copy(update={"overrides": (*sweep.overrides, *overrides)})


def _combinations(grid: Mapping[str, Sequence[Any]]) -> Iterator[list[str]]:
    for values in product(*grid.values()):
        yield [f"{key}={value}" for key, value in zip(grid, values, strict=True)]


def cells(sweep: Sweep, folder: Path) -> list[Cell]:
    """Return all runs of a sweep whose file stands in ``folder``."""
    found = []
    for name, combination in product(sweep.configs, _combinations(sweep.grid)):
        for seed in sweep.seeds:
            changes = [*sweep.overrides, *combination, f"seed={seed}"]
            config = load_config(folder / name, changes)
            found.append(Cell(" ".join([config.name, *combination]), config))
    return found


def run_sweep(
    sweep: Sweep,
    folder: Path,
    progress: Progress = lambda done, total, label: None,
    *,
    keep_models: bool = False,
) -> list[Summary]:
    """Run what is not yet finished of a sweep and return the table over all of it.

    A finished run is found again by the hash of its configuration and corpus, so a sweep that was killed
    goes on where it stopped, and one that was finished only prints its table.

    Args:
        sweep: what to run.
        folder: that of the sweep file.
        progress: told before each run.
        keep_models: whether each run logs its model, too.
    """
    todo = cells(sweep, folder)
    corpora: dict[str, TrainingData] = {}
    metrics: list[dict[str, float]] = []
    with sweep_run(sweep.name, sweep.question, todo[0].config) as parent:
        done = finished_cells(parent, todo[0].config)
        for number, cell in enumerate(todo):
            progress(number, len(todo), f"{cell.label} seed={cell.config.seed}")
            data = _load(cell.config.data, corpora)
            key = cell.config.digest(data.version.hash)
            metrics.append(done.get(key) or _run(cell, data, key, parent, keep_models))
        progress(len(todo), len(todo), "")
        results = summarise(todo, metrics)
        log_summary(results, sweep.columns)
    return results


def _load(config: DataConfig, corpora: dict[str, TrainingData]) -> TrainingData:
    """Read a corpus once for all runs that use it."""
    key = json.dumps([config.path, config.parts])
    if key not in corpora:
        corpora[key] = load_data(config)
    return corpora[key]


def _run(cell: Cell, data: TrainingData, key: str, parent: str, keep_models: bool) -> dict[str, float]:
    with tracked(cell.config, {"cell": key, "sweep_label": cell.label}, parent):
        return log_outcome(train(cell.config, data, log_curve), with_model=keep_models)


def summarise(of: Sequence[Cell], metrics: Sequence[Mapping[str, float]]) -> list[Summary]:
    """Return mean and interval over seeds for every label, in the order of the cells."""
    rows: dict[str, list[Mapping[str, float]]] = {}
    for cell, one in zip(of, metrics, strict=True):
        rows.setdefault(cell.label, []).append(one)
    return [
        Summary(label, {name: over_seeds([one[name] for one in some if name in one]) for name in some[0]})
        for label, some in rows.items()
    ]
