"""Give what a handler catches a name: ``catch (_)`` becomes ``catch (error)``."""

from __future__ import annotations

import re

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import of_kinds, start
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_CAUGHT = ("caught", "catch", "handler", "exception")
_HEADS = {
    "python": (
        "except_clause",
        re.compile(r"except\s+(?:[^:\n]+?)(?P<as>\s+as\s+(?P<n>\w+))?(?=\s*:)"),
    ),
    "script": (
        "catch_clause",
        re.compile(r"catch(?P<as>\s*\(\s*(?P<n>[\w$]+)(?:\s*:[^)]*)?\))?(?=\s*\{)"),
    ),
}


def name_caught(work: Work, clause: Clause) -> StepEdits | None:
    """Name what the one handler catches as the clause says; None where it speaks of no handler."""
    names = [one.text for one in clause.codes if one.shape is Shape.NAME]
    words = {word for one in clause.phrases for word in one.words}
    if len(names) != 1 or not words.intersection(_CAUGHT) or clause.behind("in") is not None:
        return None
    scene = work.scene
    kind, head = _HEADS["python" if scene.language.python else "script"]
    if not (scene.language.python or scene.language.script):
        return None
    one = pick(scene, of_kinds(scene.root, (kind,)), clause, "a handler")[0]
    match = head.match(one.text())
    if match is None:
        raise Abstain("what the handler catches is not one name")
    old, new = match["n"], names[0]
    if old == new:
        raise Abstain(f"what is caught is called {new} already")
    if spelled(one, new, scene.language):
        raise Abstain(f"the name {new} is taken in the handler")
    body = one.text()[match.end() :]
    if old is not None and re.search(rf"(?<![\w$.]){re.escape(old)}(?![\w$])", body):
        raise Abstain(f"the handler uses {old}; renaming it is not what the words say")
    at = start(one)
    if match["as"] is None:
        written = f" as {new}" if scene.language.python else f" ({new})"
        edit = Edit(at + match.end(), at + match.end(), written)
    else:
        edit = Edit(at + match.start("n"), at + match.end("n"), new)
    return StepEdits(
        Operation.REPLACE,
        f"call what is caught {new}",
        edits_in(scene, [edit]),
        adds=(new,),
    )
