"""Write one more case, or the one by default, behind the cases of a switch of a script."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.edits import indent, step
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import start
from mendbook.fixes.instruction.writing.editing import semicolon

_LEAVES = {"return_statement", "throw_statement", "break_statement", "continue_statement"}


def runs_on(case: SgNode) -> bool:
    """Tell whether a case does not leave its switch."""
    last = case.named_children()[-1]
    if last.kind() == "statement_block" and last.named_children():
        last = last.named_children()[-1]
    return last.kind() not in _LEAVES


def case_rows(scene: Scene, beside: SgNode, head: str, code: str, *, flat: bool = False) -> str:
    """Return the lines of a case, ``head`` and ``code``, in the layout of the case ``beside``.

    ``flat`` puts both on one line.
    """
    lead = indent(scene.text, start(beside))
    gap = " " if flat else f"\n{lead}{step(scene.text)}"
    return f"{lead}{head}:{gap}{code}{semicolon(scene)}\n"
