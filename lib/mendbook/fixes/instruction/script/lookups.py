"""Look-ups in a list: the set that is built once in its place."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.functions import pattern_names
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import DECLARED, innermost_function, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    body_of,
    callee_text,
    inside,
    name_of,
    of_kinds,
    parameters,
    start,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import block_start, line_before, replaced, semicolon
from mendbook.model import Operation

_BUILT = re.compile(
    r"const\s+(?P<name>[\w$]+)\s*=\s*new\s+Set(?:<[^()]*>)?\(\s*(?P<rows>[\w$.]+)\s*\);?"
)
_ASKS = re.compile(
    r"(?:build|create|make|turn|convert|use|put|construct|add|declare|wrap|store|test|check|"
    r"look|hoist|introduce)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_INTO_SET = re.compile(
    r"(?:turn|convert|make|put|wrap|change)\s+(?:the\s+)?(?P<rows>⟦\d+⟧)\s+(?:array\s+|"
    r"list\s+)?(?:into|to|in)?\s*(?:an?\s+)?(?:`?Set`?|⟦\d+⟧)"
    r"(?:\s+(?:once|first|up\s+front))?(?:\s+(?:before|above|"
    r"outside(?:\s+of)?)\s+(?:the\s+)?(?:⟦\d+⟧|filter|loop|map|callback))?"
    r",?\s+and\s+(?:test|check|look\s+(?:them|it|ids|items|\w+)\s+up|use|"
    r"query)\b(?:\s+(?:membership|for\s+membership|the\s+\w+|each\s+\w+|it|them))*"
    r"\s*(?:with|by|using|via|through)?\s*(?:its\s+|the\s+)?(?:`?\.?has`?(?:\(\))?|⟦\d+⟧)",
    re.IGNORECASE,
)
_LEFT = {"Set"} | {
    f"{dot}{name}{end}"
    for name in ("has", "includes", "filter")
    for dot in ("", ".")
    for end in ("", "()")
}


def looked_up(work: Work, ask: Ask) -> StepEdits | None:
    """*Build `const known = new Set(ids)` once and use `known.has(id)`*: for the test quoted."""
    scene = work.scene
    told = _told(ask)
    if told is None:
        return None
    name, rows, code = told
    calls = [
        one for one in of_kinds(scene.root, ("call_expression",))
        if touches_quote(scene, one) and callee_text(one) == f"{rows}.includes"
        and len(arguments(one)) == 1
    ]  # fmt: skip
    if len(calls) != 1:
        return None
    home = _home(scene, calls[0], rows)
    body = body_of(home) if home is not None else scene.root
    if body is None or (home is not None and body.kind() != "statement_block"):
        return None
    around = home if home is not None else scene.root
    if spelled(around, name, scene.language):
        raise Abstain(f"{name} is another one there")
    grows = (
        rf"(?<![\w$.]){re.escape(rows)}\s*(?:\.(?:push|pop|shift|unshift|splice|fill)\(|"
        r"\[[^\]]*\]\s*=(?!=)|\+?=(?![=>]))"
    )
    bare = re.sub(rf"(?:const|let|var)\s+{re.escape(rows)}\b[^=;]*=", "", around.text())
    if re.search(grows, bare):
        raise Abstain(f"{rows} is changed there; a set made once would not follow", final=True)
    line = f"{code}{semicolon(scene)}"
    top = _statement_in(body, calls[0])
    if top is None:
        return None
    first = re.search(
        r"\b(?:first\s+(?:statement|line|thing)|(?:start|top|"
        r"beginning)\s+of\s+the\s+(?:function|method))\b",
        ask.text,
    )
    own = [one for one in of_kinds(body, ("variable_declarator",)) if name_of(one) == rows]
    holders = [_statement_in(body, one) for one in own]
    if any(
        one is None or one.kind() not in DECLARED or start(one) >= start(top) for one in holders
    ):
        return None
    place = (
        block_start(scene, body, line)
        if first and home is not None and not own
        else line_before(scene, top, line)
    )
    test = f"{name}.has({arguments(calls[0])[0].text()})"
    said = f"look it up in the set {name}, made once"
    edits = [place, replaced(calls[0], test)]
    return step_edits(scene, Operation.REPLACE, said, edits, [code, test], [f"{rows}.includes("])


def _told(ask: Ask) -> tuple[str, str, str] | None:
    """Return the set's name, the list and the declaration that a sentence tells; else None."""
    if not _ASKS.match(ask.text):
        return None
    built = [match for one in ask.told if (match := _BUILT.fullmatch(one.text)) is not None]
    if len(built) == 1:
        name, rows = built[0]["name"], built[0]["rows"]
        rest = [one.text.rstrip(";") for one in ask.told if _BUILT.fullmatch(one.text) is None]
        fits = re.compile(
            rf"{re.escape(name)}(?:\.has(?:\(.*\))?)?|"
            rf"{re.escape(rows)}(?:\.includes(?:\(.*\))?)?|!{re.escape(name)}\.has\(.*\)"
        )
        asked = any(
            re.match(rf"!?{re.escape(name)}\.has\b", one) or re.fullmatch(r"\.?has(?:\(\))?", one)
            for one in rest
        )
        if not asked or any(one not in _LEFT and not fits.fullmatch(one) for one in rest):
            return None
        return name, rows, built[0][0].rstrip(";")
    into = _INTO_SET.fullmatch(ask.text)
    if into is None or "Set" not in ask.written or "has" not in ask.written:
        return None
    rows = ask.code(into["rows"])
    codes = [one.text for one in ask.told if one.text != rows]
    if not re.fullmatch(r"[\w$]+", rows) or any(one not in _LEFT for one in codes):
        return None
    name = f"{rows}Set"
    return name, rows, f"const {name} = new Set({rows})"


def _home(scene: Scene, call: SgNode, rows: str) -> SgNode | None:
    """Return the function that binds the list, or none where the file does."""
    root = rows.split(".")[0]
    if root == "this":
        functions = [one for one in call.ancestors() if one.kind() == "method_definition"]
        return functions[0] if functions else None
    for one in call.ancestors():
        if one.kind() not in scene.language.functions:
            continue
        if any(root in pattern_names(each) for each in parameters(one)):
            return one
        if any(root in pattern_names(name) for each in of_kinds(one, ("variable_declarator",))
               if (name := each.field("name")) is not None
               and (at := innermost_function(scene, each)) is not None
               and start(at) == start(one)):  # fmt: skip
            return one
    outer = [one for one in call.ancestors() if one.kind() in scene.language.functions]
    return outer[-1] if outer else None


def _statement_in(body: SgNode, call: SgNode) -> SgNode | None:
    """Return the statement of ``body`` itself that holds the call."""
    return next((one for one in body.named_children() if inside(call, one)), None)


LOOKUPS = (looked_up,)
