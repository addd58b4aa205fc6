"""Studies: a sweep that looks for good values instead of trying all of them (Optuna's TPE sampler).

MLflow alone remembers what was run. The sampler is seeded and is told every score in order, so a study that
was killed asks for the same values again, finds their finished runs and goes on where it stopped; more
trials may be asked for later. Another search space is another study, which starts anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import optuna
from matplotlib.figure import Figure
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from pydantic import BaseModel, ConfigDict, Field, model_validator

Choice: TypeAlias = bool | int | float | str
DIGITS = 4
"""Significant digits of a real value: it is run as the table shows it."""


class Dimension(BaseModel):
    """The values that one key may take: one of ``float``, ``int`` (lowest and highest) and ``choices``.

    Attributes:
        log: whether a range is searched by ratio rather than by difference.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    real: tuple[float, float] | None = Field(default=None, alias="float")
    whole: tuple[int, int] | None = Field(default=None, alias="int")
    choices: tuple[Choice, ...] | None = Field(default=None, min_length=1)
    log: bool = False

    @model_validator(mode="after")
    def _is_searchable(self) -> Dimension:
        given = [one for one in (self.real, self.whole, self.choices) if one is not None]
        if len(given) != 1:
            raise ValueError("give one of float: [LOW, HIGH], int: [LOW, HIGH] and choices: [...]")
        bounds = self.real or self.whole
        if bounds is None and self.log:
            raise ValueError("choices have no log")
        if bounds is not None and not bounds[0] < bounds[1]:
            raise ValueError("the range is [LOW, HIGH], LOW below HIGH")
        if bounds is not None and self.log and bounds[0] <= 0:
            raise ValueError("a log range begins above 0")
        return self

    def distribution(self) -> BaseDistribution:
        """The dimension as Optuna knows it."""
        if self.real is not None:
            return FloatDistribution(*self.real, log=self.log)
        if self.whole is not None:
            return IntDistribution(*self.whole, log=self.log)
        return CategoricalDistribution(self.choices or ())

    def shown(self, value: Any) -> str:
        """A value as an override spells it; real ones are rounded, inside the range."""
        if self.real is None:
            return str(value)
        low, high = self.real
        return repr(min(max(float(f"{value:.{DIGITS}g}"), low), high))


class Study(BaseModel):
    """The section ``study`` of a sweep file.

    Attributes:
        space: what is searched, by ``key.path``.
        trials: how many combinations of values are tried, each with every seed.
        metric: what makes a trial good, a mean over seeds; on validation, for what is tuned on test is no
            test any more.
        direction: whether more of it is better, or less.
        seed: of the sampler.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    space: dict[str, Dimension] = Field(min_length=1)
    trials: int = Field(ge=1)
    metric: str = Field(default="validation_macro_f1", pattern="^validation_")
    direction: Literal["maximize", "minimize"] = "maximize"
    seed: int = Field(default=13, ge=0)

    def overrides(self, values: Mapping[str, Any]) -> list[str]:
        """The values of a trial as ``key.path=value``."""
        return [f"{key}={dimension.shown(values[key])}" for key, dimension in self.space.items()]

    def better(self, one: float, other: float) -> bool:
        """Whether the score ``one`` is better than ``other``."""
        return one > other if self.direction == "maximize" else one < other


@dataclass(frozen=True, slots=True)
class Trial:
    """What was tried, as overrides, and what it scored."""

    overrides: tuple[str, ...]
    score: float


def search(study: Study, measure: Callable[[int, list[str]], float]) -> list[Trial]:
    """Try ``study.trials`` combinations of values, each chosen by the scores of those before it.

    Args:
        study: what is searched.
        measure: returns the score of a trial, given its number and its overrides.
    """
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    sampler = optuna.samplers.TPESampler(seed=study.seed)
    asked = optuna.create_study(direction=study.direction, sampler=sampler)
    space = {key: dimension.distribution() for key, dimension in study.space.items()}
    trials = []
    for number in range(study.trials):
        trial = asked.ask(space)
        overrides = study.overrides(trial.params)
        score = measure(number, overrides)
        asked.tell(trial, score)
        trials.append(Trial(tuple(overrides), score))
    return trials


def best_so_far(study: Study, scores: Sequence[float]) -> list[float]:
    """The best score up to each trial."""
    best: list[float] = []
    for score in scores:
        best.append(score if not best or study.better(score, best[-1]) else best[-1])
    return best


def history_picture(study: Study, histories: Mapping[str, Sequence[float]]) -> Figure:
    """Draw every trial's score in order, and the best so far, one colour a configuration."""
    figure = Figure(figsize=(6.4, 3.6), layout="constrained")
    axes = figure.subplots()
    for name, scores in histories.items():
        numbers = range(1, len(scores) + 1)
        (line,) = axes.step(numbers, best_so_far(study, scores), where="post", label=f"{name}, best so far")
        axes.plot(numbers, scores, "o", color=line.get_color(), alpha=0.5)
    axes.set_xlabel("trial")
    axes.set_ylabel(f"{study.metric} (mean over seeds)")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    return figure
