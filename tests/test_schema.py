"""The domain types refuse what the codebook does not allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import SchemaError, StanceError
from stance.schema import (
    LABELS,
    STATE_CODES,
    Alignment,
    Example,
    Mention,
    Power,
    Score,
    Sentence,
    Span,
    Stance,
    power_code,
    stance_label,
    state_code,
)

TEXT = "Islamabad thanked Beijing."
MENTIONS = (Mention(0, 9, "PAK", "Islamabad"), Mention(18, 25, "CHN", "Beijing"))


def test_the_four_labels_have_a_fixed_order() -> None:
    assert [str(label) for label in LABELS] == ["toward", "away", "hedging", "none"]


def test_the_states_are_iso_3166_and_kosovo() -> None:
    assert len(STATE_CODES) == 250
    assert "XKX" in STATE_CODES


@pytest.mark.parametrize("code", ["", "pak", "PK", "EUU", "SUN", "ASEAN"])
def test_what_is_no_state_is_refused(code: str) -> None:
    with pytest.raises(SchemaError, match="not a state"):
        state_code(code)


@pytest.mark.parametrize("label", ["", "neutral", "Toward", "pro"])
def test_a_fifth_label_is_refused(label: str) -> None:
    with pytest.raises(SchemaError, match="not a stance"):
        stance_label(label)


@pytest.mark.parametrize("code", ["IND", "us", "EU"])
def test_a_fourth_power_is_refused(code: str) -> None:
    with pytest.raises(SchemaError, match="not a power"):
        power_code(code)


def test_an_example_takes_plain_strings_and_holds_enums() -> None:
    example = Example(TEXT, "PAK", "CHN", MENTIONS, "toward")  # type: ignore[arg-type]
    assert example.power is Power.CHN
    assert example.stance is Stance.TOWARD


def test_an_example_knows_its_spans() -> None:
    example = Example(TEXT, "PAK", Power.CHN, MENTIONS)
    assert [span.of(TEXT) for span in example.spans("CHN")] == ["Beijing"]
    assert not example.unmatched


def test_an_example_without_its_mention_is_unmatched() -> None:
    assert Example(TEXT, "PAK", Power.USA, MENTIONS).unmatched


def test_a_power_is_not_its_own_state() -> None:
    with pytest.raises(SchemaError, match="state and the power"):
        Example(TEXT, "CHN", Power.CHN)


def test_a_power_may_be_the_state_of_another() -> None:
    assert Example("Moscow and Beijing", "RUS", Power.CHN).state == "RUS"


def test_a_mention_must_be_where_it_says() -> None:
    with pytest.raises(SchemaError, match="not at its offset"):
        Example(TEXT, "PAK", Power.CHN, (Mention(1, 10, "PAK", "Islamabad"),))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 2), (3, 1)])
def test_spans_are_never_empty_or_backward(start: int, end: int) -> None:
    with pytest.raises(SchemaError):
        Span(start, end)


def test_a_sentence_fits_its_offsets() -> None:
    with pytest.raises(SchemaError):
        Sentence("abc", 0, 2)


@given(st.text())
def test_no_text_becomes_a_label_by_accident(text: str) -> None:
    if text in {"toward", "away", "hedging", "none"}:
        assert stance_label(text) == text
    else:
        with pytest.raises(StanceError):
            stance_label(text)


def test_a_score_names_its_label_and_lean() -> None:
    score = Score(Example(TEXT, "PAK", Power.CHN), (0.6, 0.1, 0.1, 0.2))
    assert score.label is Stance.TOWARD
    assert score.lean == pytest.approx(0.5)


def test_probabilities_must_sum_to_one() -> None:
    with pytest.raises(SchemaError, match="sum to one"):
        Score(Example(TEXT, "PAK", Power.CHN), (0.6, 0.6, 0.1, 0.2))


def test_an_alignment_lies_in_its_interval() -> None:
    with pytest.raises(SchemaError, match="do not fit"):
        Alignment("PAK", Power.CHN, 0.5, (0.6, 0.9), 3, (0.5, 0.0, 0.0, 0.5))
    with pytest.raises(SchemaError, match="different states"):
        Alignment("CHN", Power.CHN, 0.5, (0.4, 0.9), 3, (0.5, 0.0, 0.0, 0.5))
