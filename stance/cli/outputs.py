"""What a command writes must not take the place of what it reads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from stance.errors import InputError


def keep_inputs(inputs: Iterable[str | Path], out: Path | None, option: str = "--out") -> None:
    """Refuse to write over what is to be read, or where the next run would read it.

    Raises:
        InputError: ``out``, which ``option`` gave, is one of the inputs or stands in a folder that is one.
    """
    if out is None:
        return
    for path in map(Path, inputs):
        if path.is_file() and out.exists() and out.samefile(path):
            raise InputError(f"{option} {out} is one of the inputs: name another file")
        if path.is_dir() and out.resolve().is_relative_to(path.resolve()):
            raise InputError(
                f"{option} {out} is below the input {path}, and would be read the next time: "
                "name a file elsewhere"
            )
