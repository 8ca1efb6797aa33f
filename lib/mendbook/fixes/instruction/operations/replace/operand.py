"""Whether new code that is called with a piece of what stands there may stand for all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Unplaced
from mendbook.fixes.instruction.operations.alike.parsed import one_statement
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import same_code
from mendbook.fixes.instruction.rewording.around import goes_around
from mendbook.fixes.instruction.tree.syntax import arguments, end, inside, of_kinds, same, start


def refuse_around(scene: Scene, new: str, edits: Sequence[Edit]) -> None:
    """Raise ``Unplaced`` where ``new`` goes around a piece of what an edit would take away.

    *Limit it with cap(open(path), 9)* leaves the rest of ``parse(open(path), out)`` standing, and
    *use cap(open(path), 9)* says nothing of ``out``; *use load(path.name)* takes the place of all
    of ``parse(read(path.name))``.
    """
    kinds = scene.language.calls | scene.language.objects
    nodes = of_kinds(scene.root, kinds, scene.language)
    for edit in edits:
        outer = next(
            (one for one in nodes if (start(one), end(one)) == (edit.start, edit.end)), None
        )
        if outer is None or new in outer.text():
            continue
        calls = [one for one in nodes if one.kind() in scene.language.calls and inside(one, outer)]
        operand = _operand(scene, outer, calls, new)
        fix = scene.task.finding.fix
        if operand is not None and (
            goes_around(fix, new)
            or (_RETURNED.match(fix) is None and _lost_names(scene, calls, operand, new))
        ):
            unplaced = Unplaced(f"where `{new}` goes is not said")
            unplaced.weighed = True
            raise unplaced


_RETURNED = re.compile(r"\W*(?:return|replace|answer|respond)\b", re.IGNORECASE)
"""Orders by which new code takes the place of all that stands there."""


def _operand(scene: Scene, outer: SgNode, calls: list[SgNode], new: str) -> SgNode | None:
    """Return the one value below ``outer`` that ``new`` is called with; no plain name."""
    below = [one for call in calls for one in arguments(call)]
    statement = one_statement(scene, new)
    made = of_kinds(statement, scene.language.calls) if statement is not None else []
    for given in next((arguments(one) for one in made if one.text() == new), []):
        if not re.search(r"[.(\[]", given.text()) or re.fullmatch(r"[\d._]+", given.text()):
            continue
        places = same_code(scene, given.text(), outer)
        if outer.kind() not in scene.language.objects:
            places = [one for one in places if any(same(one, each) for each in below)]
        if len(places) == 1:
            return places[0]
    return None


def _lost_names(scene: Scene, calls: list[SgNode], operand: SgNode, new: str) -> bool:
    """Tell whether another argument that is a variable would go with the calls around."""
    told = set(re.findall(r"[A-Za-z_$][\w$]*", f"{new} {scene.task.finding.fix}"))
    others = [
        one
        for call in calls
        if inside(operand, call)
        for one in arguments(call)
        if not inside(operand, one) and one.kind() not in scene.language.strings
    ]
    names = {
        leaf
        for one in others
        for leaf in re.findall(r"(?<![\w$\"'`.])[A-Za-z_$][\w$]*", one.text())
    }
    return bool(names - told)
