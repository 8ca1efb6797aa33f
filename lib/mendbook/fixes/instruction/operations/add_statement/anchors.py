"""What in the code a clause places something before, after or around."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, begins_in_quote
from mendbook.fixes.instruction.places.targets import PARTS, called, same_code
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    inside,
    line,
    name_of,
    of_kinds,
    outermost,
    same,
    start,
    statement_of,
    text_of,
    walk,
)
from mendbook.fixes.instruction.writing.editing import bare_body

BEFORE = ("before", "ahead of", "prior to", "in front of", "above")


def bracket_end(text: str, bracket: int) -> int:
    """Return where the round bracket at ``bracket`` ends, behind it."""
    depth = 0
    for at in range(bracket, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at + 1
    return len(text)


def anchor_of(
    scene: Scene, clause: Clause, phrase: Phrase, bound: Sequence[SgNode]
) -> SgNode | None:
    """Return the statement that a phrase such as ``after the call of X`` means, or None."""
    nodes: list[SgNode] = []
    for code in phrase.codes:
        nodes += same_code(scene, code.text)
    homes = bound or around(scene)
    for more in (called(scene, phrase), _by_words(scene, phrase)):
        if not any(inside(one, at) for one in nodes for at in homes):
            nodes = more if any(inside(one, at) for one in more for at in homes) else nodes or more
    if phrase.has("error", "err") and phrase.has("check"):
        nodes = _error_check(scene, clause)
    if not nodes and phrase.has("loop"):
        nodes = _loops(scene)
    if not nodes and phrase.words[-2:] == ("quoted", "statement"):
        nodes = _quoted(scene)
    if not nodes:
        return None
    inner = [one for one in nodes if any(inside(one, at) for at in homes)]
    statements: list[SgNode] = []
    for one in inner or nodes:
        at = bare_body(scene, one) or statement_of(one, scene.language)
        if not any(same(at, other) for other in statements):
            statements.append(at)
    if phrase.preposition in BEFORE and inner and not phrase.has("each", "every"):
        statements = _first_of_run(scene, statements)
    if len(statements) > 1:
        listed = ", ".join(f"{scene.path}:{line(one)}" for one in statements)
        raise Abstain(f"`{' '.join(phrase.words)}` fits several places ({listed})")
    return statements[0]


def _quoted(scene: Scene) -> list[SgNode]:
    """Return the statements that the evidence quotes, the outermost only."""
    statements = [
        one
        for home in around(scene) or [scene.root]
        for one in walk(home)
        if begins_in_quote(scene, one) and same(statement_of(one, scene.language), one)
    ]
    return outermost(statements)


def _loops(scene: Scene) -> list[SgNode]:
    """Return the loops that the evidence begins, else all where the finding points."""
    loops = [one for home in around(scene) for one in of_kinds(home, PARTS["loop"])]
    quoted = [one for one in loops if begins_in_quote(scene, one)]
    return quoted or loops


def _error_check(scene: Scene, clause: Clause) -> list[SgNode]:
    """Return the ``if`` that tests the error of what sets a name of the clause's code.

    Of ``defer rows.Close()`` that is the check behind ``rows, err := …``. Else it is the first one
    behind the quote, else the last before it.
    """
    begin = min((first for first, _ in scene.quotes), default=0)
    tests = [
        one
        for home in around(scene) or [scene.root]
        for one in of_kinds(home, ("if_statement",))
        if re.search(r"\berr", text_of(one.field("condition")))
    ]
    used = {name for code in clause.codes for name in re.findall(r"\w+", code.text)}
    of_it = [one for one in tests if _set_before(one) & used]
    behind = [one for one in of_it or tests if start(one) >= begin]
    return of_it if len(of_it) == 1 else behind[:1] or (of_it or tests)[-1:]


def _set_before(check: SgNode) -> set[str]:
    """Return the names that the statement before ``check`` sets."""
    before = check.prev()
    while before is not None and not before.is_named():
        before = before.prev()
    told = re.match(r"([\w\s,.]+?)\s*:?=(?!=)", before.text()) if before is not None else None
    return set(re.findall(r"\w+", told[1])) if told is not None else set()


def _first_of_run(scene: Scene, statements: list[SgNode]) -> list[SgNode]:
    quoted = [one for one in statements if begins_in_quote(scene, one)]
    return quoted if len(quoted) == 1 else statements


def _by_words(scene: Scene, phrase: Phrase) -> list[SgNode]:
    """Return what a phrase means by its words: a name that is set, a call by its stem."""
    homes = around(scene) or [scene.root]
    nodes: list[SgNode] = []
    for word in phrase.spelled:
        stem = re.sub(r"(?:ting|ing|ed|es|s)$", "", word.lower())
        stem = stem[:-1] if re.search(r"([bdgmnpr])\1$", stem) else stem
        if len(stem) < 3 or word.lower() in {"the", "are", "is", "being", "built", "any", "each"}:
            continue
        for home in homes:
            assigned = of_kinds(home, scene.language.assignments)
            nodes += [one for one in assigned if name_of(one) == word]
            nodes += [one for one in of_kinds(home, scene.language.calls) if _is_said(one, stem)]
        if nodes:
            return nodes
    return []


def _is_said(call: SgNode, stem: str) -> bool:
    """Tell whether a word's stem names a call: ``log`` for ``logger.info(…)``."""
    logs = stem == "log" and call.text().lower().startswith(("log", "console"))
    return logs or call_name(call).lower().startswith(stem) or _is_sql(call, stem)


def _is_sql(call: SgNode, stem: str) -> bool:
    """Tell whether a call is handed a statement of SQL that begins with the word of ``stem``."""
    if not any(verb.startswith(stem) for verb in _SQL):
        return False
    given = [one.text().lower() for one in arguments(call)]
    return any(re.match(rf"\w{{0,2}}[\"'`]+\s*{stem}", one) for one in given)


_SQL = ("select", "insert", "update", "delete", "upsert", "merge", "truncate")
