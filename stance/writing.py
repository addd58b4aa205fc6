"""Files and folders that are written whole or not at all."""

from __future__ import annotations

import filecmp
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

    Until then the old file stays as it was. A link stays a link, what it leads to is replaced; a device or a
    pipe (``/dev/stdout``) is yielded itself, for it has no place to take.

    Raises:
        InputError: the folder is missing or may not be written, or ``path`` is a folder.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder: name a file in it")
    if path.exists() and not path.is_file():
        yield path
        return
    path = path.resolve()
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

    The old folder is deleted with all that is in it, but only once the new one stands in its place. Whoever
    is killed between the two renames finds both beside it (``.NAME.*.old`` and ``.NAME.*.partial``).

    Raises:
        OSError: the folder above is missing or may not be written, or ``folder`` is a file or came into being
            meanwhile.
    """
    folder = folder.resolve()  # a link stays a link: what it leads to is replaced
    is_old = folder.is_dir()
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".partial", dir=folder.parent))
    old = aside.with_suffix(".old")
    try:
        yield aside
        for path in aside.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        aside.chmod(0o755)  # mkdtemp shuts everybody else out
        if is_old:
            folder.rename(old)
        aside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)


def write_lines(lines: Iterable[str], path: Path) -> None:
    """Write ``lines`` to ``path`` in UTF-8, whole or not at all.

    A file that says the same already keeps its time of change, by which make goes.

    Raises:
        InputError: the folder is missing or may not be written.
    """
    with replacing(path) as aside:
        with aside.open("w", encoding="utf-8") as out:
            out.writelines(line + "\n" for line in lines)
        if path.is_file() and filecmp.cmp(aside, path, shallow=False):
            os.utime(aside, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
