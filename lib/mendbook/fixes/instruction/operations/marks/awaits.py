"""Await a call, or make a function that awaits nothing plain."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.called.signatures import signature
from mendbook.fixes.instruction.facts.uses import Use, uses_outside
from mendbook.fixes.instruction.places.pick import narrow, pick
from mendbook.fixes.instruction.places.scene import (
    Scene,
    around,
    calls_in_quote,
    function_of,
)
from mendbook.fixes.instruction.places.targets import called, hint_words, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    awaits_callee,
    callee_text,
    end,
    function_around,
    inside,
    is_async,
    name_of,
    of_kinds,
    owner_of,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation


def add_await(work: Work, clause: Clause) -> StepEdits | None:
    """Await a call; None where the clause asks for no ``await``."""
    spoken = clause.verb is Verb.AWAIT or (
        clause.verb in {Verb.ADD, Verb.USE, Verb.RETURN}
        and (clause.object.has("await") or any(one.text == "await" for one in clause.object.codes))
    )
    returned = clause.verb is Verb.RETURN and (
        clause.object.has("await")
        or any(re.fullmatch(r"return await.*", one.text) for one in clause.codes)
    )
    if not spoken and not returned:
        return None
    scene = work.scene
    bound = scopes_in(scene, clause)
    if returned:
        values = [
            value
            for one in of_kinds(scene.root, ("return_statement",))
            if (value := next(iter(one.named_children()), None)) is not None
            and value.kind() in scene.language.calls
        ]
        nodes = pick(scene, values, clause, "a returned call", bound)
    else:
        phrases = [
            one
            for one in clause.phrases
            if one.preposition in {"", "to", "on", "for", "before", "in front of", "of"}
        ]
        calls = [each for one in phrases for each in called(scene, one)]
        calls = [one for one in calls if any(inside(one, at) for at in bound)] or calls
        if calls and all(_is_awaited(one) for one in narrow(scene, calls)):
            raise Abstain(f"{callee_text(calls[0])} is already awaited")
        loose = [one for one in calls if not _is_awaited(one)]
        if calls and not loose:
            raise Abstain(f"{callee_text(calls[0])} is already awaited")
        within = [at for at in bound if any(inside(one, at) for one in loose)]
        loose = loose or [
            one
            for one in calls_in_quote(scene)
            if not _is_awaited(one) and not _is_argument(one)
        ]  # fmt: skip
        nodes = pick(scene, loose, clause, "the call", within, words=hint_words(clause))
    for one in nodes:
        function = function_around(one, scene.language)
        if function is not None and not is_async(function):
            raise Abstain("await is only allowed in an async function, and this one is not")
        head = signature(work.task, scene, one)
        if head is not None and scene.language.python and not is_async(head):
            raise Abstain(f"{callee_text(one)} is no coroutine")
    edits = [edit for one in nodes for edit in _awaited(one)]
    return StepEdits(
        Operation.AWAIT,
        f"await `{' '.join(nodes[0].text().split())[:60]}`",
        edits_in(scene, edits),
        adds=("await",),
    )


def _is_awaited(call: SgNode) -> bool:
    parent = call.parent()
    held = parent is not None and parent.kind() in {"await_expression", "await"}
    return held or awaits_callee(call)


def _is_argument(call: SgNode) -> bool:
    parent = call.parent()
    return parent is not None and parent.kind() in {"arguments", "argument_list"}


def _awaited(call: SgNode) -> list[Edit]:
    parent = call.parent()
    if parent is not None and parent.kind() in {
        "member_expression",
        "attribute",
        "unary_expression",
    }:
        return [insert(start(call), "(await "), insert(end(call), ")")]
    if (
        parent is not None
        and parent.kind() == "unary_expression"
        and parent.text().startswith("void")
    ):
        return [Edit(start(parent), start(call), "await ")]
    return [insert(start(call), "await ")]


def drop_async(work: Work, clause: Clause) -> StepEdits | None:
    """Make a function synchronous, with its callers; None where ``async`` is not named."""
    if not (clause.object.has("async") or any(one.text == "async" for one in clause.object.codes)):
        return None
    scene = work.scene
    function = _function(scene, clause)
    name = name_of(function) or name_of(function.parent() or function)
    mark = next((one for one in function.children() if one.kind() == "async"), None)
    if mark is None:
        raise Abstain(f"{name} is not async")
    own = [
        one
        for one in of_kinds(function, ("await_expression", "await", "for_await_statement"))
        if (holder := function_around(one, scene.language)) is None
        or start(holder) == start(function)
    ]
    if own:
        raise Abstain(f"{name} awaits; it cannot lose its async")
    _refuse_contract(scene, function, name)
    uses = uses_outside(work.task, scene, function, name)
    edits: list[tuple[str, Edit]] = [
        (scene.path, Edit(start(mark), start(_behind(mark)), "")),
        *((scene.path, edit) for edit in _plain_return(scene, function)),
    ]
    for use in uses:
        edits += _unawaited(use, name)
    return StepEdits(
        Operation.REMOVE,
        f"remove `async` from {name} and the `await` of its callers",
        tuple(edits),
        removes=("async",),
        follows_up=("caller", "callers", "call", "return", "uses", "import", "directly"),
    )


def _function(scene: Scene, clause: Clause) -> SgNode:
    named = [function_of(one, scene.language) for one in scopes_in(scene, clause)]
    functions = [one for one in named if one is not None] or around(scene)
    if len(functions) != 1:
        raise Abstain("which function is meant is not said")
    return functions[0]


def _behind(mark: SgNode) -> SgNode:
    following = mark.next()
    if following is None:
        raise Abstain("nothing stands behind it")
    return following


def _refuse_contract(scene: Scene, function: SgNode, name: str) -> None:
    """Raise ``Abstain`` where a type or a base class demands what the function is."""
    owner = owner_of(function, scene.language)
    heritage = next(
        (one for one in (owner.children() if owner else []) if one.kind() == "class_heritage"), None
    )
    bases = owner.field("superclasses") if owner is not None else None
    if heritage is not None or bases is not None:
        raise Abstain(
            f"{name} may be demanded by {text_of(heritage) or text_of(bases)}; change that first"
        )


def _plain_return(scene: Scene, function: SgNode) -> list[Edit]:
    declared = function.field("return_type")
    if declared is None or not scene.language.script:
        return []
    match = re.match(r":\s*Promise<(.*)>$", declared.text(), re.DOTALL)
    return [Edit(start(declared), end(declared), f": {match[1]}")] if match else []


def _unawaited(use: Use, name: str) -> list[tuple[str, Edit]]:
    """Return the edits that take ``await`` from a use; raise where a promise is needed."""
    if use.node is None:
        raise Abstain(f"{name} is used in {use.shown}, which cannot be read")
    if any(one.kind() in _LISTED for one in use.node.ancestors()):
        return []
    call = next(
        (one for one in use.node.ancestors() if one.kind() in {"call_expression", "call"}), None
    )
    target = call.field("function") if call is not None else None
    if call is None or target is None or end(target) != end(use.node):
        raise Abstain(f"{name} is handed on at {use.shown}; whether a promise is needed is unknown")
    holder = call.parent()
    if holder is not None and holder.kind() in {"await_expression", "await"}:
        return [(use.path, Edit(start(holder), start(call), ""))]
    if holder is not None and holder.kind() in {"expression_statement"}:
        return []
    raise Abstain(f"a promise of {name} is used at {use.shown}")


_LISTED = {"import_statement", "import_from_statement", "export_clause"}
