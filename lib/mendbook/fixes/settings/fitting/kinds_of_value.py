"""Which value of a fix text fits which that stands there: of the same kind, in the same unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.fixes.settings.fitting.saying import Saying, Told
from mendbook.fixes.settings.fitting.spots import Holds, Spot

_VERSION = re.compile(r"v?\d+(?:\.\d+){0,2}(?:[.+-]?[A-Za-z][\w.+-]*)?")
_LOOSE = re.compile(r"(?:latest|main|master|stable|lts|head|edge|nightly)[\w.-]*", re.I)
QUANTITY = re.compile(r"(?P<number>-?\d[\d_]*(?:\.\d+)?)(?P<unit>[A-Za-z%]*)")
_DURATION = frozenset({"ms", "s", "m", "h", "d", "w", "min", "us", "ns"})
_SIZE = frozenset(
    {"k", "m", "g", "t", "kb", "mb", "gb", "ki", "mi", "gi", "kib", "mib", "gib", "b"}
)
_BOUND = re.compile(r"(?P<mark>[<>=~^!]{0,3})(?P<version>v?\d[\w.*+-]*|\*|latest)(?:,.*)?")
_FLOOR = re.compile(
    r"\bor\s+(?:later|newer|higher|above|more|up)|\b(?:lower\s+bound|floor|minimum|at\s+least)\b",
    re.I,
)
_EXACT = re.compile(r"\b(?:pin\w*|freeze|frozen|exact\w*|lock\w*|fix(?:ed)?|nail\w*)\b", re.I)
LEVELS = (
    frozenset(
        {"trace", "debug", "info", "notice", "warn", "warning", "error", "critical", "fatal"}
    ),
    frozenset({"always", "no", "on-failure", "unless-stopped"}),
    frozenset({"always", "never", "ifnotpresent"}),
    frozenset({"lax", "strict", "none"}),
    frozenset(
        {
            "disable",
            "allow",
            "prefer",
            "become",
            "becomes",
            "says",
            "up",
            "require",
            "verify-ca",
            "verify-full",
        }
    ),
)
_STEMMED = re.compile(r"(?P<stem>[a-z][a-z_/]*(?:-[a-z]+)*)[-:](?:latest|stable|lts|v?\d[\w.]*)")
"""A name with its version behind a dash: of a runner, a toolchain."""
_UNIT_OF = {
    "s": {"second", "sec", "s"},
    "m": {"minute", "min"},
    "ms": {"m", "milli", "millisecond"},
    "h": {"hour"},
    "d": {"day"},
}
"""Words of a key that say which unit its number has."""
_SECONDS = {"second": "s", "seconds": "s", "minute": "m", "minutes": "m", "hour": "h", "hours": "h",
            "day": "d", "days": "d", "milliseconds": "ms", "millisecond": "ms"}  # fmt: skip


_JOINING = frozenset(
    {
        "at",
        "to",
        "on",
        "of",
        "with",
        "is",
        "be",
        "by",
        "in",
        "version",
        "tag",
        "release",
        "than",
        "exactly",
    }
    | {
        "and",
        "the",
        "a",
        "use",
        "pin",
        "take",
        "deploy",
        "from",
        "for",
        "needs",
        "wants",
        "want",
        "as",
    }
    | {
        "now",
        "only",
        "set",
        "make",
        "bound",
        "floor",
        "least",
        "image",
        "major",
        "or",
        "not",
        "so",
        "thus",
    }
    | {
        "hence",
        "should",
        "must",
        "require",
        "requires",
        "need",
        "freeze",
        "fix",
        "lock",
        "bump",
        "raise",
    }
    | {
        "prefer",
        "is",
        "are",
        "has",
        "follow",
        "action",
        "package",
        "take",
        "run",
        "runs",
        "base",
        "minimum",
    }
)


def fitted(spot: Spot, new: Told, saying: Saying, spots: Sequence[Spot]) -> str:
    """Return the new value of ``spot``; empty where the piece is none for it."""
    if spot.holds is Holds.REFERENCE:
        return "" if _of_another(spot, new, saying) else _reference(spot, new.text, saying)
    if spot.holds is Holds.REQUIREMENT:
        return "" if _of_another(spot, new, saying) else _requirement(spot, new.text, saying)
    mark = spot.value[:1] if spot.value[:1] in {'"', "'"} else ""
    held, wanted = spot.value.strip("\"'"), new.text.strip("\"'")
    if re.match(r"\s*=", wanted) or "\n" in held:
        return ""
    if (value := _quantity(held, wanted, spot, saying, new)) or (
        value := _bound(held, wanted, mark, saying)
    ):
        return f"{mark}{value}{mark}"
    stems = [_STEMMED.fullmatch(one) for one in (held, wanted)]
    if all(stems) and len({one["stem"] for one in stems if one}) == 1:
        return f"{mark}{wanted}{mark}"
    for family in LEVELS:
        if held.lower() in family and wanted.lower() in family:
            return f"{mark}{cased(wanted, held)}{mark}"
    if all(one.startswith("/") for one in (held, wanted)) and is_named(spot, saying):
        return f"{mark}{wanted}{mark}"
    alike = re.fullmatch(r"[a-z]+\d+", held) and re.sub(r"\d+", "9", held) == re.sub(
        r"\d+", "9", wanted
    )
    plain = new.marked and mark and not re.search(r"\d", held)
    return f"{mark}{wanted}{mark}" if (plain or alike) and is_named(spot, saying) else ""


def is_named(spot: Spot, saying: Saying) -> bool:
    """Tell whether the text has the name of ``spot``, or all its parts as words."""
    if saying.says(spot.name):
        return True
    parts = parts_of(spot.name)
    words = {one.rstrip("s") for one in saying.words}
    return bool(parts) and parts <= words


def parts_of(name: str) -> set[str]:
    """Return the words that a name is made of, in small letters and without a last ``s``."""
    return {one.lower().rstrip("s") for one in re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", name)}


def cased(wanted: str, like: str) -> str:
    """Return a value in the letters that the one standing there has."""
    if wanted.lower() == "ifnotpresent":
        return "IfNotPresent"
    if like in {"Always", "IfNotPresent", "Never"}:
        return wanted.capitalize()
    return wanted.upper() if like.isupper() else wanted.lower() if like.islower() else wanted


def _reference(spot: Spot, new: str, saying: Saying) -> str:
    """Return ``name:tag`` with what is new of it; empty where it is another name."""
    name, last = spot.name, spot.name.rpartition("/")[2]
    mark = "@" if spot.value[len(name) : len(name) + 1] == "@" else ":"
    told = re.fullmatch(r"(?P<name>[A-Za-z][\w./-]*?)?(?P<mark>[:@])(?P<tag>[\w][\w.:-]*)", new)
    if told is not None and told["name"] and told["name"] not in {name, last}:
        return ""
    if told is not None:
        digest = told["tag"].startswith("sha256:")
        if digest or told["mark"] != mark or _LOOSE.fullmatch(told["tag"]):
            return ""
        return f"{name}{mark}{told['tag']}"
    tagged = re.search(r"\b(?:tag|release|version)\b", saying.text, re.I) and re.fullmatch(
        r"[A-Za-z][\w.-]*\d[\w.-]*", new
    )
    if tagged and mark == ":" and not _LOOSE.fullmatch(new):
        return f"{name}:{new}"
    if not _VERSION.fullmatch(new) or re.fullmatch(r"\d+[a-z]{1,2}", new, re.I):
        return ""
    tag = spot.value[len(name) + 1 :]
    number = re.match(r"\d", new) is not None and mark == "@" and tag.startswith("v")
    return f"{name}{mark}{'v' if number else ''}{new}"


def _requirement(spot: Spot, new: str, saying: Saying) -> str:
    told = _BOUND.fullmatch(new.removeprefix(spot.name).strip())
    if told is None or told["version"] in {"*", "latest"} or "." not in f"{new}.":
        return ""
    held = spot.value.strip()
    if told["mark"]:
        return (
            f"{'==' if told['mark'] == '=' else told['mark']}{told['version']}"
            + new.partition(told["version"])[2]
        )
    if _FLOOR.search(saying.text):
        return f">={told['version']}" if not held or held.startswith(">=") else ""
    exact = _EXACT.search(saying.text) is not None or not held or held.startswith("==")
    return f"=={told['version']}" if exact and "." in told["version"] else ""


def _of_another(spot: Spot, new: Told, saying: Saying) -> bool:
    """Tell whether a version stands right behind the name of something else."""
    before = re.search(r"(?<![\w/-])([A-Za-z][\w.-]*)[ ]+[`\"']?$", saying.text[: new.start])
    if before is None or before[1].lower() in _JOINING:
        return False
    own = parts_of(spot.name) | {part for one in spot.around for part in parts_of(one)}
    return not parts_of(before[1]) & own


def _bound(held: str, wanted: str, mark: str, saying: Saying) -> str:
    """Return a version in the place of another: of a language, an engine or a package."""
    old, new = _BOUND.fullmatch(held), _BOUND.fullmatch(wanted)
    if old is None or new is None or not mark or new["version"] in {"*", "latest"}:
        return ""
    if new["mark"]:
        return wanted
    if old["mark"] in {">=", ">"} and (
        _FLOOR.search(saying.text) or not _EXACT.search(saying.text)
    ):
        return f">={new['version']}" if _FLOOR.search(saying.text) else ""
    return wanted if not old["mark"] or _EXACT.search(saying.text) else ""


def _quantity(held: str, wanted: str, spot: Spot, saying: Saying, new: Told) -> str:
    """Return a number in the place of one of the same kind; empty where they are not."""
    old, told = QUANTITY.fullmatch(held), QUANTITY.fullmatch(wanted)
    if old is None or told is None:
        return ""
    unit, given = old["unit"], told["unit"]
    behind = re.match(r"\s+([a-z]+)\b", saying.text[new.end :])
    spoken = _SECONDS.get(behind[1], "") if behind is not None else ""
    if not given and spoken:
        if unit:
            return f"{told['number']}{spoken}" if unit.lower() in _DURATION else ""
        parts = parts_of(spot.name)
        return told["number"] if _UNIT_OF[spoken] & parts else ""
    if unit == given:
        return wanted
    families = [one for one in (_DURATION, _SIZE) if {unit.lower(), given.lower()} <= one]
    return wanted if families and unit and given else ""
