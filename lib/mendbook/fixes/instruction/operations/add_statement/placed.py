"""Where a new statement goes: before, after or inside what the text names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.code.functions import pattern_names
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.operations.add_statement.anchors import (
    BEFORE,
    anchor_of,
)
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import (
    Scene,
    around,
    begins_in_quote,
    function_of,
    touches_quote,
)
from mendbook.fixes.instruction.places.targets import hint_words, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    body_of,
    call_name,
    end,
    field,
    inside,
    line,
    name_of,
    of_kinds,
    same,
    start,
    statement_of,
)
from mendbook.fixes.instruction.writing.editing import (
    block_end,
    block_start,
    line_after,
    line_before,
    replaced,
)
from mendbook.text.plain import one_line

AFTER = ("after", "behind", "below")
_TOP = ("at the top of", "at the start of", "at the beginning of")
END = ("at the end of",)
EXIT = re.compile(r"^(?:return|throw|raise|continue|break)\b")


_STARTS = re.compile(r"\b(?:start|begin|open)s?\s+(?:out\s+)?with\b", re.IGNORECASE)


def placed_edits(scene: Scene, clause: Clause, code: str) -> tuple[Edit, str]:
    """Return the edit that puts ``code`` where the clause says, and the place in words."""
    bound = scopes_in(scene, clause)
    if clause.verb is Verb.THROW and clause.word.startswith("re"):
        handlers = ("catch_clause", "except_clause")
        return _last_in(scene, clause, handlers, code)
    for phrase in clause.phrases:
        if phrase.preposition in BEFORE and (at := anchor_of(scene, clause, phrase, bound)):
            return line_before(scene, at, code), f"before line {line(at)} of {scene.path}"
        if phrase.preposition in AFTER and (at := anchor_of(scene, clause, phrase, bound)):
            if EXIT.match(at.text()):
                raise Abstain("what follows a return is never reached")
            return line_after(scene, at, code), f"after line {line(at)} of {scene.path}"
    for phrase in clause.phrases:
        first = phrase.has("first") and phrase.preposition in {"as", "at", "in"}
        top = phrase.preposition in _TOP or phrase.has("top", "start", "beginning") or first
        finish = phrase.preposition in END or (phrase.has("end") and phrase.preposition == "at")
        if top or finish:
            body = _inner(scene, clause) or _body(scene, bound)
            if top:
                blank = code.startswith("if") and "\n" in code
                return block_start(scene, body, code, blank), f"at the top of {_title(body)}"
            return block_end(scene, body, code), f"at the end of {_title(body)}"
    if code.startswith("if") and _STARTS.search(scene.task.finding.fix):
        body = _inner(scene, clause) or _body(scene, bound)
        return block_start(scene, body, code), f"at the top of {_title(body)}"
    if any(one.has("effect", "callback") for one in clause.phrases):
        return _in_callback(scene, clause, code)
    handlers = ("catch_clause", "except_clause")
    quoted = [
        one for one in of_kinds(scene.root, handlers)
        if touches_quote(scene, one)
    ]  # fmt: skip
    if clause.verb is Verb.LOG and clause.object.has(*_CAUGHT) and quoted:
        return _in_block(scene, clause, "catch", handlers, code, bound)
    for word, kinds in _BLOCKS.items():
        if any(p.has(word) or word in p.preposition for p in clause.phrases if p.preposition):
            return _in_block(scene, clause, word, kinds, code, bound)
    return _by_condition(scene, code, bound)


_CAUGHT = ("it", "error", "exception", "failure", "problem", "cause", "reason", "rejection")
"""What a handler catches, in the words of people."""
_BLOCKS = {
    "catch": ("catch_clause", "except_clause"),
    "except": ("except_clause",),
    "finally": ("finally_clause",),
    "constructor": (),
}


def _in_block(
    scene: Scene,
    clause: Clause,
    word: str,
    kinds: Sequence[str],
    code: str,
    bound: Sequence[SgNode],
) -> tuple[Edit, str]:
    if word == "constructor":
        body = _body(scene, bound)
        return block_end(scene, body, code), "in the constructor"
    blocks = of_kinds(scene.root, kinds)
    outer = [one for one in bound if one.kind() not in kinds]
    clause_node = pick(scene, blocks, clause, f"a {word} block", outer)[0]
    body_node = field(clause_node, "body") or next(
        (one for one in clause_node.children() if one.kind() in scene.language.blocks), None
    )
    if body_node is None:
        raise Abstain(f"the {word} block has no body")
    where = f"in the {word} block of line {line(clause_node)}"
    inner = body_node.named_children()
    if len(inner) == 1 and inner[0].kind() == "pass_statement":
        return replaced(inner[0], code), where
    if re.match(r"(?:logger|log|console|logging)\b", code) or word == "catch":
        return block_start(scene, body_node, code), where
    return block_end(scene, body_node, code), where


def _last_in(scene: Scene, clause: Clause, kinds: Sequence[str], code: str) -> tuple[Edit, str]:
    """Put an exit last in the handler that the evidence points at."""
    handlers = of_kinds(scene.root, kinds)
    held = [one for one in handlers if touches_quote(scene, one)]
    inner = [one for one in held if not any(inside(o, one) and not same(o, one) for o in held)]
    node = pick(scene, inner or handlers, clause, "a handler")[0]
    body = field(node, "body") or next(
        (one for one in node.children() if one.kind() in scene.language.blocks), None
    )
    inner = [one for one in body.named_children() if "comment" not in one.kind()] if body else []
    if body is None or not inner:
        raise Abstain("the handler does nothing yet")
    if any(EXIT.match(one.text()) for one in inner):
        raise Abstain("the handler leaves by itself already")
    return block_end(scene, body, code), f"at the end of the handler of line {line(node)}"


def _in_callback(scene: Scene, clause: Clause, code: str) -> tuple[Edit, str]:
    """Put ``code`` last in the function that a hook is given."""
    calls = []
    for one in of_kinds(scene.root, scene.language.calls):
        given = arguments(one)
        hook = re.match(r"use[A-Z]\w*$|on[A-Z]\w*$", call_name(one))
        if hook and given and given[0].kind() in scene.language.functions:
            calls.append(one)
    call = pick(scene, calls, clause, "the effect", words=hint_words(clause))[0]
    body = body_of(arguments(call)[0])
    if body is None or body.kind() not in scene.language.blocks:
        raise Abstain("the effect has no block to put a statement in")
    last = [one for one in body.named_children() if "comment" not in one.kind()][-1:]
    if last and EXIT.match(last[0].text()) and EXIT.match(code):
        raise Abstain("the effect returns something already")
    return block_end(scene, body, code), f"at the end of {call_name(call)}"


def _body(scene: Scene, bound: Sequence[SgNode]) -> SgNode:
    """Return the body of the one function that the clause, else the finding, means."""
    functions = [function_of(one, scene.language) for one in bound] or around(scene)
    candidates = [one for one in functions if one is not None]
    if len(candidates) != 1:
        raise Abstain("which function gets the statement is not said")
    body = body_of(candidates[0])
    if body is None or body.kind() not in scene.language.blocks:
        raise Abstain("the function has no block to put a statement in")
    return body


_INNER = ("callback", "listener", "goroutine", "closure", "lambda", "anonymous", "inner")


def _inner(scene: Scene, clause: Clause) -> SgNode | None:
    """Return the body of the function within a function that the clause means by its kind.

    It is the one that the evidence hands to a call, else the innermost around what is quoted.
    Raises ``Abstain`` where there is none.
    """
    word = next((one for one in _INNER if any(each.has(one) for each in clause.phrases)), "")
    if not word:
        return None
    functions = of_kinds(scene.root, scene.language.functions)
    handed = [
        one
        for one in functions
        if begins_in_quote(scene, one)
        and (holder := one.parent()) is not None
        and holder.kind() in {"arguments", "argument_list"}
    ]
    around_it = [
        one
        for one in functions
        if any(start(one) <= first and last <= end(one) for first, last in scene.quotes)
        and any(inside(one, other) and not same(one, other) for other in functions)
    ]
    candidates = handed or [
        one
        for one in around_it
        if not any(inside(other, one) and not same(other, one) for other in around_it)
    ]
    body = body_of(candidates[0]) if len(candidates) == 1 else None
    if body is None or body.kind() not in scene.language.blocks:
        raise Unplaced(f"which function is meant by the {word} is not clear")
    return body


def _title(body: SgNode) -> str:
    function = body.parent()
    name = name_of(function) if function is not None else ""
    return name or "the function"


def _setting(scene: Scene, code: str) -> SgNode | None:
    """Return the one statement of the evidence that sets what ``code`` calls a method of."""
    owner = re.match(r"(?:await\s+)?(?P<owner>[A-Za-z_$][\w$.]*)\.\w+\(", code)
    if owner is None:
        return None
    statements = [
        statement_of(one, scene.language)
        for one in of_kinds(scene.root, scene.language.assignments)
        if begins_in_quote(scene, one) and name_of(one) == owner["owner"]
    ]
    return statements[0] if len(statements) == 1 else None


def _sets(assignment: SgNode) -> set[str]:
    """Return the names that an assignment or a declaration sets, one by one in a pattern."""
    pattern = field(assignment, "name", "left")
    if pattern is not None and pattern.kind() in ("object_pattern", "array_pattern"):
        return pattern_names(pattern)
    return {name_of(assignment)}


def _quoted_setting(scene: Scene, body: SgNode, names: set[str]) -> SgNode | None:
    """Return the one statement of the evidence, in whatever block, that sets one of ``names``."""
    found: dict[int, SgNode] = {}
    for one in of_kinds(body, scene.language.assignments):
        at = statement_of(one, scene.language)
        if begins_in_quote(scene, at) and _sets(one) & names:
            found.setdefault(start(at), at)
    last = found[max(found)] if found else None
    return last if last is not None and last.kind() not in _HEADS else None


_HEADS = frozenset({"for_statement", "for_in_statement", "while_statement", "with_statement"})
"""Statements that set a name for what stands in them."""


def _by_condition(scene: Scene, code: str, bound: Sequence[SgNode]) -> tuple[Edit, str]:
    """Place a guard that says no place: above the evidence's statement, where its names are set."""
    if (set_here := _setting(scene, code)) is not None:
        return line_after(scene, set_here, code), f"after line {line(set_here)} of {scene.path}"
    if not code.startswith("if"):
        raise Unplaced(f"where `{one_line(code, 80)}` goes is not said")
    homes = around(scene)
    if len(homes) != 1 and not bound:
        raise Unplaced(f"where `{one_line(code, 80)}` goes is not said")
    body = _body(scene, bound)
    names = set(re.findall(r"[A-Za-z_$][\w$]*", code.split("\n")[0]))
    if (set_here := _quoted_setting(scene, body, names)) is not None:
        return line_after(scene, set_here, code), f"after line {line(set_here)} of {scene.path}"
    statements = [one for one in body.named_children() if "comment" not in one.kind()]
    setting = [
        at
        for at, one in enumerate(statements)
        if any(_sets(each) & names for each in of_kinds(one, scene.language.assignments))
        and end(one) <= end(body)
    ]
    quoted = [at for at, one in enumerate(statements) if touches_quote(scene, one)]
    if setting:
        at = statements[max(setting)]
        return line_after(scene, at, code), f"after line {line(at)} of {scene.path}"
    if quoted and statements[quoted[0]] is not None:
        at = statements[quoted[0]]
        return line_before(scene, at, code), f"before line {line(at)} of {scene.path}"
    return block_start(scene, body, code), f"at the top of {_title(body)}"
