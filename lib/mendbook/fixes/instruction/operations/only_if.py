"""Let one statement run only where a test holds: *wrap the call in `if (debug)`*."""

from __future__ import annotations

import re
import textwrap

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.alike.parsed import quoted_statements
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import calls_of, same_code
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, squeezed, start, statement_of, walk
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_REST = r"(?:\s*(?:…|\.\.\.))?"
_BRACED = re.compile(rf"if\s*\((?P<test>.+)\)\s*(?:\{{{_REST}\s*\}}?)?", re.DOTALL)
_GO = re.compile(rf"if\s+(?P<test>[^{{}}]+?)\s*(?:\{{{_REST}\s*\}}?)?", re.DOTALL)
_PYTHON = re.compile(rf"if\s+(?P<test>[^:\n]+?)\s*:?{_REST}", re.DOTALL)
_STATEMENTS = {"expression_statement", "call_expression"}
"""What may be left out of a run: nothing below reads what it declares, for it declares nothing."""


def only_if(work: Work, clause: Clause) -> StepEdits | None:
    """Return the edit that puts one statement under a test; None where the clause gives none.

    Raises ``Abstain`` where not one statement is meant, or where it does more than to call.
    """
    scene = work.scene
    behind = clause.behind("in", "into", "inside", "within", "with")
    test = _test(scene, behind.code.text) if behind is not None and behind.code else ""
    if not test:
        return None
    node = _statement(scene, clause)
    binds = any(one.kind() in {"assignment", "named_expression"} for one in walk(node))
    if node.kind() not in _STATEMENTS or binds:
        raise Abstain("what is to run only where the test holds declares or returns something")
    test = quoted_as_here(scene, test)
    for outer in node.ancestors():
        condition = outer.field("condition")
        if condition is not None and squeezed(condition.text()).strip("()") == squeezed(test):
            raise Abstain(f"it runs only where `{test}` holds already")
    first, last = start(node), end(node)
    last += scene.text[last : last + 1] == ";"
    lead, unit = indent(scene.text, first), step(scene.text)
    inner = textwrap.indent(lead + scene.text[first:last], unit)
    if scene.language.python:
        text = f"if {test}:\n{inner}"
    elif scene.language.name == "go":
        text = f"if {test} {{\n{inner}\n{lead}}}"
    else:
        text = f"if ({test}) {{\n{inner}\n{lead}}}"
    return StepEdits(
        Operation.WRAP,
        f"run `{' '.join(node.text().split())[:60]}` only where `{test}` holds",
        edits_in(scene, [Edit(first, last, text)]),
        adds=(test,),
    )


def _test(scene: Scene, code: str) -> str:
    """Return the test of ``if (test)`` in the file's language; empty for other code."""
    form = _PYTHON if scene.language.python else _GO if scene.language.name == "go" else _BRACED
    match = form.fullmatch(code.strip())
    return match["test"].strip() if match is not None else ""


def _statement(scene: Scene, clause: Clause) -> SgNode:
    """Return the statement of the call that the clause names, else the one that is quoted."""
    for code in clause.object.codes:
        if code.shape in {Shape.CODE, Shape.NAME}:
            nodes = same_code(scene, code.text) or calls_of(scene, code.bare)
            calls = [one for one in nodes if one.kind() in scene.language.calls]
            if calls:
                node = pick(scene, calls, clause, f"`{code.text}`")[0]
                return statement_of(node, scene.language)
    quoted = quoted_statements(scene)
    if len(quoted) != 1:
        raise Abstain("which statement is to run only where the test holds is not said")
    return quoted[0]
