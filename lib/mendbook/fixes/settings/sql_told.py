"""Schemas told in words: a column more, another default, what an index covers, a check."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.model import Operation

_INDEX = re.compile(
    r"(?:please\s+)?(?:let|make|have|extend|change|create)\s+(?:the\s+)?`?(?P<name>\w+)`?\s+"
    r"(?:index\s+)?"
    r"(?:cover|index|over|on|to|to\s+cover)\s+`?\(?(?P<columns>\w+(?:(?:\s*,\s*"
    r"|\s+and\s+)\w+)+)\)?`?",
    re.I,
)
_COLUMN = re.compile(
    r"(?:please\s+)?add\s+(?:an?\s+|the\s+)?`(?P<name>[a-z_]\w*)\s+(?P<declared>[^`]+)`"
    r"(?:\s+column)?\s+to\s+"
    r"(?:the\s+)?`?(?P<table>\w+)`?(?:\s+table)?",
    re.I,
)
_DEFAULT = re.compile(
    r"(?:please\s+)?(?:default\s+(?:the\s+)?`?(?P<a>\w+)`?\s+to\s+`?(?P<x>[\w.()']+)`?"
    r"|(?:give|set)\s+`?(?P<b>\w+)`?\s+(?:an?\s+|the\s+|its\s+)?default\s+(?:of|to)\s+`?"
    r"(?P<y>[\w.()']+)`?)",
    re.I,
)
_CHECK = re.compile(
    r"(?:please\s+)?add\s+(?:an?\s+|the\s+)?`?CHECK`?(?:\s+constraint)?\s+(?:that\s+|for\s+|:\s*)?"
    r"`?\(?(?P<test>(?P<name>[a-z_]\w*)\s*(?:>=?|<=?|<>|=|IN\b|BETWEEN\b)(?:[^`()]|\([^"
    r"()]*\))+)\)?`?",
    re.I,
)
_TABLE = re.compile(
    r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?\"?(?P<name>[\w.]+)\"?\s*\("
    r"(?P<body>.*?)\n\s*\)[^();]*;",
    re.I | re.S,
)


def schema_told(file: SettingsFile, step: str) -> tuple[SettingEdit, ...] | None:
    """Return the edit of a schema that the words ask for; None for another text."""
    if not file.path.endswith(".sql"):
        return None
    text = step.strip().rstrip(".;")
    if re.search(r"(?i)\b(?:not\s+add|never|or|either|unless|except|instead)\b|n['’]t\b", text):
        return None
    for form in (_indexed, _added, _defaulted, _checked):
        if (edits := form(file, text)) is not None:
            return edits
    return None


def _indexed(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    told = _INDEX.fullmatch(text)
    if told is None:
        return None
    form = (
        rf"CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?:\w+\s+)*?{re.escape(told['name'])}\s+"
        r"ON\s+(?P<t>[\w.]+)\s*"
    )
    matches = list(
        re.finditer(rf"{form}(?:USING\s+\w+\s*)?\((?P<columns>[\w\s,]+)\)", file.text, re.I)
    )
    if not matches:
        return None
    begin, end = only([one.span("columns") for one in matches], told["name"])
    columns = re.split(r"\s*,\s*|\s+and\s+", told["columns"].strip())
    before = file.text[begin:end]
    wanted = ", ".join(columns)
    if [one.strip() for one in before.split(",")] == columns:
        raise Unreadable(f"{told['name']} is on {wanted} already")
    for column in columns:
        _known(file, matches[0]["t"], column)
    said = f"let `{told['name']}` be on `{wanted}`"
    return (SettingEdit(begin, end, wanted, said, Operation.SET, (f"({wanted})",), ()),)


def _table(file: SettingsFile, name: str) -> re.Match[str]:
    tables = [one for one in _TABLE.finditer(file.text) if one["name"].lower() == name.lower()]
    begin, _ = only([one.span() for one in tables], f"table {name}")
    return next(one for one in tables if one.start() == begin)


def _known(file: SettingsFile, table: str, column: str) -> None:
    if not re.search(rf"^\s*\"?{re.escape(column)}\"?\s", _table(file, table)["body"], re.M | re.I):
        raise Unreadable(f"{table} has no column {column}")


def _added(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    told = _COLUMN.fullmatch(text)
    if told is None or not re.fullmatch(r"[\w\s(),.'\"]+", told["declared"]):
        return None
    table = _table(file, told["table"])
    body = table["body"]
    if re.search(rf"^\s*\"?{re.escape(told['name'])}\"?\s", body, re.M | re.I):
        raise Unreadable(f"{told['table']} has {told['name']} already")
    rows = list(re.finditer(r"^[ \t]*\S[^\n]*$", body, re.M))
    columns = [
        one
        for one in rows
        if not re.match(r"\s*(?:primary|foreign|unique|check|constraint|--)", one[0], re.I)
    ]
    if not columns or "--" in columns[-1][0]:
        raise Unreadable("where the column goes is not plain")
    last = columns[-1]
    begin = table.start("body") + last.start()
    at = table.start("body") + len(body[: last.end()].rstrip())
    lead = file.indent(begin)
    comma = "," if body[: last.end()].rstrip().endswith(",") else ""
    row = f"{told['name']} {told['declared'].strip()}"
    line = f"{'' if comma else ','}{file.newline}{lead}{row}{comma}"
    said = f"add the column `{told['name']}` to `{told['table']}`"
    return (SettingEdit(at, at, line, said, Operation.ADD, (row,)),)


def _row(file: SettingsFile, name: str) -> tuple[int, int]:
    """Return the span of the one column's declaration, without its comma."""
    form = rf"^[ \t]*\"?{re.escape(name)}\"?[ \t]+[A-Za-z][^\n]*?(?=,?[ \t]*(?:--[^\n]*)?$)"
    rows = [
        (table.start("body") + one.start(), table.start("body") + one.end())
        for table in _TABLE.finditer(file.text)
        for one in re.finditer(form, table["body"], re.M | re.I)
    ]
    spans = file.quoted()
    if len(rows) > 1 and len(spans) == 1:
        held = [
            table.span()
            for table in _TABLE.finditer(file.text)
            if table.start() <= spans[0][0] < table.end()
        ]
        rows = [one for one in rows if held and held[0][0] <= one[0] < held[0][1]]
    return only(rows, f"column {name}")


def _defaulted(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    told = _DEFAULT.fullmatch(text)
    if told is None:
        return None
    name, value = told["a"] or told["b"], told["x"] or told["y"]
    begin, end = _row(file, name)
    if re.search(r"(?i)\bDEFAULT\b", file.text[begin:end]):
        raise Unreadable(f"{name} has another default")
    clause = f" DEFAULT {value}"
    return (
        SettingEdit(
            end, end, clause, f"default `{name}` to `{value}`", Operation.ADD, (clause.strip(),)
        ),
    )


def _checked(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    told = _CHECK.fullmatch(text)
    if told is None:
        return None
    begin, end = _row(file, told["name"])
    if re.search(r"(?i)\bCHECK\b", file.text[begin:end]):
        raise Unreadable(f"{told['name']} has a check already")
    clause = f" CHECK ({told['test'].strip()})"
    return (
        SettingEdit(
            end, end, clause, f"check `{told['test'].strip()}`", Operation.ADD, (clause.strip(),)
        ),
    )
