"""Calls of JavaScript and TypeScript functions that take more, or fewer, arguments than given."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code import trees
from mendbook.code.references.index import Index
from mendbook.code.references.names import Target
from mendbook.code.references.scope import parameters_of
from mendbook.code.search import find_all
from mendbook.proving.binds.ecma_members import Side
from mendbook.proving.binds.ecma_names import Lines
from mendbook.proving.binds.fault import Fault


@dataclass(frozen=True, slots=True)
class Arity:
    """How many arguments a function must and may be given; ``most`` is None where any may."""

    least: int
    most: int | None


def call_faults(side: Side, path: str, lines: Lines) -> Iterator[Fault]:
    """Yield the calls on new lines of ``path`` that do not fit the function they mean."""
    for call in find_all(side.index.tree(path).root, "call_expression", "new_expression"):
        span = call.range()
        if any(lines.is_new(line) for line in range(span.start.line, span.end.line + 1)):
            yield from _fault(side, path, call)


def changed_calls(before: Side, after: Side, edited: Collection[str]) -> Iterator[Fault]:
    """Yield the calls anywhere that fitted a function which the edit of ``edited`` changed."""
    changed = {
        target
        for path in edited
        if path in before.index.snapshot and path in after.index.snapshot
        for target in _functions(after.index, path)
        if (new := arity_of(after.index, target)) is not None
        and (old := arity_of(before.index, target)) is not None
        and new != old
    }
    names = {_called(target) for target in changed}
    for path in after.index.mentions(names) if names else ():
        for call in find_all(after.index.tree(path).root, "call_expression", "new_expression"):
            if _name_of(call) in names and _target(after, path, call) in changed:
                yield from _fault(after, path, call)


def arity_of(index: Index, target: Target) -> Arity | None:
    """Return the arity of the one function that ``target`` is, or None where it is not that."""
    text = index.snapshot.get(target.file)
    if text is None or not trees.is_source(target.file):
        return None
    known = _arities(target.file, text)
    if target not in known:
        known[target] = _arity(index, target)
    return known[target]


@lru_cache(maxsize=64)
def _arities(_path: str, _text: str) -> dict[Target, Arity | None]:
    """Return what is known of the functions of a file, to be added to.

    A series asks it of each tree twice: as what a patch leaves, and as what the next one finds.
    """
    return {}


def _arity(index: Index, target: Target) -> Arity | None:
    node = _function(index, target)
    if node is None:
        return None
    parameters = [one for one in parameters_of(node) if not _is_this(one)]
    needed = [place for place, one in enumerate(parameters, 1) if not _is_optional(one)]
    rest = any(_is_rest(one) for one in parameters)
    spread = trees.is_untyped(target.file) and "arguments" in node.text()
    return Arity(max(needed, default=0), None if rest or spread else len(parameters))


def _fault(side: Side, path: str, call: SgNode) -> Iterator[Fault]:
    arguments = call.field("arguments")
    given = trees.arguments_of(call)
    if arguments is None or arguments.kind() != "arguments":
        return
    if any(one.kind() == "spread_element" for one in given):
        return
    target = _target(side, path, call)
    arity = arity_of(side.index, target) if target is not None else None
    if target is None or arity is None:
        return
    name, line = _called(target), call.range().start.line + 1
    plain = trees.is_untyped(target.file) or trees.is_untyped(path)
    most = None if plain else arity.most  # plain JavaScript leaves what is too much unread
    if most is not None and len(given) > most:
        yield Fault(path, line, f"{name} takes {most} arguments and is given {len(given)}")
    elif len(given) < arity.least and (
        not trees.is_untyped(target.file) or _is_always_given(side, target, call, path)
    ):
        yield Fault(path, line, f"{name} needs {arity.least} arguments and is given {len(given)}")


def _is_always_given(side: Side, target: Target, call: SgNode, path: str) -> bool:
    """Tell whether every other call gives more: in JavaScript a parameter may be left out."""
    given, own = len(trees.arguments_of(call)), call.range().start.index
    others = [
        len(trees.arguments_of(other))
        for file in side.index.mentions([_called(target)])
        for other in find_all(side.index.tree(file).root, "call_expression", "new_expression")
        if _name_of(other) == _called(target)
        and (file, other.range().start.index) != (path, own)
        and _target(side, file, other) == target
    ]
    return bool(others) and min(others) > given


def _target(side: Side, path: str, call: SgNode) -> Target | None:
    """Return the function or class of the repository that ``call`` means, if it is certain."""
    tree = side.index.tree(path)
    callee = call.field("function") or call.field("constructor")
    if callee is None:
        return None
    if callee.kind() == "identifier":
        if tree.inference.scopes.binding(callee, callee.text()) is not None:
            return None
        target = side.linker.names.named(path, callee.text())
        if target is not None and call.kind() == "new_expression":
            return Target(target.file, target.name, "constructor")
        return target
    name = callee.field("property")
    if callee.kind() != "member_expression" or name is None or call.kind() == "new_expression":
        return None
    receiver = tree.inference.of(callee.field("object"))
    if len(side.linker.values(path, receiver)) != 1:
        return None
    targets = side.linker.targets(path, receiver, name.text())
    return next(iter(targets)) if targets and len(targets) == 1 else None


def _functions(index: Index, path: str) -> Iterator[Target]:
    if not trees.is_source(path):
        return
    outline = index.outline(path)
    for name in outline.declared:
        yield Target(path, "", name)
    for key, kind in outline.types.items():
        if not key.startswith("@"):
            yield from (Target(path, key, name) for name in kind.members)


def _function(index: Index, target: Target) -> SgNode | None:
    """Return the node of the function, method or constructor; None where there are several."""
    outline = index.outline(target.file)
    if not target.owner:
        declared = outline.declared.get(target.name, ())
    else:
        member = (
            outline.types[target.owner].members.get(target.name)
            if target.owner in (outline.types)
            else None
        )
        declared = (member,) if member is not None else ()
    if len(declared) != 1:
        return None
    root = index.tree(target.file).root
    name = trees.node_at(root, declared[0].line - 1, declared[0].column - 1)
    holder = name.parent()
    if holder is None or _is_overloaded(holder, target.name):
        return None
    if holder.kind() in trees.FUNCTIONS:
        return holder
    value = holder.field("value")
    constant = holder.kind() == "variable_declarator" and (holder.parent() or holder).text()[:5]
    known = constant == "const" or holder.kind() in {"pair", *trees.FIELDS}
    return value if known and value is not None and value.kind() in trees.FUNCTIONS else None


_SIGNATURES = {"function_signature", "method_signature"}


def _is_overloaded(holder: SgNode, name: str) -> bool:
    around = holder.parent()
    around = (
        around.parent() if around is not None and around.kind() == "export_statement" else around
    )
    return around is None or name in _overloaded(around)


@lru_cache(maxsize=256)
def _overloaded(around: SgNode) -> frozenset[str]:
    """Return the names that have signatures of their own in a class or a file."""
    names = set()
    for one in around.children():
        inner = one.field("declaration") if one.kind() == "export_statement" else one
        label = inner.field("name") if inner is not None and inner.kind() in _SIGNATURES else None
        if label is not None:
            names.add(label.text())
    return frozenset(names)


def _called(target: Target) -> str:
    return target.owner if target.name == "constructor" and target.owner else target.name


def _name_of(call: SgNode) -> str:
    return trees.callee_name(call)


def _is_this(parameter: SgNode) -> bool:
    pattern = parameter.field("pattern")
    return pattern is not None and pattern.kind() == "this"


def _is_rest(parameter: SgNode) -> bool:
    pattern = parameter.field("pattern") or parameter
    return pattern.kind() == "rest_pattern"


def _is_optional(parameter: SgNode) -> bool:
    kind = parameter.kind()
    if kind in {"optional_parameter", "assignment_pattern"} or parameter.field("value") is not None:
        return True
    annotation = parameter.field("type")
    loose = annotation is not None and annotation.text().lstrip(": ") in {"void", "any", "unknown"}
    return loose or _is_rest(parameter)
