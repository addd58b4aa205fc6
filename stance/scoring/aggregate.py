"""From scored examples to alignments, and from a state's alignments to its lean.

An example with probabilities p is taken as a draw that is +1 with p(toward), -1 with p(away) and else 0.
The score of a dyad is the mean of the expected draws; its standard error follows from their variances
``p(toward) + p(away) - (p(toward) - p(away))^2``, summed as for independent draws (the Poisson binomial
argument; Le Cam, 1960). That holds for a single sentence, too, where a sample variance says nothing; it
is as good as the calibration of the model, and too narrow where sentences repeat one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from stance.schema import LABELS, POWERS, Alignment, Evidence, Power, Score, Stance

Z_95 = 1.959964
"""Two-sided 95% of the normal distribution."""

Z_LEAN = 1.281552
"""One-sided 90%: how sure the sign of a score must be before a lean is called."""

HEDGING_SHARE = 0.5
"""A state hedges where this share of the positions that its sentences take is hedging."""

POSITION_MASS = 0.4
"""Below this expected number of sentences with a position at all, the evidence is too thin to call."""


class Lean(StrEnum):
    """Where a state stands among the powers, as far as the evidence goes."""

    CHN = "CHN"
    USA = "USA"
    RUS = "RUS"
    HEDGING = "hedging"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class StateLean:
    """A state and its lean."""

    state: str
    lean: Lean


def standard_error(scores: Sequence[Score]) -> float:
    """Return the standard error of the mean lean of ``scores`` (module docstring)."""
    variance = 0.0
    for score in scores:
        toward, away = score.probability(Stance.TOWARD), score.probability(Stance.AWAY)
        variance += toward + away - (toward - away) ** 2
    return sqrt(max(variance, 0.0)) / len(scores)


def _strength(evidence: Evidence) -> float:
    """How much a piece of evidence says: how sure its likeliest position is."""
    return max(evidence.score.probability(label) for label in LABELS if label is not Stance.NONE)


def align(evidence: Sequence[Evidence]) -> Alignment:
    """Return the alignment that the evidence of one dyad amounts to, the most telling evidence first.

    Args:
        evidence: at least one, all of the same state and power.
    """
    scores = [one.score for one in evidence]
    mean = sum(score.lean for score in scores) / len(scores)
    half = Z_95 * standard_error(scores)
    columns = zip(*(score.probabilities for score in scores), strict=True)
    toward, away, hedging, none = (sum(column) / len(scores) for column in columns)
    example = scores[0].example
    return Alignment(
        state=example.state,
        power=example.power,
        score=mean,
        interval=(max(-1.0, mean - half), min(1.0, mean + half)),
        n=len(scores),
        shares=(toward, away, hedging, none),
        evidence=tuple(sorted(evidence, key=_strength, reverse=True)),
    )


def alignments(evidence: Iterable[Evidence]) -> tuple[Alignment, ...]:
    """Return one alignment a dyad, states in alphabetical order, powers in the order of ``POWERS``."""
    dyads: defaultdict[tuple[str, Power], list[Evidence]] = defaultdict(list)
    for one in evidence:
        dyads[one.score.example.state, one.score.example.power].append(one)
    ordered = sorted(dyads, key=lambda dyad: (dyad[0], POWERS.index(dyad[1])))
    return tuple(align(dyads[dyad]) for dyad in ordered)


def surely_toward(alignment: Alignment) -> bool:
    """Whether the score is above zero with 90% confidence.

    An alignment that came without its evidence is judged by its 95% interval.
    """
    if not alignment.evidence:
        return alignment.interval[0] > 0
    error = standard_error([one.score for one in alignment.evidence])
    return alignment.score - Z_LEAN * error > 0


def _mass(of: Sequence[Alignment], label: Stance) -> float:
    """The expected number of the alignments' sentences that carry ``label``."""
    return sum(alignment.shares[LABELS.index(label)] * alignment.n for alignment in of)


def lean_of(of: Sequence[Alignment]) -> Lean:
    """Return the lean of one state from its alignments with the powers.

    In this order: too little evidence is unclear; mostly hedging sentences are hedging; one power toward
    which the score is surely positive is the lean; two such powers are hedging, for the state keeps both
    doors open; all else is unclear.
    """
    position, hedging = _mass(of, Stance.TOWARD) + _mass(of, Stance.AWAY), _mass(of, Stance.HEDGING)
    if position + hedging < POSITION_MASS:
        return Lean.UNCLEAR
    if hedging >= HEDGING_SHARE * (position + hedging):
        return Lean.HEDGING
    drawn_to = [alignment.power for alignment in of if surely_toward(alignment)]
    if len(drawn_to) == 1:
        return Lean(drawn_to[0])
    return Lean.HEDGING if drawn_to else Lean.UNCLEAR


def leans(of: Sequence[Alignment]) -> tuple[StateLean, ...]:
    """Return the lean of every state that has an alignment, in alphabetical order."""
    states = sorted({alignment.state for alignment in of})
    return tuple(StateLean(state, lean_of([a for a in of if a.state == state])) for state in states)
