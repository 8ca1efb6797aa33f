"""Who constructs a class of TypeScript, and one more thing that they hand over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, insert, start
from mendbook.code.exports import exports
from mendbook.code.functions import declarations, free_names
from mendbook.code.imports import add_import
from mendbook.code.module_text import Module, imported, modules, parse_text, specifier_for
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.constructor_parameter import member_name, parameters
from mendbook.fixes.task import Task
from mendbook.model import Contract, Operation


def home_of(task: Task, name: str) -> str | None:
    """Return the one file of the tree that exports ``name``; None for none or several."""
    homes = [one.path for one in modules(task.snapshot, name) if name in exports(one)]
    return homes[0] if len(homes) == 1 else None


def interface_of(task: Task, name: str) -> str:
    """Return the type that the fix names of those that a class implements, else the class."""
    for module in modules(task.snapshot, name):
        for node in declarations(module.root, name):
            said = re.search(r"\bimplements\s+([\w$,\s]+)\{", node.text())
            kinds = re.findall(r"[\w$]+", said[1]) if said is not None else []
            told = [one for one in kinds if re.search(rf"\b{one}\b", task.finding.fix)]
            if len(told) == 1:
                return str(told[0])
    return name


def handed_over(
    task: Task, home: Module, owner: SgNode, handed: str
) -> dict[str, tuple[str, Contract]] | str:
    """Return the files that construct the class ``owner`` of ``home``, ``handed`` given last.

    Each comes with its contract; a sentence says why one of the calls cannot hand it over.
    """
    name = member_name(owner)
    changed: dict[str, tuple[str, Contract]] = {}
    for module, calls in _constructed(task, home, name):
        edits = []
        for call in calls:
            listed = call.field("arguments")
            parts = listed.named_children() if listed is not None else []
            if listed is None or len(parts) != len(parameters(owner)):
                return f"{module.path} constructs {name} with other arguments than it takes"
            edits.append(insert(end(parts[-1]), f", {handed}") if parts
                         else Edit(start(listed), end(listed), f"({handed})"))  # fmt: skip
        text = apply(module.text, edits)
        after = parse_text(module.path, text)
        for needed in sorted(_needed(home, handed)):
            if imported(after, needed) or declarations(after.root, needed):
                continue
            source = home_of(task, needed)
            if source is None or source == module.path:
                return f"{needed} cannot be seen from {module.path}"
            line = add_import(after, needed, specifier_for(task.snapshot, after, source))
            after = parse_text(module.path, apply(after.text, line))
        said = f"pass `{handed}` where {name} is constructed"
        contract = claim(module.path, module.text, edits, Operation.ADD, said, [handed])
        changed[module.path] = after.text, contract
    if not changed:
        return f"nothing constructs {name} here, so nobody would hand it over"
    return changed


def _needed(home: Module, handed: str) -> set[str]:
    tree = parse_text(home.path, f"({handed});").root
    return free_names(tree) - {"process", "globalThis", "Date", "Math", "undefined"}


def _constructed(task: Task, home: Module, name: str) -> Iterator[tuple[Module, list[SgNode]]]:
    """Yield the files of the tree that make objects of the class, with the calls."""
    for module in modules(task.snapshot, name):
        calls = [
            one for one in find_all(module.root, "new_expression")
            if (label := one.field("constructor")) is not None and label.text() == name
        ]  # fmt: skip
        if calls and (module.path == home.path or imported(module, name)):
            yield module, calls
