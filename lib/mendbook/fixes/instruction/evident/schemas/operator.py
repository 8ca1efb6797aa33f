"""An operator for the one quoted operator of its family."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.operators import quoted_of_family
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_FLOOR = re.compile(r"(?<![\w:/])//(?![\w/])")


def operator(told: Told) -> Iterator[Made]:
    """Yield the other operator: *numbers are compared by ==, not by is*."""
    marks = [at for at in told.new() if told.codes[at].shape is Shape.OPERATOR]
    floor = bool(_FLOOR.search(told.words)) and told.scene.language.python
    if len(marks) + floor != 1 or marks != told.new():
        return
    new = told.codes[marks[0]].text if marks else "//"
    there = quoted_of_family(told.scene, new)
    given_up = [told.codes[at].text for at in told.given_up()]
    if len(there) == 1 and all(one == there[0].text() for one in given_up):
        old = there[0].text()
        uses = [at for at in told.numbers() if told.codes[at].text in {old, new}]
        yield made(told, uses, Operation.REPLACE, f"write `{new}` for `{old}`",
                   [replaced(there[0], new)], adds=(new,), removes=(old,))  # fmt: skip
