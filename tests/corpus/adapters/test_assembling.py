"""From pairs to records: valid for the corpus, and nothing lost without a word."""

from __future__ import annotations

from stance.corpus.adapters.assembling import Imported, assemble
from stance.corpus.adapters.items import Dropped, Item, Pair, Target, state_at, state_named
from stance.corpus.validate import validate
from stance.schema import Power, Span, Stance
from stance.text.mentions import find_mentions

PLAIN = "Kenya thanked China."
BALANCE = "Kenya thanked China and the United States."
CROSSED = "Kenya thanked China, and Poland blamed Russia."
POWERS = "Russia praised China."


def pair(text: str, state: str, power: str, stance: str = "none", where: str = "f:1") -> Pair:
    return Pair(where, text, state, Power(power), Stance(stance))


def made(*items: Item) -> Imported:
    imported = assemble(items, "csv")
    assert validate(imported.records) == []
    return imported


def dyads(imported: Imported) -> list[list[str]]:
    return [[f"{d.state}>{d.power} {d.stance}" for d in record.examples] for record in imported.records]


def test_a_labelled_sentence_is_a_record() -> None:
    (record,) = made(pair(PLAIN, "KEN", "CHN", "toward")).records
    assert record.mentions == {"KEN": ("Kenya",), "CHN": ("China",)}
    assert (record.origin, record.phenomenon, record.split) == ("csv", "imported", "train")


def test_the_split_can_be_given() -> None:
    assert assemble([pair(PLAIN, "KEN", "CHN")], "csv", "test").records[0].split == "test"


def test_rows_of_one_sentence_become_one_record_when_they_label_all_of_it() -> None:
    items = [pair(BALANCE, "KEN", "CHN", "toward"), pair(BALANCE, "KEN", "USA", "toward")]
    items += [pair(BALANCE, "CHN", "USA"), pair(BALANCE, "USA", "CHN")]
    imported = made(*items)
    assert len(imported.records) == 1
    assert len(imported.records[0].examples) == 4
    assert imported.narrowed == 0


def test_a_mention_without_a_label_is_left_out_and_counted() -> None:
    imported = made(pair(BALANCE, "KEN", "CHN", "toward"))
    assert set(imported.records[0].mentions) == {"KEN", "CHN"}
    assert imported.narrowed == 1


def test_labels_that_cross_make_a_record_each_in_one_group() -> None:
    imported = made(pair(CROSSED, "KEN", "CHN", "toward"), pair(CROSSED, "POL", "RUS", "away"))
    assert dyads(imported) == [["KEN>CHN toward"], ["POL>RUS away"]]
    assert len({record.group for record in imported.records}) == 1
    assert len({record.id for record in imported.records}) == 2


def test_one_direction_between_powers_is_dropped() -> None:
    imported = made(pair(POWERS, "RUS", "CHN", "toward", where="f:7"))
    assert imported.records == ()
    assert imported.dropped == (Dropped("f:7", "the opposite direction of two powers has no label"),)


def test_both_directions_between_powers_are_kept() -> None:
    imported = made(pair(POWERS, "RUS", "CHN", "toward"), pair(POWERS, "CHN", "RUS"))
    assert dyads(imported) == [["RUS>CHN toward", "CHN>RUS none"]]


def test_a_lone_direction_between_powers_does_not_take_the_rest_along() -> None:
    imported = made(pair(BALANCE, "KEN", "CHN", "toward"), pair(BALANCE, "CHN", "USA"))
    assert dyads(imported) == [["KEN>CHN toward"]]
    assert len(imported.dropped) == 1


def test_both_directions_of_powers_stay_together_when_a_sentence_is_parted() -> None:
    items = [pair(BALANCE, "CHN", "USA"), pair(BALANCE, "USA", "CHN"), pair(BALANCE, "KEN", "CHN")]
    assert sorted(map(len, dyads(made(*items)))) == [1, 2]


def test_a_pair_that_the_text_does_not_mention_is_dropped() -> None:
    imported = made(pair("It rained.", "KEN", "CHN"))
    assert imported.reasons() == [("the state or the power is not found in the text", 1)]


def test_two_labels_of_one_pair_are_both_dropped() -> None:
    imported = made(pair(PLAIN, "KEN", "CHN", "away"), pair(PLAIN, "KEN", "CHN", "none"))
    assert imported.reasons() == [("the pair is labelled in two ways", 2)]


def test_a_repeated_row_counts_once() -> None:
    imported = made(pair(PLAIN, "KEN", "CHN"), pair(PLAIN, "KEN", "CHN", where="f:2"))
    assert len(imported.records) == 1
    assert imported.dropped == (Dropped("f:2", "the row repeats an earlier one"),)


def test_a_contradiction_in_one_direction_drops_the_other_too_with_its_reason() -> None:
    items = [
        pair(POWERS, "RUS", "CHN", "toward"),
        pair(POWERS, "CHN", "RUS"),
        pair(POWERS, "CHN", "RUS", "away"),
    ]
    assert len(made(*items).dropped) == 3


def test_every_item_is_accounted_for() -> None:
    items: list[Item] = [
        pair(PLAIN, "KEN", "CHN"),
        pair(CROSSED, "POL", "RUS"),
        pair(POWERS, "RUS", "CHN"),
        Target("Trams!", "trams", "favor"),
        Dropped("f:9", "why"),
    ]
    imported = made(*items)
    examples = sum(len(record.examples) for record in imported.records)
    assert examples + len(imported.targets) + len(imported.dropped) == len(items)


def test_ids_do_not_depend_on_the_order_of_the_rows() -> None:
    rows = [pair(PLAIN, "KEN", "CHN"), pair(CROSSED, "POL", "RUS")]
    assert {r.id for r in made(*rows).records} == {r.id for r in made(*rows[::-1]).records}


def test_a_group_of_the_source_is_kept() -> None:
    grouped = Pair("f:1", PLAIN, "KEN", Power.CHN, Stance.NONE, group="article-1")
    assert made(grouped).records[0].group == "article-1"


def test_annotations_are_kept() -> None:
    annotated = Pair("f:1", PLAIN, "KEN", Power.CHN, Stance.NONE, (Stance.NONE, Stance.AWAY))
    assert made(annotated).records[0].examples[0].annotations == (Stance.NONE, Stance.AWAY)


def test_the_most_frequent_reason_comes_first() -> None:
    dropped = [Dropped("f:1", "a"), Dropped("f:2", "b"), Dropped("f:3", "b")]
    assert made(*dropped).reasons() == [("b", 2), ("a", 1)]


def test_a_state_is_found_at_its_span() -> None:
    mentions = find_mentions(BALANCE)
    assert state_at(mentions, Span(14, 19)) == "CHN"
    assert state_at(mentions, Span(6, 13)) is None
    assert state_at(mentions, Span(0, 19)) is None


def test_a_cell_names_a_state_by_code_or_by_name() -> None:
    assert [state_named(cell) for cell in ("KEN", " Kenya ", "Kenya and China", "nowhere")] == [
        "KEN",
        "KEN",
        None,
        None,
    ]
