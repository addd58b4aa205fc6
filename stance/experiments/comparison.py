"""Many runs side by side: a table for documents, a picture for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from stance.evaluation.intervals import Interval


@dataclass(frozen=True, slots=True)
class Summary:
    """A row of a comparison: what was run, and its metrics over seeds."""

    label: str
    metrics: Mapping[str, Interval]


def heading(metric: str) -> str:
    """A metric's name as a table shows it: ``test_macro_f1`` -> "test macro-F1"."""
    return (
        metric.replace("macro_f1_three", "macro-F1 (three labels)")
        .replace("macro_f1", "macro-F1")
        .replace("_", " ")
    )


def markdown_table(results: Sequence[Summary], columns: Sequence[str]) -> str:
    """Return a Markdown table: a row a label, a column a metric, each a mean with its 95% interval."""
    shown = [column for column in columns if any(column in result.metrics for result in results)]
    lines = ["| model | " + " | ".join(map(heading, shown)) + " |", "| --- |" + " --- |" * len(shown)]
    for result in results:
        cells = [str(result.metrics[column]) if column in result.metrics else "-" for column in shown]
        lines.append(f"| {result.label} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def comparison_picture(results: Sequence[Summary], columns: Sequence[str]) -> Figure:
    """Draw every label's mean and interval, one panel a metric, the best on top."""
    shown = [column for column in columns if any(column in result.metrics for result in results)]
    figure = Figure(figsize=(1.6 + 3.2 * max(len(shown), 1), 1.2 + 0.32 * len(results)), layout="constrained")
    panels = figure.subplots(1, max(len(shown), 1), sharey=True, squeeze=False)[0]
    labels = [result.label for result in reversed(results)]
    for axes, column in zip(panels, shown, strict=False):
        for row, result in enumerate(reversed(results)):
            if (interval := result.metrics.get(column)) is not None:
                axes.plot([interval.low, interval.high], [row, row], color="#4575b4", linewidth=2)
                axes.plot(interval.mean, row, "o", color="#313695")
        axes.set_title(heading(column), fontsize=9)
        axes.grid(axis="x", alpha=0.3)
        axes.set_yticks(range(len(labels)), labels, fontsize=8)
    return figure
