"""What a run reads beside its corpus, before anything is fitted: a typo must not cost a training."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stance.corpus.adapters.items import Target
from stance.corpus.adapters.target_table import read_targets
from stance.corpus.records import Split
from stance.errors import ConfigError, MissingExtraError, StanceError
from stance.evaluation.evaluate import read_rows
from stance.experiments.config import Config
from stance.experiments.data import TrainingData
from stance.models.bundle import sha256
from stance.schema import Example
from stance.text.forms import FORMS


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run reads beside its corpus.

    Attributes:
        extra: labelled examples to measure on, by name.
        intermediate: what a transformer's encoder learns first, apart from all that measures.
        held_out: the texts that measure: nothing may learn them.
        files: the sha256 of each file, by the key that names it.
    """

    extra: Mapping[str, list[Example]]
    intermediate: list[Target]
    held_out: frozenset[str]
    files: Mapping[str, str]


@contextmanager
def needing_transformers(config: Config) -> Iterator[None]:
    """Name the packages that are missing where a transformer is to be trained without them."""
    try:
        yield
    except ImportError:
        raise MissingExtraError(f"the configuration {config.name!r}", "transformers") from None


@contextmanager
def _named(key: str) -> Iterator[None]:
    """Name the key of the configuration that leads to what cannot be read."""
    try:
        yield
    except MissingExtraError:
        raise
    except StanceError as error:
        raise ConfigError(f"{key}: {error}") from None


def files_of(config: Config) -> dict[str, str]:
    """Return the sha256 of every file beside the corpus that a run reads, for ``Config.digest``.

    Pretrained weights count where they are a folder of the user's own, which may change; a package or a hub
    id names them well enough. The forms of the gazetteer count where it finds the mentions.

    Raises:
        ConfigError: one is missing; the message names the key.
    """
    named = {f"data.extra.{name}": path for name, path in config.data.extra.items()}
    if config.kind == "transformer":
        if config.transformer.intermediate:
            named["transformer.intermediate"] = config.transformer.intermediate
        own = Path(config.transformer.pretrained)
        if own.is_dir():
            files = sorted(file for file in own.iterdir() if file.is_file())
            named |= {f"transformer.pretrained/{file.name}": str(file) for file in files}
    if config.data.extra:
        named["gazetteer"] = str(FORMS)
    hashes = {}
    for key, path in named.items():
        try:
            hashes[key] = sha256(Path(path))
        except OSError as error:
            raise ConfigError(f"{key}: cannot read {path}: {error.strerror}") from None
    if config.kind == "linear" or config.distillation.teacher is None:
        return hashes
    from stance.experiments import distillation

    with _named("distillation"):
        return hashes | distillation.files_of(config.distillation, config.tracking.uri)


def read_inputs(config: Config, data: TrainingData, measured: Sequence[Split]) -> Inputs:
    """Read what a run needs beside its corpus.

    Args:
        config: the run.
        data: its corpus.
        measured: the splits whose sentences the intermediate task must not show.

    Raises:
        ConfigError: something cannot be read, or a transformer has no validation examples; names the key.
        MissingExtraError: a transformer needs packages that are not installed.
    """
    if config.kind == "transformer" and not data.examples("validation"):
        raise ConfigError(
            f"data.path: {data.source} has no validation examples, which choose a transformer's best epoch"
        )
    files = files_of(config)
    learnt = {record.text for record in data.records["train"]}
    extra = {name: _labelled(name, path, learnt) for name, path in config.data.extra.items()}
    measuring = [*(data.examples(split) for split in measured), *extra.values()]
    held_out = frozenset(one.text for some in measuring for one in some)
    return Inputs(extra, _intermediate(config, held_out), held_out, files)


def _labelled(name: str, path: str, learnt: Collection[str]) -> list[Example]:
    with _named(f"data.extra.{name}"):
        examples = [example for _, example in read_rows(Path(path))]
    if known := sum(example.text in learnt for example in examples):
        warnings.warn(
            f"data.extra.{name}: {known} of its {len(examples)} rows are sentences of the training split, "
            "which flatters what is measured on it",
            stacklevel=1,
        )
    return examples


def _intermediate(config: Config, held_out: Collection[str]) -> list[Target]:
    if config.kind == "linear" or not config.transformer.intermediate:
        return []
    with needing_transformers(config):
        from stance.models.intermediate import apart_from
    with _named("transformer.intermediate"):
        return apart_from(read_targets(Path(config.transformer.intermediate)), held_out)
