"""Runs side by side on the examples that they share."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from stance.errors import ModelError
from stance.experiments.compare import COLUMNS, Choices, aligned, compare_runs
from stance.experiments.predictions import Predictions, RunPredictions

SIZE = 60
TRUE = np.arange(SIZE) % 4
QUICK = Choices(draws=100)


def run(name: str, wrong: int, *, corpus: str = "one", skip: int = 0) -> RunPredictions:
    """A run that has the last ``wrong`` examples wrong; its corpus lacks the first ``skip`` examples."""
    answers = np.where(np.arange(SIZE) < SIZE - wrong, TRUE, (TRUE + 1) % 4)
    predictions = Predictions(
        ids=tuple(f"e{i}" for i in range(SIZE)),
        sentences=tuple(f"s{i // 2}" for i in range(SIZE)),
        texts=tuple(f"Sentence {i // 2}." if i < 40 else "" for i in range(SIZE)),
        true=TRUE,
        probabilities=np.eye(4)[answers] * 0.8 + 0.05,
    )
    return RunPredictions(f"{name}0123456789", name, corpus, "1", predictions.of(range(skip, SIZE)))


GOOD, BAD = run("good", 2), run("bad", 30)


def test_a_run_is_called_by_its_name_and_the_beginning_of_its_id() -> None:
    assert GOOD.label == "good good0123"


def test_the_better_run_is_better() -> None:
    (test,) = compare_runs([GOOD, BAD], QUICK).tests
    assert test.difference.low > 0
    assert (test.discordant.first_only, test.discordant.second_only) == (28, 0)


def test_the_order_of_examples_in_a_run_does_not_matter() -> None:
    turned = replace(BAD, predictions=BAD.predictions.of(range(SIZE)[::-1]))
    there, back = compare_runs([GOOD, BAD], QUICK), compare_runs([GOOD, turned], QUICK)
    assert back.tests == there.tests


def test_the_same_run_twice_is_no_comparison() -> None:
    with pytest.raises(ModelError, match="two different runs"):
        compare_runs([GOOD, GOOD], QUICK)


def test_a_run_that_is_named_twice_counts_once() -> None:
    assert len(compare_runs([GOOD, BAD, GOOD], QUICK).runs) == 2


def test_runs_on_different_corpora_are_refused_in_one_line() -> None:
    with pytest.raises(ModelError, match=r"different corpora .*--common") as caught:
        compare_runs([GOOD, run("other", 5, corpus="two")], QUICK)
    assert "\n" not in str(caught.value)


def test_common_restricts_them_to_what_they_share() -> None:
    comparison = compare_runs([GOOD, run("other", 5, corpus="two", skip=10)], replace(QUICK, common=True))
    assert all(len(one.predictions.ids) == SIZE - 10 for one in comparison.runs)


def test_an_example_whose_label_or_sentence_changed_is_not_shared() -> None:
    other = run("other", 5)
    relabelled = np.where(np.arange(SIZE) == 0, 3, TRUE)
    rewritten = ("new", *other.predictions.sentences[1:])
    for change in ({"true": relabelled}, {"sentences": rewritten}):
        changed = replace(other, predictions=replace(other.predictions, **change))
        assert len(aligned([GOOD, changed], common=True)[0].predictions.ids) == SIZE - 1


def test_runs_that_share_nothing_are_refused() -> None:
    other = replace(BAD, predictions=replace(BAD.predictions, ids=tuple(f"x{i}" for i in range(SIZE))))
    with pytest.raises(ModelError, match="share no example"):
        compare_runs([GOOD, other], QUICK)


@pytest.mark.parametrize(("view", "n"), [("all", 60), ("composed", 40), ("real", 20)])
def test_a_view_is_compared_alone(view: str, n: int) -> None:
    comparison = compare_runs([GOOD, BAD], replace(QUICK, view=view))  # type: ignore[arg-type]
    assert f"(n={n})" in comparison.title


def test_real_news_is_compared_over_three_labels() -> None:
    assert compare_runs([GOOD, BAD], replace(QUICK, view="real")).metric == "macro-F1 (three labels)"
    assert compare_runs([GOOD, BAD], QUICK).metric == "macro-F1"


def test_a_view_without_examples_is_named() -> None:
    bare = [replace(one, predictions=one.predictions.view("real")) for one in (GOOD, BAD)]
    with pytest.raises(ModelError, match="no composed example"):
        compare_runs(bare, replace(QUICK, view="composed"))


def test_the_examples_on_which_runs_differ_come_first_and_the_rest_is_left_out() -> None:
    differing = compare_runs([GOOD, BAD], QUICK).differing
    assert [one.id for one in differing] == [f"e{i}" for i in range(30, 58)]
    assert differing[0].labels == ("hedging", "none")


def test_no_more_examples_are_kept_than_asked_for() -> None:
    assert len(compare_runs([GOOD, BAD], replace(QUICK, top=7)).differing) == 7


def test_the_csv_has_the_text_of_composed_sentences_only() -> None:
    rows = list(csv.DictReader(io.StringIO(compare_runs([GOOD, BAD], QUICK).csv())))
    assert len(rows) == 28
    assert {bool(row["text"]) for row in rows if int(row["id"][1:]) < 40} == {True}
    assert {row["text"] for row in rows if int(row["id"][1:]) >= 40} == {""}
    assert rows[0]["good good0123: stance"] == "hedging"
    assert float(rows[0]["bad bad01234: none"]) == pytest.approx(0.85)


def test_figures_name_the_pair() -> None:
    figures = compare_runs([GOOD, BAD], QUICK).figures()
    assert figures["difference/good good0123 - bad bad01234"] > 0
    assert figures["score/good good0123"] > figures["score/bad bad01234"]


def test_the_tables_have_a_row_a_pair() -> None:
    comparison = compare_runs([GOOD, BAD, run("third", 9)], QUICK)
    assert [len(row) for row in comparison.rows()] == [len(COLUMNS)] * 3
    assert comparison.markdown().count("\n| good") == 3


def test_the_choices_are_the_parameters_of_the_run() -> None:
    assert compare_runs([GOOD, BAD], QUICK).settings() == {
        "split": "test",
        "view": "all",
        "common": "False",
        "draws": "100",
        "seed": "0",
        "top": "50",
    }
