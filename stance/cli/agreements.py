"""The one table in which agreement is printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.table import Table

from stance.cli.console import output

if TYPE_CHECKING:
    from stance.corpus.agreement import Agreement


def print_agreements(of: str, rows: Iterable[Agreement], title: str | None = None) -> None:
    """Print one row for each part; ``of`` heads the column that names the parts."""
    table = Table(of, title=title, title_justify="left")
    for column in ("n", "agreed", "alpha", "95% interval", "kappa"):
        table.add_column(column, justify="right")
    for row in rows:
        figures = f"{row.raw:.3f}", f"{row.alpha:.3f}", f"[{row.low:.3f}, {row.high:.3f}]", f"{row.kappa:.3f}"
        table.add_row(row.part, str(row.n), *figures)
    output.print(table)
