"""A list that is searched in each turn: an index of it, built before the loop, is asked."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import CODE
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    body_of,
    call_name,
    field,
    of_kinds,
    parameter_name,
    parameters,
    squeezed,
    statement_of,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import (
    line_before,
    quoted_as_here,
    replaced,
    semicolon,
)
from mendbook.model import Operation

_BUILD = re.compile(
    rf"(?:build|create|make|add|index|compute|put|introduce|define|declare|prepare) (?:[a-z]+"
    rf" ){{0,4}}?(?P<code>{CODE})"
    rf"(?: once)?(?: (?:(?:right |directly )?(?:before|above|outside|in front of|ahead of)(?:"
    rf" of)? loop|once|first|up front))?"
    rf"(?:,? (?:and|then|and then) (?:look|use|replace|read|get|find|check|test|ask|query|call"
    rf"|fetch|take)\b(?P<rest>.*))?"
    rf"|(?P<code2>{CODE}) (?:before|above|outside|in front of) loop(?:,? (?:and|then|and then)"
    rf" (?P<rest2>.*))?",
    re.IGNORECASE,
)
_MAP = re.compile(
    r"(?:const\s+)?(?P<name>[\w$]+)\s*(?::[^=]+)?=\s*new\s+Map(?:<[^()]*>)?\(\s*(?P<list>[\w$.]+)\.map\(\s*"
    r"\(?(?P<each>[\w$]+)(?::[^)]*)?\)?\s*=>\s*\[\s*(?P=each)\.(?P<key>[\w$.]+)\s*,\s*(?P=each)"
    r"\s*\](?:\s+as const)?\s*\)\s*\)"
)
_SET = re.compile(
    r"(?:const\s+)?(?P<name>[\w$]+)\s*(?::[^=]+)?=\s*new\s+Set(?:<[^()]*>)?\(\s*(?P<list>[\w$.]+)"
    r"(?:\.map\(\s*\(?(?P<each>[\w$]+)\)?\s*=>\s*(?P=each)\.(?P<key>[\w$.]+)\s*\))?\s*\)"
)
_LOOPS = {"for_statement", "for_in_statement", "while_statement"}
_EACH = {"map", "forEach", "filter", "flatMap", "reduce", "some", "every", "find"}


def index(work: Work, ask: Ask) -> StepEdits | None:
    """*Build `const m = new Map(…)` before the loop, look up by m.get*: the quoted search."""
    scene = work.scene
    told = _BUILD.fullmatch(ask.text)
    if told is None:
        return None
    code = ask.code(told["code"] or told["code2"]).rstrip(";")
    by_key, by_value = _MAP.fullmatch(code), _SET.fullmatch(code)
    built = by_key or by_value
    if built is None or scene.knows(built["name"]):
        return None
    rest = told["rest"] or told["rest2"] or ""
    others = re.findall(CODE, rest)
    if any(not ask.code(one).startswith(built["name"]) for one in others):
        return None
    searches = [
        (one, asked)
        for one in of_kinds(scene.root, ("call_expression",))
        if touches_quote(scene, one) and (asked := _asked(one, built, by_key is not None))
    ]
    if len(searches) != 1:
        return None
    call, asked = searches[0]
    anchor = _anchor(call, built["list"])
    if anchor is None:
        return None
    statement = statement_of(anchor, scene.language)
    whole = code if code.startswith("const ") else f"const {code}"
    new = f"{built['name']}.{'get' if by_key else 'has'}({asked})"
    edits = [
        line_before(scene, statement, f"{quoted_as_here(scene, whole)}{semicolon(scene)}"),
        replaced(call, new),
    ]
    return step_edits(
        scene, Operation.REPLACE, f"ask {built['name']} for {built['list']}", edits, [new]
    )


def _asked(call: SgNode, built: re.Match[str], by_key: bool) -> str:
    """Return what a search of the same list is for; empty for another call."""
    given = arguments(call)
    target = field(call, "function")
    owner = target.field("object") if target is not None else None
    if owner is None or squeezed(owner.text()) != squeezed(built["list"]) or len(given) != 1:
        return ""
    name = call_name(call)
    if not by_key and not built["key"]:
        return given[0].text() if name == "includes" else ""
    if name not in ({"find"} if by_key else {"some"}) or given[0].kind() != "arrow_function":
        return ""
    params, body = parameters(given[0]), body_of(given[0])
    if len(params) != 1 or body is None or body.kind() != "binary_expression":
        return ""
    key = f"{parameter_name(params[0])}.{built['key']}"
    left, right = text_of(body.field("left")), text_of(body.field("right"))
    if text_of(body.field("operator")) != "===" or key not in (left, right) or left == right:
        return ""
    asked = right if left == key else left
    return "" if re.search(rf"\b{re.escape(parameter_name(params[0]))}\b", asked) else asked


def _anchor(call: SgNode, name: str) -> SgNode | None:
    """Return the outermost loop around a search in which its list stays as it is."""
    root = name.split(".")[0]
    loop = None
    for one in call.ancestors():
        if one.kind() in {"function_declaration", "method_definition", "program"}:
            break
        turns = one.kind() in _LOOPS or (
            one.kind() == "call_expression"
            and call_name(one) in _EACH
            and call.text() not in text_of(field(one, "function"))
        )
        if turns:
            text, root_, list_ = one.text(), re.escape(root), re.escape(name)
            declared = rf"(?:const|let|of|in)\s+(?:\{{[^}}]*)?\b{root_}\b[^;\n]*="
            changed = rf"\b{list_}\.(?:push|splice|pop|shift|unshift|sort)\("
            if re.search(declared, text) or re.search(changed, text):
                break
            loop = one
    return loop


INDEXED = (index,)
