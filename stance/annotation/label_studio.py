"""A project for Label Studio: a folder whose files its pages and its API take as they are.

===================  =======================================================================================
tasks.json           the questions; "Import" takes it, or ``POST /api/projects/ID/import``
labelling.xml        the labelling interface; "Settings > Labeling Interface > Code" takes it
instructions.html    the codebook; "Settings > Instructions" takes it
project.json         title, interface and instructions in one: the body of ``POST /api/projects``
===================  =======================================================================================

A task holds the sentence, the state, the power and an id, and nothing of what anyone or any model said.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from stance.annotation.questions import Question
from stance.errors import InputError
from stance.schema import LABELS, MEANINGS
from stance.writing import replacing_folder

EXAMPLE = "example"
"""The key of an example's id in a task's data: JSON-MIN has the number of the task under ``id``."""


def task(question: Question) -> dict[str, dict[str, str]]:
    """Return a question as Label Studio imports it."""
    data = {
        EXAMPLE: question.id,
        "text": question.text,
        "state": question.state,
        "power": str(question.power),
        "question": question.wording,
    }
    return {"data": data | ({"group": question.group} if question.group else {})}


def interface() -> str:
    """Return the labelling interface: the pair, the sentence, and one choice of the four labels."""
    choices = "\n".join(
        f'    <Choice value="{label}" hotkey="{key}" hint={quoteattr(MEANINGS[label])}/>'
        for key, label in enumerate(LABELS, start=1)
    )
    return (
        '<View>\n  <Header value="$question"/>\n  <Text name="text" value="$text"/>\n'
        '  <Choices name="stance" toName="text" choice="single" required="true" showInline="true">\n'
        f"{choices}\n  </Choices>\n</View>\n"
    )


def instructions(codebook: str) -> str:
    """Return the codebook as HTML that keeps its lines."""
    return f'<pre style="white-space: pre-wrap">{html.escape(codebook, quote=False)}</pre>\n'


def project(codebook: str, title: str) -> dict[str, str | bool]:
    """Return the settings of the project, as the API takes them."""
    return {
        "title": title,
        "label_config": interface(),
        "expert_instruction": instructions(codebook),
        "show_instruction": True,
        "show_skip_button": True,
        "enable_empty_annotation": False,
    }


def write_project(questions: Sequence[Question], codebook: str, title: str, folder: Path) -> None:
    """Write a project to ``folder``, whole or not at all.

    Raises:
        InputError: ``folder`` exists, for it may hold somebody's work, or cannot be made.
    """
    if folder.exists():
        raise InputError(f"{folder} exists: name a new folder for the project")
    files = {
        "tasks.json": _json([task(question) for question in questions]),
        "labelling.xml": interface(),
        "instructions.html": instructions(codebook),
        "project.json": _json(project(codebook, title)),
    }
    try:
        with replacing_folder(folder) as aside:
            for name, content in files.items():
                (aside / name).write_text(content, encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot write {folder}: {error.strerror or error}") from None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
