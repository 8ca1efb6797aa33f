"""Delete what nothing refers to, and what only it needed."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, remove
from mendbook.code.exports import barrels, exported_as, reexports, stays_a_module
from mendbook.code.functions import class_name, class_of, declarations, statement_of
from mendbook.code.imports import cut_from_list, unused_imports
from mendbook.code.leftovers import without_leftovers
from mendbook.code.module_text import Module, imported, parse_text, uses
from mendbook.code.references.commonjs import exported_by
from mendbook.code.references.declaring import declared_names, declaring, members
from mendbook.code.search import find_all
from mendbook.fixes.emptied import without_emptied
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import SCRIPTS, Example, Kept, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import identifiers
from mendbook.model import Contract, Finding, Operation

_KINDS = "method|function|class|export|type|interface|field|import|constant|setter|getter"
_DEAD = re.compile(
    r"\bdead\b|unused|unreferenced|no (references|callers)|never (used|called|read|imported)", re.I
)
_THIS = re.compile(rf"\bdead code\b|(remove|delete|drop) (this|the) (\w+ )?({_KINDS})\b", re.I)
"""Words that mean the very symbol that the finding names."""
_ITS_EXPORT = re.compile(
    r"\b(?:remove|delete|drop|strip)\s+(?:the|its)\s+(?:\w+\s+)?`?export`?\s+(?:of|on|from|keyword"
    r"|modifier)\b|\b(?:keep|retain|preserve)\s+(?:the|its)\s+(?:declaration|definition|function"
    r"|class|type|interface|constant|implementation|body|code)\b",
    re.I,
)
"""Words by which the declaration stays, and only its export goes."""
_OF_CLASSES = {"method", "field", "setter", "getter"}
_MEMBERS = {"method_definition", "public_field_definition"}


def _rewrite(task: Task) -> RecipeChange | Kept | str:
    finding = task.finding
    if _ITS_EXPORT.search(finding.fix):
        return "only the export is to go, and the declaration stays"
    names = _named(finding)
    reason: Kept | str = "no declaration that the finding names stands in its files"
    for module in targets(task):
        for name in dict.fromkeys(names):
            answer = _delete(task, module, name)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer or reason
    return reason


def _named(finding: Finding) -> list[str]:
    """Return the names that the finding's words say to delete, surest first."""
    said = f"{finding.problem}\n{finding.fix}"
    names = re.findall(r"\b(?:remove|delete|drop)\s+`?([A-Za-z_$][\w$.]*\w)", said, re.I)
    own = [symbol for symbol in finding.symbols if _is_meant(symbol, finding.fix, said)]
    return [*own, *identifiers(said), *names] if _DEAD.search(said) or _THIS.search(said) else names


def _is_meant(symbol: str, fix: str, said: str) -> bool:
    """Tell whether words name ``symbol``, or only its kind where they name nothing else.

    *Remove the field* in a class means one of its fields, and never the class.
    """
    if re.search(rf"\b{re.escape(symbol.rpartition('.')[2])}\b", said):
        return True
    told = _THIS.search(said)
    here = _THIS.search(fix)
    named = identifiers(fix[: here.start()]) if here is not None else ()
    member = told is not None and told[4] is not None and told[4].lower() in _OF_CLASSES
    whole = "." not in symbol and symbol[:1].isupper()
    return told is not None and not named and not (member and whole)


def _delete(task: Task, module: Module, name: str) -> RecipeChange | Kept | str:
    """Return the deletion of ``name``, a reason against it, or nothing when it is not there."""
    unused = imported(module, name)
    if unused is not None and not uses(module.root, name):
        text = apply(module.text, unused_imports(module, {name}))
        return _change(name, "import", {module.path: text})
    if declaring(module.root, name):
        return _delete_top_level(task, module, name)
    nodes = [one for one in declarations(module.root, name) if one.kind() in _MEMBERS]
    homes = {class_name(one) for one in nodes}
    if len(homes) > 1:
        return f"{name} is declared {len(nodes)} times in {module.path}"
    return _delete_member(task, module, nodes[0]) if nodes else ""


def _delete_member(task: Task, module: Module, node: SgNode) -> RecipeChange | Kept | str:
    label, owner = node.field("name"), class_of(node)
    if label is None or owner is None:
        return ""
    name = f"{class_name(node)}.{label.text()}"
    if any(child.kind() == "class_heritage" for child in owner.children()):
        return f"{class_name(node)} extends or implements something that may ask for {label.text()}"
    every = members(node)
    member_uses = task.lookup.uses(name, module.path)
    outside = [
        one for one in member_uses.references if not _is_own(one.file, one.line, module, every)
    ]
    if outside:
        return Kept(f"{name} is used at {outside[0].file}:{outside[0].line}")
    if not member_uses.declarations:
        return f"the uses of {name} could not be looked up"
    if reason := task.lookup.needed_member(node, class_name(node), module.path):
        return Kept(reason)
    text = module.text
    gone = " ".join(one.text() for one in every)
    for _ in every:
        current = parse_text(module.path, text)
        again = [one for one in declarations(current.root, name) if one.kind() in _MEMBERS]
        text = apply(text, [remove(text, members(again[0])[0])]) if again else text
    left = without_leftovers(parse_text(module.path, text), gone, module)
    return _change(name, _kind(node), {module.path: left})


def _is_own(file: str, line: int, module: Module, every: list[SgNode]) -> bool:
    spans = [one.range() for one in every]
    inside = any(one.start.line < line <= one.end.line + 1 for one in spans)
    return file == module.path and inside


def _kind(node: SgNode) -> str:
    named = node.kind().replace("_definition", "").replace("_declaration", "")
    return named.replace("lexical", "constant").replace("_", " ")


def _delete_top_level(task: Task, module: Module, name: str) -> RecipeChange | Kept | str:
    statements = declaring(module.root, name)
    if any(set(declared_names(one)) != {name} for one in statements):
        return f"{name} is declared together with other names"
    if reason := task.lookup.needed(name, module.path):
        return Kept(reason)
    left = _without(module, statements, name)
    if uses(left.root, name):
        line = uses(left.root, name)[0].range().start.line + 1
        return Kept(f"{name} is handed on at line {line} of what {module.path} would be")
    texts: dict[str, str | None] = {module.path: stays_a_module(module.text, left)}
    texts |= _barrels(task, module, name)
    inner = statements[0].field("declaration") or statements[0]
    return _change(name, _kind(inner), without_emptied(task, texts))


def _without(module: Module, statements: list[SgNode], name: str) -> Module:
    """Return the module without every declaration of ``name``, and without what only they used."""
    current, gone = module, " ".join(one.text() for one in statements)
    while (nodes := declaring(current.root, name)) or (nodes := _handed_on(current, name)):
        node = nodes[0]
        listed = node.kind() in {"export_specifier", "shorthand_property_identifier", "pair"}
        edit = _unlisted(current, node) if listed else remove(current.text, node)
        current = parse_text(module.path, apply(current.text, [edit]))
    return parse_text(module.path, without_leftovers(current, gone, module))


def _handed_on(module: Module, name: str) -> list[SgNode]:
    """Return where the module exports ``name`` apart from declaring it."""
    nodes = []
    for statement in module.root.children():
        if statement.kind() == "export_statement" and statement.field("source") is None:
            value = statement.field("value")
            nodes += [statement] if value is not None and value.text() == name else []
            for part in find_all(statement, "export_specifier"):
                label = part.field("name")
                nodes += [part] if label is not None and label.text() == name else []
        for one in exported_by(statement):
            if one.name and one.value.text() == name:
                pair = one.value.parent() if one.value != one.label else one.value
                nodes += [pair] if pair is not None else []
    return [one.parent() or one if one.kind() == "assignment_expression" else one for one in nodes]


def _unlisted(module: Module, part: SgNode) -> Edit:
    """Return the edit that takes ``part`` off its list; the statement goes with its last part."""
    whole = part.parent()
    alone = whole is not None and len(whole.named_children()) == 1
    statement = statement_of(part)
    if alone and statement.kind() == "export_statement":
        return remove(module.text, statement)
    return cut_from_list(module.text, part)


def _barrels(task: Task, module: Module, name: str) -> dict[str, str]:
    """Return the texts of the files that hand ``name`` on, without it; nobody takes it there.

    ``name`` is what ``module`` itself calls it; by what names others import it, it says there.
    """
    texts: dict[str, str] = {}
    waiting = [(module.path, one) for one in exported_as(module, name)]
    snapshot = task.snapshot
    while waiting:
        home, exported = waiting.pop()
        importers = task.lookup.importers(home)
        while exporters := barrels(snapshot, importers, home, exported):
            barrel, one = exporters[0]
            alone = len([other for other in reexports(barrel) if other.node == one.node]) == 1
            edit = remove(barrel.text, one.node) if alone else cut_from_list(barrel.text, one.part)
            left = parse_text(barrel.path, apply(barrel.text, [edit]))
            texts[barrel.path] = stays_a_module(task.snapshot.text(barrel.path), left)
            snapshot = snapshot.edited({barrel.path: texts[barrel.path]})
            waiting.append((barrel.path, one.exported))
    return texts


def _change(name: str, kind: str, edits: dict[str, str | None]) -> RecipeChange:
    return RecipeChange(
        summary=f"Delete the unused {kind} {name}",
        edits=edits,
        risk="Code outside this repository that uses it would break; none inside does.",
        contracts=tuple(
            Contract(
                Operation.REMOVE,
                path,
                f"delete the unused {kind} `{name}`, and what only it used",
                removes=() if at else (name.rpartition(".")[2],),
            )
            for at, path in enumerate(edits)
        ),
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
    remedy=r"remov|delet|drop|rid of|\bdead\b|unused|can go|prune|clean",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
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
            "overloads go together, and a barrel of nothing else stays a module",
            asking("toll is never called", "Delete toll", "lib/toll.ts", "toll"),
            {
                "lib/toll.ts": "export function toll(axles: number): number;\n"
                "export function toll(kind: string): number;\n"
                "export function toll() {\n  return 1;\n}\n\nexport const km = 1;\n",
                "lib/index.ts": 'export { toll as fare } from "./toll";\n',
                "lib/all.ts": 'export { fare } from ".";\nexport { km } from "./toll";\n',
                "main.ts": 'import { km } from "./lib/all";\n\nkm;\n',
            },
            {
                "lib/toll.ts": "export const km = 1;\n",
                "lib/index.ts": "export {};\n",
                "lib/all.ts": 'export { km } from "./toll";\n',
            },
        ),
        Example(
            "a value and the type of its name go together",
            asking("Berth is unused", "Delete Berth", "port/berth.ts", "Berth"),
            {
                "port/berth.ts": "const Berth = z.object({ pier: z.string() });\n"
                "type Berth = z.infer<typeof Berth>;\n\nexport { Berth };\nexport { z };\n"
            },
            {"port/berth.ts": "export { z };\n"},
        ),
        Example(
            "what CommonJS exports for nobody leaves its list",
            asking("grind is never used", "Delete grind", "mill.js", "grind"),
            {
                "mill.js": "function grind() {}\n\nfunction sift() {}\n\n"
                "module.exports = { grind, sift };\n"
            },
            {"mill.js": "function sift() {}\n\nmodule.exports = { sift };\n"},
        ),
        Example(
            "a route that a decorator registers stays",
            asking("list is never called", "Delete list", "src/crew.ts", "Crew.list"),
            {"src/crew.ts": 'class Crew {\n  @Get("/crew")\n  list() {}\n\n  b() {}\n}\n'},
            refuses="list carries @Get, which may call it",
        ),
        Example(
            "a constant whose making does something stays",
            asking("tide is never read", "Delete tide", "src/tide.ts", "tide"),
            {"src/tide.ts": "export const tide = listen(8080);\n"},
            refuses="declaring tide runs listen(8080)",
        ),
        Example(
            "an overload of a used function stays",
            asking("toll is unused", "Delete toll", "toll.ts", "toll"),
            {
                "toll.ts": "export function toll(a: 1): 1;\nexport function toll(a: 1) {}\n",
                "road.vue": '<script setup>\nimport { toll } from "./toll";\n</script>\n',
            },
            refuses="toll is imported by road.vue",
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
