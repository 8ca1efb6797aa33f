"""Code that a text shows whole: where it goes, and the setting that it is the new value of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.fragments.shape import is_same_setting
from mendbook.fixes.instruction.rewording.marks import CODE, Make, Marks

_PUT = r"(?:add|insert|put|place|write)"
_TURN = r"(?:change|turn|set|raise|increase|bump|lower|reduce|decrease|shorten|lengthen|shrink|cut)"
_HANDLER = r"(?:catch|except|rescue|handler)"


def _rules() -> Iterator[tuple[re.Pattern[str], Make]]:
    for form, make in (
        (rf"(?:(?:right|just|directly|immediately)\s+)?(?P<where>before|after)\s+(?P<at>{CODE})\s+"
         rf"{_PUT}\s+(?P<code>{CODE})", _placed),
        (rf"(?:(?:right|just|directly|immediately)\s+)?after\s+the\s+(?:err(?:or)?|nil)\s+check"
         rf"(?:\s+(?:of|for)\s+(?:the\s+)?(?:{CODE}|[\w.()]+)(?:\s+call)?)?,?\s+{_PUT}\s+"
         rf"(?P<code>{CODE})", lambda match, _: f"Add {match['code']} after the error check"),
        (rf"in\s+(?:the|that|this)\s+(?:empty\s+)?(?P<of>{_HANDLER})(?:\s+(?:block|clause))?,?\s+"
         rf"(?:log|report|print)\s+(?:it|the\s+(?:error|exception))(?:\s+(?:with|by|as)|:)?\s+"
         rf"(?P<code>{CODE})", _logged),
        (rf"{_TURN}\s+(?:the\s+)?(?P<a>{CODE})\s+(?:in)?to\s+(?P<b>{CODE})", _set_anew),
        (rf"[A-Z][^⟦:]*?\s(?:on|at|before|upon|when)\s+(?:(?:the|it|component)\s+)*(?:un-?mounts?"
         rf"|clean-?up|teardown)[^⟦:]*:\s+(?P<code>{CODE})", _cleaned_up),
    ):  # fmt: skip
        yield re.compile(form, re.IGNORECASE | re.DOTALL), make


def _placed(match: re.Match[str], marks: Marks) -> str:
    return f"{match['where'].capitalize()} {match['at']}, add {match['code']}"


def _logged(match: re.Match[str], marks: Marks) -> str:
    return f"In the empty {match['of']}, add {match['code']}"


def _cleaned_up(match: re.Match[str], marks: Marks) -> str:
    """*Take it away on unmount: return () => off(a)*: what the effect returns."""
    returns = re.match(r"return\b", marks.text(match["code"])) is not None
    return f"Return a clean-up from the effect: {match['code']}" if returns else ""


def _set_anew(match: re.Match[str], marks: Marks) -> str:
    """*Change k: 1 to k: 2*: both are the whole setting, so the one takes the other's place."""
    old, new = marks.fragment(match["a"]), marks.fragment(match["b"])
    if old is None or new is None or not is_same_setting(old, new):
        return ""
    return f"Replace {match['a']} by {match['b']}"


SHOWN_WHOLE = tuple(_rules())
