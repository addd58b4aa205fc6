"""One run: a configuration becomes a trained, calibrated and measured model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import stance
from stance.corpus.records import Split
from stance.evaluation.evaluate import Evaluation, evaluate, read_rows
from stance.evaluation.metrics import Report
from stance.experiments.config import Config
from stance.experiments.data import VIEWS, TrainingData, drawn, load_data
from stance.models.bundle import Manifest
from stance.models.calibration import CalibratedClassifier, fit_temperature
from stance.models.classifier import Classifier, targets
from stance.models.sklearn_model import Estimator, LinearSettings, SklearnClassifier

MEASURED: tuple[Split, ...] = ("validation", "test")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run yields: the model and its evaluations.

    ``evaluations`` are on the validation and the test split; ``extra`` on the rows of other files, by name.
    """

    config: Config
    model: SklearnClassifier
    manifest: Manifest
    data: TrainingData
    evaluations: Mapping[Split, Evaluation] = field(default_factory=dict)
    extra: Mapping[str, Evaluation] = field(default_factory=dict)

    @property
    def classifier(self) -> Classifier:
        """The model with its calibration."""
        return CalibratedClassifier(self.model, self.manifest.temperature)

    def reports(self) -> dict[str, Report]:
        """The report of every split, of its views and powers (``test_real``), and of extra files."""
        return split_reports(self.evaluations, self.data) | {
            name: one.report for name, one in self.extra.items()
        }


def settings_of(config: Config) -> LinearSettings:
    """Return the baseline that a configuration asks for."""
    m = config.model
    estimator = Estimator(m.estimator)
    return LinearSettings(estimator, m.views, m.encoding, m.c, m.min_df, m.max_features, m.balanced)


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
        views = {f"{split}_{name}": data.view(split, name) for name in VIEWS}
        reports |= {name: evaluation.of(indices) for name, indices in views.items() if indices}
        reports |= {f"{split}_{power}": one for power, one in evaluation.per_power().items()}
    return reports


def _temperature(config: Config, model: SklearnClassifier, data: TrainingData) -> float:
    validation = data.examples("validation")
    if not config.calibrate or not validation:
        return 1.0
    return fit_temperature(model.predict_proba(validation), targets(validation))


def _extra(config: Config, classifier: Classifier) -> dict[str, Evaluation]:
    return {
        name: evaluate(classifier, [example for _, example in read_rows(Path(path))])
        for name, path in config.data.extra.items()
    }


def train(config: Config, data: TrainingData | None = None) -> Outcome:
    """Train, calibrate on validation and evaluate the model of ``config``; nothing is written.

    Args:
        config: the run.
        data: its corpus, if it is already read.

    Raises:
        CorpusError: the corpus is missing or breaks the format.
        ModelError: the training split has fewer than two labels.
    """
    data = data or load_data(config.data)
    training = drawn(data.records["train"], config.data, config.seed)
    examples = [example for record in training for example in record.to_examples()]
    model = SklearnClassifier(settings_of(config)).fit(examples, config.seed)
    temperature = _temperature(config, model, data)
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
        scores={name: round(one.macro_f1, 4) for name, one in split_reports(evaluations, data).items()},
    )
    return Outcome(config, model, manifest, data, evaluations, _extra(config, classifier))
