"""The domain: stances, powers, states, and the frozen values that flow through the project.

Nothing here reads or writes anything. A label outside the four, a state outside ISO 3166-1, a power as
its own state, an offset outside its text: each raises ``SchemaError`` on construction, so that no later
stage has to check again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from stance.errors import SchemaError

CODEBOOK_VERSION = "1.5"


class Stance(StrEnum):
    """Where a sentence puts a state in relation to a power (codebook, "The four labels")."""

    TOWARD = "toward"
    AWAY = "away"
    HEDGING = "hedging"
    NONE = "none"


class Power(StrEnum):
    """The three powers whose pull is measured, by ISO 3166-1 alpha-3 code."""

    CHN = "CHN"
    USA = "USA"
    RUS = "RUS"


LABELS: tuple[Stance, ...] = tuple(Stance)
"""The fixed order of the labels: column ``i`` of every probability array is ``LABELS[i]``."""

MEANINGS: Mapping[Stance, str] = {
    Stance.TOWARD: "the sentence puts the state nearer to the power: it sides, trades or cooperates with it",
    Stance.AWAY: "the sentence puts it further away: it opposes, condemns, resists or cuts itself loose",
    Stance.HEDGING: "it is deliberately in between: balancing, neutral, abstaining, keeping its options open",
    Stance.NONE: "the sentence takes no position between the two",
}
"""What each label says of a state and a power, in a line; the codebook says it in full."""

POWERS: tuple[Power, ...] = tuple(Power)

KOSOVO = "XKX"
"""Kosovo has no ISO 3166-1 code; this is the user-assigned one that is in general use."""

STATE_CODES: frozenset[str] = frozenset(
    """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR
    BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG
    COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH
    FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY
    HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM
    KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL
    MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR
    NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU
    SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA
    TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB
    VIR VNM VUT WLF WSM XKX YEM ZAF ZMB ZWE
    """.split()
)
"""ISO 3166-1 alpha-3 codes, and Kosovo."""


def state_code(code: str) -> str:
    """Return ``code`` unchanged if it names a state.

    Raises:
        SchemaError: ``code`` is not an ISO 3166-1 alpha-3 code (or Kosovo's).
    """
    if code not in STATE_CODES:
        raise SchemaError(f"{code!r} is not a state: use an ISO 3166-1 alpha-3 code such as PAK")
    return code


def stance_label(label: str) -> Stance:
    """Return the ``Stance`` named by ``label``.

    Raises:
        SchemaError: ``label`` is not one of the four.
    """
    try:
        return Stance(label)
    except ValueError:
        raise SchemaError(f"{label!r} is not a stance: use {', '.join(LABELS)}") from None


def power_code(code: str) -> Power:
    """Return the ``Power`` named by ``code``.

    Raises:
        SchemaError: ``code`` is not one of the three.
    """
    try:
        return Power(code)
    except ValueError:
        raise SchemaError(f"{code!r} is not a power: use {', '.join(POWERS)}") from None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, ``text[start:end]``, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SchemaError(f"a span needs 0 <= start < end, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the characters of ``text`` in this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """A news article: ``text`` holds its title too, and every offset points into ``text``."""

    id: str
    text: str
    title: str | None = None
    date: date | None = None
    source: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; ``start`` and ``end`` are offsets into the article's text."""

    text: str
    start: int
    end: int
    paragraph: int = 0

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text) or self.start < 0 or not self.text:
            raise SchemaError(f"offsets {self.start}..{self.end} do not fit the sentence's text")


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A place in a sentence (or any text) that names a state."""

    start: int
    end: int
    state: str
    text: str

    def __post_init__(self) -> None:
        state_code(self.state)
        if self.end - self.start != len(self.text) or self.start < 0 or not self.text:
            raise SchemaError(f"offsets {self.start}..{self.end} do not fit mention {self.text!r}")

    @property
    def span(self) -> Span:
        """Where the mention stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Example:
    """A directed dyad in a sentence: what annotators label and what classifiers read.

    ``mentions`` holds every mention of every state in ``text``, in order. A state or power that the
    project did not find has none there: the example is legal all the same, and ``unmatched``.
    ``carried`` marks a pair of which one side was taken from the preceding sentence; ``text`` is then
    what ``stance.text.examples`` makes of the two.
    """

    text: str
    state: str
    power: Power
    mentions: tuple[Mention, ...] = ()
    stance: Stance | None = None
    carried: bool = False

    def __post_init__(self) -> None:
        state_code(self.state)
        object.__setattr__(self, "power", power_code(self.power))
        if self.stance is not None:
            object.__setattr__(self, "stance", stance_label(self.stance))
        if self.state == self.power:
            raise SchemaError(f"{self.state} cannot be the state and the power of one example")
        for mention in self.mentions:
            if self.text[mention.start : mention.end] != mention.text:
                raise SchemaError(f"mention {mention.text!r} is not at its offset in the text")

    def spans(self, code: str) -> tuple[Span, ...]:
        """Where the state ``code`` is mentioned, in order."""
        return tuple(mention.span for mention in self.mentions if mention.state == code)

    @property
    def unmatched(self) -> bool:
        """Whether the state or the power was not found in the text."""
        found = {mention.state for mention in self.mentions}
        return self.state not in found or self.power not in found


@dataclass(frozen=True, slots=True)
class Score:
    """A classifier's answer for one example: probabilities in the order of ``LABELS``."""

    example: Example
    probabilities: tuple[float, float, float, float]

    def __post_init__(self) -> None:
        if len(self.probabilities) != len(LABELS) or abs(sum(self.probabilities) - 1) > 1e-3:
            raise SchemaError("a score needs four probabilities that sum to one")

    @property
    def label(self) -> Stance:
        """The most probable label."""
        return max(zip(self.probabilities, LABELS, strict=True), key=lambda pair: pair[0])[1]

    @property
    def lean(self) -> float:
        """``p(toward) - p(away)``, in [-1, 1]."""
        return self.probabilities[0] - self.probabilities[1]

    def probability(self, label: Stance) -> float:
        """The probability of ``label``."""
        return self.probabilities[LABELS.index(label)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A scored example where it stands in its article."""

    article_id: str
    sentence: Sentence
    score: Score

    @property
    def label(self) -> Stance:
        """The most probable label."""
        return self.score.label

    @property
    def probability(self) -> float:
        """The probability of that label."""
        return max(self.score.probabilities)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where one state stands toward one power, from the evidence of an article or of many.

    ``score`` is the mean of ``p(toward) - p(away)`` over the evidence, ``interval`` its 95% interval,
    both in [-1, 1]; ``shares`` are the mean probabilities in the order of ``LABELS``.
    """

    state: str
    power: Power
    score: float
    interval: tuple[float, float]
    n: int
    shares: tuple[float, float, float, float]
    evidence: tuple[Evidence, ...] = field(default=())

    def __post_init__(self) -> None:
        state_code(self.state)
        object.__setattr__(self, "power", power_code(self.power))
        low, high = self.interval
        if self.state == self.power or self.n < 1:
            raise SchemaError("an alignment needs two different states and at least one example")
        if not -1.0 <= low <= self.score + 1e-9 or not self.score - 1e-9 <= high <= 1.0:
            raise SchemaError(f"score {self.score} and interval {self.interval} do not fit together")
