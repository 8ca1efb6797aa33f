"""Calls of Python: a list of arguments in the place of a line for the shell."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.called.signatures import refuse_keyword
from mendbook.fixes.instruction.places.scene import around, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.syntax import arguments, callee_text, inside, of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import add_item, drop_item, quoted_as_here, replaced
from mendbook.model import Operation

_LIST = re.compile(
    r"(?:pass|use|give|hand\s+over)\s+(?:it\s+|the\s+(?:command|arguments)\s+as\s+)?(?:an?\s+)?"
    r"(?:arg(?:ument)?s?\s+)?list(?:\s+of\s+arg(?:ument)?s)?\s*[,:(]?\s*(?P<new>⟦\d+⟧)\)?"
    r"(?:\s*,?\s+(?:and\s+)?(?:remove|drop|delete|leave\s+out|without)\s+(?P<gone>⟦\d+⟧))?",
    re.IGNORECASE,
)

_LINES = {"string", "concatenated_string", "binary_operator", "call"}
"""What a line for the shell may be made by."""


def listed_arguments(work: Work, ask: Ask) -> StepEdits | None:
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
    return step_edits(
        scene, Operation.REPLACE, said, edits, [text], ["shell=True", text_of(given[0])]
    )


_NEEDS = re.compile(
    rf"(?:the\s+)?(?P<call>{ITEM})(?:\s+call)?(?:\s+in\s+(?P<home>{ITEM}))?\s+(?:needs|should\s+(?:get|have|be"
    r"\s+(?:given|called\s+with|passed))|must\s+(?:get|have|be\s+(?:given|called\s+with)))\s+"
    r"(?P<given>⟦\d+⟧(?:(?:,\s+|,?\s+and\s+)⟦\d+⟧)*)",
    re.IGNORECASE,
)


def needed_keywords(work: Work, ask: Ask) -> StepEdits | None:
    """*`subprocess.run` in `reduce` needs `check=True`*: keywords of the one call that is meant."""
    told = _NEEDS.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    pairs = [ask.code(one) for one in re.findall(r"⟦\d+⟧", told["given"])]
    name = ask.called(told["call"])
    if not all(re.fullmatch(r"[a-z_]\w*\s*=\s*[^=].*", one, re.DOTALL) for one in pairs):
        return None
    home = ask.called(told["home"] or "")
    homes = scene.named(scene.language.functions, home) if home else around(scene)
    calls = [
        one
        for one in of_kinds(scene.root, ("call",))
        if callee_text(one) in {name, f"self.{name}"} or callee_text(one).endswith(f".{name}")
    ]
    inner = [one for one in calls if any(inside(one, each) for each in homes)]
    quoted = [one for one in inner or calls if touches_quote(scene, one)]
    chosen = inner if len(inner) == 1 else quoted
    if len(chosen) != 1:
        return None
    held = {text_of(one.field("name")) for one in arguments(chosen[0])}
    keys = [one.split("=")[0].strip() for one in pairs]
    if known := next((one for one in keys if one in held), None):
        raise Abstain(f"{name} is given {known} already")
    for key in keys:
        refuse_keyword(work.task, scene, chosen[0], key)
    listed = chosen[0].field("arguments")
    if listed is None:
        return None
    edits = [add_item(scene, listed, ", ".join(quoted_as_here(scene, one) for one in pairs))]
    said = f"give {name} {', '.join(pairs)}"
    return step_edits(scene, Operation.ADD, said, edits, pairs)


PYTHON_CALLS = (listed_arguments, needed_keywords)
