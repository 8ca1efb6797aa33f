"""What a hook of React depends on: a name comes into its list, or leaves it."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.imports import cut_from_list
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask, whole_ask
from mendbook.fixes.instruction.script.orders.wording import order
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.script.roles.heard import Heard, heard
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    callee_text,
    name_of,
    of_kinds,
    squeezed,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import add_item, replaced
from mendbook.model import Operation

_LIST = {
    "depend", "dependencies", "dependency", "dependency-array", "depending", "depends", "deps",
}  # fmt: skip
_HOOK = {
    "array", "callback", "effect", "hook", "list", "memo", "usecallback", "useeffect",
    "uselayouteffect", "usememo",
}  # fmt: skip
_IN_HOOK = {
    "around", "call", "calling", "calls", "fetches", "for", "in", "inside", "loads", "of", "reads",
    "runs", "sets", "with",
}  # fmt: skip
_COMES = {
    "add", "belong", "belongs", "contain", "contains", "goes", "include", "lack", "lacks", "list",
    "misses", "missing", "needs", "put",
}  # fmt: skip
_GOES = {
    "delete", "drop", "dropped", "empty", "leave", "leaves", "longer", "not", "out", "remove",
    "removed", "strip", "take",
}  # fmt: skip
_PLAIN = {
    "again", "any", "call", "changes", "contain", "contains", "dropped", "empty", "first", "form",
    "functional", "instead", "itself", "make", "missing", "more", "no", "of", "own", "read",
    "rerun", "run", "second", "setter", "should", "so", "that", "then", "title", "updater", "use",
    "well", "when", "whenever", "which", "write",
}  # fmt: skip
_VOCABULARY = _LIST | _HOOK | _IN_HOOK | _COMES | _GOES | _PLAIN
_SO_THAT = re.compile(r"\bso(?: that)?\b[^.;]*\b(?:dependenc|deps\b)", re.IGNORECASE)
_CALLED = re.compile(r"(?:React\.)?use(?:Effect|LayoutEffect|InsertionEffect|Callback|Memo)")


def depends(work: Work, ask: Ask) -> StepEdits | None:
    """Change the one list that *the effect that calls `load` also depends on `unit`* tells."""
    scene = work.scene
    fix = scene.task.finding.fix
    if _SO_THAT.search(fix) is not None and not re.search(r"depend|deps\b", ask.text):
        ask = order(whole_ask(fix, tails=True))
    if re.search(r"\b(?:depend|deps\b)", ask.text, re.IGNORECASE) is None:
        return None
    spoken = heard(ask, _VOCABULARY)
    comes = spoken.says(_COMES) or (re.search(r"\bdepend(?:s|ing)? on\b", spoken.text) is not None
                                    and not spoken.says({"not", "longer"}))  # fmt: skip
    goes = spoken.says(_GOES) or re.search(r"\bno dependenc", spoken.text) is not None
    setter = [
        one for one in ask.told if one.shape is Shape.CODE and re.match(r"set[A-Z]", one.text)
    ]
    names, roles = _split(ask, spoken)
    if re.search(r"\bempty (?:dependenc|deps|list)", spoken.text) and not names and setter:
        names = _all_listed(scene, roles)
    if any(not scene.knows(one.partition(".")[0]) for one in (*names, *roles)):
        return None
    if comes == goes or not names or len(setter) > 1:
        return None
    hook = _hook(scene, roles)
    if hook is None or any(re.fullmatch(r"[A-Za-z_$][\w$.]*", one) is None for one in names):
        return None
    function, listed = arguments(hook)
    edits = _taken_out(scene, hook, names, setter[0].text if setter else "") if goes else None
    if edits is None:
        edits = _put_in(scene, function, listed, names)
    if setter:
        edits += _by_setter(function, setter[0].text)
    verb = "take" if goes else "add"
    said = f"{verb} {', '.join(names)} {'out of' if goes else 'to'} the dependencies"
    adds = [] if goes else names
    return step_edits(scene, Operation.SET, said, edits, adds)


def _split(ask: Ask, spoken: Heard) -> tuple[list[str], list[str]]:
    """Return the names of dependencies, and the names that tell which hook is meant."""
    names: list[str] = []
    roles: list[str] = []
    tokens = re.findall(r"⟦\d+⟧|[A-Za-z_$][\w$.-]*", spoken.text)
    for at, token in enumerate(tokens):
        name = ask.code(token).removesuffix("()")
        if name not in spoken.names or re.match(r"set[A-Z]\w*\(", name) or _CALLED.fullmatch(name):
            continue
        before = tokens[at - 1].lower() if at else ""
        subject = re.match(
            r"(?:(?:must|should|does|may) (?:not )?|no longer )?depend", " ".join(tokens[at + 1 :])
        )
        calls = re.match(r"(?:should|must|has to) (?:call|use)\b", " ".join(tokens[at + 1 :]))
        (roles if before in _IN_HOOK or subject or calls else names).append(name)
    return names, roles


def _all_listed(scene: Scene, roles: list[str]) -> list[str]:
    hook = _hook(scene, roles)
    return [one.text() for one in arguments(hook)[1].named_children()] if hook is not None else []


def _hook(scene: Scene, roles: list[str]) -> SgNode | None:
    """Return the one hook with a list of dependencies that is quoted, or that ``roles`` tell."""
    hooks = [
        one
        for one in of_kinds(scene.root, ("call_expression",))
        if _CALLED.fullmatch(callee_text(one)) and len(given := arguments(one)) == 2
        and given[0].kind() in scene.language.functions and given[1].kind() == "array"
    ]  # fmt: skip
    for role in roles:
        hooks = [one for one in hooks if _has(one, role)]
    if roles and not hooks:
        raise Abstain(f"no hook has anything of {', '.join(roles)}", final=True)
    near = [one for one in hooks if begins_in_quote(scene, one)]
    near = near or [one for one in hooks if touches_quote(scene, one)]
    hooks = near if len(near) == 1 else hooks
    return hooks[0] if len(hooks) == 1 else None


def _has(hook: SgNode, role: str) -> bool:
    """Tell whether a hook is bound to a name, calls it, or sets it."""
    parent = hook.parent()
    if parent is not None and parent.kind() == "variable_declarator" and name_of(parent) == role:
        return True
    setter = f"set{role[:1].upper()}{role[1:]}"
    function = arguments(hook)[0]
    return any(
        one.text() in {role, setter}
        for one in of_kinds(function, ("identifier", "property_identifier"))
    )


def _put_in(scene: Scene, function: SgNode, listed: SgNode, names: list[str]) -> list[Edit]:
    there = {one.text() for one in listed.named_children()}
    for name in names:
        if name in there:
            raise Abstain(f"{name} stands in the dependencies already", final=True)
        if not _reads(function, name):
            raise Abstain(f"the hook does not read {name}", final=True)
    return [add_item(scene, listed, ", ".join(names))]


def _reads(function: SgNode, name: str) -> bool:
    return re.search(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", function.text()) is not None


def _taken_out(scene: Scene, hook: SgNode, names: list[str], setter: str) -> list[Edit]:
    function, listed = arguments(hook)
    edits: list[Edit] = []
    for name in names:
        items = [one for one in listed.named_children() if one.text() == name]
        if len(items) != 1:
            raise Abstain(f"{name} is no dependency of the hook", final=True)
        if any(one.text() == name for one in _read_beside(scene, function, setter)):
            raise Abstain(f"the hook still reads {name}", final=True)
        edits.append(cut_from_list(scene.text, items[0]))
    if len(names) > 1:
        rest = [one.text() for one in listed.named_children() if one.text() not in names]
        return [replaced(listed, f"[{', '.join(rest)}]")]
    return edits


def _read_beside(scene: Scene, function: SgNode, setter: str) -> list[SgNode]:
    """Return the names that a function reads, those in calls that the text writes anew left out."""
    spelled = {one.partition("(")[0] for one in re.findall(r"set[A-Z]\w*\(\s*\(?", _written(scene))}
    spelled |= {setter.partition("(")[0]} - {""}
    calls = [one for one in of_kinds(function, ("call_expression",)) if callee_text(one) in spelled]
    return [
        one
        for one in of_kinds(function, ("identifier", "shorthand_property_identifier"))
        if not any(
            each.range().start.index <= one.range().start.index < each.range().end.index
            for each in calls
        )
    ]


def _written(scene: Scene) -> str:
    return scene.task.finding.fix


def _by_setter(function: SgNode, code: str) -> list[Edit]:
    calls = [
        one
        for one in of_kinds(function, ("call_expression",))
        if call_name(one) == code.partition("(")[0] and squeezed(one.text()) != squeezed(code)
    ]
    if len(calls) != 1:
        raise Abstain(f"no single {code.partition('(')[0]} stands in the hook", final=True)
    return [replaced(calls[0], code.rstrip(";"))]


DEPENDENCIES = (depends,)
