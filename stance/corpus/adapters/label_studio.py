"""Exports of Label Studio: what people chose for each task.

Both layouts are read. JSON: a list of tasks with ``data`` and ``annotations``, whose ``result`` holds
``{"from_name": "stance", "type": "choices", "value": {"choices": ["toward"]}}``. JSON-MIN: one flat object an
annotation, with the choice under the name of its control and the annotator under ``annotator``. Skipped
(cancelled) annotations do not count; of two by one annotator the later does.

A task whose data have a state and a power becomes a pair; the label is what most annotators chose, and where
they tie the task is dropped: adjudicate it first. A task with a ``target`` instead becomes a row of the
target table, its label the word that was chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from stance.corpus.adapters.columns import Columns, pair_of
from stance.corpus.adapters.items import Dropped, Item, Target
from stance.corpus.adapters.reading import json_list, parse
from stance.errors import CorpusError
from stance.text.gazetteer import SURROGATES

GROUP = "group"


class _Result(BaseModel):
    from_name: str = ""
    value: dict[str, Any] = Field(default_factory=dict)


class _Annotation(BaseModel):
    completed_by: int | str | dict[str, Any] | None = None
    was_cancelled: bool = False
    result: tuple[_Result, ...] = ()

    def annotator(self, number: int) -> str:
        who = self.completed_by
        who = who.get("email") or who.get("id") if isinstance(who, dict) else who
        return f"annotator {number}" if who is None else str(who)


class _Task(BaseModel):
    data: dict[str, Any]
    annotations: tuple[_Annotation, ...] = ()


class _FlatTask(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: int | str
    annotator: int | str | dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class LabelledTask:
    """A task and the word that each annotator chose, by annotator in the order of the export."""

    where: str
    data: Mapping[str, Any]
    chosen: Mapping[str, str]

    def cell(self, name: str) -> str:
        """A value of the task's data as text; empty where there is none."""
        value = self.data.get(name)
        return "" if value is None else SURROGATES.sub("\ufffd", str(value))


def read_tasks(path: Path, control: str = "stance") -> list[LabelledTask]:
    """Return the tasks of an export with what was chosen in the control named ``control``.

    Raises:
        CorpusError: the file is missing, is no export, or an annotation holds more than one choice.
    """
    tasks = json_list(path)
    if all(isinstance(task, dict) and "data" in task for task in tasks):
        return [_task(parse(_Task, task, where), where, control) for where, task in _placed(path, tasks)]
    return _flat_tasks(path, tasks, control)


def _placed(path: Path, tasks: list[Any]) -> Iterator[tuple[str, Any]]:
    for number, task in enumerate(tasks, start=1):
        yield f"{path}, task {number}", task


def _choice(value: Any, where: str) -> str | None:
    """The one choice in a result's value, which is a word, a list or ``{"choices": [...]}``."""
    if isinstance(value, dict):
        value = value.get("choices")
    words = [value] if isinstance(value, str) else value or []
    if not isinstance(words, list):
        raise CorpusError(f"{where}: {value!r} is no choice: the labels are asked for with Choices")
    if len(words) > 1:
        raise CorpusError(f"{where}: more than one choice ({', '.join(map(str, words))}): one is needed")
    return str(words[0]) if words else None


def _task(task: _Task, where: str, control: str) -> LabelledTask:
    chosen = {}
    for number, annotation in enumerate(task.annotations, start=1):
        for result in annotation.result if not annotation.was_cancelled else ():
            word = _choice(result.value, where) if result.from_name == control else None
            if word is not None:
                chosen[annotation.annotator(number)] = word
    return LabelledTask(where, task.data, chosen)


def _flat_tasks(path: Path, tasks: list[Any], control: str) -> list[LabelledTask]:
    found: dict[str, LabelledTask] = {}
    for where, value in _placed(path, tasks):
        flat = parse(_FlatTask, value, where)
        task = found.setdefault(str(flat.id), LabelledTask(where, dict(flat.model_extra or {}), {}))
        word = _choice(value.get(control), where)
        who = _Annotation(completed_by=flat.annotator).annotator(len(task.chosen) + 1)
        chosen = dict(task.chosen) | ({who: word} if word is not None else {})
        found[str(flat.id)] = LabelledTask(task.where, task.data, chosen)
    return list(found.values())


def majority(words: Mapping[str, Any]) -> Any | None:
    """Return what most annotators chose, or None where the first place is shared."""
    ranked = Counter(words.values()).most_common(2)
    return None if len(ranked) == 2 and ranked[0][1] == ranked[1][1] else ranked[0][0]


def read(path: Path, columns: Columns | None = None) -> Iterator[Item]:
    """Yield the pairs or targets of an export.

    Raises:
        CorpusError: as ``read_tasks``; or a task has neither state and power nor target, or another label.
    """
    columns = columns or Columns()
    for task in read_tasks(path, columns.stance):
        yield _item(task, columns)


def _item(task: LabelledTask, columns: Columns) -> Item:
    if not task.chosen:
        return Dropped(task.where, "the task has no annotation")
    if "target" in task.data and columns.state not in task.data:
        word = majority(task.chosen)
        text = task.cell(columns.text)
        if word is None or not text:
            return Dropped(task.where, "the text is empty" if word else "the annotators tie")
        return Target(text, task.cell("target"), word)
    for name in (columns.text, columns.state, columns.power):
        if name not in task.data:
            raise CorpusError(f"{task.where}: its data have no {name!r} (they have {', '.join(task.data)})")
    labels = {who: columns.label(word, task.where) for who, word in task.chosen.items()}
    stance = majority(labels)
    if stance is None:
        return Dropped(task.where, "the annotators tie")
    names = task.cell(columns.state), task.cell(columns.power)
    group = task.cell(GROUP) or None
    return pair_of(
        task.where,
        task.cell(columns.text),
        names,
        stance,
        tuple(labels[who] for who in sorted(labels)),
        group,
    )
