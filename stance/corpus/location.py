"""Where the project's own corpus is: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from stance.errors import CorpusError

_PACKAGE = Path(__file__).resolve().parents[1]


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
