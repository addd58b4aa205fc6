"""The table of counterparts: every form in it is one that the gazetteer knows as that state's."""

from __future__ import annotations

import pytest

from stance.schema import POWERS, STATE_CODES
from stance.text.counterparts import COUNTERPARTS, SWAPPABLE, Role, role_of, takes_article
from stance.text.forms import all_forms
from stance.text.mentions import find_mentions


def test_every_code_is_a_state_and_every_power_is_there() -> None:
    assert set(COUNTERPARTS) <= STATE_CODES
    assert set(POWERS) <= set(COUNTERPARTS)
    assert set(SWAPPABLE) == set(COUNTERPARTS) - set(POWERS)


@pytest.mark.parametrize("code", COUNTERPARTS)
def test_the_gazetteer_finds_every_form_as_that_state(code: str) -> None:
    for role in Role:
        form = COUNTERPARTS[code].of(role)
        sentence = f"It is said that {form} said so."
        assert [(one.state, one.text) for one in find_mentions(sentence)] == [(code, form)]


@pytest.mark.parametrize("code", SWAPPABLE)
def test_no_form_of_a_swappable_state_has_a_second_sense(code: str) -> None:
    forms = COUNTERPARTS[code]
    assert {all_forms()[forms.of(role)].sense for role in Role} == {""}
    assert not takes_article(forms.name)


@pytest.mark.parametrize("code", COUNTERPARTS)
def test_name_adjective_and_capital_have_the_role_that_the_table_gives_them(code: str) -> None:
    forms = COUNTERPARTS[code]
    for role in (Role.NAME, Role.ADJECTIVE, Role.CAPITAL):
        assert role_of(code, forms.of(role)) is role


@pytest.mark.parametrize(
    ("state", "surface", "role"),
    [
        ("POL", "Poles", Role.PEOPLE),
        ("POL", "Pole", Role.PERSON),
        ("FRA", "Frenchmen", Role.PEOPLE),
        ("CHN", "Chinese", Role.ADJECTIVE),
        ("RUS", "Kremlin", Role.CAPITAL),
        ("GBR", "Downing Street", None),
        ("RUS", "Putin", None),
        ("USA", "NATO", None),
        ("CHN", "Sino-", None),
        ("POL", "Chinese", None),
        ("POL", "nonsense", None),
    ],
)
def test_what_a_form_is_to_its_state(state: str, surface: str, role: Role | None) -> None:
    assert role_of(state, surface) is role


def test_names_with_an_article() -> None:
    assert takes_article("Netherlands")
    assert takes_article("US")
    assert takes_article("White House")
    assert not takes_article("Kenya")
    assert not takes_article("nonsense")
