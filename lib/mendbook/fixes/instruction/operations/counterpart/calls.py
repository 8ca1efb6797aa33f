"""The call, the method or the chain of the evidence that written code mends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.operations.counterpart.quoted_code import is_in_quotes, write_over
from mendbook.fixes.instruction.operations.counterpart.tested import whole_if_for
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import is_broken, parse
from mendbook.fixes.instruction.tree.syntax import (
    call_name,
    callee,
    callee_text,
    end,
    field,
    of_kinds,
    outermost,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced


def call_for(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``f(…)``: the call of the same function that the evidence quotes, with other arguments."""
    inner = f"async def _():\n    {text}" if scene.language.python else f"async () => {{ {text} }}"
    if re.match(r"(?:if|for|while|with)\b", text) or is_broken(scene.language, inner):
        return None
    root = parse(scene.language, text)
    top = next(iter(root.named_children()), None)
    while top is not None and top.kind() in {"expression_statement", "await_expression", "await"}:
        top = next(iter(top.named_children()), None)
    if top is None or top.kind() not in scene.language.calls:
        return None
    name = callee_text(top)
    calls = [one for one in is_in_quotes(scene, scene.language.calls) if callee_text(one) == name]
    calls = outermost(calls)
    if len(calls) != 1 or top.kind() != calls[0].kind():
        return None
    node = calls[0]
    holder = node.parent()
    if text.startswith("await ") and holder is not None and holder.kind() in _AWAITS:
        node = holder
    elif text.startswith("new ") and node.kind() != "new_expression":
        return None
    return write_over(scene, node, text)


_AWAITS = {"await_expression", "await"}


def method_for(scene: Scene, text: str, others: Sequence[Fragment]) -> tuple[SgNode, Edit] | None:
    """``slice(0, 3)``: another method for the one that the text names and the evidence calls."""
    head = re.fullmatch(r"\.?([a-z_$][\w$]*)\((.*)\)", text, re.DOTALL)
    if head is None or not others or _is_own(scene, head[1]):
        return None
    named = {one.bare.strip(".?").rpartition(".")[2] for one in others}
    calls = [
        one
        for one in _calls_in_quotes(scene)
        if call_name(one) in named - {head[1]} and "." in callee_text(one)
    ]
    if len(calls) != 1:
        return None
    label = field(callee(calls[0]) or calls[0], "property", "attribute")
    listed = calls[0].field("arguments")
    if label is None or listed is None:
        return None
    given = scene.text[start(listed) + 1 : end(listed) - 1].strip()
    spelled = [one for one in others if squeezed(one.text).endswith(squeezed(f"({given})"))]
    if given and not head[2].strip() and not spelled:
        return calls[0], replaced(label, head[1])
    new = quoted_as_here(scene, f"{head[1]}({head[2]})")
    return calls[0], Edit(start(label), end(calls[0]), new)


def _is_own(scene: Scene, name: str) -> bool:
    """Tell whether the file calls ``name`` as a function of its own or an imported one."""
    return any(callee_text(one) == name for one in of_kinds(scene.root, scene.language.calls))


def _calls_in_quotes(scene: Scene) -> list[SgNode]:
    """Return the calls whose method or function stands in what the evidence quotes."""
    return [
        one
        for one in of_kinds(scene.root, scene.language.calls)
        if (target := callee(one)) is not None
        and any(
            first <= start(field(target, "property", "attribute") or target) < last
            for first, last in scene.quotes
        )
    ]


def chain_for(scene: Scene, text: str) -> tuple[SgNode, Edit] | None:
    """``a?.b``: the same expression, which may now be missing on the way."""
    if "?." not in text or not scene.language.script:
        return None
    wanted = squeezed(text.replace("?.[", "[").replace("?.(", "(").replace("?.", "."))
    kinds = scene.language.calls | {"member_expression", "subscript_expression"}
    chains = [one for one in is_in_quotes(scene, kinds) if squeezed(one.text()) == wanted]
    if len(chains) != 1:
        return None
    owner = squeezed(text.split("?.")[0])
    for outer in chains[0].ancestors():
        if outer.kind() == "if_statement" and (
            squeezed(text_of(outer.field("condition"))).strip("()") == owner
        ):
            return whole_if_for(outer, chains[0], text)
    return write_over(scene, chains[0], text)
