"""Small steps of Go and Java that stand beside others in one sentence of a fix text."""

from __future__ import annotations

import re

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.syntax import body_of, end, of_kinds, squeezed, start
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import block_start, line_before, replaced
from mendbook.model import Operation

_FIRST = re.compile(
    r"(?:call|add|use)\s+(?P<a>⟦\d+⟧)\s+first"
    r"|mark\s+(?:the\s+helper|it|this\s+helper)\s+(?:with|as)\s+(?P<b>⟦\d+⟧)",
    re.IGNORECASE,
)


def called_first(work: Work, ask: Ask) -> StepEdits | None:
    """*Call `t.Parallel()` first*: what the function that is quoted begins with."""
    told = _FIRST.fullmatch(ask.text)
    code = ask.code(told["a"] or told["b"]).rstrip(";") if told is not None else ""
    owner = re.fullmatch(r"(\w+)\.\w+\(\)", code)
    homes = around(work.scene)
    body = body_of(homes[0]) if len(homes) == 1 else None
    if owner is None or body is None:
        return None
    head = homes[0].text().partition("{")[0]
    if not re.search(rf"\b{owner[1]}\b", head):
        raise Abstain(f"{owner[1]} is no parameter of the function")
    if code.endswith(".Helper()") and re.search(r"\bTest[A-Z]\w*\(", head):
        raise Abstain("a test is no helper")
    if code in body.text():
        raise Abstain(f"{code} is called there already")
    mark = ";" if work.scene.language.name == "java" else ""
    edit = block_start(work.scene, body, f"{code}{mark}")
    return step_edits(work.scene, Operation.CALL, f"begin with `{code}`", [edit], [code])


_LOG = re.compile(
    r"log\s+(?:it\s+|the\s+\w+\s+)?(?:at\s+\w+|with|as)\b.*?:\s*(?P<new>⟦\d+⟧)"
    r"|(?:change|write)\s+the\s+log\s+(?:line|call)\s+(?:to|as)\s+(?P<other>⟦\d+⟧)",
    re.IGNORECASE,
)


def logged_so(work: Work, ask: Ask) -> StepEdits | None:
    """*Log at warn …: `log.warn("…", e)`*: over the one call of that logger in the function."""
    told = _LOG.fullmatch(ask.text)
    code = ask.code(told["new"] or told["other"]).rstrip(";") if told is not None else ""
    call = re.fullmatch(r"((?:\w+\.)*\w*[lL]og\w*)\.\w+\(.*\)", code, re.DOTALL)
    homes = around(work.scene)
    if call is None or not homes:
        return None
    kinds = ("method_invocation", "call_expression", "call")
    calls = [
        one
        for home in homes
        for one in of_kinds(home, kinds)
        if re.match(rf"{re.escape(call[1])}\.\w+\(", one.text())
    ]
    near = [one for one in calls if touches_quote(work.scene, one)]
    chosen = near if near else calls
    if len(chosen) != 1 or squeezed(chosen[0].text()) == squeezed(code):
        return None
    said = f"log `{code}`"
    return step_edits(
        work.scene, Operation.REPLACE, said, [replaced(chosen[0], code)], [code], [chosen[0].text()]
    )


_BLANK = re.compile(
    r"(?:use|call|prefer)\s+(?:⟦\d+⟧|(?:String\.)?isBlank\(\))\s+(?:instead\s+of|rather\s+than|over)\s+"
    r"(?:⟦\d+⟧|trim\(\)\.isEmpty\(\))",
    re.IGNORECASE,
)


_TRIMMED = re.compile(r"(.+)\.trim\(\)\.isEmpty\(\)", re.DOTALL)


def asked_for_blank(work: Work, ask: Ask) -> StepEdits | None:
    """*Use isBlank() instead of trim().isEmpty()*: the one such test of the method."""
    if _BLANK.fullmatch(ask.text) is None or not re.search(
        r"isBlank\(\).*trim\(\)\.isEmpty\(\)", ask.written
    ):
        return None
    homes = around(work.scene)
    home = homes[0] if len(homes) == 1 else work.scene.root
    tests = [
        (one, match[1])
        for one in of_kinds(home, ("method_invocation",))
        if (match := _TRIMMED.fullmatch(one.text())) is not None
    ]
    if len(tests) != 1:
        return None
    text = f"{tests[0][1]}.isBlank()"
    said = f"ask `{text}`"
    return step_edits(work.scene, Operation.REPLACE, said, [replaced(tests[0][0], text)], [text])


_FINALLY = re.compile(
    r"(?:remove|drop|delete)\s+the\s+empty\s+finally(?:\s+(?:block|clause))?", re.I
)


def without_empty_finally(work: Work, ask: Ask) -> StepEdits | None:
    """*Remove the empty finally block*: the one that does nothing."""
    if _FINALLY.fullmatch(ask.text) is None:
        return None
    clauses = [
        one
        for one in of_kinds(work.scene.root, ("finally_clause",))
        if re.fullmatch(r"finally\s*\{\s*\}", one.text())
    ]
    if len(clauses) != 1:
        return None
    text = work.scene.text
    begin = len(text[: start(clauses[0])].rstrip())
    edit = Edit(begin, end(clauses[0]), "")
    return step_edits(
        work.scene, Operation.REMOVE, "remove the empty finally", [edit], [], ["finally"]
    )


_OVERRIDES = re.compile(
    r"(?:add|put)\s+(?P<mark>⟦\d+⟧)\s+(?:to|on|above)\s+"
    rf"(?P<names>{ITEM}(?:(?:,\s+|,?\s+and\s+){ITEM})+)",
    re.I,
)


def marked_each(work: Work, ask: Ask) -> StepEdits | None:
    """*Add `@Override` to toString and hashCode*: above each of the methods."""
    told = _OVERRIDES.fullmatch(ask.text)
    if told is None or ask.code(told["mark"]) not in {"@Override", "@Deprecated"}:
        return None
    mark, scene = ask.code(told["mark"]), work.scene
    edits = []
    for name in re.split(r",\s+(?:and\s+)?|\s+and\s+", told["names"]):
        bare = ask.called(name)
        methods = scene.named(frozenset({"method_declaration"}), bare)
        if len(methods) != 1:
            return None
        if mark in methods[0].text().partition("(")[0]:
            raise Abstain(f"{bare} has {mark} already")
        edits.append(line_before(scene, methods[0], mark))
    return step_edits(scene, Operation.ADD, f"mark them with {mark}", edits, [mark])


SMALLER_STEPS = (
    called_first,
    logged_so,
    asked_for_blank,
    without_empty_finally,
    marked_each,
)
