"""Calls of Python: a list of arguments in the place of a line for the shell."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.editing import drop_item, quoted_as_here, replaced
from mendbook.fixes.instruction.scene import begins_in_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import made
from mendbook.fixes.instruction.syntax import arguments, callee_text, of_kinds, text_of
from mendbook.fixes.instruction.work import Made, Work
from mendbook.model import Operation

_LIST = re.compile(
    r"(?:pass|use|give|hand\s+over)\s+(?:it\s+|the\s+(?:command|arguments)\s+as\s+)?(?:an?\s+)?"
    r"(?:arg(?:ument)?s?\s+)?list(?:\s+of\s+arg(?:ument)?s)?\s*[,:(]?\s*(?P<new>⟦\d+⟧)\)?"
    r"(?:\s*,?\s+(?:and\s+)?(?:remove|drop|delete|leave\s+out|without)\s+(?P<gone>⟦\d+⟧))?",
    re.IGNORECASE,
)

_LINES = {"string", "concatenated_string", "binary_operator", "call"}
"""What a line for the shell may be made by."""


def listed_arguments(work: Work, ask: Ask) -> Made | None:
    """*Pass a list, `["lp", name]`, and drop `shell=True`*: of the one quoted subprocess call."""
    told = _LIST.fullmatch(ask.text)
    new = ask.code(told["new"]) if told is not None else ""
    if told is None or not new.startswith("[") or not new.endswith("]"):
        return None
    gone = "".join(ask.code(told["gone"]).split()) if told["gone"] else "shell=True"
    scene = work.scene
    calls = [
        one
        for one in of_kinds(scene.root, ("call",))
        if begins_in_quote(scene, one) and callee_text(one).startswith("subprocess.")
    ]
    if len(calls) != 1 or gone != "shell=True":
        return None
    given = arguments(calls[0])
    shell = [one for one in given if "".join(one.text().split()) == "shell=True"]
    if not given or len(shell) != 1 or given[0].kind() not in _LINES:
        return None
    text = quoted_as_here(scene, new)
    edits = [replaced(given[0], text), drop_item(scene, shell[0])]
    said = f"pass `{new}` and drop shell=True"
    return made(scene, Operation.REPLACE, said, edits, [text], ["shell=True", text_of(given[0])])


PYTHON_CALLS = (listed_arguments,)
