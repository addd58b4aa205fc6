"""The arrays that an encoder reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tiny_encoder import tokenizer

from stance.errors import ModelError
from stance.models.encodings import Encoding
from stance.models.spans import SpanTokenizer, by_text
from stance.schema import Example, Power
from stance.text.mentions import find_mentions

TEXT = "Kenya condemned China and Russia."


def example(state: str = "KEN", power: str = "CHN", text: str = TEXT) -> Example:
    return Example(text, state, Power(power), find_mentions(text))


def spans(encoding: Encoding = Encoding.SPANS, max_length: int = 32) -> SpanTokenizer:
    return SpanTokenizer(tokenizer(), encoding, max_length)


def marked(mask: np.ndarray, ids: np.ndarray, reader: SpanTokenizer) -> list[str]:
    return [str(reader.tokenizer.id_to_token(int(ids[i]))) for i in np.flatnonzero(mask)]


def test_pairs_of_a_sentence_share_a_pass_where_only_spans_tell_them() -> None:
    batch = spans().batch([example(), example("KEN", "RUS"), example("RUS", "CHN")])
    assert batch.input_ids.shape[0] == 1
    assert batch.rows.tolist() == [0, 0, 0]
    assert batch.state_mask.shape[0] == 3


def test_markers_give_every_pair_a_text_of_its_own() -> None:
    batch = spans(Encoding.MARKERS).batch([example(), example("KEN", "RUS")])
    assert batch.rows.tolist() == [0, 1]


def test_masks_lie_over_the_mentions() -> None:
    reader = spans()
    batch = reader.batch([example()])
    assert marked(batch.state_mask[0], batch.input_ids[0], reader) == ["kenya"]
    assert marked(batch.power_mask[0], batch.input_ids[0], reader) == ["china"]


def test_markers_do_not_count_as_the_mention() -> None:
    reader = spans(Encoding.MARKERS)
    batch = reader.batch([example()])
    assert marked(batch.state_mask[0], batch.input_ids[0], reader) == ["kenya"]


def test_markers_are_tokens_of_their_own() -> None:
    reader = spans(Encoding.MARKERS)
    tokens = reader.tokenizer.encode("[S] Kenya [/S]").tokens
    assert tokens == ["[CLS]", "[S]", "kenya", "[/S]", "[SEP]"]


def test_masks_average() -> None:
    batch = spans().batch([example(text="Kenya and Kenya condemned China.")])
    assert batch.state_mask[0].tolist().count(0.5) == 2
    assert batch.state_mask.sum(axis=1) == pytest.approx(1)


def test_an_unmatched_pair_is_read_from_the_first_token() -> None:
    batch = spans().batch([Example("It rained.", "KEN", Power.CHN)])
    assert batch.state_mask[0, 0] == 1


def test_what_is_cut_off_is_read_from_the_first_token() -> None:
    batch = spans(max_length=4).batch([example()])
    assert batch.input_ids.shape == (1, 4)
    assert batch.power_mask[0, 0] == 1


def test_short_texts_are_padded() -> None:
    batch = spans().batch([example(), example(text="Kenya condemned China and expelled its envoy on day.")])
    assert batch.attention_mask.sum(axis=1).tolist() == spans().lengths(
        [example(), example(text="Kenya condemned China and expelled its envoy on day.")]
    )


def test_batches_hold_everything_once_and_the_short_first() -> None:
    batches = by_text(["Kenya condemned China.", TEXT, "Kenya met China."], [6, 8, 6], 2)
    assert sorted(index for batch in batches for index in batch) == [0, 1, 2]
    assert batches[-1] == [1]


def test_pairs_of_one_text_count_as_one_text() -> None:
    assert by_text(["b", "a", "b", "c"], [1, 1, 1, 1], 2) == [[1, 0, 2], [3]]


def test_a_batch_does_not_hold_any_number_of_pairs() -> None:
    assert [len(batch) for batch in by_text(["a"] * 10, [1] * 10, 1)] == [4, 4, 2]


@pytest.mark.parametrize("encoding", [Encoding.SPANS, Encoding.MARKERS])
def test_batches_are_what_each_batch_alone_would_be(encoding: Encoding) -> None:
    examples = [
        example("KEN", power, text) for text in (TEXT, f"{TEXT} It rained.") for power in ("CHN", "RUS")
    ]
    seen = []
    for indices, arrays in spans(encoding).batches(examples[::-1], 2):
        alone = spans(encoding).batch([examples[::-1][i] for i in indices])
        assert all((arrays.arrays()[name] == array).all() for name, array in alone.arrays().items())
        seen += indices
    assert sorted(seen) == [0, 1, 2, 3]


def test_there_are_no_batches_of_nothing() -> None:
    assert list(spans().batches([], 2)) == []


def test_a_tokenizer_survives_its_file(tmp_path: Path) -> None:
    reader = spans(Encoding.MARKERS)
    reader.save(tmp_path)
    again = SpanTokenizer.load(tmp_path, Encoding.MARKERS, 32)
    assert (again.batch([example()]).input_ids == reader.batch([example()]).input_ids).all()


def test_a_damaged_tokenizer_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json cannot be read"):
        SpanTokenizer.load(tmp_path, Encoding.MARKERS, 32)


def test_half_a_character_is_read_as_one_unknown_character() -> None:
    whole, half = (example(text=f"Kenya {mark} condemned China.") for mark in ("\ufffd", "\ud800"))
    reader = spans()
    assert (reader.batch([half]).input_ids == reader.batch([whole]).input_ids).all()
    assert reader.lengths([half]) == reader.lengths([whole])


@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_masks_lie_over_the_mentions_behind_half_a_character(code: int) -> None:
    reader, half = spans(), chr(code)
    batch = reader.batch([example(text=f"{half} Kenya condemned {half}{half} China.")])
    assert marked(batch.state_mask[0], batch.input_ids[0], reader) == ["kenya"]
    assert marked(batch.power_mask[0], batch.input_ids[0], reader) == ["china"]
