"""Put an expression into a call: ``wrap x in f()``, ``pass x through f``."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape, classify
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import begins_in_quote
from mendbook.fixes.instruction.places.targets import same_code, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import callee_text, end, field, name_of, same
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_IN = ("in", "with", "into", "inside", "through", "using", "by")
_NOT_CALLS = re.compile(r"(?:try|if|while|for|with|async|await|return)\b")


def wrap_value(work: Work, clause: Clause) -> StepEdits | None:
    """Hand what the clause names to the function that it names; None where it names none."""
    if clause.verb not in {Verb.WRAP, Verb.ADD}:
        return None
    sides = _sides(clause)
    if sides is None:
        return None
    function, value, written = sides
    scene = work.scene
    where = [one for one in same_code(scene, value.text) if _is_value(one)]
    near = [one for one in where if begins_in_quote(scene, one)]
    if not near:
        raise Unplaced(f"`{value.text}` does not stand in what the finding quotes")
    loose = [one for one in near if not _handed(one, function)]
    if not loose:
        raise Abstain(f"`{value.text}` is handed to {function} already")
    bound = scopes_in(scene, clause, clause.codes)
    nodes = pick(scene, loose, clause, f"`{value.text}`", bound)
    return StepEdits(
        Operation.WRAP,
        f"wrap `{value.text}` in {function}()",
        edits_in(scene, [replaced(one, written or f"{function}({one.text()})") for one in nodes]),
        adds=(written or f"{function}({value.text})",),
    )


def _sides(clause: Clause) -> tuple[str, Fragment, str] | None:
    """Return the function, the value that goes into it, and the call where it is given whole."""
    if clause.verb is Verb.ADD:
        around = clause.behind("around")
        outer, inner = clause.object.code, around.code if around is not None else None
    else:
        phrase = next((one for one in clause.all_behind(*_IN) if one.codes), None)
        outer, inner = phrase.code if phrase is not None else None, clause.object.code
    if outer is None or _NOT_CALLS.match(outer.text) or outer.shape not in {Shape.NAME, Shape.CODE}:
        return None
    filled = re.fullmatch(r"([A-Za-z_$][\w$.]*)\((.*)\)", outer.text, re.DOTALL)
    name = filled[1] if filled else outer.text
    given = filled[2].strip() if filled else ""
    if not re.fullmatch(r"[A-Za-z_$][\w$.]*", name) or (filled is None and not _spoken(clause)):
        return None
    if len(clause.object.codes) > 1:
        return None
    if inner is None:
        if (
            not given
            or given in {"...", "…"}
            or clause.object.words[:1] not in {("it",), ("this",)}
        ):
            return None
        return name, classify(given), ""
    if inner.shape not in {Shape.NAME, Shape.CODE}:
        return None
    if given in {"", "...", "…", inner.text}:
        return name, inner, ""
    whole = re.match(rf"{re.escape(inner.text)}\s*,\s*\S", given) and "…" not in given
    return (name, inner, outer.text) if whole and "..." not in given else None


def _spoken(clause: Clause) -> bool:
    """Tell whether the text says that the outer name is called: ``wrap x in a call of f``."""
    return clause.verb is Verb.WRAP and clause.has("call", "function")


def _is_value(node: SgNode) -> bool:
    """Tell whether a node is read as a value: no declared name, no property, no key."""
    holder = node.parent()
    if holder is None:
        return False
    for part in ("name", "property", "attribute", "key", "left", "function", "pattern"):
        named = field(holder, part)
        if named is not None and same(named, node):
            return False
    if holder.kind() in {"formal_parameters", "parameters", "expression_statement"}:
        return False
    return not (holder.kind() == "member_expression" and name_of(holder) == node.text())


def _handed(node: SgNode, function: str) -> bool:
    """Tell whether a value is an argument of the function already."""
    listed = node.parent()
    call = listed.parent() if listed is not None else None
    return call is not None and end(call) > end(node) and callee_text(call) == function
