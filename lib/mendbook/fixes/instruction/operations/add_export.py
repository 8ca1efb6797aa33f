"""Export a name, or import one, where the text says only that."""

from __future__ import annotations

import posixpath
import re

from mendbook.code.edits import Edit, insert, line_end
from mendbook.code.imports import add_import_statement, quote, semicolon
from mendbook.code.module_text import parse_text
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.move import move_import
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import identifiers
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    end,
    function_around,
    name_of,
    of_kinds,
    start,
    whole,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in, named_file
from mendbook.fixes.instruction.writing.editing import add_item
from mendbook.model import Operation


def add_export(work: Work, clause: Clause) -> StepEdits | None:
    """Export what the clause names, by its declaration or from a barrel; else None."""
    if clause.word not in {"export", "exporting"} or not work.scene.language.script:
        return None
    names = [one.text for one in clause.object.codes if one.shape is Shape.NAME]
    path = named_file(work, clause) if clause.behind("from", "in") is not None else None
    scene = work.at(path) if path else work.scene
    names = names or [
        word for word in clause.object.spelled if re.fullmatch(r"[A-Z]\w+", word)
    ] or identifiers(clause.object, scene)  # fmt: skip
    if len(names) != 1:
        raise Abstain("what is to be exported is not said")
    name = names[0]
    own = [
        one
        for one in declarations(scene.root, name, scene.language)
        if function_around(one, scene.language) is None
    ]
    if own:
        node = whole(pick(scene, own, clause, name)[0])
        if node.kind() == "export_statement":
            raise Abstain(f"{name} is already exported")
        if _CJS.search(scene.text) and not re.search(r"^export\s", scene.text, re.MULTILINE):
            return _in_exports(scene, name)
        edits = [insert(start(node), "export ")]
    else:
        edits = [_barrel(work, scene, name)]
    return StepEdits(
        Operation.ADD,
        f"export {name} from {scene.path}",
        edits_in(scene, edits),
        adds=("export",) if own else (name,),
    )


_CJS = re.compile(r"^(?:module\.)?exports(?:\.[\w$]+)?\s*=", re.MULTILINE)


def _in_exports(scene: Scene, name: str) -> StepEdits:
    """Return the edit that adds a name to the one object that a CommonJS module exports."""
    held = [
        value
        for one in of_kinds(scene.root, ("assignment_expression",))
        if one.text().startswith("module.exports") and (value := one.field("right")) is not None
    ]
    if len(held) != 1 or held[0].kind() != "object":
        raise Abstain(f"how {scene.path} exports by CommonJS is not certain")
    if any(one.text().split(":")[0].strip() == name for one in held[0].named_children()):
        raise Abstain(f"{name} is already exported")
    edits = [add_item(scene, held[0], name)]
    said = f"export {name} from {scene.path}"
    return StepEdits(Operation.ADD, said, edits_in(scene, edits), adds=(name,))


def _barrel(work: Work, scene: Scene, name: str) -> Edit:
    """Return the line that re-exports ``name`` from the one module beside that declares it."""
    folder = posixpath.dirname(scene.path)
    homes = []
    for path in work.task.snapshot.under(folder):
        if path == scene.path or not re.search(
            rf"\b{re.escape(name)}\b", work.task.snapshot.text(path)
        ):
            continue
        text = work.task.snapshot.text(path)
        default = re.search(
            rf"export default (?:async )?(?:function|class)?\s*{re.escape(name)}\b", text
        )
        named = re.search(
            rf"export (?:async )?(?:const|function|class|interface|type|enum) {re.escape(name)}\b",
            text,
        )
        if default or named:
            homes.append((path, bool(default)))
    if len(homes) != 1:
        raise Abstain(f"{name} is exported by {len(homes)} modules beside {scene.path}")
    exports = [one for one in of_kinds(scene.root, ("export_statement",)) if one.field("source")]
    if any(re.search(rf"\b{re.escape(name)}\b", one.text()) for one in exports):
        raise Abstain(f"{name} is already exported")
    path, default_export = homes[0]
    module = parse_text(scene.path, scene.text)
    stem = re.sub(r"\.[cm]?[jt]sx?$", "", posixpath.relpath(path, folder or "."))
    suffix = ".js" if any(re.search(r"\.js['\"]", one.text()) for one in exports) else ""
    mark = quote(module) if not exports else exports[0].text().rstrip(";")[-1]
    spelled = f"default as {name}" if default_export else name
    line = f"export {{ {spelled} }} from {mark}./{stem}{suffix}{mark}{semicolon(module)}\n"
    same_kind = [one for one in exports if "default as" in one.text()] or exports
    at = line_end(scene.text, end(same_kind[-1])) if same_kind else len(scene.text)
    ended = at == 0 or scene.text[at - 1] == "\n"
    return insert(at, line if ended else f"\n{line.rstrip()}")


def _moved(work: Work, clause: Clause, name: str) -> StepEdits | None:
    """Return the move of an import that stands in a function, where there is one of ``name``."""
    inner = [
        one
        for one in of_kinds(work.scene.root, ("import_statement", "import_from_statement"))
        if function_around(one, work.scene.language) is not None
        and re.search(rf"\b{re.escape(name)}\b", one.text())
    ]
    if not inner or not clause.has("top", "module", "module-level", "level"):
        return None
    spoken = Phrase("", ("import",), (Fragment(name, Shape.NAME),))
    return move_import(work, Clause(clause.text, Verb.MOVE, "move", (spoken,)))


def _written_out(work: Work, clause: Clause) -> StepEdits | None:
    """Return the import that a clause of a script writes out whole; None where it writes none."""
    told = [one.text for one in clause.object.codes if one.text.startswith("import ")]
    if len(told) != 1 or not work.scene.language.script:
        return None
    edits = add_import_statement(parse_text(work.scene.path, work.scene.text), told[0])
    if not edits:
        raise Abstain("what it imports is imported already")
    said = told[0].rstrip(";")
    return StepEdits(Operation.ADD, f"add `{said}`", edits_in(work.scene, edits), adds=(said,))


def add_import_line(work: Work, clause: Clause) -> StepEdits | None:
    """Import what the clause names; None where no import is asked."""
    whole = any(one.text.startswith("import ") for one in clause.object.codes)
    spoken = clause.word in {"import", "importing"} or clause.object.has("import") or whole
    if not spoken:
        return None
    if (written := _written_out(work, clause)) is not None:
        return written
    names = [one.text for one in clause.object.codes if one.shape is Shape.NAME]
    names = names or [
        one for one in clause.object.spelled if one.lower() not in {"import", "the", "an", "a"}
    ]
    if len(names) != 1:
        raise Abstain("what is to be imported is not said")
    if work.scene.language.python and (moved := _moved(work, clause, names[0])) is not None:
        return moved
    source = clause.behind("from")
    home = named_file(work, clause)
    said = home or (source.code.text.strip("'\"") if source is not None and source.code else "")
    if any(name_of(one) == names[0] for one in of_kinds(work.scene.root, {"import_specifier"})):
        raise Abstain(f"{names[0]} is already imported")
    return StepEdits(
        Operation.ADD,
        f"import {names[0]}",
        (),
        modules={names[0]: said},
        adds=(),
    )
