"""What the neighbours of a name say about it: is it a state here, and which?

``resolve`` asks the rules in order: first those that hold for every name (``stance.text.compounds``), then
the one for the sense in which the form is ambiguous (``stance.text.senses``).
"""

from __future__ import annotations

from stance.text.compounds import is_inside_a_name
from stance.text.passage import Candidate, Passage
from stance.text.senses import SENSES

__all__ = ["Candidate", "Passage", "resolve"]


def resolve(candidate: Candidate, passage: Passage) -> str | None:
    """Return the code of the state that ``candidate`` mentions in its passage, or None."""
    if is_inside_a_name(candidate, passage):
        return None
    rule = SENSES.get(candidate.form.sense)
    return candidate.form.state if rule is None else rule(candidate, passage)
