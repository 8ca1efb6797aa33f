"""Give the one value quoted that fits it what a fix text spells out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.kinds_of_value import (
    LEVELS,
    QUANTITY,
    cased,
    fitted,
    is_named,
    parts_of,
)
from mendbook.fixes.settings.fitting.saying import Saying, Told
from mendbook.fixes.settings.fitting.spots import Holds, Spot, spots_in
from mendbook.model import Operation

_SECRET = re.compile(r"(?i)(?:secret|token|passw|credential|(?:^|[_-])key$|api_?key)")
_UNMISTAKABLE = frozenset({"ifnotpresent", "unless-stopped", "on-failure"})
"""Values that are no words of a sentence."""
_SWITCHES = (("true", "false"), ("on", "off"), ("yes", "no"), ("enabled", "disabled"), ("1", "0"))
_VERBS = (
    r"(?:set|change|raise|lower|reduce|increase|bring|cut|bump|limit|cap|make|give|put|shorten"
    r"|extend)"
)
_ANY = frozenset(
    {
        "it",
        "this",
        "that",
        "value",
        "limit",
        "setting",
        "number",
        "default",
        "version",
        "tag",
        "them",
    }
    | {"level", "image", "release", "figure", "here", "down", "up", "line", "one", "least", "most"}
    | {
        "should",
        "must",
        "to",
        "has",
        "have",
        "will",
        "floor",
        "bound",
        "minimum",
        "maximum",
        "base",
    }
)


_KEYS = frozenset(
    {"cpu", "memory", "replicas", "interval", "retries", "timeout", "restart", "image"}
)
"""Keys by which a value may be told that a file does not have yet."""
_ON = re.compile(
    r"\b(?:switch\w*|turn\w*)\s+(?:\w+\s+)?on\b|\benabled?\b|\b(?:must|should|has\s+to|needs?\s+to|ought"
    r"\s+to)\s+be\s+(?:set\s+to\s+)?(?:on|true|active|yes)\b",
    re.I,
)
_OFF = re.compile(
    r"\b(?:switch\w*|turn\w*)\s+(?:\w+\s+)?off\b|\bdisabled?\b|\b(?:must|should|has\s+to|needs?\s+to"
    r"|ought\s+to)\s+be\s+(?:set\s+to\s+)?(?:off|false|inactive|no)\b",
    re.I,
)
_DENIED = re.compile(r"\b(?:not|never|no|cannot|nobody|nothing)\b|n['’]t\b", re.I)


def value_given(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the one quoted value with what the text spells out; None where nothing fits alone."""
    spots = spots_in(file, span)
    quoted = file.text[slice(*span)]
    news = [one for one in saying.news if not _is_context(one, spots, quoted)]
    if (saying.goes and not saying.olds) or not saying.asks or "document" in saying.words:
        return None
    if not news:
        return _worded(file, spots, saying)
    if len(news) == 2 and news[1].text.lstrip("<>=~^") == news[0].text:
        news = news[1:]
    if len(news) != 1:
        return None
    new = news[0]
    fits = [(spot, made) for spot in spots if (made := fitted(spot, new, saying, spots))]
    named = [one for one in fits if is_named(one[0], saying)]
    counted = [one for one in spots if QUANTITY.fullmatch(one.value.strip("\"'"))]
    if len(fits) > 1 or (len(counted) > 1 and fits and fits[0][0] in counted):
        fits = named
    if len(fits) != 1:
        return None
    spot, made = fits[0]
    keyed = re.search(
        r"(?<![\w.-])([A-Za-z_][\w-]*)[`\"']?\s*[:=]\s*[`\"']?$", saying.text[: new.start]
    )
    if (
        keyed is not None
        and parts_of(keyed[1]) != parts_of(spot.name)
        and (
            keyed[1] in _KEYS
            or re.search(rf"(?<![\w-]){re.escape(keyed[1])}(?![\w-])", file.text) is not None
        )
    ):
        return None
    if not _is_meant(spot, saying) or (
        not is_named(spot, saying) and _speaks_of_other(spot, new, saying)
    ):
        return None
    if _in_brackets(saying, new):
        return None
    told = [
        one for one in saying.olds if spot.holds is not Holds.REQUIREMENT or "." not in one.text
    ]
    if any(one.text.lower() not in quoted.lower() for one in told):
        raise Unreadable(f"the text says {told[0].text}, which does not stand there")
    if _SECRET.search(spot.name):
        raise Unreadable("the fix text gives a secret; none is written")
    if made == spot.value:
        raise Unreadable(f"{spot.name} is already {made}")
    return (_edit(file, spot, made),)


def _edit(file: SettingsFile, spot: Spot, made: str) -> SettingEdit:
    if spot.holds is Holds.REQUIREMENT:
        start, end = spot.start - len(spot.lead), spot.end
        new = f"{spot.lead}{made}"
        if file.text[start - 1 : start] in {'"', "'"} and file.text[end] == file.text[start - 1]:
            start, end = start - 1, end + 1
            new = f"{file.text[start]}{new}{file.text[start]}"
        gone = file.text[start:end]
        said = f"require `{new}`"
        return SettingEdit(start, end, new, said, Operation.SET, (new,),
                           (gone,) if spot.value else ())  # fmt: skip
    said = f"set `{spot.name}` to `{made}`"
    if spot.holds is Holds.REFERENCE:
        said = f"use `{made}`"
    gone = file.text[spot.start : spot.end]
    return SettingEdit(spot.start, spot.end, made, said, Operation.SET, (made,), (gone,))


def _is_context(one: Told, spots: Sequence[Spot], quoted: str) -> bool:
    """Tell whether a piece is a name of what is quoted, or stands there already."""
    text = one.text.strip("\"'")
    names = {part for spot in spots for part in (spot.name, *spot.around, *spot.name.split("/"))}
    dotted = {".".join((*spot.around, spot.name)) for spot in spots}
    if text in names or any(each == text or each.endswith(f".{text}") for each in dotted):
        return True
    return re.search(rf"(?<![\w.@:/-]){re.escape(text)}(?![\w@:/-]|\.\w)", quoted) is not None


def _is_meant(spot: Spot, saying: Saying) -> bool:
    """Tell whether the text names no neighbour of ``spot`` without naming that."""
    words = {one.rstrip("s") for one in saying.words if len(one) > 2}
    if any(one.rstrip("s").lower() in words for one in spot.beside):
        return False
    if saying.says(spot.name) or any(saying.says(one) for one in spot.around if len(one) > 2):
        return True
    return not any(len(one) > 2 and saying.says(one) for one in spot.others)


def _speaks_of_other(spot: Spot, new: Told, saying: Saying) -> bool:
    """Tell whether the words give the value to something that ``spot`` is not called."""
    before = saying.text[: new.start].rstrip(" `\"':=")
    subjects = re.findall(rf"(?i)\b{_VERBS}\s+(?:the\s+|a\s+|its\s+)?([\w-]+)", before)
    subjects += re.findall(r"(?i)([\w-]+)\s+(?:to|at|of|be|is|on)$", before)[-1:]
    own = {part for one in (spot.name, *spot.around) for part in parts_of(one)}
    return any(
        one.lower() not in _ANY and not one.endswith("ed") and not parts_of(one) & own
        for one in subjects
    )


def _in_brackets(saying: Saying, new: Told) -> bool:
    """Tell whether a value stands in brackets with its key: it may say how things are."""
    text = saying.text
    begin = text.rfind("(", 0, new.start)
    if begin < 0 or ")" in text[begin : new.start]:
        return False
    return re.search(r"\w", text[begin : new.start]) is not None


def _worded(
    file: SettingsFile, spots: Sequence[Spot], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return a switch turned, or a level of a family, by words alone."""
    if _SECRET.search(" ".join(one.name for one in spots)):
        return None
    if saying.olds and not any(one.text in spot.value for one in saying.olds for spot in spots):
        return None
    made = [(spot, value) for spot in spots if (value := _turned(spot, saying))]
    if len(spots) > 1:
        made = [one for one in made if is_named(one[0], saying)]
    if len(made) != 1 or not _is_meant(made[0][0], saying):
        return None
    return (_edit(file, *made[0]),)


def _turned(spot: Spot, saying: Saying) -> str:
    mark = spot.value[:1] if spot.value[:1] in {'"', "'"} else ""
    held = spot.value.strip("\"'")
    for on, off in _SWITCHES:
        if held.lower() not in {on, off}:
            continue
        word = re.search(
            rf"(?i)\b(?:must|should|has\s+to|needs\s+to|ought\s+to)\s+be\s+{re.escape(spot.name)}\b",
            saying.text,
        )
        named = is_named(spot, saying) or any(saying.says(one) for one in spot.around)
        ons, offs = _ON.search(saying.text) or word, _OFF.search(saying.text)
        spelled = [one for one in (on, off) if one in saying.words and len(one) > 1]
        if _DENIED.search(saying.text) and not spelled:
            return ""
        if bool(ons) != bool(offs) and (named or len(spelled) == 1):
            wanted = on if ons else off
        elif len(spelled) == 1 and named and not (ons or offs):
            wanted = spelled[0]
        else:
            return ""
        wanted = wanted.capitalize() if held[:1].isupper() else wanted
        return "" if wanted == held else f"{mark}{wanted}{mark}"
    for family in LEVELS:
        if held.lower() not in family or _DENIED.search(saying.text):
            continue
        spoken = {one for one in saying.words if one in family} - {held.lower()}
        if len(spoken) == 1 and (
            spoken <= _UNMISTAKABLE or is_named(spot, saying) or "level" in saying.words
        ):
            return f"{mark}{cased(spoken.pop(), held)}{mark}"
    return ""
