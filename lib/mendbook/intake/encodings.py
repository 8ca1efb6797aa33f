"""Tell in which encoding a text file was saved, where it is not UTF-8."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
"""Marks at the beginning of a file; that of UTF-32 begins with that of UTF-16."""
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
"""Bytes that stand in no text of one byte a letter."""
_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
"""A letter of UTF-8 beyond ASCII: a file in which most are such ones is UTF-8, and broken."""
_HIGH = re.compile(rb"[\x80-\xff]")
_LONG_RUN = re.compile(rb"[\x80-\xff]{3}")
"""Letters beyond ASCII next to each other: no language of Western Europe puts three together."""
_SAMPLE = 4096


def told_encoding(raw: bytes) -> str:
    """Return the name of the encoding of ``raw``, which is not UTF-8; empty where none is sure.

    UTF-16 and UTF-32 are told by their marks, UTF-16 also by its zero bytes. Windows-1252 is taken
    where what is not ASCII stands as single letters do in the languages of Western Europe: Russian,
    Greek or Chinese pages would decode as well, and mean nothing.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name if _decodes(raw, name) else ""
    for name, first in (("UTF-16LE", 1), ("UTF-16BE", 0)):
        zeros = raw[first:_SAMPLE:2]
        if zeros and 2 * zeros.count(0) > len(zeros) and not raw[1 - first : _SAMPLE : 2].count(0):
            return name if _decodes(raw, name) else ""
    broken = 2 * sum(map(len, _UTF8_LETTER.findall(raw))) > len(_HIGH.findall(raw))
    if broken or _CONTROL.search(raw) or _LONG_RUN.search(raw):
        return ""
    return "Windows-1252" if _decodes(raw, "Windows-1252") else ""


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
