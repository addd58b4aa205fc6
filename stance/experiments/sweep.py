"""Sweeps: many runs under one parent, resumable, with a table of means and intervals at the end.

What is run is a grid, or what a study chooses (``stance.experiments.study``), or a study in every cell of
a grid.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import fmean
from typing import Any

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from stance.errors import ConfigError
from stance.evaluation.intervals import T_975, over_seeds
from stance.experiments.comparison import Summary
from stance.experiments.config import Config, DataConfig, load_config, load_yaml
from stance.experiments.data import TrainingData, load_data
from stance.experiments.inputs import files_of
from stance.experiments.run import discard_checkpoints, train
from stance.experiments.study import Study, history_picture, search
from stance.experiments.tracking import (
    finished_cells,
    log_curve,
    log_outcome,
    log_picture,
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
        seeds: every cell is run once with each; at most as many as an interval can be made of.
        grid: values by ``key.path``; every combination is run.
        study: what is searched instead of tried in all combinations, for every configuration and combination.
        overrides: ``key.path=value``, for all runs.
        columns: the metrics of the table.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    question: str
    configs: tuple[str, ...] = Field(min_length=1)
    seeds: tuple[int, ...] = Field(min_length=1, max_length=len(T_975) + 1)
    grid: dict[str, tuple[Any, ...]] = Field(default_factory=dict)
    study: Study | None = None
    overrides: tuple[str, ...] = ()
    columns: tuple[str, ...] = ("test_macro_f1",)

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns of the table: what a study searched by comes first."""
        searched = (self.study.metric,) if self.study else ()
        return tuple(dict.fromkeys((*searched, *self.columns)))


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
    if not path.exists():
        raise ConfigError(f"no sweep at {path}")
    loaded = load_yaml(path)
    try:
        sweep = Sweep.model_validate(OmegaConf.to_container(loaded, resolve=True))
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except OmegaConfBaseException as error:
        raise ConfigError(f"{path}: {' '.join(str(error).split())}") from None
    return sweep.model_copy(update={"overrides": (*sweep.overrides, *overrides)})


def _combinations(grid: Mapping[str, Sequence[Any]]) -> Iterator[list[str]]:
    for values in product(*grid.values()):
        yield [f"{key}={_spelt(value)}" for key, value in zip(grid, values, strict=True)]


def _spelt(value: Any) -> str:
    """A value of a grid as an override spells it, which is read as YAML."""
    return value if isinstance(value, str) else json.dumps(value)


def _seeded(sweep: Sweep, path: Path, changes: Sequence[str]) -> list[Cell]:
    """A configuration file with some changes, once with each seed."""
    found = []
    for seed in sweep.seeds:
        config = load_config(path, [*sweep.overrides, *changes, f"seed={seed}"])
        found.append(Cell(" ".join([config.name, *changes]), config))
    return found


def cells(sweep: Sweep, folder: Path) -> list[Cell]:
    """Return all runs of a sweep whose file stands in ``folder``; of a study, what it starts from.

    Raises:
        ConfigError: two of them would be one row of the table.
    """
    branches = product(sweep.configs, _combinations(sweep.grid))
    found = [cell for name, changes in branches for cell in _seeded(sweep, folder / name, changes)]
    times = Counter((cell.label, cell.config.seed) for cell in found)
    for (label, seed), number in times.items():
        if number > 1:
            raise ConfigError(
                f"{number} runs of the sweep are called {label!r} with seed {seed}: name them apart"
            )
    return found


@dataclass(slots=True)
class _Session:
    """The runs under one parent while they are made: ``done`` by their hash, ``measured`` in order."""

    parent: str
    done: dict[str, dict[str, float]]
    total: int
    progress: Progress
    keep_models: bool
    number: int = 0
    corpora: dict[str, TrainingData] = field(default_factory=dict)
    measured: dict[str, tuple[Cell, Mapping[str, float]]] = field(default_factory=dict)

    def measure(self, cell: Cell) -> Mapping[str, float]:
        """Return the metrics of a cell, which is run unless it was."""
        self.progress(self.number, self.total, f"{cell.label} seed={cell.config.seed}")
        data = _load(cell.config.data, self.corpora)
        key = cell.config.digest(data.version.hash, files_of(cell.config))
        if key not in self.done:
            self.done[key] = _run(cell, data, key, self.parent, self.keep_models)
        self.number += 1
        self.measured[key] = cell, self.done[key]
        return self.done[key]


def run_sweep(
    sweep: Sweep,
    folder: Path,
    progress: Progress = lambda done, total, label: None,
    *,
    keep_models: bool = False,
) -> list[Summary]:
    """Run what is not yet finished of a sweep and return the table over all of it, of a study the best first.

    A finished run is found again by the hash of its configuration and corpus, so a sweep that was killed
    goes on where it stopped, and one that was finished only prints its table.

    Args:
        sweep: what to run.
        folder: that of the sweep file.
        progress: told before each run.
        keep_models: whether each run logs its model, too.
    """
    todo = cells(sweep, folder)
    total = len(todo) * (sweep.study.trials if sweep.study else 1)
    with sweep_run(sweep.name, sweep.question, todo[0].config) as parent:
        session = _Session(parent, finished_cells(parent, todo[0].config), total, progress, keep_models)
        if sweep.study:
            _search(sweep, sweep.study, folder, session)
        else:
            for cell in todo:
                session.measure(cell)
        progress(total, total, "")
        results = summarise(*zip(*session.measured.values(), strict=True))
        if sweep.study:
            results.sort(
                key=lambda one: one.metrics[sweep.shown[0]].mean,
                reverse=sweep.study.direction == "maximize",
            )
        log_summary(results, sweep.shown)
    return results


def _search(sweep: Sweep, study: Study, folder: Path, session: _Session) -> None:
    """Run a study for every configuration and combination of the grid, and log how it went."""
    histories = {}
    for name, combination in product(sweep.configs, _combinations(sweep.grid)):

        def measure(
            number: int, values: list[str], name: str = name, combination: list[str] = combination
        ) -> float:
            trial = _seeded(sweep, folder / name, [*combination, *values])
            return fmean(_score(session.measure(cell), study.metric) for cell in trial)

        branch = " ".join([Path(name).stem, *combination])
        histories[branch] = [trial.score for trial in search(study, measure)]
    log_picture(history_picture(study, histories), "optimisation_history.png")


def _score(metrics: Mapping[str, float], name: str) -> float:
    if name not in metrics:
        some = ", ".join(sorted(one for one in metrics if one.startswith("validation_"))[:3])
        raise ConfigError(f"study.metric: no run measures {name!r}; there are {some} and more")
    return metrics[name]


def _load(config: DataConfig, corpora: dict[str, TrainingData]) -> TrainingData:
    """Read a corpus once for all runs that use it."""
    key = json.dumps([config.path, config.parts])
    if key not in corpora:
        corpora[key] = load_data(config)
    return corpora[key]


def _run(cell: Cell, data: TrainingData, key: str, parent: str, keep_models: bool) -> dict[str, float]:
    with tracked(cell.config, {"cell": key, "sweep_label": cell.label}, parent):
        outcome = train(cell.config, data, log_curve)
        metrics = log_outcome(outcome, with_model=keep_models)
    discard_checkpoints(outcome)
    return metrics


def summarise(of: Sequence[Cell], metrics: Sequence[Mapping[str, float]]) -> list[Summary]:
    """Return mean and interval over seeds for every label, in the order of the cells."""
    rows: dict[str, list[Mapping[str, float]]] = {}
    for cell, one in zip(of, metrics, strict=True):
        rows.setdefault(cell.label, []).append(one)
    return [
        Summary(label, {name: over_seeds([one[name] for one in some if name in one]) for name in some[0]})
        for label, some in rows.items()
    ]
