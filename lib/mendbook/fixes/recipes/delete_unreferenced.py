"""Delete what nothing refers to, and what only it needed."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply, end, remove, start
from mendbook.code.exports import (
    barrels,
    exports,
    importers,
    is_published,
    reexports,
)
from mendbook.code.functions import class_name, class_of, declarations
from mendbook.code.imports import cut_from_list, unused_imports
from mendbook.code.leftovers import without_leftovers
from mendbook.code.module_text import (
    Module,
    imported,
    parse_text,
    uses,
)
from mendbook.code.search import find_all
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import identifiers
from mendbook.model import Finding

_KINDS = "method|function|class|export|type|interface|field|import|constant|setter|getter"
_DEAD = re.compile(
    r"\bdead\b|unused|unreferenced|no (references|callers)|never (used|called|read|imported)", re.I
)
_THIS = re.compile(rf"\bdead code\b|(remove|delete|drop) (this|the) (\w+ )?({_KINDS})\b", re.I)
"""Words that mean the very symbol that the finding names."""
_MEMBERS = {"method_definition", "public_field_definition"}


def _rewrite(task: Task) -> Change | str:
    finding = task.finding
    names = _named(finding)
    reason = "no declaration that the finding names stands in its files"
    for module in targets(task):
        for name in dict.fromkeys(names):
            answer = _delete(task, module, name)
            if isinstance(answer, Change):
                return answer
            reason = answer or reason
    return reason


def _named(finding: Finding) -> list[str]:
    """Return the names that the finding's words say to delete, surest first."""
    said = f"{finding.problem}\n{finding.fix}"
    names = re.findall(r"\b(?:remove|delete|drop)\s+`?([A-Za-z_$][\w$.]*\w)", said, re.I)
    own = [
        symbol
        for symbol in finding.symbols
        if _THIS.search(said) or re.search(rf"\b{re.escape(symbol.rpartition('.')[2])}\b", said)
    ]
    return [*own, *identifiers(said), *names] if _DEAD.search(said) or _THIS.search(said) else names


def _delete(task: Task, module: Module, name: str) -> Change | str:
    """Return the deletion of ``name``, a reason against it, or nothing when it is not there."""
    unused = imported(module, name)
    if unused is not None and not uses(module.root, name):
        text = apply(module.text, unused_imports(module, {name}))
        return _change(name, "import", {module.path: text})
    found = declarations(module.root, name)
    if len(found) != 1:
        return f"{name} is declared {len(found)} times in {module.path}" if found else ""
    node = found[0]
    if node.kind() in _MEMBERS:
        return _delete_member(task, module, node)
    if node.parent() is not None and _is_top_level(node):
        return _delete_top_level(task, module, node, name)
    return ""


def _is_top_level(node: SgNode) -> bool:
    outers = [one.kind() for one in node.ancestors()]
    return all(kind in {"program", "export_statement", "lexical_declaration"} for kind in outers)


def _delete_member(task: Task, module: Module, node: SgNode) -> Change | str:
    label, owner = node.field("name"), class_of(node)
    if label is None or owner is None:
        return ""
    name = f"{class_name(node)}.{label.text()}"
    if label.text() == "constructor":
        return ""
    if any(child.kind() == "class_heritage" for child in owner.children()):
        return f"{class_name(node)} extends or implements something that may ask for {label.text()}"
    found = task.lookup.uses(name, module.path)
    outside = [one for one in found.references if not _is_own(one.file, one.line, module, node)]
    if outside:
        return f"{name} is used at {outside[0].file}:{outside[0].line}"
    if not found.declarations:
        return f"the uses of {name} could not be looked up"
    text = _by_text(task, label.text())
    if text:
        return f"{label.text()} is written as text in {text}, so it may be called by name"
    return _change(name, _kind(node), {module.path: _without(module, node)})


def _is_own(file: str, line: int, module: Module, node: SgNode) -> bool:
    where = node.range()
    return file == module.path and where.start.line < line <= where.end.line + 1


def _by_text(task: Task, name: str) -> str:
    pattern = re.compile(rf"[\"'`]{re.escape(name)}[\"'`]")
    return next(
        (path for path in task.snapshot.files if pattern.search(task.snapshot.text(path))), ""
    )


def _kind(node: SgNode) -> str:
    return node.kind().replace("_definition", "").replace("_declaration", "").replace("_", " ")


def _delete_top_level(task: Task, module: Module, node: SgNode, name: str) -> Change | str:
    if name in exports(module) and is_published(task.snapshot):
        return f"the package is published, so {name} may be imported from outside"
    users = importers(task.snapshot, module.path, name) if name in exports(module) else ()
    if users:
        return f"{name} is imported by {', '.join(users[:3])}"
    own = [one for one in uses(module.root, name) if not _declares(one, node)]
    if own:
        return f"{name} is used at {module.path}:{own[0].range().start.line + 1}"
    statement = next(
        (one for one in [*reversed(node.ancestors()), node] if one.kind() != "program"), node
    )
    if len(find_all(statement, "variable_declarator")) > 1 and node.kind() == "variable_declarator":
        inner = [one for one in find_all(statement, "variable_declarator") if one != node]
        if any(one.parent() == node.parent() for one in inner):
            return f"{name} is declared together with other names"
    texts: dict[str, str | None] = {module.path: _without(module, statement)}
    for barrel, one in barrels(task.snapshot, module.path, name):
        alone = len([other for other in reexports(barrel) if other.node == one.node]) == 1
        edit = remove(barrel.text, one.node) if alone else cut_from_list(barrel.text, one.part)
        texts[barrel.path] = apply(barrel.text, [edit])
    return _change(name, _kind(node), texts)


def _declares(use: SgNode, node: SgNode) -> bool:
    """Tell whether ``use`` is the declaration's own name, or lies in it (recursion)."""
    return start(node) <= start(use) and end(use) <= end(node)


def _without(module: Module, node: SgNode) -> str:
    """Return the text without ``node``, and without what only it used."""
    text = apply(module.text, [remove(module.text, node)])
    return without_leftovers(parse_text(module.path, text), node.text(), module)


def _change(name: str, kind: str, edits: dict[str, str | None]) -> Change:
    return Change(
        summary=f"Delete the unused {kind} {name}",
        edits=edits,
        risk="Code outside this repository that uses it would break; none inside does.",
    )


_ROUTER = """\
import { Pipe } from "./pipe.js";
import { Lamp } from "./lamp.js";

export class Stage {
  private pipes: Pipe[] = [];
  // Kept for cleanup
  private lamp: Lamp | null = null;

  /** Remember the lamp */
  setLamp(lamp: Lamp): void {
    this.lamp = lamp;
  }

  close(): void {
    // Stop the lamp first
    if (this.lamp) {
      this.lamp.stop();
      this.lamp = null;
    }
    this.pipes.length = 0;
  }
}
"""
_CLEAN = """\
import { Pipe } from "./pipe.js";

export class Stage {
  private pipes: Pipe[] = [];

  close(): void {
    this.pipes.length = 0;
  }
}
"""
_DIGEST = """\
import { hash } from "node:crypto";

const salt = "x";

function salted(text: string) {
  return hash("sha1", salt + text);
}

/** Old */
export function digest(text: string) {
  return salted(text);
}

export const version = 1;
"""

RECIPE = Recipe(
    name="delete-unreferenced",
    message="What nothing refers to is read, compiled and maintained for nothing.",
    words=r"remove|delete|dead|unused|unreferenced|never (used|called|read|imported)",
    rewrite=_rewrite,
    examples=(
        Example(
            "a setter nobody calls goes, and the field that then stays null",
            asking(
                "Dead code — lamp is only used elsewhere",
                "Remove it from Stage",
                "src/stage.ts",
                "Stage.setLamp()",
            ),
            {"src/stage.ts": _ROUTER},
            {"src/stage.ts": _CLEAN},
        ),
        Example(
            "a function goes with what it called, its import and its place in a barrel",
            asking("digest is never called", "Delete digest", "src/a.ts", "digest"),
            {
                "src/a.ts": _DIGEST,
                "src/index.ts": 'export { digest, version } from "./a.js";\n',
            },
            {
                "src/a.ts": "export const version = 1;\n",
                "src/index.ts": 'export { version } from "./a.js";\n',
            },
        ),
        Example(
            "a function whose finding asks for something else stays",
            asking("Two headers carry a key", "Remove the redundant one", "src/a.ts", "digest"),
            {"src/a.ts": _DIGEST},
            refuses="no declaration that the finding names",
        ),
        Example(
            "a method that is called stays",
            asking("Dead code", "Remove setLamp", "src/stage.ts", "Stage.setLamp"),
            {
                "src/stage.ts": _ROUTER,
                "src/main.ts": 'import { Stage } from "./stage.js";\n\n'
                "const stage = new Stage();\nstage.setLamp(make());\n",
            },
            refuses="Stage.setLamp is used at src/main.ts:4",
        ),
        Example(
            "a function that a test imports stays",
            asking("digest is unused", "Delete digest", "src/a.ts", "digest"),
            {
                "src/a.ts": _DIGEST,
                "tests/a.test.ts": 'import { digest } from "../src/a.js";\n\ndigest("x");\n',
            },
            refuses="imported by tests/a.test.ts",
        ),
    ),
)
