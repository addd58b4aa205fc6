"""Encoders whose tokenizers cut words into pieces with their space: DeBERTa v3 and the multilingual ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoConfig, AutoModel, DebertaV2Tokenizer, XLMRobertaTokenizer

from stance.experiments.config import load_config
from stance.models.encodings import Encoding
from stance.models.spans import SpanTokenizer
from stance.models.trainer import TransformerSettings
from stance.models.training import start
from stance.models.transformer import TransformerClassifier
from stance.schema import Example, Power
from stance.text.mentions import find_mentions

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
PIECES = "▁ ▁Ken ya ▁the ▁United ▁States ▁condemned ▁China ▁and ▁Russia . ’ s “ ” C h i n a".split()
SIZES = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
DEBERTA = {
    "relative_attention": True,
    "position_buckets": 8,
    "norm_rel_ebd": "layer_norm",
    "share_att_key": True,
    "pos_att_type": ["p2c", "c2p"],
    "position_biased_input": False,
    "type_vocab_size": 0,
}
FAMILIES: dict[str, tuple[Any, tuple[str, ...], dict[str, Any]]] = {
    "deberta-v2": (DebertaV2Tokenizer, ("[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"), DEBERTA),
    "xlm-roberta": (XLMRobertaTokenizer, ("<s>", "<pad>", "</s>", "<unk>", "<mask>"), {"pad_token_id": 1}),
}
"""What is particular to each: its tokenizer, the tokens that this one begins with, and its configuration."""


def made_tokenizer(family: str) -> Any:
    """The family's tokenizer with a vocabulary of a few pieces."""
    kind, special, _ = FAMILIES[family]
    pieces = [*((token, 0.0) for token in special), *((piece, -3.0) for piece in PIECES)]
    return kind(vocab=pieces)


def example(text: str, power: str = "CHN") -> Example:
    return Example(text, "KEN", Power(power), find_mentions(text))


def read(family: str, encoding: Encoding, shown: Example) -> tuple[list[str], list[str]]:
    """The pieces that the state's and the power's masks lie over."""
    reader = SpanTokenizer(made_tokenizer(family).backend_tokenizer, encoding, 48)
    batch = reader.batch([shown])
    state, power = (
        [str(reader.tokenizer.id_to_token(int(batch.input_ids[0][i]))) for i in np.flatnonzero(mask[0])]
        for mask in (batch.state_mask, batch.power_mask)
    )
    return state, power


@pytest.fixture(params=sorted(FAMILIES))
def family(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("encoding", [Encoding.SPANS, Encoding.MARKERS, Encoding.TYPED, Encoding.PLAIN])
def test_masks_lie_over_all_pieces_of_a_mention_and_no_others(family: str, encoding: Encoding) -> None:
    shown = example("Kenya condemned the United States and Russia.", "USA")
    assert read(family, encoding, shown) == (["▁Ken", "ya"], ["▁United", "▁States"])


def test_a_mention_behind_a_quotation_mark_is_found(family: str) -> None:
    shown = example("“China’s and Russia” Kenya condemned.")
    assert read(family, Encoding.SPANS, shown)[1] == ["C", "h", "i", "n", "a"]


def test_white_space_that_the_tokenizer_squeezes_moves_no_mask(family: str) -> None:
    shown = example("Kenya  condemned \t the   China.")
    assert read(family, Encoding.SPANS, shown) == (["▁Ken", "ya"], ["▁China"])


def test_roles_stay_whole(family: str) -> None:
    assert read(family, Encoding.MASKED, example("Kenya condemned China.")) == (["[S]"], ["[P]"])


def write_encoder(folder: Path, family: str, dtype: torch.dtype) -> TransformerSettings:
    """Write a random encoder of the family to ``folder``, and return the settings that start from it."""
    tokenizer = made_tokenizer(family)
    config = AutoConfig.for_model(family, vocab_size=len(tokenizer), **SIZES, **FAMILIES[family][2])
    torch.manual_seed(1)
    bare: Any = AutoModel
    bare.from_config(config).to(dtype).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    name = "deberta_v3_base" if family == "deberta-v2" else "multilingual"
    section = load_config(CONFIGS / f"{name}.yaml").transformer
    return TransformerSettings(**section.model_dump(exclude={"intermediate"}) | {"pretrained": str(folder)})


def types(classifier: TransformerClassifier) -> set[torch.dtype]:
    return {parameter.dtype for parameter in classifier.encoder.parameters()}


def test_a_text_is_read_the_same_beside_a_longer_one(family: str, tmp_path: Path) -> None:
    classifier = start(write_encoder(tmp_path, family, torch.float32))
    short, long = example("Kenya condemned China."), example("Kenya condemned China and the United States.")
    alone, together = classifier.predict_proba([short]), classifier.predict_proba([short, long])
    assert together[0] == pytest.approx(alone[0], abs=1e-5)


def test_weights_that_were_saved_in_16_bits_are_trained_in_32(family: str, tmp_path: Path) -> None:
    classifier = start(write_encoder(tmp_path, family, torch.float16))
    assert types(classifier) == {torch.float32}


def test_a_trained_model_is_read_in_the_32_bits_that_it_was_trained_in(family: str, tmp_path: Path) -> None:
    classifier = start(write_encoder(tmp_path, family, torch.float16))
    classifier.save(tmp_path)
    again = TransformerClassifier.load(tmp_path, classifier.tokenizer)
    asked = [example("Kenya condemned China.")]
    assert types(again) == {torch.float32}
    assert again.predict_proba(asked) == pytest.approx(classifier.predict_proba(asked), abs=1e-6)
