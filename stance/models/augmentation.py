"""Sentences seen with other states in them, so that a model learns what is said and not of whom.

The label is moved along with the pair (entity replacement, after Zhou and Chen, 2022, section 5, who
measure how far relation classifiers lean on names).
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from stance.corpus.location import unseen_states
from stance.schema import Example
from stance.text.counterparts import SWAPPABLE
from stance.text.swapping import other_powers, other_states, swap_alike


class Swapper:
    """Puts other states, and other powers, in a share of the sentences that pass by.

    States that the composed corpus keeps for its test split are put in nobody's place. Every epoch has draws
    of its own, so that a run that goes on after a kill sees what it would have seen.

    Args:
        share: of the sentences whose states are swapped, and, drawn apart, of those whose powers are.
        seed: of the draw.
    """

    def __init__(self, share: float, seed: int) -> None:
        self.share, self.seed = share, seed
        self.start_epoch(0)
        self.pool = [state for state in SWAPPABLE if state not in unseen_states()]

    def start_epoch(self, epoch: int) -> None:
        """Draw from now on what belongs to ``epoch``, counted from 0."""
        self.random = Random(f"{self.seed} {epoch}")  # noqa: S311

    def __call__(self, examples: Sequence[Example]) -> list[Example]:
        """Return ``examples``, all of one sentence, swapped alike or as they are."""
        swapped = list(examples)
        for choose in (other_states(self.random, self.pool), other_powers(self.random)):
            if self.random.random() < self.share:
                swapped = swap_alike(swapped, choose)
        return swapped
