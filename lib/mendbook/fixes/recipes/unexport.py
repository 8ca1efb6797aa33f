"""Stop exporting what nobody imports: take it out of the barrel, or drop the keyword."""

from __future__ import annotations

import re

from mendbook.code.edits import Edit, apply, end, remove, start
from mendbook.code.exports import (
    Reexport,
    exports,
    importers,
    is_published,
    reexports,
)
from mendbook.code.imports import cut_from_list
from mendbook.code.module_text import Module, uses
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task

_WORD = re.compile(r"[A-Za-z_$][\w$]*")


def _rewrite(task: Task) -> Change | str:
    said = f"{task.finding.function} {task.finding.problem} {task.finding.fix}"
    words = [*task.finding.symbols, *_WORD.findall(said)]
    reason = "no exported name of the file is named by the finding"
    for module in targets(task):
        listed = {one.exported: one for one in reexports(module)}
        own = exports(module)
        for name in dict.fromkeys(words):
            if name not in listed and name not in own:
                continue
            users = importers(task.snapshot, module.path, name)
            if is_published(task.snapshot):
                reason = f"the package is published, so {name} may be imported from outside"
            elif users:
                reason = f"{name} is imported from {module.path} by {', '.join(users[:3])}"
            elif name in listed:
                return _from_barrel(module, listed[name])
            elif len(uses(module.root, name)) < 2:
                reason = f"{name} is used nowhere, so it is rather to be deleted"
            else:
                return _keyword(module, name)
    return reason


def _from_barrel(module: Module, one: Reexport) -> Change:
    alone = len([other for other in reexports(module) if other.node == one.node]) == 1
    if alone and len(module.root.named_children()) == 1:
        edit = Edit(start(one.node), end(one.node), "export {};")
    else:
        edit = remove(module.text, one.node) if alone else cut_from_list(module.text, one.part)
    return _change(module, one.exported, edit)


def _keyword(module: Module, name: str) -> Change | str:
    node = exports(module)[name]
    if node.kind() == "export_specifier":
        return _change(module, name, cut_from_list(module.text, node))
    statement = next(one for one in node.ancestors() if one.kind() == "export_statement")
    if any(child.kind() == "default" for child in statement.children()):
        return f"{name} is the default export"
    word = next(child for child in statement.children() if child.kind() == "export")
    declared = statement.field("declaration")
    names = [other for other, its in exports(module).items() if its.parent() == node.parent()]
    if declared is None or (node.kind() == "variable_declarator" and len(names) > 1):
        return f"{name} is declared together with other exported names"
    return _change(module, name, Edit(start(word), start(declared), ""))


def _change(module: Module, name: str, edit: Edit) -> Change:
    return Change(
        summary=f"Stop exporting {name} from {module.path}",
        edits={module.path: apply(module.text, [edit])},
        risk="Code outside this repository that imports the name would no longer find it.",
    )


_BARREL = """\
// Handler
export { Handler } from "./handler.js";

// Buffer for batching
export { Buffer } from "./buffer.js";
"""
_FILES = {
    "src/fleet/index.ts": _BARREL,
    "src/fleet/handler.ts": "export class Handler {}\n",
    "src/fleet/buffer.ts": "export class Buffer {}\n",
    "src/main.ts": 'import { Handler } from "./fleet/index.js";\n\nnew Handler();\n',
}

RECIPE = Recipe(
    name="unexport",
    message="An export that nobody imports is public surface that must be kept for nobody.",
    words=r"un-?export|(remove|drop|delete)\b.{0,30}\bexport|never imported|unused export"
    r"|unnecessary public|exported but|exported for nobody",
    rewrite=_rewrite,
    examples=(
        Example(
            "a name leaves the barrel with its comment",
            asking(
                "Buffer exported from barrel but never imported",
                "Remove barrel export",
                "src/fleet/index.ts",
            ),
            _FILES,
            {"src/fleet/index.ts": '// Handler\nexport { Handler } from "./handler.js";\n'},
        ),
        Example(
            "a name that is imported stays",
            asking("Handler exported but unused", "Remove the export", "src/fleet/index.ts"),
            _FILES,
            refuses="imported from src/fleet/index.ts by src/main.ts",
        ),
        Example(
            "a name that only its own file uses loses the keyword",
            asking("limit is exported for nobody", "Un-export limit", "src/a.ts"),
            {"src/a.ts": "export const limit = 3;\n\nexport const twice = () => limit * 2;\n"},
            {"src/a.ts": "const limit = 3;\n\nexport const twice = () => limit * 2;\n"},
        ),
    ),
)
