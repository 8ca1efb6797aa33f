"""Loops: calls that are made once before one, or all at a time in its place."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.places.targets import same_code
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import (
    DECLARED,
    innermost_function,
    parsed,
    quoted_nodes,
    step_edits,
)
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    end,
    name_of,
    of_kinds,
    same,
    squeezed,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import line_before, replaced, semicolon
from mendbook.model import Operation

LOOP_KINDS = ("for_statement", "for_in_statement", "while_statement", "do_statement")
_ONCE = re.compile(
    r"(?:move|hoist|pull|lift|take)\s+(?:the\s+)?(?P<what>(?:⟦\d+⟧|it|this|call|query|fetch|"
    r"lookup|[\w ]+?))(?:\s+(?:call|query|lookup|declaration|assignment|line|statement))?"
    r"\s+(?:out\s+of|outside(?:\s+of)?|above|before|in\s+front\s+of|ahead\s+of)\s+(?:the\s+|"
    r"this\s+)?(?:⟦\d+⟧\s+)?(?:loop|iteration|`for`|for\s+loop)"
    r"|(?:fetch|load|compute|read|query|look\s+up|get|create|call|build|do|resolve)\s+(?"
    r"P<what2>[\w ⟦⟧]+?)\s+(?:only\s+)?once,?\s+(?:outside(?:\s+of)?|before|above|ahead\s+of)\s+"
    r"(?:the\s+)?loop"
    r"(?:\s*,?\s+(?:instead\s+of|rather\s+than|not)\s+(?:on|in|for|inside|once\s+per)\s+(?:every|"
    r"each|per)?\s*(?:iteration|pass|turn|item|element|the\s+loop|it))?",
    re.IGNORECASE,
)


def before_loop(work: Work, ask: Ask) -> StepEdits | None:
    """*Fetch the rate once before the loop*: the one quoted declaration that no turn changes."""
    scene = work.scene
    told = _ONCE.fullmatch(ask.text.replace("`", ""))
    if told is None:
        return None
    codes = [one.text for one in ask.told if len(one.text) > 4]
    declarations = [
        one for one in quoted_nodes(scene, DECLARED) if loop_around(scene, one) is not None
    ]
    if codes:
        exact = [
            one
            for one in declarations
            if any(squeezed(code) in squeezed(one.text()) for code in codes)
        ]
        declarations = exact
    if len(declarations) != 1:
        return None
    at, loop = declarations[0], loop_around(scene, declarations[0])
    if (
        loop is None
        or at.parent() is None
        or not text_of(body_of(loop))
        or loop.kind() == "do_statement"
    ):
        return None
    body = body_of(loop)
    parent = at.parent()
    if body is None or parent is None or start(parent) != start(body):
        return None
    _refuse_changing(loop, at)
    text = scene.text
    begin, stop = line_start(text, start(at)), line_end(text, end(at))
    if text[begin:stop].strip() != at.text().strip():
        return None
    names = {name_of(one) for one in of_kinds(at, ("variable_declarator",))}
    home = innermost_function(scene, loop) or scene.root
    taken = [
        one
        for one in of_kinds(home, ("variable_declarator",))
        if name_of(one) in names and not start(at) <= start(one) < end(at)
    ]
    if taken:
        raise Abstain(f"{name_of(taken[0])} is declared elsewhere in the function, too")
    edits = [line_before(scene, loop, at.text()), Edit(begin, stop, "")]
    said = f"do `{squeezed(at.text())[:60]}` once, before the loop"
    return step_edits(scene, Operation.MOVE, said, edits)


def loop_around(scene: Scene, node: SgNode) -> SgNode | None:
    """Return the nearest loop that a node of a function stands in; None where it is in none."""
    for one in node.ancestors():
        if one.kind() in LOOP_KINDS:
            return one
        if one.kind() in scene.language.functions:
            return None
    return None


def _refuse_changing(loop: SgNode, at: SgNode) -> None:
    """Raise ``Abstain`` where a turn of the loop gives a name another value that ``at`` reads."""
    read = {one.text() for one in of_kinds(at, ("identifier", "this"))}
    read -= {name_of(one) for one in of_kinds(at, ("variable_declarator",))}
    bound = {
        name_of(one) for one in of_kinds(loop, ("variable_declarator",)) if start(one) != start(at)
    }
    bound -= {name_of(one) for one in of_kinds(at, ("variable_declarator",))}
    left = loop.field("left")
    if left is not None:
        bound |= {
            one.text()
            for one in [
                left,
                *of_kinds(left, ("identifier", "shorthand_property_identifier_pattern")),
            ]
        }
    written = {
        re.split(r"[.\[]", text_of(one.field("left")))[0]
        for one in of_kinds(loop, ("assignment_expression", "augmented_assignment_expression"))
    } | {text_of(one.field("argument")) for one in of_kinds(loop, ("update_expression",))}
    if changing := sorted(read & (bound | written)):
        raise Abstain(f"{changing[0]} is another one in each turn of the loop", final=True)
    own = {name_of(one) for one in of_kinds(at, ("variable_declarator",))}
    if changing := sorted(own & written):
        raise Abstain(
            f"{changing[0]} is changed in the loop, and begins anew in each turn", final=True
        )


_AT_ONCE = re.compile(
    r"(?:(?:replace|change|convert|turn|rewrite)\s+(?:the\s+|this\s+)?(?:sequential\s+|serial\s+|"
    r"⟦\d+⟧\s+)?(?:loop|for\s+loop|iteration|awaits?)\s+(?:with|by|to|into|as|using)"
    r"|(?:use|run|execute|await|perform|make|send|fetch|do)\s+(?:(?:them|these|those|the|all|"
    r"both)\s+)*(?:(?:calls|requests|promises|updates|operations|notifications|queries|of\s+them|"
    r"[a-z]+s)\s+)?(?:concurrently|in\s+parallel|at\s+once|together)?\s*"
    r"(?:with|using|via|by(?:\s+using)?|through)?)\s*(?P<new>⟦\d+⟧|Promise\.all(?:Settled)?)"
    r"(?:\s+(?:here|instead|over\s+⟦\d+⟧|(?:instead\s+of|rather\s+than)\s+(?:the\s+|an?\s+)?(?"
    r":sequential\s+|serial\s+)?(?:loop|for\s+loop|awaiting\s+(?:each|them|one)[\w ]*|await[\w ]*"
    r"in\s+(?:the\s+|a\s+)?loop)))?",
    re.IGNORECASE,
)


def all_at_once(work: Work, ask: Ask) -> StepEdits | None:
    """*Replace the loop with `Promise.allSettled`*: where each turn is one awaited call alone."""
    scene = work.scene
    told = _AT_ONCE.fullmatch(ask.text)
    if told is None:
        return None
    new = ask.code(told["new"]).rstrip(";").strip()
    name = re.match(r"(?:await\s+)?Promise\.(all|allSettled)\b", new)
    loops = [
        one for one in of_kinds(scene.root, ("for_in_statement",)) if touches_quote(scene, one)
    ]
    loops = [one for one in loops if begins_in_quote(scene, one)] or loops
    if name is None or len(loops) != 1:
        return None
    turn = _turn(loops[0])
    if turn is None:
        return None
    item, rows, call = turn
    if re.fullmatch(r"(?:await\s+)?Promise\.all(?:Settled)?(?:\(\)|\(\.\.\.\))?", new):
        new = f"await Promise.{name[1]}({rows}.map(({item}) => {call}))"
    else:
        node = parsed(new, scene.language)
        whole = node is not None and "..." not in new and rows in new
        callee = call.split("(")[0]
        if not whole or f"{callee}(" not in new:
            return None
        new = new if new.startswith("await ") else f"await {new}"
    said = f"await all at once by Promise.{name[1]}"
    edits = [replaced(loops[0], f"{new}{semicolon(scene)}")]
    return step_edits(scene, Operation.REPLACE, said, edits, [new], [loops[0].text()])


def _turn(loop: SgNode) -> tuple[str, str, str] | None:
    """Return the item, the rows and the call of a loop that only awaits one call for each item."""
    body, left, right = body_of(loop), loop.field("left"), loop.field("right")
    if body is None or left is None or right is None or text_of(loop.field("operator")) != "of":
        return None
    inner = list(body.named_children()) if body.kind() == "statement_block" else [body]
    called = (
        re.fullmatch(r"await\s+(?P<call>[^;]+\));?", inner[0].text(), re.DOTALL)
        if len(inner) == 1
        else None
    )
    if (
        called is None
        or re.search(r"\bawait\b", called["call"])
        or not re.fullmatch(r"[\w$]+|\{[^{}]*\}|\[[^\[\]]*\]", left.text())
    ):
        return None
    if not re.fullmatch(r"[\w$.]+", right.text()):
        return None
    return left.text(), right.text(), called["call"]


_BELOW = re.compile(
    r"move\s+(?:the\s+)?(?P<what>⟦\d+⟧)(?:\s+(?:call|assignment|line|statement|check|declaration|"
    r"guard))?\s+(?:to\s+)?(?:just\s+|right\s+|directly\s+)?"
    r"(?P<where>below|after|above|before|behind)\s+(?:the\s+|"
    r"where\s+the\s+)?(?:(?P<at>⟦\d+⟧)(?:\s+(?:call|line|"
    r"statement|check|loop))?|(?P<name>⟦\d+⟧|[A-Za-z_$][\w$]*)\s+is\s+(?:created|declared|made|"
    r"built|set\s+up|defined))"
    r"(?:[:,]\s+(?:and\s+)?(?:so\s+)?before\s+[^⟦;]*)?",
    re.IGNORECASE,
)


def moved(work: Work, ask: Ask) -> StepEdits | None:
    """*Move the `cache[k] = v` assignment below the `put` call*: two statements of one block."""
    scene = work.scene
    told = _BELOW.fullmatch(ask.text)
    if told is None:
        return None
    what = _statement(scene, ask.code(told["what"]))
    at = (
        _statement(scene, ask.code(told["at"]))
        if told["at"] else _declaration(ask.code(told["name"]), what)
    )  # fmt: skip
    if what is None or at is None or what.kind() != "expression_statement":
        return None
    first, second = what.parent(), at.parent()
    if first is None or second is None or start(first) != start(second):
        return None
    below = told["where"].lower() in {"below", "after", "behind"}
    behind = at.next() if below else what.next()
    if behind is not None and same(behind, what if below else at):
        raise Abstain("it stands there already")
    if told["at"] and (start(what) < start(at)) != below:
        raise Abstain("it stands there already")
    upward = start(what) > start(at)
    between = [
        one for one in first.named_children()
        if min(start(what), start(at)) <= start(one) <= max(start(what), start(at))
        and start(one) != start(what) and (start(one) != start(at) or not below)
    ]  # fmt: skip
    declared = {
        name_of(each) for one in between for each in of_kinds(one, ("variable_declarator",))
    }
    if upward and any(
        re.search(rf"(?<![\w$.]){re.escape(one)}(?![\w$])", what.text()) for one in declared
    ):
        raise Abstain("it reads what is declared between", final=True)
    if any(re.match(r"(?:return|throw)\b", one.text()) for one in between):
        return None
    text = scene.text
    begin, stop = line_start(text, start(what)), line_end(text, end(what))
    rows = text[begin:stop]
    if rows.strip() != what.text().strip():
        return None
    place = line_end(text, end(at)) if below else line_start(text, start(at))
    edits = [Edit(place, place, rows), Edit(begin, stop, "")]
    said = (
        f"move `{squeezed(what.text())[:60]}` {told['where'].lower()} `{squeezed(at.text())[:40]}`"
    )
    return step_edits(scene, Operation.MOVE, said, edits)


def _declaration(name: str, beside: SgNode | None) -> SgNode | None:
    """Return the one statement, of the block that ``beside`` stands in, that declares ``name``."""
    block = beside.parent() if beside is not None else None
    declarations = [
        one for one in (block.named_children() if block is not None else [])
        if one.kind() in DECLARED
        and any(name_of(each) == name for each in one.named_children())
    ]  # fmt: skip
    return declarations[0] if len(declarations) == 1 else None


def _statement(scene: Scene, code: str) -> SgNode | None:
    """Return the one statement, near the evidence, that is ``code`` or calls what it names."""
    statements = [
        one
        for one in of_kinds(scene.root, ("expression_statement", *DECLARED, *LOOP_KINDS))
        if touches_quote(scene, one)
    ]
    exact = [one for one in statements if squeezed(one.text()) == squeezed(code)]
    if not exact:
        name = re.sub(r"\(.*$", "", code.removeprefix("await "), flags=re.DOTALL)
        called = re.compile(
            rf"(?:(?:const|let)\s+[^=]+=\s*)?(?:await\s+)?(?:[\w$]+\.)*{re.escape(name)}\("
        )
        exact = [
            one
            for one in statements
            if called.match(one.text())
            and (code == name or code.endswith("()") or same_code(scene, code, one))
        ]
    return exact[0] if len(exact) == 1 else None


LOOPS = (before_loop, all_at_once, moved)
