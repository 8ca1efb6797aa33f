"""Nested conditions as early exits: what stands within them comes out, level by level."""

from __future__ import annotations

import re
import textwrap

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, step
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import innermost_function, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    end,
    field,
    of_kinds,
    outermost,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import semicolon
from mendbook.model import Operation

_FLATTEN = re.compile(
    r"(?:flatten|invert|un-?nest|simplify|reduce|restructure|rewrite|use|prefer|replace)\b[^:;]*"
    r"\b(?:early[- ](?:returns?|exits?)|guard\s+clauses?|guards)\b[^:;]*(?::\s*(?P<guards>.+))?",
    re.IGNORECASE | re.DOTALL,
)
_EXITS = {"return_statement", "throw_statement"}


def flattened(work: Work, ask: Ask) -> StepEdits | None:
    """*Flatten with early returns*: the nested ifs of the one function that is quoted."""
    scene = work.scene
    told = _FLATTEN.fullmatch(ask.text)
    if told is None:
        return None
    ifs = outermost(
        one for one in of_kinds(scene.root, ("if_statement",)) if touches_quote(scene, one)
    )
    if len(ifs) != 1:
        return None
    home = innermost_function(scene, ifs[0])
    body = body_of(home) if home is not None else None
    holder = ifs[0].parent()
    if body is None or holder is None or start(holder) != start(body):
        return None
    inner = [one for one in body.named_children() if "comment" not in one.kind()]
    at = next(n for n, one in enumerate(inner) if start(one) == start(ifs[0]))
    rest = inner[at + 1 :]
    if len(rest) > 1 or (rest and rest[0].kind() not in _EXITS):
        return None
    leaves = rest[0].text() if rest else f"return{semicolon(scene)}"
    rows = _levels(scene, ifs[0], leaves)
    if len(rows) < 2 or not _are_told(told["guards"] or "", rows, ask):
        return None
    lead = indent(scene.text, start(ifs[0]))
    text = textwrap.indent("\n".join(rows), lead).lstrip()
    last = end(rest[0]) if rest else end(ifs[0])
    tests = [one.split("\n")[0].removesuffix(" {") for one in rows if one.startswith("if (")]
    edits = [Edit(start(ifs[0]), last, text)]
    return step_edits(scene, Operation.GUARD, "leave early, and nest nothing", edits, tests[:1])


def _levels(scene: Scene, outer: SgNode, leaves: str) -> list[str]:
    """Return the statements of nested ifs one behind the other, each test turned round."""
    body, test = field(outer, "consequence"), field(outer, "condition")
    if (
        body is None
        or test is None
        or body.kind() != "statement_block"
        or field(outer, "alternative")
    ):
        raise Abstain("a branch beside it does something else")
    guard = f"if ({_denied(test.named_children()[0])}) {{\n{step(scene.text)}{leaves}\n}}"
    inner = body.named_children()
    if not inner or any("comment" in one.kind() for one in inner):
        raise Abstain("what stands within cannot be parted")
    last = inner[-1]
    rows = [guard, *(_dedented(scene, one) for one in inner[:-1])]
    nested = last.kind() == "if_statement" and field(last, "alternative") is None
    if nested:
        return [*rows, *_levels(scene, last, leaves)]
    if last.kind() not in _EXITS and not leaves.startswith("return;") and leaves != "return":
        raise Abstain("what stands within goes on behind it")
    return [*rows, _dedented(scene, last)]


def _dedented(scene: Scene, node: SgNode) -> str:
    return re.sub(rf"(?m)^{indent(scene.text, start(node))}", "", node.text())


_TURNED = {"===": "!==", "!==": "===", "==": "!=", "!=": "=="}


def _denied(test: SgNode) -> str:
    """Return a test turned round; raise ``Abstain`` for one that is not surely turned."""
    if test.kind() == "parenthesized_expression":
        return _denied(test.named_children()[0])
    if test.kind() in {"identifier", "member_expression", "call_expression"}:
        return f"!{test.text()}"
    if test.kind() == "unary_expression" and test.text().startswith("!"):
        return test.named_children()[0].text()
    sign = text_of(test.field("operator"))
    left, right = test.field("left"), test.field("right")
    if test.kind() == "binary_expression" and left is not None and right is not None:
        if sign in _TURNED:
            return f"{left.text()} {_TURNED[sign]} {right.text()}"
        if sign == "&&":
            return f"{_denied(left)} || {_denied(right)}"
    raise Abstain(f"`{test.text()}` is not surely turned round")


def _are_told(guards: str, rows: list[str], ask: Ask) -> bool:
    """Tell whether the guards that a text lists, if it does, are those that are made."""
    tests = " ".join(one.split("\n")[0] for one in rows if one.startswith("if ("))
    if not guards:
        return True
    exits = re.findall(r"\b(?:return|throw)\b", guards)
    made_of = len([one for one in rows if one.startswith("if (")])
    named = [
        one.bare for one in ask.told if re.search(rf"{re.escape(one.text)}\s+is\b", ask.written)
    ]
    return len(exits) <= made_of and all(one in tests for one in named)
