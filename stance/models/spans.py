"""From examples to the arrays that an encoder reads: tokens, and masks over the mentions of each pair.

Needs the ``tokenizers`` package and numpy alone, so training and scoring share it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import AddedToken, Tokenizer
from tokenizers import Encoding as Encoded

from stance.errors import ModelError
from stance.models.encodings import SPECIAL_TOKENS, Encoding, Shown, show
from stance.schema import Example, Span

TOKENIZER = "tokenizer.json"

WINDOW = 4096
"""How many examples are put in order at a time: bounds the memory of their encodings."""

PAIRS = 4
"""At most this many times as many pairs as texts go into a batch."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class SpanBatch:
    """Arrays for one pass of an encoder over b texts of at most t tokens with p pairs in them.

    Attributes:
        input_ids: token ids, int64, shape ``(b, t)``.
        attention_mask: 1 for tokens and 0 for padding, int64, shape ``(b, t)``.
        rows: the text that each pair stands in, int64, shape ``(p,)``.
        state_mask: weights that average the tokens of the state's mentions, float32, shape ``(p, t)``.
        power_mask: the same for the power.
    """

    input_ids: NDArray[np.int64]
    attention_mask: NDArray[np.int64]
    rows: NDArray[np.int64]
    state_mask: NDArray[np.float32]
    power_mask: NDArray[np.float32]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The arrays by the names that the encoder's inputs have."""
        return {name: getattr(self, name) for name in self.__slots__}


INPUTS = ("input_ids", "attention_mask", "rows", "state_mask", "power_mask")


def _encodable(text: str) -> str:
    """``text`` with one replacement character for each that UTF-8 cannot encode, so that offsets hold."""
    return _LONE_SURROGATE.sub(_REPLACEMENT, text)


def _mean_mask(offsets: Sequence[tuple[int, int]], spans: Sequence[Span], width: int) -> NDArray[np.float32]:
    """Weights of the tokens that overlap a span; the first token where none does (cut off, unmatched)."""
    inside = [any(start < s.end and end > s.start for s in spans) and end > start for start, end in offsets]
    mask = np.zeros(width, dtype=np.float32)
    mask[: len(inside)] = inside
    if not mask.any():
        mask[0] = 1.0
    weights: NDArray[np.float32] = mask / mask.sum()
    return weights


class SpanTokenizer:
    """Encodes examples for one encoder: its tokenizer, an encoding, and the longest text it reads."""

    def __init__(self, tokenizer: Tokenizer, encoding: Encoding, max_length: int) -> None:
        self.tokenizer = tokenizer
        self.encoding = encoding
        self.max_length = max_length
        tokens = SPECIAL_TOKENS.get(encoding, ())
        tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in tokens])
        tokenizer.enable_truncation(max_length)
        tokenizer.no_padding()

    @classmethod
    def load(cls, folder: Path, encoding: Encoding, max_length: int) -> SpanTokenizer:
        """Read the tokenizer of a model folder.

        Raises:
            ModelError: it is missing or damaged.
        """
        try:
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as error:  # the tokenizers package raises bare exceptions
            raise ModelError(f"{folder / TOKENIZER} cannot be read: {error}") from None
        return cls(tokenizer, encoding, max_length)

    def save(self, folder: Path) -> list[str]:
        """Write the tokenizer to ``folder`` and return the name of its file."""
        self.tokenizer.save(str(folder / TOKENIZER))
        return [TOKENIZER]

    def lengths(self, examples: Sequence[Example]) -> list[int]:
        """The number of tokens of each example."""
        return self.lengths_shown([show(example, self.encoding) for example in examples])

    def lengths_shown(self, shown: Sequence[Shown]) -> list[int]:
        """The number of tokens of each text."""
        return [len(encoded.ids) for encoded in self._encode([one.text for one in shown])]

    def batch(self, examples: Sequence[Example]) -> SpanBatch:
        """Return the arrays for some examples; those that are shown as the same text share a row."""
        return self.batch_shown([show(example, self.encoding) for example in examples])

    def batch_shown(self, shown: Sequence[Shown]) -> SpanBatch:
        """Return the arrays for texts in which the spans are already found."""
        return self._arrays(shown, self._encode_each(shown))

    def batches(self, examples: Sequence[Example], size: int) -> Iterator[tuple[list[int], SpanBatch]]:
        """Yield the arrays for all ``examples`` in batches that waste little padding, each text encoded once.

        Args:
            examples: in any order.
            size: how many texts a batch holds.

        Yields:
            The indices of a batch's examples, and its arrays; short texts come first (in each ``WINDOW``).
        """
        for start in range(0, len(examples), WINDOW):
            shown = [show(example, self.encoding) for example in examples[start : start + WINDOW]]
            encoded = self._encode_each(shown)
            texts = [one.text for one in shown]
            for indices in by_text(texts, [len(encoded[text].ids) for text in texts], size):
                yield [start + i for i in indices], self._arrays([shown[i] for i in indices], encoded)

    def _encode_each(self, shown: Sequence[Shown]) -> dict[str, Encoded]:
        texts = list(dict.fromkeys(one.text for one in shown))
        return dict(zip(texts, self._encode(texts), strict=True))

    def _arrays(self, shown: Sequence[Shown], of_text: Mapping[str, Encoded]) -> SpanBatch:
        row_of = {text: row for row, text in enumerate(dict.fromkeys(one.text for one in shown))}
        encoded = [of_text[text] for text in row_of]
        width = max(len(one.ids) for one in encoded)
        ids = np.zeros((len(encoded), width), dtype=np.int64)
        attention = np.zeros((len(encoded), width), dtype=np.int64)
        for row, one in enumerate(encoded):
            ids[row, : len(one.ids)] = one.ids
            attention[row, : len(one.ids)] = 1
        rows = [row_of[one.text] for one in shown]
        offsets = [encoded[row].offsets for row in rows]
        state, power = (self._masks(shown, offsets, width, side) for side in ("state", "power"))
        return SpanBatch(ids, attention, np.array(rows, dtype=np.int64), state, power)

    def _encode(self, texts: Sequence[str]) -> list[Encoded]:
        return self.tokenizer.encode_batch([_encodable(text) for text in texts])

    @staticmethod
    def _masks(
        shown: Sequence[Shown], offsets: Sequence[list[tuple[int, int]]], width: int, side: str
    ) -> NDArray[np.float32]:
        pairs = zip(shown, offsets, strict=True)
        return np.stack([_mean_mask(places, getattr(one, side), width) for one, places in pairs])


def by_text(texts: Sequence[str], lengths: Sequence[int], size: int) -> list[list[int]]:
    """Return batches of indices, the short texts first, equal texts together.

    Args:
        texts: what is to be batched.
        lengths: their tokens.
        size: how many different texts a batch holds; of pairs it holds at most ``PAIRS`` times as many.
    """
    batches: list[list[int]] = []
    distinct: set[str] = set()
    for i in sorted(range(len(texts)), key=lambda i: (lengths[i], texts[i])):
        grown = len(distinct) == size and texts[i] not in distinct
        if not batches or grown or len(batches[-1]) == PAIRS * size:
            batches.append([])
            distinct = set()
        batches[-1].append(i)
        distinct.add(texts[i])
    return batches
