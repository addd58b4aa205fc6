"""A random BERT of two small layers and a word-level tokenizer: enough to train, save and export in seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordLevel
from tokenizers.processors import TemplateProcessing
from toy_corpus import toy_records
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from stance.models.encodings import Encoding
from stance.models.trainer import TransformerSettings
from stance.text.words import words

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def tokenizer() -> Tokenizer:
    """Return a tokenizer that knows the words of the toy corpus."""
    vocabulary = [*SPECIAL, ".", *sorted({word for record in toy_records() for word in words(record.text)})]
    made = Tokenizer(WordLevel({word: number for number, word in enumerate(vocabulary)}, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return made


def write_encoder(folder: Path) -> Path:
    """Write pretrained-looking files to ``folder`` and return it."""
    made = tokenizer()
    config = BertConfig(
        vocab_size=made.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    torch.manual_seed(1)
    BertModel(config).save_pretrained(folder)
    fast: Any = PreTrainedTokenizerFast
    fast(tokenizer_object=made, pad_token="[PAD]", unk_token="[UNK]").save_pretrained(folder)
    return folder


def tiny_settings(folder: Path, **changes: Any) -> TransformerSettings:
    """Write an encoder to ``folder`` and return how it is fine-tuned, ``changes`` apart: markers, no chance."""
    plain: dict[str, Any] = {
        "pretrained": str(write_encoder(folder)),
        "sha256": None,
        "encoding": Encoding.MARKERS,
        "max_length": 48,
        "epochs": 12,
        "patience": 12,
        "learning_rate": 5e-3,
        "head_learning_rate": 5e-3,
        "batch_size": 8,
        "gradient_accumulation": 1,
        "warmup": 0.1,
        "weight_decay": 0.0,
        "dropout": 0.0,
        "label_smoothing": 0.0,
        "class_weights": "none",
        "swap": 0.0,
        "bf16": False,
    }
    return TransformerSettings(**plain | changes)
