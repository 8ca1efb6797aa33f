"""Move a statement before or after another, or an import to the top."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.names.python_placing import place_import
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, around
from mendbook.fixes.instruction.places.targets import called, same_code
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.language import Language
from mendbook.fixes.instruction.tree.syntax import (
    end,
    function_around,
    inside,
    line,
    name_of,
    of_kinds,
    same,
    start,
    statement_of,
    walk,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import is_docstring
from mendbook.model import Operation

_BEFORE = ("before", "above", "ahead of", "in front of", "prior to")
_AFTER = ("after", "below", "behind")


def move_statement(work: Work, clause: Clause) -> StepEdits | None:
    """Move what the clause names before or after what it names; None where it names no two."""
    scene = work.scene
    target = clause.behind(*_BEFORE, *_AFTER)
    topmost = target is None and _FIRST.search(clause.text) is not None
    if not (target or topmost) or clause.verb not in {Verb.MOVE, Verb.ADD, Verb.CALL}:
        return None
    moved = _statements(scene, clause.object)
    if clause.verb is not Verb.MOVE and not _stands(scene, moved):
        return None
    anchor = _first_of(scene, moved) if target is None else _statements(scene, target)
    if not moved or not anchor:
        raise Unplaced("what is moved, or where to, is not clear")
    one, other = _only(scene, clause, moved), _only(scene, clause, anchor)
    before = target is None or target.preposition in _BEFORE
    if same(one, other):
        raise Abstain("both are one statement")
    home, away = one.parent(), other.parent()
    if home is None or away is None or not same(home, away):
        raise Abstain("they stand in different blocks; what moves with them is not said")
    if (start(one) < start(other)) == before:
        raise Abstain(f"line {line(one)} already stands {'before' if before else 'after'} it")
    low, high = sorted((one, other), key=start)
    between = [
        each
        for each in home.named_children()
        if start(low) <= start(each) <= start(high) and not same(each, one)
    ]
    refuse_order(scene, between, one)
    first, last = _lines(scene, one)
    text = scene.text[first:last]
    at = line_start(scene.text, start(other)) if before else _behind(scene, other)
    lead = "" if scene.text[:at].endswith("\n") else "\n"
    return StepEdits(
        Operation.MOVE,
        f"move line {line(one)} {'before' if before else 'after'} line {line(other)}",
        edits_in(scene, [Edit(first, last, ""), insert(at, lead + text)]),
    )


_FIRST = re.compile(
    r"\b(?:to|at) the (?:very )?(?:top|start|beginning|front|head) of\b", re.IGNORECASE
)


def _first_of(scene: Scene, moved: Sequence[SgNode]) -> list[SgNode]:
    """Return the first statement of the function around the one that is moved, if it is one."""
    function = function_around(moved[0], scene.language) if len(moved) == 1 else None
    body = function.field("body") if function is not None else None
    rows = body.named_children() if body is not None else []
    rows = [one for one in rows if "comment" not in one.kind() and not is_docstring(one)]
    return rows[:1]


def _stands(scene: Scene, moved: list[SgNode]) -> bool:
    """Tell whether the evidence quotes a statement that is to stand elsewhere."""
    return bool(scene.quotes) and any(
        first <= start(one) < last for one in moved for first, last in scene.quotes
    )


def _statements(scene: Scene, phrase: Phrase) -> list[SgNode]:
    nodes: list[SgNode] = []
    for code in phrase.codes:
        nodes += same_code(scene, code.text)
    nodes = nodes or called(scene, phrase) or _spoken(scene, phrase)
    kept: list[SgNode] = []
    for one in nodes:
        at = statement_of(one, scene.language)
        if not any(same(at, other) for other in kept):
            kept.append(at)
    return kept


def _spoken(scene: Scene, phrase: Phrase) -> list[SgNode]:
    """Return the calls whose string or name a phrase spells: ``the /health route``."""
    words = [
        word for word in phrase.spelled
        if word.lower() not in {"the", "a", "routes", "route", "call", "any", "all", "of", "its"}
    ]  # fmt: skip
    for word in words:
        strings = [
            one
            for one in of_kinds(scene.root, scene.language.strings)
            if one.text().strip("'\"`").strip("/") == word.strip("/")
        ]
        if strings:
            return strings
        declared = [
            one for one in of_kinds(scene.root, scene.language.assignments) if name_of(one) == word
        ]
        if declared:
            return declared
    return []


def _only(scene: Scene, clause: Clause, nodes: list[SgNode]) -> SgNode:
    if len(nodes) == 1:
        return nodes[0]
    homes = around(scene)
    inner = [one for one in nodes if any(inside(one, home) for home in homes)]
    return pick(scene, inner or nodes, clause, "the statement")[0]


def refuse_order(scene: Scene, between: Sequence[SgNode], one: SgNode) -> None:
    """Raise ``Abstain`` where what is passed over sets or uses what the moved statement needs."""
    mine = _names(one, scene.language)
    declared = _declared(one, scene)
    for each in between:
        if declared & _names(each, scene.language):
            raise Abstain(f"line {line(each)} uses what line {line(one)} declares")
        if start(each) > start(one):
            continue
        if _declared(each, scene) & mine:
            raise Abstain(f"line {line(one)} uses what line {line(each)} declares")
    if any(re.match(r"(?:return|throw|raise)\b", each.text()) for each in between):
        raise Abstain("a return stands between them")


def _names(node: SgNode, language: Language) -> set[str]:
    return {one.text() for one in walk(node) if one.kind() in language.names}


def _declared(node: SgNode, scene: Scene) -> set[str]:
    names: set[str] = set()
    for one in of_kinds(node, scene.language.assignments):
        if function_around(one, scene.language) is None or not any(
            inside(at, node) and not same(at, node)
            for at in [function_around(one, scene.language) or node]
        ):
            label = one.field("name") or one.field("left")
            if label is not None and label.kind() not in {"member_expression", "attribute"}:
                names |= {each.text() for each in walk(label) if each.kind() in scene.language.names
                          or each.kind() == "identifier"}  # fmt: skip
    return names


def _lines(scene: Scene, statement: SgNode) -> tuple[int, int]:
    first, last = line_start(scene.text, start(statement)), _behind(scene, statement)
    rest = scene.text[first : start(statement)]
    if rest.strip():
        raise Abstain(f"line {line(statement)} holds more than one statement")
    return first, last


def _behind(scene: Scene, statement: SgNode) -> int:
    return line_end(scene.text, end(statement))


def move_import(work: Work, clause: Clause) -> StepEdits | None:
    """Move an import out of a function to the top of the module; None where none is spoken of."""
    written = any(re.match(r"(?:import|from)\s", one.text) for one in clause.object.codes)
    if clause.verb not in {Verb.MOVE, Verb.EXTRACT}:
        return None
    if not written and not clause.object.has("import", "imports"):
        return None
    scene = work.scene
    if not scene.language.python:
        raise Abstain("imports of this language stand at the top already")
    inner = [
        one
        for one in of_kinds(scene.root, ("import_statement", "import_from_statement"))
        if function_around(one, scene.language) is not None
    ]
    named = [
        one
        for one in inner
        if any(code.text in one.text() for code in clause.object.codes)
        or any(re.search(rf"\b{re.escape(w)}\b", one.text()) for w in clause.object.spelled
               if w.lower() not in {"the", "import", "imports", "of"})
    ]  # fmt: skip
    node = pick(scene, named or inner, clause, "the import in a function")[0]
    first, last = line_start(scene.text, start(node)), line_end(scene.text, end(node))
    blank = re.match(r"[ \t]*\r?\n", scene.text[last:])
    body = node.parent()
    if body is not None and len(body.named_children()) == 1:
        raise Abstain("the function does nothing else")
    leads = body is not None and same(body.named_children()[0], node)
    cut = Edit(first, last + (blank.end() if blank and leads else 0), "")
    return StepEdits(
        Operation.MOVE,
        f"move `{node.text()}` to the top of {scene.path}",
        edits_in(scene, [cut, *place_import(scene.text, node.text())]),
    )
