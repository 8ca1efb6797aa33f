"""Errors of Go: wrapped in the return that is quoted, returned where they are dropped."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    end,
    of_kinds,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_WRAP = re.compile(
    r"(?:wrap\s+(?:it|the\s+error|⟦\d+⟧|err)\s*(?::|with|in|as|using|by\s+returning)\s*(?P<a>⟦\d+⟧)"
    r"|return\s+(?P<b>⟦\d+⟧)(?:\s+there)?)(?:\s+(?:instead(?:\s+of\s+.*)?|here))?",
    re.IGNORECASE,
)
_MADE = re.compile(r"fmt\.Errorf\(.*%w.*\)", re.DOTALL)


def wrapped(work: Work, ask: Ask) -> StepEdits | None:
    """*Wrap the error: `fmt.Errorf("…: %w", err)`*: over the error that the quoted return makes."""
    told = _WRAP.fullmatch(ask.text)
    code = ask.code(told["a"] or told["b"]) if told is not None else ""
    code = re.sub(r"^return\s+", "", code)
    if _MADE.fullmatch(code) is None:
        return None
    scene = work.scene
    values = []
    for one in of_kinds(scene.root, ("return_statement",)):
        if not touches_quote(scene, one) or not one.named_children():
            continue
        value = one.named_children()[0].named_children()[-1:]
        if value and (value[0].text() == "err" or _is_new(value[0])) and _in_check(one):
            values.append(value[0])
    if len(values) != 1:
        return None
    said = f"return `{code}` in the place of `{values[0].text()}`"
    return step_edits(scene, Operation.REPLACE, said, [replaced(values[0], code)], [code])


def _is_new(value: SgNode) -> bool:
    return value.kind() == "call_expression" and callee_text(value) in {
        "errors.New", "fmt.Errorf",
    }  # fmt: skip


def _in_check(one: SgNode) -> bool:
    """Tell whether a return stands below ``if err != nil``."""
    return any(
        each.kind() == "if_statement"
        and re.search(r"\berr\s*!=\s*nil", text_of(each.field("condition")))
        for each in one.ancestors()[:4]
    )


_RETURN = re.compile(
    r"(?:(?:do\s+not|don't)\s+(?:ignore|drop|discard|swallow)\s+the\s+error\s+(?:of|from)\s+(?P<a>"
    rf"{ITEM})\s*[;,:]\s*(?:but\s+)?return\s+it"
    rf"|(?:return|check(?:\s+and\s+return)?|handle(?:\s+and\s+return)?|look\s+at"
    rf"|propagate)\s+the\s+error\s+(?:of|from)\s+(?P<b>{ITEM})"
    r"(?:\s+(?:instead\s+of|rather\s+than)\s+(?:ignoring|dropping|discarding|swallowing)\s+it)?)",
    re.IGNORECASE,
)


def returned(work: Work, ask: Ask) -> StepEdits | None:
    """*Return the error of `srv.Serve()`*: of a call whose error is dropped as a statement."""
    told = _RETURN.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    name = re.sub(r"\(.*\)$", "", ask.code(told["a"] or told["b"]), flags=re.DOTALL)
    homes = around(scene)
    if len(homes) != 1:
        return None
    statements = [
        one
        for one in of_kinds(homes[0], ("expression_statement",))
        if (inner := one.named_children())
        and inner[0].kind() == "call_expression"
        and callee_text(inner[0]) == name
    ]
    result = text_of(homes[0].field("result"))
    if len(statements) != 1 or not re.search(r"\berror\)?$", result):
        return None
    at, call = statements[0], statements[0].text()
    behind = at.next()
    while behind is not None and not behind.is_named():
        behind = behind.next()
    if behind is not None and re.fullmatch(r"return\s+nil", behind.text()) and result == "error":
        edit = Edit(start(at), end(behind), f"return {call}")
        return step_edits(scene, Operation.REPLACE, f"return `{call}`", [edit], [f"return {call}"])
    leaves = leaves_of(homes[0], result)
    lead = indent(scene.text, start(at))
    code = f"if err := {call}; err != nil {{\n{lead}{step(scene.text)}{leaves}\n{lead}}}"
    said = f"check the error of `{name}`"
    return step_edits(
        scene, Operation.GUARD, said, [replaced(at, code)], [f"if err := {call}; err != nil"]
    )


def leaves_of(home: SgNode, result: str) -> str:
    """Return the return that the function has where an error is set already."""
    if result == "error":
        return "return err"
    known = {
        squeezed(one.text()): one.text().strip()
        for one in of_kinds(home, ("return_statement",))
        if re.search(r",\s*err$", one.text())
    }
    if len(known) != 1:
        return f"return {zeros_beside(result)}err"
    return next(iter(known.values()))


_NIL = re.compile(r"(?:\w+\s+)?(?:\*|\[\]|map\[)")
_PLAIN = re.compile(r"(?:\w+\s+)?(?P<type>string|bool|u?int(?:8|16|32|64)?|float(?:32|64))")


def zeros_beside(result: str) -> str:
    """Return what ``result``, as a function declares it, has beside the error: ``nil, ``.

    Nothing where the error is all. Raises ``Abstain`` where the zero of a type is not known.
    """
    values = []
    for one in result.strip("()").split(",")[:-1]:
        plain = _PLAIN.fullmatch(one.strip())
        if _NIL.match(one.strip()):
            values.append("nil")
        elif plain is not None:
            values.append({"string": '""', "bool": "false"}.get(plain["type"], "0"))
        else:
            raise Abstain("what is returned with the error is not said")
    return "".join(f"{one}, " for one in values)


_KNOWN = re.compile(
    r"return\s+(?:the\s+)?(?P<new>⟦\d+⟧|Err\w+)(?:\s+sentinel)?\s+(?:instead\s+of"
    r"|rather\s+than)\s+(?:creating\s+)?"
    r"(?:an?\s+(?:new|fresh|ad-?hoc)\s+error|⟦\d+⟧|the\s+new\s+error)(?:\s+.*)?",
    re.IGNORECASE,
)


def known_error(work: Work, ask: Ask) -> StepEdits | None:
    """*Return ErrFull instead of a new error*: in the quoted return that makes one."""
    told = _KNOWN.fullmatch(ask.text)
    name = ask.code(told["new"]) if told is not None else ""
    if not re.fullmatch(r"(?:\w+\.)?Err\w+", name):
        return None
    scene = work.scene
    values = [
        value[-1]
        for one in of_kinds(scene.root, ("return_statement",))
        if touches_quote(scene, one) and one.named_children()
        for value in [one.named_children()[0].named_children()]
        if value and _is_new(value[-1])
    ]
    folder = scene.path.rpartition("/")[0]
    files = [
        work.task.snapshot.text(path)
        for path in work.task.snapshot.files
        if path.endswith(".go") and path.rpartition("/")[0] == folder
    ]
    if "." not in name and not any(re.search(rf"\b{name}\s*=", text) for text in files):
        raise Abstain(f"{name} is declared nowhere in the package")
    if len(values) != 1:
        return None
    said = f"return {name} and make no error"
    return step_edits(scene, Operation.REPLACE, said, [replaced(values[0], name)], [name])


GO_ERRORS = (wrapped, known_error, returned)
