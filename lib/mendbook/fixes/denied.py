"""Whether a fix text speaks of a repair only to say that it is not wanted, or leaves it open."""

from __future__ import annotations

import re

_NOT = (
    r"\b(?:not|never|no|without|avoid\w*|instead of|rather than|don't|doesn't|mustn't|shouldn't"
    r"|isn't|can't|cannot|nor|neither)\b"
)
_OPEN = re.compile(
    r"\b(?:either|alternatively|perhaps|maybe|consider|optionally|if (?:possible|feasible)"
    r"|where (?:possible|appropriate))\b",
    re.IGNORECASE,
)


_WOULD = (
    r"(?:would|could|might)\b(?! (?:do\b|suffice|help|be (?:faster|better|enough|simpler|shorter)))"
)
_MORE = re.compile(
    r"(?:^|[.;]\s+)\W*(?:refuse|reject|deny|respond|reply|retry|notify|redirect|skip|validate|verify"
    r"|emit|persist|publish|alert|log|count|cache)\s+(?:an?|the|any|every|each|all|it|them|when|if)\b",
    re.IGNORECASE,
)
"""Orders that no refactoring carries out."""
_KEEPS = re.compile(
    r"\b(?:keep|leave)\s+(?:the|this|that)\s+(?:loop|switch|chain|ifs?|list|array|call|code|nesting)\b",
    re.IGNORECASE,
)


def is_denied(fix: str, cue: str) -> bool:
    """Tell whether each part of ``fix`` that speaks of ``cue`` says not to: *not in parallel*."""
    parts = re.split(r"[.;:,()]\s+|\s+[–—-]\s+|\bbut\b|\band\b", fix)
    told = [one for one in parts if re.search(cue, one, re.IGNORECASE)]
    return bool(told) and all(_denies(one, cue) for one in told)


def _denies(part: str, cue: str) -> bool:
    said = re.search(rf"{_NOT}(?:\W+\w+){{0,4}}?\W+(?:{cue})", part, re.IGNORECASE)
    harm = re.search(rf"(?:{cue})(?:\W+\w+){{0,2}}?\s+{_WOULD}", part, re.IGNORECASE)
    return said is not None or harm is not None


def is_left_open(fix: str) -> bool:
    """Tell whether a fix text leaves a choice in its words, orders more, or keeps what is there."""
    bare = re.sub(r"`[^`]*`", "", fix)
    return any(one.search(bare) is not None for one in (_OPEN, _MORE, _KEEPS))
