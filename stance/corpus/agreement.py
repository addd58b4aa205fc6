"""How far annotators agree, beyond chance, with intervals.

Nominal Krippendorff's alpha (Krippendorff, 2011), which takes any number of annotators, and Cohen's kappa
(Cohen, 1960), over more than two as its mean over their pairs (Light, 1971); the first annotation of every
example counts as one annotator's, the second as another's, and so on. Intervals by resampling sentences,
since the examples of one sentence are not independent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random

from stance.corpus.cards import Card
from stance.corpus.records import Record
from stance.errors import CorpusError
from stance.schema import LABELS, stance_label

Labels = Sequence[Hashable]
"""The labels that one unit (example) got, one an annotator."""

DRAWS = 500


def krippendorff_alpha(units: Iterable[Labels]) -> float:
    """Return Krippendorff's alpha for nominal labels; 1 is perfect, 0 is chance.

    Args:
        units: the labels of each unit, in any number; units with fewer than two say nothing.

    Returns:
        alpha, or NaN where nothing can be compared or all labels are one.
    """
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for unit in units:
        if len(unit) < 2:
            continue
        for i, left in enumerate(unit):
            for j, right in enumerate(unit):
                if i != j:
                    coincidences[left, right] += 1 / (len(unit) - 1)  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (left, _), count in coincidences.items():
        totals[left] += count
    n = sum(totals.values())
    expected = n * n - sum(count * count for count in totals.values())
    if n <= 1 or expected == 0:
        return float("nan")
    observed = sum(count for (left, right), count in coincidences.items() if left != right)
    return 1 - (n - 1) * observed / expected


def cohen_kappa(pairs: Sequence[Labels]) -> float:
    """Return Cohen's kappa of two annotators.

    Args:
        pairs: the two labels of each unit, the first annotator's first.

    Returns:
        kappa, or NaN where there is no unit or both say one label only.
    """
    n = len(pairs)
    if not n:
        return float("nan")
    first, second = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    observed = sum(pair[0] == pair[1] for pair in pairs) / n
    expected = sum(first[label] * second[label] for label in first) / (n * n)
    return (observed - expected) / (1 - expected) if expected < 1 else float("nan")


def light_kappa(units: Sequence[Labels]) -> float:
    """Return the mean of Cohen's kappa over all pairs of annotators (Light, 1971); for two it is Cohen's.

    Args:
        units: the labels of each unit, by the annotators' order; a pair is compared where both gave one.
    """
    annotators = range(max(map(len, units), default=0))
    kappas = [
        cohen_kappa([(unit[one], unit[other]) for unit in units if len(unit) > other])
        for one, other in combinations(annotators, 2)
    ]
    known = [kappa for kappa in kappas if kappa == kappa]
    return sum(known) / len(known) if known else float("nan")


def raw_agreement(units: Iterable[Labels]) -> float:
    """Return the share of equal pairs among the labels of one unit, over all units; 0 where there is none."""
    same = [one == other for unit in units for one, other in combinations(unit, 2)]
    return sum(same) / max(len(same), 1)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement on one part of a corpus.

    ``n`` examples; ``raw`` is the share of pairs of annotators that agree; ``low`` and ``high`` are alpha's
    95% interval; ``kappa`` is the mean over the pairs of annotators.
    """

    part: str
    n: int
    raw: float
    alpha: float
    low: float
    high: float
    kappa: float


Annotated = tuple[str, ...]
"""The sentence's id and its annotators' labels, two or more, in their order."""


def annotated(records: Iterable[Record]) -> list[Annotated]:
    """Return every example that carries two annotations or more."""
    return [
        (record.id, *map(str, dyad.annotations))
        for record in records
        for dyad in record.examples
        if len(dyad.annotations) > 1
    ]


def against_cards(records: Iterable[Record], cards: Iterable[Card]) -> list[Annotated]:
    """Return the card's and the adjudicated label of every example that two annotators labelled.

    Args:
        records: a record and its card have one id; records without a card are passed over.
        cards: as they were dealt.
    """
    wanted = {(card.id, dyad.state, dyad.power): dyad.stance for card in cards for dyad in card.dyads}
    return [
        (record.id, wanted[key], str(dyad.stance))
        for record in records
        for dyad in record.examples
        if len(dyad.annotations) > 1 and (key := (record.id, dyad.state, str(dyad.power))) in wanted
    ]


def read_reading(path: Path) -> dict[tuple[str, str, str], str]:
    """Return the labels of a reading by (id, state, power).

    Args:
        path: one line an example, ``ID<TAB>STATE>POWER<TAB>LABEL``.

    Raises:
        CorpusError: the file cannot be read, or a line is not of that form.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"cannot read {path}: {error}") from None
    return dict(_read_line(line, f"{path}:{number}") for number, line in enumerate(lines, start=1))


def _read_line(line: str, where: str) -> tuple[tuple[str, str, str], str]:
    try:
        record, pair, label = line.split("\t")
        state, power = pair.split(">")
        return (record, state, power), str(stance_label(label))
    except ValueError:
        raise CorpusError(f"{where}: not ID, STATE>POWER, LABEL between tabs") from None


def against_reading(
    records: Iterable[Record], reading: Mapping[tuple[str, str, str], str]
) -> list[Annotated]:
    """Return the reader's and the adjudicated label of every example that was read."""
    return [
        (record.id, reading[key], str(dyad.stance))
        for record in records
        for dyad in record.examples
        if (key := (record.id, dyad.state, str(dyad.power))) in reading
    ]


def _interval(items: Sequence[Annotated], statistic: Callable[[list[Labels]], float]) -> tuple[float, float]:
    by_sentence: defaultdict[str, list[Labels]] = defaultdict(list)
    for sentence, *labels in items:
        by_sentence[sentence].append(labels)
    sentences, random = list(by_sentence.values()), Random(0)  # noqa: S311
    draws = []
    for _ in range(DRAWS):
        drawn = random.choices(sentences, k=len(sentences))
        draws.append(statistic([labels for some in drawn for labels in some]))
    known = sorted(value for value in draws if value == value)
    if not known:
        return float("nan"), float("nan")
    return known[int(0.025 * len(known))], known[min(int(0.975 * len(known)), len(known) - 1)]


def agreement(part: str, items: Sequence[Annotated]) -> Agreement:
    """Return the agreement on some examples."""
    labels: list[Labels] = [item[1:] for item in items]
    low, high = _interval(items, krippendorff_alpha)
    alpha, kappa = krippendorff_alpha(labels), light_kappa(labels)
    return Agreement(part, len(items), raw_agreement(labels), alpha, low, high, kappa)


def by_label(items: Sequence[Annotated]) -> list[Agreement]:
    """Return the agreement on each label against all others."""
    return [
        agreement(str(label), [(item[0], *(str(said == label) for said in item[1:])) for item in items])
        for label in LABELS
    ]


def by_part(records: Sequence[Record], key: Callable[[Record], str]) -> list[Agreement]:
    """Return the agreement on each part of the records that ``key`` names, the largest first."""
    parts: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        parts[key(record)].append(record)
    found = [agreement(name, annotated(some)) for name, some in parts.items()]
    return sorted((one for one in found if one.n), key=lambda one: -one.n)


def confusion(items: Iterable[Annotated]) -> Counter[tuple[str, str]]:
    """Return how often an annotator said one label and a later one another."""
    return Counter(pair for item in items for pair in combinations(item[1:], 2))
