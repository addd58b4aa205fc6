"""One run: a configuration becomes a trained, calibrated and measured model."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

import stance
from stance.corpus.records import Split
from stance.evaluation.evaluate import Evaluation, evaluate
from stance.evaluation.metrics import Report
from stance.experiments.config import Config
from stance.experiments.data import TrainingData, drawn, load_data
from stance.experiments.inputs import Inputs, needing_transformers, read_inputs
from stance.models.bundle import Manifest, Saveable
from stance.models.calibration import CalibratedClassifier, fit_temperature
from stance.models.classifier import Classifier, Lesson, one_hot, targets
from stance.models.prior import Prior, prior
from stance.models.sklearn_model import Estimator, LinearSettings, SklearnClassifier

CHECKPOINTS = Path("runs")
"""Where transformers keep their checkpoints while they train."""

Monitor = Callable[[int, Mapping[str, float]], None]
"""Told the step and the figures of the learning curves."""

MEASURED: tuple[Split, ...] = ("validation", "test")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run yields: the model and its evaluations.

    ``evaluations`` are on the validation and the test split; ``extra`` on the rows of other files, by name;
    ``checkpoints`` is what training left on the disk, see ``discard_checkpoints``.
    """

    config: Config
    model: Saveable
    manifest: Manifest
    data: TrainingData
    evaluations: Mapping[Split, Evaluation] = field(default_factory=dict)
    extra: Mapping[str, Evaluation] = field(default_factory=dict)
    checkpoints: Path | None = None

    @property
    def classifier(self) -> Classifier:
        """The model with its calibration."""
        return CalibratedClassifier(self.model, self.manifest.temperature)

    def reports(self) -> dict[str, Report]:
        """The report of every split, of its views and powers (``test_real``), and of extra files."""
        return split_reports(self.evaluations, self.data) | {
            name: one.report for name, one in self.extra.items()
        }

    def phenomena(self, split: Split = "test") -> dict[str, Report]:
        """The report of each phenomenon that the composed sentences of a split show."""
        if split not in self.evaluations:
            return {}
        evaluation = self.evaluations[split]
        return {name: evaluation.of(indices) for name, indices in self.data.phenomena(split).items()}


def _lesson(config: Config, data: TrainingData, held_out: Collection[str]) -> Lesson:
    """What the model of a configuration is to learn: the examples that it draws, and what a teacher adds."""
    training = drawn(data.records["train"], config.data, config.seed)
    examples = [example for record in training for example in record.to_examples()]
    if config.kind == "linear" or config.distillation.teacher is None:
        return Lesson(examples, one_hot(examples))
    from stance.experiments.distillation import taught

    return taught(config.distillation, examples, config.tracking.uri, CHECKPOINTS, held_out)


def _fit_linear(config: Config, lesson: Lesson) -> Saveable:
    given = config.linear.model_dump() | {"estimator": Estimator(config.linear.estimator)}
    return SklearnClassifier(LinearSettings(**given)).fit(lesson.examples, config.seed)


def _fine_tune(
    config: Config, data: TrainingData, lesson: Lesson, inputs: Inputs, folder: Path, monitor: Monitor
) -> Saveable:
    with needing_transformers(config):
        from stance.models.trainer import TransformerSettings
        from stance.models.training import fine_tune
    settings = TransformerSettings(**config.transformer.model_dump(exclude={"intermediate"}))
    validation = data.examples("validation")
    return fine_tune(settings, lesson, validation, config.seed, folder, monitor, inputs.intermediate)


def _prior(config: Config, lesson: Lesson) -> Prior:
    """The shares of the labels that the model takes for granted: even ones where it was balanced."""
    counts = lesson.targets.sum(axis=0)
    if config.kind == "linear":
        balanced = config.linear.balanced and config.linear.estimator != "majority"
    else:
        balanced = config.transformer.class_weights == "balanced"
    # What is rarer than one example is weighed as one would be (see ``stance.models.training``).
    return prior((np.minimum(counts, 1) if balanced else counts).tolist())


def figures(reports: Mapping[str, Report]) -> dict[str, float]:
    """Return the named reports as flat figures: ``test_macro_f1``, ``test_f1_away`` and so on."""
    flat: dict[str, float] = {}
    for name, one in reports.items():
        flat |= {
            f"{name}_macro_f1": one.macro_f1,
            f"{name}_macro_f1_three": one.macro_f1_three,
            f"{name}_accuracy": one.accuracy,
            f"{name}_ece": one.ece,
            f"{name}_brier": one.brier,
            f"{name}_n": float(one.n),
        }
        for label, score in one.per_class.items():
            flat |= {f"{name}_f1_{label}": score.f1, f"{name}_precision_{label}": score.precision}
            flat |= {f"{name}_recall_{label}": score.recall}
    return flat


def split_reports(evaluations: Mapping[Split, Evaluation], data: TrainingData) -> dict[str, Report]:
    """Return the report of every split, and of each of its views and powers that has examples."""
    reports: dict[str, Report] = {}
    for split, evaluation in evaluations.items():
        reports[split] = evaluation.report
        views = data.views(split).items()
        reports |= {f"{split}_{name}": evaluation.of(indices) for name, indices in views if indices}
        reports |= {f"{split}_{power}": one for power, one in evaluation.per_power().items()}
    return reports


def _scores(reports: Mapping[str, Report]) -> dict[str, float]:
    """Macro-F1 by name, and that over toward, away and none as ``NAME_three``."""
    four = {name: round(one.macro_f1, 4) for name, one in reports.items()}
    return four | {f"{name}_three": round(one.macro_f1_three, 4) for name, one in reports.items()}


def _temperature(config: Config, model: Classifier, data: TrainingData) -> float:
    validation = data.examples("validation")
    if not config.calibrate or not validation:
        return 1.0
    return fit_temperature(model.predict_proba(validation), targets(validation))


def discard_checkpoints(outcome: Outcome) -> None:
    """Remove what training left in ``runs/``, once its outcome is kept elsewhere."""
    if outcome.checkpoints and outcome.checkpoints.is_dir():
        shutil.rmtree(outcome.checkpoints)


def train(
    config: Config, data: TrainingData | None = None, monitor: Monitor = lambda step, figures: None
) -> Outcome:
    """Train, calibrate on validation and evaluate the model of ``config``.

    A transformer leaves checkpoints in ``runs/`` while it trains, and goes on from them after a kill. They
    stay until ``discard_checkpoints``, which whoever keeps the outcome calls.

    Args:
        config: the run.
        data: its corpus, if it is already read.
        monitor: told the learning curves.

    Raises:
        ConfigError: another file that it names cannot be read, or a transformer has no validation examples.
        CorpusError: the corpus is missing or breaks the format.
        ModelError: the training split has fewer than two labels.
    """
    data = data or load_data(config.data)
    inputs = read_inputs(config, data, MEASURED)
    lesson = _lesson(config, data, inputs.held_out)
    folder = None
    if config.kind == "linear":
        model = _fit_linear(config, lesson)
    else:
        folder = CHECKPOINTS / f"{config.name}-{config.digest(data.version.hash, inputs.files)}"
        model = _fine_tune(config, data, lesson, inputs, folder, monitor)
    temperature = _temperature(config, model, data)
    classifier = CalibratedClassifier(model, temperature)
    measured = {split: examples for split in MEASURED if (examples := data.examples(split))}
    evaluations = {split: evaluate(classifier, examples) for split, examples in measured.items()}
    manifest = Manifest(
        name=config.name,
        version=stance.__version__,
        kind="sklearn" if config.kind == "linear" else "transformer",
        settings=config.trained.model_dump(mode="json"),
        temperature=temperature,
        prior=_prior(config, lesson),
        threshold=config.abstention.threshold,
        corpus=data.version,
        scores=_scores(split_reports(evaluations, data)),
    )
    extra = {name: evaluate(classifier, examples) for name, examples in inputs.extra.items()}
    return Outcome(config, model, manifest, data, evaluations, extra, folder)
