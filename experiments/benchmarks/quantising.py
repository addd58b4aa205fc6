"""What each step of the 8-bit recipe is worth: equal labels, speed and size, with and without it.

Run ``python experiments/benchmarks/quantising.py RUN_OR_FOLDER``, which names a fine-tuned transformer. Speed
is in examples a second of one core's processor time; labels are compared with those of the model in 32 bits.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from inference import fine_tuned, some

from stance.experiments.export import calibration_examples, validation_examples
from stance.models.classifier import Probabilities, targets
from stance.models.exporting import export_onnx
from stance.models.f1 import macro_f1
from stance.models.onnx import BATCH, FILE, OnnxClassifier
from stance.models.quantising import Recipe, quantise
from stance.models.transformer import TransformerClassifier
from stance.schema import Example
from stance.scoring.loading import DEFAULT_STORE

NEVER = float("inf")
RECIPES = {
    "plain dynamic": Recipe(rows=False, smoothing=None, outliers=NEVER),
    "+ rows of embeddings": Recipe(smoothing=None, outliers=NEVER),
    "+ smoothing": Recipe(outliers=NEVER),
    "+ blocks behind outliers (ships)": Recipe(),
    "blocks everywhere but behind layer norms": Recipe(outliers=0.0),
}


def run(folder: Path, trained: TransformerClassifier, examples: list[Example]) -> tuple[Probabilities, float]:
    """Return the probabilities of an exported model, and its examples a second of processor time."""
    model = OnnxClassifier.load(folder, trained.tokenizer)
    model.predict_proba(examples[:50])
    began = time.process_time()
    probabilities = model.predict_proba(examples)
    return probabilities, len(examples) / (time.process_time() - began)


def measure(trained: TransformerClassifier, examples: list[Example], folder: Path) -> list[str]:
    """Return the lines of the table, one a recipe."""
    export_onnx(trained, folder, int8=False)
    full = folder / "full.onnx"
    given: Sequence[Example] = calibration_examples()
    batches = [trained.tokenizer.batch(given[i : i + BATCH]).arrays() for i in range(0, len(given), BATCH)]
    right, rate = run(folder, trained, examples)
    (folder / FILE).rename(full)
    true = targets(examples)
    lines = [f"| 32 bits | | | {rate:.0f} | {full.stat().st_size / 1e6:.0f} |"]
    for name, recipe in RECIPES.items():
        quantise(full, folder / FILE, batches, recipe)
        said, rate = run(folder, trained, examples)
        equal = np.mean(said.argmax(axis=1) == right.argmax(axis=1))
        change = macro_f1(true, said.argmax(axis=1)) - macro_f1(true, right.argmax(axis=1))
        size = (folder / FILE).stat().st_size / 1e6
        lines.append(f"| {name} | {equal:.1%} | {change:+.4f} | {rate:.0f} | {size:.1f} |")
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reference", help="a fine-tuned transformer: a folder or an MLflow URI")
    parser.add_argument("--store", default=DEFAULT_STORE, help="the MLflow store of the reference")
    parser.add_argument("--examples", type=int, default=10_000, help="at most about so many")
    given = parser.parse_args()
    examples = some(validation_examples(), given.examples)
    trained = fine_tuned(given.reference, given.store)
    print("| recipe | equal labels | macro-F1 | examples a second | MB |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(measure(trained, examples, Path(folder))))


if __name__ == "__main__":
    main()
