"""Set, add and remove keys of TOML and INI files, line by line, in the section that is named."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.fixes.settings.inline_lists import put_inline, taken_inline
from mendbook.fixes.settings.literal import edit_literal
from mendbook.fixes.settings.spelled_out import owners_in, pair_of
from mendbook.model import Operation

_HEADER = re.compile(r"^[ \t]*\[(?P<name>[^\[\]\n]+)\][ \t]*(?:#.*)?$", re.M)
_BOUND = re.compile(r"(?:>=|~=|\^|~)(?=\d[\w.]*$)")
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_EXACT = re.compile(r"(?i)\b(?:pin\w*|exact\w*|freeze|frozen|lock\w*)\b|==")
"""What takes the place of a bound, and does not move it."""
_WORDS = re.compile(r"(?i)\s+(?:section|table|block|group|entry)$")


def edit_toml(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edits of a TOML or INI file; TOML must parse before and after."""
    if ask.verb is Verb.WRITE:
        ask = _as_told(file, ask)
    if ask.verb in {Verb.SET, Verb.ADD} and ask.pairs:
        edits = tuple(_put(file, ask, key, value) for key, value in ask.pairs)
    elif ask.verb is Verb.ADD and ask.line and (put := put_inline(file, ask)) is not None:
        edits = put
    elif ask.verb is Verb.REMOVE and (taken := taken_inline(file, ask)) is not None:
        edits = taken
    elif ask.verb is Verb.REMOVE:
        edits = (_removed(file, ask),)
    elif ask.verb is Verb.PIN:
        edits = (_pinned(file, ask),)
    else:
        edits = edit_literal(file, ask)
    if file.path.endswith(".toml"):
        after = file.text
        for each in sorted(edits, key=lambda one: one.start, reverse=True):
            after = each.applied(after)
        _check(after)
    return edits


def _removed(file: SettingsFile, ask: Ask) -> SettingEdit:
    """Return the key gone; where the text spells out its value, only with that value."""
    key, value = pair_of(ask.name) or (ask.name, "")
    begin, end, where = _section(file, ask, key)
    match = _key(file, key, begin, end)
    if match is None:
        raise Unreadable(f"there is no {key}")
    if value and match["value"].strip("\"' ") != value.strip("\"'"):
        raise Unreadable(f"{key} is not {value} there")
    return file.removed(match.start(), f"remove `{ask.name}` from `{where}`")


def _as_told(file: SettingsFile, ask: Ask) -> Ask:
    """Return an ask for the pair that is spelled out, in the section that the words name."""
    spec = re.fullmatch(r"(?P<name>[\w.-]+)\s*(?P<spec>[<>~!=]=?\s*\d.*)", ask.line)
    if spec is not None and not re.match(r"=\s*\d", spec["spec"]):
        return replace(ask, verb=Verb.PIN, name=spec["name"], value=spec["spec"])
    pair = pair_of(ask.line)
    if pair is None or not pair[1] or ask.relation:
        raise Unreadable("what is to change is not a key and its value")
    own = replace(ask, verb=Verb.ADD, line="", pairs=(pair,))
    names = [each["name"].strip() for each in _HEADER.finditer(file.text)]
    words = {one.rstrip(".").lower() for one in re.findall(r"[\w.-]+", ask.around)}
    said = [one for one in names if one.lower() in words]
    said = said or [one for one in names if one.rpartition(".")[2].lower() in words]
    spans = file.quoted()
    if not said and len(spans) == 1 and _key(file, pair[0], 0, len(file.text)) is None:
        above = [each for each in _HEADER.finditer(file.text) if each.start() < spans[0][1]]
        said = [above[-1]["name"].strip()] if above else []
    known = {part.lower() for one in names for part in (one, *one.split("."))}
    if unknown := [one for one in owners_in(ask.around) if one.strip("[]").lower() not in known]:
        raise Unreadable(f"there is no {unknown[0]}")
    if len(said) > 1:
        raise Unreadable(f"{pair[0]} names {len(said)} places")
    return replace(own, place=said[0]) if said else own


def _pinned(file: SettingsFile, ask: Ask) -> SettingEdit:
    """Return the version of a dependency put in the place of the one that it has."""
    version = ask.value.strip("\"'")
    exact = version.lstrip("=") if re.match(r"==\d", version) else version
    name = re.escape(ask.name.strip("\"'"))
    keyed = re.compile(
        rf"^[ \t]*\"?{name}\"?[ \t]*=[ \t]*(?:\{{[^}}\n]*?version[ \t]*=[ \t]*)?"
        r"\"(?P<v>[^\"\n]*)\"",
        re.M,
    )
    listed = re.compile(
        rf"[\"']{name}(?:\[[^\]]*\])?(?P<v>[ ]*(?:[=<>~!^][^\"';\n]*)?)(?:;[^\"'\n]*)?[\"']"
        rf"(?=[ \t]*[,\]\n])",
        re.I,
    )
    spans = [each.span("v") for each in keyed.finditer(file.text)]
    wanted = version
    if not spans:
        spans = [each.span("v") for each in listed.finditer(file.text)]
        mark = ask.bound or "=="
        wanted = f"{mark}{exact}" if re.match(r"\d", exact) else version
    begin, end = only(spans, f"version of {ask.name}")
    before = file.text[begin:end]
    if ask.bound and not before.strip().startswith(ask.bound):
        raise Unreadable(f"{ask.name} has no {ask.bound} to raise or lower")
    if before.strip() == wanted:
        raise Unreadable(f"{ask.name} is already at {wanted}")
    said = f"pin `{ask.name}` to `{version}`"
    opened = max(file.text.rfind(mark, 0, begin) for mark in "\"'")
    closed = file.text.index(file.text[opened], end) + 1
    whole = f"{file.text[opened:begin]}{wanted}{file.text[end:closed]}"
    return SettingEdit(
        opened, closed, whole, said, Operation.SET, (whole,), (file.text[opened:closed],)
    )


def _check(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"the edit would not parse ({error})") from error


def _section(file: SettingsFile, ask: Ask, key: str) -> tuple[int, int, str]:
    """Return where the section begins and ends, and its name; empty for the top of the file."""
    heads = [
        (each["name"].strip().strip("\"'"), each.end()) for each in _HEADER.finditer(file.text)
    ]
    starts = [each.start() for each in _HEADER.finditer(file.text)] + [len(file.text)]
    spans = [("", 0, starts[0])]
    spans += [(name, at, starts[place + 1]) for place, (name, at) in enumerate(heads)]
    wanted = _WORDS.sub("", ask.place).strip("[]\"'")
    if wanted and not wanted.endswith((".toml", ".ini", ".cfg")):
        chosen = [each for each in spans if each[0] == wanted]
    else:
        chosen = [each for each in spans if _key(file, key, each[1], each[2]) is not None]
        function = file.finding.function.strip()
        if len(chosen) != 1 and function:
            chosen = [each for each in spans if each[0] == function]
    if len(chosen) != 1:
        shown = wanted or key
        raise Unreadable(
            f"{shown} names {len(chosen)} places" if chosen else f"no {shown} is there"
        )
    name, begin, end = chosen[0]
    return begin, end, name or "the top"


def _key(file: SettingsFile, key: str, begin: int, end: int) -> re.Match[str] | None:
    line = re.compile(
        rf"^(?:[ \t]*\"?{re.escape(key)}\"?[ \t]*[=:][ \t]*)(?P<value>[^\n#;]*?)"
        r"(?:[ \t]*(?:[#;][^\n]*)?)\r?$",
        re.M,
    )
    return line.search(file.text, begin, end)


def _put(file: SettingsFile, ask: Ask, key: str, value: str) -> SettingEdit:
    if (owned := re.fullmatch(r"(?P<owner>[\w-]+)['’]s\s+(?P<key>[\w-]+)", key)) is not None:
        names = [each["name"].strip() for each in _HEADER.finditer(file.text)]
        mine = [each for each in names if each.rpartition(".")[2] == owned["owner"]]
        ask, key = replace(ask, place=mine[0] if len(mine) == 1 else owned["owner"]), owned["key"]
    own, _, last = key.rpartition(".")
    if own and not ask.place and _key(file, key, 0, len(file.text)) is None:
        ask, key = replace(ask, place=own), last
    begin, end, where = _section(file, ask, key)
    match = _key(file, key, begin, end)
    if match is None and not re.fullmatch(r"[\w.\"'/-]+", key):
        raise Unreadable(f"there is no {key}")
    if match is None:
        body = file.text[begin:end].rstrip()
        told = re.findall(r"^[ \t]*[\w.\"-]+([ \t]*=[ \t]*)", body or file.text, re.M)
        equals = told[-1] if told and not re.search(r"[ ]{2}", told[-1]) else " = "
        at = file.line_end(begin + len(body)) if body else file.line_end(begin)
        return file.inserted(
            at, f"{key}{equals}{value}", f"add `{key}{equals}{value}` to `{where}`"
        )
    before = match["value"]
    mark = before[:1] if before[:1] in {'"', "'"} else ""
    bound = _BOUND.match(before.strip("\"'"))
    if bound is not None and _VERSION.fullmatch(value.strip("\"'")) and not _EXACT.search(ask.text):
        value = f"{mark}{bound[0]}{value.strip(mark)}{mark}"
    value = f"{mark}{value}{mark}" if mark and value[:1] not in "\"'[{" else value
    if before.strip() == value:
        raise Unreadable(f"{key} is already {value}")
    if before.count("[") != before.count("]") or before.count('"""') % 2:
        raise Unreadable(f"{key} is written over several lines")
    return SettingEdit(
        match.start("value"),
        match.end("value"),
        value,
        f"set `{key}` of `{where}` to `{value}`",
        Operation.SET,
        (value,),
        (before,),
    )
