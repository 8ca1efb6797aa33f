"""Where an import goes among the imports of a Python file."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, indent, insert, line_end
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import end, squeezed, start, text_of


def from_import(text: str, module: str, name: str) -> str:
    """Return ``text`` with ``name`` imported from ``module``, in the statement of its like."""
    language = language_of("m.py")
    root = parse(language, text) if language is not None else None
    for node in root.children() if root is not None else []:
        if node.kind() != "import_from_statement":
            continue
        if text_of(node.field("module_name")) != module:
            continue
        names = [one for one in node.children() if one.kind() in {"dotted_name", "aliased_import"}]
        if len(names) > 1:
            return apply(text, [_listed(text, names[1:], name)])
    return placed_import(text, f"from {module} import {name}")


def _listed(text: str, names: Sequence[SgNode], name: str) -> Edit:
    """Return what puts ``name`` into a list of imported names, on a line of its own where each is.

    A list that is in order stays so.
    """
    listed = [one.text() for one in names]
    alone = len(names) > 1 and start(names[1]) >= line_end(text, end(names[0]))
    behind = f",\n{indent(text, start(names[0]))}" if alone else ", "
    if listed == sorted(listed, key=_rank):
        for one in names:
            if _rank(one.text()) > _rank(name):
                return insert(start(one), f"{name}{behind}")
    return insert(end(names[-1]), f"{behind}{name}")


def _rank(name: str) -> tuple[int, str]:
    """Return how import sorters order a name: constants, classes, the rest."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name.lower())


def placed_import(text: str, statement: str) -> str:
    """Return ``text`` with an import ``statement`` among its like."""
    return apply(text, place_import(text, statement))


def place_import(text: str, statement: str) -> list[Edit]:
    """Return the edit that inserts a Python import among its like, below the docstring."""
    language = language_of("m.py")
    if language is None:
        return []
    root = parse(language, text)
    children = [one for one in root.children() if one.is_named()]
    top = [one for one in children if one.kind() in {"import_statement", "import_from_statement"}]
    plain = statement.startswith("import ")
    alike = [one for one in top if (one.kind() == "import_statement") == plain]
    group = _group(statement)
    same = [one for one in alike if _group(one.text()) == group]
    lower = [one for one in same if squeezed(one.text()).lower() < squeezed(statement).lower()]
    if lower:
        return [insert(line_end(text, end(lower[-1])), f"{statement}\n")]
    if same:
        return [insert(start(same[0]), f"{statement}\n")]
    beside = [one for one in top if _group(one.text()) == group]
    if beside:
        at = start(beside[0]) if plain else line_end(text, end(beside[-1]))
        return [insert(at, f"{statement}\n")]
    earlier = [one for one in top if _group(one.text()) < group]
    if earlier:
        return [insert(line_end(text, end(earlier[-1])), f"\n{statement}\n")]
    if top:
        return [insert(start(top[0]), f"{statement}\n\n")]
    head = [one for one in children if one.kind() == "future_import_statement"] or [
        one
        for one in children[:1]
        if one.kind() == "expression_statement" and one.named_children()[0].kind() == "string"
    ]
    if head:
        return [insert(line_end(text, end(head[-1])), f"\n{statement}\n")]
    if (at := _below_comments(text)) > 0:
        return [insert(at, f"\n{statement}\n")]
    first = start(children[0]) if children else len(text)
    return [insert(first, f"{statement}\n\n")]


def _below_comments(text: str) -> int:
    """Return where the comments end that a file begins with: a hashbang, a license; else 0.

    Comments that stand right above the first statement, without a blank line, are of that.
    """
    head = re.match(r"\ufeff?(?:#!.*\n)?(?:#.*coding[:=].*\n)?", text)
    block = re.match(r"\ufeff?(?:#.*\n)+(?=[ \t]*\r?\n)", text)
    ends = [match.end() for match in (head, block) if match is not None and "#" in match[0]]
    return max(ends, default=0)


def _group(statement: str) -> int:
    """Return 0 for Python's own library, 1 for packages, 2 for relative modules."""
    module = re.sub(r"^(?:from|import)\s+", "", statement.strip())
    if module.startswith("."):
        return 3
    return 0 if re.split(r"[.\s,]", module)[0] in sys.stdlib_module_names else 2
