"""The rules for forms that have more than one meaning, by the ``sense`` that ``states.csv`` gives them.

Each rule returns the code of the state that is meant, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from stance.text.lexicon import GIVEN_NAMES, OFFICES, TITLES, US_STATES
from stance.text.passage import Candidate, Passage

Rule = Callable[[Candidate, Passage], str | None]

GEORGIA_IN_AMERICA = re.compile(
    r"\b(?:Atlanta|Savannah|Augusta|Macon|Sens?|Senators?|Senate|Reps?|Gov|DA|[Gg]overnor|Republicans?|Democrats?|"
    r"GOP|runoffs?|primary|primaries|caucus|swing|votes|ballots?|[Cc]ounty|district|prosecutors?|grand jury|subpoena|"
    r"special election|election (?:workers?|officials?|results?|schemes?|probe|case)|Giuliani|Meadows|Kemp|"
    r"Raffensperger|Abrams|Ossoff|Warnock|Fulton|Willis|Fort Benning|Carolinas?|Virginia|New Jersey|New York|"
    + "|".join(US_STATES) + r")\b"
)
CITY_BEFORE = re.compile(r"\b[A-Z][a-z]+, $")
GEORGIA_IN_CAUCASUS = re.compile(
    r"\b(?:Tbilisi|Saakashvili|Abkhazia|Ossetia|Caucasus|Armenia|Azerbaijan|Moldova|Ukraine|Kremlin|Soviet|"
    r"Georgian|Georgians|Crimea|Kobakhidze|Ivanishvili|Shevardnadze|NATO|Russia(?:n|'s|’s)? (?:invasion|war|troops)|"
    r"Russian?-Georgian?|invad\w+ (?:neighbou?ring )?Georgia|Russia(?:'s|’s)?,? (?:and )?Georgia)\b"
)
KINSHASA = re.compile(
    r"\b(?:Kinshasa|DRC|DR Congo|Democratic Republic|Tshisekedi|Kabila|Goma|M23|Kivu|Katanga|Lumumba|"
    r"[Ee]astern Congo|Rwandan?|cobalt)\b"
)
BRAZZAVILLE = re.compile(r"\b(?:Brazzaville|Sassou|Pointe-Noire|Nguesso)\b")
WESTERN_BLOC = re.compile(
    r"(?: (?:and|or) [A-Z]\w+| [a-z]+)? (?:allies|ally|powers?|governments?|countries|country|nations?|sanctions|"
    r"officials?|leaders?|diplomats?|states|intelligence|weapons?|arms|militar(?:y|ies)|aid|support|forces|"
    r"pressure|democracies|democracy|capitals|partners?|alliances?|bloc|influence|backing|backers|response|"
    r"embass(?:y|ies)|politicians|world|interests|values|polic(?:y|ies)|troops|tanks|missiles|jets|"
    r"powers|envoys|ministers|lenders|donors|interference|intervention|aggression|imperialism|hegemony|"
    r"sanction|camp|coalition|negotiators?|negotiations?|allegations?|targets|accusations?|unity|leadership|assistance|ties|relations|embargo|warnings?|criticism|demands)\b"
)
GOVERNMENT_VERB = re.compile(
    r"(?:['’]s)? (?:said|says|has|had|will|would|wants|wanted|is|was|must|may|could|should|rejected|rejects|"
    r"signed|signs|agreed|agrees|denied|denies|accused|accuses|warned|warns|welcomed|condemned|condemns|"
    r"insists|insisted|sought|seeks|refused|refuses|hopes|government|authorities|officials|and [A-Z])\b"
)
TO_A_GOVERNMENT = frozenset("between urged urges told tells pressed warned warns with by from against".split())
AMERICAN_DESCENT = re.compile(r"([A-Z][a-z]+)[ -]$")
STATE_RELATION = re.compile(
    r" (?:\w+ )?(?:relations?|relationship|ties|talks|treaty|trade|cooperation|alliance|war|summit|rivalry|"
    r"agreement|friendship|dialogue|tensions?|conflict|partnership|exercises?|drills?|deal|pact|standoff)\b"
)
BORNE_NAMES = GIVEN_NAMES - TITLES
TITLES_OF_OFFICE = TITLES - {"Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Senator", "Sen."}
FOREIGN_OFFICES = frozenset({"PAK", "DEU", "IND"})
NOT_WASHINGTON = re.compile(r",? (?:Post|Times|Gov\.|State|state|Huskies|Street|Avenue|Square|Heights)\b")


def person(candidate: Candidate, passage: Passage) -> str | None:
    """A name that people bear: none beside a surname or a given name."""
    after = passage.after(candidate.end)
    if after[:1].isupper() and after[1:].islower() and after not in OFFICES and not passage.is_headline:
        if candidate.end + 1 not in passage.starts:
            return None
    return candidate.form.state


def georgia(candidate: Candidate, passage: Passage) -> str | None:
    """The country unless the text speaks of the American state's people and places."""
    if person(candidate, passage) is None:
        return None
    near = passage.near(candidate)
    if GEORGIA_IN_CAUCASUS.search(near):
        return "GEO"
    city = CITY_BEFORE.search(passage.head(candidate.start))
    if city and not any(other.end == candidate.start - 2 for other in passage.candidates):
        return None
    return None if GEORGIA_IN_AMERICA.search(near) else "GEO"


def congo(candidate: Candidate, passage: Passage) -> str | None:
    """The Congo of which the text gives a sign; none where it gives no sign, or signs of both."""
    kinshasa, brazzaville = KINSHASA.search(passage.text), BRAZZAVILLE.search(passage.text)
    if bool(kinshasa) == bool(brazzaville):
        return None
    return "COD" if kinshasa else "COG"


def west(candidate: Candidate, passage: Passage) -> str | None:
    """The bloc: not before a proper name, which would make it a part of it."""
    after = passage.after(candidate.end)
    if after and after[0].isupper() and after not in OFFICES:
        return None
    return "USA" if not passage.text.startswith("-", candidate.end) else None


def bare_west(candidate: Candidate, passage: Passage) -> str | None:
    """West without its article, as headlines have it: only after a small word or a verb."""
    before = passage.before(candidate.start)
    if not before or not before.islower() or before in ("to", "the", "due", "far", "in", "wild"):
        return None
    return west(candidate, passage)


def western(candidate: Candidate, passage: Passage) -> str | None:
    """The bloc where a noun of government follows, or in pro-Western and anti-Western."""
    head = passage.head(candidate.start, 5)
    if head.endswith(("pro-", "anti-", "Pro-", "Anti-")):
        return "USA"
    return "USA" if WESTERN_BLOC.match(passage.text, candidate.end) else None


def homonym(candidate: Candidate, passage: Passage) -> str | None:
    """A capital of which other places and people have the name: only where it acts."""
    before = passage.before(candidate.start)
    if before[:1].isupper() or before in ("in", "at", "near", "outside"):
        return None
    after = passage.after(candidate.end)
    if after[:1].isupper():
        return None
    acts = GOVERNMENT_VERB.match(passage.text, candidate.end) or before in TO_A_GOVERNMENT
    return candidate.form.state if acts else None


def surname(candidate: Candidate, passage: Passage) -> str | None:
    """A leader's surname: not after the given name of somebody else, unless a title comes before that."""
    given = passage.before(candidate.start)
    if given not in BORNE_NAMES or passage.before(candidate.start - len(given) - 1) in TITLES:
        return candidate.form.state
    return None


def common(candidate: Candidate, passage: Passage) -> str | None:
    """A surname that many bear: only after a title of office, or beside the leader's full name."""
    if passage.before(candidate.start) in TITLES_OF_OFFICE:
        return candidate.form.state
    suffix = " " + candidate.form.form
    prefix = candidate.form.form + " "
    for other in passage.candidates:
        if other.form.kind == "leader" and other.form.state == candidate.form.state:
            if other.form.form.endswith(suffix) or other.form.form.startswith(prefix):
                return candidate.form.state
    return None


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
    before = passage.before(candidate.start)
    if before in ("LET", "TELL", "GIVE", "CONTACT", "ABOUT", "FOLLOW", "OF", "FOR", "HELP", "JOIN", "WITH"):
        return None
    return "USA"


def turkey(candidate: Candidate, passage: Passage) -> str | None:
    """The country, not the bird."""
    after = passage.after(candidate.end).lower()
    if after in ("sandwich", "sandwiches", "day", "breast", "dinner", "hunt", "hunting", "trot", "creek"):
        return None
    return None if passage.before(candidate.start).lower() in ("wild", "roast", "cold") else "TUR"


def washington(candidate: Candidate, passage: Passage) -> str | None:
    """The government: not a person, a newspaper or the state in the north-west."""
    if NOT_WASHINGTON.match(passage.text, candidate.end):
        return None
    return "USA"


def foreign_office(candidate: Candidate, passage: Passage) -> str | None:
    """The British ministry: not that of another state which calls its own so."""
    states = {other.form.state for other in passage.candidates if other is not candidate}
    return None if states & FOREIGN_OFFICES and "GBR" not in states else "GBR"


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
