"""The sentences of the behaviour tests: pairs, well labelled as far as a program can tell, and nobody's training data."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pytest

from stance.corpus.location import corpus_folder, data_folder
from stance.corpus.near_duplicates import masked_words, similar_pairs
from stance.corpus.records import Record, read_records
from stance.evaluation.behaviour import read_pairs
from stance.schema import POWERS, Stance
from stance.text.mentions import find_mentions
from stance.text.words import words

FOLDER = data_folder() / "behaviour"
NAMES = ("direction", "negation")


@lru_cache
def records(name: str) -> tuple[Record, ...]:
    return tuple(read_records(FOLDER / f"{name}.jsonl"))


@pytest.mark.parametrize("name", NAMES)
def test_there_are_at_least_sixty_pairs(name: str) -> None:
    assert len(read_pairs(FOLDER / f"{name}.jsonl")) >= 60


@pytest.mark.parametrize("name", NAMES)
def test_a_pair_has_one_dyad_and_two_labels(name: str) -> None:
    for one, other in read_pairs(FOLDER / f"{name}.jsonl"):
        assert (one.state, one.power) == (other.state, other.power)
        assert one.stance != other.stance


@pytest.mark.parametrize("name", NAMES)
def test_the_mentions_are_those_that_the_gazetteer_finds(name: str) -> None:
    for record in records(name):
        assert record.located() == find_mentions(record.text), record.id
        assert not any(one.unmatched for one in record.to_examples())


@pytest.mark.parametrize("name", NAMES)
def test_all_powers_and_many_states_occur(name: str) -> None:
    dyads = [record.examples[0] for record in records(name)]
    assert {dyad.power for dyad in dyads} == set(POWERS)
    assert len({dyad.state for dyad in dyads}) >= 50


def test_where_the_power_acts_the_state_takes_no_position() -> None:
    """Codebook, rule 1: the second sentence of each direction pair is the power's act alone."""
    for record in records("direction"):
        assert (record.examples[0].stance == Stance.NONE) == record.id.endswith("b"), record.id


def test_who_acts_is_all_that_changes() -> None:
    """The two sentences share at least two words in five beside the names; titles go with who bears them."""
    for one, other in read_pairs(FOLDER / "direction.jsonl"):
        left, right = (frozenset(masked_words(each.text, each.mentions)) for each in (one, other))
        assert len(left & right) / len(left | right) >= 0.4, one.text


def test_negation_leads_to_every_label() -> None:
    labels = Counter(record.examples[0].stance for record in records("negation"))
    assert min(labels[label] for label in Stance) >= 4


@pytest.mark.parametrize("masked", [True, False])
def test_no_sentence_is_nearly_the_same_as_one_of_the_corpus(masked: bool) -> None:
    own = [record for name in NAMES for record in records(name)]
    everything = [*own, *read_records(corpus_folder())]
    sets = [
        frozenset(masked_words(one.text, one.located()) if masked else words(one.text)) for one in everything
    ]
    close = [(i, j) for i, j, _ in similar_pairs(sets, 0.5) if i < len(own) <= j]
    assert close == []
