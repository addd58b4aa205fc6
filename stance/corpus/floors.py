"""The bounds that the project's own corpus must keep, and the figures that are held against them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stance.corpus.near_duplicates import masked_words, near_any
from stance.corpus.records import Record
from stance.corpus.stats import dyads, summary
from stance.corpus.validate import near_duplicates
from stance.schema import POWERS

NEAR_REAL = 0.5
"""Jaccard similarity at which a composed sentence counts as taken from a real one."""

UNTAGGED = "plain"
"""The phenomenon of sentences that show none in particular."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The least and the most that a figure may be."""

    figure: str
    low: float = float("-inf")
    high: float = float("inf")

    def holds(self, value: float) -> bool:
        """Whether ``value`` is within the bound."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        ends = (
            f"at least {self.low:g}" * (self.low > float("-inf")),
            f"at most {self.high:g}" * (self.high < 1e9),
        )
        return ", ".join(end for end in ends if end)


COMPOSED: tuple[Bound, ...] = (
    Bound("sentences", low=4000),
    Bound("examples", low=7000),
    Bound("states", low=140),
    *(Bound(f"examples_{power}", low=1800) for power in POWERS),
    Bound("power_as_state", 0.10, 0.20),
    Bound("share_none", 0.42, 0.52),
    Bound("share_toward", 0.18, 0.25),
    Bound("share_away", 0.16, 0.22),
    Bound("share_hedging", 0.12, 0.16),
    Bound("several_examples", low=0.5),
    Bound("mixed_sentences", low=900),
    Bound("headlines", 0.13, 0.17),
    Bound("rarest_phenomenon", low=80),
    Bound("minimal_pairs", low=300),
    Bound("distinct_4grams", low=0.88),
    Bound("top_start", high=0.003),
    Bound("label_words", high=0.04),
    Bound("near_duplicates", high=0),
    Bound("annotated_twice", low=0.999),
)
"""What the composed half is held to: enough of everything, varied, and no shortcut to the label."""

AGAINST_REAL = (Bound("near_real", high=0),)
"""What needs the real half's text."""

ARTIFACTS = (Bound("entity_only", high=0.40), Bound("target_blind", high=0.62))
"""Macro-F1 on the composed test split of models that see too little to know."""


def minimal_pairs(records: Sequence[Record]) -> int:
    """Return how many groups hold two sentences or more of which the labels differ."""
    groups: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.group].append(record)
    labels = ({tuple(dyad.stance for dyad in one.examples) for one in group} for group in groups.values())
    return sum(len(different) > 1 for different in labels)


def figures(records: Sequence[Record]) -> dict[str, float]:
    """Return the figures of ``COMPOSED``: counts, and shares in [0, 1]."""
    phenomena = Counter(record.phenomenon for record in records if record.phenomenon != UNTAGGED)
    labelled = dyads(records)
    return summary(records) | {
        "headlines": sum(record.register_ == "headline" for record in records) / max(len(records), 1),
        "rarest_phenomenon": min(phenomena.values(), default=0),
        "minimal_pairs": minimal_pairs(records),
        "near_duplicates": len(near_duplicates(records)),
        "annotated_twice": sum(len(dyad.annotations) > 1 for dyad in labelled) / max(len(labelled), 1),
    }


def near_real(composed: Sequence[Record], real: Sequence[Record]) -> int:
    """Return how many composed sentences are within Jaccard 0.5 of a real one (masked words)."""
    ours, theirs = (
        [frozenset(masked_words(record.text, record.located())) for record in half]
        for half in (composed, real)
    )
    return len(near_any(ours, theirs, NEAR_REAL))


def fallen_short(values: Mapping[str, float], bounds: Sequence[Bound]) -> list[str]:
    """Return one line for each of ``bounds`` that ``values`` break."""
    return [
        f"{bound.figure} is {values[bound.figure]:.4g}, asked: {bound}"
        for bound in bounds
        if not bound.holds(values[bound.figure])
    ]
