"""Files and folders that are written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from stance.errors import InputError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield an empty file beside ``path`` that takes its place at the end, or vanishes on an error.

    Until then the old file stays as it was.

    Raises:
        InputError: the folder is missing or may not be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".partial", dir=path.parent)
        os.close(descriptor)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from None
    aside = Path(name)
    try:
        yield aside
        aside.chmod(0o644)  # mkstemp shuts everybody else out
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``folder`` that takes its place at the end, or vanishes on an error.

    Raises:
        OSError: the folder above is missing or may not be written, or ``folder`` came into being meanwhile.
    """
    is_old = folder.exists()
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".partial", dir=folder.parent))
    try:
        yield aside
        for path in aside.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        aside.chmod(0o755)  # mkdtemp shuts everybody else out
        if is_old:
            shutil.rmtree(folder)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_lines(lines: Iterable[str], path: Path) -> None:
    """Write ``lines`` to ``path`` in UTF-8, whole or not at all.

    Raises:
        InputError: the folder is missing or may not be written.
    """
    with replacing(path) as aside, aside.open("w", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in lines)
