"""From bytes to text: UTF-8, UTF-16 and UTF-32, and whatever else detection can tell."""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from stance.errors import InputError

SAMPLE_BYTES: Final = 1 << 20
"""How much of a long input the detection looks at."""

_DETECTION_BYTES: Final = 1 << 16

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_LEGACY_ENCODINGS: Final = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874"),
    *("koi8_r", "koi8_u", "gb18030", "big5", "cp932", "euc_jp", "cp949"),
)
"""What news has been saved in before UTF-8; the rarer code pages only draw false guesses."""

_WESTERN_PUNCTUATION: Final = frozenset(
    b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa9\xab\xae\xb0\xb7\xbb"
)
"""Curly quotes, dashes and signs in Windows-1252: too little for a detection to go by."""

_CONTROL: Final = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f]")

_SIGNATURES: Final = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"PAR1", "a Parquet table"),
)


def decode(data: bytes, name: str, *, declared: str | None = None) -> str:
    """Return the text that ``data`` holds, without a byte order mark.

    Args:
        data: The whole input.
        name: What to call the input in an error.
        declared: The encoding that a server or page states; it counts when the bytes are not UTF-8.

    Raises:
        InputError: The bytes are no text.
    """
    encoding = detect_encoding(data, name, declared=declared)
    return data.decode(encoding, errors="replace")


def detect_encoding(data: bytes, name: str, *, declared: str | None = None) -> str:
    """Return the name of the encoding of ``data``, which may be the beginning of a longer input.

    Raises:
        InputError: The bytes are no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    refuse_signature(data, name)
    if b"\0" in data:
        return _wide_encoding(data, name)
    if _mostly_utf8(data):
        return "utf-8"
    _refuse_control_bytes(data, name)
    if declared is not None and _decodes(data, declared):
        return declared
    return _guess(data)


def refuse_signature(data: bytes, name: str) -> None:
    """Refuse the beginnings of well-known binary formats.

    Raises:
        InputError: ``data`` begins like a picture, an archive, a PDF and the like.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{name} is {kind}, not text: save the article as .txt or .html")


def _refuse_control_bytes(data: bytes, name: str) -> None:
    sample = data[:_DETECTION_BYTES]
    controls = sum(sample.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\v\x1b")
    if controls * 50 > len(sample):
        raise InputError(f"{name} is a binary file, not text: save the article as .txt or .html")


def _wide_encoding(data: bytes, name: str) -> str:
    """UTF-16 without a mark: text in Latin letters has its zero bytes all on one side."""
    sample = data[:_DETECTION_BYTES]
    half = max(1, len(sample) // 2)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample.decode(encoding, errors="replace")
    if max(odd, even) > 0.4 and min(odd, even) < 0.1 and not _CONTROL.search(text):
        return encoding
    raise InputError(f"{name} is a binary file, not text: save the article as .txt or .html")


def _mostly_utf8(data: bytes) -> bool:
    """Whether ``data`` is UTF-8, but for a cut at a sample's end or a few damaged characters."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data, final=len(data) < SAMPLE_BYTES)
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        damaged = text.count("\ufffd")
        intact = len(text) - len(text.encode("ascii", "ignore")) - damaged
        return intact > 4 * damaged
    return True


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _guess(data: bytes) -> str:
    """Ask charset-normalizer; between equals, Windows-1252 is by far the most frequent."""
    start = next((i for i, byte in enumerate(data) if byte > 0x7F), 0)
    sample = data[max(0, start - _DETECTION_BYTES // 4) :][:_DETECTION_BYTES]
    matches = from_bytes(sample, cp_isolation=list(_LEGACY_ENCODINGS))
    best = matches.best()
    foreign = [byte for byte in sample if byte > 0x7F and byte not in _WESTERN_PUNCTUATION]
    if best is None or len(foreign) < 4:
        return "cp1252"
    western = next((match for match in matches if match.encoding == "cp1252"), None)
    tied = western is not None and western.chaos <= best.chaos and western.coherence >= best.coherence
    return "cp1252" if tied else best.encoding
