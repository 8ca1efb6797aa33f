"""Stop exporting what nobody imports: take it out of the barrel, or drop the keyword."""

from __future__ import annotations

import re
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, remove, start
from mendbook.code.exports import Reexport, exports, reexports, stays_a_module
from mendbook.code.imports import cut_from_list
from mendbook.code.module_text import Module, parse_text, uses
from mendbook.code.references.declaring import declared_names, declaring
from mendbook.code.search import find_all
from mendbook.code.side_effects import decorators_of
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import SCRIPTS, Example, Kept, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_WORD = re.compile(r"[A-Za-z_$][\w$]*")


def _rewrite(task: Task) -> RecipeChange | Kept | str:
    said = f"{task.finding.function} {task.finding.problem} {task.finding.fix}"
    words = [*task.finding.symbols, *_WORD.findall(said)]
    reason: Kept | str = "no exported name of the file is named by the finding"
    for module in targets(task):
        listed = {one.exported: one for one in reexports(module)}
        own = exports(module)
        for name in dict.fromkeys(words):
            if name not in listed and name not in own:
                continue
            answer = _unexport(task, module, name, listed.get(name))
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _unexport(
    task: Task, module: Module, name: str, listed: Reexport | None
) -> RecipeChange | Kept | str:
    if taken := task.lookup.taken(name, module.path):
        return Kept(taken)
    if listed is not None:
        return _from_barrel(module, listed)
    declared = declaring(module.root, _local(module, name))
    for statement in declared:
        for node in (statement, *statement.named_children()):
            for decorator in decorators_of(node):
                said = decorator.text().partition("(")[0]
                return Kept(f"{name} carries {said}, which may use it")
    inside = [(start(one), end(one)) for one in declared]
    apart = [
        use
        for use in uses(module.root, _local(module, name))
        if not any(first <= start(use) < last for first, last in inside)
        and all(
            outer.kind() != "export_statement" or outer.field("declaration") is not None
            for outer in use.ancestors()
        )
    ]
    if not apart:
        return f"{name} is used nowhere, so it is rather to be deleted"
    return _keyword(module, name, declared)


def _local(module: Module, name: str) -> str:
    """Return what the module itself calls the export ``name``."""
    node = exports(module)[name]
    label = node.field("name") if node.kind() == "export_specifier" else None
    return label.text() if label is not None else name


def _from_barrel(module: Module, one: Reexport) -> RecipeChange:
    alone = len([other for other in reexports(module) if other.node == one.node]) == 1
    edit = remove(module.text, one.node) if alone else cut_from_list(module.text, one.part)
    return _change(module, one.exported, [edit])


def _keyword(module: Module, name: str, declared: list[SgNode]) -> RecipeChange | Kept | str:
    node = exports(module)[name]
    if node.kind() == "export_specifier":
        alone = len(find_all(node.parent() or node, "export_specifier")) == 1
        statement = next(one for one in node.ancestors() if one.kind() == "export_statement")
        edit = remove(module.text, statement) if alone else cut_from_list(module.text, node)
        return _change(module, name, [edit])
    edits = []
    for statement in declared:
        inner = statement.field("declaration")
        if statement.kind() != "export_statement" or inner is None:
            continue
        if any(child.kind() == "default" for child in statement.children()):
            return f"{name} is the default export"
        if set(declared_names(statement)) != {name}:
            return f"{name} is declared together with other exported names"
        word = next(child for child in statement.children() if child.kind() == "export")
        edits.append(Edit(start(word), start(inner), ""))
    return _change(module, name, edits)


def _change(module: Module, name: str, edits: list[Edit]) -> RecipeChange:
    after = parse_text(module.path, apply(module.text, edits))
    text = stays_a_module(module.text, after)
    said = f"stop exporting `{name}` from {module.path}"
    removes = ["export"] if edits[0].text == "" and name in after.text else [name]
    contract = claim(module.path, module.text, edits, Operation.REMOVE, said, [], removes)
    if text != after.text:  # the `export {}` that keeps it a module stands at its end
        contract = replace(contract, end_line=module.text.count("\n") + 1, removes=())
    return RecipeChange(
        summary=f"Stop exporting {name} from {module.path}",
        edits={module.path: text},
        risk="Code outside this repository that imports the name would no longer find it.",
        contracts=(contract,),
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
    r"|unnecessary public|exported but|exported for nobody|(?:stop|cease|quit)\s+exporting"
    r"|(?:not|n't|never|no longer)\s+(?:be\s+)?export(?:ed)?\b",
    remedy=r"export|private|internal|local|keyword|hide|public",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
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
            refuses="Handler is imported by src/main.ts",
        ),
        Example(
            "a name that only its own file uses loses the keyword",
            asking("limit is exported for nobody", "Un-export limit", "src/a.ts"),
            {"src/a.ts": "export const limit = 3;\n\nexport const twice = () => limit * 2;\n"},
            {"src/a.ts": "const limit = 3;\n\nexport const twice = () => limit * 2;\n"},
        ),
        Example(
            "overloads lose the keyword together, and the file stays a module",
            asking("dose is exported for nobody", "Un-export dose", "ward.ts", "dose"),
            {
                "ward.ts": "export function dose(a: 1): 1;\nexport function dose(a: 1) {}\n\n"
                "setInterval(() => dose(1), 5);\n"
            },
            {
                "ward.ts": "function dose(a: 1): 1;\nfunction dose(a: 1) {}\n\n"
                "setInterval(() => dose(1), 5);\n\nexport {};\n"
            },
        ),
        Example(
            "a name that a framework reads stays exported",
            asking("load is exported for nobody", "Un-export load", "src/routes/+page.ts"),
            {
                "package.json": '{"private": true, "devDependencies": {"@sveltejs/kit": "2"}}',
                "src/routes/+page.ts": "export const load = () => 1;\nload();\n",
            },
            refuses="load is called by SvelteKit",
        ),
    ),
)
