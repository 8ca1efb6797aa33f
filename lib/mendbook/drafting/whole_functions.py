"""Answers as whole functions: each takes the place of the one of its name in its file."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.tokens import tree_of, words
from mendbook.drafting.named_path import named_path
from mendbook.drafting.shown_text import ShownTree
from mendbook.errors import PatchError
from mendbook.text.plain import one_line

_FENCE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)\n(?P<code>.*?)^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_FUNCTIONS = frozenset(
    {"function_declaration", "generator_function_declaration", "method_definition"}
    | {"function_definition", "method_declaration", "constructor_declaration", "function_item"}
    | {"method", "singleton_method", "class_declaration", "class_definition"}
    | {"abstract_class_declaration", "interface_declaration", "type_alias_declaration"}
)
_WRAPPERS = frozenset({"export_statement", "decorated_definition"})
_HELD = frozenset({"lexical_declaration", "variable_declaration"})
_BESIDE = frozenset(
    {"import_statement", "import_from_statement", "import_declaration", "use_declaration"}
    | {"comment", "line_comment", "block_comment", "package_clause", ";", "hash_bang_line"}
)
_CLASS = "class Holder {{\n{code}\n}}"


@dataclass(frozen=True, slots=True)
class _Definition:
    name: str
    node: SgNode
    """The definition itself."""
    outer: SgNode
    """With the export or the decorators around it."""


def functions_in(answer: str, paths: Sequence[str], tree: ShownTree) -> dict[str, str]:
    """Return the texts, as shown, in which the functions of ``answer`` stand.

    A fenced block below the path of a file holds whole functions or classes of it; one below a path
    that is new is a whole file. Raises ``PatchError`` where a block fits no file.
    """
    texts: dict[str, str] = {}
    before = 0
    for match in _FENCE.finditer(answer):
        lead = f"{answer[before : match.start()]}\n{match['info']}"
        path = named_path(lead, tree) or (paths[0] if len(paths) == 1 else "")
        before = match.end()
        if not path or tree_of(path, "") is None:
            continue
        text = texts[path] if path in texts else tree.get(path)
        texts[path] = match["code"] if text is None else _replaced(path, text, match["code"])
    return texts


def _replaced(path: str, text: str, code: str) -> str:
    for new in _given(path, textwrap.dedent(code), text):
        text = _with_definition(path, text, new)
    return text


def _given(path: str, code: str, text: str) -> list[_Definition]:
    """Return the definitions of a block; raise where it holds other code."""
    for source in (code, _CLASS.format(code=code)):
        root = tree_of(path, source)
        if root is None or root.find(kind="ERROR") is not None:
            continue
        holder = next((one for one in root.children() if one.kind() == "class_declaration"), None)
        inside = source is not code and holder is not None
        top = (holder.field("body") or holder).named_children() if inside and holder else []
        nodes = top or root.children()
        definitions = [each for node in nodes if (each := _defined(node)) is not None]
        others = [node for node in nodes if _defined(node) is None]
        if definitions and all(_stands(path, text, node) for node in others):
            return definitions
    said = "a block of code is neither whole functions of"
    raise PatchError(f"{said} {one_line(path, 120)} nor search/replace; say what it replaces")


def _stands(path: str, text: str, node: SgNode) -> bool:
    """Tell whether what is no definition says nothing new: a comment, an import that is there."""
    if not node.text().strip():
        return True
    if "import" not in node.kind() and "use_" not in node.kind():
        return node.kind() in _BESIDE
    wanted = " ".join(words(path, node.text()))
    return wanted in " ".join(words(path, text))


def _defined(node: SgNode) -> _Definition | None:
    inner = node
    if node.kind() in _WRAPPERS:
        kinds = _FUNCTIONS | _HELD
        inner = next((one for one in node.children() if one.kind() in kinds), node)
    if inner.kind() in _HELD:
        held = [one for one in inner.named_children() if one.kind() == "variable_declarator"]
        label = held[0].field("name") if len(held) == 1 else None
        value = held[0].field("value") if len(held) == 1 else None
        is_function = value is not None and "function" in value.kind()
        return _Definition(label.text(), inner, node) if label and is_function else None
    label = inner.field("name") if inner.kind() in _FUNCTIONS else None
    return _Definition(label.text(), inner, node) if label is not None else None


def _definitions(root: SgNode) -> Iterator[_Definition]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        definition = _defined(node)
        if definition is not None:
            yield definition
        below = definition.node if definition is not None else node
        waiting.extend(below.children())


def _with_definition(path: str, text: str, new: _Definition) -> str:
    root = tree_of(path, text)
    same = [one for one in _definitions(root) if one.name == new.name] if root is not None else []
    if len(same) != 1:
        many = f"{len(same)} definitions" if same else "no definition"
        raise PatchError(f"{one_line(path, 120)} has {many} called {one_line(new.name, 60)}")
    (old,) = same
    both = new.outer is not new.node and old.outer is not old.node
    place, code = (old.outer, new.outer.text()) if both else (old.node, new.outer.text())
    span = place.range()
    start, stop = span.start.index, span.end.index
    line = text[text.rfind("\n", 0, start) + 1 : start]
    code = textwrap.dedent(" " * new.outer.range().start.column + code)
    indented = textwrap.indent(code, line if not line.strip() else "").lstrip(" \t")
    return text[:start] + indented + text[stop:]
