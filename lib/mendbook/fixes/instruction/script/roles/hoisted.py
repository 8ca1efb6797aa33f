"""A value that a function makes anew each time, and that is to be made once in the module."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, remove
from mendbook.code.functions import local_names
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import innermost_function
from mendbook.fixes.instruction.script.roles.heard import heard
from mendbook.fixes.instruction.tree.syntax import inside, name_of, of_kinds, value_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.fixes.instruction.writing.module_level import declare_edits
from mendbook.model import Operation

_MAKES = {
    "become", "becomes", "belongs", "build", "built", "call", "called", "construct", "constructed",
    "create", "created", "declare", "declared", "define", "extract", "hoist", "hoisted", "keep",
    "lift", "live", "lives", "made", "make", "move", "moved", "name", "named", "out", "place",
    "pull", "put", "remove", "should", "take", "turn", "want",
}  # fmt: skip
_WHERE = {
    "above", "again", "anew", "component", "const", "constant", "each", "every", "file",
    "file-level", "first", "function", "hook", "instead", "level", "level,", "module",
    "module-level", "module-wide", "new", "not", "once", "only", "outside", "per", "render",
    "scope", "shared", "single", "static", "time", "top",
}  # fmt: skip
_ONCE = {
    "above", "hoist", "module", "module-level", "module-wide", "once", "out", "outside", "remove",
    "top",
}  # fmt: skip
_STATEFUL = re.compile(r"\b(?:use[A-Z]\w*|await)\b|/[a-z]*[gy][a-z]*$")


def hoisted(work: Work, ask: Ask) -> StepEdits | None:
    """*Build the formatter once, as const EURO outside of the component*: what is quoted."""
    scene = work.scene
    spoken = heard(ask, _MAKES | _WHERE)
    if not (spoken.says(_ONCE) and spoken.says(_MAKES | {"const", "constant"})) or spoken.kept:
        return None
    locals_ = [
        one
        for one in of_kinds(scene.root, ("variable_declarator",))
        if touches_quote(scene, one) and innermost_function(scene, one) is not None
        and value_of(one) is not None
    ]  # fmt: skip
    homes = {one.rpartition(".")[2] for one in scene.task.finding.symbols}
    names = [one for one in spoken.names if one not in homes]
    new = [one for one in names if re.fullmatch(r"[A-Z][A-Z\d_]*", one) and one != "I"]
    nouns = [one for one in names if one not in new]
    locals_ = [one for one in locals_ if _is_told(one, nouns)]
    if len(locals_) != 1 or len(new) != 1 or not nouns:
        return None
    return _to_module(scene, locals_[0], new[0])


def _is_told(local: SgNode, nouns: list[str]) -> bool:
    """Tell whether nouns speak of a variable: by its name, or by what makes its value."""
    value = value_of(local)
    whole = f"{name_of(local)} {value.text()[:80] if value is not None else ''}".lower()
    kind = value.kind() if value is not None else ""
    return bool(nouns) and all(
        one == name_of(local) or _stem(one) in whole or kind in _KINDS.get(one.lower(), ())
        for one in nouns
    )


def _stem(noun: str) -> str:
    """Return the part of a noun that names share with it: ``format`` of *formatter*."""
    word = noun.lower()
    return re.sub(r"(?:ter|er|or|s)$", "", word) if len(word) > 4 else word


_KINDS = {
    "regex": ("regex",), "pattern": ("regex",), "expression": ("regex",), "object": ("object",),
    "options": ("object",), "array": ("array",), "list": ("array",), "lookup": ("object",),
    "table": ("object",), "literal": ("object", "array", "string"),
}  # fmt: skip


def _to_module(scene: Scene, local: SgNode, name: str) -> StepEdits:
    value, function, statement = value_of(local), innermost_function(scene, local), local.parent()
    if value is None or function is None or statement is None:
        raise Abstain("what is to be hoisted has no value")
    old = name_of(local)
    if scene.knows(name):
        raise Abstain(f"the name {name} is taken in {scene.path}", final=True)
    if len(statement.named_children()) != 1 or not statement.text().startswith("const "):
        raise Abstain(f"{old} is not declared alone by const", final=True)
    if _STATEFUL.search(value.text()) is not None:
        raise Abstain(f"{old} is not the same in each call", final=True)
    bound: set[str] = set()
    for one in [
        function,
        *(each for each in function.ancestors() if each.kind() in scene.language.functions),
    ]:
        bound |= local_names(one)
    reads = {one.text() for one in of_kinds(value, ("identifier", "shorthand_property_identifier"))}
    if needed := sorted(reads & bound):
        raise Abstain(f"{old} is made of {', '.join(needed)}", final=True)
    uses = [
        one for one in spelled(function, old, scene.language)
        if not inside(one, local) and one.kind() != "property_identifier"
    ]  # fmt: skip
    if any(one.kind().startswith("shorthand") for one in uses) or not uses:
        raise Abstain(f"how {old} is used cannot be renamed", final=True)
    edits: list[Edit] = [remove(scene.text, statement), *(replaced(one, name) for one in uses)]
    whole = f"{name} = {value.text()}"
    edits += declare_edits(scene, whole)
    return StepEdits(
        Operation.EXTRACT,
        f"make `{old}` once, in the module, as {name}",
        edits_in(scene, sorted(edits, key=lambda one: one.start)),
        adds=(name,),
        values={name: value.text()},
    )


HOISTED = (hoisted,)
