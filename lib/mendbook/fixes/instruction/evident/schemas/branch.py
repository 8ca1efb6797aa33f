"""A default branch for the one quoted ``switch`` that has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.code.edits import insert, line_end
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.tree.language import is_broken
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, outermost
from mendbook.fixes.instruction.writing.cases import case_rows, runs_on
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_THROWN = re.compile(r"\b(?:throw(?:s|ing)?|reject\w*|raise\w*)\b", re.IGNORECASE)
_RETURNED = re.compile(r"\breturn(?:s|ing)?\b", re.IGNORECASE)


def default_branch(told: Told) -> Iterator[Made]:
    """Yield the branch: *its switch lacks a default, throw new RangeError(x) there*."""
    new = told.new()
    if len(new) != 1 or not told.has("default"):
        return
    code = re.sub(r"^default\s*:\s*", "", told.codes[new[0]].text).rstrip(";")
    if code.startswith("new ") and _THROWN.search(told.words):
        code = f"throw {code}"
    elif not re.match(r"(?:throw|return)\b", code):
        if _RETURNED.search(told.words) is None or _THROWN.search(told.words):
            return
        code = f"return {code}"
    switches = outermost(
        one
        for one in of_kinds(told.scene.root, ("switch_statement",))
        if touches_quote(told.scene, one)
    )
    body = switches[0].field("body") if len(switches) == 1 else None
    cases = of_kinds(body, ("switch_case",)) if body is not None else []
    if body is None or not cases or of_kinds(body, ("switch_default",)) or runs_on(cases[-1]):
        return
    if is_broken(told.scene.language, f"function f() {{ {code} }}"):
        return
    text = quoted_as_here(told.scene, code)
    rows = case_rows(told.scene, cases[-1], "default", text)
    yield made(
        told,
        new,
        Operation.ADD,
        f"add `default: {text}` to the switch",
        [insert(line_end(told.scene.text, end(cases[-1])), rows)],
        adds=(text,),
    )
