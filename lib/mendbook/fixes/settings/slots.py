"""Read a sentence by what it names: one key that the file has, and one value of the same kind.

For words that fit no frame (``10 MB is a lot; body_bytes = 65536 will do``). What else the sentence
has must ask for nothing: no other key, value, piece of code or verb, no doubt and no denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mendbook.fixes.settings.verbs import MEASURE, OUGHT
from mendbook.fixes.settings.wording import CODE, codes_in, put_back

_PAIR = re.compile(
    r"(?<![\w./-])(?P<mark>[\"']?)(?P<key>[A-Za-z_][\w.-]*)(?P=mark)[ \t]*[:=](?!=)[ \t]*"
    r"(?P<quote>[\"']?)(?P<value>[^\"'\s,;{}\[\]#]+|(?<=[\"'])[^\"'\n]+)(?P=quote)"
)
_DIRECTIVE = re.compile(r"^[ \t]*(?P<key>[a-z][a-z_]+)[ \t]+(?P<value>\S[^;{}\n]*);", re.M)
_PINNED = re.compile(
    r"(?<![\w./@-])(?P<key>@?[A-Za-z][\w./-]*[\w-])(?::|@|==|>=|~=)(?P<value>v?\d[\w.+-]*|latest"
    r"|main|master|stable)"
)
_BARE = re.compile(r"^(?P<key>[A-Za-z][\w.-]*)(?P<value>)[ \t]*(?:#.*)?\r?$", re.M)
_TOKEN = re.compile(
    rf"{CODE}|\"[^\"]*\"|'[^']*'|→|->|=>|[@\w][\w./@:^~<>=*+-]*[\w*]|[\w*]|[<>=^~]+[\w.]+"
)
_BOUND = re.compile(r"(?:[<>]=?|~=|!=)\s*\d")
"""A bound of a version, which is no version to pin."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_VERSION = re.compile(r"[<>=^~v]*\d[\w.+-]*|latest|stable")
_ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+(?:[:/]\d+)?")
"""The address of a host, which is no version."""
_QUANTITY = re.compile(r"\d+(?:\.\d+)?(?:[KMGT]i?[bB]?|[munsh]|ms|min|%)")
"""A number with its unit, which is no version."""
_SWITCHES = (("true", "false"), ("on", "off"), ("yes", "no"), ("True", "False"))
_ON = re.compile(r"\b(?:enabled?|(?:turn|switch)(?:ed)?\s+(?:[^\s]+\s+)?on|on|true|yes)\b", re.I)
_OFF = re.compile(r"\b(?:disabled?|(?:turn|switch)(?:ed)?\s+(?:[^\s]+\s+)?off|off|false)\b", re.I)
_ASKS = re.compile(
    rf"(?:→|->|=>|=|\b(?:{MEASURE}|{OUGHT}|use|make|pin|move to|go to|enable|disable|limit|bind"
    r"|by default|will do|is enough|is plenty|suffices)\b|\bi\.e\.)"
    r"|^[\w.-]+:\s",
    re.I,
)
_DOUBT = re.compile(
    r"\b(?:not|never|n't|don't|avoid|or|either|maybe|perhaps|might|could|at least|at most|more than"
    r"|less than|between|around|about|roughly|e\.g\.|for example|such as|everywhere|all|each|every"
    r"|both|any)\b|\?",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:add|remov|delet|drop|replac|run|creat|introduc|extract|renam|rewrit|writ|document"
    r"|comment|test|check|verif|split|merg|wrap|quot|copy|mount|expos|install|rotat)"
    r"(?:e|y|ed|ied|ing|p?ped|ten)?\b",
    re.I,
)
_NAMED = re.compile(
    r"(?=.*[\d_./:A-Z-])[\w./:-]+|debug|info|warn|warning|error|fatal|trace|none|production"
    r"|development"
    r"|staging|test|always|never|strict|lax|optional|required|auto|manual|warn"
)
"""A word that can be meant as a value without quotes: no word of a sentence."""
_ARROWS = {"→", "->", "=>"}


@dataclass(frozen=True, slots=True)
class Held:
    """A key of the file and a value that it has; ``pinned`` where it is a name with a version."""

    key: str
    value: str
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """What a sentence names: a key, the value it is to have, and what leads to the key."""

    key: str
    value: str
    place: str = ""
    pinned: bool = False


def held_in(text: str) -> tuple[Held, ...]:
    """Return the keys that a file of settings has, each with each of its values."""
    plain = "\n".join(row for row in text.splitlines() if not re.match(r"\s*(?:#|//)", row))
    keys = [Held(each["key"], each["value"], pinned=True) for each in _PINNED.finditer(plain)]
    keys += [Held(each["key"], each["value"], pinned=True) for each in _BARE.finditer(plain)]
    keys += [Held(each["key"], each["value"].strip()) for each in _PAIR.finditer(plain)]
    keys += [Held(each["key"], each["value"].strip()) for each in _DIRECTIVE.finditer(plain)]
    return tuple(dict.fromkeys(keys))


def slot_of(sentence: str, codes: Sequence[str], held: Sequence[Held], before: str) -> Slot | None:
    """Return the key and value that ``sentence`` names; ``before`` may have named the key."""
    if _DOUBT.search(sentence) or not _ASKS.search(put_back(sentence, codes)):
        return None
    spoken = [put_back(token, codes) for token in _TOKEN.findall(sentence)]
    about = [each for token in spoken if (each := _about(token, held)) is not None]
    keys = {each.key for each in about}
    if not keys:
        about = list(_named(before, codes, held))
        keys = {each.key for each in about}
    if len(keys) != 1:
        return None
    key = keys.pop()
    if _OTHER.search(re.sub(rf"\b{re.escape(key)}\b", "", sentence)):
        return None
    mine = [each for each in held if each.key == key]
    if mine[0].pinned and _BOUND.search(put_back(sentence, codes)):
        return None
    values = _values(sentence, spoken, codes, mine)
    if len(values) != 1 or _left(sentence, codes, key, {values[0], *(one.value for one in mine)}):
        return None
    places = {each.place for each in about if each.place}
    place = places.pop() if len(places) == 1 else ""
    return Slot(key, values[0], place, mine[0].pinned)


def _left(sentence: str, codes: Sequence[str], key: str, values: set[str]) -> bool:
    """Tell whether a piece of code, or a pair of a key and a value, is about something else."""
    said = codes_in(sentence, codes)
    pairs = [each[0] for each in _SAID_PAIR.finditer(sentence)]
    last = key.rpartition("/")[2].lower()
    for each in (*said, *pairs):
        parts = [one.strip("\"' ") for one in re.split(r"\s*(?:==|[:=@])\s*", each, maxsplit=1)]
        names = {part.rpartition("/")[2].rpartition(".")[2].lower() for part in parts}
        if last.rpartition(".")[2] not in names and each.strip("\"'") not in values:
            return True
    return False


_SAID_PAIR = re.compile(r"[\w.-]+\s*=\s*\S+|(?<![\w.])[A-Za-z]\w*(?:[._-]\w+)+:\s+\S+")


@dataclass(frozen=True, slots=True)
class _Mention:
    key: str
    place: str = ""


def _named(text: str, codes: Sequence[str], held: Sequence[Held]) -> Iterator[_Mention]:
    for token in _TOKEN.findall(text):
        if (mention := _about(put_back(token, codes), held)) is not None:
            yield mention


def _about(token: str, held: Sequence[Held]) -> _Mention | None:
    """Return the key that a word names: whole, dotted, with its value, or by the end of a path."""
    bare = re.split(r"\s*(?:==|[:=@])\s*", token.strip("\"'"), maxsplit=1)[0].rstrip(":")
    for each in held:
        if bare == each.key or (each.pinned and bare.lower() == each.key.lower()):
            return _Mention(each.key)
        if bare.endswith(f".{each.key}"):
            return _Mention(each.key, bare[: -len(each.key) - 1])
        if each.pinned and "/" in each.key and bare == each.key.rpartition("/")[2]:
            return _Mention(each.key)
    return None


def _values(
    sentence: str, spoken: Sequence[str], codes: Sequence[str], mine: Sequence[Held]
) -> list[str]:
    """Return the values that the sentence names and that the key does not have yet."""
    now = {each.value for each in mine}
    one = mine[0].value
    if switch := next((pair for pair in _SWITCHES if one in pair), None):
        words = [
            word for word, form in zip(switch, (_ON, _OFF), strict=True) if form.search(sentence)
        ]
        return (
            [word for word in words if word not in now] if len(words) == 1 or one in words else []
        )
    keys = {each.key.lower() for each in mine}
    values = []
    for at, token in enumerate(spoken):
        value = _value(token, keys)
        if value is None or value in now or value in {each.strip("<>=^~v") for each in now}:
            continue
        if _fits(value, token, mine[0], spoken[at - 1] if at else "", code=token in codes):
            values.append(value)
    older = [each for each in values if any(kept.startswith(f"{each}.") for kept in now)]
    return list(dict.fromkeys(each for each in values if each not in older))


def _value(token: str, keys: set[str]) -> str | None:
    """Return the value in a word, which may stand behind its key; None where there is none."""
    parts = re.split(r"\s*(?:==|[:=@])\s*", token, maxsplit=1)
    if len(parts) == 2 and parts[0].strip("\"'").rpartition("/")[2].lower() in {
        key.rpartition("/")[2] for key in keys
    }:
        return parts[1].strip().strip("\"'") or None
    bare = token.strip("\"'")
    return None if bare.lower() in keys or bare in _ARROWS else bare


def _fits(value: str, token: str, now: Held, before: str, *, code: bool) -> bool:
    """Tell whether a word is a value of the kind that stands there ``now``."""
    if now.pinned:
        version = _VERSION.fullmatch(value) is not None and _ADDRESS.fullmatch(value) is None
        return version and _QUANTITY.fullmatch(value) is None
    if _NUMBER.fullmatch(now.value):
        return _NUMBER.fullmatch(value) is not None
    if _VERSION.fullmatch(now.value):
        bare = now.value[0].isdigit() or not value.isdigit()
        return _VERSION.fullmatch(value) is not None and bare
    led = before.lower() in {"to", "be", *_ARROWS} or before.endswith(("=", ":"))
    return (
        code
        or token[:1] in "\"'"
        or token != value
        or (led and _NAMED.fullmatch(value) is not None)
    )
