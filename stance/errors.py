"""What can go wrong for a user: each error is one line that names the input and the remedy."""

from __future__ import annotations


class StanceError(Exception):
    """The base of all errors that are the input's fault; the command line exits with 2 on it."""


class SchemaError(StanceError, ValueError):
    """A value that the domain does not allow (a fifth label, an unknown state, a bad offset)."""


class InputError(StanceError):
    """An article, a file or an address that cannot be read."""


class ConfigError(StanceError):
    """A configuration with an unknown key, a wrong type or a missing file."""


class CorpusError(StanceError):
    """A corpus file that breaks the format."""


class ModelError(StanceError):
    """A model that is missing, damaged or foreign."""


class MissingExtraError(StanceError):
    """An optional part of the project that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs more packages: pip install '.[{extra}]' in the checkout")
