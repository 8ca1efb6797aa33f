"""Schemas in SQL: an index on columns that a table has, a column with another declaration."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, only
from mendbook.fixes.settings.literal import edit_literal
from mendbook.model import Operation

_TABLE = re.compile(
    r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?\"?(?P<name>[\w.]+)\"?\s*\(.*?\)[^();]*;",
    re.I | re.S,
)
_DECLARED = re.compile(
    r"^(?:[ \t]*\"?(?P<name>\w+)\"?[ \t]+)(?P<type>[A-Za-z]\w*(?:[ \t]*\([^)\n]*\))?)"
    r"(?P<rest>[^\n]*?)(?:,?)[ \t]*(?:--[^\n]*)?\r?$",
    re.M,
)
_NO_COLUMN = {"primary", "foreign", "unique", "check", "constraint", "index", "key", "create"}
_CONSTRAINT = re.compile(r"NOT NULL|UNIQUE|ON DELETE [A-Z]+(?: [A-Z]+)?|DEFAULT \S+", re.I)


def edit_sql(file: SettingsFile, ask: Ask) -> tuple[SettingEdit, ...]:
    """Return the edit of a schema in SQL: an index, or the declaration of a column."""
    if ask.verb is Verb.WRITE:
        ask = _as_told(ask)
    if ask.verb is Verb.REPLACE and _is_column(file, ask.old):
        ask = replace(ask, verb=Verb.COLUMN, name=ask.old)
    if ask.verb in {Verb.REPLACE, Verb.REWRITE}:
        return edit_literal(file, ask)
    if ask.verb is Verb.COLUMN:
        return (_declared(file, ask),)
    if ask.verb is not Verb.INDEX:
        raise Unreadable("what is to change is not an index or a column")
    ask = _about_table(file, ask)
    table = re.compile(
        rf"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?\"?{re.escape(ask.name)}\"?\s*\(.*?\);",
        re.I | re.S,
    )
    begin, end = only([each.span() for each in table.finditer(file.text)], f"table {ask.name}")
    columns = re.split(r"\s*,\s*|\s+and\s+", ask.value.strip())
    for column in columns:
        if not re.search(rf"^\s*\"?{re.escape(column)}\"?\s", file.text[begin:end], re.M):
            raise Unreadable(f"{ask.name} has no column {column}")
    listed = r"\s*,\s*".join(map(re.escape, columns))
    own = rf"INDEX\s+(?P<name>\w+)\s+ON\s+{re.escape(ask.name)}\s*\(\s*(?P<columns>[^)]*)\)"
    if re.search(rf"ON\s+{re.escape(ask.name)}\s*\(\s*{listed}\s*\)", file.text, re.I):
        raise Unreadable("the index is there already")
    others = list(re.finditer(own, file.text, re.I))
    name = ask.line or _index_name(ask.name, columns, others)
    statement = f"CREATE INDEX {name} ON {ask.name} ({', '.join(columns)});"
    at = file.line_end(others[-1].end()) if others else file.line_end(end)
    gap = "" if others else file.newline
    edit = file.inserted(at, f"{gap}{statement}", f"add an index on `{ask.name}({ask.value})`")
    return (edit,)


_INDEX = re.compile(
    r"CREATE\s+INDEX\s+(?:(?P<name>\w+)\s+)?ON\s+(?P<table>[\w.]+)\s*\((?P<columns>[\w\s,]+)\);?",
    re.I,
)


def _as_told(ask: Ask) -> Ask:
    """Return an ask for the index, or for the column with all that it is declared as."""
    if (index := _INDEX.fullmatch(ask.line)) is not None:
        columns = ", ".join(index["columns"].replace(",", " ").split())
        told = index["name"] or ""
        return replace(ask, verb=Verb.INDEX, name=index["table"], value=columns, line=told)
    column = re.fullmatch(r"\"?(?P<name>\w+)\"?\s+(?P<declared>.+?),?", ask.line)
    if column is None or ask.relation:
        raise Unreadable("what is to change is not an index or a column")
    return replace(ask, verb=Verb.COLUMN, name=column["name"], value=column["declared"])


def _about_table(file: SettingsFile, ask: Ask) -> Ask:
    """Return an ask for an index with the table of its column, where the text leaves that out."""
    if ask.name:
        return ask
    row = _column(file, ask.value)
    tables = [
        each for each in _TABLE.finditer(file.text) if each.start() < row.start() < each.end()
    ]
    return replace(ask, name=tables[0]["name"])


def _is_column(file: SettingsFile, name: str) -> bool:
    return any(
        row["name"].lower() == name.rpartition(".")[2].lower()
        for table in _TABLE.finditer(file.text)
        for row in _DECLARED.finditer(file.text, file.line_end(table.start()), table.end())
    )


def _index_name(table: str, columns: list[str], others: list[re.Match[str]]) -> str:
    """Return a name in the manner of the table's other indexes."""
    tail = "_".join(columns)
    for other in others:
        before = "_".join(part.strip() for part in other["columns"].split(","))
        if other["name"].endswith(before):
            return other["name"][: -len(before)] + tail
        if before in other["name"]:
            return other["name"].replace(before, tail)
    return f"idx_{table}_{tail}"


def _declared(file: SettingsFile, ask: Ask) -> SettingEdit:
    """Return the column's line with the type or the constraints that are asked for."""
    row = _column(file, ask.name)
    kept, rest, wanted = row["type"], row["rest"], ask.value.strip()
    asked = [each[0] for each in _CONSTRAINT.finditer(wanted)]
    kind = _CONSTRAINT.sub("", wanted).strip()
    if kind.upper() in {"CHECK", "REFERENCES", "PRIMARY", "FOREIGN", "CONSTRAINT", "NULL"} or (
        kind and not re.fullmatch(r"[A-Za-z]\w*(?:[ ]*\([\d, ]+\))?", kind)
    ):
        raise Unreadable(f"`{wanted}` is not a type with its constraints")
    for each in asked:
        if each.lower() in rest.lower():
            if not kind:
                raise Unreadable(f"{ask.name} is {each} already")
        elif each.upper().startswith("ON DELETE"):
            rest = _deleting(rest, each, ask.name)
        elif each.upper().startswith("DEFAULT") and re.search(r"(?i)\bDEFAULT\b", rest):
            raise Unreadable(f"{ask.name} has another default")
        elif each.upper() == "NOT NULL":
            rest = f" {each}{rest}"
        else:
            rest = f"{rest} {each.upper() if each.islower() else each}"
    column = f"{kind or kept}{rest}"
    before = f"{kept}{row['rest']}"
    if column == before:
        raise Unreadable(f"{ask.name} is {wanted} already")
    start = row.start("type")
    said = f"declare `{ask.name}` as `{column.strip()}`"
    return SettingEdit(
        start,
        start + len(before),
        column,
        said,
        Operation.SET,
        (column.strip(),),
        (before.strip(),),
    )


def _deleting(rest: str, clause: str, column: str) -> str:
    """Return a column's constraints with what happens when the row that it refers to goes."""
    refers = re.search(r"(?i)\bREFERENCES\s+[\w.\"]+\s*(?:\([^)]*\))?", rest)
    if refers is None or re.search(r"(?i)\bON\s+DELETE\b", rest):
        raise Unreadable(f"what {column} refers to is not declared in its line")
    if clause.upper().endswith("SET NULL") and re.search(r"(?i)\bNOT\s+NULL\b", rest):
        raise Unreadable(f"{column} is NOT NULL, and would become NULL")
    return f"{rest[: refers.end()]} {clause}{rest[refers.end() :]}"


def _column(file: SettingsFile, name: str) -> re.Match[str]:
    table, _, column = name.replace('"', "").rpartition(".")
    rows = [
        row
        for each in _TABLE.finditer(file.text)
        if not table or each["name"].rpartition(".")[2].lower() == table.lower()
        for row in _DECLARED.finditer(file.text, file.line_end(each.start()), each.end())
        if row["name"].lower() == column.lower() and row["name"].lower() not in _NO_COLUMN
    ]
    spans = file.quoted()
    if len(rows) > 1 and len(spans) == 1:
        rows = [row for row in rows if spans[0][0] <= row.start("name") < spans[0][1]]
    begin, _ = only([row.span() for row in rows], f"column {name}")
    return next(row for row in rows if row.start() == begin)
