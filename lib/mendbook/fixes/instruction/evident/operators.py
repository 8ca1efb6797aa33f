"""An operator that is wanted where the quoted code has exactly one of its family."""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.said import Said, are_places
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.tree.syntax import text_of, walk

_FAMILIES = (
    *({">", ">="}, {"<", "<="}, {"==", "==="}, {"!=", "!=="}, {"||", "??"}),
    *({"is", "=="}, {"/", "//"}),
)
"""Operators that take each other's place without turning the test round."""


def wanted_operator(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the change of the one operator: *the check has to use >=*, of ``wind > limit``."""
    marks = [at for at in said.wanted() if said.codes[at].shape is Shape.OPERATOR]
    if len(marks) != 1 or said.asks_more({"use", "compare", "fall", "check", "test", "make", "put",
                                          "switch", "change"}):  # fmt: skip
        return
    new = said.codes[marks[0]].text
    there = quoted_of_family(scene, new)
    if len(there) != 1:
        return
    old = text_of(there[0])
    rest = [at for at in said.wanted() if at not in marks]
    given_up = [said.codes[at].text for at in said.given_up()]
    if not are_places(said, rest, scene) or any(one != old for one in given_up):
        return
    yield f"Replace `{old}` with `{new}`"


def quoted_of_family(scene: Scene, new: str) -> list[SgNode]:
    """Return the quoted operators that ``new`` may take the place of."""
    olds = {one for family in _FAMILIES if new in family for one in family - {new}}
    return [one for one in walk(scene.root) if one.kind() in olds and text_of(one) == one.kind()
            and begins_in_quote(scene, one)]  # fmt: skip
