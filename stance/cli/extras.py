"""Commands that need more packages than scoring does say so in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from stance.errors import MissingExtraError


@contextmanager
def extra(name: str, feature: str) -> Iterator[None]:
    """Turn a failed import inside the block into a ``MissingExtraError`` that names the extra."""
    try:
        yield
    except ImportError:
        raise MissingExtraError(feature, name) from None
