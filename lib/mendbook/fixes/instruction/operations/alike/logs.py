"""A line of a log in the place of one that is printed."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.operations.alike.swap import Swap
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.tree.syntax import callee_text, of_kinds
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced

_PRINTS = re.compile(r"print|console\.\w+|fmt\.Print(?:f|ln)?|System\.(?:out|err)\.print(?:ln|f)?")
_LOGS = re.compile(r"[\w.]*log\w*\.\w+\(.*\)", re.IGNORECASE | re.DOTALL)


def log_for_print(scene: Scene, code: str) -> Swap | None:
    """``logger.warning(…)``: over the one call of the evidence that prints.

    A call of the same method beside it may be the one that is to read so.
    """
    if _LOGS.fullmatch(code) is None or _PRINTS.match(code):
        return None
    quoted = [one for one in of_kinds(scene.root, scene.language.calls)
              if touches_quote(scene, one)]  # fmt: skip
    calls = [one for one in quoted if _PRINTS.fullmatch(callee_text(one))]
    if len(calls) != 1 or any(callee_text(one) == code.split("(")[0] for one in quoted):
        return None
    new = quoted_as_here(scene, code)
    return calls[0].text(), new, [replaced(calls[0], new)]
