"""Dealing cards from a design: every deck is laid out in exact proportion, then shuffled by a seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, TypeVar

from stance.corpus.cards import Card, Dyad
from stance.schema import LABELS, POWERS

Item = TypeVar("Item")
PLAIN = "plain"
NARROW_REGISTERS = ("sports", "crime")


def deck(shares: Mapping[str, float], size: int, random: Random) -> list[str]:
    """Return ``size`` names in the proportion of ``shares`` (largest remainders), shuffled."""
    total = sum(shares.values())
    exact = {name: share / total * size for name, share in shares.items()}
    counts = {name: int(value) for name, value in exact.items()}
    by_remainder = sorted(exact, key=lambda name: counts[name] - exact[name])
    for name in by_remainder[: size - sum(counts.values())]:
        counts[name] += 1
    cards = [name for name, count in counts.items() for _ in range(count)]
    random.shuffle(cards)
    return cards


def bag(items: Sequence[Item], random: Random) -> Iterator[Item]:
    """Yield ``items`` without end: each pass through all of them in a new order."""
    while True:
        order = list(items)
        random.shuffle(order)
        yield from order


@dataclass(slots=True)
class Slot:
    """A sentence to be: its phenomenon, its shape and the group that ties a minimal pair."""

    phenomenon: str
    shape: str
    group: int
    twin: bool = False


class Dealer:
    """Deals the cards of one design with one seed."""

    def __init__(self, design: Mapping[str, Any], seed: int) -> None:
        self.design = design
        self.random = Random(seed)  # noqa: S311
        self.unseen: list[str] = design["unseen"]["states"]
        emphasis = {state: int(n) for n, states in design["emphasis"].items() for state in states}
        known = sorted({state for region in design["regions"].values() for state in region})
        seen = [state for state in known if state not in self.unseen]
        self.states = bag([state for state in seen for _ in range(emphasis.get(state, 1))], self.random)
        self.strangers = bag(self.unseen, self.random)
        self.powers = bag(list(POWERS), self.random)
        self.labels: Counter[str] = Counter()
        self.main = {
            name: iter(deck(entry["labels"], 2 * entry["sentences"], self.random))
            for name, entry in design["phenomena"].items()
        }

    def deal(self) -> list[Card]:
        """Return all cards, in the order of their ids."""
        slots = self._slots()
        unseen = set(self.random.sample(range(len(slots)), self.design["unseen"]["sentences"]))
        plain_last = sorted(range(len(slots)), key=lambda i: (slots[i].phenomenon == PLAIN, i))
        dyads: dict[int, tuple[Dyad, ...]] = {}
        for index in plain_last:
            slot = slots[index]
            if slot.twin:
                dyads[index] = self._twin(dyads[index - 1])
            else:
                dyads[index] = self._dyads(
                    slot, index in unseen or (index + 1 in unseen and self._leads(slots, index))
                )
        return self._dress(slots, dyads)

    @staticmethod
    def _leads(slots: Sequence[Slot], index: int) -> bool:
        return index + 1 < len(slots) and slots[index + 1].twin

    def _slots(self) -> list[Slot]:
        """Give every sentence a phenomenon and a shape; minimal pairs take two neighbouring slots."""
        shapes = Counter(self.design["shapes"])
        units: list[tuple[str, int]] = []
        for name, entry in self.design["phenomena"].items():
            pairs = entry.get("pairs", 0)
            units += [(name, 2)] * pairs + [(name, 1)] * (entry["sentences"] - 2 * pairs)
        left = self.design["sentences"] - sum(size for _, size in units)
        units += [(PLAIN, 1)] * left
        self.random.shuffle(units)
        units.sort(key=lambda unit: (not self._prefers(unit[0]), -unit[1]))  # the choosy ones draw first
        drawn = [(name, size, self._shape(name, size, shapes)) for name, size in units]
        self.random.shuffle(drawn)
        slots: list[Slot] = []
        for group, (name, size, shape) in enumerate(drawn):
            slots += [Slot(name, shape, group, twin=number == 1) for number in range(size)]
        return slots

    def _prefers(self, name: str) -> list[str]:
        preferred: list[str] = self.design["phenomena"].get(name, {}).get("shapes", [])
        return preferred

    def _shape(self, name: str, size: int, shapes: Counter[str]) -> str:
        wanted = self._prefers(name) or (["S1P1", "S2P1"] if size == 2 else [])
        open_shapes = {shape: n for shape, n in shapes.items() if n >= size}
        wanted_open = {shape: n for shape, n in open_shapes.items() if shape in wanted} or open_shapes
        shape = self.random.choices(list(wanted_open), weights=list(wanted_open.values()))[0]
        shapes[shape] -= size
        return shape

    def _dyads(self, slot: Slot, unseen: bool) -> tuple[Dyad, ...]:
        states, powers = int(slot.shape[1]), int(slot.shape[3])
        power_codes = self._different(self.powers, powers)
        state_codes = self._neighbours(states, unseen)
        pairs = [(s, p) for s in state_codes for p in power_codes]
        pairs += [(p, q) for p in power_codes for q in power_codes if p != q]
        labels: list[str] = []
        for index, (state, _) in enumerate(pairs):
            labels.append(self._label(slot.phenomenon, index, state, labels, len(power_codes)))
        self.labels.update(labels)
        return tuple(Dyad(s, str(p), label) for (s, p), label in zip(pairs, labels, strict=True))

    def _label(self, phenomenon: str, index: int, state: str, so_far: list[str], powers: int) -> str:
        secondary = self.design["secondary"]
        if phenomenon == PLAIN and state not in POWERS:
            return self._short_label()
        if index == 0:
            return next(self.main[phenomenon]) if phenomenon != PLAIN else self._short_label()
        if phenomenon in secondary["quiet"]:
            return "none"
        if state in POWERS:
            return self._draw(secondary["power-on-power"])
        if powers > 1 and index < powers:
            return self._second_power(phenomenon, so_far[0])
        return self._draw(secondary["bystander"])

    def _second_power(self, phenomenon: str, first: str) -> str:
        if phenomenon == "comparison":
            return "away" if first == "toward" else "toward"
        if first == "hedging" and self.random.random() < 0.6:
            return "hedging"
        return self._draw(self.design["secondary"]["second-power"])

    def _draw(self, weights: Mapping[str, float]) -> str:
        return self.random.choices(list(weights), weights=list(weights.values()))[0]

    def _short_label(self) -> str:
        """A label drawn by how far each is behind its target so far."""
        total = sum(self.labels.values()) + 1
        targets = self.design["label_targets"]
        behind = {name: max(targets[name] * total - self.labels[name], 0) + 0.02 * total for name in LABELS}
        return self._draw({str(name): value for name, value in behind.items()})

    def _twin(self, dyads: tuple[Dyad, ...]) -> tuple[Dyad, ...]:
        """The dyads of a minimal pair's second sentence: the main label changes, the rest stays."""
        others = {str(name): 1.0 + (name != "none") for name in LABELS if name != dyads[0].stance}
        twin = (replace(dyads[0], stance=self._draw(others)), *dyads[1:])
        self.labels.update(dyad.stance for dyad in twin)
        return twin

    def _different(self, source: Iterator[Item], size: int) -> list[Item]:
        found: list[Item] = []
        while len(found) < size:
            item = next(source)
            if item not in found:
                found.append(item)
        return found

    def _neighbours(self, size: int, unseen: bool) -> list[str]:
        """States for one sentence: more often than not from one region."""
        if not size:
            return []
        first = next(self.strangers if unseen else self.states)
        found = [first]
        homes = [region for region in self.design["regions"].values() if first in region]
        while len(found) < size:
            near = self.random.random() < 0.55
            state = self.random.choice(self.random.choice(homes)) if near else next(self.states)
            if state not in found and (unseen or state not in self.unseen):
                found.append(state)
        return found

    def _dress(self, slots: Sequence[Slot], dyads: Mapping[int, tuple[Dyad, ...]]) -> list[Card]:
        """Add what varies the wording; the two sentences of a minimal pair share it."""
        size, random, design = len(slots), self.random, self.design
        registers = deck(design["registers"], size, random)
        lengths = deck(design["lengths"], size, random)
        orders = deck(design["orders"], size, random)
        openings, topics = bag(design["openings"], random), bag(design["topics"], random)
        form_names = list(design["forms"])
        form_weights = list(design["forms"].values())
        cards: list[Card] = []
        for index, slot in enumerate(slots):
            codes = dict.fromkeys(code for dyad in dyads[index] for code in (dyad.state, dyad.power))
            number = f"c{index + 1:04d}"
            if slot.twin:
                cards.append(replace(cards[-1], id=number, dyads=dyads[index]))
                continue
            register = self._register(registers, index, slot.phenomenon)
            forms = {code: random.choices(form_names, weights=form_weights)[0] for code in codes}
            if slot.phenomenon == "metonymy":
                forms = {code: random.choice(["capital", "leader", form_names[-1]]) for code in codes}
            cards.append(
                Card(
                    id=number,
                    group=f"g{slot.group + 1:04d}",
                    dyads=dyads[index],
                    phenomenon=slot.phenomenon,
                    register=register,
                    topic=next(topics),
                    year=self._year(),
                    length="8-14 words" if register == "headline" else lengths[index],
                    opening=next(openings),
                    order=orders[index],
                    forms=forms,
                    unseen=any(code in self.unseen for code in codes),
                )
            )
        return cards

    def _register(self, registers: list[str], index: int, phenomenon: str) -> str:
        """Sports and crime go to sentences without a position: swap with a later card otherwise."""
        quiet = self.design["secondary"]["quiet"]
        if registers[index] in NARROW_REGISTERS and phenomenon not in quiet:
            for later in range(index + 1, len(registers)):
                if registers[later] not in NARROW_REGISTERS:
                    registers[index], registers[later] = registers[later], registers[index]
                    break
        return registers[index]

    def _year(self) -> int:
        first, last = self.design["years"]
        return int(last - (last - first) * self.random.random() ** 2)


def deal(design: Mapping[str, Any], seed: int) -> list[Card]:
    """Deal the cards of ``design``; the same seed deals the same cards."""
    return Dealer(design, seed).deal()
