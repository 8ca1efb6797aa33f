"""Rename what a module of Python declares, at every place that means it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.python_grammar import python_tree
from mendbook.code.references.python import PythonSearch
from mendbook.code.references.python.expressions import bound_names
from mendbook.code.references.python.of_snapshot import python_search
from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.reached_unnamed import reached_unnamed
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.operations.python_texts import said_in_texts
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    end,
    field,
    is_keyword,
    line,
    same,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.repository.snapshot import Snapshot

_SCOPES = frozenset(
    {"function_definition", "class_definition", "lambda", "list_comprehension"}
    | {"set_comprehension", "dictionary_comprehension", "generator_expression"}
)
_IMPORTS = frozenset({"import_statement", "import_from_statement", "future_import_statement"})
_PRINTED = re.compile(r"\s*=\s*[!:}]")
"""Behind a name in a text that shows the name as well: ``f"{depth=}"``."""


def rename_python(work: Work, scene: Scene, old: str, new: str) -> list[tuple[str, Edit]]:
    """Return the edits of every use of the module's ``old``.

    Raises ``Abstain`` where what declares it is not known, and where code may reach the name in a
    way that no edit follows.
    """
    tree = work.task.snapshot
    search = python_search(tree)
    subjects = [
        one
        for one in search.defined(old, (scene.path,))
        if not one.defined.owner and not one.defined.local
    ]
    if not subjects:
        raise Abstain(f"who uses {old} of {scene.path} is not known")
    arrivals = search.arrivals(scene.path, old)
    known = dict.fromkeys(path for path, local in arrivals if local == old)
    places: dict[str, set[int]] = {path: set() for path in known}
    for one in {each for subject in subjects for each in search.references(subject)}:
        places.setdefault(one.file, set()).add(_offset(tree.text(one.file), one.line, one.column))
    _refuse_reached(tree, search, scene.path, old, tuple(known))
    edits: list[tuple[str, Edit]] = []
    for path in dict.fromkeys([*places, *files_holding(tree, old)]):
        if not path.endswith(".py"):
            continue
        if path in places:
            named = _in_file(
                tree, path, old, places[path], home=path == scene.path, own=path in known
            )
            edits += [(path, replaced(each, new)) for each in named]
        edits += [
            (path, each)
            for each in said_in_texts(tree, search, path, (scene.path, old), new, tuple(known))
        ]
    return edits


def _offset(text: str, row: int, column: int) -> int:
    """Return the index in ``text`` of a place; Python counts its columns in bytes of UTF-8."""
    mark = len(text) - len(text.removeprefix("\ufeff"))
    rows = text[mark:].split("\n")
    before = sum(len(one) + 1 for one in rows[: row - 1]) + mark
    return before + len(rows[row - 1].encode()[: column - 1].decode(errors="ignore"))


def _in_file(
    tree: Snapshot, path: str, old: str, offsets: set[int], *, home: bool, own: bool
) -> list[SgNode]:
    """Return the identifiers of ``path`` that mean the name; ``own``: it is known there by it."""
    language, text = language_of(path), tree.text(path)
    if language is None:
        raise Abstain(f"{old} is used at {path}, which cannot be read")
    root = parse(language, text)
    hidden = _hiding(text, old) if own else []
    named = []
    for one in spelled(root, old, language):
        parent = one.parent()
        if parent is None or is_keyword(one, parent):
            continue
        if any(same(alias, one) for alias in _aliases(one)):
            raise Abstain(f"{path}:{line(one)} takes {old} under its own name once more")
        if home and any(each.kind() in _IMPORTS for each in one.ancestors()):
            raise Abstain(f"{old} is imported at {path}:{line(one)}, too")
        if parent.kind() == "interpolation" and _PRINTED.match(text, end(one)):
            raise Abstain(f"{path}:{line(one)} prints {old} by its name")
        label = field(parent, "attribute") if parent.kind() == "attribute" else None
        if label is not None and same(label, one):
            named += [one] if start(one) in offsets else []
        elif _is_meant(one, start(one) in offsets, own, hidden):
            named.append(one)
    return named


def _aliases(one: SgNode) -> Iterator[SgNode]:
    for each in one.ancestors():
        if each.kind() == "aliased_import" and (alias := each.field("alias")) is not None:
            yield alias


def _is_meant(one: SgNode, is_used: bool, own: bool, hidden: list[range]) -> bool:
    """Tell whether an identifier means the module's name; raise where a class has it as well."""
    scopes = [each for each in one.ancestors() if each.kind() in _SCOPES]
    if scopes and same(scopes[0].field("name") or scopes[0], one):
        scopes = scopes[1:]  # the name of a function or class stands outside of it
    if is_used and scopes and scopes[0].kind() == "class_definition" and _binds(scopes[0], one):
        raise Abstain(f"{text_of(scopes[0].field('name'))} has a {one.text()} of its own")
    if is_used:
        return True
    if not own:
        return False
    said = any(each.kind() == "global_statement" for each in one.ancestors())
    written = any(each.kind() == "interpolation" for each in one.ancestors())
    free = not any(line(one) in each for each in hidden)
    return not scopes or said or (written and free)


def _binds(owner: SgNode, one: SgNode) -> bool:
    body = owner.field("body")
    statements = body.named_children() if body is not None else []
    return any(
        text_of(inner.field("left")) == one.text()
        for statement in statements
        for inner in statement.named_children()
        if inner.kind() == "assignment"
    )


def _hiding(text: str, name: str) -> list[range]:
    """Return the lines of functions that bind ``name`` for themselves."""
    try:
        tree = python_tree(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError):
        return []
    return [
        range(one.lineno, (one.end_lineno or one.lineno) + 1)
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        and name in bound_names(one)
    ]


def _refuse_reached(
    tree: Snapshot, search: PythonSearch, home: str, old: str, known: tuple[str, ...]
) -> None:
    """Raise ``Abstain`` where the name is reached by no code, or declared or offered once more."""
    if reason := reached_unnamed(tree, home, old):
        raise Abstain(f"{reason}; its name stays")
    if f"{home}i" in tree and old in tree.text(f"{home}i"):
        raise Abstain(f"{old} is declared in {home}i, too")
    for path in known:
        if old in search.file(path).listed:
            raise Abstain(f"{old} is offered in __all__ of {path}; its name stays")
