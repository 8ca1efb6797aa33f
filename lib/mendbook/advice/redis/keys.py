"""What a Redis key is: its pattern through constants and key functions, and its hash tag."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.advice.production_code import bare, in_order
from mendbook.advice.values import Reader
from mendbook.code.functions import parameters
from mendbook.code.module_text import Module, imported
from mendbook.code.modules import resolve
from mendbook.code.search import find_all
from mendbook.code.trees import arguments_of, callee_name

_DEPTH = 4
_PARTS = 8
"""Unknown parts of one key that are followed; code with more is not a key."""
_HOLE = re.compile(r"\$\{[^{}]*\}")


def pattern(reader: Reader, module: Module, node: SgNode, depth: int = _DEPTH) -> str:
    """Return the key that ``node`` comes to, with what is unknown as ``${…}``: ``room:${id}:a``."""
    value = reader.value(module, node)
    module, node = value.module, value.node
    kind = node.kind()
    if depth == 0 or value.setting is not None:
        return _hole(node.text())
    if kind == "string":
        return node.text()[1:-1]
    if kind == "template_string":
        return _template(reader, module, node, depth)
    if kind == "call_expression":
        return _from_key_function(reader, module, node, depth)
    if kind == "binary_expression":
        sides = [node.field("left"), node.field("right")]
        return "".join(pattern(reader, module, one, depth - 1) for one in sides if one is not None)
    return _hole(node.text())


def _hole(text: str) -> str:
    inner = re.sub(r"[{}]", "", " ".join(text.split()))
    return f"${{{inner}}}"


def _template(reader: Reader, module: Module, node: SgNode, depth: int) -> str:
    text, first = node.text(), node.range().start.index
    holes = in_order(find_all(node, "template_substitution"))
    if len(holes) > _PARTS:
        return _hole(text)
    for hole in reversed(holes):
        inner = hole.named_children()
        span = hole.range()
        said = pattern(reader, module, inner[0], depth - 1) if inner else ""
        text = text[: span.start.index - first] + said + text[span.end.index - first :]
    return text[1:-1]


def _from_key_function(reader: Reader, module: Module, call: SgNode, depth: int) -> str:
    """Return the key that a key function makes, its parameters replaced by the arguments."""
    home, function = _function(reader, module, callee_name(call), depth)
    result = _result(function) if function is not None else None
    if home is None or function is None or result is None:
        return _hole(call.text())
    known = pattern(reader, home, result, depth - 1)
    for name, given in zip(parameters(function)[:_PARTS], arguments_of(call), strict=False):
        known = known.replace(f"${{{name}}}", pattern(reader, module, given, depth - 1))
    return known


def _function(
    reader: Reader, module: Module, name: str, depth: int
) -> tuple[Module | None, SgNode | None]:
    """Return the function called ``name`` in ``module`` or imported there."""
    for node in find_all(module.root, "function_declaration", "method_definition"):
        label = node.field("name")
        if label is not None and label.text() == name:
            return module, node
    for holder in find_all(module.root, "variable_declarator"):
        label, value = holder.field("name"), holder.field("value")
        if label is not None and value is not None and label.text() == name:
            is_function = value.kind() in {"arrow_function", "function_expression"}
            return (module, value) if is_function else (None, None)
    origin = imported(module, name)
    target = resolve(reader.code.snapshot, module.path, origin.specifier) if origin else None
    home = reader.code.module(target) if target and depth else None
    if origin is None or home is None:
        return None, None
    return _function(reader, home, origin.imported, depth - 1)


def _result(function: SgNode) -> SgNode | None:
    """Return what ``function`` returns when that is one expression."""
    block = function.field("body")
    if block is None or block.kind() != "statement_block":
        return bare(block) if block is not None else None
    returns = find_all(block, "return_statement")
    inner = returns[0].named_children() if len(returns) == 1 else []
    return bare(inner[0]) if inner else None


def slot(key: str) -> str:
    """Return what a cluster hashes of ``key``: its hash tag, or all of it."""
    return hash_tag(key) or key


def hash_tag(key: str) -> str:
    """Return the text in the first braces of ``key``; empty when it has none."""
    match = re.search(r"\{([^{}]+)\}", _HOLE.sub(lambda hole: f"\0{hole[0][2:-1]}\0", key))
    return match[1] if match else ""


def shape(key: str) -> str:
    """Return ``key`` with each unknown part as ``*``, so that uses of one family are the same."""
    return _HOLE.sub("*", key)
