"""Statements that run in one transaction: on the handle that its callback is given."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from itertools import pairwise

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, line_start, step
from mendbook.code.functions import pattern_names
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import spelled
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.tree.syntax import call_name, end, of_kinds, outermost, start
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_CALL = re.compile(
    r"(?P<owner>[A-Za-z_$][\w$.]*)\.(?P<name>\$?transaction|withTransaction)\s*\(\s*(?:async\s*)?"
    r"\(?(?P<handle>[A-Za-z_$][\w$]*)\)?\s*=>"
)
_BARE = re.compile(r"(?P<owner>[A-Za-z_$][\w$.]*)\.(?P<name>\$?transaction|withTransaction)\b")
_ON = re.compile(
    r"\b(?:on|using|via|through|with|,)\s*(?:the\s+handle\s+)?`?(?P<handle>tx|trx|t)\b"
)
_TWO = re.compile(r"\b(?:both|the\s+two|two)\b", re.IGNORECASE)
_NAMED = re.compile(r"[A-Za-z_$][\w$]*")
_STATEMENTS = {"expression_statement", "lexical_declaration"}


def in_transaction(work: Work, ask: Ask) -> StepEdits | None:
    """*Wrap both calls in db.transaction(async (tx) => …)*: the ones quoted, or named.

    Raises ``Abstain`` where they do not stand in a row, or what they make is read below them.
    """
    told = _CALL.search(ask.unticked) or _BARE.search(ask.unticked)
    if told is None or re.search(r"\b(?:remove|drop|unwrap|without)\b", ask.text, re.IGNORECASE):
        return None
    handle = told.groupdict().get("handle") or _handle(ask.unticked)
    if not handle:
        return None
    scene, owner = work.scene, told["owner"]
    chosen = _chosen(scene, ask, owner)
    _refuse_apart(scene, chosen)
    if any(
        one.text() == handle for home in around(scene) for one in of_kinds(home, ("identifier",))
    ):
        raise Abstain(f"{handle} is a name of the function already")
    margin, tab = indent(scene.text, start(chosen[0])), step(scene.text)
    first = line_start(scene.text, start(chosen[0]))
    body = _on_handle(scene, chosen, owner, handle, first)
    inner = textwrap.indent(body, tab)
    mark = ";" if chosen[-1].text().endswith(";") else ""
    code = (
        f"{margin}await {owner}.{told['name']}(async ({handle}) => {{\n{inner}\n{margin}}}){mark}"
    )
    edit = Edit(first, end(chosen[-1]), code)
    said = f"run {len(chosen)} statements in one transaction of {owner}"
    adds = [f"{owner}.{told['name']}(async ({handle}) =>"]
    return step_edits(scene, Operation.WRAP, said, [edit], adds)


def _handle(text: str) -> str:
    told = _ON.search(text)
    return told["handle"] if told is not None else ""


def _chosen(scene: Scene, ask: Ask, owner: str) -> list[SgNode]:
    """Return the statements that call the owner and are quoted, or whose calls the text names."""
    statements = [one for home in around(scene)[:1] for one in of_kinds(home, _STATEMENTS)]
    found = [one for one in outermost(statements) if _calls(one, owner)]
    quoted = [one for one in found if touches_quote(scene, one)]
    rest = _CALL.sub(" ", ask.unticked)
    words = set(_NAMED.findall(rest))
    named = [one for one in found if _called(one) & words]
    chosen = named if len(named) > len(quoted) else quoted
    if _TWO.search(rest) and len(chosen) != 2:
        raise Abstain(f"the text speaks of two statements, and {len(chosen)} are meant")
    if len(chosen) < 2:
        raise Abstain("which statements are to run in one transaction is not said")
    return chosen


def _calls(statement: SgNode, owner: str) -> bool:
    told = rf"(?<![\w$.]){re.escape(owner)}\s*(?:\(|\.\w+)"
    return "await" in statement.text() and re.search(told, statement.text()) is not None


def _called(statement: SgNode) -> set[str]:
    return {call_name(one) for one in of_kinds(statement, ("call_expression",))}


def _refuse_apart(scene: Scene, chosen: Sequence[SgNode]) -> None:
    for one, other in pairwise(chosen):
        between = scene.text[end(one) : start(other)]
        if between.strip(" \t\r\n;"):
            raise Abstain("the statements do not stand in a row")
    names = {
        name
        for one in chosen
        for declared in of_kinds(one, ("variable_declarator",))
        if (label := declared.field("name")) is not None
        for name in pattern_names(label)
    }
    for name in names:
        if any(start(one) > end(chosen[-1]) for one in spelled(scene.root, name, scene.language)):
            raise Abstain(f"{name} would no longer be known below the transaction")


def _on_handle(scene: Scene, chosen: Sequence[SgNode], owner: str, handle: str, first: int) -> str:
    """Return the text of the statements, with the handle where they name the owner."""
    text = scene.text[first : end(chosen[-1])]
    if "`" in text and re.search(r"`[^`]*\n", text):
        raise Abstain("a text of several lines must keep its layout")
    return re.sub(rf"(?<![\w$.]){re.escape(owner)}(?=\s*[.(])", handle, text)
