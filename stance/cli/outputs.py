"""Where a command may write: in a folder that is there, and not in the place of what it reads."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from stance.errors import InputError


def need_folder(out: Path | None) -> None:
    """Refuse a place where nothing can be written, before the work and not after it.

    Raises:
        InputError: the folder of ``out`` is missing or may not be written.
    """
    if out and not (out.parent.is_dir() and os.access(out.parent, os.W_OK)):
        raise InputError(f"cannot write {out}: there is no folder that can be written at {out.parent}")


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
