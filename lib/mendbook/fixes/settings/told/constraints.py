"""What a column or a table of a schema is to keep: checks, references, defaults, uniqueness."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.told.plain import plain
from mendbook.model import Operation

_TYPES = (
    r"(?:(?:BIG|SMALL)?(?:INT|SERIAL)(?:EGER)?|TEXT|CITEXT|(?:VAR)?CHAR(?:\s*\(\d+\))?|"
    r"(?:NUMERIC|DECIMAL)(?:\s*\(\d+(?:\s*,\s*\d+)?\))?"
    r"|TIMESTAMPTZ|TIMESTAMP(?:\s+WITH(?:OUT)?\s+TIME\s+ZONE)?|DATE|BOOLEAN|UUID|JSONB?|REAL"
    r"|DOUBLE\s+PRECISION|BYTEA|INTERVAL|INET)"
)
_INNER = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_ACTION = r"(?:CASCADE|RESTRICT|SET\s+NULL|SET\s+DEFAULT|NO\s+ACTION)"
_CLAUSE = re.compile(
    rf"(?P<type>(?<![\w(]){_TYPES}(?!\w)(?:\[\])?(?!\s*[,()]))"
    rf"|(?P<check>\bCHECK\s*{_INNER})"
    rf"|(?P<foreign>\bFOREIGN\s+KEY\s*\([\w,\s]+\)\s*REFERENCES\s+[\w.]+\s*(?:\([\w,\s]+\))?"
    rf"(?:\s+ON\s+(?:DELETE|UPDATE)\s+{_ACTION})*)"
    rf"|(?P<refers>\bREFERENCES\s+[\w.]+\s*(?:\([\w,\s]+\))?(?:\s+ON\s+(?:DELETE"
    rf"|UPDATE)\s+{_ACTION})*)"
    rf"|(?P<deletes>\bON\s+(?:DELETE|UPDATE)\s+{_ACTION})"
    r"|(?P<group>\b(?:UNIQUE|PRIMARY\s+KEY)\s*\([\w,\s]+\))"
    r"|(?P<key>\bPRIMARY\s+KEY\b)"
    r"|(?P<filled>\bNOT\s+NULL\b)"
    r"|(?P<unique>\bUNIQUE\b(?!\s+(?:constraint|index)))"
    rf"|(?P<default>\bDEFAULT\s+(?:'[^']*'|-?\d[\d.]*|\w+\s*{_INNER}|\w+\(\)|TRUE|FALSE|NULL"
    rf"|CURRENT_TIMESTAMP|CURRENT_DATE|\w+\(\)))"
)
_FREE = frozenset(
    [
        "add",
        "put",
        "set",
        "give",
        "declare",
        "define",
        "make",
        "mark",
        "have",
        "has",
        "needs",
        "need",
        "must",
        "should",
        "be",
        "get",
        "gets",
        "is",
        "the",
        "a",
        "an",
        "its",
        "column",
        "columns",
        "field",
        "constraint",
        "constraints",
        "clause",
        "table",
        "to",
        "on",
        "for",
        "of",
        "in",
        "with",
        "as",
        "and",
        "it",
        "also",
        "please",
        "explicit",
        "declared",
        "defined",
        "use",
        "apply",
        "enforce",
        "attach",
        "enforced",
        "by",
        "database",
        "at",
        "level",
        "db",
        "schema",
        "row",
        "rows",
        "foreign",
        "key",
        "unique",
        "check",
        "this",
        "that",
        "too",
        "lacks",
        "wants",
        "restrict",
        "limit",
        "guard",
        "protect",
        "ensure",
        "constrain",
        "allow",
        "values",
        "value",
    ]
)
_DENIED = re.compile(
    r"\b(?:not|never|or|either|unless|except|instead|rather|remove|drop|delete|replace|rename|index"
    r"|migration|from|both|all|every|each|backfill|first|when|where|if)\b|n['’]t\b|\?",
    re.IGNORECASE,
)
_TABLE = re.compile(
    r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[\"`]?(?P<name>[\w.]+)[\"`]?\s*\("
    r"(?P<body>.*?)\n[ \t]*\)[^();]*;",
    re.I | re.S,
)
_NO_COLUMN = {
    "primary",
    "foreign",
    "unique",
    "check",
    "constraint",
    "key",
    "exclude",
    "index",
    "--",
}
_ROW = re.compile(
    r"^(?P<lead>[ \t]*)(?P<name>[\"`]?\w+[\"`]?)(?P<gap>[ \t]+)(?P<declared>[^\n]*?)(?P<end>,?)"
    r"(?P<note>[ \t]*(?:--[^\n]*)?)\r?$",
    re.M,
)
_TYPE = re.compile(
    r"[A-Za-z]\w*(?:[ \t]*\([^()\n]*\))?(?:[ \t]+(?:precision|varying|unsigned|with"
    r"(?:out)?\s+time\s+zone))*"
    r"(?:\[\])?(?:[ \t]*\([^()\n]*\))?",
    re.I,
)
_COMPARED = re.compile(
    r"\b[a-z_][\w.]*\s*(?:>=?|<=?|<>|!=|=|\bBETWEEN\b|\bIN\b(?=\s*\())\s*(?:\([^()]*\)|-?[\w.']+)"
    r"(?:\s+AND\s+(?:[a-z_]\w*\s*(?:>=?|<=?|<>|!=|=)\s*)?-?[\w.']+)?"
)
"""A test of a column that is told without its brackets."""
_BARE_CHECK = re.compile(
    r"(?:(?:with|by|in|as|through|via)\s+)?\b(?:an?\s+|the\s+)?(?:CHECK|check)"
    r"(?:\s+constraint)?(?:\s+that|\s+for|:)?\s?"
)


@dataclass(frozen=True, slots=True)
class _Column:
    table: str
    name: str
    start: int
    """Where its declaration begins, behind its name."""
    declared: str


def constrained(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Add CHECK (level >= 0) to tanks.level*: a clause more for a column, or for a table."""
    if not file.path.endswith(".sql"):
        return None
    text = plain(said, ticks=False)
    if re.search(r"(?i)\bcheck\b", text) and not re.search(rf"(?i)\bCHECK\s*{_INNER}", text):
        text = _COMPARED.sub(lambda told: f"CHECK ({told[0].strip()})", _BARE_CHECK.sub("", text))
    text, old = _without_old(text)
    matches = list(_CLAUSE.finditer(text))
    if not matches:
        return None
    rest = text
    for each in matches:
        rest = rest.replace(each[0], " ", 1)
    if _DENIED.search(rest) or re.search(r"[()\"'=<>]", rest):
        return None
    words = [one.strip(":,.") for one in re.findall(r"[^\s,]+", rest)]
    names = [one for one in words if one and one.lower() not in _FREE]
    clauses = [(each.lastgroup or "", " ".join(each[0].split())) for each in matches]
    if len(clauses) == 1 and clauses[0][0] in {"group", "foreign"}:
        return (_for_table(file, names, clauses[0][1]),)
    columns = _columns(file)
    meant = [one for one in columns if _is_meant(one, names)]
    if len(meant) > 1 and len(file.quoted()) == 1:
        begin, end = file.quoted()[0]
        meant = [one for one in meant if begin <= one.start < end]
    if not meant and len(clauses) == 1 and clauses[0][0] == "check":
        return (_checked(file, names, clauses[0][1], columns),)
    if not meant and not names and len(file.quoted()) == 1:
        begin, end = file.quoted()[0]
        meant = [one for one in columns if begin <= one.start < end]
    if len(meant) != 1:
        raise Unreadable(f"`{' '.join(names)}` names {len(meant)} columns")
    kind = _TYPE.match(meant[0].declared)
    if old and (kind is None or _tight(kind[0]) != _tight(old)):
        raise Unreadable(f"{meant[0].name} is no {old}")
    return (_with(meant[0], clauses),)


def _without_old(text: str) -> tuple[str, str]:
    """Return a text without the type that gives way in it, and that type."""
    told = re.search(
        rf",?\s+(?:{INSTEAD_OF}|not)\s+(?P<old>{_TYPES})(?=\s|$)",
        text,
    )
    if told is None:
        return text, ""
    return text[: told.start()] + text[told.end() :], told["old"]


def _columns(file: SettingsFile) -> list[_Column]:
    return [
        _Column(
            table["name"].rpartition(".")[2].lower(),
            row["name"].strip('"`').lower(),
            table.start("body") + row.start("declared"),
            row["declared"].rstrip(),
        )
        for table in _TABLE.finditer(file.text)
        for row in _ROW.finditer(table["body"])
        if row["name"].strip('"`').lower() not in _NO_COLUMN
    ]


def _is_meant(column: _Column, names: list[str]) -> bool:
    """Tell whether every name is of the column or its table, and one is the column's."""
    own = [one.lower() for one in names]
    dotted = f"{column.table}.{column.name}"
    fit = all(one in {dotted, column.name, column.table} for one in own)
    return fit and any(one in {dotted, column.name} for one in own)


def _with(column: _Column, clauses: list[tuple[str, str]]) -> SettingEdit:
    declared = column.declared
    kind = _TYPE.match(declared)
    if kind is None:
        raise Unreadable(f"{column.name} has no type")
    for name, clause in clauses:
        kind = _TYPE.match(declared) or kind
        if name != "type" and clause.lower() in " ".join(declared.lower().split()):
            raise Unreadable(f"{column.name} is {clause} already")
        refers = re.search(r"(?i)\bREFERENCES\s+[\w.\"]+\s*(?:\([^)]*\))?", declared)
        same = refers is not None and _tight(clause).startswith(_tight(refers[0]))
        if name == "refers" and refers is not None and same:
            if re.search(r"(?i)\bON\s+(?:DELETE|UPDATE)\b", declared):
                raise Unreadable(f"{column.name} has another REFERENCES")
            declared = declared[: refers.start()] + clause + declared[refers.end() :]
            continue
        if name in {"check", "default", "refers", "key", "foreign"} and re.search(
            rf"(?i)\b{clause.split()[0].rstrip('(')}\b", declared
        ):
            raise Unreadable(f"{column.name} has another {clause.split()[0]}")
        if name == "type":
            declared = f"{clause}{declared[kind.end() :]}"
        elif name == "filled":
            at = kind.end()
            bare = re.match(r"\s+NULL\b", declared[at:], re.I)
            declared = f"{declared[:at]} NOT NULL{declared[at + (bare.end() if bare else 0) :]}"
        elif name == "deletes":
            event = re.escape(" ".join(clause.split()[:2]))
            if refers is None or re.search(rf"(?i)\b{event}\b", declared):
                raise Unreadable(f"what {column.name} refers to is not declared in its line")
            declared = f"{declared[: refers.end()]} {clause}{declared[refers.end() :]}"
        elif name == "group":
            raise Unreadable("a clause of several columns is none of one")
        else:
            declared = f"{declared} {clause}"
    if re.search(r"(?i)\bNOT\s+NULL\b", declared) and re.search(
        r"(?i)\bON\s+(?:DELETE|UPDATE)\s+SET\s+NULL\b|\bDEFAULT\s+NULL\b", declared
    ):
        raise Unreadable(f"{column.name} is NOT NULL, and would become NULL")
    said = f"declare `{column.name}` as `{declared}`"
    start = column.start
    return SettingEdit(
        start,
        start + len(column.declared),
        declared,
        said,
        Operation.SET,
        (declared,),
        (column.declared,),
    )


def _checked(
    file: SettingsFile, names: list[str], clause: str, columns: list[_Column]
) -> SettingEdit:
    """Return a check put where its columns say: at its one column, else at their table."""
    inside = {one.lower() for one in re.findall(r"[A-Za-z_]\w*", re.sub(r"'[^']*'", "", clause))}
    meant = [one for one in columns if one.name in inside]
    tables = {one.table for one in meant}
    if names:
        tables &= {one.lower() for one in names}
        if len(names) > 1:
            raise Unreadable(f"`{' '.join(names)}` names no column")
    elif len(tables) > 1 and len(file.quoted()) == 1:
        begin, end = file.quoted()[0]
        tables &= {one.table for one in columns if begin <= one.start < end}
    if len(tables) != 1:
        raise Unreadable(f"the check is about {len(tables)} tables")
    table = tables.pop()
    mine = [one for one in meant if one.table == table]
    if len(mine) == 1:
        return _with(mine[0], [("check", clause)])
    return _for_table(file, [table], clause)


def _for_table(file: SettingsFile, names: list[str], clause: str) -> SettingEdit:
    """Return a clause of the table put behind the last of its rows."""
    tables = list(_TABLE.finditer(file.text))
    if names:
        tables = [one for one in tables if one["name"].lower() in {each.lower() for each in names}]
    elif len(file.quoted()) == 1:
        begin, end = file.quoted()[0]
        tables = [one for one in tables if one.start() < end and begin < one.end()]
    if len(tables) != 1 or len(names) > 1:
        raise Unreadable(f"`{' '.join(names)}` names {len(tables)} tables")
    body = tables[0]["body"]
    if re.sub(r"\s+", "", clause).lower() in re.sub(r"\s+", "", body).lower():
        raise Unreadable("it stands there already")
    held = {one.name for one in _columns(file) if one.table == tables[0]["name"].lower()}
    listed = re.match(r"(?:UNIQUE|PRIMARY\s+KEY|FOREIGN\s+KEY)\s*\(([^)]*)\)", clause)
    for name in listed[1].split(",") if listed else ():
        if name.strip().lower() not in held:
            raise Unreadable(f"{tables[0]['name']} has no column {name.strip()}")
    if clause.upper().startswith("PRIMARY") and re.search(r"(?i)\bPRIMARY\s+KEY\b", body):
        raise Unreadable("the table has another PRIMARY KEY")
    rows = [one for one in _ROW.finditer(body) if one["declared"]]
    last = rows[-1]
    at = tables[0].start("body") + last.end("declared")
    if last["end"]:
        raise Unreadable("where the clause goes is not plain")
    lines = f",{last['note']}{file.newline}{last['lead']}{clause}"
    stop = tables[0].start("body") + last.end("note")
    return SettingEdit(at, stop, lines, f"add `{clause}`", Operation.ADD, (clause,))


def _tight(code: str) -> str:
    return re.sub(r"\s+", "", code).lower()
