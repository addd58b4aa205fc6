"""How the pair is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.models.encodings import Encoding, encode, role
from stance.schema import Example, Mention, Power
from stance.text.mentions import find_mentions

TEXT = "Hanoi told Beijing that Washington and Tokyo were friends."


def example(state: str = "VNM", power: str = "CHN") -> Example:
    return Example(TEXT, state, Power(power), find_mentions(TEXT))


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        (Encoding.PLAIN, TEXT + " [SEP] VNM CHN"),
        (Encoding.MARKERS, "[S] Hanoi [/S] told [P] Beijing [/P] that Washington and Tokyo were friends."),
        (
            Encoding.TYPED,
            "[S:state] Hanoi [/S:state] told [P:power] Beijing [/P:power] that Washington and Tokyo were friends.",
        ),
        (Encoding.MASKED, "[S] told [P] that [Q] and [O] were friends."),
        (Encoding.BLIND, TEXT),
    ],
)
def test_each_encoding_shows_the_pair_in_its_way(encoding: Encoding, shown: str) -> None:
    assert encode(example(), encoding) == shown


def test_a_power_as_the_state_is_typed_as_a_power() -> None:
    assert "[S:power] Washington [/S:power]" in encode(example("USA", "CHN"), Encoding.TYPED)


def test_roles_depend_on_the_pair() -> None:
    mentions = example().mentions
    assert [role(example(), mention) for mention in mentions] == ["S", "P", "Q", "O"]
    assert [role(example("JPN", "USA"), mention) for mention in mentions] == ["O", "Q", "P", "S"]


def test_masking_hides_every_name() -> None:
    masked = encode(example(), Encoding.MASKED)
    assert not any(mention.text in masked for mention in example().mentions)


def test_the_blind_encoding_is_the_same_for_every_pair() -> None:
    assert encode(example("JPN", "USA"), Encoding.BLIND) == encode(example(), Encoding.BLIND)


@pytest.mark.parametrize("encoding", list(Encoding))
def test_an_unmatched_example_is_shown_too(encoding: Encoding) -> None:
    assert "rained" in encode(Example("It rained.", "VNM", Power.CHN), encoding)


@given(st.text(max_size=30), st.text(max_size=30))
def test_markers_leave_the_text_between_them_alone(before: str, after: str) -> None:
    text = f"{before}China{after}"
    mention = Mention(len(before), len(before) + 5, "CHN", "China")
    shown = encode(Example(text, "PAK", Power.CHN, (mention,)), Encoding.MARKERS)
    assert shown == f"{before}[P] China [/P]{after}"
