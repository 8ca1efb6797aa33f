"""Move a constant script or pattern out of the function that makes it each time."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, remove, replace
from mendbook.code.functions import FUNCTIONS, function_around, local_names, within
from mendbook.code.header import declare
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.names_in_scope import constant_name, is_taken
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Change, Example, Recipe, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import identifiers, meant
from mendbook.model import Operation

_CONSTANTS = ("regex", "template_string", "string")


def _rewrite(task: Task) -> Change | str:
    reason = "no constant script or pattern is made in the function that the finding names"
    for module in targets(task):
        found = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, *_CONSTANTS)
            if _is_candidate(node)
        ]
        for node in meant(found, module, task.finding):
            answer = _hoist(task, module, node)
            if isinstance(answer, Change):
                return answer
            reason = answer
    return reason


def _is_candidate(node: SgNode) -> bool:
    """Take patterns, and texts of several lines; inside functions, without substitutions."""
    if function_around(node) is None or within(node, "import_statement", "literal_type"):
        return False
    if node.kind() == "regex":
        return True
    whole = not any(child.kind() == "template_substitution" for child in node.children())
    return node.kind() == "template_string" and whole and "\n" in node.text()


def _hoist(task: Task, module: Module, node: SgNode) -> Change | str:
    flags = node.text().rpartition("/")[2] if node.kind() == "regex" else ""
    parent = node.parent()
    if re.search(r"[gy]", flags) and not _is_replace(node):
        return "the pattern remembers where it stopped (flag g or y), so it must not be shared"
    declarator = parent if parent is not None and parent.kind() == "variable_declarator" else None
    label = declarator.field("name") if declarator is not None else None
    statement = declarator.parent() if declarator is not None else None
    if label is not None and statement is not None and statement.text().startswith("const "):
        return _move(module, node, statement, label.text())
    name = _name(task, module, node)
    if name is None:
        return "the constant would need a name that is taken"
    return _change(module, node, name, [replace(node, name)])


def _is_replace(node: SgNode) -> bool:
    arguments = node.parent()
    call = arguments.parent() if arguments is not None else None
    callee = call.field("function") if call is not None else None
    methods = (".replace", ".replaceAll", ".split", ".match")
    return callee is not None and callee.text().endswith(methods)


def _move(module: Module, node: SgNode, statement: SgNode, name: str) -> Change | str:
    outside = module.text.replace(statement.text(), "", 1)
    function = function_around(node)
    shared = sum(name in local_names(one) for one in _functions(module))
    if len(find_all(statement, "variable_declarator")) > 1 or function is None:
        return "the constant is declared together with others"
    declared = rf"^(export )?(const|let|var|function|class) {name}\b"
    if shared > 1 or re.search(declared, outside, re.MULTILINE):
        return f"{name} is declared elsewhere in {module.path}, too"
    return _change(module, node, name, [remove(module.text, statement)])


def _functions(module: Module) -> list[SgNode]:
    return [one for one in find_all(module.root, *FUNCTIONS) if function_around(one) is None]


def _name(task: Task, module: Module, node: SgNode) -> str | None:
    asked = [
        word for word in identifiers(task.finding.fix) if re.fullmatch(r"[A-Z][A-Z0-9_]+", word)
    ]
    function = function_around(node)
    label = function.field("name") if function is not None else None
    suffix = "PATTERN" if node.kind() == "regex" else "SCRIPT"
    derived = constant_name(f"{label.text() if label is not None else ''}_{suffix}")
    return next((name for name in [*asked, derived] if not is_taken(module, name)), None)


def _change(module: Module, node: SgNode, name: str, edits: list[Edit]) -> Change:
    line = f"const {name} = {node.text()}{semicolon(module)}".replace("\r\n", "\n")
    declared = declare(module, line)
    return Change(
        summary=f"Make {name} once, at module level",
        edits={module.path: apply(module.text, [declared, *edits])},
        risk="None expected: the text is the same.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.EXTRACT,
                f"make the constant once, as the module's {name}",
                [name] if any(edit.text for edit in edits) else [],
                [] if "\n" in node.text() else [node.text()],
                {} if "\n" in node.text() else {name: node.text()},
            ),
        ),
    )


_SCRIPT = """\
import { redis } from "./redis.js";

/** Take a berth */
export async function take(berth: string) {
  const script = `
    return redis.call('SET', KEYS[1], 1)
  `;
  return redis.eval(script, 1, berth);
}
"""

RECIPE = Recipe(
    name="hoist-constant",
    message="A constant is made once, not on each call.",
    words=r"(reg(ular )?ex|pattern|script|template).{0,60}(hoist|module|each|every|per call)"
    r"|(hoist|move|module|each|every).{0,60}(reg(ular )?ex|pattern|script|template)",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a script keeps its name",
            asking("Lua script created on every call", "Hoist to module level", "src/a.ts", "take"),
            {"src/a.ts": _SCRIPT},
            {
                "src/a.ts": """\
import { redis } from "./redis.js";

const script = `
    return redis.call('SET', KEYS[1], 1)
  `;

/** Take a berth */
export async function take(berth: string) {
  return redis.eval(script, 1, berth);
}
"""
            },
        ),
        Example(
            "a pattern in place gets a name",
            asking("Regex compiled on each call", "Hoist it", "src/a.ts", "clean"),
            {"src/a.ts": "export function clean(s: string) {\n  return /^a+$/.test(s);\n}\n"},
            {
                "src/a.ts": "const CLEAN_PATTERN = /^a+$/;\n\n"
                "export function clean(s: string) {\n  return CLEAN_PATTERN.test(s);\n}\n"
            },
        ),
        Example(
            "a pattern with a memory is not shared",
            asking("Regex compiled on each call", "Hoist it", "src/a.ts", "find"),
            {"src/a.ts": "export function find(s: string) {\n  return /a/g.exec(s);\n}\n"},
            refuses="remembers where it stopped",
        ),
        Example(
            "a text that is put together stays",
            asking("Script created on every call", "Hoist it", "src/a.ts", "run"),
            {"src/a.ts": "export function run(n: number) {\n  return `a\n${n}`;\n}\n"},
            refuses="no constant script or pattern",
        ),
    ),
)
