"""Tell an effect that would never rest: it waits for a state, and sets it anew each time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code import trees
from mendbook.code.functions import FUNCTIONS, inside, within
from mendbook.code.search import find_all

_EFFECT = r"^(?:React\.)?use(?:Layout|Insertion)?Effect\("
_STATE = re.compile(
    r"\[\s*(?P<name>[\w$]+)\s*,\s*(?P<set>[\w$]+)\s*\]\s*=\s*(?:React\.)?use(?:State|Reducer)\b"
)
_LATER = re.compile(
    r"\.(?:addEventListener|on|once|subscribe|observe|listen)$|^set(?:Timeout|Interval)$"
    r"|^requestAnimationFrame$"
)
_RESTS = re.compile(r"(?:-?\d[\w.]*|true|false|null|undefined|''|\"\"|'[^']*'|\"[^\"]*\")")
_HOLDS_BACK = {
    *("if_statement", "ternary_expression", "switch_statement", "binary_expression"),
    "return_statement",
}


def endless_effect(path: str, before: str | None, after: str | None) -> str:
    """Return what is wrong with an effect of ``after`` that was not so ``before``; else nothing.

    Only what is set whenever the effect runs counts: what a condition holds back, what a listener
    or a timer does, and a plain value, which is the same the next time, let it come to rest.
    """
    if not trees.is_source(path) or not after or "Effect(" not in after:
        return ""
    known = set(_endless(path, before)) if before else set()
    new = next((name for name in _endless(path, after) if name not in known), "")
    return (
        f"the effect sets {new} each time it runs: waiting for {new}, it would never rest"
        if new
        else ""
    )


def _endless(path: str, text: str) -> Iterator[str]:
    setters = {match["name"]: match["set"] for match in _STATE.finditer(text)}
    if not setters:
        return
    for hook in find_all(trees.parse(path, text), "call_expression", regex=_EFFECT):
        given = hook.field("arguments")
        parts = given.named_children() if given is not None else []
        if len(parts) != 2 or parts[0].kind() not in FUNCTIONS or parts[1].kind() != "array":
            continue
        for name in (one.text() for one in parts[1].named_children()):
            if name in setters and any(
                _is_always(call, parts[0]) for call in _calls(parts[0], setters[name])
            ):
                yield name


def _calls(function: SgNode, setter: str) -> list[SgNode]:
    return find_all(function, "call_expression", regex=rf"^{re.escape(setter)}\(")


def _is_always(call: SgNode, effect: SgNode) -> bool:
    """Tell whether a call is made, with a new value, whenever the effect runs."""
    given = call.field("arguments")
    values = given.named_children() if given is not None else []
    if len(values) == 1 and _RESTS.fullmatch(values[0].text()):
        return False
    for outer in call.ancestors():
        if inside(effect, outer):
            break
        if outer.kind() in _HOLDS_BACK:
            return False
        named = outer.field("function") if outer.kind() == "call_expression" else None
        if named is not None and _LATER.search(named.text()):
            return False
    leaves = find_all(effect, "return_statement")
    return not any(
        within(one, "if_statement") and one.range().start.index < call.range().start.index
        for one in leaves
    )
