"""Declarations of SQL that a finding quotes: a column, or the table that gets an index."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.fitting.focus import lines_in
from mendbook.fixes.settings.fitting.saying import Saying
from mendbook.fixes.settings.sql_schema import edit_sql
from mendbook.fixes.settings.told.constraints import constrained
from mendbook.model import Operation

_TABLE = re.compile(
    r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?\"?(?P<name>[\w.]+)\"?\s*\((?P<body>.*?)\)[^();]*;",
    re.I | re.S,
)
_COLUMN = re.compile(r"^\s*\"?(?P<name>[a-z_]\w*)\"?\s+(?P<rest>[A-Za-z].*?),?\s*(?:--.*)?$")
_NO_COLUMN = re.compile(r"(?i)^\s*(?:primary|foreign|unique|check|constraint|index|key|create)\b")
_TYPE = (
    r"(?:(?:BIG|SMALL)?(?:INT|SERIAL)(?:EGER)?|TEXT|CITEXT|(?:VAR)?CHAR\s*\(\d+\)"
    r"|(?:NUMERIC|DECIMAL)\s*(?:\(\s*\d+\s*(?:,\s*\d+\s*)?\))|TIMESTAMPTZ|TIMESTAMP\s+WITH\s+TIME\s+"
    r"ZONE|TIMESTAMP|DATE|BOOLEAN|UUID|JSONB?|REAL|DOUBLE\s+PRECISION|BYTEA|INTERVAL|INET)"
)
_CLAUSE = re.compile(
    rf"\b(?P<type>{_TYPE})(?![\w(])|\b(?P<clause>NOT\s+NULL|UNIQUE(?!\s*\()|ON\s+DELETE\s+(?:CASCADE|RESTRICT"
    r"|SET\s+NULL|NO\s+ACTION)|DEFAULT\s+(?:'[^']*'|-?\d[\d.]*|now\(\)|CURRENT_TIMESTAMP|TRUE|FALSE|true|false)"
    r"|CHECK\s*\((?:[^()]|\([^()]*\))*\))"
)
_INDEX = re.compile(r"\bind(?:ex|ices|exes)\b", re.I)
_LISTED = re.compile(r"\(\s*(?P<columns>[a-z_]\w*(?:\s*,\s*[a-z_]\w*)*)\s*\)")
_CALLED = re.compile(r"[a-z]\w*_\w+")
"""A name that an index may be given."""
_UNSAID = re.compile(r"(?:not|never|instead\s+of|rather\s+than|no)\s+(?:an?\s+)?$", re.I)


def declared(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the schema with what the text spells out for the column, or the table, quoted."""
    if not file.path.endswith(".sql") or saying.goes:
        return None
    if _INDEX.search(saying.text):
        return _indexed(file, span, saying)
    return _column(file, span, saying)


def _indexed(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return an index on the columns told, of the table told or quoted."""
    if re.search(
        r"\b(?:unique|partial|where|gin|gist|hash|concurrently|drop)\b", saying.text, re.I
    ):
        return None
    tables = {one["name"]: one for one in _TABLE.finditer(file.text)}
    listed = list(_LISTED.finditer(saying.text))
    if len(listed) != 1:
        return None
    columns = [one.strip() for one in listed[0]["columns"].split(",")]
    named = [one for one in tables if saying.says(one)]
    own = re.search(r"(?i)\bON\s+\"?([\w.]+)\"?\s*\(", file.text[slice(*span)])
    around = [one for one, table in tables.items() if table.start() <= span[0] < table.end()]
    quoted = [own[1]] if own is not None else around
    names = named or quoted
    if len(names) != 1 or names[0] not in tables:
        return None
    for column in columns:
        if not re.search(rf"(?m)^\s*\"?{re.escape(column)}\"?\s", tables[names[0]]["body"]):
            raise Unreadable(f"{names[0]} has no column {column}")
    if own is not None and not re.search(
        r"\b(?:second|another|an?|new|further|additional|more|own|separate)\s+(?:\w+\s+)?index|\badd\b|\bcreate\b",
        saying.text,
        re.I,
    ):
        return _extended(file, span, columns)
    called = {one.text for one in saying.told} - {*names, *columns, *quoted}
    if any(not _CALLED.fullmatch(one) for one in called) or len(called) > 1:
        return None
    ask = Ask(
        Verb.INDEX, saying.text, name=names[0], value=", ".join(columns), line="".join(called)
    )
    return edit_sql(file, ask)


def _extended(
    file: SettingsFile, span: tuple[int, int], columns: list[str]
) -> tuple[SettingEdit, ...] | None:
    """Return the one index quoted on more columns than it has."""
    held = list(re.compile(r"(?i)\bINDEX\b[^;(]*\((?P<columns>[^)]*)\)").finditer(file.text, *span))
    if len(held) != 1:
        return None
    own = [one.strip() for one in held[0]["columns"].split(",")]
    if not set(own) < set(columns):
        return None
    new = ", ".join(columns)
    return (
        SettingEdit(*held[0].span("columns"), new, f"index `{new}`", Operation.SET, (new,), ()),
    )


def _column(
    file: SettingsFile, span: tuple[int, int], saying: Saying
) -> tuple[SettingEdit, ...] | None:
    """Return the one column quoted with the type and the constraints that the text spells out."""
    rows = [
        told
        for begin, end in lines_in(file, span)
        if not _NO_COLUMN.match(file.text[begin:end])
        and (told := _COLUMN.match(file.text[begin:end])) is not None
    ]
    tables = [one for one in _TABLE.finditer(file.text) if one.start() <= span[0] < one.end()]
    if len(rows) != 1 or len(tables) != 1:
        return None
    name, rest = rows[0]["name"], rows[0]["rest"]
    clauses = [
        one
        for one in _CLAUSE.finditer(saying.text)
        if not _UNSAID.search(saying.text[: one.start()])
    ]
    types = [one["type"] for one in clauses if one["type"]]
    added = [one["clause"] for one in clauses if one["clause"]]
    if not clauses or len(types) > 1:
        return None
    others = re.findall(r"(?m)^\s*\"?([a-z_]\w*)\"?\s+[A-Z]", tables[0]["body"])
    if not saying.says(name) and any(
        saying.says(one) for one in others if one != name and len(one) > 2
    ):
        return None
    known = {name, tables[0]["name"], f"{tables[0]['name']}.{name}"}
    for one in saying.told:
        inside = any(each.start() <= one.start < each.end() for each in clauses)
        if not inside and one.text not in known and one.text not in rest:
            return None
    if all(re.search(rf"(?i)\b{re.escape(one)}", rest) for one in added) and not types:
        raise Unreadable(f"{name} is {added[0]} already")
    table = tables[0]["name"]
    wanted = " ".join([*types, *added])
    try:
        return edit_sql(file, Ask(Verb.COLUMN, wanted, name=f"{table}.{name}", value=wanted))
    except Unreadable:
        made = constrained(file, f"add {wanted} to {table}.{name}")
        if made is None:
            raise
        return made
