"""The scored article as a person reads it in a terminal: states by powers, then the sentences that say so."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from stance.schema import POWERS, Alignment, Evidence, Stance
from stance.scoring.aggregate import Lean, StateLean
from stance.scoring.scorer import ArticleScore
from stance.text.names import state_name

STYLES = {Stance.TOWARD: "green", Stance.AWAY: "red", Stance.HEDGING: "yellow", Stance.NONE: "dim"}
_BAR = 5
_SHOWN = 3


def bar(score: float) -> str:
    """Draw a score in [-1, 1] as a bar left or right of a middle line, eleven characters wide."""
    length = min(_BAR, round(abs(score) * _BAR))
    block = "█" * length
    return f"{block:>{_BAR}}│{'':{_BAR}}" if score < 0 else f"{'':{_BAR}}│{block:<{_BAR}}"


def _colour(alignment: Alignment) -> str:
    low, high = alignment.interval
    if low > 0:
        return "bold green"
    if high < 0:
        return "bold red"
    return "green" if alignment.score > 0.1 else "red" if alignment.score < -0.1 else "dim"


def _cell(alignment: Alignment | None) -> Text:
    if alignment is None:
        return Text("·", style="dim")
    low, high = alignment.interval
    text = Text(f"{bar(alignment.score)} {alignment.score:+.2f}", style=_colour(alignment))
    return text.append(f"\n[{low:+.2f}, {high:+.2f}] n={alignment.n}", style="dim not bold")


def _lean(lean: Lean) -> Text:
    match lean:
        case Lean.UNCLEAR:
            return Text("unclear", style="dim")
        case Lean.HEDGING:
            return Text("hedging", style="yellow")
        case _:
            return Text(f"toward {lean}", style="bold green")


def alignment_table(scored: ArticleScore) -> Table:
    """Return the table of states by powers."""
    table = Table(header_style="bold", box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("state, and its lean")
    for power in POWERS:
        table.add_column(f"away ◂ {power} ▸ toward", no_wrap=True)
    for one in scored.states:
        table.add_row(*_cells(scored, one))
    return table


def _cells(scored: ArticleScore, one: StateLean) -> list[RenderableType]:
    by_power = {a.power: a for a in scored.alignments if a.state == one.state}
    name = Text(state_name(one.state), style="bold").append("\n").append(_lean(one.lean))
    return [name, *(_cell(by_power.get(power)) for power in POWERS)]


def telling(alignment: Alignment, threshold: float) -> list[Evidence]:
    """Return the evidence whose label is a position and is asserted with at least ``threshold``."""
    return [one for one in alignment.evidence if one.label != Stance.NONE and one.probability >= threshold]


def _evidence_lines(scored: ArticleScore) -> Iterator[RenderableType]:
    for alignment in scored.alignments:
        shown = telling(alignment, scored.model.threshold)[:_SHOWN]
        if shown:
            yield Text(f"{state_name(alignment.state)} → {alignment.power}", style="bold")
        for one in shown:
            text = Text(f"{one.label} {one.probability:.2f}  ", style=STYLES[one.label])
            text.append(" ".join(one.sentence.text.split()), style="default")
            if one.score.example.carried:
                text.append("  (with the sentence before)", style="dim")
            yield Padding(text, (0, 0, 0, 2))


class ArticleView:
    """An article's score, ready to print with rich."""

    def __init__(self, scored: ArticleScore) -> None:
        self.scored = scored

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        scored = self.scored
        yield Rule(Text(scored.article.title or scored.article.id, style="bold"), align="left", style="dim")
        if not scored.alignments:
            read = f"{len(scored.sentences)} sentences read as English"
            yield Text(f"No sentence names a state together with a power ({read}).", style="yellow")
            return
        yield alignment_table(scored)
        lines = list(_evidence_lines(scored))
        yield Text("Evidence" if lines else "No sentence takes a position that the model would assert.")
        yield from lines
        model = scored.model
        read = f"{len(scored.sentences)} sentences · {model.name} {model.version} · codebook {model.codebook}"
        yield Text(f"{read} · score = mean of p(toward) - p(away), 95% interval", style="dim")
