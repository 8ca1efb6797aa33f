"""Tell a plain value from an object where a call is written out, by declarations that can be seen.

No types are inferred beyond literals, annotated parameters and members of declared interfaces:
what is not seen fits.
"""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.tree.language import Language
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    callee_text,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    text_of,
)

_PLAIN = {"string", "number", "boolean", "bigint"}
_LITERALS = {
    "string": "string",
    "template_string": "string",
    "number": "number",
    "true": "boolean",
    "false": "boolean",
    "object": "object",
    "array": "array",
}
_OBJECT = "object"


def unlike_argument(call: SgNode, function: SgNode, language: Language) -> str:
    """Return which argument of ``call`` cannot be what ``function`` takes; empty where all may be.

    For TypeScript only; ``function`` is the declaration that the call is known to mean.
    """
    if language.name not in {"typescript", "tsx"}:
        return ""
    listed = [one for one in parameters(function) if text_of(one.field("pattern")) != "this"]
    home = _root(function)
    for given, wanted in zip(arguments(call), listed, strict=False):
        told = _declared_kind(wanted, home)
        kind = _kind_of(given)
        if told and kind and told != kind:
            said = given.text() if len(given.text()) < _SHORT else f"{given.text()[:_SHORT]}…"
            return f"{callee_text(call)} takes {_title(wanted)}, and `{said}` is a {kind}"
    return ""


_SHORT = 40


def _title(parameter: SgNode) -> str:
    return f"`{' '.join(parameter.text().split())}`"


def _root(node: SgNode) -> SgNode:
    return next(reversed(list(node.ancestors())), node)


def _annotation(node: SgNode) -> str:
    annotation = next((one for one in node.children() if one.kind() == "type_annotation"), None)
    return re.sub(r"^:\s*", "", text_of(annotation)).strip()


def _declared_kind(parameter: SgNode, root: SgNode) -> str:
    """Return the kind of value that a parameter is declared as; empty where it is not seen."""
    return _kind_named(_annotation(parameter), root)


def _kind_named(annotation: str, root: SgNode) -> str:
    if annotation in _PLAIN:
        return annotation
    if re.fullmatch(r"[\w.]+\[\]|(?:Readonly)?Array<[^|&]*>", annotation):
        return "array"
    if re.fullmatch(r"[A-Z]\w*", annotation) and _is_object(annotation, root):
        return _OBJECT
    return ""


def _is_object(name: str, root: SgNode) -> bool:
    for one in of_kinds(root, ("interface_declaration", "type_alias_declaration")):
        if name_of(one) == name:
            value = one.field("value")
            return value is None or value.kind() == "object_type"
    return False


def _kind_of(given: SgNode) -> str:
    """Return what an argument surely is: by its literal, or by what its name is declared as."""
    if given.kind() in _LITERALS:
        return _LITERALS[given.kind()]
    if given.kind() == "identifier":
        declared = _parameter(given, given.text())
        return _kind_named(_annotation(declared), _root(given)) if declared is not None else ""
    owner, member = given.field("object"), given.field("property")
    if given.kind() != "member_expression" or owner is None or member is None:
        return ""
    holder = _parameter(given, owner.text())
    if holder is None:
        return ""
    for one in of_kinds(_root(given), ("interface_declaration", "type_alias_declaration")):
        if name_of(one) == _annotation(holder):
            for each in of_kinds(one, ("property_signature",)):
                if name_of(each) == member.text():
                    return _kind_named(_annotation(each), _root(given))
    return ""


def _parameter(at: SgNode, name: str) -> SgNode | None:
    """Return the parameter called ``name`` of a function around ``at`` that nothing shadows."""
    for one in at.ancestors():
        listed = one.field("parameters")
        if listed is None:
            continue
        if re.search(rf"\b(?:const|let|var)\s+{re.escape(name)}\b", one.text()):
            return None
        for each in parameters(one):
            if parameter_name(each) == name:
                return each
    return None
