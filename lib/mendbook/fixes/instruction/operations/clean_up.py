"""Do a clean-up call that stands behind other statements in ``finally``."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, line_end, line_start, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import (
    Scene,
    around,
)
from mendbook.fixes.instruction.places.targets import (
    same_code,
)
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    call_name,
    end,
    line,
    name_of,
    of_kinds,
    same,
    start,
    statement_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import semicolon
from mendbook.model import Operation


def finally_call(work: Work, clause: Clause) -> StepEdits | None:
    """Do an existing clean-up call in ``finally``; None where none is spoken of."""
    clauses = [clause, *work.rest[:1]]
    spoken = next((one for one in clauses if re.search(r"\bfinally\b", one.text)), None)
    if spoken is None:
        return None
    scene = work.scene
    said = [one for one in clauses for code in one.codes if "(" in code.text]
    target = said[0] if said else spoken
    calls = _cleanups(scene, target)
    if not calls:
        return None
    statement = pick(scene, calls, target, "the clean-up call", _homes(scene))[0]
    body = statement.parent()
    if body is None:
        return None
    siblings = list(body.named_children())
    at = next(n for n, one in enumerate(siblings) if same(one, statement))
    opened = _opened(scene, siblings[:at], statement)
    wrapped = siblings[opened + 1 : at]
    if not wrapped:
        raise Abstain("nothing stands between what is opened and its clean-up")
    if any(re.match(r"(?:return|throw|raise)\b", one.text()) for one in wrapped):
        raise Abstain("a return stands before the clean-up")
    edit = _finally(scene, wrapped, statement, siblings[at + 1 :])
    takes = 0 if spoken is clause and target is clause else 1
    return StepEdits(
        Operation.WRAP,
        f"do `{statement.text().rstrip(';')}` in finally",
        edits_in(scene, [edit]),
        adds=("finally",),
        takes=takes,
        follows_up=("finally",),
    )


def _homes(scene: Scene) -> list[SgNode]:
    return [body for one in around(scene) if (body := body_of(one)) is not None]


def _cleanups(scene: Scene, clause: Clause) -> list[SgNode]:
    """Return the statements that are the clean-up call which the text names."""
    calls: list[SgNode] = []
    for code in clause.codes:
        inner = re.search(r"\bfinally\s*(?:\{|:)\s*(.+?);?\s*\}?$", code.text, re.DOTALL)
        calls += list(same_code(scene, inner[1] if inner is not None else code.text))
    verbs = {clause.word, *clause.words} & _CLEAN
    if not calls:
        homes = _homes(scene) or [scene.root]
        calls = [
            one
            for home in homes
            for one in of_kinds(home, scene.language.calls)
            if call_name(one).lower() in verbs
        ]
    statements = [statement_of(one, scene.language) for one in calls]
    return [one for one in statements if one.kind() == "expression_statement"]


_CLEAN = {
    "close", "release", "unlock", "end", "quit", "disconnect", "destroy", "dispose", "stop",
    "clear", "cleanup", "shutdown", "free", "remove", "unlink", "rollback", "terminate",
}  # fmt: skip


def _opened(scene: Scene, before: Sequence[SgNode], cleanup: SgNode) -> int:
    """Return the index of the last statement before the clean-up that sets what it needs."""
    names = {one.text() for one in of_kinds(cleanup, ("identifier",))}
    last = -1
    for at, one in enumerate(before):
        declared = {name_of(each) for each in of_kinds(one, scene.language.assignments)}
        exits = one.kind() == "if_statement" and re.search(r"\breturn\b|\bthrow\b", one.text())
        if declared & names or (exits and last == at - 1 and at > 0):
            last = at
    if last < 0:
        raise Abstain("where what is cleaned up is opened cannot be seen")
    while last + 1 < len(before) and _acquires(scene, before[last + 1], names):
        last += 1
    return last


_ACQUIRES = {
    "acquire", "lock", "open", "connect", "writefile", "writefilesync", "copyfile", "copyfilesync",
    "mkdir", "mkdirsync", "symlink", "symlinksync", "write_text", "write_bytes",
}  # fmt: skip


def _acquires(scene: Scene, statement: SgNode, names: set[str]) -> bool:
    """Tell whether a statement only brings about what is cleaned up: *await writeFile(tmp, x)*.

    Where it fails there is nothing to clean up, and the clean-up would hide its error.
    """
    if statement.kind() != "expression_statement":
        return False
    calls = of_kinds(statement, scene.language.calls)
    held = {one.text() for one in of_kinds(statement, ("identifier",))}
    return len(calls) == 1 and call_name(calls[0]).lower() in _ACQUIRES and bool(held & names)


def _finally(
    scene: Scene, wrapped: Sequence[SgNode], cleanup: SgNode, rest: Sequence[SgNode]
) -> Edit:
    lead, unit = indent(scene.text, start(cleanup)), step(scene.text)
    begin = line_start(scene.text, start(wrapped[0]))
    stop = line_end(scene.text, end(cleanup))
    inner = scene.text[begin : line_end(scene.text, end(wrapped[-1]))].replace("\r\n", "\n")
    tail = ""
    if not scene.language.python:
        declared = _declared(wrapped)
        needed = {one for one in declared if any(re.search(rf"\b{one}\b", r.text()) for r in rest)}
        if needed:
            only = rest[0] if len(rest) == 1 else None
            value = re.fullmatch(r"return\s+([\w$]+);?", only.text()) if only is not None else None
            if value is None or only is None or value[1] not in needed or len(needed) > 1:
                return _finally_with(scene, wrapped, cleanup, rest, needed)
            stop = line_end(scene.text, end(only))
            last = wrapped[-1]
            bound_value = re.fullmatch(
                rf"(?:const|let)\s+{re.escape(value[1])}\s*=\s*(.*?);?", last.text(), re.S
            )
            if bound_value is not None:
                head = scene.text[begin : line_start(scene.text, start(last))]
                inner = f"{head}{lead}return {bound_value[1]}{semicolon(scene)}\n"
            else:
                inner = f"{inner}{lead}{only.text()}\n"
    body = textwrap.indent(inner.rstrip("\n"), unit)
    clean = f"{lead}{unit}{cleanup.text()}"
    if scene.language.python:
        return Edit(begin, stop, f"{lead}try:\n{body}\n{lead}finally:\n{clean}\n{tail}")
    return Edit(begin, stop, f"{lead}try {{\n{body}\n{lead}}} finally {{\n{clean}\n{lead}}}\n")


def _finally_with(
    scene: Scene,
    wrapped: Sequence[SgNode],
    cleanup: SgNode,
    rest: Sequence[SgNode],
    needed: set[str],
) -> Edit:
    """Return the edit that takes what follows the clean-up into the ``try``, up to its return."""
    if rest[-1].kind() != "return_statement" or len(rest) > _FEW:
        raise Abstain(f"{', '.join(sorted(needed))} is used behind the clean-up")
    opened = {one.text() for one in of_kinds(cleanup, ("identifier",))}
    again = [one for one in rest for each in of_kinds(one, ("identifier",))
             if each.text() in opened]  # fmt: skip
    if again:
        raise Abstain(f"line {line(again[0])} speaks of what is cleaned up before it")
    lead, unit = indent(scene.text, start(cleanup)), step(scene.text)
    begin, stop = line_start(scene.text, start(wrapped[0])), line_end(scene.text, end(rest[-1]))
    above = scene.text[begin : line_end(scene.text, end(wrapped[-1]))]
    below = scene.text[line_start(scene.text, start(rest[0])) : stop]
    body = textwrap.indent(f"{above}{below}".replace("\r\n", "\n").rstrip("\n"), unit)
    clean = f"{lead}{unit}{cleanup.text()}"
    return Edit(begin, stop, f"{lead}try {{\n{body}\n{lead}}} finally {{\n{clean}\n{lead}}}\n")


_FEW = 4
"""More statements than so many behind a clean-up are more than its result."""


def _declared(nodes: Sequence[SgNode]) -> set[str]:
    return {
        name_of(each)
        for one in nodes
        if one.kind() in {"lexical_declaration", "variable_declaration"}
        for each in of_kinds(one, ("variable_declarator",))
    }
