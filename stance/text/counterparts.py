"""What the same form is called in another state: name for name, adjective for adjective, capital for capital.

Only states whose forms all stand for that state alone, and whose name needs no article, may be put in
another's place; every form of a state may be replaced that has a counterpart there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from stance.schema import POWERS
from stance.text.forms import all_forms


class Role(StrEnum):
    """What a form is to its state, as far as another state has the same."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PERSON = "person"
    PEOPLE = "people"
    CAPITAL = "capital"


@dataclass(frozen=True, slots=True)
class Counterparts:
    """The forms of one state by role: Poland, Polish, Pole, Poles, Warsaw."""

    name: str
    adjective: str
    person: str
    people: str
    capital: str

    def of(self, role: Role) -> str:
        """The form that has ``role``."""
        return str(getattr(self, role.value))


_TABLE = """
AFG,Afghanistan,Afghan,Afghans,Kabul
AGO,Angola,Angolan,Angolans,Luanda
ALB,Albania,Albanian,Albanians,Tirana
ARG,Argentina,Argentine,Argentines,Buenos Aires
ARM,Armenia,Armenian,Armenians,Yerevan
AUS,Australia,Australian,Australians,Canberra
AUT,Austria,Austrian,Austrians,Vienna
AZE,Azerbaijan,Azerbaijani,Azerbaijanis,Baku
BGD,Bangladesh,Bangladeshi,Bangladeshis,Dhaka
BHR,Bahrain,Bahraini,Bahrainis,Manama
BLR,Belarus,Belarusian,Belarusians,Minsk
BOL,Bolivia,Bolivian,Bolivians,La Paz
BRA,Brazil,Brazilian,Brazilians,Brasilia
BWA,Botswana,Botswanan,Botswanans,Gaborone
CAN,Canada,Canadian,Canadians,Ottawa
CIV,Ivory Coast,Ivorian,Ivorians,Abidjan
CMR,Cameroon,Cameroonian,Cameroonians,Yaoundé
COL,Colombia,Colombian,Colombians,Bogota
CUB,Cuba,Cuban,Cubans,Havana
CYP,Cyprus,Cypriot,Cypriots,Nicosia
DEU,Germany,German,Germans,Berlin
DNK,Denmark,Danish,Danes,Copenhagen
DZA,Algeria,Algerian,Algerians,Algiers
ECU,Ecuador,Ecuadorian,Ecuadorians,Quito
EGY,Egypt,Egyptian,Egyptians,Cairo
ERI,Eritrea,Eritrean,Eritreans,Asmara
ESP,Spain,Spanish,Spaniards,Madrid
EST,Estonia,Estonian,Estonians,Tallinn
ETH,Ethiopia,Ethiopian,Ethiopians,Addis Ababa
FIN,Finland,Finnish,Finns,Helsinki
FJI,Fiji,Fijian,Fijians,Suva
FRA,France,French,French,Paris
GAB,Gabon,Gabonese,Gabonese,Libreville
GBR,Britain,British,Britons,London
GHA,Ghana,Ghanaian,Ghanaians,Accra
GRC,Greece,Greek,Greeks,Athens
HRV,Croatia,Croatian,Croatians,Zagreb
HUN,Hungary,Hungarian,Hungarians,Budapest
IDN,Indonesia,Indonesian,Indonesians,Jakarta
IND,India,Indian,Indians,New Delhi
IRL,Ireland,Irish,Irish,Dublin
IRN,Iran,Iranian,Iranians,Tehran
IRQ,Iraq,Iraqi,Iraqis,Baghdad
ISL,Iceland,Icelandic,Icelanders,Reykjavik
ISR,Israel,Israeli,Israelis,Jerusalem
ITA,Italy,Italian,Italians,Rome
JPN,Japan,Japanese,Japanese,Tokyo
KAZ,Kazakhstan,Kazakh,Kazakhs,Astana
KEN,Kenya,Kenyan,Kenyans,Nairobi
KHM,Cambodia,Cambodian,Cambodians,Phnom Penh
KOR,South Korea,South Korean,South Koreans,Seoul
LAO,Laos,Laotian,Laotians,Vientiane
LBN,Lebanon,Lebanese,Lebanese,Beirut
LBR,Liberia,Liberian,Liberians,Monrovia
LBY,Libya,Libyan,Libyans,Tripoli
LKA,Sri Lanka,Sri Lankan,Sri Lankans,Colombo
LTU,Lithuania,Lithuanian,Lithuanians,Vilnius
LVA,Latvia,Latvian,Latvians,Riga
MAR,Morocco,Moroccan,Moroccans,Rabat
MDA,Moldova,Moldovan,Moldovans,Chisinau
MDG,Madagascar,Malagasy,Malagasys,Antananarivo
MEX,Mexico,Mexican,Mexicans,Mexico City
MLI,Mali,Malian,Malians,Bamako
MNE,Montenegro,Montenegrin,Montenegrins,Podgorica
MNG,Mongolia,Mongolian,Mongolians,Ulaanbaatar
MOZ,Mozambique,Mozambican,Mozambicans,Maputo
MYS,Malaysia,Malaysian,Malaysians,Kuala Lumpur
NAM,Namibia,Namibian,Namibians,Windhoek
NER,Niger,Nigerien,Nigeriens,Niamey
NGA,Nigeria,Nigerian,Nigerians,Abuja
NIC,Nicaragua,Nicaraguan,Nicaraguans,Managua
NOR,Norway,Norwegian,Norwegians,Oslo
NPL,Nepal,Nepali,Nepalis,Kathmandu
OMN,Oman,Omani,Omanis,Muscat
PAK,Pakistan,Pakistani,Pakistanis,Islamabad
POL,Poland,Polish,Poles,Warsaw
PRK,North Korea,North Korean,North Koreans,Pyongyang
PRT,Portugal,Portuguese,Portuguese,Lisbon
PRY,Paraguay,Paraguayan,Paraguayans,Asuncion
QAT,Qatar,Qatari,Qataris,Doha
ROU,Romania,Romanian,Romanians,Bucharest
RWA,Rwanda,Rwandan,Rwandans,Kigali
SAU,Saudi Arabia,Saudi,Saudis,Riyadh
SDN,Sudan,Sudanese,Sudanese,Khartoum
SEN,Senegal,Senegalese,Senegalese,Dakar
SOM,Somalia,Somali,Somalis,Mogadishu
SRB,Serbia,Serbian,Serbians,Belgrade
SVK,Slovakia,Slovak,Slovaks,Bratislava
SVN,Slovenia,Slovenian,Slovenians,Ljubljana
SWE,Sweden,Swedish,Swedes,Stockholm
SYR,Syria,Syrian,Syrians,Damascus
THA,Thailand,Thai,Thais,Bangkok
TJK,Tajikistan,Tajik,Tajiks,Dushanbe
TUN,Tunisia,Tunisian,Tunisians,Tunis
TWN,Taiwan,Taiwanese,Taiwanese,Taipei
TZA,Tanzania,Tanzanian,Tanzanians,Dodoma
UGA,Uganda,Ugandan,Ugandans,Kampala
UKR,Ukraine,Ukrainian,Ukrainians,Kyiv
URY,Uruguay,Uruguayan,Uruguayans,Montevideo
UZB,Uzbekistan,Uzbek,Uzbeks,Tashkent
VEN,Venezuela,Venezuelan,Venezuelans,Caracas
VNM,Vietnam,Vietnamese,Vietnamese,Hanoi
ZAF,South Africa,South African,South Africans,Pretoria
ZMB,Zambia,Zambian,Zambians,Lusaka
ZWE,Zimbabwe,Zimbabwean,Zimbabweans,Harare
CHN,China,Chinese,Chinese,Beijing
USA,United States,American,Americans,Washington
RUS,Russia,Russian,Russians,Moscow
"""


def _counterparts(name: str, adjective: str, people: str, capital: str) -> Counterparts:
    person = adjective if people == adjective else people.removesuffix("s")
    return Counterparts(name, adjective, person, people, capital)


COUNTERPARTS: Mapping[str, Counterparts] = {
    code: _counterparts(*forms) for code, *forms in (row.split(",") for row in _TABLE.split("\n") if row)
}
"""The forms of each state that may be put in another's place, by its code."""

SWAPPABLE = tuple(code for code in COUNTERPARTS if code not in POWERS)
"""The states that may stand for another one; the powers stand for each other only."""

_NOUNS = frozenset(
    """
    Brit Briton Dane Dutchman Finn Frenchman Icelander Irishman Luxembourger Pole Spaniard Swede Turk
    """.split()
)
_KINDS = {
    "name": Role.NAME,
    "official": Role.NAME,
    "short": Role.NAME,
    "demonym": Role.ADJECTIVE,
    "capital": Role.CAPITAL,
}

_WITH_ARTICLE = frozenset(
    name.strip()
    for name in """
    Bahamas, Central African Republic, Comoros, Czech Republic, Dominican Republic, D.P.R.K., DPRK, DRC,
    Gambia, Holy See, Maldives, Marshall Islands, Netherlands, P.R.C., Philippines, PRC, ROK,
    Russian Federation, Seychelles, Solomon Islands, U.A.E., UAE, U.K, U.K., UK, United Arab Emirates,
    United Kingdom, United States, U. S., U.S, U.S., U.S.A., US, USA, Vatican
    """.split(",")
)


@cache
def role_of(state: str, surface: str) -> Role | None:
    """Return what ``surface`` is to ``state``; None for what no other state has (a leader, a bloc, "Sino-").

    A seat of government counts as the capital for powers: "the Kremlin" and "Beijing" act alike.
    """
    forms = all_forms()
    form = forms.get(surface)
    if form is None or form.state != state:
        return None
    if form.kind == "seat":
        return Role.CAPITAL if state in POWERS else None
    if form.kind != "demonym":
        return _KINDS.get(form.kind)
    singular = forms.get(surface[:-1])
    if surface.endswith("men") or (surface[-1] in "sS" and singular is not None and singular.state == state):
        return Role.PEOPLE
    return Role.PERSON if surface in _NOUNS else Role.ADJECTIVE


@cache
def takes_article(surface: str) -> bool:
    """Whether a name or seat is written with "the": the Philippines, the UAE, the White House."""
    form = all_forms().get(surface)
    if form is None or form.kind not in ("name", "official", "short", "seat"):
        return False
    return form.kind in ("official", "seat") or surface in _WITH_ARTICLE
