"""The two consoles: what a command yields goes to ``output``, what it says about it to ``errors``."""

from __future__ import annotations

from rich.console import Console

output = Console()
errors = Console(stderr=True)
