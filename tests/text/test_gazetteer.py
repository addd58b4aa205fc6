"""The gazetteer: its table is well formed, its offsets are right, and no text makes it raise."""

import re
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.schema import STATE_CODES, Mention
from stance.text.forms import DECOY, Form, all_forms, read_forms, variants
from stance.text.gazetteer import Gazetteer, is_whole_word
from stance.text.mentions import find_mentions
from stance.text.senses import SENSES

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"name", "official", "short", "demonym", "seat", "capital", "bloc", "prefix", "leader", "decoy"}
SOME_FORMS = sorted(all_forms())[::37]


def test_every_state_has_a_form() -> None:
    assert {form.state for form in read_forms()} == STATE_CODES | {DECOY}


def test_every_state_with_a_capital_has_a_name() -> None:
    named = {form.state for form in read_forms() if form.kind == "name"}
    assert {form.state for form in read_forms() if form.kind == "capital"} <= named


def test_no_form_stands_twice() -> None:
    forms = [form.form for form in read_forms()]
    assert len(forms) == len(set(forms))


def test_the_table_is_sorted_by_state() -> None:
    states = [form.state for form in read_forms()]
    assert states == sorted(states)


def test_kinds_and_senses_are_known() -> None:
    assert {form.kind for form in read_forms()} == KINDS
    assert {form.sense for form in read_forms()} - {""} == set(SENSES)


def test_forms_are_trimmed_words() -> None:
    assert all(re.fullmatch(r"\S(?:.*\S)?", form.form) for form in read_forms())


def test_only_decoys_have_no_state() -> None:
    assert all((form.state == DECOY) == (form.kind == "decoy") for form in read_forms())


def test_leaders_have_years_in_order() -> None:
    leaders = [form for form in read_forms() if form.kind == "leader"]
    assert len(leaders) > 300
    assert all(form.first and form.last and form.first <= form.last for form in leaders)


def test_nobody_else_has_years() -> None:
    assert all(form.first is None for form in read_forms() if form.kind != "leader")


def test_the_table_is_what_the_script_builds() -> None:
    for library in ("pycountry", "babel", "countryinfo"):
        pytest.importorskip(library)
    rows = runpy.run_path(str(ROOT / "tools" / "build_states.py"))["build"]()
    assert [row.form for row in rows] == [form.form for form in read_forms()]


def test_a_name_is_also_known_in_capitals() -> None:
    assert {form.form for form in variants(Form("FRA", "France", "name"))} == {"France", "FRANCE"}


def test_a_short_form_has_one_spelling() -> None:
    assert [form.form for form in variants(Form("USA", "US", "short"))] == ["US"]


def test_an_apostrophe_may_be_curly() -> None:
    assert "N’Djamena" in {form.form for form in variants(Form("TCD", "N'Djamena", "capital"))}


def test_the_gazetteer_is_built_once() -> None:
    assert Gazetteer.load() is Gazetteer.load()


def test_mentions_carry_state_offsets_and_text() -> None:
    assert find_mentions("Islamabad thanked Beijing.") == (
        Mention(0, 9, "PAK", "Islamabad"),
        Mention(18, 25, "CHN", "Beijing"),
    )


def test_a_possessive_is_not_part_of_the_mention() -> None:
    assert [mention.text for mention in find_mentions("Russia’s and China's")] == ["Russia", "China"]


def test_a_prefix_is_given_without_its_hyphen() -> None:
    assert [mention.text for mention in find_mentions("Sino-Russian")] == ["Sino", "Russian"]


def test_offsets_count_characters_not_bytes() -> None:
    text = "“Ünïcode 🛰️” says Hungary"
    (mention,) = find_mentions(text)
    assert text[mention.start : mention.end] == "Hungary"


def test_a_lone_surrogate_does_no_harm() -> None:
    assert [mention.state for mention in find_mentions("\ud800 France \udfff")] == ["FRA"]


def test_the_longest_name_wins() -> None:
    assert [mention.text for mention in find_mentions("Papua New Guinea")] == ["Papua New Guinea"]


def test_a_decoy_takes_what_it_overlaps() -> None:
    assert find_mentions("all along the West Coast") == ()


def test_a_name_that_contains_a_decoy_stands() -> None:
    assert [mention.state for mention in find_mentions("the Republic of South Africa")] == ["ZAF"]


@pytest.mark.parametrize("text", ["", " ", "no state at all", "Chinatown", "Iranians2", "@Iran", "_China_"])
def test_a_part_of_a_word_is_no_mention(text: str) -> None:
    assert find_mentions(text) == ()


@pytest.mark.parametrize("text", ["China", "(China)", "China.", "“China”", "pro-China", "#China", "China/"])
def test_punctuation_bounds_a_word(text: str) -> None:
    assert [mention.text for mention in find_mentions(text)] == ["China"]


def test_a_word_may_follow_a_hyphen() -> None:
    assert is_whole_word("Sino-Thai", 0, 5)
    assert not is_whole_word("Sinology", 0, 4)


def test_an_address_names_no_state() -> None:
    assert find_mentions("see https://example.org/world/Mexico for more") == ()


def test_a_surname_counts_beside_its_full_name_only() -> None:
    assert find_mentions("Park left early") == ()
    assert [m.text for m in find_mentions("Park Geun-hye spoke; Park left early")] == [
        "Park Geun-hye",
        "Park",
    ]


def test_a_long_line_of_names_is_no_trouble() -> None:
    assert len(find_mentions("Kim met Park in the West Bank near China. " * 3000)) == 3000


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert isinstance(find_mentions(text), tuple)


@given(
    st.lists(st.sampled_from(SOME_FORMS) | st.text(max_size=4), max_size=12),
    st.sampled_from(["", " ", "-", ", "]),
)
def test_mentions_are_in_order_and_where_they_say(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    end = 0
    for mention in find_mentions(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        end = mention.end
