"""Distillation: a small model learns what a large one makes of many sentences (Hinton et al., 2015).

The lesson is the training examples, whose target is their label mixed with the teacher's probabilities,
and real sentences without labels, whose target is what the teacher says of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from stance.corpus.location import unlabelled_file
from stance.corpus.near_duplicates import held_out_among
from stance.corpus.unlabelled import read_texts
from stance.errors import CorpusError
from stance.experiments.config import DistillationConfig
from stance.experiments.store import model_folder
from stance.models.bundle import load_bundle, read_manifest, sha256
from stance.models.classifier import Classifier, Lesson, Probabilities, one_hot
from stance.schema import LABELS, Example
from stance.text.examples import examples_in
from stance.text.forms import FORMS
from stance.text.mentions import find_mentions
from stance.writing import replacing

CHUNK = 2048
"""Examples that the teacher reads between two saves."""


def files_of(config: DistillationConfig, store: str) -> dict[str, str]:
    """Return the sha256 of every file that decides what is taught.

    These are the teacher's, the unlabelled text, and the gazetteer that finds its pairs.

    Raises:
        ModelError: there is no such teacher.
        CorpusError: the sentences without labels are not there.
    """
    if config.teacher is None:
        return {}
    teacher = read_manifest(model_folder(config.teacher, store)).files
    files = {f"distillation.teacher/{name}": digest for name, digest in teacher.items()}
    if config.unlabelled:
        files |= {"distillation.unlabelled": sha256(_unlabelled_file()), "gazetteer": sha256(FORMS)}
    return files


def _unlabelled_file() -> Path:
    path = unlabelled_file()
    if not path.is_file():
        raise CorpusError(
            "the sentences without labels are not on this machine: 'stance corpus hydrate --unlabelled' "
            "brings them, or set distillation.unlabelled=false"
        )
    return path


def unlabelled_examples() -> list[Example]:
    """Return every pair of the real sentences without labels.

    Raises:
        CorpusError: their text is not on this machine.
    """
    return [
        example
        for text in read_texts(_unlabelled_file())
        for example in examples_in(text, find_mentions(text))
    ]


def taught(
    config: DistillationConfig,
    examples: Sequence[Example],
    store: str,
    scratch: Path,
    held_out: Collection[str] = (),
) -> Lesson:
    """Let the teacher of ``config`` read everything that the pupil will learn from.

    Args:
        config: names the teacher.
        examples: labelled.
        store: the MLflow store in which the teacher's URI is looked up.
        scratch: keeps what the teacher has said, so that a killed run need not ask again.
        held_out: texts that measure; those without labels that are one of them, or nearly, are left out.

    Raises:
        ModelError: the teacher cannot be loaded.
        CorpusError: the sentences without labels are not there.
    """
    teacher = load_bundle(model_folder(str(config.teacher), store))
    unlabelled = unlabelled_examples() if config.unlabelled else []
    known = held_out_among((example.text for example in unlabelled), held_out)
    unlabelled = [example for example in unlabelled if example.text not in known]
    asked = [*unlabelled, *(examples if config.gold < 1 else ())]
    said = ask(teacher.classifier, asked, scratch / _key(teacher.manifest.files, asked))
    labelled = config.gold * one_hot(examples)
    if config.gold < 1:
        labelled += (1 - config.gold) * said[len(unlabelled) :]
    return Lesson([*examples, *unlabelled], np.concatenate([labelled, said[: len(unlabelled)]]))


def _key(files: dict[str, str], examples: Sequence[Example]) -> str:
    """A name for what this teacher says of these examples."""
    digest = hashlib.sha256(repr(sorted(files.items())).encode())
    for example in examples:
        digest.update(repr((example.state, example.power, example.text, example.mentions)).encode())
    return f"lesson-{digest.hexdigest()[:16]}"


def _in_16_bits() -> AbstractContextManager[object]:
    """Twice as fast for a transformer, and exact enough for a target."""
    try:
        import torch
    except ImportError:
        return nullcontext()
    return torch.autocast("cuda" if torch.cuda.is_available() else "cpu", torch.bfloat16)


def ask(teacher: Classifier, examples: Sequence[Example], folder: Path) -> Probabilities:
    """Return the teacher's probabilities, shape ``(n, 4)``; every chunk is kept in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    starts = range(0, len(examples), CHUNK)
    chunks = [np.zeros((0, len(LABELS)))]
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        for start in bars.track(starts, description="the teacher reads"):
            file = folder / f"{start:07d}.npy"
            if not file.is_file():
                with _in_16_bits():
                    said = teacher.predict_proba(examples[start : start + CHUNK])
                with replacing(file) as aside, aside.open("wb") as out:
                    np.save(out, said)
            chunks.append(np.load(file, allow_pickle=False))
    return np.concatenate(chunks)
