"""Remove an imported name that its file does not use."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, line_end, remove
from mendbook.code.imports import cut_from_list
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.names.scope import names_read
from mendbook.fixes.instruction.operations.remove.names import named
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, inside, of_kinds, same, start, text_of, walk
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Cause, Operation


def remove_import(work: Work, clause: Clause) -> StepEdits | None:
    """Remove an imported name; None where no import is spoken of."""
    scene = work.scene
    spoken = any(one.has("import", "imports") for one in clause.phrases)
    names = [*named(scene, clause), *_plainly_named(scene, clause)] if spoken else []
    names = list(dict.fromkeys(names)) or (_unused(scene, clause) if spoken else [])
    if not names:
        return None
    parts = [one for name in names for one in _imported(scene, name)]
    if not parts and scene.language.name == "java":
        return _java_imports(scene, names)
    if not parts:
        raise Unplaced(f"{names[0]} is not imported in {scene.path}")
    for name in names:
        if name in names_read(scene.root, scene.language) or _is_listed(scene, name):
            raise Abstain(f"{name} is used in {scene.path}; its import stays", cause=Cause.KEPT)
    if scene.path.endswith("__init__.py"):
        for name in names:
            users = _package_users(work, name)
            if users:
                raise Abstain(
                    f"{users[0]} imports {name} from this package; its import stays",
                    cause=Cause.KEPT,
                )
    edits = [_import_edit(scene, part, parts) for part in parts]
    return StepEdits(
        Operation.REMOVE,
        f"remove the import of {', '.join(names)}",
        edits_in(scene, dict.fromkeys(edits)),
        removes=tuple(names),
    )


def _plainly_named(scene: Scene, clause: Clause) -> list[str]:
    """Return the plain words of a clause's object that the file imports, beside code or alone."""
    words = [one for one in clause.object.spelled if one.lower() not in {"import", "imports"}]
    return [one for one in words if scene.knows(one) and _imported(scene, one)]


_IDLE = re.compile(r"\b(?:unused|needless|(?:never|not)\s+(?:used|needed|read)|nothing\s+uses)\b")
_BY_FRAMEWORKS = {"React", "h", "jsx", "jsxs"}
"""Names that JSX reads without a word of them."""


def _unused(scene: Scene, clause: Clause) -> list[str]:
    """Return the imported names of the quoted lines that the file does not read; of all if told.

    *The unused import* is one name, and none where several are unused.
    """
    if _IDLE.search(clause.text) is None:
        return []
    everywhere = clause.has("all", "any", "every")
    read = names_read(scene.root, scene.language)
    names = []
    for node in of_kinds(scene.root, ("import_statement", "import_from_statement")):
        quoted = any(start(node) < last and first < end(node) for first, last in scene.quotes)
        if not (quoted or everywhere) or "noqa" in scene.text.split("\n")[node.range().end.line]:
            continue
        words = dict.fromkeys(one.text() for one in walk(node) if one.kind() == "identifier")
        names += [
            one
            for one in words
            if one not in read | _BY_FRAMEWORKS
            and not _is_listed(scene, one)
            and any(inside(each, node) for each in _imported(scene, one))
        ]
    single = not any(one.has("imports") for one in clause.phrases)
    return [] if single and len(names) > 1 else names


def _java_imports(scene: Scene, names: Sequence[str]) -> StepEdits:
    """Remove the imports of ``names``, which nothing else in the file spells."""
    edits = []
    for name in names:
        imports = [
            one
            for one in of_kinds(scene.root, ("import_declaration",))
            if re.search(rf"\.{re.escape(name)}\s*;$", one.text())
        ]
        if len(imports) != 1:
            raise Abstain(f"{name} is not imported once in {scene.path}")
        rest = scene.text[: start(imports[0])] + scene.text[end(imports[0]) :]
        if re.search(rf"\b{re.escape(name)}\b", rest):
            raise Abstain(f"{name} is used in {scene.path}; its import stays", cause=Cause.KEPT)
        edits.append(Edit(start(imports[0]), line_end(scene.text, end(imports[0])), ""))
    return StepEdits(
        Operation.REMOVE,
        f"remove the import of {', '.join(names)}",
        edits_in(scene, edits),
        removes=tuple(names),
    )


def _package_users(work: Work, name: str) -> list[str]:
    """Return the files that spell ``name`` and import from the package in hand."""
    tree, path = work.task.snapshot, work.scene.path
    return [
        one
        for one in tree.files
        if one != path
        and not one.endswith((".md", ".txt", ".rst"))
        and re.search(rf"\b{re.escape(name)}\b", tree.text(one))
        and re.search(_package(path), tree.text(one))
    ]


def _package(path: str) -> str:
    folder = path.rpartition("/")[0].replace("/", r"\.")
    last = folder.rpartition(r"\.")[2]
    return rf"(?:from|import)\s+(?:[\w.]*\b{last}\b|\.)"


def _is_listed(scene: Scene, name: str) -> bool:
    listed = re.search(r"__all__\s*=\s*[\[(][^\])]*[\])]", scene.text)
    exported = any(
        one.text() == name
        for clause in of_kinds(scene.root, ("export_clause",))
        for one in walk(clause)
    )
    return exported or bool(listed and re.search(rf"['\"]{re.escape(name)}['\"]", listed[0]))


def _imported(scene: Scene, name: str) -> list[SgNode]:
    """Return the parts of import statements that bind ``name``."""
    kinds = ("import_statement", "import_from_statement", "import_declaration")
    parts = []
    for node in of_kinds(scene.root, kinds):
        for one in walk(node):
            if one.kind() in {"import_specifier", "namespace_import", "aliased_import"}:
                label = one.field("alias") or one.field("name")
                local = text_of(label) or one.text().split()[-1]
                if local == name:
                    parts.append(one)
            elif one.kind() == "identifier" and one.text() == name:
                parent = one.parent()
                if parent is not None and parent.kind() == "import_clause":
                    parts.append(one)
            elif one.kind() == "dotted_name" and one.text() in {name, *_tops(name, one)}:
                parent = one.parent()
                module = node.field("module_name")
                if (
                    parent is not None
                    and same(parent, node)
                    and not (module is not None and same(module, one))
                ):
                    parts.append(one)
    for one in of_kinds(scene.root, ("variable_declarator",)):
        value = one.field("value")
        if value is not None and value.text().startswith("require("):
            for each in walk(one.field("name") or one):
                if each.text() == name and each.is_named() and each.kind() != "object_pattern":
                    parts.append(
                        one
                        if each.kind() == "identifier" and same(each, one.field("name") or each)
                        else each
                    )
                    break
    return parts


def _tops(name: str, node: SgNode) -> set[str]:
    return {node.text()} if node.text().split(".")[0] == name else set()


def _import_edit(scene: Scene, part: SgNode, parts: Sequence[SgNode]) -> Edit:
    statement = next(
        (
            one
            for one in part.ancestors()
            if one.kind()
            in {
                "import_statement",
                "import_from_statement",
                "lexical_declaration",
                "import_declaration",
            }
        ),
        part,
    )
    module = statement.field("module_name")
    siblings = [
        one
        for one in walk(statement)
        if one.kind() == part.kind() and not (module is not None and inside(one, module))
        and same(one.parent() or one, part.parent() or part)
    ]  # fmt: skip
    others = [one for one in siblings if not any(same(one, each) for each in parts)]
    default = any(
        one.kind() == "identifier" and (one.parent() or one).kind() == "import_clause"
        and not same(one, part)
        for one in walk(statement)
    )  # fmt: skip
    comma = part.next() if (part.parent() or part).kind() == "import_clause" else None
    following = comma.next() if comma is not None and part.kind() == "identifier" else None
    if following is not None:
        return Edit(start(part), start(following), "")
    if not others and not default:
        return remove(scene.text, statement, comments=False)
    if not others and part.kind() == "import_specifier":
        braces = part.parent()
        before = braces.prev() if braces is not None else None
        if braces is not None and before is not None and before.kind() == ",":
            return Edit(start(before), end(braces), "")
    return cut_from_list(scene.text, part)
