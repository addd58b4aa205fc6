"""Where the project's own corpus is: in the installed package, or beside it in a checkout."""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path

from stance.errors import CorpusError

_PACKAGE = Path(__file__).resolve().parents[1]
VERSION_FILE = "VERSION"


def data_folder() -> Path:
    """Return the folder of the project's data.

    Raises:
        CorpusError: neither the package nor a checkout around it holds the data.
    """
    for folder in (_PACKAGE / "data", _PACKAGE.parent / "data"):
        if (folder / "composed").is_dir():
            return folder
    raise CorpusError(f"the corpus is not installed (looked in {_PACKAGE / 'data'}): give its path")


def corpus_folder() -> Path:
    """Return the folder that holds the composed corpus, ``train.jsonl`` and so on."""
    return data_folder() / "composed"


def references_folder() -> Path:
    """Return the folder that holds the references to real news."""
    return data_folder() / "real"


def hydrated_file() -> Path:
    """Return where real news stands once its text is brought back; it need not exist."""
    return data_folder() / "hydrated" / "real.jsonl"


def unlabelled_sources() -> Path:
    """Return the file that names the real sentences without labels."""
    return data_folder() / "unlabelled" / "sources.jsonl"


def unlabelled_file() -> Path:
    """Return where their texts stand once they are brought back; it need not exist."""
    return data_folder() / "hydrated" / "unlabelled.jsonl"


def corpus_version(source: Path) -> str:
    """Return the version written in ``VERSION`` in the folder of a corpus or above it."""
    for folder in (source, *source.absolute().parents[:2]):
        if (folder / VERSION_FILE).is_file():
            return (folder / VERSION_FILE).read_text(encoding="utf-8").strip()
    return "unversioned"


def codebook_hash() -> str:
    """Return the sha256 of the project's codebook, 16 hexadecimal digits."""
    return hashlib.sha256((data_folder() / "CODEBOOK.md").read_bytes()).hexdigest()[:16]


@lru_cache(maxsize=1)
def unseen_states() -> frozenset[str]:
    """Return the states that the composed corpus keeps for its test split."""
    design = tomllib.loads((data_folder() / "cards" / "design.toml").read_text(encoding="utf-8"))
    return frozenset(design["unseen"]["states"])
