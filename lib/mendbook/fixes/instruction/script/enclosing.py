"""Values that are handed through a call, or written with more code around them."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.calls import is_used
from mendbook.fixes.instruction.script.place import ITEM, parsed, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    of_kinds,
    outermost,
    squeezed,
    text_of,
    value_of,
    walk,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_FUNCTION = (
    r"(?:an?\s+|the\s+|our\s+)?(?:existing\s+|shared\s+|common\s+)?(?P<{f}>⟦\d+⟧|"
    r"ITEM)(?:\s+(?:helper|function|call|utility))?"
    r"(?:\s+(?:from|of|in)\s+(?P<{m}>⟦\d+⟧|[\w./@-]+))?(?:\s+(?:before|when|while|"
    r"first)\b(?:(?!⟦)[^;])*)?"
).replace("ITEM", ITEM)
_THROUGH = re.compile(
    r"(?:encode|escape|sanitize|sanitise|wrap|pass|run|put|send|normali[sz]e|convert|coerce|"
    r"quote|parse|trim|clean|hash|mask|redact)"
    rf"\s+(?:the\s+)?(?P<x1>{ITEM})(?:\s+(?:value|parameter|argument|input|query|id))?\s+"
    rf"(?:with|using|through|by|in|via|to)\s+{_FUNCTION.format(f='f1', m='m1')}"
    rf"|(?:the\s+)?(?P<x2>[\w ]+?|{ITEM})\s+(?:must|should|has\s+to|needs\s+to|ought\s+to)\s+"
    r"(?:be\s+(?:\w+ly\s+)?(?:escaped|encoded|sanitized|sanitised|wrapped|passed|run|put|sent|"
    r"normali[sz]ed|"
    rf"converted|coerced|quoted|parsed|trimmed|hashed|masked|redacted)|go|pass|run)\s+"
    rf"(?:with|using|through|by|in|via)\s+{_FUNCTION.format(f='f2', m='m2')}",
    re.IGNORECASE,
)


def through(work: Work, ask: Ask) -> StepEdits | None:
    """*Encode `id` with `encodeURIComponent`*: where the evidence uses it, once."""
    scene = work.scene
    told = _THROUGH.fullmatch(ask.text)
    if told is None:
        return None
    call = ask.code(told["f1"] or told["f2"]).rstrip(";")
    whole = re.fullmatch(r"(?P<f>[A-Za-z_$][\w$.]*)\((?P<x>[A-Za-z_$][\w$.]*)?(?:\.\.\.)?\)", call)
    function = whole["f"] if whole is not None else call
    name = (whole["x"] or "") if whole is not None else ""
    named = ask.code(told["x1"] or told["x2"])
    if not name:
        name = named
    elif told["x1"] and named != name and not re.fullmatch(r"[a-z]+", named):
        return None
    if not re.fullmatch(r"[A-Za-z_$][\w$.]*", function) or not re.fullmatch(
        r"[A-Za-z_$][\w$.]*", name
    ):
        return None
    if not scene.knows(name.split(".")[0]):
        return None
    uses = _uses(scene, name)
    if len(uses) != 1:
        return None
    holder = uses[0].parent()
    call_of = holder.parent() if holder is not None and holder.kind() == "arguments" else None
    if call_of is not None and callee_text(call_of) == function:
        raise Abstain(f"{name} is handed to {function} already")
    text = f"{function}({uses[0].text()})"
    said = f"hand {name} through {function}"
    return step_edits(scene, Operation.WRAP, said, [replaced(uses[0], text)], [text])


def _uses(scene: Scene, name: str) -> list[SgNode]:
    """Return the quoted uses of a name, else those of a member of that name, as values."""
    kinds = ("identifier", "member_expression")
    held = [
        one for one in of_kinds(scene.root, kinds) if begins_in_quote(scene, one) and is_used(one)
    ]
    return [one for one in held if one.text() == name] or [
        one for one in held
        if one.kind() == "member_expression" and text_of(one.field("property")) == name
    ]  # fmt: skip


_AROUND = re.compile(
    r"(?:(?:[A-Za-z][\w'-]*\s+)(?:(?!\b(?:add|append|insert|after|before|below|above|and|then|"
    r"also|too|move|remove|log|throw)\b)[^:⟦;]|⟦\d+⟧)*:\s*|(?:use|write|make\s+it|"
    r"do)\s+)(?P<new>⟦\d+⟧)(?:\s+(?:here|instead|there))?",
    re.IGNORECASE,
)
_NEW = {"call_expression", "await_expression", "binary_expression", "new_expression",
        "ternary_expression", "subscript_expression", "template_string"}  # fmt: skip


def written_around(work: Work, ask: Ask) -> StepEdits | None:
    """*Clamp it: `Math.min(Number(n), 9)`*: for the one quoted value that the new code holds."""
    scene = work.scene
    told = _AROUND.fullmatch(ask.text)
    new = ask.code(told["new"]).rstrip(";").removeprefix("return ") if told is not None else ""
    node = parsed(new, scene.language) if new else None
    if told is None or node is None or re.search(r"…|\.\.\.(?![\w$\[({])", new):
        return None
    if node.kind() not in _NEW:
        return None
    kept = {squeezed(one.text()) for one in walk(node)} - {squeezed(node.text())}
    values = [one for one in _values(scene) if squeezed(one.text()) in kept]
    values = outermost(values)
    if len(values) != 1 or not _is_whole_code(values[0]):
        return None
    others = [one for one in ask.told if one.text.rstrip(";") != ask.code(told["new"]).rstrip(";")]
    held = values[0].parent()
    near = text_of(held) if held is not None else ""
    if any(
        one.bare not in near and one.bare not in new and not re.fullmatch(r"[\d.]+", one.text)
        for one in others
    ):
        return None
    said = f"write `{new[:60]}` around it"
    return step_edits(scene, Operation.WRAP, said, [replaced(values[0], new)], [new])


def _values(scene: Scene) -> list[SgNode]:
    """Return the whole values that the evidence holds: what is declared, set, returned or given."""
    values: list[SgNode] = []
    for one in of_kinds(
        scene.root,
        (
            "variable_declarator",
            "assignment_expression",
            "pair",
            "return_statement",
            "template_substitution",
        ),
    ):
        if not touches_quote(scene, one):
            continue
        value = (
            value_of(one)
            if one.kind() not in {"return_statement", "template_substitution"}
            else next(iter(one.named_children()), None)
        )
        if value is not None and touches_quote(scene, value):
            values.append(value)
    return values


def _is_whole_code(node: SgNode) -> bool:
    return node.kind() in {
        "call_expression",
        "await_expression",
        "binary_expression",
        "new_expression",
        "member_expression",
        "subscript_expression",
    }


ENCLOSING = (through, written_around)
