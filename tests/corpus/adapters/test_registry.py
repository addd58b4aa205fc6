"""Every format has a name and a reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.corpus import adapters
from stance.corpus.adapters.columns import Columns
from stance.corpus.adapters.registry import READERS, Format
from stance.errors import CorpusError


@pytest.mark.parametrize("form", Format)
def test_every_format_has_a_reader_that_names_a_missing_file(form: Format, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"nowhere\.txt"):
        list(READERS[form](tmp_path / "nowhere.txt", Columns()))


@pytest.mark.parametrize("form", Format)
def test_every_format_is_explained(form: Format) -> None:
    assert str(form) in (adapters.__doc__ or "")
