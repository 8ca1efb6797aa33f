"""Loops of Python: gone over directly, written as one expression, left by a statement."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    end,
    of_kinds,
    squeezed,
    start,
    text_of,
    walk,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import line_after, replaced
from mendbook.model import Operation
from mendbook.text.word_forms import singular

_LOOPS = ("for_statement", "while_statement", "enhanced_for_statement")
_MOVE = re.compile(
    r"(?:move|take|pull)\s+(?:the\s+)?(?P<what>⟦\d+⟧)(?:\s+(?:call|statement|line))?\s+"
    r"(?:(?:to\s+)?(?:behind|after|below)|out\s+of(?=.*\b(?:behind|after|before\s+the\s+return)))\s+"
    r"(?:the\s+)?(?:for\s+|while\s+)?loop(?P<rest>,?\s+(?:and\s+)?(?:right\s+|just\s+)?(?:before|ahead"
    r"\s+of|in\s+front\s+of)\s+(?:the\s+)?(?:return|⟦\d+⟧)(?:\s+statement)?)?",
    re.IGNORECASE,
)


def moved_behind(work: Work, ask: Ask) -> StepEdits | None:
    """*Move `conn.commit()` behind the loop*: a statement of the loop that no turn changes."""
    told = _MOVE.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    code = squeezed(ask.code(told["what"]))
    statements = [
        one
        for one in of_kinds(scene.root, ("expression_statement",))
        if squeezed(one.text()) == code and (touches_quote(scene, one) or not scene.quotes)
    ]
    if len(statements) != 1:
        return None
    at, body = statements[0], statements[0].parent()
    loop = body.parent() if body is not None else None
    if loop is None or body is None or loop.kind() not in _LOOPS:
        raise Abstain(f"`{code}` is not a plain statement of a loop")
    if len(body.named_children()) < 2 or loop.field("alternative") is not None:
        raise Abstain("the loop would be left without a body, or has an else")
    bound = {one.text() for one in _bound_in(loop)}
    if bound & {one.text() for one in of_kinds(at, ("identifier",))}:
        raise Abstain(f"`{code}` reads what a turn of the loop sets")
    behind = _next(loop)
    if told["rest"] and (behind is None or behind.kind() != "return_statement"):
        raise Abstain("no return stands right behind the loop")
    text = scene.text
    begin, stop = line_start(text, start(at)), line_end(text, end(at))
    if text[begin:stop].strip().rstrip(";") != at.text().strip().rstrip(";"):
        return None
    edits = [Edit(begin, stop, ""), line_after(scene, loop, at.text())]
    last = end(body.named_children()[-1]) == end(at)  # then only its margin changes
    operation = Operation.REPLACE if last else Operation.MOVE
    return step_edits(scene, operation, f"do `{code}` once, behind the loop", edits)


def _bound_in(loop: SgNode) -> list[SgNode]:
    """Return the names that a turn of the loop sets."""
    left = loop.field("left")
    names = [*of_kinds(left, ("identifier",))] if left is not None else []
    for one in walk(loop):
        if one.kind() in {"assignment", "augmented_assignment", "named_expression"}:
            target = one.field("left") or one.field("name")
            names += of_kinds(target, ("identifier",)) if target is not None else []
    return names


def _next(node: SgNode) -> SgNode | None:
    one = node.next()
    while one is not None and (not one.is_named() or "comment" in one.kind()):
        one = one.next()
    return one


def _previous(node: SgNode) -> SgNode | None:
    one = node.prev()
    while one is not None and (not one.is_named() or "comment" in one.kind()):
        one = one.prev()
    return one


_DIRECT = re.compile(
    r"(?:iterate|loop|go)\s+(?:directly\s+)?over\s+(?:the\s+)?(?P<over>⟦\d+⟧|[\w.]+)(?:\s+themselves)?"
    r"(?:\s+directly)?(?:\s*[(,:]\s*(?:with\s+)?(?P<head>⟦\d+⟧)\)?)?(?:\s+(?:instead\s+of|rather\s+than)\s+"
    r"(?:over\s+)?(?:by\s+)?(?:the\s+|an?\s+)?(?:index(?:es)?|indices|range\b.*|⟦\d+⟧.*))?"
    r"|(?:use|write)\s+(?P<bare>⟦\d+⟧)(?:\s+(?:and|with)\s+(?:use\s+)?⟦\d+⟧\s+in\s+the\s+body)?"
    r"(?:\s+here)?"
    r"|(?:iterate\s+directly[:,]?\s+)?(?P<plain>⟦\d+⟧)"
    r"(?:\s+and\s+use\s+⟦\d+⟧\s+in\s+(?:the|its)\s+body)?"
    r"|(?:replace|change)\s+the\s+(?:index(?:ed)?|range)\s+loop\s+(?:by|with|to)\s+(?:iterating\s+over\s+"
    r"(?:the\s+)?(?P<items>[\w.]+)(?:\s+(?:themselves|directly))?|(?P<shown>⟦\d+⟧))",
    re.IGNORECASE,
)
_HEAD = re.compile(r"for\s+(?P<name>\w+)\s+in\s+(?P<over>[\w.]+)\s*:?")


def gone_over_directly(work: Work, ask: Ask) -> StepEdits | None:
    """*Iterate over `rows` directly*: a loop by number whose number only indexes."""
    told = _DIRECT.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    shown = next((told[one] for one in ("head", "bare", "plain", "shown") if told[one]), "")
    head = _HEAD.fullmatch(ask.code(shown)) if shown else None
    if shown and head is None:
        return None
    over = head["over"] if head else ask.code(told["over"] or told["items"] or "")
    loops = [
        one
        for one in of_kinds(scene.root, ("for_statement",))
        if touches_quote(scene, one)
        and squeezed(text_of(one.field("right"))) == f"range(len({over}))"
    ]
    if len(loops) != 1:
        return None
    loop = loops[0]
    left, right, body = loop.field("left"), loop.field("right"), body_of(loop)
    if left is None or right is None or body is None or left.kind() != "identifier":
        return None
    index = left.text()
    name = head["name"] if head else singular(over.rpartition(".")[2].lstrip("_"))
    uses = [one for one in of_kinds(body, ("identifier",)) if one.text() == index]
    reads = [
        one for one in of_kinds(body, ("subscript",)) if squeezed(one.text()) == f"{over}[{index}]"
    ]
    if len(uses) != len(reads) or not reads:
        raise Abstain(f"{index} is needed for more than `{over}[{index}]`")
    if not name or re.search(rf"(?<![\w.]){re.escape(name)}\b", _function_text(scene, loop)):
        raise Abstain(f"what each of {over} is to be called is not plain")
    if any(_is_set(one) for one in reads) or _after_uses(loop, index):
        raise Abstain(f"`{over}[{index}]` is set in the loop, or {index} is read behind it")
    edits = [replaced(left, name), replaced(right, over), *(replaced(one, name) for one in reads)]
    said = f"go over `{over}` directly"
    return step_edits(
        scene, Operation.REPLACE, said, edits, [f"for {name} in {over}"], [f"range(len({over}))"]
    )


def _function_text(scene: Scene, node: SgNode) -> str:
    kinds = scene.language.functions
    outer = next((one for one in node.ancestors() if one.kind() in kinds), None)
    return outer.text() if outer is not None else scene.text


def _is_set(node: SgNode) -> bool:
    holder = node.parent()
    if holder is None:
        return False
    if holder.kind() == "delete_statement":
        return True
    target = holder.field("left") if "assignment" in holder.kind() else None
    return target is not None and start(target) == start(node)


def _after_uses(loop: SgNode, index: str) -> bool:
    one = _next(loop)
    while one is not None:
        if any(each.text() == index for each in of_kinds(one, ("identifier",))):
            return True
        one = _next(one)
    return False


_COUNT = re.compile(
    rf"(?:use|loop\s+over|iterate\s+over)\s+(?P<new>⟦\d+⟧)\s+{INSTEAD_OF}\s+"
    r"(?:counting|incrementing|a\s+manual\s+counter|the\s+manual\s+counter)(?:\s+.*)?",
    re.IGNORECASE,
)
_ENUMERATE = re.compile(
    r"enumerate\((?P<over>[\w.]+(?:\([\w.]*\))?)(?:,\s*(?:start\s*=\s*)?(?P<n>\d+))?\)"
)


def counted_by_enumerate(work: Work, ask: Ask) -> StepEdits | None:
    """*Use `enumerate(tides, start=1)` instead of counting i by hand*."""
    told = _COUNT.fullmatch(ask.text)
    call = _ENUMERATE.fullmatch(ask.code(told["new"])) if told is not None else None
    if call is None:
        return None
    scene = work.scene
    grown = [
        one
        for one in of_kinds(scene.root, ("augmented_assignment",))
        if touches_quote(scene, one) and re.fullmatch(r"\w+\s*\+=\s*1", one.text())
    ]
    statement = grown[0].parent() if len(grown) == 1 else None
    body = statement.parent() if statement is not None else None
    loop = body.parent() if body is not None else None
    if statement is None or body is None or loop is None or loop.kind() != "for_statement":
        return None
    name, begin = text_of(grown[0].field("left")), int(call["n"] or 0)
    left, right = loop.field("left"), loop.field("right")
    first = _previous(loop)
    if left is None or right is None or squeezed(right.text()) != squeezed(call["over"]):
        raise Abstain(f"the loop does not go over {call['over']}")
    held = re.fullmatch(rf"{name}\s*=\s*(\d+)", first.text()) if first is not None else None
    inner = [one for one in body.named_children() if "comment" not in one.kind()]
    leads = start(inner[0]) == start(statement)
    if first is None or held is None or len(inner) < 2 or not (
        leads or start(inner[-1]) == start(statement)
    ):  # fmt: skip
        raise Abstain(f"{name} is not set right before the loop, or is counted in the midst of it")
    if int(held[1]) + leads != begin or _after_uses(loop, name):
        raise Abstain(f"{name} begins with another number, or is read behind the loop")
    if any(one.kind() == "continue_statement" for one in walk(body)) and not leads:
        raise Abstain("a turn that is left early does not count")
    text = scene.text
    bound = f"({left.text()})" if left.kind() != "identifier" else left.text()
    edits = [
        Edit(line_start(text, start(first)), line_end(text, end(first)), ""),
        replaced(left, f"{name}, {bound}"),
        replaced(right, call[0]),
        Edit(line_start(text, start(statement)), line_end(text, end(statement)), ""),
    ]
    said = f"count with `{call[0]}`"
    return step_edits(scene, Operation.REPLACE, said, edits, [call[0]], [f"{name} += 1"])


PYTHON_LOOPS = (
    counted_by_enumerate,
    moved_behind,
    gone_over_directly,
)
