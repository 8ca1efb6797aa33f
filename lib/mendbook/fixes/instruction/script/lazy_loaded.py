"""A component that is imported when it is first shown: ``lazy(() => import('./page'))``."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import insert, line_end, remove
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.syntax import end, of_kinds, start, string_of, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_LAZY = re.compile(r"\b(?:React\.)?lazy\s*\(|\b(?:React\.)?lazy\b|\bon\s+demand\b|\blazily\b")
_LOADS = re.compile(
    r"^(?:please\s+)?(?:lazy-load|lazily\s+load|load|import|make|use|turn|switch|replace|convert|wrap|defer|split)\b"
    r"|\b(?:should|must|has\s+to|needs\s+to|ought\s+to)\s+(?:be|become)\b",
    re.IGNORECASE,
)
_TAGS = ("jsx_opening_element", "jsx_self_closing_element")


def lazily(work: Work, ask: Ask) -> StepEdits | None:
    """*Load Archive on demand via lazy(() => import(…))*: the one component that is named.

    Raises ``Abstain`` where nothing would be shown while it loads, or where more than an element
    uses it.
    """
    scene = work.scene
    said = ask.unticked
    code = re.search(r"\b(?:React\.)?lazy\b", said)
    if code is None or not _LAZY.search(said) or not _LOADS.search(said):
        return None
    imported = [
        (one, name)
        for one in of_kinds(scene.root, ("import_statement",), scene.language)
        if (name := _default_of(one)) and re.search(rf"\b{re.escape(name)}\b", said)
    ]
    near = [one for one in imported if touches_quote(scene, one[0])]
    chosen = near if len(near) == 1 else imported
    if len(chosen) != 1:
        return None
    statement, name = chosen[0]
    _refuse_other_uses(scene, statement, name)
    source = statement.field("source")
    if source is None or re.search(r"<(?:React\.)?Suspense\b", scene.text) is None:
        raise Abstain(f"no Suspense stands there that shows something while {name} loads")
    last = of_kinds(scene.root, ("import_statement",), scene.language)[-1]
    quote = text_of(source)
    mark = ";" if statement.text().endswith(";") else ""
    named = re.search(r"\bimport\s+(?:\*\s+as\s+)?React\b", scene.text) is not None
    way = "React.lazy" if named and code[0] != "lazy" else "lazy"
    line = f"\nconst {name} = {way}(() => import({quote})){mark}\n"
    edits = [
        remove(scene.text, statement, comments=False),
        insert(line_end(scene.text, end(last)), line),
    ]
    modules = {"lazy": "react"} if way == "lazy" else {}
    return step_edits(
        scene,
        Operation.REPLACE,
        f"import {string_of(source)} when {name} is first shown",
        edits,
        [f"lazy(() => import({quote}))"],
        [f"import {name} from"],
        modules,
    )


def _default_of(statement: SgNode) -> str:
    """Return the one name that a statement imports, as the module's default; else nothing."""
    told = re.match(r"import\s+([A-Z]\w*)\s+from\b", statement.text())
    return told[1] if told is not None else ""


def _refuse_other_uses(scene: Scene, statement: SgNode, name: str) -> None:
    for one in spelled(scene.root, name, scene.language):
        if start(statement) <= start(one) < end(statement):
            continue
        holder = one.parent()
        if holder is None or holder.kind() not in {*_TAGS, "jsx_closing_element"}:
            raise Abstain(f"{name} is used other than as an element")
