"""A level that a message belongs at, told by its noun: *is a warning, not an error*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.evident.said import Said, are_places
from mendbook.fixes.instruction.places.scene import Scene, calls_in_quote
from mendbook.fixes.instruction.tree.syntax import callee_text

_LEVELS = {
    "trace": "trace", "debug": "debug", "info": "info", "informational": "info",
    "information": "info", "warn": "warn", "warning": "warn", "error": "error",
    "critical": "critical", "fatal": "fatal",
}  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(_LEVELS)})\b", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\bnot|\bno|\bhardly|\binstead\s+of|\brather\s+than|\bfrom)\s+(?:(?:at|as|just|merely|only)\s+)*"
    r"(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
_ANY = "|".join(_LEVELS)
_TELLS = re.compile(
    r"\b(?:is|are|be|as|at|to|on|deserves?|merits?|worth|warrants?|counts?\s+as)\s+"
    rf"(?:(?:only|merely|just|more|at\s+most|rather|really)\s+)*(?:an?\s+|the\s+)?"
    rf"(?P<level>{_ANY})\b"
    rf"|\b(?P<subject>{_ANY})\s+(?:level\s+)?(?:is\s+(?:enough|meant|the\s+level|plenty)"
    r"|suffices|will\s+do|it\s+should\s+be|is\s+what)",
    re.IGNORECASE,
)
_CALL = re.compile(r"(?P<who>[\w$.]+)\.(?P<level>[A-Za-z]+)")
_OWN = {"log", "use", "lower", "raise", "downgrade", "demote", "report", "make", "change", "reduce",
        "promote"}  # fmt: skip


def told_level(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the call at the level that is told: *this is a warning*, of ``logger.error(…)``."""
    words = list(_WORD.finditer(re.sub(r"⟦\d+⟧", lambda one: " " * len(one[0]), said.masked)))
    denied = {
        _LEVELS[one[0].lower()] for one in words if _DENIED.search(said.masked[: one.start()])
    }
    levels = {
        _LEVELS[(one["level"] or one["subject"]).lower()] for one in _TELLS.finditer(said.masked)
    } - denied
    if len(levels) != 1 or len(denied) > 1 or said.asks_more(_OWN):
        return
    (level,) = levels
    if not are_places(said, list(said.wanted()), scene):
        return
    calls = [
        (told["who"], told["level"])
        for one in calls_in_quote(scene)
        if (told := _CALL.fullmatch(callee_text(one))) is not None
        and told["level"].lower() in _LEVELS
    ]
    if len(calls) != 1:
        return
    who, now = calls[0]
    if {_LEVELS[one[0].lower()] for one in words} - {level, _LEVELS[now.lower()]}:
        return
    new = "warning" if level == "warn" and scene.language.name == "python" else level
    new = new.capitalize() if now[:1].isupper() else new
    if new != now:
        yield f"Replace `{who}.{now}` with `{who}.{new}`"
