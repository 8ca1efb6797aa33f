"""Give a finding an identity that stays when lines move."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

FINGERPRINT = "mendbook/v1"
"""The name of our fingerprint among SARIF's ``partialFingerprints``."""
_LINE_SUFFIX = re.compile(r"(?<=[\w)]):\d+(?:[-:]\d+)?\b")
_EDGE = " \t\r\n;,."


def fingerprint(file: str, symbol: str, rule: str, code: str) -> str:
    """Return 32 hexadecimal digits over where, which rule and what code, but no line number.

    In the manner of SARIF's ``partialFingerprints``: ``code`` counts without its white space and
    line suffixes (``a.ts:80``), so that moved or re-indented code is the same code.
    """
    parts = (file.rstrip("/"), symbol, rule, normal_code(code))
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def distinct(identities: Iterable[str]) -> Iterator[str]:
    """Yield each identity, but a further one where the same code is found again in one report."""
    seen: dict[str, int] = {}
    for identity in identities:
        yield further(identity, seen)


def further(identity: str, seen: dict[str, int]) -> str:
    """Return ``identity``, or a further one where ``seen``, which counts them, has it already."""
    count = seen[identity] = seen.get(identity, 0) + 1
    return identity if count == 1 else fingerprint(identity, "", "", f"#{count}")


def normal_code(code: str) -> str:
    """Return ``code`` as it is compared: no white space, no line suffixes, no loose ends."""
    bare = _LINE_SUFFIX.sub("", code) if ":" in code else code
    return "".join(bare.strip(_EDGE).split())
