"""Drop a property that is stored and never read."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, remove
from mendbook.code.imports import cut_from_list
from mendbook.code.module_text import Module, load, modules
from mendbook.code.search import find_all, find_one
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Kept, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Cause, Contract, Operation, Skipped


def _rewrite(task: Task) -> RecipeChange | Kept | Skipped | str:
    reason: Kept | str = ""
    for module in targets(task):
        for literal, holder in _stored(task, module):
            for pair in literal.named_children():
                name = _key(pair)
                if not name or not _meant(task, holder, name):
                    continue
                answer = _drop(task, module, pair, name, holder)
                if isinstance(answer, RecipeChange):
                    return answer
                reason = answer
    none = "no stored object with the property stands in the code that the finding names"
    return reason or Skipped(RECIPE.name, none, Cause.NOTHING_THERE)


def _stored(task: Task, module: Module) -> list[tuple[SgNode, str]]:
    """Return object literals that are assigned to a property, each with that property's path."""
    literals = []
    for scope in scopes(task, module):
        for node in find_all(scope, "assignment_expression"):
            target, value = node.field("left"), node.field("right")
            if target is None or value is None or target.kind() != "member_expression":
                continue
            bare = value.named_children()[0] if value.kind() == "as_expression" else value
            if bare.kind() == "object":
                literals.append((bare, target.text()))
    return literals


def _key(pair: SgNode) -> str:
    if pair.kind() == "shorthand_property_identifier":
        return pair.text()
    label = pair.field("key") if pair.kind() == "pair" else None
    return label.text() if label is not None else ""


def _meant(task: Task, holder: str, name: str) -> bool:
    """Tell whether the finding says to remove just this property from just this holder."""
    said = f"{task.finding.problem}\n{task.finding.fix}"
    return f"{holder}.{name}" in said or bool(
        re.search(rf"\b{re.escape(name)}\b from {re.escape(holder)}\b", said)
    )


def _drop(
    task: Task, module: Module, pair: SgNode, name: str, holder: str
) -> RecipeChange | Kept | str:
    reader = _reader(task, name, holder, _asserted(pair))
    if reader:
        return Kept(f"{holder}.{name} may be read: {reader}")
    value = pair.field("value")
    if value is not None and find_one(value, "call_expression") is not None:
        return f"the value of {name} is made by a call, which would no longer run"
    texts: dict[str, str | None] = {}
    _edit(texts, module, cut_from_list(module.text, pair))
    said = f"stop storing `{holder}.{name}`, which nothing reads"
    contracts = [_claimed(module, pair, name, said)]
    for home, member in _typed(task, pair, name):
        contracts.append(_claimed(home, member, name, said))
        same = home.path == module.path
        current = load(task.snapshot.edited(texts), home.path) if same else home
        if current is not None:
            _edit(texts, current, remove(current.text, member))
    return RecipeChange(
        summary=f"Stop storing {holder}.{name}, which nothing reads",
        edits=texts,
        risk="None in this repository: every property access and destructuring was searched.",
        contracts=tuple(contracts),
    )


def _claimed(module: Module, node: SgNode, name: str, said: str) -> Contract:
    cut = Edit(node.range().start.index, node.range().end.index, "")
    return claim(module.path, module.text, [cut], Operation.REMOVE, said, [], [name])


def _edit(texts: dict[str, str | None], module: Module, edit: Edit) -> None:
    texts[module.path] = apply(module.text, [edit])


def _reader(task: Task, name: str, holder: str, interface: str) -> str:
    """Return the first place that may read ``name`` off the holder; the empty string if none.

    The reference search knows each read of the member; a holder that is handed on whole, spread or
    listed may be read by anybody.
    """
    last = holder.rpartition(".")[2]
    if place := task.lookup.member_read(name, last, interface):
        return place
    handed_on = re.compile(
        rf"\.\.\.[\w.]+\.{last}\b|\b(stringify|entries|values|assign)\([^)]*\.{last}\b\s*[,)]"
        rf"|[(,]\s*\w+(\.\w+)*\.{last}\s*[,)]|=\s*\w+(\.\w+)*\.{last}\s*(as|[;\n])"
        rf"|\[\s*[\"'`]{name}[\"'`]\s*\]"
    )
    for one in modules(task.snapshot, last):
        for match in handed_on.finditer(one.text):
            if not _is_parsed(one.text, match[0], last):
                line = one.text.count("\n", 0, match.start()) + 1
                return f"{one.path}:{line}"
    return ""


def _asserted(pair: SgNode) -> str:
    """Return the interface that the literal around ``pair`` is asserted to be, or nothing."""
    literal = pair.parent()
    outer = literal.parent() if literal is not None else None
    asserted = outer is not None and outer.kind() == "as_expression"
    return outer.named_children()[-1].text() if outer is not None and asserted else ""


def _is_parsed(text: str, mention: str, last: str) -> bool:
    """Tell whether the match is the ``data`` of a zod result, which is another thing."""
    owner = re.search(rf"(\w+)\.{last}\b", mention)
    parsed = rf"\b(const|let)\s+{owner[1]}\s*=[^;]*\.safeParse(Async)?\(" if owner else ""
    return bool(parsed and re.search(parsed, text))


def _typed(task: Task, pair: SgNode, name: str) -> list[tuple[Module, SgNode]]:
    """Return the member of the interface that the literal is asserted to be."""
    interface = _asserted(pair)
    members = []
    for module in modules(task.snapshot, interface) if interface else ():
        for node in find_all(module.root, "interface_declaration"):
            label = node.field("name")
            if label is None or label.text() != interface:
                continue
            for member in find_all(node, "property_signature"):
                key = member.field("name")
                if key is not None and key.text() == name:
                    members.append((module, member))
    return members


_BEFORE = """\
import type { State } from "./types.js";

export function enter(visit: Visit, guest: Guest, ticket: string) {
  visit.state = {
    guest,
    ticket: ticket,
  } as State;
}
"""
_TYPES = "export interface State {\n  guest: Guest;\n  ticket: string;\n}\n"
_ASKED = asking(
    "The ticket is stored in visit.state.ticket and never read",
    "Remove ticket from visit.state",
    "src/a.ts",
    "enter",
)

RECIPE = Recipe(
    name="drop-unread-property",
    message="What is stored and never read can only leak.",
    words=r"never (read|consumed|used)|unused|not read",
    remedy=r"remov|delet|drop|rid of|read it|stop",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "the property goes, and its place in the interface",
            _ASKED,
            {"src/a.ts": _BEFORE, "src/types.ts": _TYPES},
            {
                "src/a.ts": _BEFORE.replace("    ticket: ticket,\n", ""),
                "src/types.ts": "export interface State {\n  guest: Guest;\n}\n",
            },
        ),
        Example(
            "a property that is read stays",
            _ASKED,
            {
                "src/a.ts": _BEFORE,
                "src/types.ts": _TYPES,
                "src/b.ts": "export const seen = (visit: Visit) => visit.state.ticket;\n",
            },
            refuses="may be read: src/b.ts:1",
        ),
        Example(
            "of an order",
            asking(
                "order.meta.trace is never read", "Remove order.meta.trace", "src/order.ts", "take"
            ),
            {
                "src/order.ts": "export function take(order: Order) {\n"
                "  order.meta = { table: order.table, trace: order.id };\n"
                "  print(order.meta.table);\n}\n"
            },
            {
                "src/order.ts": "export function take(order: Order) {\n"
                "  order.meta = { table: order.table };\n  print(order.meta.table);\n}\n"
            },
        ),
        Example(
            "a holder that is handed on whole may be read anywhere",
            _ASKED,
            {
                "src/a.ts": _BEFORE,
                "src/types.ts": _TYPES,
                "src/b.ts": "export const seen = (visit: Visit) => track(visit.state);\n",
            },
            refuses="may be read: src/b.ts:1",
        ),
    ),
)
