"""The statements of a tree that a change is read from: calls, assignments, exits, declarations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ast_grep_py import SgNode

from mendbook.changes.syntax_kinds import Kinds
from mendbook.model import EffectKind

_TRIES = {"try_statement", "try_with_resources_statement"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a file that running code depends on."""

    kind: EffectKind
    inside: str
    name: str
    text: str
    when: str = ""
    caught: bool = field(default=False, compare=False)


def items_of(root: SgNode, kinds: Kinds) -> dict[Item, list[int]]:
    """Return the statements below ``root`` that are compared, each with its lines."""
    lines: dict[Item, list[int]] = {}
    for item, node in _walk(root, kinds):
        lines.setdefault(item, []).append(node.range().start.line + 1)
    return lines


@dataclass(frozen=True, slots=True)
class _At:
    """Where the walk stands: the named function, its condition, and whether in a callback."""

    inside: str = ""
    when: str = ""
    callback: bool = False
    caught: bool = False


def _walk(root: SgNode, kinds: Kinds) -> Iterator[tuple[Item, SgNode]]:
    waiting: list[tuple[SgNode, _At]] = [(root, _At())]
    while waiting:
        node, at = waiting.pop()
        kind = node.kind()
        if kind in kinds.comments or kind in kinds.types:
            continue
        for item in _own_items(node, kind, kinds):
            if item.kind is EffectKind.EXIT and at.callback:
                continue
            if item.kind is EffectKind.VALUE and _is_local(node, kind, at, kinds):
                continue
            when = at.when if item.kind is EffectKind.EXIT else ""
            yield replace(item, inside=at.inside, when=when, caught=at.caught), node
        waiting += [(child, _below(node, child, at, kinds)) for child in reversed(node.children())]


def _below(node: SgNode, child: SgNode, at: _At, kinds: Kinds) -> _At:
    kind = node.kind()
    if kind in kinds.functions:
        name = kinds.function_name(node)
        return _At(name) if name else _At(at.inside, "", callback=True)
    if kind in kinds.classes:
        return _At(_text(node.field("name")) or at.inside)
    if kind in _TRIES and (body := node.field("body")) is not None:
        held = body.range() == child.range() and any(
            each.kind() in kinds.catches for each in node.children()
        )
        return replace(at, caught=at.caught or held)
    if kind in kinds.conditions:
        condition = _bare(_line(_text(node.field("condition"))))
        other = node.field("alternative")
        otherwise = other is not None and other.range() == child.range()
        return replace(at, when=f"not ({condition})" if otherwise else condition)
    return at


def _bare(condition: str) -> str:
    """Return a condition without the brackets that its statement has around it."""
    bracketed = condition.startswith("(") and condition.endswith(")")
    return condition[1:-1].strip() if bracketed else condition


def _is_local(node: SgNode, kind: str, at: _At, kinds: Kinds) -> bool:
    """Tell whether a value is kept in a local variable and is no plain literal."""
    if not at.inside or kind not in kinds.locals:
        return False
    value = node.field(kinds.values[kind][1])
    return value is None or value.kind() not in kinds.literals


def _own_items(node: SgNode, kind: str, kinds: Kinds) -> Iterator[Item]:
    if kind in kinds.functions:
        if name := kinds.function_name(node):
            given = node.field("parameters") or node.field("parameter")
            yield Item(EffectKind.DECLARATION, "", name, "function")
            yield Item(EffectKind.SIGNATURE, "", name, _line(_text(given)))
            if any(child.kind() == "async" for child in node.children()):
                yield Item(EffectKind.ASYNC, "", name, "async")
    elif kind in kinds.classes and (name := _text(node.field("name"))):
        yield Item(EffectKind.DECLARATION, "", name, "class")
    elif kind in kinds.exits:
        yield Item(EffectKind.EXIT, "", kind.partition("_")[0], _shape(node, kinds))
    elif kind in kinds.catches:
        yield Item(EffectKind.CATCH, "", "catch", _statements(node, kinds))
    elif kind in kinds.awaits and node.is_named():
        yield Item(EffectKind.AWAIT, "", _called(node, kinds), _shape(node, kinds))
    elif kind in kinds.calls:
        yield Item(EffectKind.CALL, "", _called(node, kinds), _shape(node, kinds))
    elif kind in kinds.exports:
        yield from _exported(node)
    elif kind in kinds.values:
        key, value = kinds.values[kind]
        name, value_node = _text(node.field(key)), node.field(value)
        if name and value_node is not None and value_node.kind() not in kinds.functions:
            yield Item(EffectKind.VALUE, "", name.strip("'\""), _shape(value_node, kinds))


def _shape(node: SgNode, kinds: Kinds) -> str:
    """Return ``node`` on one line, the bodies of functions inside it left out."""
    text, start = node.text(), node.range().start.index
    parts: list[str] = []
    at = 0
    for hidden, shown in _hidden(node, kinds):
        span = hidden.range()
        parts += [text[at : span.start.index - start], shown]
        at = span.end.index - start
    return _line("".join([*parts, text[at:]]))


def _statements(node: SgNode, kinds: Kinds) -> str:
    """Return a clause with its statements apart: ``catch (error) { log(error); stop() }``."""
    body = node.field("body") or next(
        (each for each in node.children() if each.kind() in {"block", "statement_block"}), None
    )
    if body is None:
        return _shape(node, kinds)
    head = _line(node.text()[: body.range().start.index - node.range().start.index]).rstrip(": ")
    inside = [each for each in body.named_children() if each.kind() not in kinds.comments]
    said = "; ".join(_shape(each, kinds).rstrip("; ") for each in inside)
    return f"{head} {{ {said} }}" if said else f"{head} {{}}"


def _hidden(node: SgNode, kinds: Kinds) -> Iterator[tuple[SgNode, str]]:
    """Yield comments and bodies of the outermost functions inside ``node``, and what is shown."""
    for child in node.children():
        kind = child.kind()
        if kind in kinds.comments:
            yield child, ""
        elif kind in kinds.functions and (body := child.field("body")) is not None:
            yield body, "{…}"
        else:
            yield from _hidden(child, kinds)


def _exported(node: SgNode) -> Iterator[Item]:
    declared = node.field("declaration")
    if declared is not None:
        names = (
            [declared.field("name")]
            if declared.field("name")
            else [each.field("name") for each in declared.find_all(kind="variable_declarator")]
        )
    else:
        names = [
            each.field("alias") or each.field("name")
            for each in node.find_all(kind="export_specifier")
        ]
    for name in names:
        if name is not None:
            yield Item(EffectKind.EXPORT, "", name.text(), "export")


def _called(node: SgNode, kinds: Kinds) -> str:
    """Return what is called, without its arguments; of an await, what it waits for.

    The bodies of functions in it are left out: what changes in them is told by itself.
    """
    if node.kind() in {"await_expression", "await"}:
        inner = next((each for each in node.children() if each.is_named()), None)
        return _called(inner, kinds) if inner is not None else ""
    callee = node.field("function") or node.field("constructor")
    if callee is not None:
        return _shape(callee, kinds)
    holder, name = node.field("object"), node.field("name") or node.field("type")
    if name is None:
        return _shape(node, kinds)
    return f"{_shape(holder, kinds)}.{name.text()}" if holder is not None else name.text()


def _line(text: str) -> str:
    return " ".join(text.split())


def _text(node: SgNode | None) -> str:
    return node.text() if node is not None else ""
