"""One run: a configuration becomes a trained, calibrated and measured model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

import stance
from stance.corpus.records import Split
from stance.evaluation.evaluate import Evaluation, evaluate
from stance.evaluation.metrics import Report
from stance.experiments.config import Config
from stance.experiments.data import TrainingData, load_data, resample
from stance.models.bundle import Manifest
from stance.models.calibration import CalibratedClassifier, fit_temperature
from stance.models.classifier import Classifier, targets
from stance.models.sklearn_model import Estimator, LinearSettings, SklearnClassifier
from stance.schema import Example

MEASURED: tuple[Split, ...] = ("validation", "test")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run yields: the model, and its evaluation on the validation and the test split."""

    config: Config
    model: SklearnClassifier
    manifest: Manifest
    data: TrainingData
    evaluations: Mapping[Split, Evaluation] = field(default_factory=dict)

    @property
    def classifier(self) -> Classifier:
        """The model with its calibration."""
        return CalibratedClassifier(self.model, self.manifest.temperature)


def settings_of(config: Config) -> LinearSettings:
    """Return the baseline that a configuration asks for."""
    model = config.model
    return LinearSettings(
        Estimator(model.estimator),
        model.views,
        model.encoding,
        model.c,
        model.min_df,
        model.max_features,
        model.balanced,
    )


def _training_examples(config: Config, data: TrainingData) -> list[Example]:
    if not config.data.resample:
        return data.examples("train")
    drawn = resample(data.records["train"], config.seed)
    return list(chain.from_iterable(record.to_examples() for record in drawn))


def figures(reports: Mapping[str, Report]) -> dict[str, float]:
    """Return the named reports as flat figures: ``test_macro_f1``, ``test_f1_away`` and so on."""
    flat: dict[str, float] = {}
    for name, one in reports.items():
        flat |= {
            f"{name}_macro_f1": one.macro_f1,
            f"{name}_accuracy": one.accuracy,
            f"{name}_ece": one.ece,
            f"{name}_brier": one.brier,
            f"{name}_n": float(one.n),
        }
        for label, score in one.per_class.items():
            flat |= {f"{name}_f1_{label}": score.f1, f"{name}_precision_{label}": score.precision}
            flat |= {f"{name}_recall_{label}": score.recall}
    return flat


def all_reports(evaluations: Mapping[Split, Evaluation]) -> dict[str, Report]:
    """Return the report of every split, and of every power in it (``test_CHN``)."""
    reports: dict[str, Report] = {}
    for split, evaluation in evaluations.items():
        reports[split] = evaluation.report
        reports |= {f"{split}_{power}": one for power, one in evaluation.per_power().items()}
    return reports


def train(config: Config, data: TrainingData | None = None) -> Outcome:
    """Train, calibrate on validation and evaluate the model of ``config``; nothing is written.

    Args:
        config: the run.
        data: its corpus, if it is already read.

    Raises:
        CorpusError: the corpus is missing or breaks the format.
        ModelError: the training split has fewer than two labels.
    """
    data = data or load_data(config.data.path)
    settings = settings_of(config)
    model = SklearnClassifier(settings).fit(_training_examples(config, data), config.seed)
    validation = data.examples("validation")
    temperature = 1.0
    if config.calibrate and validation:
        temperature = fit_temperature(model.predict_proba(validation), targets(validation))
    classifier = CalibratedClassifier(model, temperature)
    measured = {split: examples for split in MEASURED if (examples := data.examples(split))}
    evaluations = {split: evaluate(classifier, examples) for split, examples in measured.items()}
    manifest = Manifest(
        name=config.name,
        version=stance.__version__,
        kind="sklearn",
        settings=config.model.model_dump(mode="json"),
        temperature=temperature,
        threshold=config.abstention.threshold,
        corpus=data.version,
        scores=figures({split: one.report for split, one in evaluations.items()}),
    )
    return Outcome(config, model, manifest, data, evaluations)
