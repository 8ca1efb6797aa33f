"""Write the call of a helper where its body is written out: by matching the two."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import Language, language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    declarations,
    end,
    field,
    inside,
    names_declared,
    of_kinds,
    parameter_name,
    parameters,
    start,
    tokens,
    walk,
)
from mendbook.fixes.instruction.work import Work


def inlined_call(work: Work, name: str, node: SgNode, home: str | None) -> str:
    """Return the call of helper ``name`` that says what ``node`` writes out.

    The arguments are what stands in ``node`` where the helper's result has its parameters. Raises
    ``Abstain`` where the helper is unknown or says something else.
    """
    bare = name.rpartition(".")[2]
    return _call_of(work.scene, name, tuple(declared_as(work, bare, home)), node)


def _call_of(
    scene: Scene, name: str, declared: Sequence[tuple[SgNode, Language]], node: SgNode
) -> str:
    bare = name.rpartition(".")[2]
    if not declared:
        raise Unplaced(f"nothing called {bare} is declared at this commit")
    functions = [(one, language) for one, language in declared if one.kind() in language.functions]
    if not functions:
        raise Abstain(f"{bare} is declared, and is no function")
    if len(functions) > 1:
        raise Abstain(f"{bare} is declared at several places")
    function, language = functions[0]
    result = result_of(function, language)
    names = [parameter_name(one) for one in parameters(function)]
    if result is None or not names:
        raise Unplaced(f"what {bare} makes of its arguments is not one expression")
    if other := _named_otherwise(scene, bare, result, names):
        raise Abstain(f"{bare} reads a {other} of its own, and {scene.path} has another")
    bindings: dict[str, SgNode] = {}
    if _unify(result, node, names, bindings) and set(bindings) == set(names):
        return f"{name}({', '.join(bindings[one].text() for one in names)})"
    if len(names) == 1 and (part := _part_of(result, node, names[0])) is not None:
        return f"{name}({part})"
    raise Abstain(f"{bare} does something else than the code quoted")


def _named_otherwise(scene: Scene, bare: str, result: SgNode, names: Collection[str]) -> str:
    """Return a name that the helper's result reads and the file in hand declares; else nothing.

    A helper of another file reads what its own file calls so.
    """
    if declarations(scene.root, bare, scene.language):
        return ""
    inner = of_kinds(result, scene.language.functions)
    names = {*names, *(parameter_name(each) for one in inner for each in parameters(one))}
    read = (one.text() for one in walk(result) if one.kind() == "identifier")
    return next(
        (one for one in read if one not in names
         and declarations(scene.root, one, scene.language)), "",
    )  # fmt: skip


def inlined_in(work: Work, name: str, home: str | None) -> tuple[SgNode, str]:
    """Return the one quoted expression that writes helper ``name`` out, and its call."""
    scene, bare = work.scene, name.rpartition(".")[2]
    declared = tuple(declared_as(work, bare, home))
    expressions: list[tuple[SgNode, str]] = []
    reason = f"the value of {name} is not known here"
    for one in _within(scene.root, scene.quotes):
        if not one.is_named() or any(inside(one, other) for other, _ in expressions):
            continue
        try:
            expressions.append((one, _call_of(scene, name, declared, one)))
        except Abstain as abstained:
            reason = str(abstained)
    if len(expressions) != 1:
        raise Abstain(reason) if declared else Unplaced(reason)
    return expressions[0]


def _within(root: SgNode, spans: Sequence[tuple[int, int]]) -> Iterator[SgNode]:
    """Yield the nodes below ``root`` that lie in one of ``spans``, in the order of the text."""
    stack = [root]
    while stack:
        one = stack.pop()
        first, last = start(one), end(one)
        if any(a <= first and last <= b for a, b in spans):
            yield one
        if any(first <= b and a <= last for a, b in spans):
            stack += reversed(one.children())


def declared_as(work: Work, name: str, home: str | None) -> Iterator[tuple[SgNode, Language]]:
    """Yield what ``name`` is declared as, each with its language: a function, or any other node.

    A variable that holds a function is that function. ``home`` is the one file to look in; else all
    that hold the name.
    """
    paths = [home] if home else files_holding(work.task.snapshot, name)
    for path in paths:
        language, text = language_of(path), work.task.snapshot.get(path)
        if language is None or text is None or name not in text:
            continue
        if name.rpartition(".")[2].lstrip("#") not in names_declared(language, text):
            continue
        for one in declarations(parse(language, text), name, language):
            value = one.field("value")
            holds = value is not None and value.kind() in language.functions
            yield (value if value is not None and holds else one), language


def result_of(function: SgNode, language: Language) -> SgNode | None:
    """Return the one expression that a function returns, or None."""
    body = body_of(function)
    if body is None:
        return None
    if body.kind() not in language.blocks:
        return body
    statements = [
        one
        for one in body.named_children()
        if "comment" not in one.kind() and not re.match(r"(?:\"\"\"|'''|\")", one.text())
    ]
    returned = of_kinds(body, ("return_statement",))
    if len(statements) != 1 or len(returned) != 1:
        return None
    inner = returned[0].named_children()
    return inner[0] if inner else None


def _part_of(result: SgNode, node: SgNode, name: str) -> str | None:
    """Return what ``node`` is called on where it is one link of the chain that a helper returns."""
    target = node.field("function")
    method = field(target, "property", "attribute") if target is not None else None
    receiver = target.field("object") if target is not None else None
    if method is None or receiver is None:
        return None
    for one in walk(result):
        inner = one.field("function")
        link = field(inner, "property", "attribute") if inner is not None else None
        if link is None or link.text() != method.text():
            continue
        root = inner.field("object") if inner is not None else None
        while root is not None and root.text() != name:
            root = field(root, "object", "function")
        given, ours = one.field("arguments"), node.field("arguments")
        if root is not None and given is not None and ours is not None:
            return receiver.text() if tokens(given) == tokens(ours) else None
    return None


def _unify(pattern: SgNode, node: SgNode, names: list[str], bindings: dict[str, SgNode]) -> bool:
    """Match ``node`` against ``pattern``, whose ``names`` stand for anything; note for what."""
    if pattern.kind() == "identifier" and pattern.text() in names:
        known = bindings.setdefault(pattern.text(), node)
        return tokens(known) == tokens(node)
    inner, other = pattern.children(), node.children()
    if not inner or not other:
        return tokens(pattern) == tokens(node)
    if pattern.kind() != node.kind() or len(inner) != len(other):
        return False
    return all(_unify(a, b, names, bindings) for a, b in zip(inner, other, strict=True))
