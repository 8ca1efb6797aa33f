"""Look an answer up in a table where a switch, or a chain of ifs, only maps values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, before_line, end, start, step
from mendbook.code.functions import function_around, statement_of
from mendbook.code.header import code_start
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.names_in_scope import is_taken
from mendbook.code.search import find_all
from mendbook.fixes.change_of_one import change_of_one
from mendbook.fixes.claim import claim
from mendbook.fixes.denied import is_denied, is_left_open
from mendbook.fixes.given_names import given_name
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation
from mendbook.text.squeezed import flatten

_CUE = (
    r"\blook-?up|\b(?:lookup|module-level|constant)?\s*(?:table|map|object|dictionary)\b|\bRecord<"
)
_WAY = re.compile(
    r"\bswitch\b|\bifs?\b|\bchain\b|\bcases\b|\bbranch|\blook-?up|\btable\b|\?\?|\.get\(", re.I
)
"""What a table takes the place of, or how it is asked."""
_TYPED = (".ts", ".tsx", ".mts", ".cts")
_LITERAL = {"string", "number", "true", "false", "null"}
_KEY = re.compile(r"[A-Za-z_$][\w$]*|\d+")


@dataclass(frozen=True, slots=True)
class _Mapping:
    """Statements that give one literal for each value of ``asked``."""

    first: SgNode
    last: SgNode
    asked: str
    pairs: tuple[tuple[str, str], ...]
    otherwise: str


def _rewrite(task: Task) -> RecipeChange | str:
    fix = task.finding.fix
    if is_denied(fix, r"look-?up|table|map|object") or is_left_open(fix):
        return "the fix asks for something else than a table"
    if _WAY.search(f"{task.finding.problem} {fix}") is None:
        return "the fix does not speak of a table in the place of branches"
    return change_of_one(
        task,
        _mappings,
        lambda mapping: mapping.first,
        lambda module, mapping: _change(task, module, mapping),
        none="no switch or chain of ifs that only maps values stands in the code that is named",
        several="several of them are meant",
    )


def _mappings(scope: SgNode) -> list[_Mapping]:
    nodes = find_all(scope, "switch_statement", "if_statement")
    return [mapping for node in nodes if (mapping := _switch(node) or _chain(node)) is not None]


def _switch(node: SgNode) -> _Mapping | None:
    value, block = node.field("value"), node.field("body")
    if node.kind() != "switch_statement" or value is None or block is None:
        return None
    pairs: list[tuple[str, str]] = []
    otherwise, waiting = "", []
    for one in block.named_children():
        if one.kind() == "comment":
            return None
        key = one.field("value")
        inner = [each for each in one.named_children() if each != key and each.kind() != "comment"]
        if one.kind() == "switch_case" and key is not None:
            if key.kind() not in {"string", "number"}:
                return None
            waiting.append(key.text())
            if not inner:
                continue
        given = _returned(inner[0]) if len(inner) == 1 else ""
        if not given or (one.kind() == "switch_default" and waiting):
            return None
        if one.kind() == "switch_default":
            otherwise = given
        pairs += [(key_text, given) for key_text in waiting]
        waiting = []
    behind = next((one for one in node.next_all() if one.is_named()), None)
    last = node
    if not otherwise and behind is not None and _returned(behind):
        otherwise, last = _returned(behind), behind
    elif behind is not None:
        return None
    asked = value.text().strip("()")
    return _mapping(node, last, asked, pairs, otherwise)


def _mapping(
    first: SgNode, last: SgNode, asked: str, pairs: list[tuple[str, str]], otherwise: str
) -> _Mapping | None:
    keys = [key for key, _ in pairs]
    if (
        len(pairs) < 2
        or len(set(keys)) < len(keys)
        or not re.fullmatch(r"[\w$]+(?:\.[\w$]+)*", asked)
    ):
        return None
    return _Mapping(first, last, asked, tuple(pairs), otherwise)


def _returned(statement: SgNode) -> str:
    """Return the literal that a statement returns; empty for another one."""
    if statement.kind() == "statement_block" and len(statement.named_children()) == 1:
        return _returned(statement.named_children()[0])
    inner = statement.named_children() if statement.kind() == "return_statement" else []
    return inner[0].text() if len(inner) == 1 and inner[0].kind() in _LITERAL else ""


def _chain(node: SgNode) -> _Mapping | None:
    """Return what ``if (x === 1) return 'a'; if (x === 2) return 'b'; return 'c';`` maps."""
    above = next((one for one in node.prev_all() if one.is_named()), None)
    if above is not None and _one(above) is not None:
        return None
    parent = node.parent()
    if parent is not None and parent.kind() == "else_clause":
        return None
    pairs: list[tuple[str, str]] = []
    current: SgNode | None = node
    asked, last, otherwise = "", node, ""
    while current is not None:
        one = _one(current)
        if one is None or (asked and one[0] != asked):
            break
        asked, last = one[0], current
        pairs.append((one[1], one[2]))
        other = current.field("alternative")
        while other is not None:
            inner = other.named_children()[0]
            link = _one(inner)
            if link is None or link[0] != asked:
                otherwise = _returned(inner)
                if not otherwise:
                    return None
                break
            pairs.append((link[1], link[2]))
            other = inner.field("alternative")
        if otherwise:
            break
        current = next((each for each in current.next_all() if each.is_named()), None)
    behind = next((each for each in last.next_all() if each.is_named()), None)
    if not otherwise:
        if behind is None or not (otherwise := _returned(behind)):
            return None
        last = behind
    return _mapping(node, last, asked, pairs, otherwise)


def _one(node: SgNode) -> tuple[str, str, str] | None:
    """Return what one ``if`` compares, with which literal, and what it returns."""
    test, then = node.field("condition"), node.field("consequence")
    if node.kind() != "if_statement" or test is None or then is None or not _returned(then):
        return None
    told = re.fullmatch(r"\(\s*([\w$.]+)\s*===\s*('[^']*'|\"[^\"]*\"|\d+)\s*\)", test.text())
    return (told[1], told[2], _returned(then)) if told is not None else None


def _change(task: Task, module: Module, mapping: _Mapping) -> RecipeChange | str:
    fix = task.finding.fix
    name = given_name(fix, module.text)
    if not name:
        return "the fix does not name the table"
    home = function_around(mapping.first)
    if home is None or is_taken(module, name):
        return f"{name} is taken"
    typed = re.search(
        rf"{re.escape(name)}`?\s*:\s*((?:[\w$]+)(?:<[^<>=]*(?:<[^<>]*>[^<>=]*)*>)?)", fix
    )
    asks_map = re.search(r"\bnew Map\b|\ba Map\b|\.get\(", fix) is not None
    kind = f": {typed[1].strip()}" if typed is not None else ""
    if module.path.endswith(_TYPED) and not kind and not asks_map:
        kind = f": Record<{_kind_of(module, mapping)}, {_value_kind(mapping)}>"
    tab, mark = step(module.text), semicolon(module)
    if asks_map:
        rows = "".join(f"{tab}[{key}, {value}],\n" for key, value in mapping.pairs)
        table = f"const {name}{kind} = new Map([\n{rows}]){mark}\n"
        asked = f"{name}.get({mapping.asked})"
    else:
        table = f"{_table(fix, name, kind, mapping, tab)}{mark}\n"
        asked = f"{name}[{mapping.asked}]"
    answer = f"return {asked} ?? {mapping.otherwise}" if mapping.otherwise else f"return {asked}"
    top = _top(mapping.first)
    if start(top) < code_start(module):
        return "the function stands above the code of the file"
    edits = [
        before_line(module.text, start(top), f"{table}\n"),
        Edit(start(mapping.first), end(mapping.last), f"{answer}{mark}"),
    ]
    return RecipeChange(
        summary=f"Look the answer up in {name}",
        edits={module.path: apply(module.text, edits)},
        risk="" if asks_map else "A value that is called like a member of every object, as "
        "constructor is, gives that member and not the default.",
        contracts=(
            claim(module.path, module.text, edits, Operation.REPLACE,
                  f"keep the answers in `{name}` and look them up", [answer, f"const {name}"], []),
        ),
    )  # fmt: skip


def _table(fix: str, name: str, kind: str, mapping: _Mapping, tab: str) -> str:
    """Return the table, as the fix writes it out where it does."""
    pairs = [f"{_key(key)}: {value}" for key, value in mapping.pairs]
    whole = f"const {name}{kind} = {{ {', '.join(pairs)} }}"
    if flatten(whole) in flatten(fix):
        return whole
    rows = "".join(f"{tab}{one},\n" for one in pairs)
    return f"const {name}{kind} = {{\n{rows}}}"


def _top(node: SgNode) -> SgNode:
    """Return the statement of the file that ``node`` stands in."""
    top = node
    for one in node.ancestors():
        if one.kind() == "program":
            return top
        top = one
    return statement_of(top)


def _key(text: str) -> str:
    inner = text[1:-1] if text[0] in "'\"" else text
    return inner if _KEY.fullmatch(inner) else text


def _kind_of(module: Module, mapping: _Mapping) -> str:
    return "number" if mapping.pairs[0][0][0] not in "'\"" else "string"


def _value_kind(mapping: _Mapping) -> str:
    value = mapping.pairs[0][1]
    if value[0] in "'\"":
        return "string"
    return "boolean" if value in {"true", "false"} else "number"


_SIGN = """\
import { ink } from './ink';

export function colour(level: string): string {
  switch (level) {
    case 'low':
    case 'none':
      return 'green';
    case 'high':
      return 'red';
    default:
      return 'grey';
  }
}
"""
_TONE = """\
function tone (key) {
  if (key === 'a') return 440
  if (key === 'b') return 494
  return 0
}
"""
_ASKED = asking(
    "A switch that maps", "Replace it by a lookup table COLOURS", "src/sign.ts", "colour"
)

RECIPE = Recipe(
    name="look-up",
    message="A switch that only maps one value to another says it in three lines a pair.",
    words=_CUE,
    remedy=_CUE,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a switch with a default",
            _ASKED,
            {"src/sign.ts": _SIGN},
            {
                "src/sign.ts": """\
import { ink } from './ink';

const COLOURS: Record<string, string> = {
  low: 'green',
  none: 'green',
  high: 'red',
};

export function colour(level: string): string {
  return COLOURS[level] ?? 'grey';
}
"""
            },
        ),
        Example(
            "a chain of ifs, as a Map",
            asking("A chain of ifs", "Keep the tones in a Map called TONES", "web/tone.js", "tone"),
            {"web/tone.js": _TONE},
            {
                "web/tone.js": """\
const TONES = new Map([
  ['a', 440],
  ['b', 494],
])

function tone (key) {
  return TONES.get(key) ?? 0
}
"""
            },
        ),
        Example(
            "a case that does something",
            _ASKED,
            {
                "src/sign.ts": _SIGN.replace(
                    "      return 'red'", "      warn();\n      return 'red'"
                )
            },
            refuses="no switch or chain",
        ),
        Example(
            "a table without a name",
            asking("A switch that maps", "Use a lookup table", "src/sign.ts", "colour"),
            {"src/sign.ts": _SIGN},
            refuses="does not name",
        ),
    ),
)
