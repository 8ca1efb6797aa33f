"""What goes and what comes in its place."""

from __future__ import annotations

from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.editing import quoted_as_here, replaced
from mendbook.fixes.instruction.scene import Scene
from mendbook.fixes.instruction.syntax import squeezed

Swap = tuple[str, str, list[Edit]]
"""What goes, what comes, and the edits."""


def swap_of(scene: Scene, found: Sequence[SgNode], code: str) -> Swap | None:
    """Return the swap of the one node ``found`` for ``code``; None without one, or a change."""
    new = quoted_as_here(scene, code)
    if len(found) != 1 or squeezed(found[0].text()) == squeezed(new):
        return None
    return found[0].text(), new, [replaced(found[0], new)]
