"""What only says how the code is."""

from __future__ import annotations

import re

_STATES = (
    r"(?:is|are|was|has|have|does|isn't|aren't|hasn't|doesn't|awaits|takes|reads|returns|exists"
    r"|declares|handles|covers|supports|accepts|already|never|only|always|cannot|can't|can|may"
    r"|will|itself|do|don't)"
)
_PLAINLY = (
    r"(?:is|are|was|has|have|does|do|isn't|aren't|hasn't|doesn't|don't|awaits|exists|already|never"
    r"|cannot|can|can't|may|might|could|will|would|won't)"
)
_REMARK = re.compile(
    rf"^(?:[\w$]+\s+{_PLAINLY}\b|⟦\d+⟧(?:\s+\([^)]*\))?\s+{_STATES}\b"
    r"|⟦\d+⟧\s+(?:only\s+|also\s+|always\s+)?(?!passes|calls|takes|returns|gets|becomes|needs)"
    r"[a-z]{2,}s\b(?!\s*:)"
    rf"|nothing|nobody|no one|no\s|it\s|they\s|this\s|that\s|these\s|there\s|like\s|just as"
    r"|as\s(?!(?:⟦\d+⟧|\w+)\s*(?:,|and\b|$))"
    rf"|(?:the|an?|every|each|all|most|such)\s+(?:[\w$⟦⟧()-]+\s+){{1,6}}?{_STATES}\b)",
    re.IGNORECASE,
)
DOES = re.compile(r"^(?P<subject>⟦\d+⟧)\s+(?:only\s+|also\s+)?[a-z]{2,}s\b")
ABOUT = re.compile(rf"^(?P<subject>.+?)\s+{_STATES}\b", re.IGNORECASE | re.DOTALL)


def is_remark(rest: str) -> bool:
    """Tell whether a part of a sentence only says how things are."""
    return bool(_REMARK.match(rest)) and not re.match(r"[^⟦]*\b(?:has|have|had) to\b", rest)
