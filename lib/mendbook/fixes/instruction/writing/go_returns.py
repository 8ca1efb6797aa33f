"""The values that a return of Go gives: as many as its function declares."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.line_runs import line_runs
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import Language, parse
from mendbook.fixes.instruction.tree.syntax import end, function_around, of_kinds, start

_ONE_VALUE = re.compile(
    r"(?:fmt\.(?:Errorf|Sprint\w*)|errors\.\w+|len|cap|append|make|new|copy|min|max|string|bool|byte"
    r"|rune|error|u?int(?:8|16|32|64)?|uintptr|float(?:32|64)|complex(?:64|128)?)\("
)


def miscounted(language: Language, before: str, after: str) -> str:
    """Return a changed return that gives more or fewer values than is declared, or nothing."""
    if language.name != "go":
        return ""
    lines = {at for run in line_runs(before, after) for at in range(run.new_start, run.new_end)}
    for one in of_kinds(parse(language, after), ("return_statement",), language):
        function = function_around(one, language)
        if one.range().start.line not in lines or function is None:
            continue
        given, declared = _given(one), _declared(function)
        if given and len(given) != declared and not (declared and _is_call(given)):
            return one.text()
    return ""


def _given(one: SgNode) -> list[SgNode]:
    listed = next(iter(one.named_children()), None)
    return list(listed.named_children()) if listed is not None else []


def _is_call(given: list[SgNode]) -> bool:
    """Tell whether a lone value may be several: the answer of a call that is not seen.

    What makes an error is one value, and so is what a built-in function or a conversion gives.
    """
    single = _ONE_VALUE.match(given[0].text())
    return len(given) == 1 and given[0].kind() == "call_expression" and single is None


def _declared(function: SgNode) -> int:
    result = function.field("result")
    if result is None:
        return 0
    if result.kind() != "parameter_list":
        return 1
    named = [
        name
        for one in result.named_children()
        for name in [child for child in one.named_children() if child.kind() == "identifier"]
    ]
    return len(named) or len(result.named_children())


def among_returned(scene: Scene, edit: Edit, text: str) -> Edit:
    """Return ``edit`` of all values of a return as one of the value that ``text`` is made from.

    ``fmt.Errorf("…: %w", err)`` comes in the place of ``err``; the other values stay.
    """
    if scene.language.name != "go":
        return edit
    for one in of_kinds(scene.root, ("return_statement",), scene.language):
        given = _given(one)
        if len(given) < 2 or (start(given[0]), end(given[-1])) != (edit.start, edit.end):
            continue
        used = [each for each in given if _reads(text, each)]
        if len(used) == 1 and not re.match(rf"{re.escape(given[0].text())}\s*,", text):
            return Edit(start(used[0]), end(used[0]), edit.text)
    return edit


def _reads(text: str, value: SgNode) -> bool:
    return value.kind() == "identifier" and bool(
        re.search(rf"\(.*(?<![\w.\"]){re.escape(value.text())}(?![\w(\"])", text, re.DOTALL)
    )
