"""What the texts before and after an effect differ in, for the words that tell of it."""

from __future__ import annotations

import re

from mendbook.changes.imperatives import third_person
from mendbook.model import Effect, EffectKind

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


def keeps_empty(effect: Effect) -> bool:
    """Tell whether only what is missing is replaced from then on: ``??`` stands for ``||``."""
    return "||" in effect.before and effect.before.replace("||", "??", 1) == effect.after


_MAXIMUM = re.compile(r"(?i)max\w*(?:size|payload|length|bytes)\w*|limit")


def is_maximum(effect: Effect) -> bool:
    """Tell whether a value comes that bounds how much is taken."""
    number = re.fullmatch(r"[\d_ *+()]+|[\"']\d+\s?[kKmMgG]?[bB]?[\"']", effect.after)
    return not effect.before and number is not None and bool(_MAXIMUM.fullmatch(effect.name))


def added_statements(effect: Effect) -> tuple[str, ...]:
    """Return the statements that stand after and not before, where all before still stand."""
    old, new = _statements(effect.before), _statements(effect.after)
    if not all(each in new for each in old):
        return ()
    return tuple(each for each in new if each not in old)


def _statements(clause: str) -> list[str]:
    body = _BRACES.search(clause)
    return [each.strip() for each in body[1].split(";") if each.strip()] if body else []


_IF = re.compile(r"if\s*\((?P<when>.+)\)\s*\{\s*(?P<runs>[^{}]+?)\s*\}", re.S)


def guarded_statement(effect: Effect) -> tuple[str, str] | None:
    """Return the statement that an ``if`` stands around now, and its condition; else None."""
    old, whole = _statements(effect.before), effect.after
    for match in _IF.finditer(whole):
        runs = match["runs"].rstrip("; ")
        if runs in old and f"if ({match['when']})" not in effect.before:
            return runs, match["when"]
    return None


def doing(statements: tuple[str, ...]) -> str:
    """Return what code does that runs ``statements``: it *sets* ``x = 1``, and *runs* a call."""
    said = "; ".join(statements)
    exits = re.fullmatch(r"(return|throw|raise)\s(?:new\s)?([^;]+)", said)
    if exits is not None:
        return f"{third_person(exits[1])} `{exits[2].strip()}`"
    return f"sets `{said}`" if re.match(r"[\w.$\[\]]+\s*=[^=>]", said) else f"runs `{said}`"


def other_errors(effect: Effect) -> str:
    """Return which errors a clause catches instead of which; empty where they are the same."""
    old, new = (text.partition(" {")[0].strip() for text in (effect.before, effect.after))
    return f"{new} instead of {old}" if old and new and old != new else ""


_LEAST = re.compile(r"(?:Math\.)?min\((?P<what>.+),\s*(?P<most>\d[\d_]*)\)", re.S)
_CLAMPED = re.compile(r"(?P<what>.+)\.clamp\([^,()]+,\s*(?P<most>\d[\d_]*)\)", re.S)
_LAST_NAME = re.compile(r"[A-Za-z_$][\w$.]*")
_TOKEN = re.compile(r"[\w$.]+|[^\w\s$.]+")
_OPERATORS = {
    ("&&", "||"): "holds as soon as one side does, where both had to",
    ("and", "or"): "holds as soon as one side does, where both had to",
    ("||", "&&"): "holds only where both sides do, where one was enough",
    ("or", "and"): "holds only where both sides do, where one was enough",
}


def least_of(effect: Effect) -> tuple[str, str] | None:
    """Return the bound of a call that comes and of what it is the bound: ``min(limit, 100)``."""
    match = _LEAST.fullmatch(effect.after) or _CLAMPED.fullmatch(effect.after)
    if match is None or effect.before:
        return None
    names = [name for name in _LAST_NAME.findall(match["what"]) if "." in name]
    plain = _LAST_NAME.findall(match["what"])
    return (match["most"], (names or plain)[0]) if plain else None


def other_operator(effect: Effect) -> str:
    """Return what a condition means whose only change is an operator; empty for any other."""
    old, new = _TOKEN.findall(effect.before), _TOKEN.findall(effect.after)
    differing = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
    if len(old) != len(new) or len(differing) != 1:
        return ""
    return _OPERATORS.get(differing[0], "")


_STATUS = re.compile(
    r"(?:\.|\b)(?:status|sendStatus|writeHead|WriteHeader|code|abort|Status)\((\d{3})\b"
)


def other_status(effect: Effect) -> tuple[str, str] | None:
    """Return the HTTP statuses before and after of a call that only answers with another."""
    old, new = _STATUS.search(effect.before), _STATUS.search(effect.after)
    if old is None or new is None or old[1] == new[1]:
        return None
    return (old[1], new[1]) if effect.before.replace(old[1], new[1], 1) == effect.after else None


_CALL = re.compile(r"([A-Za-z_$][\w$.]*)\(([^()]+)\)")


def other_order(before: str, after: str) -> str:
    """Return which call gets the same arguments in another order; empty where none does."""
    old, new = _CALL.findall(before), _CALL.findall(after)
    if len(old) != len(new) or _CALL.sub("", before) != _CALL.sub("", after):
        return ""
    differing = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    if len(differing) != 1:
        return ""
    (name, was), (other, now) = differing[0]
    given, taken = ([one.strip() for one in each.split(",")] for each in (was, now))
    if name != other or sorted(given) != sorted(taken):
        return ""
    return f"`{name}` gets its arguments as `({now})` and no longer as `({was})`"


_TIMEOUT = re.compile(r"\b(?:timeout|timeout_ms|connect_timeout|deadline)\w*\s*[=:]\s*(\w[\w.]*)")


_ABORTED = re.compile(r"\bAbortSignal\.timeout\((\d[\d_]*)\)")


_KEEPS = re.compile(
    r"(?i)(?:^|[.\])])(?:set|setex|put|add|store|touch|save|cache|get_or_set|remember)$"
)
"""Calls that keep a value: their time limit is its life."""


def timeout_of(effect: Effect) -> tuple[str, str] | None:
    """Return what is called and the time limit that ``effect`` brings to it; else None."""
    aborted = _ABORTED.search(effect.after)
    if aborted is not None and _ABORTED.search(effect.before) is None:
        of_call = effect.kind is EffectKind.CALL
        return re.sub(r"\s", "", effect.name) if of_call else effect.inside, f"{aborted[1]} ms"
    match = _TIMEOUT.search(effect.after)
    if match is None or not effect.before or _TIMEOUT.search(effect.before):
        return None
    if _KEEPS.search(re.sub(r"\s", "", effect.name)):
        return None  # how long it is kept, and not how long it is waited for
    return re.sub(r"\s", "", effect.name), match[1]
