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
    if "||" in effect.before and effect.before.replace("||", "??", 1) == effect.after:
        return True
    chosen = _CHOSEN.fullmatch(" ".join(effect.before.split()))
    return chosen is not None and effect.after == f"{chosen['given']} ?? {chosen['other']}"


_CHOSEN = re.compile(r"(?P<given>[^?:]+?) \? (?P=given) : (?P<other>.+)")
"""A value that is given, or another where it is nothing: *given ? given : other*."""


_MAXIMUM = re.compile(r"(?i)max\w*(?:size|payload|length|bytes)\w*|limit")


def is_maximum(effect: Effect) -> bool:
    """Tell whether a value comes that bounds how much is taken."""
    number = re.fullmatch(r"[\d_ *+()]+|[\"']\d+\s?[kKmMgG]?[bB]?[\"']", effect.after)
    return not effect.before and number is not None and bool(_MAXIMUM.fullmatch(effect.name))


_NUMBER = re.compile(r"-?\d[\d_]*(?:\.\d+)?(?:\s*(?:\*|<<)\s*\d[\d_]*)*[a-zA-Z]?")
_UNBOUNDED = re.compile(
    r"-1|Infinity|math\.inf|math\.MaxInt\d*|None|null|nil|undefined|Integer\.MAX_VALUE"
)
_MOST = re.compile(
    r"(?i)(?:^|_)(?:max|limit|cap|quota|capacity)|(?:max|limit|quota|capacity|retries|attempts)s?$"
    r"|[a-z](?:Max|Limit|Cap|Quota|Capacity)(?:[A-Z]|$)"
)
_WAITS = re.compile(r"(?i)time_?out|deadline|wait|(?:^|_)(?:ms|millis|seconds|minutes)(?:_|$)")
_COMES = re.compile(r"(?i)interval|delay|period|debounce|throttle|back_?off")
_LIVES = re.compile(r"(?i)ttl|expir|lifetime|max_?age|retention|(?:^|_)age")


def moved_bound(effect: Effect) -> str:
    """Return what a bound or a time that is moved means, as the end of a sentence; or nothing."""
    if _MOST.search(effect.name) and _UNBOUNDED.fullmatch(effect.before):
        return ": what is above it is no longer taken, where nothing bounded it" * (
            number_of(effect.after) is not None
        )
    was, now = number_of(effect.before), number_of(effect.after)
    if was is None or now is None or was == now or was <= 0 or now <= 0:
        return ""
    less = now < was
    if _LIVES.search(effect.name):
        return f": what is kept ends {'sooner' if less else 'later'}"
    if _WAITS.search(effect.name):
        return f": what takes longer is given up {'sooner' if less else 'later'}"
    if _COMES.search(effect.name):
        return f": it comes {'sooner' if less else 'later'}"
    if _MOST.search(effect.name):
        left = "no longer taken" if less else "taken now"
        low, high = sorted((effect.before, effect.after), key=lambda each: number_of(each) or 0)
        return f": what lies above {low}, up to {high}, is {left}"
    return ""


def number_of(text: str) -> float | None:
    """Return the number that ``text`` writes, a product or a shift too; None for anything else."""
    if not text or _NUMBER.fullmatch(text.strip()) is None:
        return None
    value: float | None = None
    for sign, digits in re.findall(r"(\*|<<|^)\s*(-?\d[\d_]*(?:\.\d+)?)", text.strip()):
        number = float(digits.replace("_", ""))
        if value is None:
            value = number
        elif sign == "<<":
            value *= 2**number
        else:
            value *= number
    return value


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


_ALL = re.compile(r"(?:BaseException|Exception|Throwable|StandardError)|(?:except|rescue)")
"""What catches every error, or a clause that names none."""
_ONLY_BASE = "KeyboardInterrupt and SystemExit"
_HEAD = re.compile(
    r"(?:except\b|catch\s*\(|rescue\b)\s*(?P<types>[^:{]*?)(?:\s+as\s+\w+|\s*=>.*)?$"
)


def other_errors(effect: Effect) -> tuple[str, str, str] | None:
    """Return a clause in place of another, what leaves it, and what a test sees; else None."""
    old, new = (_head(text) for text in (effect.before, effect.after))
    if not old or not new or old == new:
        return None
    was, now = (_types(text) for text in (old, new))
    told = f"`{new}` instead of `{old}`"
    if was == "BaseException" and now == "Exception":
        return told, f"{_ONLY_BASE} reach its callers", f"lets {_ONLY_BASE} through"
    if now and (not was or _ALL.fullmatch(was)):
        return (
            told,
            f"errors other than {now} reach its callers",
            f"lets errors other than {now} through",
        )
    if was and _ALL.fullmatch(now or "except"):
        return (
            told,
            f"errors other than {was} end there too",
            f"catches errors other than {was} too",
        )
    return told, "errors that are no longer caught there reach its callers", ""


def _head(clause: str) -> str:
    """Return what a clause begins with, without the block behind it."""
    first = clause.partition(" {")[0].strip()
    return re.split(r":(?=\s|$)", first, maxsplit=1)[0].strip()


def _types(head: str) -> str:
    """Return the types that the head of a clause names: ``TideError`` of ``except TideError``."""
    match = _HEAD.match(head)
    types = match["types"].strip(" ()") if match is not None else ""
    return re.sub(r"\s+\w+$", "", types) if head.startswith("catch") else types


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
