"""The toy corpus of natural sentences is itself a good corpus."""

from __future__ import annotations

from collections import Counter

import pytest
from builders import TOY_FILE, natural_examples, natural_records

import stance
from stance.corpus.records import SPLITS, read_records, write_records
from stance.corpus.split import split_records
from stance.corpus.stats import describe, dyads, summary, variety
from stance.corpus.validate import validate
from stance.schema import LABELS, POWERS
from stance.text.examples import pairs
from stance.text.mentions import find_mentions


def test_nothing_is_wrong_with_it() -> None:
    assert validate(natural_records()) == []


@pytest.mark.parametrize("split", SPLITS)
def test_every_split_has_every_label_and_power(split: str) -> None:
    examples = natural_examples(split)
    assert {example.stance for example in examples} == set(LABELS)
    assert {example.power for example in examples} == set(POWERS)


def test_the_gazetteer_finds_the_pairs_that_are_labelled() -> None:
    for record in natural_records():
        found = pairs(mention.state for mention in find_mentions(record.text))
        assert set(found) == {(dyad.state, dyad.power) for dyad in record.examples}, record.text


def test_no_example_is_unmatched() -> None:
    assert not any(example.unmatched for example in natural_examples())


def test_writing_it_again_changes_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = tmp_path_factory.mktemp("copy") / "toy.jsonl"
    write_records(read_records(TOY_FILE), copy)
    assert copy.read_bytes() == TOY_FILE.read_bytes()


def test_it_is_varied_where_frames_are_not() -> None:
    figures = variety(natural_records())
    assert figures["distinct_4grams"] > 0.9
    assert figures["top_start"] == pytest.approx(1 / 60)
    assert figures["label_words"] == 0


def test_it_counts_sentences_that_mix_labels() -> None:
    mixed = [r for r in natural_records() if len({dyad.stance for dyad in r.examples}) > 1]
    several = [r for r in natural_records() if len(r.examples) > 1]
    figures = summary(natural_records())
    assert figures["mixed_sentences"] == len(mixed) == 4
    assert figures["several_examples"] == pytest.approx(len(several) / 60)


def test_powers_that_stand_as_states_are_counted() -> None:
    examples = natural_examples()
    expected = sum(example.state in POWERS for example in examples) / len(examples)
    assert summary(natural_records())["power_as_state"] == pytest.approx(expected)
    assert expected > 0


def test_shares_of_the_labels_are_of_examples_not_of_sentences() -> None:
    counts = Counter(dyad.stance for dyad in dyads(natural_records()))
    figures = summary(natural_records())
    for label in LABELS:
        assert figures[f"share_{label}"] == pytest.approx(counts[label] / counts.total())


def test_the_label_table_keeps_the_order_of_the_codebook() -> None:
    tables = {table.title: table for table in describe(natural_records())}
    assert [row[0] for row in tables["label"].rows] == [str(label) for label in LABELS]


def test_other_tables_begin_with_the_most_frequent() -> None:
    tables = {table.title: table for table in describe(natural_records())}
    counts = [int(row[1]) for row in tables["register"].rows]
    assert counts == sorted(counts, reverse=True)


def test_shares_in_a_table_add_up_to_the_whole() -> None:
    for table in describe(natural_records())[1:]:
        assert sum(float(row[2].rstrip("%")) for row in table.rows) == pytest.approx(100, abs=1)


def test_an_empty_corpus_is_described_without_a_share() -> None:
    assert all(table.rows == () for table in describe([])[1:])


def test_it_loads_as_a_dataset_with_a_row_for_every_example() -> None:
    dataset = stance.load_corpus(TOY_FILE)
    assert {split: len(dataset[split]) for split in dataset} == {
        split: len(natural_examples(split)) for split in SPLITS
    }


def test_a_dataset_row_keeps_both_annotators() -> None:
    rows = stance.load_corpus(TOY_FILE)["train"]
    assert all(len(labels) == 2 for labels in rows["annotations"])
    assert any(first != second for first, second in rows["annotations"])


def test_a_label_of_the_dataset_reads_as_its_name() -> None:
    rows = stance.load_corpus(TOY_FILE)["train"]
    assert rows.features["stance"].int2str(rows[0]["stance"]) == "toward"


def test_splitting_it_anew_keeps_the_shares_of_examples() -> None:
    again = split_records(natural_records(), seed=1)
    assert validate(again) == []
    train = [dyad for record in again if record.split == "train" for dyad in record.examples]
    assert len(train) / len(dyads(again)) == pytest.approx(0.7, abs=0.06)
