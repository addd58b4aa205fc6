"""Bytes become text, whatever they were saved in; what is no text is refused in one line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.errors import InputError
from stance.text.decoding import decode, detect_encoding

FRENCH = "Le président déclare que l’accord avec Pékin sera signé à Paris après l’été."
POLISH = "Żołnierze ćwiczą przy granicy, bo Warszawa zaostrza politykę wobec Moskwy."
RUSSIAN = "Министр сказал, что соглашение с Пекином будет подписано в Москве."
CHINESE = "外交部长表示，两国将继续扩大贸易往来。"
PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), min_size=1)


@given(PRINTABLE)
def test_utf8_comes_back_unchanged(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@given(text=PRINTABLE)
def test_a_byte_order_mark_decides_and_is_dropped(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_known_without_a_mark(encoding: str) -> None:
    assert decode("Two ministers met.".encode(encoding), "a.txt") == "Two ministers met."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(FRENCH, "cp1252"), (POLISH, "cp1250"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (CHINESE, "gb18030")],
)
def test_older_encodings_are_detected(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


def test_a_few_accents_are_taken_for_western() -> None:
    assert decode("Über den Vertrag – nichts.".encode("cp1252"), "a.txt") == "Über den Vertrag – nichts."


def test_one_damaged_character_does_not_spoil_utf8() -> None:
    data = FRENCH.encode() + b" \xff."
    assert decode(data, "a.txt") == FRENCH + " \ufffd."


def test_a_declared_encoding_counts_when_the_bytes_are_not_utf8() -> None:
    assert decode("ıssız".encode("cp1254"), "a.html", declared="cp1254") == "ıssız"


def test_a_declared_encoding_does_not_overrule_utf8() -> None:
    assert decode("né".encode(), "a.html", declared="latin-1") == "né"


def test_an_unknown_declared_encoding_is_overlooked() -> None:
    assert decode("Über".encode("cp1252"), "a.html", declared="klingon") == "Über"


def test_a_sample_may_end_inside_a_character() -> None:
    data = ("é" * (1 << 19)).encode() + "é".encode()[:1]
    assert detect_encoding(data, "long.txt") == "utf-8"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\0", "zip"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\0\1\2\3\0\xff", "binary"),
        (bytes(range(1, 32)) * 4 + b"\xff", "binary"),
    ],
)
def test_binary_files_are_refused_by_name(data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=rf"^leak\.bin is .*{kind}.*not text"):
        decode(data, "leak.bin")


@given(st.binary())
def test_any_bytes_become_text_or_one_line(data: bytes) -> None:
    with suppress(InputError):
        assert isinstance(decode(data, "a.txt"), str)
