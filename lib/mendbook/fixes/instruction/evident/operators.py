"""An operator that is wanted where the quoted code has exactly one of its family."""

from __future__ import annotations

from collections.abc import Iterator

from mendbook.fixes.instruction.evident.said import Said, are_places
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.syntax import text_of, walk

_FAMILIES = ({">", ">="}, {"<", "<="}, {"==", "==="}, {"!=", "!=="}, {"||", "??"})
"""Operators that take each other's place without turning the test round."""


def wanted_operator(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the change of the one operator: *the check has to use >=*, of ``wind > limit``."""
    marks = [at for at in said.wanted() if said.codes[at].shape is Shape.OPERATOR]
    if len(marks) != 1 or said.asks_more({"use", "compare", "fall", "check", "test", "make", "put",
                                          "switch", "change"}):  # fmt: skip
        return
    new = said.codes[marks[0]].text
    family = next((one for one in _FAMILIES if new in one), None)
    if family is None:
        return
    (old,) = family - {new}
    rest = [at for at in said.wanted() if at not in marks]
    given_up = [said.codes[at].text for at in said.given_up()]
    if not are_places(said, rest, scene) or any(one != old for one in given_up):
        return
    there = [one for one in walk(scene.root) if one.kind() == old and text_of(one) == old
             and begins_in_quote(scene, one)]  # fmt: skip
    if len(there) == 1:
        yield f"Replace `{old}` with `{new}`"
