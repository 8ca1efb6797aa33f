"""Uses of a module's functions through an object that a plugin hands out under a name.

``app.decorate('store', { find })`` makes ``request.server.store.find()`` a use of ``find``.
"""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.references.by_syntax import reference_at
from mendbook.code.references.held_as import held_as
from mendbook.code.references.index import Index
from mendbook.code.references.outline import Site
from mendbook.code.references.provider import Subject
from mendbook.code.search import find_all
from mendbook.code.trees import node_at
from mendbook.model import Reference

_DECORATES = {"decorate", "decorateRequest", "decorateReply"}


def through_decorations(index: Index, subject: Subject) -> Iterator[Reference]:
    """Yield the uses of a module-level ``subject`` on receivers of the name it is handed out by."""
    if subject.declared.local or subject.declared.owner:
        return
    root = index.tree(subject.file).root
    for name, held in _handed_out(root):
        for key in held_as(held, subject.declared.name):
            for path in index.mentions([key]):
                for site in index.sites(path, [key]):
                    if site.receiver is not None and _owner(index, path, site) == name:
                        yield reference_at(path, site)


def _owner(index: Index, path: str, site: Site) -> str:
    """Return the last name of what a member at ``site`` is taken of: ``b`` of ``a.b.find``."""
    root = index.tree(path).root
    member = node_at(root, site.line - 1, site.column - 1).parent()
    held = member.field("object") if member is not None else None
    last = held.field("property") if held is not None else None
    named = last or held
    return named.text() if named is not None else ""


def _handed_out(root: SgNode) -> Iterator[tuple[str, SgNode]]:
    """Yield the name and the object literal of every decoration of a file."""
    for call in find_all(root, "call_expression"):
        callee, given = call.field("function"), call.field("arguments")
        member = callee.field("property") if callee is not None else None
        if member is None or member.text() not in _DECORATES or given is None:
            continue
        told = given.named_children()
        if len(told) < 2 or told[0].kind() != "string":
            continue
        held = _object(root, told[1])
        if held is not None:
            yield told[0].text()[1:-1], held


def _object(root: SgNode, value: SgNode) -> SgNode | None:
    """Return the object literal that ``value`` is, or is the name of."""
    if value.kind() == "object":
        return value
    for declared in find_all(root, "variable_declarator"):
        name, given = declared.field("name"), declared.field("value")
        if name is not None and given is not None and name.text() == value.text():
            return given if given.kind() == "object" else None
    return None
