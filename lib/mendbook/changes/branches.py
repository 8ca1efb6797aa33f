"""When today's code comes to a line: the branch and the loop that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.changes.sort_rows import called
from mendbook.changes.syntax_kinds import Kinds
from mendbook.changes.today import Today, takes
from mendbook.model import Citation

_LOOPS = frozenset(
    {"for_statement", "for_in_statement", "while_statement", "do_statement", "for_expression"}
    | {"while_expression", "loop_expression", "enhanced_for_statement", "foreach_statement"}
    | {"for_each_statement", "for", "while", "until"}
)
_CASES = frozenset(
    {"switch_case", "switch_default", "case_clause", "expression_case", "type_case"}
    | {"communication_case", "default_case", "match_arm", "when", "switch_block_statement_group"}
)
_ELSE = frozenset({"else_clause", "else"})
_EACH = re.compile(r"(?P<over>[\w$.\[\]()]+?)\.(?:forEach|map|filter|each|flatMap|for_each)$")
_CATCHES = re.compile(r"\.(?:catch|on_error|onError)$")
_ERROR = re.compile(
    r"\(?\s*(?P<name>e|ex|exc|\w*[eE]rr(?:or)?)\s*"
    r"(?:!==?\s*(?:nil|null|undefined|None)|is not None)?\s*\)?"
)
"""A condition that holds where something failed."""
_OK = re.compile(r"!?(?P<name>ok|found|exists|present|has\w*|is\w+)")
_RUST_ERROR = re.compile(r"let\s+Err\(\w+\)\s*=\s*(?P<call>.+)", re.DOTALL)
_LONGEST = 60
"""Characters of a condition that a sentence has room for."""
_NEAR = 3
"""Statements before a check in which what it checks is made."""
_PASSES_ON = re.compile(r"\b(?:throw|raise)\b")
_PARAMETERS = ("parameters", "parameter")


@dataclass(frozen=True, slots=True)
class Branch:
    """When a line runs, as words behind *when*, and the line of what decides on it."""

    when: str
    place: Citation
    failing: str = ""
    """What was called and failed where the branch is one for errors; empty for another branch."""


@dataclass(frozen=True, slots=True)
class Loop:
    """The innermost loop around a line: what it goes through, and its 1-based lines."""

    over: str
    """As written; empty where it does not go through something by name."""
    first: int
    last: int

    def __str__(self) -> str:
        """Return it as a sentence names it."""
        over = f" over `{self.over}`" if self.over else ""
        return f"the loop of line {self.first}{over}"


def branch_of(today: Today) -> Branch | None:
    """Return the innermost branch of its function that the line stands in; None for none."""
    below, kinds = today.node, today.kinds
    if below is None or kinds is None:
        return None
    for around in below.ancestors():
        kind, line = around.kind(), around.range().start.line + 1
        place = Citation(today.path, line)
        if kind in kinds.catches:
            return _caught(around, today, kinds)
        if kind in kinds.conditions or kind in {"elif_clause", "elsif"}:
            if (branch := _conditional(around, below, place, kinds)) is not None:
                return branch
        elif kind in _CASES:
            return _case(around, place)
        elif kind in kinds.functions:
            return _callback(around, place) if not kinds.name_of(around) else None
        below = around
    return None


def loop_of(today: Today) -> Loop | None:
    """Return the innermost loop of its function that the line stands in; None for none."""
    node, kinds = today.node, today.kinds
    if node is None or kinds is None:
        return None
    for around in node.ancestors():
        span = around.range()
        if around.kind() in _LOOPS:
            return Loop(_over(around), span.start.line + 1, span.end.line + 1)
        if around.kind() in kinds.functions:
            call = _call_around(around)
            each = _EACH.search(_callee(call)) if call is not None else None
            if call is None or each is None:
                return None
            span = call.range()
            return Loop(each["over"], span.start.line + 1, span.end.line + 1)
    return None


def failing_calls(today: Today) -> tuple[str, ...]:
    """Return the calls of the line's function for whose errors it has a branch, in their order."""
    function, kinds = today.function, today.kinds
    if function is None or kinds is None:
        return ()
    calls: dict[str, None] = {}
    for node in kinds.branches_in(function):
        if node.kind() in kinds.conditions:
            body = node.field("consequence") or node.field("body")
            place = Citation(today.path, node.range().start.line + 1)
            branch = _conditional(node, body, place, kinds) if body is not None else None
        else:
            branch = _caught(node, today, kinds)
        if branch is not None and branch.failing:
            calls.setdefault(branch.failing)
    return tuple(calls)


def ends_in(today: Today) -> Citation | None:
    """Return the clause of its function that catches what the line throws; None for none.

    One that throws in turn passes the error on.
    """
    node, kinds = today.node, today.kinds
    if node is None or kinds is None:
        return None
    below: SgNode = node
    for around in node.ancestors():
        if around.kind() in kinds.functions:
            return None
        body = around.field("body")
        if body is not None and body.range() == below.range():
            for clause in around.children():
                ends = clause.kind() in kinds.catches and not _PASSES_ON.search(clause.text())
                if ends and takes(clause, "Error"):
                    return Citation(today.path, clause.range().start.line + 1)
        below = around
    return None


def _caught(clause: SgNode, today: Today, kinds: Kinds) -> Branch | None:
    around = clause.parent()
    body = around.field("body") if around is not None else None
    if body is None:
        return None
    inner = [each for each in body.children() if each.is_named()]
    told = [each for each in inner if each.kind() not in kinds.comments]
    line = clause.range().start.line + 1
    place = Citation(today.path, line)
    call = called(told[0].text()) if len(told) == 1 else ""
    if call:
        return Branch(f"`{call}` fails", place, call)
    first, last = body.range().start.line + 1, body.range().end.line + 1
    lines = f"line {first}" if first == last else f"lines {first}–{last}"
    return Branch(f"{lines} end with an error", place)


def _conditional(branch: SgNode, below: SgNode, place: Citation, kinds: Kinds) -> Branch | None:
    """Return when the side of a condition runs that ``below`` is; None for the condition itself."""
    condition = branch.field("condition") or next(
        (each for each in branch.children() if each.kind() == "let_condition"), None
    )
    if condition is None or condition.range() == below.range():
        return None
    initial = branch.field("initializer")
    if initial is not None and initial.range() == below.range():
        return None
    text = " ".join(condition.text().split())
    if below.kind() in _ELSE:
        return _holding(text, place, holds=False)
    if below.kind() == "elif_clause":
        return None  # told by its own condition
    alternative = branch.field("alternative")
    if alternative is not None and alternative.range() == below.range():
        return None if below.kind() in kinds.conditions else _holding(text, place, holds=False)
    if (rust := _RUST_ERROR.fullmatch(text)) is not None and (call := called(rust["call"])):
        return Branch(f"`{call}` fails", place, call)
    if (there := _there(text, branch)) is not None:
        return Branch(there, place)
    error = _ERROR.fullmatch(text)
    call = _origin(error["name"], branch) if error is not None else ""
    if call:
        return Branch(f"`{call}` fails", place, call)
    return _holding(text, place, holds=True)


def _there(text: str, branch: SgNode) -> str | None:
    """Return what ``ok`` tells in Go, of a look into a map or of a type; None for another check."""
    told = _OK.fullmatch(text)
    if told is None:
        return None
    name = told["name"]
    initial = branch.field("initializer")
    before = [each for each in branch.prev_all() if each.is_named()][:_NEAR]
    given = re.compile(rf",\s*{re.escape(name)}\s*:?=\s*(?P<value>[^\n]+)$", re.MULTILINE)
    for each in [initial] if initial is not None else before:
        if (match := given.search(each.text())) is not None:
            value = match["value"].strip()
            typed = re.fullmatch(r"(?P<of>.+)\.\((?P<type>[^()]+)\)", value)
            deny = "no" if text.startswith("!") else "a"
            if typed is not None:
                return f"`{typed['of']}` is {deny} `{typed['type']}`"
            looked = value.endswith("]") and len(value) <= _LONGEST
            return f"`{value}` is {'not ' if deny == 'no' else ''}there" if looked else None
    return None


def _holding(text: str, place: Citation, *, holds: bool) -> Branch:
    bare = text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text
    verb = "holds" if holds else "does not hold"
    if len(bare) > _LONGEST or "`" in bare:
        return Branch(f"the condition of line {place.first} {verb}", place)
    return Branch(f"`{bare}` {verb}", place)


def _origin(name: str, branch: SgNode) -> str:
    """Return the call whose error ``name`` holds where ``branch`` checks it; empty if not known."""
    own = rf"(?<![\w.]){re.escape(name)}\b"
    initial = branch.field("initializer")
    if initial is not None:
        return called(initial.text().partition("=")[2])
    given = re.compile(
        rf"(?<![\w.]){re.escape(name)}\b[^=;\n]*?:?=(?!=)\s*(?P<value>.+)", re.DOTALL
    )
    before = [each for each in branch.prev_all() if each.is_named()][:_NEAR]
    for statement in before:
        if (match := given.search(statement.text())) is not None:
            return called(match["value"])
    for around in branch.ancestors():
        parameters = next(filter(None, map(around.field, _PARAMETERS)), None)
        if parameters is None:
            continue
        call = _call_around(around)
        handed = re.search(own, parameters.text()) is not None
        return _callee(call) if handed and call is not None else ""
    return ""


def _case(case: SgNode, place: Citation) -> Branch | None:
    if case.kind() == "match_arm":
        pattern = case.field("pattern") or next(iter(case.children()), None)
        value = next((each.field("value") for each in case.ancestors()
                      if each.kind() == "match_expression"), None)  # fmt: skip
        call = called(value.text()) if value is not None else ""
        if pattern is None or not pattern.text().startswith("Err(") or not call:
            return None
        return Branch(f"`{call}` fails", place, call)
    around = case.parent()
    default = case.kind() in {"default_case", "switch_default"}
    if default and around is not None and around.kind() == "select_statement":
        return Branch("no channel of the `select` is ready", place)
    if default:
        return Branch("none of the cases before it fits", place)
    return None


def _callback(function: SgNode, place: Citation) -> Branch | None:
    """Return when a function without a name runs that is handed to ``.catch``."""
    call = _call_around(function)
    callee = _callee(call) if call is not None else ""
    if call is None or not _CATCHES.search(callee):
        return None
    failing = called("".join(callee.split()))
    return Branch(f"`{failing}` fails", place, failing) if failing else None


def _call_around(function: SgNode) -> SgNode | None:
    """Return the call that a function is handed to; None where it is none's argument."""
    around = function.parent()
    if around is None or around.kind() not in {"arguments", "argument_list"}:
        return None
    return around.parent()


def _callee(call: SgNode) -> str:
    function = call.field("function") or call.field("name")
    text = "".join(function.text().split()) if function is not None else ""
    return text if len(text) <= _LONGEST or _CATCHES.search(text) else ""


def _over(loop: SgNode) -> str:
    """Return what a loop goes through, as written; empty where that is long or not told."""
    ranged = next((each for each in loop.children() if each.kind() == "range_clause"), loop)
    over = ranged.field("right") or ranged.field("value")
    if loop.kind() == "for_expression":
        over = loop.field("value")
    text = " ".join(over.text().split()) if over is not None else ""
    return text if len(text) <= _LONGEST and "`" not in text else ""
