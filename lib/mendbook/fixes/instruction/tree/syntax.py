"""Ask a syntax tree of any language the questions that a fix text asks of code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code.parsed import grammar_of_root
from mendbook.code.search import known_kinds
from mendbook.fixes.instruction.tree.language import Language, leaves, parse
from mendbook.fixes.instruction.tree.nodes_by_kind import nodes_by_kind


def start(node: SgNode) -> int:
    """Return the offset of the node's first character."""
    return node.range().start.index


def end(node: SgNode) -> int:
    """Return the offset behind the node's last character."""
    return node.range().end.index


def line(node: SgNode) -> int:
    """Return the node's first line, counted from 1."""
    return node.range().start.line + 1


def last_line(node: SgNode) -> int:
    """Return the node's last line, counted from 1."""
    return node.range().end.line + 1


def walk(node: SgNode) -> Iterator[SgNode]:
    """Yield ``node`` and all that is below it, in the order of the text."""
    stack = [node]
    while stack:
        one = stack.pop()
        yield one
        stack += reversed(one.children())


def of_kinds(scope: SgNode, kinds: Iterable[str], language: Language | None = None) -> list[SgNode]:
    """Return the nodes of ``kinds`` in ``scope``, in the order of the text.

    The parser searches for them; it refuses kinds that its grammar does not have, and a node does
    not tell its own. With ``language`` nothing has to be tried. A whole file is searched once for
    the same kinds, however many ask.
    """
    whole = scope.parent() is None
    grammar = language.name if language is not None else grammar_of_root(scope) if whole else None
    if whole and grammar is not None:
        return list(nodes_by_kind(scope, grammar).of(kinds))
    wanted = frozenset(kinds)
    return _all_of_kinds(scope, known_kinds(grammar, wanted) if grammar is not None else wanted)


def _all_of_kinds(scope: SgNode, kinds: frozenset[str]) -> list[SgNode]:
    if not kinds:
        return []
    try:
        return scope.find_all(any=[{"kind": kind} for kind in sorted(kinds)])
    except RuntimeError:
        return _all_of_kinds(scope, frozenset(kind for kind in kinds if _takes_kind(scope, kind)))


def _takes_kind(node: SgNode, kind: str) -> bool:
    try:
        node.matches(kind=kind)
    except RuntimeError:
        return False
    return True


def same(one: SgNode, other: SgNode) -> bool:
    """Tell whether two handles mean one node."""
    return (start(one), end(one), one.kind()) == (start(other), end(other), other.kind())


def inside(node: SgNode, outer: SgNode) -> bool:
    """Tell whether ``node`` lies in ``outer``, or is it."""
    return start(outer) <= start(node) and end(node) <= end(outer)


def outermost(nodes: Iterable[SgNode]) -> list[SgNode]:
    """Return the nodes that stand within no other of them."""
    held = list(nodes)
    return [one for one in held if not any(inside(one, o) and not same(one, o) for o in held)]


def text_of(node: SgNode | None) -> str:
    """Return the node's text; nothing for no node."""
    return node.text() if node is not None else ""


def field(node: SgNode, *names: str) -> SgNode | None:
    """Return the first of the fields ``names`` that the node has; None without one."""
    return next((child for name in names if (child := node.field(name)) is not None), None)


def is_keyword(name: SgNode, holder: SgNode) -> bool:
    """Tell whether a name is that of an argument in a call of Python: ``f(name=1)``."""
    label = holder.field("name") if holder.kind() == "keyword_argument" else None
    return label is not None and same(label, name)


def squeezed(text: str) -> str:
    """Return ``text`` as it is compared: no layout, one kind of quotes, no trailing marks."""
    bare = re.sub(r"\s+", " ", text.strip().rstrip(";").strip()).replace('"', "'")
    bare = re.sub(r"\s*([^\w\s$'])\s*", r"\1", bare)
    return re.sub(r",(?=[)\]}])", "", bare)


def tokens(node: SgNode) -> tuple[str, ...]:
    """Return the texts of the leaves below ``node``, comments and marks aside."""
    texts = (one.text() for one in leaves(node) if "comment" not in one.kind())
    return tuple(_quote(text) for text in texts if text.strip() and text != ";")


def _quote(text: str) -> str:
    return text.replace('"', "'")


def name_of(node: SgNode) -> str:
    """Return the name that a declaration gives; empty for what has none."""
    name = field(node, "name", "property")
    if name is None and node.kind() in {"assignment", "assignment_expression"}:
        name = node.field("left")
    if name is None and node.kind() in {"pair", "keyed_element"}:
        name = node.field("key") or next(iter(node.named_children()), None)
    if name is None and node.kind() == "field_declaration":
        name = next((one for one in node.children() if one.kind() == "field_identifier"), None)
        declared = node.field("declarator")
        name = name or (declared.field("name") if declared is not None else None)
    if node.kind() == "jsx_attribute":
        name = next(iter(node.named_children()), None)
    if node.kind() == "short_var_declaration" and (left := node.field("left")) is not None:
        names = left.named_children()
        name = names[0] if len(names) == 1 else None
    return text_of(name).strip("'\"")


def callee(call: SgNode) -> SgNode | None:
    """Return what ``call`` calls; None without one.

    The grammar of TypeScript reads ``await f<T>(x)`` as a call of ``await f``.
    """
    called = field(call, "function", "constructor", "type")
    inner = called.named_children() if called is not None and awaits_callee(call) else []
    return inner[0] if inner else called


def awaits_callee(call: SgNode) -> bool:
    """Tell whether ``await`` stands within a call, before what it calls."""
    called = call.field("function") if call.kind() == "call_expression" else None
    return called is not None and called.kind() == "await_expression"


def callee_text(call: SgNode) -> str:
    """Return what ``call`` calls as it is written, ``?.`` and line breaks aside."""
    if call.kind() == "method_invocation":
        owner, name = call.field("object"), text_of(call.field("name"))
        return f"{_flat(text_of(owner))}.{name}" if owner is not None else name
    return _flat(text_of(callee(call)))


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("?.", ".")


def call_name(call: SgNode) -> str:
    """Return the last name of what ``call`` calls: ``get`` for ``cache.get(…)``."""
    return re.split(r"[.:]", callee_text(call))[-1]


def arguments(call: SgNode) -> list[SgNode]:
    """Return the arguments of a call, comments left out."""
    given = call.field("arguments")
    if given is not None and given.kind() == "generator_expression":
        return [given]
    named = given.named_children() if given is not None else []
    return [one for one in named if "comment" not in one.kind()]


def statement_of(node: SgNode, language: Language) -> SgNode:
    """Return the statement that ``node`` belongs to: a child of a block or of the file."""
    current = node
    for outer in node.ancestors():
        if outer.kind() in language.blocks:
            return current
        current = outer
    return current


def function_around(node: SgNode, language: Language) -> SgNode | None:
    """Return the innermost function around ``node``; None without one."""
    return next((one for one in node.ancestors() if one.kind() in language.functions), None)


def body_of(function: SgNode) -> SgNode | None:
    """Return the block or expression that a function does; None without one."""
    return field(function, "body")


def parameters(function: SgNode) -> list[SgNode]:
    """Return the parameters of a function, separators left out."""
    single = function.field("parameter")
    if single is not None:
        return [single]
    listed = function.field("parameters")
    return [one for one in listed.named_children() if "comment" not in one.kind()] if listed else []


def parameter_name(parameter: SgNode) -> str:
    """Return the name that a parameter binds; its text for a pattern."""
    name = field(parameter, "pattern", "name", "left")
    if name is None and parameter.kind() in {"typed_parameter", "dictionary_splat_pattern"}:
        name = next(iter(parameter.named_children()), None)
    return text_of(name if name is not None else parameter)


def is_async(function: SgNode) -> bool:
    """Tell whether a function is marked ``async``."""
    return any(one.kind() == "async" for one in function.children())


def owner_of(node: SgNode, language: Language) -> SgNode | None:
    """Return the class around ``node``; None without one."""
    return next((one for one in node.ancestors() if one.kind() in language.classes), None)


def declarations(root: SgNode, name: str, language: Language) -> list[SgNode]:
    """Return what declares ``name`` (or ``Class.member``) below ``root``.

    A function that a variable holds is found as the variable's declarator.
    """
    owner, _, bare = name.rpartition(".")
    nodes = []
    for one in _declaring(root, bare.lstrip("#"), language):
        if owner and not _owned(one, owner.rpartition(".")[2], language):
            continue
        if one.kind() in {"assignment_expression", "assignment_statement"}:
            continue
        if one.kind() == "variable_declarator" and _is_java_field(one):
            continue  # the field's declaration is found already
        nodes.append(one)
    if language.python:
        first: dict[int, SgNode] = {}
        for one in nodes:
            around = function_around(one, language)
            home = start(around) if around is not None else -1
            if one.kind() == "assignment" and home in first:
                continue
            first.setdefault(home if one.kind() == "assignment" else ~start(one), one)
        nodes = sorted(first.values(), key=start)
    return nodes


def _declaring(scope: SgNode, bare: str, language: Language) -> Sequence[SgNode]:
    """Return the nodes below ``scope`` that may declare ``bare``; a file is gone through once."""
    if scope.parent() is None:
        return _by_name(scope, language).get(bare, ())
    kinds = _declaring_kinds(language)
    return [one for one in of_kinds(scope, kinds, language) if name_of(one).lstrip("#") == bare]


@lru_cache(maxsize=16384)
def names_declared(language: Language, text: str) -> frozenset[str]:
    """Return the names for which ``declarations`` may find something in ``text``."""
    return frozenset(_by_name(parse(language, text), language))


@lru_cache(maxsize=256)
def _by_name(root: SgNode, language: Language) -> dict[str, list[SgNode]]:
    nodes: dict[str, list[SgNode]] = {}
    for one in of_kinds(root, _declaring_kinds(language), language):
        nodes.setdefault(name_of(one).lstrip("#"), []).append(one)
    return nodes


@lru_cache(maxsize=16)
def _declaring_kinds(language: Language) -> frozenset[str]:
    return (
        language.functions
        | language.classes
        | language.types
        | language.assignments
        | language.fields
    )


def bearers(root: SgNode, name: str, language: Language) -> list[SgNode]:
    """Return what declares ``name``, else the functions that a property of that name is given.

    ``exports.name = …``, ``Model.methods.name = function …`` and ``name: async () => …`` in an
    object bear a name without declaring one.
    """
    nodes = declarations(root, name, language)
    typed = all(one.kind() == "property_signature" for one in nodes)  # a type has no body
    if not language.script or not typed:
        return nodes
    owner, _, bare = name.rpartition(".")
    given = []
    for one in of_kinds(root, ("assignment_expression", "pair")):
        value = value_of(one)
        if value is None or held_function(value, language) is None:
            continue
        spelled = name_of(one)
        if spelled.rpartition(".")[2] != bare or (one.kind() != "pair" and "." not in spelled):
            continue
        last = owner.rpartition(".")[2]
        if not last or last in spelled.split(".")[:-1] or _owned(one, last, language):
            given.append(one)
    return given or nodes


def held_function(value: SgNode, language: Language) -> SgNode | None:
    """Return the function that ``value`` is, or that it hands to the one call that it is."""
    if value.kind() in language.functions:
        return value
    if value.kind() not in language.calls:
        return None
    handed = [one for one in arguments(value) if one.kind() in language.functions]
    return handed[0] if len(handed) == 1 else None


def _is_java_field(node: SgNode) -> bool:
    parent = node.parent()
    return parent is not None and parent.kind() == "field_declaration"


def _owned(node: SgNode, owner: str, language: Language) -> bool:
    around = next(
        (one for one in node.ancestors() if one.kind() in language.classes | language.types), None
    )
    if around is not None and name_of(around) == owner:
        return True
    holder = next((one for one in node.ancestors() if one.kind() == "variable_declarator"), None)
    receiver = node.field("receiver")
    return (holder is not None and name_of(holder) == owner) or (
        receiver is not None and bool(re.search(rf"\b{re.escape(owner)}\b", receiver.text()))
    )


def whole(node: SgNode) -> SgNode:
    """Return a declaration with what wraps it: ``export``, ``const``, decorators."""
    outer = node
    parent = node.parent()
    while parent is not None and (
        parent.kind() in {"export_statement", "decorated_definition"}
        or (
            parent.kind() in {"lexical_declaration", "variable_declaration", "expression_statement"}
            and len(parent.named_children()) == 1
        )
    ):
        outer, parent = parent, parent.parent()
    return outer


def value_of(declared: SgNode) -> SgNode | None:
    """Return the value that a declaration, a pair or an assignment gives to its name, or None."""
    if declared.kind() == "jsx_attribute":
        return next(iter(declared.named_children()[1:]), None)
    return field(declared, "value", "right")


def string_of(node: SgNode) -> str:
    """Return what a string literal says, escapes as written."""
    inner = [one for one in node.children() if one.kind() in {"string_fragment", "string_content"}]
    if inner:
        return "".join(one.text() for one in inner)
    text = node.text()
    return text[1:-1] if text[:1] in {'"', "'", "`"} else text
