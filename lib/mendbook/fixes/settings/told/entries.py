"""Entries of files that are lists: what Docker or git ignores, the phony targets of a Makefile."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.model import Operation

IGNORED = re.compile(r"(?:^|/)\.[a-z]+ignore$")
_VERB = (
    r"(?:please\s+)?(?P<verb>add|append|list|include|put|exclude|ignore|leave\s+out|keep\s+out"
    r"|insert"
    r"|remove|delete|drop|strip|take)"
)
_NAME = r"(?:[`\"'])?(?:[!/]?[\w.*@][\w.*/@-]*|\*[\w.*/-]*|[!/][\w.*/-]+)(?:[`\"'])?"
_NAMES = rf"{_NAME}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_NAME})*"
_WHERE = (
    r"(?:\s+(?:to|in|into|from|with|here|too|as\s+well|there|via|through|by)\b(?:\s+(?:the\s+"
    r"|this\s+)?"
    r"`?[\w./-]+`?(?:\s+(?:file|list))?)?)?"
)
_ENTRIES = re.compile(
    rf"{_VERB}\s+(?:out\s+)?(?:(?:an?|the)\s+)?(?:(?:entry|entries|line|lines|pattern|patterns"
    rf"|path|folder|directory)"
    rf"\s+(?:for\s+)?)?(?P<names>{_NAMES})(?:\s+(?:entry|line|folder|directory|pattern"
    rf"|files?))?{_WHERE}",
    re.I,
)
_SHOULD = re.compile(
    rf"(?P<names>{_NAMES})\s+(?:belongs?|(?:should|must|needs?\s+to|has\s+to|have\s+to)\s+(?:be\s+"
    r"(?:added|listed|ignored|excluded|in)|go|stand))(?:\s+(?:to|in|into|by)\s+"
    r"(?:the\s+)?`?[\w./-]+`?)?",
    re.I,
)
_ALONE = re.compile(rf"(?P<names>{_NAMES})(?:\s+(?:too|as\s+well|here|also))?", re.I)
_PLAIN = {"it", "them", "this", "that", "the", "all", "everything", "a", "an", "secrets", "files"}
_REMOVES = re.compile(r"(?i)remove|delete|drop|strip|take")


def ignored_entries(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Add .env to .dockerignore*: lines more, or fewer, in a file of patterns."""
    if not IGNORED.search(file.path):
        return None
    text = " ".join(said.split()).strip().rstrip(".;")
    text = re.sub(
        r",?\s+(?:so\s+that|so|because|since|as|to\s+(?:keep|avoid|stop))\s[^`]*$", "", text
    )
    told = _ENTRIES.fullmatch(text) or _SHOULD.fullmatch(text) or _ALONE.fullmatch(text)
    if told is None:
        return None
    names = [one.strip("`\"' ") for one in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", told["names"])]
    if any(one.lower() in _PLAIN or not one for one in names):
        return None
    if told.re is _ALONE and not all(re.search(r"[.*/_]", one) for one in names):
        return None
    taken = "verb" in told.groupdict() and _REMOVES.match(told["verb"]) is not None
    rows = [row.strip() for row in file.text.splitlines()]
    if taken:
        return tuple(_removed(file, one) for one in names)
    if fresh := [one for one in names if one in rows or f"!{one}" in rows]:
        raise Unreadable(f"{fresh[0]} is listed already")
    block = file.newline.join(names)
    at = len(file.text) - (len(file.text) - len(file.text.rstrip("\r\n")))
    at = file.line_end(max(0, at - 1))
    edit = file.inserted(at, block, f"list {', '.join(f'`{one}`' for one in names)}")
    return (SettingEdit(edit.start, edit.end, edit.new, edit.read_as, Operation.ADD, tuple(names)),)


def _removed(file: SettingsFile, name: str) -> SettingEdit:
    line = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*\r?$", re.M)
    starts = [one.start() for one in line.finditer(file.text)]
    if len(starts) != 1:
        raise Unreadable(f"{name} stands {len(starts)} times")
    return file.removed(starts[0], f"remove `{name}`")


_TARGETS = rf"(?:the\s+)?(?P<names>{_NAMES})(?:\s+targets?)?"
_PHONY = re.compile(
    r"(?:please\s+)?(?:"
    rf"(?:add|append|include|put|list)\s+{_TARGETS}\s+(?:to|in|into|under"
    rf"|as\s+a\s+prerequisite\s+of)\s+"
    r"(?:the\s+)?`?\.PHONY`?(?:\s+(?:line|list|targets?|declaration|prerequisites?))?"
    rf"|(?:declare|mark|make)\s+(?:the\s+)?(?P<names2>{_NAMES})(?:\s+targets?)?\s+"
    rf"(?:as\s+)?`?\.?phony`?(?:\s+targets?)?"
    rf"|`?\.PHONY`?\s+(?:should|must)\s+(?:also\s+)?(?:list|include|name|contain)\s+(?:the\s+)?"
    rf"(?P<names3>{_NAMES})"
    rf"|(?P<names4>{_NAMES})\s+(?:should|must|needs\s+to|has\s+to)\s+be\s+(?:declared\s+"
    rf"|in\s+)?`?\.?phony`?"
    r"|`?\.PHONY:\s+(?P<whole>[\w./ -]+?)`?)",
    re.I,
)


def phony_targets(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Add clean to .PHONY*: a target that the Makefile has, in its list of phony ones."""
    if not re.search(r"(?:^|/)(?:GNU)?[Mm]akefile$|\.mk$", file.path):
        return None
    text = " ".join(said.split()).strip().rstrip(".;")
    text = re.sub(r"^(\w[\w-]*) is phony[:;,] add it ", r"add \1 ", text)
    text = re.sub(r"(?i)\s+(?:as\s+well|too)$", "", text)
    told = _PHONY.fullmatch(text)
    if told is None:
        return _variable(file, text)
    spoken = told["names"] or told["names2"] or told["names3"] or told["names4"] or ""
    names = [one.strip("`\"' ") for one in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", spoken)]
    names = told["whole"].split() if told["whole"] else names
    line = re.compile(r"^\.PHONY[ \t]*:[ \t]*(?P<held>[^\n#\\]*?)[ \t]*(?:#[^\n]*)?\r?$", re.M)
    matches = list(line.finditer(file.text))
    held = [name for one in matches for name in one["held"].split()]
    fresh = [one for one in names if one not in held]
    if told["whole"] and len(matches) == 1 and set(held) - set(names):
        raise Unreadable("targets that are phony now are not in the text's list")
    if not fresh:
        raise Unreadable(f"{names[0]} is phony already")
    for one in fresh:
        if not re.search(
            rf"^(?:[\w./-]+[ \t]+)*{re.escape(one)}(?:[ \t]+[\w./-]+)*[ \t]*:(?!=)", file.text, re.M
        ):
            raise Unreadable(f"there is no target {one}")
    said_as = f"make {', '.join(f'`{one}`' for one in fresh)} phony"
    if not matches:
        first = re.compile(rf"^{re.escape(fresh[0])}[ \t]*:(?!=)", re.M).search(file.text)
        at = first.start() if first is not None else 0
        return (file.inserted(at, f".PHONY: {' '.join(fresh)}", said_as),)
    target = matches[-1] if len(matches) > 1 else matches[0]
    at = target.end("held")
    new = " ".join([*target["held"].split(), *fresh])
    return (
        SettingEdit(
            target.start("held"),
            at,
            new,
            said_as,
            Operation.SET,
            (f".PHONY: {new}",)
            if file.text[target.start() : target.start("held")] == ".PHONY: "
            else (new,),
            (),
        ),
    )


_VARIABLE = re.compile(
    r"(?:please\s+)?(?:(?:use|write|set|make\s+it|change\s+it\s+to)\s+)?`?"
    r"(?P<name>[A-Z][A-Z0-9_]*)\s*(?P<mark>[:?+]?=)\s*"
    r"(?P<value>[\w./:@ -]+?)`?",
)


def _variable(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    """*CC ?= gcc*: a variable of the Makefile as it is to be set."""
    told = _VARIABLE.fullmatch(text)
    if told is None:
        return None
    line = re.compile(rf"^{told['name']}[ \t]*[:?+]?=[^\n\\]*?[ \t]*(?=\r?$)", re.M)
    matches = list(line.finditer(file.text))
    if len(matches) != 1:
        raise Unreadable(f"{told['name']} is set {len(matches)} times")
    new = f"{told['name']} {told['mark']} {told['value'].strip()}"
    gone = matches[0][0]
    if " ".join(gone.split()) == new:
        raise Unreadable("it stands there already")
    return (SettingEdit(*matches[0].span(), new, f"write `{new}`", Operation.SET, (new,), (gone,)),)
