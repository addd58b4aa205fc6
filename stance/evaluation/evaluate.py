"""Evaluating a classifier on a file of labelled rows, or on examples at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from stance.corpus.adapters.items import state_named
from stance.corpus.records import Record
from stance.errors import InputError
from stance.evaluation.intervals import Interval, percentile_interval
from stance.evaluation.metrics import Report, report
from stance.evaluation.paired import bootstrap_macro_f1
from stance.models.classifier import Classifier, Probabilities, targets
from stance.models.f1 import macro_f1
from stance.schema import LABELS, POWERS, Example, Power, Stance, state_code
from stance.text.mentions import find_mentions

DRAWS = 2000
"""Resamples behind an interval."""

_TABLES: Final = (".csv", ".tsv")

# Unlike the standard library's, its errors cover deep nesting and half surrogate pairs.
_JSON: Final = TypeAdapter[Any](Any)


class Row(BaseModel):
    """A labelled row of a user's file; keys beside these four are kept and not read.

    State and power are codes or names that the gazetteer knows.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    text: str = Field(min_length=1)
    state: str
    power: Power
    stance: Stance

    @field_validator("state", "power", mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        return state_named(value) or value if isinstance(value, str) else value

    @field_validator("state")
    @classmethod
    def _known(cls, value: str) -> str:
        return state_code(value)

    def example(self) -> Example:
        """The row as an example, its mentions found in the text."""
        return Example(self.text, self.state, self.power, find_mentions(self.text), self.stance)


def _parse(line: str, where: str) -> list[tuple[dict[str, Any], Example]]:
    """The labelled pairs of a line: one of a row, any number of a line of a corpus."""
    try:
        found = _JSON.validate_json(line)
        if isinstance(found, dict) and "examples" in found and "stance" not in found:
            return _of_record(Record.model_validate(found))
        return [(found, Row.model_validate(found).example())]
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the line"
        raise InputError(f"{where}: {place}: {first['msg']}") from None
    except ValueError as error:
        raise InputError(f"{where}: {error}") from None


def _of_record(record: Record) -> list[tuple[dict[str, Any], Example]]:
    """A row for each labelled pair of a line of a corpus, with the corpus's own mentions."""
    rows = []
    for dyad, example in zip(record.examples, record.to_examples(), strict=True):
        keys = {"id": record.example_id(dyad), "text": record.text}
        labelled = {"state": dyad.state, "power": str(dyad.power), "stance": str(dyad.stance)}
        rows.append((keys | labelled, example))
    return rows


def read_rows(path: Path) -> Iterator[tuple[dict[str, Any], Example]]:
    """Yield each row of a JSONL file as it stands and as an example; a corpus line has a row for each pair.

    A line of a corpus is one with ``examples`` and without ``stance``.

    Raises:
        InputError: the file is missing, empty, without a labelled pair or not UTF-8, or a line lacks a key or
            has an illegal value.
    """
    if path.suffix.lower() in _TABLES:
        raise InputError(
            f"{path} is a table: 'stance corpus import csv {path} --out FILE.jsonl' makes rows of it"
        )
    if path.is_dir():
        raise InputError(f"{path} is a folder: give one .jsonl file of it")
    empty = True
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                rows = _parse(line, f"{path}:{number}") if line.strip() else []
                empty = empty and not rows
                yield from rows
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}: {error}") from None
    if empty:
        raise InputError(
            f"{path} is empty or has no labelled pair: "
            "one JSON object a line with text, state, power, stance is needed"
        )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a classifier said of some examples, and how right it was."""

    examples: tuple[Example, ...]
    probabilities: Probabilities
    report: Report

    def of(self, chosen: Sequence[int]) -> Report:
        """The report on the examples with these indices alone."""
        some = [self.examples[i] for i in chosen]
        return report(self.probabilities[list(chosen)], targets(some), sum(e.unmatched for e in some))

    def macro_f1(self, over: Sequence[Stance] = LABELS) -> Interval:
        """The macro-F1 with its 95% bootstrap interval over sentences, whose pairs are drawn together.

        It says how far other sentences would move the figure; a model trained anew may move it further.
        """
        true, predicted = targets(self.examples), self.probabilities.argmax(axis=1).astype(np.int64)
        sentences = [example.text for example in self.examples]
        drawn = bootstrap_macro_f1(true, [predicted], sentences, over=over, draws=DRAWS)
        return percentile_interval(macro_f1(true, predicted, over), drawn[:, 0], len(set(sentences)))

    def per_power(self) -> dict[Power, Report]:
        """The report on each power's examples, where it has any."""
        chosen = {p: [i for i, e in enumerate(self.examples) if e.power == p] for p in POWERS}
        return {power: self.of(indices) for power, indices in chosen.items() if indices}


def evaluate(classifier: Classifier, examples: Sequence[Example]) -> Evaluation:
    """Score labelled ``examples``; those that are unmatched are scored and counted, never dropped.

    Raises:
        ValueError: an example has no label.
    """
    probabilities = classifier.predict_proba(examples)
    unmatched = sum(example.unmatched for example in examples)
    return Evaluation(tuple(examples), probabilities, report(probabilities, targets(examples), unmatched))


def prediction_lines(rows: Sequence[dict[str, Any]], probabilities: Probabilities) -> Iterator[str]:
    """Yield one JSON line a row: the row, and ``probabilities`` by label."""
    for row, four in zip(rows, probabilities, strict=True):
        named = {str(label): round(float(p), 6) for label, p in zip(LABELS, four, strict=True)}
        yield json.dumps({**row, "probabilities": named}, ensure_ascii=False)
