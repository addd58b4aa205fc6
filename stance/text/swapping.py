"""Putting one state in another's place in a sentence, so that what it says of the pair stays as it was.

The label of an example is a matter of what is said, not of who is spoken of. Swapped sentences test whether
a classifier sees it so (Ribeiro et al., 2020, invariance tests), and teach it to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from stance.schema import POWERS, Example, Mention, power_code
from stance.text.counterparts import COUNTERPARTS, SWAPPABLE, Role, role_of, takes_article
from stance.text.forms import spelt_forms

Choose = Callable[[Sequence[str]], Mapping[str, str]]
"""Given the states of a sentence in the order of their first mention, says which other each becomes."""

_ARTICLE = re.compile(r"\b(the|an?) $", re.IGNORECASE)
_LAST_WORD = re.compile(r"(\w+) $")
_AFTER_A_NAME = """
    about accepts after against agrees also and are as at be became because become began before bought broke
    built but buys by came can condemns could cut did does for fought from gave gives goes had has have held
    holds in insists into is joins keeps kept left lost made makes may met might must not of on opposes or
    over paid put ran refuses rejects remains said saw says seeks sells sends sent should signs since sold
    spoke stood takes than that the through to told took under until urges via wants warns was welcomes went
    were when where which while who will with without won would
    """.split()
_VERB_OR_END = re.compile(
    r"$|['’]|[^\w\s-]| [—–-] | (?:\w+ed|" + "|".join(map(re.escape, _AFTER_A_NAME)) + r")\b"
)
"""What follows a name that stands by itself; otherwise it stands before its noun ("US officials")."""

_VERB_OR_NOUN = re.compile(
    r" (?:aims|attacks|backs|bans|blocks|calls|claims|demands|faces|fears|hits|hopes|moves|offers|plans|"
    r"pledges|raids|sanctions|seizures|steps|strikes|targets|talks|threats|votes|vows|warnings)\b"
)
"""What may be either: it does not say which."""

_BEFORE_ARTICLE = frozenset(
    """
    about against and as at between but by for from in of on or over than that to toward towards with
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Edit:
    """The characters that are replaced, what comes in their place, and where in it the new mention is."""

    start: int
    end: int
    before: str
    form: str
    after: str = ""


def swap(text: str, mentions: Sequence[Mention], choose: Choose) -> tuple[str, tuple[Mention, ...]]:
    """Return ``text`` with its states swapped as ``choose`` says, and the mentions at their new places.

    A state is replaced in all of its mentions or in none: where one of them has no counterpart (a leader,
    "Sino-"), or where two states would become one, it stays. Articles before a name follow it.

    Args:
        text: a sentence.
        mentions: all mentions of states in it.
        choose: which state takes which one's place; states that it leaves out stay.

    Returns:
        The text, and one mention for each of ``mentions``, in the order of the text.
    """
    ordered = tuple(sorted(mentions))
    states = tuple(dict.fromkeys(mention.state for mention in ordered))
    edits: dict[Mention, _Edit] = {}
    wanted = {old: new for old, new in choose(states).items() if old != new and new in COUNTERPARTS}
    for old in tuple(wanted):
        found = [(one, _edit(text, one, wanted[old])) for one in ordered if one.state == old]
        if any(edit is None for _, edit in found):
            del wanted[old]
        edits |= {one: edit for one, edit in found if edit is not None}
    kept = _one_to_one(states, wanted)
    return _apply(text, ordered, {one: edit for one, edit in edits.items() if one.state in kept}, kept)


def swap_example(example: Example, choose: Choose) -> Example:
    """Return ``example`` with its sentence swapped (``swap``) and its pair and mentions to match."""
    ordered = tuple(sorted(example.mentions))
    text, mentions = swap(example.text, ordered, choose)
    new = {old.state: one.state for old, one in zip(ordered, mentions, strict=True)}
    state, power = new.get(example.state, example.state), new.get(example.power, example.power)
    return replace(example, text=text, state=state, power=power_code(power), mentions=mentions)


def swap_alike(examples: Sequence[Example], choose: Choose) -> list[Example]:
    """Return ``examples``, all of one sentence, with one choice of states for all of them."""
    found = (mention.state for example in examples for mention in sorted(example.mentions))
    chosen = choose(tuple(dict.fromkeys(found)))
    return [swap_example(example, lambda _: chosen) for example in examples]


def other_states(random: Random, pool: Sequence[str] = SWAPPABLE) -> Choose:
    """Return a chooser that gives every state that is no power another one, drawn from ``pool``."""

    def choose(states: Sequence[str]) -> Mapping[str, str]:
        minor = [state for state in states if state not in POWERS]
        free = [
            state for state in random.sample(pool, min(len(pool), 2 * len(states))) if state not in states
        ]
        return dict(zip(minor, free, strict=False))

    return choose


def other_powers(random: Random) -> Choose:
    """Return a chooser that gives every power of a sentence another place among the three."""

    def choose(states: Sequence[str]) -> Mapping[str, str]:
        step = random.choice((1, 2))
        return {state: POWERS[(POWERS.index(state) + step) % 3] for state in states if state in POWERS}

    return choose


def _one_to_one(states: Iterable[str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Drop replacements until no two states of a sentence become one."""
    kept = dict(wanted)
    while True:
        after = [kept.get(state, state) for state in states]
        clash = [old for old, new in kept.items() if after.count(new) > 1]
        if not clash:
            return kept
        for old in clash:
            del kept[old]


def _edit(text: str, mention: Mention, new: str) -> _Edit | None:
    """How ``mention`` becomes the state ``new``; None where it cannot."""
    role = role_of(mention.state, mention.text)
    if role is None:
        return None
    start = mention.start
    article = _ARTICLE.search(text, max(0, start - 4), start)
    word = "" if article is None else article[1]
    with_article = takes_article(mention.text)
    if with_article and role is Role.NAME:
        role = _role_in_context(text, mention)
        if role is None:
            return None
    drops = word.lower() == "the" and with_article and role is not Role.ADJECTIVE
    drops = drops and _VERB_OR_END.match(text, mention.end) is not None
    form = COUNTERPARTS[new].of(role)
    before = word + " " if word else ""
    if drops:
        before = ""
    elif word.lower() in ("a", "an"):
        before = _article_before(form, word) + " "
    if new == "USA" and role is Role.NAME:
        before, form = _united_states(text, mention, before, dropped=drops)
    if mention.text.isupper() and mention.text not in spelt_forms():  # an acronym is spelt so
        form = form.upper()
    return _Edit(start - len(word) - bool(word), mention.end, before, form, _ending(text, mention))


def _role_in_context(text: str, mention: Mention) -> Role | None:
    """Whether "US", "the UK" or "Philippines" is a name here or stands before its noun; None if unclear."""
    end = mention.end
    if text.startswith("-", end):
        follower = text[end + 1 : end + 2]
        return Role.NAME if follower.isupper() else Role.ADJECTIVE
    if _VERB_OR_NOUN.match(text, end):
        return None
    return Role.NAME if _VERB_OR_END.match(text, end) else Role.ADJECTIVE


def _united_states(text: str, mention: Mention, before: str, *, dropped: bool) -> tuple[str, str]:
    """Write the one power that has an article: "the United States", "US-led", "America's"."""
    start, end = mention.start, mention.end
    if text[end : end + 1] == "-" or text[start - 1 : start] in ("-", "–"):
        return before, "US"
    if dropped:
        return before or "the ", "United States"
    if text.startswith(("'", "’"), end):
        return before, "America"
    if not text[:start].strip(" \"“‘'"):
        return "The ", "United States"
    last = _LAST_WORD.search(text, max(0, start - 12), start)
    if last is not None and last[1].lower() in _BEFORE_ARTICLE:
        return "the ", "United States"
    return before, "America"


def _article_before(form: str, word: str) -> str:
    """The article that ``form`` takes by its sound (a Ukrainian, an Uzbek), in the case of ``word``."""
    article = "an" if form[0] in "AEIO" or form.startswith("Uz") else "a"
    return article.capitalize() if word[0].isupper() else article


def _ending(text: str, mention: Mention) -> str:
    """The full stop that "U.S." at the end of a sentence shares with it."""
    is_last = mention.text.endswith(".") and not text[mention.end :].strip(" \"”’')")
    return "." if is_last else ""


def _apply(
    text: str, ordered: Sequence[Mention], edits: Mapping[Mention, _Edit], new: Mapping[str, str]
) -> tuple[str, tuple[Mention, ...]]:
    pieces: list[str] = []
    mentions: list[Mention] = []
    done = length = 0
    for mention in ordered:
        edit = edits.get(mention) or _Edit(mention.start, mention.end, "", mention.text)
        between = text[done : edit.start] + edit.before
        at = length + len(between)
        state = new.get(mention.state, mention.state)
        mentions.append(Mention(at, at + len(edit.form), state, edit.form))
        pieces += (between, edit.form, edit.after)
        length = at + len(edit.form) + len(edit.after)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces), tuple(mentions)
