"""Use the instance that the context carries instead of another one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import apply, end, remove, replace, start
from mendbook.code.functions import FUNCTIONS, class_of, statement_of
from mendbook.code.imports import unused_imports
from mendbook.code.module_text import Module, imported, load, parse_text, uses
from mendbook.code.modules import resolve
from mendbook.code.search import find_all
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task


def _rewrite(task: Task) -> Change | str:
    reason = "no field that holds an instance of its own stands in the files named"
    for module in targets(task):
        for assigned in find_all(module.root, "assignment_expression"):
            found = re.fullmatch(r"this\.(\w+) = new (\w+)\([^()]*\);?", assigned.text())
            if found and re.search(rf"\b{found[2]}\b|\b{found[1]}\b", _said(task)):
                answer = _share(task, module, assigned, found[1], found[2])
                if isinstance(answer, Change):
                    return answer
                reason = answer
    return reason


def _said(task: Task) -> str:
    finding = task.finding
    return f"{finding.problem} {finding.evidence} {finding.fix}"


def _share(task: Task, module: Module, assigned: SgNode, field: str, made: str) -> Change | str:
    owner = class_of(assigned)
    if owner is None:
        return "the instance is not kept in a class"
    reads = [
        one
        for one in find_all(owner, "member_expression", regex=rf"^this\.{field}$")
        if not _is_in(one, assigned)
    ]
    edits = []
    for read in reads:
        given = next(iter(_carriers(task, module, read, made)), None)
        if given is None:
            return f"this.{field} is used where no context with a {made} is given"
        edits.append(replace(read, given))
    declared = [
        one
        for one in find_all(owner, "public_field_definition")
        if (label := one.field("name")) is not None and label.text() == field
    ]
    edits += [remove(module.text, statement_of(assigned))]
    edits += [remove(module.text, one) for one in declared]
    text = apply(module.text, edits)
    after = parse_text(module.path, text)
    unused = _unused_parameter(after, assigned)
    if unused:
        return f"the constructor's {unused} would be left without a use"
    return Change(
        summary=f"Use the context's {made} instead of another instance",
        edits={module.path: apply(text, unused_imports(after, {made}))},
        risk=f"Tests that give a context without a {made} have to give one.",
    )


def _is_in(one: SgNode, outer: SgNode) -> bool:
    return start(outer) <= start(one) and end(one) <= end(outer)


def _carriers(task: Task, module: Module, read: SgNode, made: str) -> Iterator[str]:
    """Yield ``context.limiter`` for each parameter around ``read`` whose type carries the class."""
    for function in (one for one in read.ancestors() if one.kind() in FUNCTIONS):
        for one in find_all(function, "required_parameter"):
            listed = one.parent()
            label, typed = one.field("pattern"), one.field("type")
            if listed is None or listed.parent() != function or label is None or typed is None:
                continue
            name = typed.text().lstrip(": ")
            member = _member(task, module, name, made)
            if member and label.kind() == "identifier":
                yield f"{label.text()}.{member}"


def _member(task: Task, module: Module, name: str, made: str) -> str:
    """Return the property of the interface ``name`` whose type is the class ``made``."""
    source = imported(module, name)
    target = resolve(task.snapshot, module.path, source.specifier) if source else module.path
    home = load(task.snapshot, target) if target is not None else None
    for node in find_all(home.root, "interface_declaration") if home is not None else ():
        label = node.field("name")
        if label is None or label.text() != name:
            continue
        for member in find_all(node, "property_signature"):
            key, typed = member.field("name"), member.field("type")
            if key is not None and typed is not None and typed.text().lstrip(": ") == made:
                return key.text()
    return ""


def _unused_parameter(after: Module, assigned: SgNode) -> str:
    """Return the name of a constructor's parameter that only the dropped instance used."""
    names = set(re.findall(r"\w+", assigned.text().partition("(")[2]))
    for node in find_all(after.root, "method_definition"):
        label = node.field("name")
        if label is None or label.text() != "constructor":
            continue
        for one in find_all(node, "required_parameter"):
            pattern = one.field("pattern")
            plain = not any(child.kind() == "accessibility_modifier" for child in one.children())
            name = pattern.text() if pattern is not None and plain else ""
            if name in names and len(uses(node, name)) < 2:
                return name
    return ""


_HANDLER = """\
import { Limiter } from "./limiter.js";
import type { Context } from "./context.js";

export class Handler {
  private readonly queue: Queue;
  private readonly limiter: Limiter;

  constructor(redis: Redis) {
    this.queue = new Queue(redis);
    this.limiter = new Limiter(redis);
  }

  handle(socket: Socket, context: Context) {
    socket.on("a", async () => this.limiter.allows(socket.id));
  }
}
"""
_CONTEXT = (
    'import type { Limiter } from "./limiter.js";\n\n'
    "export interface Context {\n  limiter: Limiter;\n}\n"
)
_ASKED = asking(
    "Creates its own Limiter while the context has one",
    "Use context.limiter",
    "src/handler.ts",
    "Handler",
)

RECIPE = Recipe(
    name="use-context-instance",
    message="Two instances of one service drift apart; the context carries the one.",
    words=r"duplicate instance|creates? (its )?own|already has one|use \w*context\.|instantiat",
    rewrite=_rewrite,
    examples=(
        Example(
            "the field goes, the context's instance serves",
            _ASKED,
            {"src/handler.ts": _HANDLER, "src/context.ts": _CONTEXT},
            {
                "src/handler.ts": _HANDLER.replace('import { Limiter } from "./limiter.js";\n', "")
                .replace("  private readonly limiter: Limiter;\n", "")
                .replace("    this.limiter = new Limiter(redis);\n", "")
                .replace("this.limiter.", "context.limiter.")
            },
        ),
        Example(
            "where no context is given the instance stays",
            _ASKED,
            {
                "src/handler.ts": _HANDLER.replace(", context: Context", ""),
                "src/context.ts": _CONTEXT,
            },
            refuses="no context with a Limiter is given",
        ),
    ),
)
