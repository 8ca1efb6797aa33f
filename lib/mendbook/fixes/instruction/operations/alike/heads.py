"""The head of the same function, the decorator of the same name."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.operations.alike.swap import Swap, swap_of
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.tree.language import parse
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    start,
)


def signature_swap(scene: Scene, code: str) -> Swap | None:
    """``f(self, x: T) -> R``: the head of the function f, which has the same parameters."""
    if not scene.language.python:
        return None
    head = re.fullmatch(r"(?:async\s+)?(?:def\s+)?"
                        r"(?P<rest>(?P<name>\w+)\(.*\)(?:\s*->\s*[^:]+)?):?",
                        code, re.DOTALL)  # fmt: skip
    parsed = parse(scene.language, f"def {head['rest']}: ...") if head is not None else None
    new = (
        next(iter(of_kinds(parsed, ("function_definition",))), None) if parsed is not None else None
    )
    if head is None or new is None or (":" not in head["rest"] and "->" not in head["rest"]):
        return None
    functions = [one for one in around(scene) if name_of(one) == head["name"]]
    if len(functions) != 1 or body_of(functions[0]) is None:
        return None
    old = functions[0]
    if [parameter_name(one) for one in parameters(old)] != [
        parameter_name(one) for one in parameters(new)
    ]:
        return None
    label, colon = old.field("name"), colon_of(old)
    if label is None or colon is None:
        return None
    return (scene.text[start(label) : start(colon)], head["rest"],
            [Edit(start(label), start(colon), head["rest"])])  # fmt: skip


def colon_of(function: SgNode) -> SgNode | None:
    """Return the colon that ends the head of a Python function or clause; None without one."""
    return next((one for one in function.children() if one.kind() == ":"), None)


def decorator_swap(scene: Scene, code: str) -> Swap | None:
    """``@dataclass(frozen=True)``: the decorator of that name, with other arguments."""
    name = re.match(r"@[\w.]+", code)
    kinds = ("decorator", "annotation", "marker_annotation")
    decorators = [
        one
        for one in of_kinds(scene.root, kinds)
        if name is not None
        and re.match(r"@[\w.]+", one.text()) is not None
        and (re.match(r"@[\w.]+", one.text()) or name)[0] == name[0]
        and touches_quote(scene, one)
    ]
    return swap_of(scene, decorators, code)
