"""A statement written out in the text, and the place that it is told for."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import parsed, step_edits
from mendbook.fixes.instruction.script.roles.heard import FUNCTION_WORDS
from mendbook.fixes.instruction.script.roles.places import bounds_of, gap
from mendbook.fixes.instruction.tree.syntax import squeezed
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import line_after, line_before, quoted_as_here
from mendbook.model import Operation

_VERBS = {
    "add", "belong", "belongs", "check", "come", "comes", "early", "first", "go", "goes", "guard",
    "happens", "insert", "needs", "place", "put", "right", "run", "runs", "stand", "stands", "then",
    "there", "up", "write",
}  # fmt: skip
_LEAVES = re.compile(r"if\s*\(.*\b(?:return|throw|continue|break)\b|throw\b", re.DOTALL)
_TOLD_APART = re.compile(
    r"(?:this|it|that)? ?(?:goes|comes|belongs|stands|has to|must|should)\b", re.I
)


def placed_beside(work: Work, ask: Ask) -> StepEdits | None:
    """*`if (…) return …`; this goes ahead of the UPDATE*: in the block of what is quoted."""
    scene = work.scene
    codes = [one for one in ask.told if one.shape is Shape.STATEMENT]
    if len(codes) != 1 or _LEAVES.match(codes[0].text) is None:
        return None
    code = codes[0].text.rstrip(";")
    mark = f"⟦{next(at for at, one in enumerate(ask.codes) if one is codes[0])}⟧"
    text = _behind(ask.text, mark)
    head, bounds = bounds_of(text, scene.task.finding.fix)
    words = {one.lower().strip(",;:.") for one in head.replace(mark, " ").split()} - {""}
    if not bounds or words - _VERBS - FUNCTION_WORDS:
        return None
    node = parsed(code, scene.language)
    statements = _statements(scene)
    if node is None or not statements:
        return None
    place = gap(scene, ask, bounds, statements)
    if place is None and _TOLD_APART.search(head.replace(mark, "")) is not None:
        raise Unplaced(f"where `{code[:60]}` is to stand is not clear", final=True)
    if place is None:
        return None
    if isinstance(place, str):
        raise Abstain(place, final=True)
    if squeezed(code) in squeezed(scene.text):
        raise Abstain(f"`{code[:60]}` stands there already", final=True)
    ended = code if code.endswith("}") else f"{code};" if ";" in scene.text else code
    written = quoted_as_here(scene, ended)
    before = place.at < len(statements) and (place.beside_next or place.at == 0)
    anchor = statements[place.at] if before else statements[place.at - 1]
    if not before and anchor.kind() in {"return_statement", "throw_statement"}:
        raise Abstain("nothing runs behind it", final=True)
    edit = (line_before if before else line_after)(scene, anchor, written)
    said = f"add `{code[:60]}` {'before' if before else 'behind'} `{anchor.text()[:40]}`"
    return step_edits(scene, Operation.GUARD, said, [edit], [code])


def _behind(text: str, mark: str) -> str:
    """Return an order with its code first: *before the UPDATE comes X* is *X comes before …*."""
    told = re.fullmatch(
        rf"(?P<place>.+?)(?::| (?:comes?|goes|belongs|stands|add|insert|put|write)) ?{mark}",
        text,
        re.I,
    )
    places = told is not None and bounds_of(told["place"], "")[0] == ""
    if told is not None and places:
        return f"{mark} {told['place']}"
    needs = re.fullmatch(
        rf"(?P<part>.+?) (?:needs|wants|lacks|must have|has to have) {mark};? (?P<where>in front of"
        r"|ahead of|before|above|behind|after) it",
        text,
        re.IGNORECASE,
    )
    return f"{mark} {needs['where']} {needs['part']}" if needs is not None else text


def _statements(scene: Scene) -> list[SgNode]:
    """Return the statements of the block in which the quoted one stands."""
    blocks = [*scene.root.find_all(kind="statement_block"), scene.root]
    for block in sorted(blocks, key=lambda one: -one.range().start.index):
        inner = [one for one in block.named_children() if "comment" not in one.kind()]
        if any(begins_in_quote(scene, one) for one in inner):
            return inner
    for block in sorted(blocks, key=lambda one: -one.range().start.index):
        inner = [one for one in block.named_children() if "comment" not in one.kind()]
        if any(touches_quote(scene, one) for one in inner):
            return inner
    return []


PLACED_BESIDE = (placed_beside,)
