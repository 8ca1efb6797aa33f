"""What the texts before and after an effect differ in, for the words that tell of it."""

from __future__ import annotations

import re

from mendbook.model import Effect

_BOUND = re.compile(
    r"(?:\.max\(|\.lte\(|\b(?:le|lte|max|maximum|max_length|maxLength|maxItems"
    r"|max_value)\s*[=:]\s*)"
    r"(\d[\d_]*)"
)
_BRACES = re.compile(r"\{(.*)\}", re.S)


def bound_of(effect: Effect) -> int | None:
    """Return the upper bound that ``effect`` brings to a value that had none; else None."""
    new = _BOUND.search(effect.after)
    if new is None or not effect.before or _BOUND.search(effect.before):
        return None
    return int(new[1].replace("_", ""))


def added_statements(effect: Effect) -> tuple[str, ...]:
    """Return the statements that stand after and not before, where all before still stand."""
    old, new = _statements(effect.before), _statements(effect.after)
    if not all(each in new for each in old):
        return ()
    return tuple(each for each in new if each not in old)


def _statements(clause: str) -> list[str]:
    body = _BRACES.search(clause)
    return [each.strip() for each in body[1].split(";") if each.strip()] if body else []


def doing(statements: tuple[str, ...]) -> str:
    """Return what code does that runs ``statements``: it *sets* ``x = 1``, and *runs* a call."""
    said = "; ".join(statements)
    return f"sets `{said}`" if re.match(r"[\w.$\[\]]+\s*=[^=>]", said) else f"runs `{said}`"


def other_errors(effect: Effect) -> str:
    """Return which errors a clause catches instead of which; empty where they are the same."""
    old, new = (text.partition(" {")[0].strip() for text in (effect.before, effect.after))
    return f"{new} instead of {old}" if old and new and old != new else ""
