"""A function of Go that leaves with an answer, where it ended the whole program."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import indent
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.go_errors import zeros_beside
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    function_around,
    of_kinds,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_ENDS = (
    r"(?:(?:the|a|calling|to)\s+)*(?:panic\w*|exit\w*|abort\w*|crash\w*|dying"
    r"|killing\s+the\s+(?:process|program)|(?P<{0}>⟦\d+⟧))(?:\s+(?:call|here|there|on\s+.*))?"
)
_INSTEAD = r"(?:instead\s+of|in\s+place\s+of|rather\s+than)"
_RETURNS = re.compile(
    rf"return\s+(?:an\s+error\s*[:,(]\s*)?(?P<before>(?:[\w.]+(?:\{{\}})?,\s*)*)(?P<x>⟦\d+⟧)\)?\s+"
    rf"{_INSTEAD}\s+{_ENDS.format('gone')}",
    re.IGNORECASE,
)
_DOES = (
    re.compile(
        r"(?:replace|swap|change|turn)\s+(?P<gone>⟦\d+⟧|the\s+(?:panic|exit))\s+(?:by|with|for|into)\s+"
        r"(?P<x>⟦\d+⟧)\s+and\s+(?:then\s+|a\s+)?(?:an?\s+)?(?:early\s+)?return",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:call|use|answer|reply|respond|send|write|log)\s+(?:with\s+)?(?P<x>⟦\d+⟧)\s+and\s+(?:then\s+)?return\s+"
        rf"{_INSTEAD}\s+{_ENDS.format('gone')}",
        re.IGNORECASE,
    ),
)


def returned_instead(work: Work, ask: Ask) -> StepEdits | None:
    """*Return nil, errEmpty instead of panicking*: over the statement that ends the program."""
    told = _RETURNS.fullmatch(ask.text)
    if told is None:
        return None
    value = re.sub(r"^return\s+", "", ask.code(told["x"]))
    at, results = _ending(work.scene, ask, told["gone"])
    before = told["before"]
    if not before and "," not in re.sub(r"\([^()]*\)|\"[^\"]*\"", "", value):
        before = zeros_beside(results)
    code = f"return {before}{value}"
    said = f"`{code}` in the place of `{at.text()}`"
    return step_edits(work.scene, Operation.REPLACE, said, [replaced(at, code)], [code])


def done_and_left(work: Work, ask: Ask) -> StepEdits | None:
    """*Call http.Error(…) and return instead of log.Fatal(err)*: two statements for the one."""
    told = next((match for form in _DOES if (match := form.fullmatch(ask.text))), None)
    if told is None:
        return None
    code = ask.code(told["x"])
    at, results = _ending(work.scene, ask, told["gone"])
    if results:
        raise Abstain(f"what is returned with `{code}` is not said")
    lead = indent(work.scene.text, start(at))
    said = f"`{code}` and return in the place of `{at.text()}`"
    edit = replaced(at, f"{code}\n{lead}return")
    return step_edits(work.scene, Operation.REPLACE, said, [edit], [code, "return"])


_PROGRAM = re.compile(r"panic|os\.Exit|(?:\w+\.)?(?:Fatal|Panic)(?:f|ln)?")


def _ending(scene: Scene, ask: Ask, gone: str | None) -> tuple[SgNode, str]:
    """Return the statement that ends the program, and what the function around it gives."""
    homes = around(scene)
    told = ask.code(gone).partition("(")[0] if gone is not None and "⟦" in gone else ""
    calls = {
        start(one): one
        for home in homes
        for one in of_kinds(home, ("expression_statement",), scene.language)
        for call in one.named_children()[:1]
        if call.kind() == "call_expression"
        and _PROGRAM.fullmatch(callee_text(call))
        and told in {"", callee_text(call)}
    }
    quoted = [one for one in calls.values() if touches_quote(scene, one)]
    chosen = quoted if len(quoted) == 1 else [*calls.values()]
    if len(chosen) != 1:
        raise Abstain(f"{len(chosen)} statements end the program there")
    home = function_around(chosen[0], scene.language)
    return chosen[0], text_of(home.field("result")) if home is not None else ""


GO_EXITS = (returned_instead, done_and_left)
