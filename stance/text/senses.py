"""The rules for forms that have more than one meaning, by the ``sense`` that ``states.csv`` gives them.

Each rule returns the code of the state that is meant, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from stance.text.bloc import bare_west, west, western
from stance.text.lexicon import GEORGIA_IN_AMERICA, GEORGIA_IN_CAUCASUS, GEORGIA_VOTES
from stance.text.passage import Candidate, Passage
from stance.text.people import common, person, surname

Rule = Callable[[Candidate, Passage], str | None]

IN_AMERICA = re.compile(r"\b(?:" + "|".join(GEORGIA_IN_AMERICA) + r")\b")
VOTES = re.compile(r"\b(?:" + "|".join(GEORGIA_VOTES) + r")\b")
IN_CAUCASUS = re.compile(
    r"\b(?:" + "|".join(GEORGIA_IN_CAUCASUS) + r"|Russia(?:n|['’]s)? (?:invasion|war|troops)|"
    r"Russian?-Georgian?|invad\w+ (?:neighbou?ring )?Georgia|Russia(?:['’]s)?,? (?:and )?Georgia)\b"
)
CITY_BEFORE = re.compile(r"\b[A-Z][a-z]+, $")
KINSHASA = re.compile(
    r"\b(?:Kinshasa|DRC|DR Congo|Democratic Republic|Tshisekedi|Kabila|Goma|M23|Kivu|Katanga|Lumumba|"
    r"[Ee]astern Congo|Rwandan?|cobalt)\b"
)
BRAZZAVILLE = re.compile(r"\b(?:Brazzaville|Sassou|Pointe-Noire|Nguesso)\b")
GOVERNMENT_VERB = re.compile(
    r"(?:['’]s)? (?:said|says|has|had|will|would|wants|wanted|is|was|must|may|could|should|rejected|rejects|"
    r"signed|signs|agreed|agrees|denied|denies|accused|accuses|warned|warns|welcomed|condemned|condemns|"
    r"insists|insisted|sought|seeks|refused|refuses|hopes|government|authorities|officials|and [A-Z])\b"
)
TO_A_GOVERNMENT = frozenset("between urged urges told tells pressed warned warns with by against".split())
AMERICAN_DESCENT = re.compile(r"([A-Z][a-z]+)[ -]$")
STATE_RELATION = re.compile(
    r" (?:\w+ )?(?:relations?|relationship|ties|talks|treaty|trade|cooperation|alliance|war|summit|rivalry|"
    r"agreement|friendship|dialogue|tensions?|conflict|partnership|exercises?|drills?|deal|pact|standoff)\b"
)
BEFORE_THE_PRONOUN = frozenset("LET TELL TOLD GIVE CONTACT ABOUT FOLLOW OF FOR HELP JOIN WITH".split())
BEFORE_THE_BIRD = frozenset({"wild", "roast", "roasted", "cold", "thanksgiving"})
AFTER_THE_BIRD = frozenset("sandwich sandwiches day breast dinner hunt hunting trot creek farm farms".split())
NOT_WASHINGTON = re.compile(r",? (?:Gov\.|State|state|Huskies|Street|Avenue|Square|Heights)\b")
AROUND_GEORGIA = frozenset({"ARM", "AZE", "BLR", "MDA", "RUS", "TUR", "UKR"})
FOREIGN_OFFICES = frozenset({"PAK", "DEU", "IND"})


def georgia(candidate: Candidate, passage: Passage) -> str | None:
    """The country, unless the text speaks of the American state's people and places and not of its own."""
    if person(candidate, passage) is None:
        return None
    near = passage.near(candidate)
    if IN_CAUCASUS.search(near):
        return "GEO"
    is_after_city = CITY_BEFORE.search(passage.head(candidate.start)) is not None
    if is_after_city and candidate.start - 2 not in passage.ends:
        return None
    if IN_AMERICA.search(near):
        return None
    return "GEO" if passage.states & AROUND_GEORGIA or not VOTES.search(near) else None


def congo(candidate: Candidate, passage: Passage) -> str | None:
    """The Congo of which the text near by gives a sign; none where it gives no sign, or signs of both."""
    near = passage.near(candidate, 600)
    kinshasa, brazzaville = KINSHASA.search(near), BRAZZAVILLE.search(near)
    if bool(kinshasa) == bool(brazzaville):
        return None
    return "COD" if kinshasa else "COG"


def homonym(candidate: Candidate, passage: Passage) -> str | None:
    """A capital of which other places and people have the name: only where it acts."""
    before = passage.before(candidate.start)
    if before[:1].isupper() or before in ("in", "at", "near", "outside"):
        return None
    if passage.after(candidate.end)[:1].isupper():
        return None
    acts = GOVERNMENT_VERB.match(passage.text, candidate.end) or before in TO_A_GOVERNMENT
    return candidate.form.state if acts else None


def america(candidate: Candidate, passage: Passage) -> str | None:
    """The United States, not a citizen's descent ("Indian American")."""
    match = AMERICAN_DESCENT.search(passage.head(candidate.start, 25))
    if match is None or candidate.form.form == "America":
        return "USA"
    other = passage.starts.get(candidate.start - len(match[0]))
    if other is None or other.form.kind != "demonym" or STATE_RELATION.match(passage.text, candidate.end):
        return "USA"
    return None


def us(candidate: Candidate, passage: Passage) -> str | None:
    """The United States, not the pronoun in a line of capitals."""
    return None if passage.before(candidate.start) in BEFORE_THE_PRONOUN else "USA"


def turkey(candidate: Candidate, passage: Passage) -> str | None:
    """The country, not the bird."""
    if passage.after(candidate.end).lower() in AFTER_THE_BIRD:
        return None
    return None if passage.before(candidate.start).lower() in BEFORE_THE_BIRD else "TUR"


def washington(candidate: Candidate, passage: Passage) -> str | None:
    """The government, not the state in the north-west."""
    return None if NOT_WASHINGTON.match(passage.text, candidate.end) else "USA"


def foreign_office(candidate: Candidate, passage: Passage) -> str | None:
    """The British ministry, not that of another state which calls its own so."""
    is_foreign = bool(passage.states & FOREIGN_OFFICES) and "GBR" not in passage.states
    return None if is_foreign else candidate.form.state


SENSES: dict[str, Rule] = {
    "america": america,
    "barewest": bare_west,
    "common": common,
    "congo": congo,
    "foreignoffice": foreign_office,
    "georgia": georgia,
    "homonym": homonym,
    "person": person,
    "surname": surname,
    "turkey": turkey,
    "us": us,
    "washington": washington,
    "west": west,
    "western": western,
}
