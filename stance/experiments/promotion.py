"""Which model is the champion: a challenger that is significantly worse does not take its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stance.errors import ModelError
from stance.evaluation.paired import PairedTest
from stance.experiments.compare import Choices, RunComparison, aligned, compare_runs
from stance.experiments.predictions import RunPredictions
from stance.experiments.registry import champion_run, load_predictions, register
from stance.experiments.store import find_run

if TYPE_CHECKING:
    from mlflow.entities import Run

CHAMPION = "champion"
CHALLENGER = "challenger"
SIGNIFICANT = 0.05
SHARED = 0.9
"""The share of the champion's test examples that a contest needs."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """A model that was given an alias; ``note`` says how it did against the champion before it."""

    version: str
    alias: str
    note: str


def promote(reference: str, alias: str, uri: str, *, force: bool = False) -> Promotion:
    """Register the model of a run and give it an alias.

    A run that is to be champion is compared with the one that is: on the real test sentences if both saw
    some, else on all of test (paired bootstrap over sentences, p < 0.05, two-sided).

    Args:
        reference: a run's id or a beginning of it, or the URI of its model.
        alias: such as champion.
        uri: the tracking store.
        force: do not compare.

    Raises:
        ModelError: there is no such run or it logged no model; it cannot be compared with the champion; or
            it is significantly worse, and is registered as the challenger instead.
    """
    run = find_run(reference, uri)
    comparison = _contest(run, uri) if alias == CHAMPION and not force else None
    if comparison is None:
        return Promotion(register(run, alias), alias, "")
    (test,) = comparison.tests
    found = f"{_said(test)} on {comparison.title}"
    if test.difference.mean < 0 and test.p < SIGNIFICANT:
        version = register(run, CHALLENGER)
        raise ModelError(
            f"run {run.info.run_id[:12]} is significantly worse than the champion: {found}; "
            f"registered as {CHALLENGER}, version {version} (--force promotes it all the same)"
        )
    return Promotion(register(run, alias), alias, f"against the champion: {found}")


def _contest(run: Run, uri: str) -> RunComparison | None:
    """Compare a run with the champion; None where there is none or it is the champion itself.

    Raises:
        ModelError: the two cannot be compared, or the run was not measured on test: not even the first
            champion goes unmeasured, for nothing could be compared with it.
    """
    try:
        measured = load_predictions(run, "test")
        champion = champion_run(CHAMPION, uri)
        if champion is None or champion.info.run_id == run.info.run_id:
            return None
        return _against(measured, load_predictions(champion, "test"))
    except ModelError as error:
        raise ModelError(f"{error}: no contest with the champion (--force promotes it)") from None


def _against(run: RunPredictions, champion: RunPredictions) -> RunComparison:
    """Compare a run with the champion on the examples of test that both saw.

    Raises:
        ModelError: these are not nearly all that the champion saw.
    """
    both = aligned([run, champion], common=True)
    shared, all_of_champion = len(both[1].predictions.ids), len(champion.predictions.ids)
    if shared < SHARED * all_of_champion:
        raise ModelError(f"it saw {shared} of the champion's {all_of_champion} test examples")
    has_real = bool(both[0].predictions.view("real").ids)
    return compare_runs(both, Choices(view="real" if has_real else "all", common=True))


def _said(test: PairedTest) -> str:
    one = test.difference
    return f"{one.mean:+.3f} [{one.low:+.3f}, {one.high:+.3f}], p = {test.p:.4f}"
