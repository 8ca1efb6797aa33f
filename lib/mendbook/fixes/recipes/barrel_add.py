"""Add a name to the barrel of its folder."""

from __future__ import annotations

import posixpath
import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, after_line, apply, end, insert
from mendbook.code.exports import Reexport, exports, reexports
from mendbook.code.imports import quote, semicolon
from mendbook.code.module_text import Module, load
from mendbook.code.modules import resolve
from mendbook.code.test_files import is_test
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_BARREL = re.compile(r"(^|/)index\.[cm]?[jt]sx?$")
_TYPES = {"interface_declaration", "type_alias_declaration"}


def _rewrite(task: Task) -> RecipeChange | str:
    barrel = next((one for one in targets(task) if _BARREL.search(one.path)), None)
    if barrel is None:
        return "the finding names no barrel (index file)"
    if not reexports(barrel):
        return f"{barrel.path} re-exports nothing, so it is no barrel"
    words = set(re.findall(r"[A-Za-z_$][\w$]*", f"{task.finding.problem} {task.finding.fix}"))
    sources = _unexported(task, barrel, words)
    if not sources:
        return f"no name that the finding asks for is missing in {barrel.path}"
    edits = [_line(barrel, path, name, typed) for path, name, typed in sources]
    names = ", ".join(name.removeprefix("default as ") for _, name, _ in sources)
    return RecipeChange(
        summary=f"Export {names} from the {_folder(barrel)} barrel",
        edits={barrel.path: apply(barrel.text, edits)},
        risk="A barrel loads its modules when imported: watch for a new import cycle.",
        contracts=(
            claim(
                barrel.path,
                barrel.text,
                edits,
                Operation.ADD,
                f"export {names} from {barrel.path}",
                [name for _, name, _ in sources],
            ),
        ),
    )


def _folder(barrel: Module) -> str:
    return posixpath.basename(posixpath.dirname(barrel.path))


def _unexported(task: Task, barrel: Module, words: set[str]) -> list[tuple[str, str, bool]]:
    present = {one.exported for one in reexports(barrel)} | set(exports(barrel))
    starred = {
        resolve(task.snapshot, barrel.path, one.specifier)
        for one in reexports(barrel)
        if one.exported == "*"
    }
    unexported = []
    for path in task.snapshot.under(posixpath.dirname(barrel.path)):
        module = load(task.snapshot, path) if path not in starred and not is_test(path) else None
        if module is None or posixpath.dirname(path) != posixpath.dirname(barrel.path):
            continue
        for name, node in exports(module).items():
            if name in words and name not in present and module.path != barrel.path:
                said = f"default as {name}" if _is_default(node) else name
                unexported.append((path, said, node.kind() in _TYPES))
    return unexported


def _is_default(node: SgNode) -> bool:
    """Tell whether a declaration is its module's default export, which has no name outside."""
    above = [node, *node.ancestors()]
    return any(
        child.kind() == "default"
        for one in above
        if one.kind() == "export_statement"
        for child in one.children()
    )


def _line(barrel: Module, path: str, name: str, typed: bool) -> Edit:
    listed = [one for one in reexports(barrel) if one.exported != "*"]
    last = reexports(barrel)[-1]
    specifier = "./" + posixpath.basename(path).rsplit(".", 1)[0] + _ending(last.specifier)
    beside = [one for one in listed if one.specifier == specifier and _is_type(one) == typed]
    if beside:
        return insert(end(beside[-1].part), f", {name}")
    mark, word = quote(barrel), "export type" if typed else "export"
    gap = "\n" if "\n\n" in barrel.text[: end(last.node)].replace("\r", "") else ""
    line = f"{word} {{ {name} }} from {mark}{specifier}{mark}{semicolon(barrel)}\n"
    return after_line(barrel.text, end(last.node), gap + line)


def _ending(specifier: str) -> str:
    return ".js" if specifier.endswith(".js") else ""


def _is_type(one: Reexport) -> bool:
    return any(child.kind() == "type" for child in one.node.children())


_PLOT = "export class Plot {}\nexport interface Shape { id: string }\n"

RECIPE = Recipe(
    name="barrel-add",
    message="What other folders may use is exported from the folder's index file.",
    words=r"barrel|index\.[jt]s|re-?export|export.{0,30}from index",
    remedy=r"export|barrel|index",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a class is exported as its neighbours are",
            asking(
                "Plot not exported from barrel",
                "Add Plot to barrel export",
                "src/garden/index.ts",
            ),
            {
                "src/garden/index.ts": 'export { Bed } from "./bed.js";\n',
                "src/garden/bed.ts": "export class Bed {}\n",
                "src/garden/plot.ts": _PLOT,
            },
            {
                "src/garden/index.ts": 'export { Bed } from "./bed.js";\n'
                'export { Plot } from "./plot.js";\n'
            },
        ),
        Example(
            "an interface joins as a type, Windows line ends and all",
            asking("Shape is missing in the barrel", "Export Shape", "src/garden/index.ts"),
            {
                "src/garden/index.ts": "export { Plot } from './plot'\r\n",
                "src/garden/plot.ts": _PLOT,
            },
            {
                "src/garden/index.ts": "export { Plot } from './plot'\r\n"
                "export type { Shape } from './plot'\r\n"
            },
        ),
        Example(
            "a default export gets its name there",
            asking(
                "Spade is not exported", "Also export it from index.js", "tools/index.js", "Spade"
            ),
            {
                "tools/index.js": "export { default as Rake } from './Rake';\n",
                "tools/Rake.jsx": "export default function Rake() {}\n",
                "tools/Spade.jsx": "export default function Spade() {}\n",
            },
            {
                "tools/index.js": "export { default as Rake } from './Rake';\n"
                "export { default as Spade } from './Spade';\n"
            },
        ),
        Example(
            "a name that nobody exports is not made up",
            asking("Ghost is missing in the barrel", "Export Ghost", "src/garden/index.ts"),
            {
                "src/garden/index.ts": 'export { Plot } from "./plot.js";\n',
                "src/garden/plot.ts": _PLOT,
            },
            refuses="no name that the finding asks for is missing",
        ),
    ),
)
