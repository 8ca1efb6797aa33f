"""Tell an effect that would never rest: it waits for what is new each time that it sets a state."""

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

    It waits for a state that it sets, or for an object that each render makes anew. Only what is
    set whenever the effect runs counts: what a condition holds back, what a listener or a timer
    does, and a plain value, which is the same the next time, let it come to rest.
    """
    if not trees.is_source(path) or not after or "Effect(" not in after:
        return ""
    known = {each for each, _ in _endless(path, before)} if before else set()
    return next((why for name, why in _endless(path, after) if name not in known), "")


def _endless(path: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield what an effect waits for in vain, and why."""
    setters = {match["name"]: match["set"] for match in _STATE.finditer(text)}
    if not setters:
        return
    for hook in find_all(trees.parse(path, text), "call_expression", regex=_EFFECT):
        given = hook.field("arguments")
        parts = given.named_children() if given is not None else []
        if len(parts) != 2 or parts[0].kind() not in FUNCTIONS or parts[1].kind() != "array":
            continue
        always = [name for name, setter in setters.items() if _sets(parts[0], setter)]
        for name in (one.text() for one in parts[1].named_children()):
            if name in always:
                said = f"the effect sets {name} each time it runs: waiting for {name}"
                yield name, f"{said}, it would never rest"
            elif always and _is_made_anew(hook, name):
                said = f"{name} is another one in each render, and the effect sets {always[0]}"
                yield name, f"{said}: waiting for {name}, it would never rest"


def _sets(effect: SgNode, setter: str) -> bool:
    """Tell whether an effect calls a setter, or hands it on to be called, whenever it runs."""
    handed = [
        one
        for one in find_all(effect, "identifier", regex=rf"^{re.escape(setter)}$")
        if (holder := one.parent()) is not None and holder.kind() == "arguments"
    ]
    return any(_is_always(call, effect) for call in _calls(effect, setter)) or any(
        not _is_held_back(one, effect) for one in handed
    )


_ANEW = {"object", "array", "arrow_function", "function_expression", "new_expression", "regex"}


def _is_made_anew(hook: SgNode, name: str) -> bool:
    """Tell whether the component around an effect makes ``name`` in each render."""
    home = next((one for one in hook.ancestors() if one.kind() in FUNCTIONS), None)
    if home is None:
        return False
    for one in find_all(home, "variable_declarator"):
        bound, value = one.field("name"), one.field("value")
        nearest = next((up for up in one.ancestors() if up.kind() in FUNCTIONS), None)
        own = nearest is not None and inside(nearest, home) and inside(home, nearest)
        if own and bound is not None and bound.text() == name:
            return value is not None and value.kind() in _ANEW
    return False


def _calls(function: SgNode, setter: str) -> list[SgNode]:
    return find_all(function, "call_expression", regex=rf"^{re.escape(setter)}\(")


def _is_always(call: SgNode, effect: SgNode) -> bool:
    """Tell whether a call is made, with a new value, whenever the effect runs."""
    given = call.field("arguments")
    values = given.named_children() if given is not None else []
    if len(values) == 1 and _RESTS.fullmatch(values[0].text()):
        return False
    return not _is_held_back(call, effect)


def _is_held_back(node: SgNode, effect: SgNode) -> bool:
    """Tell whether a condition, a listener or a timer stands before what an effect does."""
    for outer in node.ancestors():
        if inside(effect, outer):
            break
        if outer.kind() in _HOLDS_BACK:
            return True
        named = outer.field("function") if outer.kind() == "call_expression" else None
        if named is not None and _LATER.search(named.text()):
            return True
    leaves = find_all(effect, "return_statement")
    return any(
        within(one, "if_statement") and one.range().start.index < node.range().start.index
        for one in leaves
    )
