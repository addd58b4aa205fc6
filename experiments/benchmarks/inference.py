"""How fast the model that ships is, and whether it says what the model in 32 bits says.

``make bench`` runs it, as does ``python experiments/benchmarks/inference.py --reference RUN_OR_FOLDER``. The
reference is the transformer that the model was exported from: a model folder or an MLflow URI. It runs in a
``transformers`` pipeline, in turn with the model that ships, on the validation examples. Without a reference
only the model that ships is timed. Measure on an idle machine: threads that wait for one another slow the
pipeline down far more than the model that ships.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from reference import PairPipeline

from stance.experiments.export import validation_examples
from stance.models.bundle import default_folder, load_bundle
from stance.models.calibration import CalibratedClassifier
from stance.models.classifier import Classifier, Probabilities
from stance.models.transformer import TransformerClassifier
from stance.report.formats import WRITERS, Format
from stance.schema import Example
from stance.scoring.loading import DEFAULT_STORE, load_model
from stance.scoring.scorer import Scorer
from stance.text.articles import read_articles

ARTICLE = Path(__file__).resolve().parents[2] / "data" / "articles" / "a_summit_of_many_doors.txt"
SENTENCE = "Pakistan signed a defence pact with China on Monday."
Predict: TypeAlias = Callable[[Sequence[Example]], Probabilities]
STANCE = "from stance.cli.main import main; main()"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``target`` is what the project wants, empty where it wants nothing."""

    measure: str
    value: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Examples a second, and the labels, shape ``(n,)``."""

    rate: float
    labels: NDArray[np.int64]


def seconds(call: Callable[[], object]) -> float:
    """Return how long ``call`` takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def median_of(times: int, call: Callable[[], object]) -> float:
    """Return the median of how long ``call`` takes, in seconds, after one call that does not count."""
    call()
    return statistics.median(seconds(call) for _ in range(times))


def some(examples: Sequence[Example], most: int) -> list[Example]:
    """Return about ``most`` examples, taken evenly and by whole sentences."""
    texts = list(dict.fromkeys(example.text for example in examples))
    kept = set(texts[:: max(1, round(len(examples) / most))])
    return [example for example in examples if example.text in kept]


def fine_tuned(reference: str, store: str) -> TransformerClassifier:
    """Load the transformer that ``reference`` names."""
    trained = load_model(reference, store).classifier
    base = trained.base if isinstance(trained, CalibratedClassifier) else trained
    if not isinstance(base, TransformerClassifier):
        sys.exit(f"{reference} is no transformer")
    return base


def in_turn(models: dict[str, Predict], examples: list[Example], rounds: int) -> dict[str, list[Run]]:
    """Let every model read ``examples`` so many times, one after the other."""
    runs: dict[str, list[Run]] = {name: [] for name in models}
    for _ in range(rounds):
        for name, predict in models.items():
            began = time.perf_counter()
            said = predict(examples).argmax(axis=1)
            runs[name].append(Run(len(examples) / (time.perf_counter() - began), said))
    return runs


def compare(
    shipped: Classifier, reference: str, store: str, examples: list[Example], rounds: int
) -> list[Row]:
    """Time the model that ships and the reference in turn, and count the labels that are the same."""
    torch.set_num_threads(os.cpu_count() or 1)
    pipeline = PairPipeline(fine_tuned(reference, store))
    runs = in_turn({"int8": shipped.predict_proba, "fp32": pipeline.predict}, examples, rounds)
    small, full = runs["int8"], runs["fp32"]
    ratio = statistics.median(fast.rate / slow.rate for fast, slow in zip(small, full, strict=True))
    equal = float(np.mean(small[0].labels == full[0].labels))
    return [
        Row("int8 ONNX that ships, examples a second", f"{statistics.median(run.rate for run in small):.0f}"),
        Row(
            "the same in fp32, `transformers` pipeline", f"{statistics.median(run.rate for run in full):.0f}"
        ),
        Row("ratio", f"{ratio:.1f}", ">= 3"),
        Row("equal labels", f"{equal:.1%}", ">= 99%"),
    ]


def alone(shipped: Classifier, examples: list[Example], rounds: int) -> list[Row]:
    """Time the model that ships."""
    rate = len(examples) / median_of(rounds, lambda: shipped.predict_proba(examples))
    return [Row("int8 ONNX that ships, examples a second", f"{rate:.0f}")]


def latency(model: Path) -> Row:
    """The whole of ``stance score`` on an article: read, score, write as JSON, with the model loaded."""
    scorer = Scorer.load(model)

    def score() -> None:
        WRITERS[Format.JSON](map(scorer.score, read_articles([str(ARTICLE)])), io.BytesIO())

    words = len(ARTICLE.read_text(encoding="utf-8").split())
    pairs = sum(one.n for one in scorer.score(next(read_articles([str(ARTICLE)]))).alignments)
    measure = f"an article of {words} words with {pairs} examples, model loaded"
    return Row(measure, f"{1000 * median_of(20, score):.0f} ms", "< 150 ms")


def start_up(model: Path) -> list[Row]:
    """The processes ``stance score`` on one sentence, and ``stance --version``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentence.txt"
        path.write_text(SENTENCE, encoding="utf-8")

        def process(*arguments: str) -> float:
            command = [sys.executable, "-c", STANCE, *arguments]
            return median_of(5, lambda: subprocess.run(command, check=True, capture_output=True))  # noqa: S603

        score, version = process("score", str(path), "--model", str(model)), process("--version")
    return [
        Row("`stance score` on one sentence, as a process", f"{score:.2f} s", "< 2 s"),
        Row("`stance --version`, as a process", f"{version:.2f} s"),
    ]


def table(rows: Sequence[Row], examples: int) -> str:
    """Return the results in Markdown."""
    lines = ["| measure | value | wanted |", "| --- | --- | --- |"]
    lines += [f"| {row.measure} | {row.value} | {row.target} |" for row in rows]
    where = f"{os.cpu_count()} cores, onnxruntime {onnxruntime.__version__}, {examples} validation examples"
    return "\n".join([*lines, "", f"On {where}. Medians; one run."]) + "\n"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=default_folder(), help="another folder than what ships")
    parser.add_argument("--reference", help="the transformer it was exported from: a folder or an MLflow URI")
    parser.add_argument("--store", default=DEFAULT_STORE, help="the MLflow store of the reference")
    parser.add_argument("--examples", type=int, default=10_000, help="at most about so many")
    parser.add_argument("--rounds", type=int, default=3, help="how often each model reads them")
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    given = arguments()
    examples = some(validation_examples(), given.examples)
    shipped = load_bundle(given.model).classifier
    shipped.predict_proba(examples[:100])
    rows = (
        compare(shipped, given.reference, given.store, examples, given.rounds)
        if given.reference
        else alone(shipped, examples, given.rounds)
    )
    written = table([*rows, latency(given.model), *start_up(given.model)], len(examples))
    print(written, end="")
    if given.out:
        given.out.write_text(f"# Speed of the model that ships\n\n{written}", encoding="utf-8")


if __name__ == "__main__":
    main()
