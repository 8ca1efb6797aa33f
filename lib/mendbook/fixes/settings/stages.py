"""Base images of a Dockerfile by their stage: both of them, the build stage, the quoted one."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.model import Operation

_FROM = re.compile(
    r"^FROM[ \t]+(?:--\S+[ \t]+)*(?P<image>\S+)(?:[ \t]+AS[ \t]+(?P<stage>\S+))?[ \t]*\r?$",
    re.M | re.I,
)
_IMAGE = r"`?(?P<image>[a-z][\w./-]*[:@][\w.:@-]*\w)`?"
_PIN = re.compile(
    r"(?:please\s+)?(?:pin|set|change|switch|move|update|upgrade|bump)\s+(?P<which>.+?)\s+(?:to|at)"
    rf"\s+{_IMAGE}",
    re.I,
)
_USE = re.compile(
    rf"(?:please\s+)?use\s+{_IMAGE}\s+(?:as|for)\s+(?P<which>.+?)(?:[;,.]\s.*)?", re.I | re.S
)
_BOTH = re.compile(
    r"(?:the\s+)?(?P<count>both|all|two|three)\s+(?:of\s+the\s+|the\s+)?(?:FROM\s+(?:lines?"
    r"|instructions?)"
    r"|stages|(?:base\s+)?images|FROMs)",
    re.I,
)
_STAGE = re.compile(r"(?:the\s+)?`?(?P<name>[\w-]+)`?\s+stage(?:['’]s\s+(?:base\s+)?image)?", re.I)
_BASE = re.compile(r"(?:the|a|its|this)\s+(?:base\s+image|base|FROM\s+(?:line|image))", re.I)
_COUNTS = {"both": 2, "two": 2, "three": 3}


def stages_pinned(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """Return the edits that give stages the image that is written out; None for another text."""
    if re.search(r"ockerfile|ontainerfile", file.path) is None:
        return None
    text = step.strip().rstrip(".")
    told = _PIN.fullmatch(text) or _USE.fullmatch(text)
    if told is None or re.search(r"(?i)\b(?:not|never|except|unless|only|or)\b|n['’]t\b", text):
        return None
    bases = list(_FROM.finditer(file.text))
    stages = {each["stage"].lower() for each in bases if each["stage"]}
    own = [each for each in bases if each["image"].lower() not in stages]
    chosen = _chosen(file, told["which"], own)
    if chosen is None:
        return None
    name = re.split(r"[:@]", told["image"])[0]
    if any(re.split(r"[:@]", each["image"])[0] != name for each in chosen):
        raise Unreadable(f"another image than {name} stands there")
    edits = [
        SettingEdit(
            *each.span("image"),
            told["image"],
            f"build from `{told['image']}`",
            Operation.SET,
            (told["image"],),
            (each["image"],),
        )
        for each in chosen
        if each["image"] != told["image"]
    ]
    if not edits:
        raise Unreadable(f"the image is already {told['image']}")
    return tuple(edits)


def _chosen(file: SettingsFile, which: str, own: list[re.Match[str]]) -> list[re.Match[str]] | None:
    """Return the lines that the words mean; None where they are no words of a stage."""
    if (several := _BOTH.fullmatch(which)) is not None:
        wanted = _COUNTS.get(several["count"].lower(), len(own))
        if len(own) != wanted:
            raise Unreadable(f"there are {len(own)} stages, and the text says {several['count']}")
        return own
    if (named := _STAGE.fullmatch(which)) is not None:
        word = named["name"].lower()
        lines = [each for each in own if (each["stage"] or "").lower() in {word, f"{word}er"}]
        if not lines and word in {"final", "last", "runtime"} and own:
            lines = [own[-1]]
        if not lines and word in {"first"} and own:
            lines = [own[0]]
        if len(lines) != 1:
            raise Unreadable(f"which stage `{word}` is is not said")
        return lines
    if _BASE.fullmatch(which) is None:
        return None
    spans = file.quoted()
    quoted = [each for each in own if len(spans) == 1 and spans[0][0] <= each.start() < spans[0][1]]
    chosen = quoted or own
    return chosen if len(chosen) == 1 else None
