"""Take a mark off an expression: ``?.``, ``!``, ``as X``, ``await``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.marks.chaining import has_mark
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import first_named, hint_words, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    end,
    field,
    of_kinds,
    squeezed,
    start,
    text_of,
    walk,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_ON = ("on", "of", "from", "in", "around", "to", "for", "before", "in front of", "inside", "within")


def drop_mark(work: Work, clause: Clause) -> StepEdits | None:
    """Remove ``?.``, ``!``, ``as X`` or ``await``; None where the clause names none of them."""
    scene = work.scene
    said = [one.text for one in clause.object.codes]
    words = clause.object.words
    direct = [one.text for one in clause.codes if one.shape is Shape.CODE]
    if clause.verb in {Verb.CALL, Verb.USE, Verb.CODE} and len(direct) == 1:
        return _direct(scene, clause, direct[0])
    without = clause.behind("without")
    if without is not None and (without.has("optional") or "?." in [c.text for c in without.codes]):
        spoken = replace(clause.object, preposition="on")
        nodes = [one for one in walk(scene.root) if has_mark(one)]
        clause = replace(clause, phrases=(spoken,))
        return _dropped(scene, clause, nodes, "?.", _without_chain)
    if clause.verb is not Verb.REMOVE:
        return None
    if "?." in said or ("optional" in words and "chaining" in words):
        nodes = [one for one in walk(scene.root) if has_mark(one)]
        return _dropped(scene, clause, nodes, "?.", _without_chain)
    bang = "!" in said or {"non-null"} & set(words)
    if bang and scene.language.script:
        nodes = of_kinds(scene.root, ("non_null_expression",))
        return _dropped(scene, clause, nodes, "!", lambda s, one: Edit(end(one) - 1, end(one), ""))
    casts = [one for one in said if re.match(r"as\s+\S", one)]
    target = clause.behind("to")
    if not casts and target is not None and {"cast", "assertion", "casts"} & set(words):
        casts = [
            f"as {one}"
            for one in [*(c.text for c in target.codes), *target.spelled]
            if one not in {"the", "a"}
        ]
        clause = replace(clause, phrases=tuple(p for p in clause.phrases if p is not target))
    if (casts or {"cast", "assertion", "casts"} & set(words)) and scene.language.script:
        nodes = of_kinds(scene.root, ("as_expression",))
        if casts:
            kept = [one for one in nodes if one.text().rstrip().endswith(casts[0])]
            nodes = kept
        return _dropped(scene, clause, nodes, casts[0] if casts else "as", _without_cast)
    if said == ["await"] or words[-1:] == ("await",) or words[:1] == ("await",):
        nodes = of_kinds(scene.root, ("await_expression", "await"))
        return _dropped(scene, clause, nodes, "await", _without_await)
    return None


def _direct(scene: Scene, clause: Clause, code: str) -> StepEdits | None:
    """Return the edit that calls directly what is called with ``?.``; None where nothing is."""
    chains = [
        one
        for one in walk(scene.root)
        if has_mark(one)
        and squeezed(one.text().replace("?.(", "(").replace("?.", ".")) == squeezed(code)
        and squeezed(one.text()) != squeezed(code)
    ]
    if not chains:
        return None
    return _dropped(scene, replace(clause, phrases=()), chains, "?.", _without_chain)


def _dropped(
    scene: Scene,
    clause: Clause,
    nodes: Sequence[SgNode],
    mark: str,
    change: object,
) -> StepEdits:
    places = [one for one in clause.phrases if one.preposition in _ON]
    chains = [code.text for one in places for code in one.codes if code.shape is Shape.CHAIN]
    names = chains or first_named(scene, places)
    on = [one for one in nodes if any(_carries(one, name) for name in names)]
    bound = scopes_in(scene, clause)
    candidates = on or list(nodes)
    if names and not on and not bound:
        raise Abstain(f"`{mark}` does not stand on {names[0]}")
    picked = pick(scene, candidates, clause, f"`{mark}`", bound, words=hint_words(clause))
    edits = [change(scene, one) for one in picked]  # type: ignore[operator]
    return StepEdits(
        Operation.REMOVE,
        f"remove `{mark}` from `{' '.join(picked[0].text().split())[:60]}`",
        edits_in(scene, edits),
        removes=(mark,),
    )


def _carries(node: SgNode, name: str) -> bool:
    head = field(node, "object", "function")
    if head is None:
        inner = node.named_children()
        head = inner[0] if inner else node
    spelled = re.sub(r"\s+", "", head.text()).strip("()")
    if name.startswith("."):
        return text_of(field(node, "property", "attribute")) == name.strip(".()?")
    return (
        spelled == name
        or spelled.endswith((f".{name}", f".{name}()"))
        or spelled.startswith((f"{name}as", f"{name}("))
    )


def _without_chain(scene: Scene, node: SgNode) -> Edit:
    mark = next(one for one in node.children() if one.kind() in {"?.", "optional_chain"})
    following = scene.text[end(mark) : end(mark) + 1]
    return Edit(start(mark), end(mark), "" if following in "([" else ".")


def _without_cast(scene: Scene, node: SgNode) -> Edit:
    inner = node.named_children()[0]
    parent = node.parent()
    simple = inner.kind() in {"identifier", "member_expression", "call_expression", "this"}
    if parent is not None and parent.kind() == "parenthesized_expression" and simple:
        return Edit(start(parent), end(parent), inner.text())
    return Edit(start(node), end(node), inner.text())


def _without_await(scene: Scene, node: SgNode) -> Edit:
    return Edit(start(node), start(node.named_children()[0]), "")
