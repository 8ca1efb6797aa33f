"""Write new Python in the place of nodes, with the contract of it."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from mendbook.code.edits import Edit, apply
from mendbook.code.python_source import PythonFile
from mendbook.fixes.claim import claim
from mendbook.fixes.recipe import RecipeChange
from mendbook.model import Operation


def written_over(
    file: PythonFile,
    nodes: Sequence[ast.AST],
    texts: Sequence[str],
    *,
    summary: str,
    read_as: str,
    adds: Sequence[str] = (),
    removes: Sequence[str] = (),
    values: Mapping[str, str] | None = None,
    risk: str = "",
    beside: Sequence[Edit] = (),
) -> RecipeChange:
    """Return the change that writes each of ``texts`` over its node.

    ``adds`` and ``removes`` are what the contract says is added and removed: where they are empty,
    ``texts`` and what the nodes were. Edits ``beside`` them, such as imports and the constants in
    ``values``, need no place of their own in it.
    """
    edits = [file.replace(node, text) for node, text in zip(nodes, texts, strict=True)]
    said = claim(
        file.path,
        file.text,
        edits,
        Operation.REPLACE,
        read_as,
        adds or texts,
        removes or [file.source(node) for node in nodes],
        values,
    )
    return RecipeChange(
        summary=summary,
        edits={file.path: apply(file.text, [*edits, *beside])},
        risk=risk,
        contracts=(said,),
    )
