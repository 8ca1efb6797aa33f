"""What comes behind a loop of Go over rows or lines: a look at the error that ended it."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.go_errors import leaves_of
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.tree.syntax import of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import line_after
from mendbook.model import Operation

_WORDS = words(
    "check checked checks handle handled look return returned propagate insert loop loops"
    " after behind below following followed iterating iteration scanning done once it's its"
    " error errors if not nil when rows lines there test tested finished ended ends over end"
)
_OF_ROWS = re.compile(r"(?P<rows>[\w.]+)\.Err\(\)")
_WHOLE = re.compile(
    r"if\s+(?P<name>\w+)\s*:=\s*(?P<rows>[\w.]+)\.Err\(\);\s*(?P=name)\s*!=\s*nil\s*\{\s*"
    r"(?P<leaves>return\b[^{}]*?)\s*;?\s*\}"
)


def checked_after_loop(work: Work, ask: Ask) -> StepEdits | None:
    """*Check rows.Err() after the loop*, and return what is told or what the function does."""
    scene = work.scene
    told = spoken(ask, lambda word: word == "nil")
    whole = [match for one in told.codes if (match := _WHOLE.fullmatch(one.strip())) is not None]
    asked = [match["rows"] for one in told.codes if (match := _OF_ROWS.fullmatch(one)) is not None]
    rest = [
        one
        for one in told.codes
        if not _WHOLE.fullmatch(one.strip()) and not _OF_ROWS.fullmatch(one)
    ]
    rows = {match["rows"] for match in whole} | set(asked)
    if len(rows) != 1 or len(whole) > 1 or set(rest) - {"nil", "err", "!="}:
        return None
    if not told.only(ARTICLES, ORDERS, _WORDS):
        return None
    if re.match(r"return\s+[\w.]+\.Err\(\)", ask.unticked, re.I) and not told.has("loop", "loops"):
        return None
    name = rows.pop()
    homes = around(scene)
    if len(homes) != 1:
        return None
    loops = [one for one in of_kinds(homes[0], ("for_statement",)) if _goes_over(one, name)]
    near = [one for one in loops if touches_quote(scene, one)]
    chosen = near if len(near) == 1 else loops
    if len(chosen) != 1:
        raise Abstain(f"{len(loops)} loops go over {name}")
    if re.search(rf"\b{re.escape(name)}\.Err\(\)", homes[0].text()):
        raise Abstain(f"{name}.Err() is looked at already")
    result = text_of(homes[0].field("result"))
    if whole:
        leaves, error = whole[0]["leaves"], whole[0]["name"]
    else:
        if not re.search(r"\berror\)?$", result):
            raise Abstain(f"what is to be done with {name}.Err() is not said")
        leaves, error = leaves_of(homes[0], result), "err"
    check = f"if {error} := {name}.Err(); {error} != nil {{\n{step(scene.text)}{leaves}\n}}"
    said = f"look at `{name}.Err()` behind the loop"
    edits = [line_after(scene, chosen[0], check)]
    return step_edits(scene, Operation.GUARD, said, edits, [f"{name}.Err()", leaves])


def _goes_over(loop: SgNode, name: str) -> bool:
    head = loop.text().partition("{")[0]
    return re.search(rf"\b{re.escape(name)}\.(?:Next|Scan)\(", head) is not None


GO_LOOPS = (checked_after_loop,)
