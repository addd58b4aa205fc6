"""An exact Jaccard index over sets of words: which sentences are nearly the same.

With prefix filtering (Bayardo, Ma and Srikant, 2007): sets that are alike must share one of their rarest
words, so only those are indexed. Exact, and a second for ten thousand sentences.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stance.schema import Mention
from stance.text.words import words

NEAR = 0.5
"""Jaccard similarity of words at which a text from elsewhere counts as one of the sentences that measure."""

_ROUNDING = 1e-9
"""0.55 * 100 is 55.000000000000007 in floating point, which must not be rounded up to 56."""


def masked_words(text: str, mentions: Iterable[Mention]) -> list[str]:
    """Return the words of ``text`` with every mention of a state replaced by one placeholder."""
    for mention in sorted(mentions, reverse=True):
        text = f"{text[: mention.start]} STATE {text[mention.end :]}"
    return words(text)


def jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the share of words that two sets have in common (Jaccard, 1901); 0 for two empty sets."""
    union = len(left | right)
    return len(left & right) / union if union else 0.0


def _prefix(words_of: frozenset[str], frequency: Mapping[str, int], threshold: float) -> list[str]:
    """The rarest words of a set, of which one at least is shared with every set that is alike."""
    rarest_first = sorted(words_of, key=lambda word: (frequency[word], word))
    least_common = math.ceil(threshold * len(words_of) - _ROUNDING)
    return rarest_first[: len(words_of) - least_common + 1]


def similar_pairs(sets: Sequence[frozenset[str]], threshold: float) -> Iterator[tuple[int, int, float]]:
    """Yield ``(i, j, jaccard)`` with ``i < j`` for every pair of sets at or above ``threshold``.

    Args:
        sets: one set of words for each sentence.
        threshold: in (0, 1].
    """
    frequency = Counter(word for one in sets for word in one)
    index: defaultdict[str, list[int]] = defaultdict(list)
    for j, right in enumerate(sets):
        prefix = _prefix(right, frequency, threshold)
        for i in sorted({i for word in prefix for i in index[word]}):
            similarity = jaccard(sets[i], right)
            if similarity >= threshold:
                yield i, j, similarity
        for word in prefix:
            index[word].append(j)


def near_any(sets: Sequence[frozenset[str]], others: Sequence[frozenset[str]], threshold: float) -> set[int]:
    """Return the indices of ``sets`` that are at or above ``threshold`` to one of ``others``."""
    frequency = Counter(word for one in (*sets, *others) for word in one)
    index: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for other in others:
        for word in _prefix(other, frequency, threshold):
            index[word].append(other)
    return {
        number
        for number, one in enumerate(sets)
        for word in _prefix(one, frequency, threshold)
        if any(jaccard(one, other) >= threshold for other in index[word])
    }


def held_out_among(texts: Iterable[str], held_out: Iterable[str]) -> frozenset[str]:
    """Return those of ``texts`` that are one of ``held_out`` or nearly (``NEAR``): nothing may learn them."""
    given, measuring = list(dict.fromkeys(texts)), list(dict.fromkeys(held_out))
    near = near_any([frozenset(words(t)) for t in given], [frozenset(words(t)) for t in measuring], NEAR)
    return frozenset(measuring).intersection(given) | {given[index] for index in near}


def clusters(size: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each of ``size`` items the smallest index that ``links`` connect it to."""
    parent = list(range(size))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for left, right in links:
        a, b = sorted((root(left), root(right)))
        parent[b] = a
    return [root(item) for item in range(size)]
