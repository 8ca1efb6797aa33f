"""What goes and what comes in its place."""

from __future__ import annotations

from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import squeezed
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced

Swap = tuple[str, str, list[Edit]]
"""What goes, what comes, and the edits."""


def swap_of(scene: Scene, nodes: Sequence[SgNode], code: str) -> Swap | None:
    """Return the swap of the one node of ``nodes`` for ``code``; None without one, or a change."""
    new = quoted_as_here(scene, code)
    if len(nodes) != 1 or squeezed(nodes[0].text()) == squeezed(new):
        return None
    return nodes[0].text(), new, [replaced(nodes[0], new)]
