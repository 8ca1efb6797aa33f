"""A quoted statement, import, decorator or local that goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import remove
from mendbook.code.spelled_words import count_of
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.facts.quiet import makes_a_value_only
from mendbook.fixes.instruction.tree.syntax import (
    call_name,
    callee_text,
    field,
    function_around,
    name_of,
    of_kinds,
    same,
    statement_of,
)
from mendbook.model import Operation

_IMPORTS = ("import_statement", "import_from_statement", "import_declaration", "import_spec")
_DECLARES = ("lexical_declaration", "variable_declaration", "local_variable_declaration")
_MARKS = ("decorator", "marker_annotation", "annotation")
_STATEMENTS = ("expression_statement", "debugger_statement", "call_expression")
_OBJECT = re.compile(
    r"\bremove\s+(?:(?!in\b|from\b|of\b|⟦)[\w-]+\s+){0,4}⟦(?P<after>\d+)⟧"
    r"|⟦(?P<before>\d+)⟧(?:\s+(?:is|are)\s+(?!in\b)[^.;,⟦]*)?\s+(?:and\s+)?should\s+be\s+removed\b",
    re.IGNORECASE,
)
"""Code that is said itself to go."""
_PURE = re.compile(
    r"\b(?:map|filter|find|reduce|some|every|slice|concat|flat|flatMap|join|includes|indexOf|split"
    r"|trim|toLowerCase|toUpperCase|at|keys|values|items|entries|get|size|sum|max|min|len|sorted"
    r"|list|dict|set|tuple|zip|range|enumerate|lower|upper|strip|copy|stream|length)\("
)
"""Methods and functions that only make a value of what they are given."""


def goes(told: Told) -> Iterator[Made]:
    """Yield the removal of what is named: *the debugger in burn can go*, *hottest is unread*."""
    if told.new() or told.count != 1 or told.ordinal or told.conditions:
        return
    objects = {int(one["after"] or one["before"]) for one in _OBJECT.finditer(told.words)}
    for make in (_import, _local, _mark, _statement):
        yield from (one for one in make(told) if objects <= one.uses)


def _import(told: Told) -> Iterator[Made]:
    for one in told.nodes(_IMPORTS):
        names = [name for name in bound(one) if told.spoken(name)]
        if len(names) == 1 and count_of(names[0], told.scene.text) == 1:
            yield Made(_uses(told, names[0]), order=f"Remove the `{names[0]}` import")


_IMPORTING = re.compile(
    r"^\s*(?:from\s+[\w.]+\s+)?import\s+(?:static\s+|type\s+)?|from\s*['\"].*|;\s*$"
)


def bound(statement: SgNode) -> list[str]:
    """Return the names that an import binds."""
    text = _IMPORTING.sub("", statement.text())
    parts = re.split(r"[,{}\s]+(?!as\b)", re.sub(r"[\w*$]+\s+as\s+", "", text))
    return [name for one in parts if (name := re.split(r"[./]", one.strip("\"'"))[-1])]


def _local(told: Told) -> Iterator[Made]:
    """Yield the declaration of a name that its function, else its file, does not read."""
    language = told.scene.language
    for one in told.nodes(language.assignments):
        name, value = name_of(one), field(one, "value", "right")
        statement = statement_of(one, language)
        home = function_around(one, language) or told.scene.root
        if not re.fullmatch(r"[A-Za-z_$][\w$]*", name) or not told.spoken(name) or value is None:
            continue
        required = re.fullmatch(r"require\(['\"][^'\"]+['\"]\)", value.text())
        if same(home, told.scene.root) and not required:
            continue
        inner = [each for each in of_kinds(statement, language.assignments, language)
                 if statement_of(each, language).range() == statement.range()]  # fmt: skip
        quiet = required or _only_reads(value.text(), value)
        read = re.findall(rf"(?<![\w$.'\"]){re.escape(name)}(?![\w$'\"])", home.text())
        if len(inner) == 1 and quiet and len(read) == 1:
            yield _gone(told, statement, _uses(told, name), name)


def _only_reads(text: str, value: SgNode) -> bool:
    """Tell whether a value only reads; functions of the language's own that make one count so."""
    if makes_a_value_only(value):
        return True
    bare = re.sub(r"\([\w$, ]*\)\s*=>|[\w$]+\s*=>|[=!<>]==?|<=|>=", " ", _PURE.sub("(", text))
    return not re.search(r"[\w$\])>]\s*\(|\+\+|--|\bawait\b|\byield\b|(?<![=!<>])=(?!=)", bare)


def _mark(told: Told) -> Iterator[Made]:
    for one in told.nodes(_MARKS):
        name = re.sub(r"^@|\(.*$", "", one.text(), flags=re.DOTALL)
        if told.spoken(f"@{name}") or (told.spoken(name) and told.has("decorator", "annotation")):
            uses = _uses(told, name) | _uses(told, one.text()) | _uses(told, f"@{name}")
            yield Made(uses, order=f"Remove `{one.text()}`")


def _statement(told: Told) -> Iterator[Made]:
    """Yield the one statement that is a call of a named function, or a named keyword."""
    found = [one for one in told.nodes(_STATEMENTS)
             if same(statement_of(one, told.scene.language), one)]  # fmt: skip
    meant = [one for one in found if _is_named(told, one)]
    if len(meant) == 1:
        names = {callee_text(each) for each in of_kinds(meant[0], told.scene.language.calls)}
        uses = frozenset(
            at for name in (*names, meant[0].text().rstrip(";")) for at in _uses(told, name)
        )
        yield _gone(told, meant[0], uses, meant[0].text())


def _is_named(told: Told, statement: SgNode) -> bool:
    if statement.kind() == "debugger_statement":
        return told.has("debugger") or told.spoken("debugger")
    inner = statement if statement.kind() == "call_expression" else next(
        iter(statement.named_children()), statement
    )  # fmt: skip
    if inner.kind() not in told.scene.language.calls:
        return False
    return told.spoken(callee_text(inner)) or told.spoken(call_name(inner)) or any(
        told.codes[at].text.rstrip(";") == inner.text() for at in told.numbers()
    )  # fmt: skip


def _uses(told: Told, name: str) -> frozenset[int]:
    return frozenset(
        at for at in told.numbers() if told.codes[at].text.rstrip(";") in {name, f"{name}()"}
    )


def _gone(told: Told, statement: SgNode, uses: frozenset[int], shown: str) -> Made:
    edit = remove(told.scene.text, statement, comments=False)
    return made(told, uses, Operation.REMOVE, f"remove `{shown[:60]}`", [edit],
                removes=(statement.text().rstrip(";"),))  # fmt: skip
