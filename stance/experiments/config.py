"""Configurations: YAML files and ``key=value`` overrides, checked before anything runs."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from yaml import YAMLError

from stance.errors import ConfigError
from stance.models.encodings import Encoding

BASE = "base.yaml"
_TAKEN = re.compile(r"(train|validation|test|epoch_validation)(_.*)?")
"""What the project's own splits, their views and the learning curves are called in a run's metrics."""


class Section(BaseModel):
    """A part of a configuration: an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DataConfig(Section):
    """Which examples train, tune and test."""

    path: str | None
    parts: tuple[Literal["composed", "real"], ...] = Field(min_length=1)
    fraction: float = Field(gt=0, le=1)
    resample: bool
    extra: dict[str, str]

    @field_validator("extra")
    @classmethod
    def _named_apart(cls, value: dict[str, str]) -> dict[str, str]:
        for name in value:
            if _TAKEN.fullmatch(name):
                raise ValueError(f"the name {name!r} is one of the corpus's own splits and views")
            if not re.fullmatch(r"[\w-]+", name):
                raise ValueError(f"the name {name!r} may have letters, digits, _ and - alone")
        return value


class LinearConfig(Section):
    """A scikit-learn baseline; see ``stance.models.sklearn_model.LinearSettings``."""

    estimator: Literal["majority", "logistic_regression", "linear_svm"]
    views: tuple[Literal["words", "characters", "pair", "entities"], ...]
    encoding: Encoding
    c: float = Field(gt=0)
    min_df: int = Field(ge=1)
    max_features: int = Field(ge=1)
    balanced: bool


class TransformerConfig(Section):
    """A fine-tuned transformer; see ``stance.models.trainer.TransformerSettings``."""

    pretrained: str
    sha256: str | None = Field(pattern="^[0-9a-f]{64}$")
    encoding: Encoding
    max_length: int = Field(ge=16, le=512)
    epochs: int = Field(ge=1)
    patience: int = Field(ge=1)
    learning_rate: float = Field(gt=0)
    head_learning_rate: float = Field(gt=0)
    batch_size: int = Field(ge=1)
    gradient_accumulation: int = Field(ge=1)
    warmup: float = Field(ge=0, lt=1)
    weight_decay: float = Field(ge=0)
    dropout: float = Field(ge=0, lt=1)
    label_smoothing: float = Field(ge=0, lt=1)
    class_weights: Literal["none", "balanced"]
    swap: float = Field(ge=0, le=1)
    bf16: bool
    intermediate: str | None


class DistillationConfig(Section):
    """A transformer that learns from another one; see ``stance.experiments.distillation``."""

    teacher: str | None
    unlabelled: bool
    gold: float = Field(ge=0, le=1)


class AbstentionConfig(Section):
    """When a label is asserted."""

    threshold: float = Field(ge=0, le=1)


class TrackingConfig(Section):
    """Where runs are recorded."""

    uri: str
    experiment: str = Field(min_length=1)


class Config(Section):
    """A whole run; its name names files and metrics."""

    name: str = Field(pattern=r"^\w[\w .-]*$")
    seed: int = Field(ge=0)
    data: DataConfig
    kind: Literal["linear", "transformer"]
    linear: LinearConfig
    transformer: TransformerConfig
    distillation: DistillationConfig
    calibrate: bool
    abstention: AbstentionConfig
    tracking: TrackingConfig

    @property
    def trained(self) -> LinearConfig | TransformerConfig:
        """The section of the model that is trained."""
        return self.linear if self.kind == "linear" else self.transformer

    def digest(self, corpus: str, files: Mapping[str, str] | None = None) -> str:
        """A hash of all that decides the outcome of the run: the configuration, the corpus, other files.

        Args:
            corpus: the hash of the corpus.
            files: the sha256 of every other file that the run reads (``stance.experiments.inputs``).
        """
        decides = [self.model_dump(mode="json", exclude={"tracking"}), corpus, *([files] if files else ())]
        text = json.dumps(decides, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def flat(self) -> dict[str, str]:
        """The configuration as dotted keys, for a run's parameters."""
        return {key: str(value) for key, value in _flat(self.model_dump(mode="json"), "")}


def _flat(node: Any, prefix: str) -> list[tuple[str, Any]]:
    if not isinstance(node, dict):
        return [(prefix, node)]
    return [
        pair for key, child in node.items() for pair in _flat(child, f"{prefix}.{key}" if prefix else key)
    ]


def load_yaml(path: Path) -> Any:
    """Read a YAML file as OmegaConf has it.

    Raises:
        ConfigError: it is missing or not readable.
    """
    try:
        return OmegaConf.load(path)
    except FileNotFoundError:
        raise ConfigError(f"no configuration at {path}") from None
    except (OSError, YAMLError, UnicodeDecodeError, OmegaConfBaseException) as error:
        raise ConfigError(f"{path} is not readable YAML: {' '.join(str(error).split())}") from None


def _overrides(overrides: Sequence[str]) -> Any:
    for override in overrides:
        if "=" not in override:
            raise ConfigError(f"override {override!r} is not key.path=value")
    try:
        return OmegaConf.from_dotlist(list(overrides))
    except (OmegaConfBaseException, YAMLError) as error:
        raise ConfigError(f"cannot read the overrides: {' '.join(str(error).split())}") from None


def _explain(error: ValidationError, path: Path) -> ConfigError:
    """Name one wrong key: an unknown one first, for a misspelt key is missing under its right name, too."""
    found = sorted(error.errors(), key=lambda one: one["type"] != "extra_forbidden")[0]
    key = ".".join(str(part) for part in found["loc"])
    match found["type"]:
        case "extra_forbidden":
            return ConfigError(f"{path}: unknown key {key!r}; configs/{BASE} explains every key")
        case "missing":
            return ConfigError(f"{path}: the key {key!r} is missing, and there is no {BASE} beside it")
        case _:
            return ConfigError(f"{path}: {key}: {found['msg']} (it is {found.get('input')!r})")


def merge_config(path: Path, overrides: Sequence[str] = ()) -> dict[str, Any]:
    """Merge ``base.yaml`` of the file's folder, the file and ``key.path=value`` overrides, in that order.

    Raises:
        ConfigError: a file is missing or is not YAML, or an override is not ``key=value``.
    """
    layers = [load_yaml(path)]
    base = path.parent / BASE
    if path.name != BASE and base.is_file():
        layers.insert(0, load_yaml(base))
    try:
        merged = OmegaConf.to_container(OmegaConf.merge(*layers, _overrides(overrides)), resolve=True)
    except (OmegaConfBaseException, ValueError, TypeError) as error:
        raise ConfigError(f"{path}: {' '.join(str(error).split())}") from None
    if not isinstance(merged, dict):
        raise ConfigError(f"{path} is not a mapping of keys to values")
    return {str(key): value for key, value in merged.items()}


def load_config(path: str | Path, overrides: Sequence[str] = ()) -> Config:
    """Load and check a configuration.

    Args:
        path: a YAML file; ``base.yaml`` beside it gives every key that it leaves out.
        overrides: ``key.path=value``, as on the command line.

    Raises:
        ConfigError: one line that names the file and the key.
    """
    path = Path(path)
    try:
        return Config.model_validate(merge_config(path, overrides))
    except ValidationError as error:
        raise _explain(error, path) from None
