"""The value of a tag's attribute, as the file writes such values."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import Scene


def attribute_value(scene: Scene, old: SgNode, value: str) -> str:
    """Return the value of a tag's attribute: a text where it was one, else code in braces."""
    told = re.fullmatch(r"(?P<mark>['\"]).*(?P=mark)", value)
    if told is not None or value.startswith("{"):
        return value
    if old.kind() == "string" and not re.fullmatch(r"[A-Za-z_$][\w$.]*(?:\(.*\))?", value):
        mark = old.text()[0]
        return f"{mark}{value}{mark}"
    root = value.partition(".")[0].partition("(")[0]
    if old.kind() == "string" and not spelled(scene.root, root, scene.language):
        raise Abstain(f"whether `{value}` is a text or code is not said", final=True)
    return f"{{{value}}}"
