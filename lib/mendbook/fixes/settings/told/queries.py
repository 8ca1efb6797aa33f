"""Queries told in a few words: joins by comma written out, a clause more for one statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.sql_schema import edit_sql
from mendbook.fixes.settings.told.plain import plain
from mendbook.model import Operation

_ON = (
    r"JOIN\s+(?P<table>[\w.]+)(?:\s+(?:AS\s+)?(?P<alias>(?!ON\b)\w+))?\s+ON\s+\(?"
    r"(?P<on>[\w.]+\s*=\s*[\w.]+)\)?"
)
_JOIN = re.compile(
    r"(?:please\s+)?(?:(?:write|rewrite|make|turn|convert|spell|express|change|replace|use"
    r"|prefer|switch)\b[^,;]*?\b)?"
    rf"(?:(?:an?\s+|the\s+)?(?:explicit\s+|ANSI\s+|proper\s+|inner\s+)*(?:(?:INNER\s+)?{_ON}|"
    rf"(?:inner\s+)?joins?\b(?:\s+syntax|\s+clause)?"
    r"(?:\s*(?:…|\.\.\.)?\s*(?:with\s+)?(?:…\s*)?ON(?:\s+clause|\s*…)?)?))"
    rf"(?:\s+(?:{INSTEAD_OF}|for)\s+(?:the\s+|a\s+)?(?:comma"
    r"|implicit|old)[\w -]*)?",
    re.I,
)
_ABOUT_JOIN = re.compile(
    r"(?i)\bexplicit\b|\bANSI\b|\bcomma\b|\bimplicit\b|\bJOIN\s+\w+(?:\s+\w+)?\s+ON\b"
)
_OTHER = re.compile(
    r"(?i)\b(?:left|right|outer|full|cross|lateral|not|never|or|either|unless|except|all|both|every"
    r"|each|remove|add|index|limit)\b|n['’]t\b|\?"
)
_FROM = re.compile(
    r"\bFROM[ \t]+(?P<tables>[\w.]+(?:[ \t]+(?:AS[ \t]+)?(?!WHERE\b|JOIN\b)\w+)?"
    r"(?:\s*,\s*[\w.]+(?:[ \t]+(?:AS[ \t]+)?(?!WHERE\b)\w+)?)+)"
    r"(?:\s+)WHERE\s+(?P<tests>.+?)(?=\s*(?:\bGROUP\s+BY\b|\bORDER\s+BY\b|\bHAVING\b"
    r"|\bLIMIT\b|\bUNION\b|\bFOR\s+UPDATE\b|\)|;|\Z))",
    re.I | re.S,
)
_EQUAL = re.compile(r"(?P<a>\w+)\.\w+\s*=\s*(?P<b>\w+)\.\w+")


@dataclass(frozen=True, slots=True)
class _Test:
    text: str
    start: int
    end: int


def joined(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Write it as an explicit JOIN a ON …*: tables by comma, and the test that joins them."""
    if not file.path.endswith(".sql"):
        return None
    text = plain(said, ticks=False)
    told = _JOIN.fullmatch(text)
    if told is None or not _ABOUT_JOIN.search(text) or _OTHER.search(text):
        return None
    spans = file.quoted()
    queries = [
        one
        for one in _FROM.finditer(file.text)
        if not spans or any(one.start() < end and begin < one.end() for begin, end in spans)
    ]
    if len(queries) != 1:
        raise Unreadable(f"{len(queries)} queries join by comma")
    return (_written_out(file, queries[0], told),)


def _written_out(file: SettingsFile, query: re.Match[str], told: re.Match[str]) -> SettingEdit:
    if re.search(r"(?i)\bOR\b|\bSELECT\b|--|/\*", query["tests"]):
        raise Unreadable("which test joins the tables is not plain")
    tables = [" ".join(one.split()) for one in query["tables"].split(",")]
    names = [re.split(r"\s+(?:AS\s+)?", one, flags=re.I)[-1].lower() for one in tables]
    tests = list(_tests(query["tests"]))
    lead = file.indent(query.start())
    rows = [f"FROM {tables[0]}"]
    known = {names[0]}
    left = list(tests)
    for table, name in zip(tables[1:], names[1:], strict=True):
        ons = [one for one in left if _joins(one.text, name, known)]
        if not ons:
            raise Unreadable(f"no test joins {table}")
        left = [one for one in left if one not in ons]
        condition = " AND ".join(one.text for one in ons)
        if told["on"]:
            condition = _as_told(told, table, ons, len(tables))
        rows.append(f"JOIN {table} ON {condition}")
        known.add(name)
    inline = "\n" not in query[0]
    if left:
        between = re.search(r"\s+AND\s+", query["tests"], re.I)
        glue = between[0] if between is not None else " AND "
        tail = f"WHERE {glue.join(one.text for one in left)}"
    else:
        tail = ""
    rows += [tail] if tail else []
    block = (" " if inline else f"{file.newline}{lead}").join(rows)
    begin, end = query.start(), query.start("tests") + len(query["tests"].rstrip())
    joins = tuple(one for one in rows if one.startswith("JOIN"))
    return SettingEdit(begin, end, block, "write the join out", Operation.REPLACE, joins, ())


def _as_told(told: re.Match[str], table: str, ons: list[_Test], count: int) -> str:
    same = {_sides(one.text) for one in ons}
    wanted = " ".join(told["on"].split())
    spoken = " ".join(each for each in (told["table"], told["alias"]) if each)
    plain = re.sub(r"(?i)\s+AS\s+", " ", table)
    if count != 2 or len(ons) != 1 or _sides(wanted) not in same or spoken.lower() != plain.lower():
        raise Unreadable(f"the query does not join {spoken} on {wanted}")
    return wanted


def _sides(test: str) -> frozenset[str]:
    return frozenset(one.strip().lower() for one in test.split("="))


def _joins(test: str, name: str, known: set[str]) -> bool:
    equal = _EQUAL.fullmatch(test)
    if equal is None:
        return False
    sides = {equal["a"].lower(), equal["b"].lower()}
    return name in sides and len(sides) == 2 and bool((sides - {name}) & known)


def _tests(text: str) -> Iterator[_Test]:
    """Yield the tests that ``AND`` joins, outside of brackets and of ``BETWEEN``."""
    depth, at, between = 0, 0, False
    for part in re.finditer(r"[()]|'[^']*'|\bAND\b|\bBETWEEN\b", text, re.I):
        word = part[0].upper()
        depth += {"(": 1, ")": -1}.get(word, 0)
        if word == "BETWEEN":
            between = True
        elif word == "AND" and depth == 0 and between:
            between = False
        elif word == "AND" and depth == 0:
            yield _Test(text[at : part.start()].strip(), at, part.start())
            at = part.end()
    yield _Test(text[at:].strip(), at, len(text))


_VERB = (
    r"(?:please\s+)?(?:add|append|put|insert|use|include|give\s+it|set)\s+(?:an?\s+|the\s+"
    r"|explicit\s+|stable\s+)*"
)
_TARGET = (
    r"(?:\s+(?:to|in|on|for|at|after|of)\s+(?:the\s+|its\s+)?(?:end\s+of\s+)?(?:the\s+)?"
    r"(?:[\w.]+\s+)?(?:query|select|statement|insert|report|subquery|delete"
    r"|update|where(?:\s+clause)?|create\s+(?:unique\s+)?index|create\s+table|drop\s+table|end"
    r"|indexes?|ddl|script)(?:\s+(?:statement|clause))?)?"
)
_CLAUSE = (
    r"(?P<clause>LIMIT\s+(?:\d+|:\w+|\$\d+)|ORDER\s+BY\s+[\w.]+(?:\s+(?:ASC|DESC))?"
    r"(?:\s+NULLS\s+(?:FIRST|LAST))?(?:\s*,\s*[\w.]+(?:\s+(?:ASC|DESC))?)*"
    r"|ON\s+CONFLICT(?:\s*\([\w,\s]+\))?\s+DO\s+NOTHING|FOR\s+UPDATE(?:\s+SKIP\s+LOCKED"
    r"|\s+NOWAIT)?)"
)
_ENDING = re.compile(rf"{_VERB}{_CLAUSE}{_TARGET}", re.I)
_FOLLOWING = re.compile(rf"(?:{_VERB})?{_CLAUSE}{_TARGET}", re.I)
_NARROWED = re.compile(
    rf"{_VERB}(?:AND\s+|WHERE\s+|condition\s+|filter\s+)?(?P<test>[\w.]+\s+(?:IS\s+"
    rf"(?:NOT\s+)?NULL|(?:=|<>|!=|>=|<=|>|<)\s*(?:'[^']*'|[:$]?\w[\w.]*(?:\(\))?)))"
    rf"(?:\s+(?:condition|filter))?{_TARGET}",
    re.I,
)
_HEADS = re.compile(
    rf"{_VERB}(?P<words>IF\s+NOT\s+EXISTS|IF\s+EXISTS|CONCURRENTLY)(?:\s+(?:clause|option"
    rf"|keyword))?"
    r"(?:\s+(?:to|in|on|after|for)\s+(?:the\s+)?(?:(?:(?:CREATE|DROP)\s+(?:UNIQUE\s+)?"
    r"(?:TABLE|INDEX|VIEW|SCHEMA|EXTENSION))|statement|index|table)"
    r"(?:\s+(?:statement|[\w.]+))?)?",
    re.I,
)
_LATER = re.compile(r"(?i)\s*\b(?:LIMIT|OFFSET|FETCH|FOR\s+UPDATE|RETURNING)\b")


def clause_more(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Add LIMIT 100*, *add deleted_at IS NULL to the WHERE*: for the one statement quoted."""
    if not file.path.endswith(".sql"):
        return None
    text = plain(said, ticks=False)
    steps = [text, *re.split(r",?\s+and\s+", text)] if " and " in text else [text]
    parts = [_FOLLOWING.fullmatch(one) for one in steps[1:]]
    if len(parts) > 1 and all(parts) and re.match(_VERB, text, re.I):
        begin, end = _statement(file)
        return tuple(_ended(file, begin, end, told) for told in parts if told is not None)
    if re.fullmatch(r"(?i)(?:create|build|make|drop)\s+(?:it|the\s+index)\s+CONCURRENTLY", text):
        text = "add CONCURRENTLY"
    if (index := _INDEX.fullmatch(text)) is not None:
        ask = Ask(Verb.INDEX, said, name=index["table"], value=index["columns"])
        return edit_sql(file, ask)
    if _UNION.fullmatch(text) is not None:
        return (_unioned(file),)
    for form, make in ((_HEADS, _headed), (_ENDING, _ended), (_NARROWED, _narrowed)):
        if (told := form.fullmatch(text)) is not None:
            begin, end = _statement(file)
            return (make(file, begin, end, told),)
    return None


_INDEX = re.compile(
    r"(?:please\s+)?(?:(?:add|create|put)\s+an?\s+)?index\s+(?:on\s+|over\s+|for\s+)?"
    r"(?P<table>[\w.]+)\s*\(\s*(?P<columns>\w+(?:\s*,\s*\w+)*)\s*\)",
    re.I,
)
_UNION = re.compile(
    r"(?:please\s+)?(?:use|make\s+it|write|switch\s+to|prefer)\s+(?:an?\s+)?UNION\s+ALL",
    re.I,
)


def _unioned(file: SettingsFile) -> SettingEdit:
    form = re.compile(r"\bUNION\b(?!\s+ALL\b)", re.I)
    spans = [
        (begin + one.start(), begin + one.end())
        for begin, end in file.quoted()
        for one in form.finditer(file.text[begin:end])
    ]
    if len(spans) != 1:
        raise Unreadable(f"UNION stands {len(spans)} times in the code quoted")
    begin, end = spans[0]
    return SettingEdit(begin, end, "UNION ALL", "use UNION ALL", Operation.SET, ("UNION ALL",))


def _statement(file: SettingsFile) -> tuple[int, int]:
    """Return the span of the one statement that the evidence is in, without its semicolon."""
    spans = file.quoted()
    statements, at = [], 0
    for part in re.finditer(r"--[^\n]*|/\*.*?\*/|'[^']*'|\$\$.*?\$\$|;", file.text, re.S):
        if part[0] == ";":
            statements.append((at, part.start()))
            at = part.end()
    if file.text[at:].strip():
        statements.append((at, len(file.text.rstrip())))
    statements = [
        (a + len(file.text[a:b]) - len(file.text[a:b].lstrip()), b) for a, b in statements
    ]
    hit = [
        one
        for one in statements
        if any(one[0] < end and begin < one[1] + 1 for begin, end in spans)
    ]
    hit = hit if spans else statements
    if len(hit) != 1:
        raise Unreadable(f"the finding is about {len(hit)} statements")
    begin, end = hit[0]
    head = re.match(r"(?:\s+|--[^\n]*\n|/\*.*?\*/)*", file.text[begin:end], re.S)
    begin += head.end() if head is not None else 0
    return begin, begin + len(file.text[begin:end].rstrip())


def _headed(file: SettingsFile, begin: int, end: int, told: re.Match[str]) -> SettingEdit:
    words = " ".join(told["words"].upper().split())
    kind = "DROP" if words == "IF EXISTS" else "CREATE"
    if words == "CONCURRENTLY":
        head = re.match(r"(?i)(?:CREATE\s+(?:UNIQUE\s+)?|DROP\s+)INDEX\b", file.text[begin:end])
    else:
        head = re.match(
            rf"(?i){kind}\s+(?:UNIQUE\s+)?\w+(?:\s+CONCURRENTLY)?", file.text[begin:end]
        )
    if head is None or re.search(rf"(?i)\b{words}\b", file.text[begin:end]):
        raise Unreadable(f"the statement has no place for {words}")
    at = begin + head.end()
    clause = f"{head[0]} {words}"
    return SettingEdit(begin, at, clause, f"add {words}", Operation.SET, (clause,), ())


def _ended(file: SettingsFile, begin: int, end: int, told: re.Match[str]) -> SettingEdit:
    clause = " ".join(told["clause"].split())
    head = clause.split()[0].upper()
    body = file.text[begin:end]
    wanted = "INSERT" if clause.upper().startswith("ON CONFLICT") else "SELECT"
    first = body.split(maxsplit=1)[0].upper()
    if first not in {wanted, "WITH"} or (wanted == "SELECT" and re.search(r"(?i)\bUNION\b", body)):
        raise Unreadable(f"the statement is no {wanted}")
    outer = _without_brackets(body)
    if re.search(rf"(?i)\b{head}\b" + (r"\s+BY\b" if head == "ORDER" else ""), outer):
        raise Unreadable(f"the statement has {head} already")
    later = (
        _LATER.search(outer) if head == "ORDER" else re.search(r"(?i)\s*\bFOR\s+UPDATE\b", outer)
    )
    at = begin + (later.start() if later is not None and head != "FOR" else len(body))
    lead = file.indent(begin)
    gap = f"{file.newline}{lead}" if "\n" in body else " "
    return SettingEdit(at, at, f"{gap}{clause}", f"add `{clause}`", Operation.ADD, (clause,))


def _narrowed(file: SettingsFile, begin: int, end: int, told: re.Match[str]) -> SettingEdit:
    test = " ".join(told["test"].split())
    body = file.text[begin:end]
    outer = _without_brackets(body)
    if re.search(r"(?i)\bUNION\b", outer) or test.lower() in " ".join(body.lower().split()):
        raise Unreadable("it stands there already, or in which part it goes is not said")
    where = re.search(r"(?i)\bWHERE\b", outer)
    stop = re.search(
        r"(?i)\s*(?:\bGROUP\s+BY\b|\bORDER\s+BY\b|\bHAVING\b|\bLIMIT\b|\bRETURNING\b"
        r"|\bFOR\s+UPDATE\b)",
        outer,
    )
    at = begin + (stop.start() if stop is not None else len(body))
    if where is not None and re.search(r"(?i)\bOR\b", outer[where.end() :]):
        raise Unreadable("the tests are joined by OR")
    if where is None and not re.search(r"(?i)\bFROM\b|\bUPDATE\b", outer):
        raise Unreadable("the statement has no WHERE")
    word = "AND" if where is not None else "WHERE"
    inline = "\n" not in body
    lead = file.indent(begin)
    step = "  " if where is not None and re.search(r"\n[ \t]+AND\b", body, re.I) else ""
    gap = " " if inline else f"{file.newline}{lead}{step}"
    clause = f"{gap}{word} {test}"
    return SettingEdit(at, at, clause, f"add `{test}`", Operation.ADD, (test,))


def _without_brackets(body: str) -> str:
    """Return a statement with blanks for what stands in brackets, in quotes or in remarks."""
    kept = re.sub(r"'[^']*'|--[^\n]*", lambda one: " " * len(one[0]), body)
    while (inner := re.sub(r"\([^()]*\)", lambda one: " " * len(one[0]), kept)) != kept:
        kept = inner
    return kept
