"""Make a stateless service once instead of on each call."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply, insert, replace, start
from mendbook.code.functions import declarations, function_around
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module, imported, load, modules
from mendbook.code.modules import resolve
from mendbook.code.names_in_scope import is_taken, top_level
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task

_MADE = re.compile(r"const (\w+) = new (\w+)\(([\w\s,]*)\);?")


def _rewrite(task: Task) -> Change | str:
    said = f"{task.finding.problem} {task.finding.evidence} {task.finding.fix}"
    reason = "no `const x = new Class(…)` in a function makes what the finding names"
    for module in modules(task.snapshot, "new "):
        if is_test(module.path):
            continue
        for node in find_all(module.root, "lexical_declaration"):
            found = _MADE.fullmatch(node.text())
            if found and re.search(rf"\b{found[2]}\b", said) and function_around(node) is not None:
                why = _shareable(task, module, node, found)
                if not why:
                    return _change(module, node, found)
                reason = why
    return reason


def _shareable(task: Task, module: Module, node: SgNode, found: re.Match[str]) -> str:
    """Return why the instance must not be shared; empty when it may be."""
    owner = _declared(task, module, found[2])
    if owner is None:
        return f"the class {found[2]} is not found in the repository"
    if not _is_stateless(owner):
        return f"{found[2]} keeps state of its own, which one instance would share"
    for name in filter(None, (part.strip() for part in found[3].split(","))):
        if imported(module, name) is None and not _is_kept(task, module, node, name):
            return f"{name} may be another one on each call"
    return ""


def _declared(task: Task, module: Module, name: str) -> SgNode | None:
    source = imported(module, name)
    target = resolve(task.snapshot, module.path, source.specifier) if source else None
    home = load(task.snapshot, target) if target is not None else None
    found = declarations(home.root, name) if home is not None else []
    return found[0] if len(found) == 1 else None


def _is_stateless(owner: SgNode) -> bool:
    """Tell whether every field is read-only and plain, and no method writes to ``this``."""
    for node in find_all(owner, "public_field_definition", "required_parameter"):
        words = {child.text() for child in node.children()}
        value = node.field("value")
        property_ = node.kind() == "public_field_definition" or "private" in words
        if property_ and "readonly" not in words:
            return False
        if value is not None and value.kind() in {"new_expression", "array", "object"}:
            return False
    writes = ("assignment_expression", "augmented_assignment_expression", "update_expression")
    heritage = any(child.kind() == "class_heritage" for child in owner.children())
    return not heritage and not any(
        (target := one.field("left") or one.field("argument")) is not None
        and target.text().startswith("this.")
        for one in find_all(owner, *writes)
    )


def _is_kept(task: Task, module: Module, node: SgNode, name: str) -> bool:
    """Tell whether ``name`` is what a getter always returns: the module variable it fills once."""
    function = function_around(node)
    for one in find_all(function, "variable_declarator") if function is not None else ():
        label, value = one.field("name"), one.field("value")
        call = re.fullmatch(r"(\w+)\(\)", value.text()) if value is not None else None
        if label is None or label.text() != name or call is None:
            continue
        getter = _declared(task, module, call[1])
        return getter is not None and bool(
            re.search(r"if \((\w+)\) (\{\s*)?return \1\b", getter.text())
        )
    return False


def _change(module: Module, node: SgNode, found: re.Match[str]) -> Change | str:
    name, made, arguments = found.groups()
    shared = f"shared{name[0].upper()}{name[1:]}"
    if is_taken(module, shared):
        return f"{shared} is taken in {module.path}"
    stop = semicolon(module)
    declared = f"let {shared}: {made} | undefined{stop}\n\n"
    taken = f"const {name} = ({shared} ??= new {made}({arguments})){stop}"
    return Change(
        summary=f"Make the {made} once",
        edits={
            module.path: apply(
                module.text, [insert(start(top_level(node)), declared), replace(node, taken)]
            )
        },
        risk="Tests that give each call other services now see those of the first call.",
    )


_GATE = """\
import { client } from "./client.js";
import { logger } from "./logger.js";
import { Gate } from "./gate.js";

export async function enter(token: string) {
  const redis = client();
  const gate = new Gate(redis, logger);
  return gate.open(token);
}
"""
_CLIENT = (
    "let instance: Redis | null = null;\n\nexport function client(): Redis {\n"
    "  if (instance) return instance;\n  instance = new Redis();\n  return instance;\n}\n"
)
_CLASS = (
    "export class Gate {\n  constructor(\n    private readonly redis: Redis,\n"
    "    private readonly logger: Logger,\n  ) {}\n\n"
    "  open(token: string) {\n    return this.redis.get(token);\n  }\n}\n"
)
_ASKED = asking(
    "New Gate instance created per connection", "Make Gate a singleton", "src/gate.ts", "Gate"
)

RECIPE = Recipe(
    name="share-instance",
    message="A service without state of its own need not be made anew on each call.",
    words=r"singleton|new .{0,40}instance|instance.{0,30}per (connection|request|call)",
    rewrite=_rewrite,
    examples=(
        Example(
            "a stateless class whose services stay the same",
            _ASKED,
            {"src/enter.ts": _GATE, "src/client.ts": _CLIENT, "src/gate.ts": _CLASS},
            {
                "src/enter.ts": _GATE.replace(
                    "const gate = new Gate(redis, logger)",
                    "const gate = (sharedGate ??= new Gate(redis, logger))",
                ).replace("export async", "let sharedGate: Gate | undefined;\n\nexport async")
            },
        ),
        Example(
            "a class with state stays",
            _ASKED,
            {
                "src/enter.ts": _GATE,
                "src/client.ts": _CLIENT,
                "src/gate.ts": _CLASS.replace(
                    "{\n  constructor", "{\n  private n = 0;\n  constructor"
                ),
            },
            refuses="keeps state of its own",
        ),
        Example(
            "a service that may be another one stays",
            _ASKED,
            {
                "src/enter.ts": _GATE,
                "src/client.ts": "export const client = () => new Redis();\n",
                "src/gate.ts": _CLASS,
            },
            refuses="redis may be another one on each call",
        ),
    ),
)
