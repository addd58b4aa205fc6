"""The two consoles: what a command yields goes to ``output``, what it says about it to ``errors``."""

from __future__ import annotations

from rich.console import Console

output = Console()
errors = Console(stderr=True)


def say(line: str) -> None:
    """Print a line of what the command yields as it stands: a name in brackets is no markup."""
    output.print(line, markup=False, highlight=False, soft_wrap=True)


def note(line: str, style: str | None = None) -> None:
    """Print a line about what the command does, as it stands."""
    errors.print(line, style=style, markup=False, highlight=False, soft_wrap=True)
