"""Tracked runs compared on the same examples: which is better, by more than chance, and where they differ."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from stance.corpus.records import Split
from stance.errors import ModelError
from stance.evaluation.metrics import THREE
from stance.evaluation.paired import DRAWS, PairedTest, compare, disagreement
from stance.evaluation.paired import Comparison as Statistics
from stance.experiments.predictions import RunPredictions, View
from stance.schema import LABELS

TOP = 50
"""How many of the examples on which runs differ most are kept."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What of the runs is compared, and how; ``common`` admits runs on different corpora."""

    split: Split = "test"
    view: View = "all"
    common: bool = False
    draws: int = DRAWS
    seed: int = 0
    top: int = TOP


@dataclass(frozen=True, slots=True)
class Differing:
    """An example on which runs differ: each one's label and probabilities; no text where it is real news."""

    id: str
    text: str
    true: str
    apart: float
    labels: tuple[str, ...]
    probabilities: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class RunComparison:
    """Runs on the same examples, in the order of the runs."""

    runs: tuple[RunPredictions, ...]
    choices: Choices
    statistics: Statistics
    differing: tuple[Differing, ...]

    @property
    def tests(self) -> tuple[PairedTest, ...]:
        """The test of every pair of runs."""
        return self.statistics.tests

    @property
    def labels(self) -> list[str]:
        """What each run is called."""
        return [run.label for run in self.runs]

    @property
    def metric(self) -> str:
        """What is compared; real news has too few hedgers to count their F1."""
        return "macro-F1 (three labels)" if self.choices.view == "real" else "macro-F1"

    @property
    def title(self) -> str:
        """The split and view that are compared, and their size."""
        n = len(self.runs[0].predictions.ids)
        view = "" if self.choices.view == "all" else f", {self.choices.view}"
        return f"{self.metric} on {self.choices.split}{view} (n={n})"

    def settings(self) -> dict[str, str]:
        """The choices as a run's parameters."""
        return {name: str(getattr(self.choices, name)) for name in Choices.__dataclass_fields__}

    def figures(self) -> dict[str, float]:
        """The comparison as a run's metrics: ``difference/A - B`` and so on."""
        flat = {
            f"score/{run}": one.mean for run, one in zip(self.labels, self.statistics.scores, strict=True)
        }
        for test in self.tests:
            pair = f"{self.labels[test.first]} - {self.labels[test.second]}"
            flat |= {
                f"difference/{pair}": test.difference.mean,
                f"difference_low/{pair}": test.difference.low,
                f"difference_high/{pair}": test.difference.high,
                f"p_holm/{pair}": test.p_holm,
                f"mcnemar_p_holm/{pair}": test.mcnemar_holm,
                f"cohens_g/{pair}": test.discordant.cohens_g,
                f"odds_ratio/{pair}": test.discordant.odds_ratio,
            }
        return flat

    def markdown(self) -> str:
        """The comparison as two Markdown tables."""
        lines = [self.title, "", "| run | score |", "| --- | --- |"]
        scores = zip(self.labels, self.statistics.scores, strict=True)
        lines += [f"| {label} | {score} |" for label, score in scores]
        heads = [head for head, _ in COLUMNS]
        lines += ["", "| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
        lines += ["| " + " | ".join(row) + " |" for row in self.rows()]
        return "\n".join(lines) + "\n"

    def rows(self) -> list[list[str]]:
        """One row of cells a pair of runs, in the order of ``COLUMNS``."""
        named = [f"{self.labels[test.first]} - {self.labels[test.second]}" for test in self.tests]
        return [[name, *_cells(test)] for name, test in zip(named, self.tests, strict=True)]

    def csv(self) -> str:
        """The examples on which the runs differ most, as CSV."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        columns = [f"{label}: {name}" for label in self.labels for name in ("stance", *LABELS)]
        writer.writerow(["id", "true", "apart", *columns, "text"])
        for one in self.differing:
            answers = zip(one.labels, one.probabilities, strict=True)
            cells = [cell for label, four in answers for cell in (label, *(f"{p:.4f}" for p in four))]
            writer.writerow([one.id, one.true, f"{one.apart:.4f}", *cells, one.text])
        return out.getvalue()


COLUMNS = (
    ("runs", "the first less the second"),
    ("difference", "of macro-F1, with its 95% interval"),
    ("p", "of the bootstrap over sentences"),
    ("p (Holm)", "corrected for the number of pairs"),
    ("1st only", "examples that the first alone has right"),
    ("2nd only", "examples that the second alone has right"),
    ("McNemar", "mid-p, corrected as well"),
    ("g", "Cohen's: 0.05 small, 0.15 medium, 0.25 large"),
    ("odds", "ratio of the discordant examples"),
)
"""What a row of a comparison shows, and what that means."""


def _cells(test: PairedTest) -> list[str]:
    counts = test.discordant
    return [
        f"{test.difference.mean:+.3f} [{test.difference.low:+.3f}, {test.difference.high:+.3f}]",
        f"{test.p:.4f}",
        f"{test.p_holm:.4f}",
        str(counts.first_only),
        str(counts.second_only),
        f"{test.mcnemar_holm:.4f}",
        f"{counts.cohens_g:+.3f}",
        f"{counts.odds_ratio:.2f}",
    ]


def aligned(runs: Sequence[RunPredictions], *, common: bool) -> list[RunPredictions]:
    """Return the runs restricted to the examples that they share, in one order.

    An example is shared where its id, its sentence and its true label are the same.

    Raises:
        ModelError: the runs saw different corpora and ``common`` is not asked for, or share no example.
    """
    other = next((run for run in runs if run.corpus_hash != runs[0].corpus_hash), None)
    if other is not None and not common:
        raise ModelError(
            f"{runs[0].label} and {other.label} were measured on different corpora ({runs[0].corpus_hash}, "
            f"{other.corpus_hash}): --common compares them on the examples that they share"
        )
    places = [{key: index for index, key in enumerate(run.predictions.keys())} for run in runs]
    shared = [key for key in places[0] if all(key in place for place in places[1:])]
    if not shared:
        raise ModelError("the runs share no example: nothing to compare")
    return [
        replace(run, predictions=run.predictions.of([place[key] for key in shared]))
        for run, place in zip(runs, places, strict=True)
    ]


def compare_runs(runs: Sequence[RunPredictions], choices: Choices) -> RunComparison:
    """Compare the predictions of at least two runs.

    Raises:
        ModelError: fewer than two different runs, no example in the view, or different corpora (``aligned``).
    """
    if len({run.run_id for run in runs}) < 2:
        raise ModelError("a comparison needs at least two different runs")
    same = aligned(list({run.run_id: run for run in runs}.values()), common=choices.common)
    seen = [replace(run, predictions=run.predictions.view(choices.view)) for run in same]
    first = seen[0].predictions
    if not first.ids:
        raise ModelError(f"the runs have no {choices.view} example in {choices.split}: choose another --view")
    statistics = compare(
        first.true,
        [run.predictions.predicted for run in seen],
        first.sentences,
        over=THREE if choices.view == "real" else LABELS,
        draws=choices.draws,
        seed=choices.seed,
    )
    return RunComparison(tuple(seen), choices, statistics, _differing(seen, choices.top))


def _differing(runs: Sequence[RunPredictions], top: int) -> tuple[Differing, ...]:
    """The examples on which the runs are furthest apart, the furthest first."""
    first = runs[0].predictions
    apart = disagreement([run.predictions.probabilities for run in runs])
    return tuple(
        Differing(
            id=first.ids[index],
            text=first.texts[index],
            true=str(LABELS[first.true[index]]),
            apart=float(apart[index]),
            labels=tuple(str(LABELS[run.predictions.predicted[index]]) for run in runs),
            probabilities=tuple(tuple(map(float, run.predictions.probabilities[index])) for run in runs),
        )
        for index in np.argsort(-apart, kind="stable")[:top]
        if apart[index] > 0
    )
