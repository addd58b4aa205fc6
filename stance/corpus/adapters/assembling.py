"""From labelled pairs to records of the corpus, with an account of all that was left out.

In the corpus every pair that a sentence mentions has a label. Foreign sources label some pairs and say
nothing of the others. A sentence is then kept with fewer **mentions**, those of its labelled pairs: a state
without a label is no mention in the record, as if the gazetteer had not found it. Where even that leaves an
unlabelled pair (A toward China and B toward Russia are labelled, A toward Russia is not), the sentence is
written once for each labelled pair, in one group. Two powers mention each other in both directions; where one
of the two has no label the pair is dropped, for a label must not be made up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stance.corpus.adapters.items import Dropped, Item, Pair, Target
from stance.corpus.records import LabelledDyad, Record, Split
from stance.corpus.references import sha1
from stance.schema import POWERS
from stance.text.examples import pairs
from stance.text.locate import locate
from stance.text.mentions import find_mentions

PHENOMENON = "imported"
REGISTER = "unknown"

Forms = dict[str, tuple[str, ...]]
Labelled = dict[tuple[str, str], Pair]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file; ``narrowed`` counts the records that hold fewer mentions than their text."""

    records: tuple[Record, ...]
    targets: tuple[Target, ...]
    dropped: tuple[Dropped, ...]
    narrowed: int

    def reasons(self) -> list[tuple[str, int]]:
        """Why rows or pairs were dropped and how many, the most frequent reason first."""
        return Counter(one.reason for one in self.dropped).most_common()


def assemble(items: Iterable[Item], origin: str, split: Split = "train") -> Imported:
    """Return the records, targets and losses of what a reader yields.

    Args:
        items: as the readers of ``stance.corpus.adapters`` yield them.
        origin: the format's name, for the records' ``origin`` and their ids.
        split: the split of all records; ``stance corpus split`` deals them out anew.
    """
    by_text: defaultdict[str, list[Pair]] = defaultdict(list)
    targets, dropped = [], []
    for item in items:
        match item:
            case Pair():
                by_text[item.text].append(item)
            case Target():
                targets.append(item)
            case Dropped():
                dropped.append(item)
    records: list[Record] = []
    narrowed = 0
    for text, some in by_text.items():
        forms = _forms(text)
        labelled = _labelled(some, forms, dropped)
        made = [_record(text, part, forms, labelled, origin, split) for part in _parts(labelled, forms)]
        narrowed += sum(len(record.mentions) < len(forms) for record in made)
        records += _named_apart(made)
    return Imported(tuple(records), tuple(targets), tuple(dropped), narrowed)


def _forms(text: str) -> Forms:
    """The surface forms of each state in ``text``, as far as a record can tell them apart."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for mention in find_mentions(text):
        found[mention.state].append(mention.text)
    forms = {code: tuple(dict.fromkeys(names)) for code, names in found.items()}
    located = {mention.state for mention in locate(text, forms)}
    return {code: names for code, names in forms.items() if code in located}


def _labelled(some: Sequence[Pair], forms: Forms, dropped: list[Dropped]) -> Labelled:
    """One label for each pair that can be kept; the others are added to ``dropped``."""
    by_pair: defaultdict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in some:
        by_pair[pair.state, str(pair.power)].append(pair)
    kept: Labelled = {}
    for key, same in by_pair.items():
        reason = _objection(same, forms)
        if reason is None:
            kept[key] = same[0]
        lost = same[1:] if reason is None else same
        dropped += [Dropped(pair.where, reason or "the row repeats an earlier one") for pair in lost]
    for key in [key for key in kept if key[0] in POWERS and key[::-1] not in kept]:
        lone = kept.pop(key)
        dropped.append(Dropped(lone.where, "the opposite direction of two powers has no label"))
    return kept


def _objection(same: Sequence[Pair], forms: Forms) -> str | None:
    if not {same[0].state, str(same[0].power)} <= set(forms):
        return "the state or the power is not found in the text"
    if len({pair.stance for pair in same}) > 1:
        return "the pair is labelled in two ways"
    return None


def _parts(labelled: Labelled, forms: Forms) -> list[list[str]]:
    """The sets of states whose pairs are all labelled, each in the order of the text."""
    involved = [code for code in forms if any(code in key for key in labelled)]
    if {(state, str(power)) for state, power in pairs(involved)} == set(labelled):
        return [involved] if involved else []
    return [
        [code for code in forms if code in both] for both in dict.fromkeys(frozenset(key) for key in labelled)
    ]


def _record(
    text: str, part: Sequence[str], forms: Forms, labelled: Labelled, origin: str, split: Split
) -> Record:
    chosen = [labelled[state, str(power)] for state, power in pairs(part)]
    name = f"{origin}-{sha1(text)[:12]}"
    dyads = [
        LabelledDyad(state=one.state, power=one.power, stance=one.stance, annotations=one.annotations)
        for one in chosen
    ]
    return Record(
        id=name,
        text=text,
        mentions={code: forms[code] for code in part},
        examples=tuple(dyads),
        split=split,
        group=chosen[0].group or name,
        register=REGISTER,
        phenomenon=PHENOMENON,
        origin=origin,
    )


def _named_apart(made: Sequence[Record]) -> list[Record]:
    """The records of one sentence with ids of their own."""
    if len(made) == 1:
        return list(made)
    return [one.model_copy(update={"id": "-".join((one.id, *one.mentions))}) for one in made]
