"""Parse TypeScript and JavaScript into ast-grep (tree-sitter) nodes, and name what is around one.

Node ranges are 0-based lines and columns, and character (not byte) offsets into the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code.components import is_component, script_of
from mendbook.code.minified import is_minified
from mendbook.code.parsed import root_of

LANGUAGES = {
    ".ts": "typescript",
    ".mts": "typescript",
    ".cts": "typescript",
    ".tsx": "tsx",
    ".js": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
    ".jsx": "javascript",
}
FUNCTIONS = frozenset(
    {
        "function_declaration",
        "generator_function_declaration",
        "function_expression",
        "generator_function",
        "arrow_function",
        "method_definition",
    }
)
CLASSES = frozenset({"class_declaration", "abstract_class_declaration", "class"})
FIELDS = frozenset({"public_field_definition", "field_definition"})
WRAPPERS = frozenset(
    {
        "await_expression",
        "as_expression",
        "satisfies_expression",
        "parenthesized_expression",
        "non_null_expression",
    }
)
"""Expressions that hand on the value inside them."""
MODULE = "module"
"""The name of what encloses code at the top level."""
_LONGEST_TITLE = 60


@lru_cache(maxsize=65536)
def is_source(path: str) -> bool:
    """Tell whether ``path`` is TypeScript or JavaScript by its suffix."""
    return _suffix(path) in LANGUAGES


@lru_cache(maxsize=65536)
def holds_code(path: str) -> bool:
    """Tell whether ``path`` is source, or a component whose script can be read."""
    return is_source(path) or is_component(path)


def is_untyped(path: str) -> bool:
    """Tell whether ``path`` is JavaScript, whose trees have no nodes for types."""
    return LANGUAGES.get(_suffix(path)) == "javascript"


def parse(path: str, text: str) -> SgNode:
    """Return the root node of ``text``, in the language that the suffix of ``path`` names.

    Tree-sitter never refuses: what it cannot parse is an ``ERROR`` node. Minified code is read as
    empty. Of a component its script is read, with the expressions of its markup where these are
    understood.
    """
    if is_source(path):
        # no person's code is in it, and each place in a line of its length costs the whole line
        return root_of(LANGUAGES[_suffix(path)], "" if is_minified(path, text) else text)
    language = "tsx" if path.endswith((".astro", ".mdx")) else "typescript"
    whole = root_of(language, script_of(path, text))
    if whole.find(kind="ERROR") is None:
        return whole
    return root_of(language, script_of(path, text, template=False))


_ITEMS = {
    *("object", "object_pattern", "named_imports", "export_clause"),
    *("arguments", "formal_parameters"),
}
"""Lists of scripts in which nothing between two commas is an error; in an array it is a hole."""


def is_left_out(node: SgNode) -> bool:
    """Tell whether ``node`` is a comma with no item before it.

    Tree-sitter takes it in every list, compilers in arrays only.
    """
    parent = node.parent() if node.kind() == "," else None
    if parent is None or parent.kind() not in _ITEMS:
        return False
    before = node.prev()
    while before is not None and before.kind() == "comment":
        before = before.prev()
    return before is None or before.kind() in {",", "{", "("}


def node_at(root: SgNode, line: int, column: int) -> SgNode:
    """Return the smallest node that covers 0-based ``line`` and ``column``."""
    node, place = root, (line, column)
    while True:
        children, starts, ends = _laid_out(node)
        at = bisect_right(ends, place)
        if at == len(children) or starts[at] > place:
            return node
        node = children[at]


_Place = tuple[int, int]
"""A 0-based line and column."""


@lru_cache(maxsize=1024)
def _laid_out(node: SgNode) -> tuple[list[SgNode], list[_Place], list[_Place]]:
    """Return the children of ``node``, where each begins, and where it ends."""
    children = node.children()
    spans = [child.range() for child in children]
    starts = [(span.start.line, span.start.column) for span in spans]
    return children, starts, [(span.end.line, span.end.column) for span in spans]


def function_at(root: SgNode, line: int) -> SgNode | None:
    """Return the innermost function that a person would name around 0-based ``line``."""
    innermost = None
    for node in root.find_all(any=[{"kind": kind} for kind in sorted(FUNCTIONS)]):
        span = node.range()
        if span.start.line <= line <= span.end.line and function_name(node):
            innermost = node
    return innermost


def enclosing_function(node: SgNode) -> SgNode | None:
    """Return the innermost function around ``node`` that a person would name, or None."""
    return next(
        (at for at in node.ancestors() if at.kind() in FUNCTIONS and function_name(at)), None
    )


def enclosing_name(node: SgNode) -> str:
    """Return the name of the code around ``node`` as a person would say it.

    A method is ``Class.method``, an initialiser of a class's field is ``Class``, a callback given
    beside a title is ``on("cart:add")``, a function made by a call is the constant it is kept in,
    other callbacks are the function they stand in, and the top level is ``module``.
    """
    for ancestor in node.ancestors():
        kind = ancestor.kind()
        if kind in FUNCTIONS and (name := function_name(ancestor)):
            return name
        if kind in CLASSES and (name := _text(ancestor.field("name"))):
            return name
    return MODULE


def function_name(function: SgNode) -> str:
    """Return the name a person would give to ``function``; empty for a nameless callback."""
    if function.kind() == "method_definition":
        return _member_name(function)
    if name := _text(function.field("name")):
        return name
    holder = function.parent()
    while holder is not None and holder.kind() in WRAPPERS:
        holder = holder.parent()
    if holder is None:
        return ""
    kind = holder.kind()
    if kind == "variable_declarator":
        return _text(holder.field("name"))
    if kind == "pair" or kind in FIELDS:
        return _member_name(holder)
    if kind == "assignment_expression":
        return _text(holder.field("left"))
    if kind == "export_statement":
        return "default"
    return _callback_name(holder) if kind == "arguments" else ""


def callee_name(call: SgNode) -> str:
    """Return the last name of what ``call`` calls: ``on`` for ``socket.on(…)``, or empty."""
    callee = call.field("function") or call.field("constructor")
    if callee is None:
        return ""
    return _text(callee.field("property")) or (
        callee.text() if callee.kind() in {"identifier", "super", "import"} else ""
    )


def calls_of(root: SgNode) -> list[SgNode]:
    """Return every call in the tree, in file order."""
    return root.find_all(kind="call_expression")


def string_value(node: SgNode | None) -> str | None:
    """Return the text of a string literal without its quotes, or None for anything else."""
    kind = node.kind() if node is not None else ""
    if node is None or kind not in {"string", "template_string"}:
        return None
    if kind == "template_string" and node.find(kind="template_substitution") is not None:
        return None
    return node.text()[1:-1]


def unquoted(name: str) -> str:
    """Return a member's name without the quotes it may be written in."""
    return name[1:-1] if name[:1] in {"'", '"'} else name


def arguments_of(call: SgNode) -> list[SgNode]:
    """Return the arguments of ``call`` or ``new``, comments left out."""
    given = call.field("arguments")
    named = given.named_children() if given is not None else []
    return [node for node in named if node.kind() != "comment"]


def _suffix(path: str) -> str:
    name, dot, ending = path.rpartition("/")[2].rpartition(".")
    return dot + ending if name else ""


def _callback_name(arguments: SgNode) -> str:
    call = arguments.parent()
    if call is None:
        return ""
    if name := _kept_name(call):
        return name
    title = string_value(next(iter(arguments_of(call)), None))
    callee = callee_name(call)
    if title is None or not callee:
        return ""
    shown = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"
    return f'{callee}("{" ".join(shown.split())}")'


def _kept_name(call: SgNode) -> str:
    """Return the module constant or class field that the value of ``call`` is kept in."""
    for holder in _above(call):
        kind = holder.kind()
        if kind in FIELDS:
            return _member_name(holder)
        if kind == "variable_declarator":
            statement = holder.parent()
            home = statement.parent() if statement is not None else None
            top = home is not None and home.kind() in {"program", "export_statement"}
            return _text(holder.field("name")) if top else ""
        if kind not in WRAPPERS | {"arguments", "call_expression"}:
            return ""
    return ""


def _above(node: SgNode) -> Iterator[SgNode]:
    parent = node.parent()
    while parent is not None:
        yield parent
        parent = parent.parent()


def _member_name(member: SgNode) -> str:
    name = _text(member.field("name") or member.field("key") or member.field("property"))
    body = member.parent()
    home = body.parent() if body is not None else None
    if home is None or not name:
        return name
    owner = ""
    if home.kind() in CLASSES or home.kind() == "variable_declarator":
        owner = _text(home.field("name"))
    return f"{owner}.{name}" if owner else name


def _text(node: SgNode | None) -> str:
    return node.text() if node is not None else ""
