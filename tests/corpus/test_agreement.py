"""Agreement, against published examples and scikit-learn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score
from toy_corpus import toy_records

from stance.corpus.agreement import (
    against_cards,
    against_reading,
    agreement,
    annotated,
    by_label,
    by_part,
    cohen_kappa,
    confusion,
    krippendorff_alpha,
    light_kappa,
    raw_agreement,
    read_reading,
)
from stance.corpus.cards import Card, Dyad
from stance.errors import CorpusError
from stance.schema import Stance

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", sections A and C.
TWO_OBSERVERS = list(zip("0100000000", "1110010100", strict=True))
FOUR_OBSERVERS = [
    column.replace(".", "")
    for column in (
        "11.1",
        "2232",
        "3333",
        "3333",
        "2222",
        "1234",
        "4444",
        "1121",
        "2222",
        ".555",
        "..11",
        "..3.",
    )
]


def test_alpha_of_the_published_example_with_two_observers() -> None:
    assert krippendorff_alpha(TWO_OBSERVERS) == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_the_published_example_with_missing_data() -> None:
    assert krippendorff_alpha([list(unit) for unit in FOUR_OBSERVERS]) == pytest.approx(0.743, abs=5e-4)


def test_kappa_of_the_published_example() -> None:
    # Cohen's kappa as in the textbook table of 50 proposals: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_kappa_is_that_of_scikit_learn() -> None:
    generator = np.random.default_rng(2)
    first = generator.integers(4, size=300)
    second = np.where(generator.random(300) < 0.7, first, generator.integers(4, size=300))
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    assert cohen_kappa(pairs) == pytest.approx(cohen_kappa_score(first, second))


def test_perfect_agreement_is_one() -> None:
    assert krippendorff_alpha([("a", "a"), ("b", "b")]) == 1
    assert cohen_kappa([("a", "a"), ("b", "b")]) == 1


@pytest.mark.parametrize("units", [[], [("a",)], [("a", "a"), ("a", "a")]])
def test_where_nothing_can_be_compared_alpha_is_no_number(units: list[Sequence[str]]) -> None:
    assert math.isnan(krippendorff_alpha(units))


def test_kappa_of_nothing_is_no_number() -> None:
    assert math.isnan(cohen_kappa([]))
    assert math.isnan(cohen_kappa([("a", "a")]))


def test_kappa_of_three_annotators_is_the_mean_over_their_pairs() -> None:
    units = ["aab", "aaa", "bbb", "bab", "bbb"]
    pairs = [[(unit[i], unit[j]) for unit in units] for i, j in ((0, 1), (0, 2), (1, 2))]
    assert light_kappa(units) == pytest.approx(np.mean([cohen_kappa(pair) for pair in pairs]))


def test_a_third_annotator_of_some_units_is_compared_there_alone() -> None:
    # First and second: chance, 0; first and third, twice the same: 1; second and third, never the same: -1.
    assert light_kappa(["aa", "bb", "aba", "bab"]) == pytest.approx(0)
    assert raw_agreement(["aa", "aba"]) == pytest.approx(2 / 4)


def test_no_unit_has_no_agreement() -> None:
    assert (raw_agreement([]), math.isnan(light_kappa([]))) == (0, True)


RECORDS = toy_records()


def test_every_example_with_two_annotations_counts() -> None:
    assert len(annotated(RECORDS)) == 60


def test_the_toy_annotators_always_agree() -> None:
    whole = agreement("all", annotated(RECORDS))
    assert (whole.n, whole.raw, whole.alpha, whole.low, whole.high) == (60, 1, 1, 1, 1)


def test_disagreement_is_where_it_is() -> None:
    first = RECORDS[0].examples[0]
    doubtful = first.model_copy(update={"annotations": (Stance.TOWARD, Stance.NONE)})
    records = [RECORDS[0].model_copy(update={"examples": (doubtful,)}), *RECORDS[1:]]
    items = annotated(records)
    rows = {row.part: row.raw for row in by_label(items)}
    assert rows["away"] == 1
    assert rows["toward"] < 1
    assert confusion(items)["toward", "none"] == 1
    assert agreement("all", items).low < agreement("all", items).alpha < 1


def test_a_third_annotation_counts() -> None:
    first = RECORDS[0].examples[0]
    thrice = first.model_copy(update={"annotations": (Stance.TOWARD, Stance.TOWARD, Stance.NONE)})
    items = annotated([RECORDS[0].model_copy(update={"examples": (thrice,)})])
    assert agreement("all", items).raw == pytest.approx(1 / 3)
    assert confusion(items) == {("toward", "toward"): 1, ("toward", "none"): 2}


def test_parts_are_counted_by_themselves() -> None:
    assert [(row.part, row.n) for row in by_part(RECORDS, lambda record: record.split)] == [
        ("train", 36),
        ("validation", 12),
        ("test", 12),
    ]


def test_the_composer_is_compared_with_the_adjudicated_label() -> None:
    record = RECORDS[0]
    dyad = record.examples[0]
    card = Card(
        id=record.id,
        group="g",
        dyads=(Dyad(dyad.state, dyad.power, "none"),),
        phenomenon="plain",
        register="agency",
        topic="loan",
        year=2020,
        length="8-14 words",
        opening="number",
        order="state first",
        forms={},
    )
    assert against_cards([record], [card]) == [(record.id, "none", str(dyad.stance))]
    assert against_cards(RECORDS[1:], [card]) == []


def test_a_reading_is_held_against_the_labels(tmp_path: Path) -> None:
    record = toy_records()[0]
    dyad = record.examples[0]
    file = tmp_path / "sample.tsv"
    file.write_text(f"{record.id}\t{dyad.state}>{dyad.power}\taway\n", encoding="utf-8")
    assert against_reading(toy_records(), read_reading(file)) == [(record.id, "away", str(dyad.stance))]


@pytest.mark.parametrize("line", ["t000", "t000\tPAK\taway", "t000\tPAK>CHN\tbeside"])
def test_a_broken_line_of_a_reading_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "sample.tsv"
    file.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"sample\.tsv:1"):
        read_reading(file)


def test_a_missing_reading_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot read"):
        read_reading(tmp_path / "none.tsv")
