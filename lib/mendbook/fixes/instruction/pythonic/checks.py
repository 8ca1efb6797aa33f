"""Checks, unused names and chains of calls: one statement of Python that becomes another."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.pythonic.request import Request, alike, expression
from mendbook.fixes.instruction.pythonic.turns import negated
from mendbook.fixes.instruction.work import StepEdits
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_RAISED = r"(?P<{0}>(?:raise\s+)?[\w.]*\b[A-Z]\w*(?:\(.*\))?)"
_SAME = r"(?:\s+with\s+(?:the\s+same|that|its|the)\s+message)?"
_ASSERT = r"(?:the\s+|an\s+)?assert(?:ion|ing|\s+statement)?"
_ASSERTED = (
    re.compile(
        rf"(?:use\s+|write\s+)?(?:raise\s+)?(?:an?\s+)?{_RAISED.format('error')}{_SAME}\s+"
        rf"(?:instead\s+of|rather\s+than"
        rf"|in\s+place\s+of)\s+(?:using\s+)?{_ASSERT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:replace|turn|change|convert|rewrite)\s+{_ASSERT}\s+(?:with|by|into|to)\s+"
        rf"(?:an?\s+)?(?:explicit\s+)?"
        rf"(?:(?:check|guard|test|if|raise)(?:\s+(?:that\s+raises|raising|of|and\s+raise)|\s*"
        rf"(?:…|\.\.\.))?\s+)?"
        rf"(?:an?\s+)?{_RAISED.format('error')}{_SAME}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:make|turn)\s+(?:it|this)\s+(?:into\s+)?(?:an?\s+"
        rf")?{_RAISED.format('error')}{_SAME}\s+(?:instead\s+of|rather\s+than)"
        rf"\s+{_ASSERT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:(?:replace|turn|change)\s+{_ASSERT}\s+(?:with|by|into|to)\s+)?if\s+"
        rf"(?P<test>[^:]+?):\s*{_RAISED.format('error')}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"check\s+(?:it|(?P<what>[\w.]+))\s+explicitly\s+and\s+(?:raise\s+"
        rf")?{_RAISED.format('error')}{_SAME}",
        re.IGNORECASE,
    ),
)


def raised_for_assert(request: Request) -> StepEdits | None:
    """*Raise ValueError with the same message instead of the assert*."""
    text = request.unticked
    told = next((match for one in _ASSERTED if (match := one.fullmatch(text)) is not None), None)
    asserts = [one for one in request.nodes() if isinstance(one, ast.Assert)]
    if (
        told is None
        or len(asserts) != 1
        or request.file.path.rpartition("/")[2].startswith("test_")
    ):
        return None
    node = asserts[0]
    test = told.groupdict().get("test") or ""
    denied = negated(request, node.test)
    if test:
        given = expression(test)
        plain = ast.UnaryOp(ast.Not(), node.test)
        if given is None or not (alike(given, expression(denied)) or alike(given, plain)):
            raise Abstain(f"`{test}` is not what the assert refuses", final=True)
        denied = test
    error = re.sub(r"^raise\s+", "", told["error"])
    if expression(error) is None or "…" in error or "..." in error:
        return None
    if not error.endswith(")"):
        if node.msg is None and re.search(r"\bmessage\b", text):
            raise Abstain("the assert has no message", final=True)
        error += f"({request.source(node.msg)})" if node.msg is not None else ""
    lead = request.margin(node)
    code = f"raise {quoted_as_here(request.scene, error)}"
    new = f"if {denied}:\n{lead}{request.tab()}{code}"
    said = f"raise {error} where the assert would"
    return request.step_edits(
        Operation.REPLACE, said, [request.file.replace(node, new)], [code], ["assert"]
    )


_UNUSED = re.compile(
    r"(?:drop|remove|delete)\s+(?:the\s+"
    r")?(?:(?:unused|dead|needless|local|variable|assignment\s+(?:to|of)|name|useless)\s+)*"
    r"(?P<name>[a-z_]\w*)(?:\s+(?:variable|local|assignment))?(?:\s+(?:from|in|of)\s+"
    r"(?P<home>[\w.]+)(?:\(\))?)?"
    r"(?:,\s*(?:nothing|nobody|no\s+one)\s+reads\s+it|,?\s+(?:it\s+is|which\s+is)\s+"
    r"(?:never\s+read|unused|never\s+used))?"
    r"|(?:the\s+)?(?:local\s+|variable\s+)*(?P<fact>[a-z_]\w*)\s+is\s+(?:unused|never\s+"
    r"(?:read|used)|not\s+used|dead),?"
    r"\s+(?:so\s+)?(?:remove|drop|delete)\s+it",
    re.IGNORECASE,
)
_PURE = {
    *("len", "str", "sorted", "list", "dict", "set", "tuple", "min", "max", "sum", "bool", "repr"),
    *("range", "strip", "lower", "upper", "split", "replace", "get", "keys", "values", "items"),
    *("format", "join", "casefold", "copy", "abs", "round", "enumerate", "zip"),
}
"""Calls without a trace, by their last name."""


def without_local(request: Request) -> StepEdits | None:
    """*Drop the unused local `total` from slots()*: judged in its own function only."""
    told = _UNUSED.fullmatch(request.unticked)
    home = request.home()
    if told is None or home is None:
        return None
    name = told["name"] or told["fact"]
    if told["home"] and told["home"].rpartition(".")[2] != home.name:
        return None
    assignments = [
        one
        for one in ast.walk(home)
        if isinstance(one, ast.Assign | ast.AnnAssign) and _sets_only(one, name)
    ]
    if len(assignments) != 1 or not request.is_quoted(assignments[0]):
        return None
    reads = [
        one
        for one in ast.walk(home)
        if isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Load)
    ]
    if reads:
        at = reads[0].lineno
        raise Abstain(f"{name} is read at {request.file.path}:{at}; it cannot go", final=True)
    if any(
        isinstance(one, ast.Global | ast.Nonlocal) and name in one.names for one in ast.walk(home)
    ):
        raise Abstain(f"{name} is no local of {home.name}", final=True)
    if not all(_is_pure(one) for one in ast.walk(assignments[0])):
        return None
    if len(request.block_of(assignments[0])) == 1:
        return None
    begin, stop = request.file.span(assignments[0])
    text = request.file.text
    edit = Edit(line_start(text, begin), line_end(text, stop), "")
    said = f"remove `{request.source(assignments[0])}`, which {home.name} does not read"
    return request.step_edits(Operation.REMOVE, said, [edit], [], [request.source(assignments[0])])


def _sets_only(node: ast.Assign | ast.AnnAssign, name: str) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return len(targets) == 1 and isinstance(targets[0], ast.Name) and targets[0].id == name


def _is_pure(node: ast.AST) -> bool:
    if isinstance(node, ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr):
        return False
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).rpartition(".")[2] in _PURE
    return True


_METHODS = r"(?P<{0}>\.?[a-z_]\w*(?:\(\))?(?:[./][a-z_]\w*(?:\(\))?)*)"
_COUNT = r"(?:(?:two|three|four|chained|whole|repeated)\s+)?"
_OLD = (
    rf"(?:the\s+)?{_COUNT}(?:chain\s+of\s+{_METHODS.format('of')}(?:\s+"
    rf"calls)?|{_METHODS.format('old')}\s+(?:chain|calls"
    r"(?:\s+chain)?))"
)
_CHAINED = (
    re.compile(
        rf"replace\s+{_OLD}\s+(?:with|by)\s+(?P<new>[\w.]+\(.*\)\S*?)(?:\s+(?:from|of|in)\s+"
        rf"(?P<path>[\w./]+))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:(?:use|call|return)\s+)?(?P<new>[\w.]+\(.*\)\S*?)(?:\s+(?:from|of|in)\s+"
        rf"(?P<path>[\w./]+))?\s+(?:instead\s+of"
        rf"|rather\s+than|in\s+place\s+of|for)\s+{_OLD}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"replace\s+{_METHODS.format('old')}\s+(?:with|by)\s+(?P<new>[\w.]+\(.*\)\S*?)(?:\s+"
        rf"from\s+(?P<path>[\w./]+))?",
        re.IGNORECASE,
    ),
)


def called_for_chain(request: Request) -> StepEdits | None:
    """*Replace the replace() chain with slug(x.name)*: the calls of that name in a row."""
    text = request.unticked
    told = next((match for one in _CHAINED if (match := one.fullmatch(text)) is not None), None)
    new = expression(told["new"]) if told is not None else None
    if told is None or not isinstance(new, ast.Call | ast.Subscript):
        return None
    groups = told.groupdict()
    methods = set(re.findall(r"[a-z_]\w*", groups.get("of") or groups["old"] or ""))
    chains = [
        one
        for one in request.nodes()
        if isinstance(one, ast.Call) and _root(one, methods) is not None
    ]
    inner = {id(each) for one in chains for each in ast.walk(one.func)}
    outer = [one for one in chains if id(one) not in inner]
    if len(outer) != 1 or len(chains) < 2:
        return None
    root = _root(outer[0], methods)
    call = new.value if isinstance(new, ast.Subscript) else new
    if root is None or not isinstance(call, ast.Call):
        return None
    code = told["new"]
    if not call.args and not call.keywords:
        code = code.replace("()", f"({request.source(root)})", 1)
    elif not any(alike(one, root) for one in ast.walk(call)):
        raise Abstain(f"`{code}` has nothing of {request.source(root)}", final=True)
    whole: ast.expr = outer[0]
    if isinstance(new, ast.Subscript):
        holders = [
            one
            for one in ast.walk(request.file.tree)
            if isinstance(one, ast.Subscript)
            and one.value is outer[0]
            and alike(one.slice, new.slice)
        ]
        whole = holders[0] if holders else whole
    callee = ast.unparse(call.func)
    modules = {callee: groups["path"]} if groups["path"] and "." not in callee else {}
    code = quoted_as_here(request.scene, code)
    return request.step_edits(
        Operation.REPLACE, f"write `{code}` in the place of the chain",
        [request.file.replace(whole, code)], [code], [request.source(outer[0])], modules,
    )  # fmt: skip


def _root(node: ast.expr, methods: set[str]) -> ast.expr | None:
    """Return what a chain of calls of ``methods`` begins with; None where it is no such chain."""
    if not (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in methods
    ):
        return None
    inner = node.func.value
    below = _root(inner, methods)
    return below if below is not None else inner


CHECKS = (raised_for_assert, without_local, called_for_chain)
