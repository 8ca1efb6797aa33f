"""Uses of a function inside another that hands it out: a hook's ``return { save }``.

What a component gives to a React context is handed out too.
``const { save } = useBed()``, ``const bed = useBed(); bed.save()`` and ``useBed().save()`` use it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.by_syntax import SyntaxProvider, reference_at
from mendbook.code.references.held_as import held_as
from mendbook.code.references.index import Index
from mendbook.code.references.outline import Site
from mendbook.code.references.provider import Subject
from mendbook.code.references.reach import subject_of
from mendbook.code.references.scope import taken_apart
from mendbook.code.references.through_context import context_calls
from mendbook.code.references.type_shape import Op, Shape
from mendbook.model import Reference, ReferenceKind

_AROUND = {"await_expression", "parenthesized_expression", "as_expression", "non_null_expression"}


def handed_out(index: Index, provider: SyntaxProvider, subject: Subject) -> Iterator[Reference]:
    """Yield the uses of a local ``subject`` through what the function around it returns."""
    if not subject.declared.local:
        return
    at = subject.declared
    node = syntax.node_at(index.tree(subject.file).root, at.line - 1, at.column - 1)
    for function in node.ancestors():
        if function.kind() not in syntax.FUNCTIONS or _is_own(function, node):
            continue
        key = _key(function, at.name)
        maker = _maker(index, subject.file, function) if key else None
        if maker is not None:
            for use in provider.references([maker])[0]:
                if use.kind is ReferenceKind.CALL:
                    yield from _taken(index, use, key)
        for use, given in context_calls(index, provider, function, at.name):
            yield from _taken(index, use, given)
        return


def _is_own(function: SgNode, name: SgNode) -> bool:
    """Tell whether ``name`` is that of ``function`` itself."""
    own = function.field("name")
    return own is not None and own.range() == name.range()


def _key(function: SgNode, name: str) -> str:
    """Return under which key the object that ``function`` returns has ``name``; empty for none."""
    body = function.field("body")
    if body is None:
        return ""
    returned = [each for each in body.named_children() if each.kind() == "return_statement"]
    values = [child for each in returned for child in each.named_children()] or [body]
    for value in values:
        held = value.named_children()[0] if value.kind() == "parenthesized_expression" else value
        if held.kind() == "object" and (key := next(held_as(held, name), "")):
            return key
    return ""


def _maker(index: Index, file: str, function: SgNode) -> Subject | None:
    for node in (function, *function.ancestors()):
        if (subject := subject_of(index, file, node)) is not None:
            return subject
    return None


def _taken(index: Index, use: Reference, key: str) -> Iterator[Reference]:
    """Yield the uses of ``key`` of what the call at ``use`` returns."""
    root = index.tree(use.file).root
    name = syntax.node_at(root, use.line - 1, use.column - 1)
    call = next((each for each in name.ancestors() if each.kind() == "call_expression"), None)
    holder = call
    while holder is not None and (above := holder.parent()) is not None:
        holder = above
        if above.kind() not in _AROUND:
            break
    if holder is None or call is None:
        return
    pattern = holder.field("name") if holder.kind() == "variable_declarator" else None
    if pattern is not None and pattern.kind() == "object_pattern":
        for bound in taken_apart(pattern, holder):
            if [step.key for step in bound.steps] == [key]:
                yield from _of_binding(index, use.file, bound.name)
        return
    for site in index.sites(use.file, [key]):
        if site.receiver is not None and _is_call_of(site.receiver, name.text()):
            yield reference_at(use.file, site)


def _is_call_of(shape: Shape, name: str) -> bool:
    """Tell whether a receiver is what a call of ``name`` returns."""
    while shape.op is Op.AWAIT:
        shape = shape.parts[0]
    return shape.op is Op.CALL and shape.parts[0].op is Op.NAME and shape.parts[0].name == name


def _of_binding(index: Index, file: str, name: SgNode) -> Iterator[Reference]:
    """Yield where a name that was taken apart is used."""
    start = name.range().start
    place = (start.line + 1, start.column + 1)
    span = _scope(name)
    sites: list[Site] = []
    for site in index.sites(file, [name.text()]):
        local = site.binding == place or (site.binding is None and span[0] == 1)
        if site.receiver is None and local and (site.line, site.column) != place:
            sites.append(site)
    yield from (reference_at(file, site) for site in sites)


def _scope(node: SgNode) -> tuple[int, int]:
    """Return the lines of the function around ``node``, of the whole file where there is none."""
    around = next((each for each in node.ancestors() if each.kind() in syntax.FUNCTIONS), None)
    whole = around if around is not None else list(node.ancestors())[-1]
    span = whole.range()
    return (span.start.line + 1 if around is not None else 1), span.end.line + 1
