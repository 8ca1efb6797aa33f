"""Take out what the text names: a declaration, a statement, an import, a branch, some lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, line_end, line_start, remove, remove_all
from mendbook.code.imports import cut_from_list
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.clauses import Clause
from mendbook.fixes.instruction.editing import drop_item
from mendbook.fixes.instruction.fragments import Fragment, Shape
from mendbook.fixes.instruction.kept import why_kept
from mendbook.fixes.instruction.names import names_read
from mendbook.fixes.instruction.scene import Scene, narrow, pick, touches_quote
from mendbook.fixes.instruction.syntax import (
    call_name,
    callee_text,
    declarations,
    end,
    field,
    inside,
    last_line,
    line,
    name_of,
    of_kinds,
    owner_of,
    same,
    squeezed,
    start,
    statement_of,
    text_of,
    walk,
    whole,
)
from mendbook.fixes.instruction.targets import (
    called,
    hint_words,
    identifiers,
    object_property,
    same_code,
    scopes_in,
)
from mendbook.fixes.instruction.together import together
from mendbook.fixes.instruction.uses import Use, shown, uses_outside
from mendbook.fixes.instruction.work import Made, Work, edits_in
from mendbook.model import Operation

_WRITES = re.compile(
    r"\bwrit|\beverything\b|assign|\bupdat|increment|\bset[st]?\b|\ball\b.{0,20}\bcode\b", re.I
)
_NOT_NAMES = {
    "unused", "dead", "redundant", "unnecessary", "obsolete", "explicit", "the", "a", "an", "debug",
    "leftover", "stale", "duplicate", "import", "imports", "method", "function", "class", "field",
    "property", "constant", "interface", "type", "variable", "branch", "call", "calls", "line",
    "lines", "statement", "and", "its", "helper", "private", "public", "whole", "entire", "enum",
    "component", "definition", "declaration", "code", "comment", "block", "check", "condition",
    "everything", "that", "writes", "reads", "uses", "export", "exported", "handler", "option",
    "argument", "parameter", "local", "alias", "commented-out", "both", "all", "two", "three",
    "deprecated", "legacy", "old", "unreachable", "never-called", "unreferenced", "it",
}  # fmt: skip


def remove_lines(work: Work, clause: Clause) -> Made | None:
    """Remove whole lines by their numbers: ``L12-L15``."""
    numbers = [one for one in clause.codes if one.shape is Shape.LINES]
    named = [one for one in clause.object.codes if one.shape is not Shape.LINES]
    if not numbers or named:
        return None
    scene = work.scene
    first, last = (int(one) for one in numbers[0].text.split("-"))
    lines = scene.text.splitlines(keepends=True)
    if not 0 < first <= last <= len(lines):
        raise Abstain(f"{scene.path} has no lines {first} to {last}")
    at = sum(len(one) for one in lines[: first - 1])
    stop = sum(len(one) for one in lines[:last])
    cut = [
        one
        for one in walk(scene.root)
        if one.is_named() and at <= start(one) and end(one) <= stop and one.parent() is not None
    ]
    whole_nodes = [
        one for one in cut if start(one.parent() or one) < at or end(one.parent() or one) > stop
    ]
    if not whole_nodes or (
        scene.quotes and not any(at <= a and b <= stop for a, b in scene.quotes)
    ):
        raise Abstain(f"lines {first} to {last} are not what the evidence quotes")
    return Made(
        Operation.REMOVE,
        f"remove lines {first} to {last} of {scene.path}",
        edits_in(scene, [Edit(at, stop, "")]),
    )


def remove_comment(work: Work, clause: Clause) -> Made | None:
    """Remove commented-out code."""
    spoken = clause.text.lower()
    if not re.search(r"commented[- ]out|\bcomment(?:ed)? code\b", spoken):
        return None
    scene = work.scene
    comments = [one for one in walk(scene.root) if "comment" in one.kind()]
    names = [one.text for one in clause.object.codes]
    found = [one for one in comments if not names or any(name in one.text() for name in names)]
    near = [one for one in narrow(scene, found) if _is_near(scene, one)] if scene.quotes else found
    if not near:
        raise Abstain("the commented-out code is not where the finding points")
    run = _run(scene, _whole_comment(comments, near))
    edits = [_comment_edit(scene, one) for one in run]
    return Made(
        Operation.REMOVE,
        f"remove the comment of line {line(run[0])} of {scene.path}",
        edits_in(scene, edits),
    )


def _is_near(scene: Scene, node: SgNode) -> bool:
    return touches_quote(scene, node)


def _whole_comment(comments: Sequence[SgNode], near: Sequence[SgNode]) -> list[SgNode]:
    """Return ``near`` with the comments in a row with it that read as code, too."""
    taken = {line(one) for one in near}
    alone = {line(one): one for one in comments if line(one) == last_line(one)}
    for first, step_by in ((min(taken), -1), (max(taken), 1)):
        at = first + step_by
        while at in alone and _CODELIKE.search(alone[at].text()):
            taken.add(at)
            at += step_by
    return sorted({*near, *(alone[at] for at in taken if at in alone)}, key=start)


_CODELIKE = re.compile(r"[;{}(\[,]\s*$|^\s*(?://|#)\s*[})\]]|\w\(.*\)\s*;?\s*$|\s=\s")


def _run(scene: Scene, near: Sequence[SgNode]) -> list[SgNode]:
    if any(one.range().end.line + 1 < other.range().start.line
           for one, other in itertools.pairwise(near)):  # fmt: skip
        raise Abstain("the commented-out code stands at several places")
    return list(near)


def _comment_edit(scene: Scene, node: SgNode) -> Edit:
    outer = node
    parent = node.parent()
    if parent is not None and parent.kind() == "jsx_expression":
        outer = parent
    first, last = line_start(scene.text, start(outer)), line_end(scene.text, end(outer))
    rest = scene.text[first : start(outer)] + scene.text[end(outer) : last]
    if rest.strip():
        return Edit(start(outer), end(outer), "")
    return Edit(first, last, "")


def remove_import(work: Work, clause: Clause) -> Made | None:
    """Remove an imported name; None where no import is spoken of."""
    scene = work.scene
    spoken = any(one.has("import", "imports") for one in clause.phrases)
    names = _names(scene, clause)
    if not spoken or not names:
        return None
    parts = [one for name in names for one in _imported(scene, name)]
    if not parts and scene.language.name == "java":
        return _java_imports(scene, names)
    if not parts:
        raise Abstain(f"{names[0]} is not imported in {scene.path}")
    for name in names:
        if name in names_read(scene.root, scene.language) or _is_listed(scene, name):
            raise Abstain(f"{name} is used in {scene.path}; its import stays")
    if scene.path.endswith("__init__.py"):
        for name in names:
            users = _package_users(work, name)
            if users:
                raise Abstain(f"{users[0]} imports {name} from this package; its import stays")
    edits = [_import_edit(scene, part, parts) for part in parts]
    return Made(
        Operation.REMOVE,
        f"remove the import of {', '.join(names)}",
        edits_in(scene, dict.fromkeys(edits)),
        removes=tuple(names),
    )


def _java_imports(scene: Scene, names: Sequence[str]) -> Made:
    """Remove the imports of ``names``, which nothing else in the file spells."""
    edits = []
    for name in names:
        found = [
            one
            for one in of_kinds(scene.root, ("import_declaration",))
            if re.search(rf"\.{re.escape(name)}\s*;$", one.text())
        ]
        if len(found) != 1:
            raise Abstain(f"{name} is not imported once in {scene.path}")
        rest = scene.text[: start(found[0])] + scene.text[end(found[0]) :]
        if re.search(rf"\b{re.escape(name)}\b", rest):
            raise Abstain(f"{name} is used in {scene.path}; its import stays")
        edits.append(Edit(start(found[0]), line_end(scene.text, end(found[0])), ""))
    return Made(
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
    found = []
    for node in of_kinds(scene.root, kinds):
        for one in walk(node):
            if one.kind() in {"import_specifier", "namespace_import", "aliased_import"}:
                label = one.field("alias") or one.field("name")
                local = text_of(label) or one.text().split()[-1]
                if local == name:
                    found.append(one)
            elif one.kind() == "identifier" and one.text() == name:
                parent = one.parent()
                if parent is not None and parent.kind() == "import_clause":
                    found.append(one)
            elif one.kind() == "dotted_name" and one.text() in {name, *_tops(name, one)}:
                parent = one.parent()
                module = node.field("module_name")
                if (
                    parent is not None
                    and same(parent, node)
                    and not (module is not None and same(module, one))
                ):
                    found.append(one)
    for one in of_kinds(scene.root, ("variable_declarator",)):
        value = one.field("value")
        if value is not None and value.text().startswith("require("):
            for each in walk(one.field("name") or one):
                if each.text() == name and each.is_named() and each.kind() != "object_pattern":
                    found.append(
                        one
                        if each.kind() == "identifier" and same(each, one.field("name") or each)
                        else each
                    )
                    break
    return found


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
    if not others and not default:
        return remove(scene.text, statement, comments=False)
    if not others and part.kind() == "import_specifier":
        braces = part.parent()
        before = braces.prev() if braces is not None else None
        if braces is not None and before is not None and before.kind() == ",":
            return Edit(start(before), end(braces), "")
    if part.kind() == "identifier" and (part.parent() or part).kind() == "import_clause":
        comma = part.next()
        following = comma.next() if comma is not None else None
        return Edit(start(part), start(following) if following is not None else end(part), "")
    return cut_from_list(scene.text, part)


def remove_argument(work: Work, clause: Clause) -> Made | None:
    """Remove a named argument, an option or a property of an object literal."""
    scene = work.scene
    pairs = [one for one in clause.object.codes if one.shape is Shape.PAIR]
    words = clause.object.words
    keys = [one.key for one in pairs]
    if not keys and ({"argument", "option", "key", "property", "header", "keyword"} & set(words)):
        keys = _names(scene, clause)[:1]
    if not keys:
        return _whole_argument(scene, clause)
    kinds = scene.language.pairs | {"shorthand_property_identifier", "jsx_attribute"}
    found = [one for one in of_kinds(scene.root, kinds) if (name_of(one) or one.text()) == keys[0]]
    if pairs:
        exact = [one for one in found if squeezed(one.text()) == squeezed(pairs[0].text)]
        found = exact or found if exact else []
    if not found and not pairs:
        return None
    if not found:
        raise Abstain(f"`{pairs[0].text}` does not stand in {scene.path}")
    bound = scopes_in(scene, clause, clause.object.codes)
    calls = [
        one
        for phrase in clause.phrases
        if phrase.preposition in {"from", "in", "of", "on", "to"}
        for one in called(scene, phrase)
    ]
    within = [one for one in calls if any(inside(each, one) for each in found)] or bound
    picked = pick(scene, found, clause, f"`{keys[0]}`", within, words=hint_words(clause, scene))
    return Made(
        Operation.REMOVE,
        f"remove `{' '.join(picked[0].text().split())[:60]}`",
        edits_in(scene, [drop_item(scene, one) for one in picked]),
        removes=tuple(one.text() for one in picked),
    )


def _whole_argument(scene: Scene, clause: Clause) -> Made | None:
    """Remove the argument that the clause gives as code from the call that it names or quotes."""
    codes = clause.object.codes
    if (
        len(codes) != 1
        or clause.behind("from") is None
        or codes[0].shape not in {Shape.CODE, Shape.TEXT, Shape.NUMBER, Shape.NAME}
    ):
        return None
    found = [
        one
        for one in same_code(scene, codes[0].text)
        if (listed := one.parent()) is not None
        and listed.kind() in {"arguments", "argument_list"}
        and touches_quote(scene, one)
    ]
    if len(found) != 1:
        return None
    return Made(
        Operation.REMOVE,
        f"remove the argument `{codes[0].text}`",
        edits_in(scene, [drop_item(scene, found[0])]),
        removes=(found[0].text(),),
    )


def remove_branch(work: Work, clause: Clause) -> Made | None:
    """Remove an ``if`` that its condition names."""
    scene = work.scene
    branch = next((one for one in clause.object.codes if re.match(r"if\b", one.text)), None)
    if branch is None:
        return None
    wanted = squeezed(re.sub(r"^if\s*", "", branch.text.split("{")[0]).strip().rstrip(":"))
    bare = wanted.strip("()")
    found = [
        one
        for one in of_kinds(scene.root, ("if_statement",))
        if squeezed(text_of(one.field("condition"))).strip("()").startswith(bare)
        or squeezed(one.text()).startswith(squeezed(branch.text))
    ]
    node = pick(scene, found, clause, f"`{branch.text}`", scopes_in(scene, clause))[0]
    if node.field("alternative") is not None:
        raise Abstain("the branch has an else; which side stays is not said")
    parent = node.parent()
    if parent is not None and parent.kind() == "else_clause":
        return _made(scene, clause, [Edit(start(parent), end(parent), "")], node)
    return _made(scene, clause, [remove(scene.text, node)], node)


def _made(scene: Scene, clause: Clause, edits: Sequence[Edit], node: SgNode) -> Made:
    return Made(
        Operation.REMOVE,
        f"remove `{' '.join(node.text().split())[:60]}`",
        edits_in(scene, edits),
        removes=(text_of(node.field("condition")) or node.text(),),
    )


def remove_statement(work: Work, clause: Clause) -> Made | None:
    """Remove the statements that call what the text names, or that are the code it gives."""
    scene = work.scene
    codes = clause.object.codes
    speaks = {"line", "lines", "call", "calls", "statement", "statements"} & set(clause.words)
    if not codes and not speaks:
        return None
    found: list[SgNode] = []
    for code in codes:
        found += _statements(scene, code, bool(speaks))
    if not codes:
        calls = called(scene, clause.object)
        found = [at for one in calls if (at := _own_statement(scene, one)) is not None]
    found = _unique(found)
    if not found:
        return None
    bound = scopes_in(scene, clause, codes)
    picked = pick(scene, found, clause, "the statement", bound, words=hint_words(clause, scene))
    for one in picked:
        if text_of(one.field("value")) or "=" in one.text().split("(")[0]:
            raise Abstain(f"what line {line(one)} sets may be needed")
    return Made(
        Operation.REMOVE,
        f"remove `{' '.join(picked[0].text().split())[:60]}`"
        + (f" and {len(picked) - 1} more" if len(picked) > 1 else ""),
        edits_in(scene, [_statement_edit(scene, one) for one in picked]),
        removes=tuple(_head(one) for one in picked),
    )


def _statement_edit(scene: Scene, statement: SgNode) -> Edit:
    edit = remove(scene.text, statement)
    body = statement.parent()
    if scene.language.python and body is not None and len(body.named_children()) == 1:
        return Edit(start(statement), end(statement), "pass")
    return edit


def _head(statement: SgNode) -> str:
    return statement.text().rstrip(";")


def _unique(nodes: Sequence[SgNode]) -> list[SgNode]:
    kept: list[SgNode] = []
    for one in nodes:
        if not any(same(one, other) for other in kept):
            kept.append(one)
    return kept


def _statements(scene: Scene, code: Fragment, speaks: bool) -> list[SgNode]:
    exact = [
        at for one in same_code(scene, code.text)
        if (at := _own_statement(scene, one)) is not None
    ]  # fmt: skip
    if exact:
        return exact
    if code.shape in {Shape.NAME, Shape.CODE} and (speaks or code.text.endswith("()")):
        bare = code.bare
        calls = [
            one
            for one in of_kinds(scene.root, scene.language.calls)
            if callee_text(one) == bare
            or callee_text(one).endswith(f".{bare}")
            or call_name(one) == bare
        ]
        return [at for one in calls if (at := _own_statement(scene, one)) is not None]
    return []


def _own_statement(scene: Scene, node: SgNode) -> SgNode | None:
    """Return the statement that is only ``node``, awaited or not."""
    at = statement_of(node, scene.language)
    if at.kind() not in {"expression_statement", "call_expression"} and not same(at, node):
        return at if same(at, node) else None
    inner = at
    while inner.named_children() and not same(inner, node):
        if len(inner.named_children()) != 1:
            return None
        inner = inner.named_children()[0]
    return at if same(inner, node) else None


def remove_declaration(work: Work, clause: Clause) -> Made | None:
    """Remove a function, class, type, constant or member that nothing uses any more."""
    scene = work.scene
    names = _names(scene, clause)
    symbols = work.task.finding.symbols
    spoken = clause.object.has("it", "function", "method", "class", "interface", "type")
    if not names and not clause.object.codes and len(symbols) == 1 and spoken:
        names = [symbols[0].rpartition(".")[2]]
    found = [(name, _declared(scene, name)) for name in names]
    known = [(name, one) for name, one in found if one]
    if not known or (len(known) < len(names) and not clause.object.codes):
        return None
    if len(known) < len(names):
        lacking = [name for name, one in found if not one]
        raise Abstain(f"{lacking[0]} is not declared in {scene.path}")
    edits: list[Edit] = []
    removed: list[SgNode] = []
    for name, several in known:
        declared = pick(scene, several, clause, name)[0] if len(several) > 1 else several[0]
        removed.append(declared)
        edits += _declaration_edits(work, clause, declared, name, [one for _, one in found])
    return Made(
        Operation.REMOVE,
        f"remove {', '.join(name for name, _ in known)}",
        edits_in(scene, dict.fromkeys(edits)),
        removes=tuple(name for name, _ in known),
        follows_up=("export", "uses", "import", "references", "writes"),
    )


def _declared(scene: Scene, name: str) -> list[SgNode]:
    """Return the declarations of ``name`` that may go as a whole."""
    found = declarations(scene.root, name, scene.language)
    if len(found) > 1 and len(together(scene, found[0])) >= len(found):
        found = found[:1]
    if scene.scopes and len(found) > 1:
        found = [one for one in found if any(same(one, at) for at in scene.scopes)] or found
    return found


def _declaration_edits(
    work: Work, clause: Clause, declared: SgNode, name: str, going: Sequence[Sequence[SgNode]]
) -> list[Edit]:
    scene = work.scene
    uses = [
        one
        for one in uses_outside(work.task, scene, declared, name)
        if not any(
            one.path == scene.path and one.node is not None and inside(one.node, other)
            for others in going
            for each in others
            for other in together(scene, each)
        )
    ]
    uses = [one for one in uses if not _is_own_member(scene, declared, one)]
    every = together(scene, declared)
    edits = remove_all(scene.text, every) if len(every) > 1 else [removal(scene, declared)]
    writes = _WRITES.search(clause.text) is not None
    member = _is_member(scene, declared)
    if uses and (writes or member) and all(one.path == scene.path for one in uses):
        statements = [_write(scene, one) for one in uses]
        if all(one is not None for one in statements) and writes:
            return [*edits, *(remove(scene.text, one) for one in statements if one is not None)]
    if uses:
        raise Abstain(f"{name} is used at {shown(uses)}; it cannot go")
    if kept := why_kept(work.task, scene, declared):
        raise Abstain(f"{kept}; it cannot go")
    return [*edits, *_export_edits(scene, name)]


def _is_member(scene: Scene, declared: SgNode) -> bool:
    """Tell whether a declaration is reached through what holds it: a class, a type, an object."""
    held = scene.language.fields | {"method_definition"}
    return owner_of(declared, scene.language) is not None or declared.kind() in held


def _is_own_member(scene: Scene, declared: SgNode, use: Use) -> bool:
    """Tell whether a use is another member or a local of the same spelling."""
    if use.node is None or use.path != scene.path:
        return False
    parent = use.node.parent()
    if parent is None:
        return False
    if _is_member(scene, declared):
        accessed = (
            parent.kind() in {"member_expression", "attribute"}
            and text_of(field(parent, "property", "attribute")) == use.node.text()
        )
        return (
            not accessed
            and use.node.kind() in {"identifier", "type_identifier"}
            and not (scene.language.python and parent.kind() != "keyword_argument")
        )
    return use.node.kind() == "property_identifier" and parent.kind() == "member_expression"


def _write(scene: Scene, use: Use) -> SgNode | None:
    """Return the statement that only writes what is used, or None where it is read."""
    if use.node is None:
        return None
    statement = statement_of(use.node, scene.language)
    if statement.kind() != "expression_statement":
        return None
    inner = statement.named_children()[0]
    if inner.kind() not in {
        "assignment_expression", "augmented_assignment_expression", "update_expression",
        "assignment", "augmented_assignment",
    }:  # fmt: skip
        return None
    target = field(inner, "left", "argument") or inner
    value = inner.field("right")
    return (
        statement
        if inside(use.node, target) and (value is None or "(" not in value.text())
        else None
    )


def removal(scene: Scene, declared: SgNode) -> Edit:
    """Return the edit that takes a whole declaration out, with its comments and blank lines."""
    outer = whole(declared)
    if outer.kind() == "variable_declarator":
        return cut_from_list(scene.text, outer)
    if scene.language.python:
        return _python_block(scene, outer)
    return remove(scene.text, outer)


def _python_block(scene: Scene, outer: SgNode) -> Edit:
    """Return the edit that removes a Python declaration with the blank lines that it had."""
    body = outer.parent()
    alone = body is not None and body.kind() == "block" and len(body.named_children()) == 1
    if alone:
        return Edit(start(outer), end(outer), "pass")
    edit = remove(scene.text, outer)
    rest = scene.text[edit.end :]
    blanks = re.match(r"(?:[ \t]*\r?\n)*", rest)
    above = re.search(r"(?:\r?\n[ \t]*)*$", scene.text[: edit.start])
    if blanks and above and rest[blanks.end() :].strip():
        return Edit(edit.start, edit.end + blanks.end(), "")
    if above and not rest.strip():
        return Edit(edit.start - max(0, len(above[0]) - 1), edit.end, "")
    return edit


def _export_edits(scene: Scene, name: str) -> list[Edit]:
    edits = []
    for clause in of_kinds(scene.root, ("export_clause",)):
        parts = list(of_kinds(clause, ("export_specifier",)))
        mine = [one for one in parts if text_of(one.field("name")) == name]
        if mine and len(parts) == 1:
            statement = clause.parent()
            edits.append(remove(scene.text, statement or clause))
        elif mine:
            edits.append(cut_from_list(scene.text, mine[0]))
    for one in of_kinds(scene.root, ("assignment_expression",)):
        left, value = text_of(one.field("left")), one.field("right")
        if left == "module.exports" and value is not None and value.kind() == "object":
            part = object_property(value, name, scene.language)
            if part is not None:
                edits.append(cut_from_list(scene.text, part))
        elif left == f"exports.{name}":
            edits.append(remove(scene.text, one.parent() or one))
    return edits


def remove_export(work: Work, clause: Clause) -> Made | None:
    """Take ``export`` from a declaration that only its own file uses."""
    scene = work.scene
    said = clause.word == "unexport" or any(one.text == "export" for one in clause.object.codes)
    keyword = said or clause.object.words[:1] == ("export",) or "keyword" in clause.words
    if not keyword or not (said or clause.has("export")) or not scene.language.script:
        return None
    names = [
        name
        for phrase in clause.phrases
        for name in [*(code.bare for code in phrase.codes if code.text != "export"),
                     *identifiers(phrase, scene)]
    ]  # fmt: skip
    found = [one for name in names[:1] for one in declarations(scene.root, name, scene.language)]
    node = pick(scene, found or list(scene.scopes), clause, "the export")[0]
    outer = whole(node)
    if outer.kind() != "export_statement":
        raise Abstain(f"{name_of(node)} is not exported by its declaration")
    if any(one.kind() == "default" for one in outer.children()):
        raise Abstain(f"{name_of(node)} is the default export")
    statements = scene.root.children()
    if not any(
        one.kind() in {"import_statement", "export_statement"} and not same(one, outer)
        for one in statements
    ):
        raise Abstain(f"{scene.path} would no longer be a module")
    outside = [
        one for one in uses_outside(work.task, scene, node, name_of(node)) if one.path != scene.path
    ]
    if outside:
        raise Abstain(f"{name_of(node)} is used at {shown(outside)}; its export stays")
    if kept := why_kept(work.task, scene, node):
        raise Abstain(f"{kept}; its export stays")
    declared = outer.field("declaration")
    if declared is None:
        raise Abstain("the export has no declaration of its own")
    return Made(
        Operation.REMOVE,
        f"remove `export` from {name_of(node)}",
        edits_in(
            scene,
            [
                Edit(start(one), start(inner), "")
                for one in together(scene, node)
                if one.kind() == "export_statement" and (inner := one.field("declaration"))
            ],
        ),
        removes=("export",),
    )


def remove_decorator(work: Work, clause: Clause) -> Made | None:
    """Remove a decorator by its name."""
    marks = [one for one in clause.object.codes if one.shape is Shape.DECORATOR]
    if not marks:
        return None
    scene = work.scene
    found = [
        one
        for one in of_kinds(scene.root, ("decorator",))
        if squeezed(one.text()).startswith(squeezed(marks[0].text))
    ]
    node = pick(scene, found, clause, f"`{marks[0].text}`", _decorated(scene, clause, marks))[0]
    return Made(
        Operation.REMOVE,
        f"remove the decorator `{node.text()}`",
        edits_in(scene, [remove(scene.text, node, comments=False)]),
        removes=(node.text(),),
    )


def _decorated(scene: Scene, clause: Clause, marks: Sequence[Fragment]) -> list[SgNode]:
    return [whole(one) for one in scopes_in(scene, clause, marks)]


def _names(scene: Scene, clause: Clause) -> list[str]:
    """Return the names that the clause's object gives, as code or as words the file spells."""
    codes = [
        one.bare for one in clause.object.codes
        if one.shape is Shape.NAME or (one.shape is Shape.CODE and one.text.endswith("()"))
    ]  # fmt: skip
    if codes or clause.object.codes:
        return [one.rpartition(".")[2] for one in codes]
    return [
        word
        for word in clause.object.spelled
        if word.lower() not in _NOT_NAMES and scene.knows(word)
    ]
