"""The card of a model: a README.md for people, with the metadata that the Hugging Face hub reads.

All of it follows from the manifest, so that the card says nothing that was not recorded in training.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from stance.corpus.location import codebook_hash
from stance.schema import CODEBOOK_VERSION, LABELS, MEANINGS

if TYPE_CHECKING:
    from stance.models.bundle import Manifest

CARD = "README.md"

BASES = {
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db": (
        "sentence-transformers/all-MiniLM-L6-v2"
    ),
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658": (
        "sentence-transformers/all-mpnet-base-v2"
    ),
}
"""The names on the hub of pretrained weights that packages carry, by sha256."""

KINDS = {
    "linear": "a linear model over counted words, read with numpy alone",
    "onnx": "a fine-tuned transformer with 8-bit weights, read with onnxruntime",
    "sklearn": "a linear model of scikit-learn",
    "transformer": "a fine-tuned transformer, read with PyTorch",
}

MEASURED = {
    "test_real": "real news, test split",
    "test_out_of_domain": "real headlines of a source kept out of training",
    "test_composed": "composed sentences, test split",
    "test_unseen_states": "composed, states that the composed training split never shows",
    "test_unseen_dyads": "pairs that no labelled training sentence shows",
    "test_CHN": "toward China, real and composed",
    "test_USA": "toward the United States, real and composed",
    "test_RUS": "toward Russia, real and composed",
}
"""The scores that a card shows, in this order: how it does on real news is what counts."""

USE = """\
For research on foreign policy in the news: it reads English sentences that name a state and one of the three
powers, and says where the sentence puts the government of that state. One sentence is a hint; the project
adds many of them up and gives an interval.

What it is not for, and where it errs:

- It judges what a text says, not whether that is true, and repeats the slant of its sources.
- It is no basis for decisions about people, nor for policy without somebody who reads the evidence.
- Other languages, other powers, organisations and the opinion of peoples are outside of it.
- The composed sentences have the same writers as those that it learned from and flatter it. Real news hardly
  hedges, so that the figure for hedging on it rests on few sentences.
- Comparisons of two powers ("the one tie would cost it the other") are often misread.
"""


def base_model(settings: dict[str, Any]) -> str | None:
    """The hub id of the pretrained weights that a model began from, as far as its settings tell."""
    known = BASES.get(str(settings.get("sha256")))
    pretrained = str(settings.get("pretrained", ""))
    return known or (pretrained if re.fullmatch(r"[A-Za-z0-9][\w.-]*/[\w.-]+", pretrained) else None)


def _results(manifest: Manifest) -> Iterator[tuple[str, float | None, float]]:
    """Test set, macro-F1 over three labels (if it was recorded) and over four."""
    for name, title in MEASURED.items():
        if name in manifest.scores:
            yield title, manifest.scores.get(f"{name}_three"), manifest.scores[name]


def _metadata(manifest: Manifest) -> dict[str, Any]:
    found = [
        {
            "task": {"type": "text-classification", "name": "stance of a state toward a power"},
            "dataset": {"type": "stance-corpus", "name": title},
            "metrics": [
                {"type": "f1", "name": f"macro-F1 over {number} labels", "value": value}
                for number, value in (("three", three), ("four", four))
                if value is not None
            ],
        }
        for title, three, four in _results(manifest)
    ]
    base = base_model(manifest.settings)
    return {
        "language": ["en"],
        "license": "mit",
        "library_name": "stance",
        "pipeline_tag": "text-classification",
        "tags": ["stance-detection", "international-relations", "hedging", "news", manifest.kind],
        **({"base_model": base} if base else {}),
        "metrics": ["f1"],
        **({"model-index": [{"name": manifest.name, "results": found}]} if found else {}),
    }


def _scores(manifest: Manifest) -> str:
    rows = [
        f"| {title} | {'-' if three is None else f'{three:.3f}'} | {four:.3f} |"
        for title, three, four in _results(manifest)
    ]
    if not rows:
        return "No scores were recorded when it was trained.\n"
    head = ["| test set | macro-F1, toward / away / none | macro-F1, four labels |", "| --- | --- | --- |"]
    text = "Measured when it was trained, before any conversion to 8 bits:\n\n"
    return text + "\n".join([*head, *rows]) + "\n"


def _origin(manifest: Manifest) -> str:
    """What the model was made from and how it is set."""
    own = f", sha256 beginning {codebook_hash()}" if manifest.codebook == CODEBOOK_VERSION else ""
    lines = [f"- codebook: version {manifest.codebook}{own}"]
    if corpus := manifest.corpus:
        lines.append(f"- corpus: version {corpus.version}, {corpus.examples} examples, hash {corpus.hash}")
    if base := base_model(manifest.settings):
        lines.append(f"- began from: {base}")
    if "encoding" in manifest.settings:
        lines.append(f"- reads sentences in the encoding {manifest.settings['encoding']!r}")
    lines.append(
        f"- temperature {manifest.temperature:.3f}; below {manifest.threshold} no label should be asserted"
    )
    if manifest.prior:
        shares = zip(LABELS, manifest.prior, strict=True)
        lines.append("- learned from " + ", ".join(f"{share:.0%} {label}" for label, share in shares))
    return "\n".join(lines) + "\n"


def model_card(manifest: Manifest) -> str:
    """Return the card of a model as Markdown with YAML in front."""
    meanings = "".join(f"| `{label}` | {MEANINGS[label]} |\n" for label in LABELS)
    metadata = "".join(f"{key}: {json.dumps(value)}\n" for key, value in _metadata(manifest).items())
    return f"""\
---
{metadata}---

# {manifest.name}

Which way does a state lean in a sentence of the news: toward China, the United States or Russia, away from
them, or deliberately in between? This is {KINDS[manifest.kind]}, made by stance {manifest.version}.

## How well it works

{_scores(manifest)}
## Labels

| label | for a state and a power that a sentence names |
| --- | --- |
{meanings}
## Where it comes from

{_origin(manifest)}
## What it is for, and what not

{USE}
## How to load it

    from stance import Scorer

    scored = Scorer.load("FOLDER").score("Pakistan signed a defence pact with China.")

or `stance score article.txt --model FOLDER`. `stance.json` beside this file has all scores and the sha256 of
every file, which is checked when the model is loaded.
"""
