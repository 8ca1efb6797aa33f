"""New code that is called with a piece of what stands there comes in the place of that piece."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Unplaced
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import same_code
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.language import parse
from mendbook.fixes.instruction.tree.syntax import arguments, end, inside, of_kinds, same, start


def at_its_operand(scene: Scene, clause: Clause, new: str, edit: Edit) -> Edit:
    """Return ``edit`` of a whole call, or of the operand in it that ``new`` is called with.

    *Limit it with cap(open(path), 9)* turns ``parse(open(path), out)`` into
    ``parse(cap(open(path), 9), out)``: ``out`` and ``parse`` are not spoken of. Raises
    ``Unplaced`` where *use cap(open(path), 9)* may mean either.
    """
    kinds = scene.language.calls | scene.language.objects
    nodes = of_kinds(scene.root, kinds, scene.language)
    outer = next((one for one in nodes if (start(one), end(one)) == (edit.start, edit.end)), None)
    if outer is None:
        return edit
    if outer.kind() in scene.language.objects:
        return _in_object(scene, outer, new, edit)
    operand = _operand(scene, outer, new)
    if operand is None:
        return edit
    direct = any(same(one, operand) for one in arguments(outer))
    if direct and not _lost_names(scene, outer, operand, new):
        return edit
    if direct and clause.verb is not Verb.ADD and _SAID.match(scene.task.finding.fix):
        raise Unplaced(f"where `{new}` goes is not said")
    return Edit(start(operand), end(operand), edit.text)


def _in_object(scene: Scene, outer: SgNode, new: str, edit: Edit) -> Edit:
    """Return the edit of the one value of an object that ``new`` is called with."""
    places = [
        one for each in _arguments(scene, new) for one in same_code(scene, each.text(), outer)
    ]
    if not places:
        return edit
    if len(places) > 1:
        raise Unplaced(f"where `{new}` goes is not said")
    return Edit(start(places[0]), end(places[0]), edit.text)


_SAID = re.compile(r"\W*(?:use|call|replace|switch|prefer|swap)\b", re.IGNORECASE)
"""Orders that may mean the whole call as well."""


def _operand(scene: Scene, outer: SgNode, new: str) -> SgNode | None:
    """Return the one argument below ``outer`` that ``new`` is called with; no plain name."""
    if new in outer.text():
        return None
    below = [one for call in _within(scene, outer) for one in arguments(call)]
    for given in _arguments(scene, new):
        if not re.search(r"[.(\[]", given.text()) or re.fullmatch(r"[\d._]+", given.text()):
            continue
        places = same_code(scene, given.text(), outer)
        found = [one for one in below if any(same(one, place) for place in places)]
        if len(found) == 1:
            return found[0]
    return None


_BODIES = {
    "go": "package p\n\nfunc f() {{\n\t{}\n}}\n",
    "java": "class A {{\n    void f() {{\n        {};\n    }}\n}}\n",
}
"""What an expression stands in, in a language whose files hold none by themselves."""


def _arguments(scene: Scene, new: str) -> list[SgNode]:
    """Return the arguments of the call that ``new`` is; none for other code."""
    whole = _BODIES.get(scene.language.name, "{}").format(new)
    calls = of_kinds(parse(scene.language, whole), scene.language.calls)
    return next((arguments(one) for one in calls if one.text() == new), [])


def _within(scene: Scene, outer: SgNode) -> list[SgNode]:
    calls = of_kinds(scene.root, scene.language.calls, scene.language)
    return [one for one in calls if inside(one, outer)]


def _lost_names(scene: Scene, outer: SgNode, operand: SgNode, new: str) -> bool:
    """Tell whether another argument that is a variable would go with the call around."""
    told = set(re.findall(r"[A-Za-z_$][\w$]*", f"{new} {scene.task.finding.fix}"))
    others = [one for one in arguments(outer) if not inside(operand, one)]
    names = {
        leaf
        for one in others
        for leaf in re.findall(r"(?<![\w$\"'`.])[A-Za-z_$][\w$]*", one.text())
        if one.kind() not in scene.language.strings
    }
    return bool(names - told)
