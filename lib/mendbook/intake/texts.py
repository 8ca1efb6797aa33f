"""Tell whether two texts are one file's, whatever a checkout did to its line ends and its mark."""

from __future__ import annotations

import hashlib
import re

BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n?")
_SPACE = re.compile(r"\s+")


def plain_text(text: str) -> str:
    """Return ``text`` with plain line ends and without a byte order mark."""
    text = text.removeprefix(BOM)
    return _LINE_END.sub("\n", text) if "\r" in text else text


def text_digest(text: str) -> str:
    """Return the digest of a report's text: it is the same for every checkout of one blob."""
    return f"text:{_sha256(plain_text(text))}"


def file_digest(sha256: str) -> str:
    """Return the digest that a report's SHA-256 of a file's bytes is compared as."""
    return f"file:{sha256.lower()}"


def is_of(digest: str, text: str) -> bool:
    """Tell whether ``digest`` is of ``text``, checked out with either kind of line ends."""
    if digest.startswith("text:"):
        return digest == text_digest(text)
    plain = text.replace("\r\n", "\n")
    return digest in {file_digest(_sha256(each)) for each in (text, plain, _crlf(plain))}


def quotes(quote: str, line: int, text: str) -> bool:
    """Tell whether ``quote`` stands in ``text`` from 1-based ``line`` on, white space aside."""
    lines = plain_text(text).split("\n")
    count = plain_text(quote).count("\n") + 1
    if not 0 < line <= len(lines):
        return False
    return _squeezed(quote) in _squeezed("\n".join(lines[line - 1 : line - 1 + count]))


def with_line_ends_of(text: str, inserted: str) -> str:
    """Return ``inserted`` with the line ends that most lines of ``text`` have."""
    plain = inserted.replace("\r\n", "\n")
    crlf = text.count("\r\n")
    return _crlf(plain) if crlf > text.count("\n") - crlf else plain


def _crlf(plain: str) -> str:
    return plain.replace("\n", "\r\n")


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
