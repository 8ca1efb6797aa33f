"""Make a list by one call where a loop fills it, one awaited call at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    end,
    name_of,
    of_kinds,
    outermost,
    squeezed,
    start,
    text_of,
    value_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here, semicolon
from mendbook.model import Operation

_VERBS = {Verb.USE, Verb.REPLACE, Verb.CODE, Verb.RETURN, Verb.CALL, Verb.ADD, Verb.AWAIT}
_MANY = re.compile(
    r"\b(?:one|single|once|all|bulk|batch|parallel|loop\w*|at once|instead|together)\b"
)


@dataclass(frozen=True, slots=True)
class _Loop:
    """A list that begins empty, and the loop right behind it that only fills it."""

    begun: SgNode
    node: SgNode
    name: str
    item: str
    rows: str
    pushed: str
    """What each row gives: the expression that is pushed, awaits included."""


def gather_loop(work: Work, clause: Clause) -> StepEdits | None:
    """Make the list by the one expression that the clause gives; None for another loop or clause.

    The expression must go over what the loop goes over, and read nothing that the loop sets.
    """
    scene = work.scene
    if not scene.language.script or clause.verb not in _VERBS:
        return None
    codes = [one for one in clause.codes if "(" in one.text]
    if len(codes) != 1 or not _MANY.search(clause.text.lower()):
        return None
    code = codes[0]
    if code.shape not in {Shape.CODE, Shape.ASSIGNMENT, Shape.STATEMENT}:
        return None
    loop = _quoted(scene)
    if loop is None:
        return None
    told = re.match(r"(?:(?:const|let)\s+([\w$]+)\s*(?::[^=]+)?=\s*|return\s+)?(.+)$",
                    code.text.rstrip(";"), re.DOTALL)  # fmt: skip
    value = told[2] if told is not None else code.text
    if told is not None and told[1] and told[1] != loop.name:
        return None
    if squeezed(loop.rows) not in squeezed(value) or re.search(
        rf"(?<![\w.]){re.escape(loop.name)}\b", value
    ):
        return None
    if re.search(r"\.\.\.\s*\)|…", value):
        return None
    waits = re.match(r"\s*await\b", loop.pushed) is not None
    if waits and not value.startswith("await "):
        value = f"await {value}"
    return _gathered(scene, loop, quoted_as_here(scene, value))


def _quoted(scene: Scene) -> _Loop | None:
    loops = outermost(
        one for one in of_kinds(scene.root, ("for_in_statement",)) if touches_quote(scene, one)
    )
    return _read(loops[0]) if len(loops) == 1 else None


def _read(node: SgNode) -> _Loop | None:
    """Return the loop as what fills one list; None where it does anything else."""
    begun = node.prev()
    while begun is not None and (not begun.is_named() or "comment" in begun.kind()):
        begun = begun.prev()
    if (
        begun is None
        or begun.kind() != "lexical_declaration"
        or text_of(node.field("operator")) != "of"
    ):
        return None
    declared = [one for one in begun.named_children() if one.kind() == "variable_declarator"]
    body = node.field("body")
    inner = [one for one in body.named_children() if "comment" not in one.kind()] if body else []
    if len(declared) != 1 or text_of(value_of(declared[0])) != "[]" or len(inner) not in {1, 2}:
        return None
    name, item = name_of(declared[0]), text_of(node.field("left"))
    pushed = re.fullmatch(rf"{re.escape(name)}\.push\((.+)\);?", inner[-1].text(), re.DOTALL)
    if pushed is None or not re.fullmatch(r"[\w$]+", item):
        return None
    pushed_value = pushed[1].rstrip(" ,\n")
    if len(inner) == 2:
        held = [one for one in inner[0].named_children() if one.kind() == "variable_declarator"]
        if len(held) != 1 or name_of(held[0]) != pushed_value:
            return None
        pushed_value = text_of(value_of(held[0]))
    return _Loop(begun, node, name, item, text_of(node.field("right")), pushed_value)


def _gathered(scene: Scene, loop: _Loop, value: str) -> StepEdits:
    typed = re.match(r"(?:const|let)\s+[\w$]+(\s*:\s*[^=]+?)?\s*=", loop.begun.text())
    kind = (typed[1] if typed is not None else None) or ""
    text = f"const {loop.name}{kind} = {value}{semicolon(scene)}"
    if loop.begun.text().startswith("let "):
        text = "let" + text[len("const") :]
    return StepEdits(
        Operation.REPLACE,
        f"make {loop.name} by `{' '.join(value.split())[:60]}` in the place of the loop",
        edits_in(scene, [Edit(start(loop.begun), end(loop.node), text)]),
        adds=(value,),
        removes=(loop.node.text(),),
    )


def gather_parallel(work: Work, clause: Clause) -> StepEdits | None:
    """Await all at once what a loop awaits in turn; None where that is not asked in words alone."""
    scene = work.scene
    asked = re.search(r"\bPromise\.all\b", clause.text) and re.search(
        r"\bloop\w*\b|\bparallel\b|\bconcurrent|\bsequential|\bone by one\b|\bin turn\b|\ball\b of",
        clause.text,
        re.IGNORECASE,
    )
    if not asked or not scene.language.script or any("(" in one.text for one in clause.codes):
        return None
    loop = _quoted(scene)
    if loop is None or not re.match(r"await\b", loop.pushed):
        return None
    call = re.sub(r"^await\s+", "", loop.pushed)
    parsed = [one for one in of_kinds(loop.node, ("call_expression",)) if one.text() == call]
    if not parsed or spelled(loop.node, "await", scene.language):
        raise Abstain("what each turn of the loop awaits is more than one call")
    if callee_text(parsed[0]).startswith(f"{loop.name}."):
        raise Abstain("a turn of the loop reads what the turns before it made")
    value = f"await Promise.all({loop.rows}.map(({loop.item}) => {call}))"
    return _gathered(scene, loop, value)
