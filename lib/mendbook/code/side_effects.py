"""Whether declaring something does more than declare it: calls, decorators, registrations."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.search import find_all
from mendbook.code.trees import FUNCTIONS

_WORK = (
    "call_expression",
    "new_expression",
    "await_expression",
    "assignment_expression",
    "augmented_assignment_expression",
    "update_expression",
    "yield_expression",
)
_PURE_CALLS = re.compile(
    r"(?:z|yup|Joi|joi|v|t|S|Type|Schema|zod|Object|Array|Math|Number|String|Boolean|JSON|Symbol"
    r"|BigInt|path|url|styled|css|keyframes|StyleSheet|Intl|React|_|lodash|R)(?:\.\w+|\(.*\))*"
    r"|parseInt|parseFloat|Number|String|Boolean|Symbol|BigInt|join|resolve|fileURLToPath"
    r"|createContext|forwardRef|memo|lazy|cva|css|keyframes|styled|defineComponent|promisify"
    r"|createSelector|tv|ref|computed|atom|defineMessages|freeze|require"
)
_PURE_MADE = re.compile(
    r"(?:Weak)?(?:Map|Set)|RegExp|Date|URL|URLSearchParams|Error|Array|Object|Intl\.\w+"
    r"|\w*Error|TextEncoder|TextDecoder|U?Int(?:8|16|32)\w*Array|Float\w+Array|ArrayBuffer"
)
_TYPES = frozenset(
    {
        *("type_alias_declaration", "interface_declaration", "type_annotation", "type_arguments"),
        *("type_query", "type_parameters", "extends_type_clause", "implements_clause"),
    }
)
_CASTS = frozenset({"as_expression", "satisfies_expression"})
_LONGEST = 40


def decorators_of(node: SgNode) -> list[SgNode]:
    """Return the decorators of a class or a member, in order.

    Those of a method and of an exported class are its siblings; those of a field its children.
    """
    decorators = [child for child in node.children() if child.kind() == "decorator"]
    before = node.prev()
    while before is not None and before.kind() in {"decorator", "comment", "export", "default"}:
        if before.kind() == "decorator":
            decorators.insert(0, before)
        before = before.prev()
    return decorators


def effect_of(node: SgNode) -> str:
    """Return the code that runs when the declaration ``node`` is reached; nothing if none does.

    What stands inside functions runs when these are called; calls that are known to make a value
    and nothing else do not count.
    """
    for work in find_all(node, *_WORK):
        if _runs_later(work, node) or _is_pure(work):
            continue
        shown = " ".join(work.text().split())
        return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
    static = next(iter(find_all(node, "class_static_block")), None)
    return "static { … }" if static is not None else ""


def _runs_later(work: SgNode, node: SgNode) -> bool:
    """Tell whether reaching ``node`` does not run ``work``: of a function, a member, or a type."""
    first, inner = node.range().start.index, work
    for outer in work.ancestors():
        if outer.range().start.index < first:
            return False
        kind = outer.kind()
        if kind in FUNCTIONS or kind == "decorator":
            return True
        if kind in _TYPES or (kind in _CASTS and outer.named_children()[0] != inner):
            return True
        if kind in {"public_field_definition", "field_definition"}:
            return not any(child.kind() == "static" for child in outer.children())
        if outer == node:
            return False
        inner = outer
    return False


def _is_pure(work: SgNode) -> bool:
    text = work.field("function") or work.field("constructor")
    if work.kind() == "new_expression":
        return text is not None and bool(_PURE_MADE.fullmatch(text.text()))
    if work.kind() != "call_expression" or text is None:
        return False
    before = work.prev()
    if before is not None and before.kind() == "comment" and "PURE__" in before.text():
        return True
    head = re.sub(r"<.*?>|\s+", "", text.text())
    return bool(_PURE_CALLS.fullmatch(head)) or _is_chained(text)


def _is_chained(callee: SgNode) -> bool:
    """Tell whether a method is called on the result of a pure call: ``z.string().min(1)``."""
    inner = callee.field("object")
    while inner is not None and inner.kind() == "member_expression":
        inner = inner.field("object")
    return inner is not None and inner.kind() == "call_expression" and _is_pure(inner)
