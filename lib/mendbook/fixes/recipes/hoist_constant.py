"""Move a constant script or pattern out of the function that makes it each time."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, remove, replace, start
from mendbook.code.functions import FUNCTIONS, function_around, local_names, within
from mendbook.code.header import declare
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module, string_value, uses
from mendbook.code.names_in_scope import constant_name, is_taken
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import HOISTED
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_CONSTANTS = ("regex", "template_string", "new_expression")
_STATELESS = (".replace", ".replaceAll", ".split", ".match", ".matchAll", ".search")
_NAME = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no constant script or pattern is made in the function that the finding names"
    for module in targets(task):
        constants = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, *_CONSTANTS)
            if _is_candidate(node)
        ]
        chosen = meant(constants, module, task.finding)
        if len(chosen) > 1:
            reason = "several constants are made there, and the finding does not say which"
        for node in chosen if len(chosen) == 1 else ():
            answer = _hoist(task, module, node)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _is_candidate(node: SgNode) -> bool:
    """Take patterns, and texts of several lines; inside functions, without substitutions."""
    if function_around(node) is None or within(node, "import_statement", "literal_type"):
        return False
    if node.kind() == "new_expression":
        return _literal(node) != ""
    if node.kind() == "regex":
        return True
    whole = not any(child.kind() == "template_substitution" for child in node.children())
    return node.kind() == "template_string" and whole and "\n" in node.text()


def _literal(node: SgNode) -> str:
    """Return the value as the constant spells it; empty where it is no constant.

    ``new RegExp("a+", "g")`` is ``/a+/g``; one whose text needs more than that stays a call.
    """
    if node.kind() != "new_expression":
        return node.text()
    given = node.field("arguments")
    parts = given.named_children() if given is not None else []
    if not re.match(r"new RegExp\b", node.text()) or not 0 < len(parts) < 3:
        return ""
    if any(part.kind() != "string" for part in parts):
        return ""
    body, flags = string_value(parts[0]), string_value(parts[1]) if len(parts) > 1 else ""
    plain = body.replace("\\\\", "")
    if not body or "\\" in plain or "/" in plain or "\n" in body:
        return node.text()
    return f"/{body.replace(2 * chr(92), chr(92))}/{flags}"


def _flags(node: SgNode) -> str:
    return _literal(node).rpartition("/")[2] if node.kind() != "template_string" else ""


def _hoist(task: Task, module: Module, node: SgNode) -> RecipeChange | str:
    parent, function = node.parent(), function_around(node)
    declarator = parent if parent is not None and parent.kind() == "variable_declarator" else None
    label = declarator.field("name") if declarator is not None else None
    statement = declarator.parent() if declarator is not None else None
    kept = label is not None and statement is not None and statement.text().startswith("const ")
    if not kept or label is None or statement is None or function is None:
        if re.search(r"[gy]", _flags(node)) and not _is_stateless(node):
            return _REMEMBERS
        name = _name(task, module, node)
        return _change(module, node, name, [replace(node, name)]) if name else _TAKEN
    used = [one for one in uses(function, label.text()) if one != label]
    if re.search(r"[gy]", _flags(node)) and not all(_is_stateless(one) for one in used):
        return _REMEMBERS
    if len(find_all(statement, "variable_declarator")) > 1:
        return "the constant is declared together with others"
    asked = _asked(task, module)
    if asked:
        renamed = [replace(one, asked) for one in used]
        return _change(module, node, asked, [remove(module.text, statement), *renamed])
    return _move(module, node, statement, label.text())


_REMEMBERS = "the pattern remembers where it stopped (flag g or y), so it must not be shared"
_TAKEN = "the constant would need a name that is taken"


def _is_stateless(node: SgNode) -> bool:
    """Tell whether ``node`` is handed to a method that starts a pattern at the beginning."""
    arguments = node.parent()
    call = arguments.parent() if arguments is not None else None
    callee = call.field("function") if call is not None else None
    return callee is not None and callee.text().endswith(_STATELESS)


def _move(module: Module, node: SgNode, statement: SgNode, name: str) -> RecipeChange | str:
    outside = module.text.replace(statement.text(), "", 1)
    shared = sum(name in local_names(one) for one in _functions(module))
    declared = rf"^(export )?(const|let|var|function|class) {re.escape(name)}\b"
    if shared > 1 or re.search(declared, outside, re.MULTILINE):
        return f"{name} is declared elsewhere in {module.path}, too"
    return _change(module, node, name, [remove(module.text, statement)])


def _functions(module: Module) -> list[SgNode]:
    return [one for one in find_all(module.root, *FUNCTIONS) if function_around(one) is None]


def _asked(task: Task, module: Module) -> str:
    words = _NAME.findall(task.finding.fix)
    return next((name for name in words if not is_taken(module, name)), "")


def _name(task: Task, module: Module, node: SgNode) -> str:
    function = function_around(node)
    label = function.field("name") if function is not None else None
    suffix = "SCRIPT" if node.kind() == "template_string" else "PATTERN"
    derived = constant_name(f"{label.text() if label is not None else ''}_{suffix}")
    free = [one for one in (derived,) if not is_taken(module, one)]
    return _asked(task, module) or "".join(free)


def _change(module: Module, node: SgNode, name: str, edits: list[Edit]) -> RecipeChange:
    value = _literal(node)
    declared = declare(module, f"const {name} = {value}{semicolon(module)}".replace("\r\n", "\n"))
    said = f"make the constant once, as the module's {name}"
    at = Edit(start(node), end(node), "")
    named = [name] if any(edit.text for edit in edits) else []
    if "\n" in value:  # a diff keeps a long text in place and moves the code around it
        whole = [declared, *edits, at]
        operation = Operation.EXTRACT if named else Operation.MOVE
        adds = [f"const {name} ="] * bool(named)
        contract = claim(module.path, module.text, whole, operation, said, adds)
    else:
        contract = claim(
            module.path,
            module.text,
            [*edits, at],
            Operation.EXTRACT,
            said,
            named,
            [node.text()],
            {name: value},
        )
    return RecipeChange(
        summary=f"Make {name} once, at module level",
        edits={module.path: apply(module.text, [declared, *edits])},
        risk="None expected: the text is the same.",
        contracts=(contract,),
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
    remedy=rf"static|{HOISTED}",
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
            "a RegExp made of a text becomes the constant that is asked for",
            asking(
                "The RegExp is compiled for each street",
                "Hoist it to a module-level HOUSE_NUMBER",
                "lib/street.js",
                "split",
            ),
            {
                "lib/street.js": "'use strict'\n\nconst MAX = 9\n\nfunction split(line) {\n"
                "  const digits = new RegExp('\\\\d+', 'g')\n  return line.split(digits)\n}\n"
            },
            {
                "lib/street.js": "'use strict'\n\nconst MAX = 9\nconst HOUSE_NUMBER = /\\d+/g\n\n"
                "function split(line) {\n  return line.split(HOUSE_NUMBER)\n}\n"
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
