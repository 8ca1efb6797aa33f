"""The edit that takes a whole declaration out."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, remove
from mendbook.code.imports import cut_from_list
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import end, start, whole


def removal(scene: Scene, declared: SgNode) -> Edit:
    """Return the edit that takes a whole declaration out, with its comments and blank lines."""
    outer = whole(declared)
    if outer.kind() == "variable_declarator":
        return cut_from_list(scene.text, outer)
    if scene.language.python:
        return _python_block(scene, outer)
    return remove(scene.text, outer)


def _python_block(scene: Scene, outer: SgNode) -> Edit:
    """Return the edit that removes a Python declaration with the blank lines that it had."""
    body = outer.parent()
    alone = body is not None and body.kind() == "block" and len(body.named_children()) == 1
    if alone:
        return Edit(start(outer), end(outer), "pass")
    edit = remove(scene.text, outer)
    rest = scene.text[edit.end :]
    blanks = re.match(r"(?:[ \t]*\r?\n)*", rest)
    above = re.search(r"(?:\r?\n[ \t]*)*$", scene.text[: edit.start])
    if blanks and above and rest[blanks.end() :].strip():
        return Edit(edit.start, edit.end + blanks.end(), "")
    if above and not rest.strip():
        return Edit(edit.start - max(0, len(above[0]) - 1), edit.end, "")
    return edit
