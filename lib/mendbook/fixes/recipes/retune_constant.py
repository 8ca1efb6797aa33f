"""Set a constant to the duration that the finding asks for."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, line_end
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import quoted, seconds

_ASKED = re.compile(r"\b(reduce|lower|shorten|increase|raise|extend|set|change)\b[^.;]*?\bto (.+)")


def _rewrite(task: Task) -> Change | str:
    asked = _ASKED.search(task.finding.fix.replace("Reduce", "reduce").replace("Set", "set"))
    asked = asked or _ASKED.search(task.finding.fix.lower())
    target = seconds(asked[2][:16]) if asked else None
    if asked is None or target is None:
        return "the fix names no duration to set"
    for module in targets(task):
        ranges = quoted(module, task.finding)
        for node in find_all(module.root, "variable_declarator"):
            value = node.field("value")
            at = node.range().start.index
            if value is None or value.kind() != "number":
                continue
            if any(first <= at < last for first, last in ranges):
                return _retune(task, module, node, value, target)
    return "the evidence quotes no constant that is a number"


def _retune(task: Task, module: Module, node: SgNode, value: SgNode, target: float) -> Change | str:
    old = float(value.text().replace("_", ""))
    comment = module.text[end(node) : line_end(module.text, end(node))]
    known = seconds(comment) or seconds(task.finding.problem)
    if not known or old not in {known, known * 1000}:
        return "neither the comment nor the finding shows the constant's unit"
    new = target * (old / known)
    if new == old or new != int(new):
        return "the constant has that value already"
    label = node.field("name")
    name = label.text() if label is not None else "the constant"
    text = f"{int(new):_}" if "_" in value.text() else str(int(new))
    edits = [Edit(value.range().start.index, value.range().end.index, text)]
    said = re.search(r"//\s*([^\r\n]*)", comment)
    if said and seconds(said[1]) is not None:
        at = end(node) + said.start(1)
        edits.append(Edit(at, at + len(said[1]), _written(target)))
    return Change(
        summary=f"Set {name} to {text}",
        edits={module.path: apply(module.text, edits)},
        why=f"The finding asks for {_written(target)}; its present value is {value.text()}.",
        risk=f"What {name} bounds happens {old / new:g} times as often."
        if new < old
        else f"What {name} bounds lasts {new / old:g} times as long.",
    )


def _written(duration: float) -> str:
    if duration >= 120 and duration % 60 == 0:
        return f"{duration / 60:g} minutes"
    return f"{duration:g} seconds"


RECIPE = Recipe(
    name="retune-constant",
    message="The value that the finding asks for, in the constant's own unit.",
    words=r"\b(reduce|lower|shorten|increase|raise|extend|set|change)\b.{0,40}\bto \d",
    rewrite=_rewrite,
    examples=(
        Example(
            "the comment shows the unit, and is kept true",
            asking(
                "The 10-minute lease is too long",
                "Reduce it to 60s",
                "src/a.ts",
                "",
                "const LEASE = 600; // 10 minutes",
            ),
            {"src/a.ts": "const LEASE = 600; // 10 minutes\nuse(LEASE);\n"},
            {"src/a.ts": "const LEASE = 60; // 60 seconds\nuse(LEASE);\n"},
        ),
        Example(
            "a unit that nothing shows is not guessed",
            asking("Lease too long", "Reduce to 60s", "src/a.ts", "", "const LEASE = 600;"),
            {"src/a.ts": "const LEASE = 600;\n"},
            refuses="shows the constant's unit",
        ),
    ),
)
