"""Write one statement in the place of a loop and of what stands before and behind it."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from mendbook.code.edits import Edit, apply
from mendbook.code.python_source import PythonFile
from mendbook.fixes.claim import claim
from mendbook.fixes.recipe import RecipeChange
from mendbook.model import Operation


def in_place_of(
    file: PythonFile,
    nodes: Sequence[ast.stmt],
    text: str,
    *,
    summary: str,
    adds: str,
    risk: str = "",
    beside: Sequence[Edit] = (),
) -> RecipeChange | str:
    """Return the change that writes ``text`` over ``nodes``, which stand side by side.

    Comments between them would be lost, so there is none where one stands.
    """
    first, last = file.span(nodes[0])[0], file.span(nodes[-1])[1]
    if "#" in file.text[first:last]:
        return "a comment in the loop would be lost"
    edit = Edit(first, last, text)
    said = claim(
        file.path, file.text, [edit], Operation.REPLACE, summary[:1].lower() + summary[1:],
        [adds], [file.text[first:last]],
    )  # fmt: skip
    return RecipeChange(
        summary=summary,
        edits={file.path: apply(file.text, [edit, *beside])},
        risk=risk,
        contracts=(said,),
    )
