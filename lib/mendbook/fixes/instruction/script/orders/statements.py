"""Statements with a place in words: first in a function."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, function_of
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import (
    CODE,
    NAME,
    OUGHT,
    VALUE,
    named,
)
from mendbook.fixes.instruction.script.place import innermost_function, quoted_nodes, step_edits
from mendbook.fixes.instruction.tree.language import is_broken
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    declarations,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    squeezed,
    start,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import (
    block_start,
    conditional,
    line_after,
    quoted_as_here,
    semicolon,
)
from mendbook.model import Operation

_OF = rf"(?: (?:in|of|to|inside) (?P<f{{0}}>{NAME})(?: (?:function|method|handler))?)?"
_TOP = r"(?:first thing|first line|first statement|first step|top|start|beginning|very top|head)"
_CHECKS = r"(?:check|begin with|start with|guard|test|verify|begin by|open with)"
_FIRST = re.compile(
    rf"(?:(?:at|in|as) )?{_TOP}{_OF.format(1)}[:,] (?P<c1>{CODE})"
    rf"|(?:begin|start|open|guard|lead)(?: (?P<f2>{NAME}))?(?: with| by)?:? (?P<c2>{CODE})"
    rf"|(?P<f3>{NAME}) {OUGHT} (?:first )?{_CHECKS}(?: first)?:? (?P<c3>{CODE})"
    rf"|(?:add |put |insert |have )?(?P<c4>{CODE}) (?:(?:at|as|on|to) {_TOP}{_OF.format(4)}"
    rf"|first(?: in (?P<f5>{NAME}))?)"
    rf"|(?:first|up front)[:,]? (?P<c6>{CODE})(?: in (?P<f6>{NAME}))?",
    re.IGNORECASE,
)
_IS = (
    rf"(?P<x{{0}}>{NAME}) (?:is|equals) "
    rf"(?P<y{{0}}>{VALUE}|empty|missing|negative|undefined|null|zero)"
)
_WHEN = r"(?:when|if|for|where|in case|as soon as)"
_BEFORE_ALL = re.compile(
    r",? (?:before anything else|first|up front|at top(?: of \w+)?|early)$", re.IGNORECASE
)
_LEAVE = re.compile(
    rf"(?P<v1>throw|return|reject with|bail out with)(?: early)?(?: with)? (?P<w1>{VALUE})(?:"
    rf" early)? {_WHEN} (?:(?P<c1>{CODE})|{_IS.format(1)})"
    rf"|{_WHEN} (?:(?P<c2>{CODE})|{_IS.format(2)}),? (?:then )?(?P<v2>throw|return)(?: early)?(?:"
    rf" with)? (?P<w2>{VALUE})"
    rf"|guard (?:against )?(?P<c3>{CODE})(?: with)?:? (?P<w3>{CODE})",
    re.IGNORECASE,
)


def first_statement(work: Work, ask: Ask) -> StepEdits | None:
    """*First thing in `f`: if (…) throw …*: the guard that is written out begins the function."""
    told = _FIRST.fullmatch(ask.text)
    if told is None:
        return None
    groups = told.groupdict()
    code = next(ask.code(groups[one]) for one in ("c1", "c2", "c3", "c4", "c6") if groups[one])
    mark = next((groups[f"f{at}"] for at in (1, 2, 3, 4, 5, 6) if groups[f"f{at}"]), "")
    if not re.match(r"if\s*\(", code) or is_broken(work.scene.language, _framed(code)):
        return None
    name = named(ask, mark) if mark else ""
    return _begun(work.scene, code.rstrip(";"), name, bool(mark))


def _framed(code: str) -> str:
    return f"async function* f() {{ {code} }}"


def leave_when(work: Work, ask: Ask) -> StepEdits | None:
    """*Return 0 when `n` is 0*, *throw X for n < 1*: as the first statement that can ask so."""
    scene = work.scene
    told = _LEAVE.fullmatch(_BEFORE_ALL.sub("", ask.text))
    if told is None:
        return None
    groups = told.groupdict()
    at = next(one for one in "123" if groups[f"w{one}"])
    what = ask.code(groups[f"w{at}"]).rstrip(";")
    verb = (groups.get(f"v{at}") or "").lower().split(" ")[0]
    if what.startswith(("return", "throw")):
        leaves = what
    elif not verb:
        return None
    elif verb == "return":
        leaves = f"return {what}"
    else:
        leaves = (
            f"throw {what if what.startswith('new ') or not _is_error(what) else 'new ' + what}"
        )
    if groups[f"c{at}"]:
        test = ask.code(groups[f"c{at}"])
        if not re.search(r"[<>]=?|[!=]==?|^!", test):
            return None
    else:
        name, value = named(ask, groups[f"x{at}"]), ask.code(groups[f"y{at}"])
        given = {parameter_name(one) for at in around(scene) for one in parameters(at)}
        if value in {"null", "undefined", "missing"} and name not in given:
            return None
        test = _test(scene, name, value)
    if not test or is_broken(scene.language, _framed(f"if ({test}) {leaves}")):
        return None
    code = conditional(scene, test, quoted_as_here(scene, leaves))
    return _begun(scene, code.rstrip(";"), "", False)


def _is_error(what: str) -> bool:
    return re.match(r"[A-Z]\w*\(", what) is not None


def _test(scene: Scene, name: str, value: str) -> str:
    """Return the condition that *name is value* says; empty where its words do not tell it."""
    word = value.lower()
    if not name:
        return ""
    if word == "zero":
        return f"{name} === 0"
    if word == "negative":
        return f"{name} < 0"
    if word == "missing":
        return f"!{name}"
    if word == "empty":
        kinds = " ".join(one.text() for at in around(scene) for one in parameters(at))
        listed = rf"\b{re.escape(name)}\??:\s*(?:[^,()=]+\[\]|(?:Readonly)?Array<|string\b)"
        return f"{name}.length === 0" if re.search(listed, kinds) else ""
    return (
        f"{name} === {value}"
        if re.fullmatch(r"-?[\d_.]+|null|undefined|'[^']*'|true|false", value)
        else ""
    )


def _home(scene: Scene, name: str, is_told: bool) -> SgNode | None:
    """Return the function of that name, else the one that the finding is about."""
    if is_told:
        functions = [
            function
            for one in declarations(scene.root, name.rpartition(".")[2], scene.language)
            if (function := function_of(one, scene.language)) is not None
        ]
        return functions[0] if len(functions) == 1 else None
    kinds = ("lexical_declaration", "expression_statement", "return_statement", "if_statement")
    homes = {
        start(at): at
        for one in quoted_nodes(scene, kinds)
        if (at := innermost_function(scene, one)) is not None
    }
    if len(homes) == 1:
        return next(iter(homes.values()))
    named_ones = around(scene)
    return named_ones[0] if len(named_ones) == 1 else None


def _begun(scene: Scene, code: str, name: str, is_told: bool) -> StepEdits | None:
    home = _home(scene, name, is_told)
    body = body_of(home) if home is not None else None
    if home is None or body is None or body.kind() != "statement_block":
        return None
    if squeezed(code) in squeezed(body.text()):
        raise Abstain(f"`{code[:60]}` already stands there")
    test = re.match(r"if\s*\((.*?)\)\s*(?:throw|return|\{|continue|break)", code, re.DOTALL)
    if test is None or _is_tested(body, test[1]):
        return None
    code = quoted_as_here(scene, code)
    text = code if code.endswith("}") else f"{code}{semicolon(scene)}"
    asked = set(re.findall(r"(?<![\w$.'\"])[A-Za-z_$][\w$]*", test[1]))
    anchor = _anchor(body, asked - {parameter_name(one) for one in parameters(home)})
    edit = line_after(scene, anchor, text) if anchor is not None else block_start(scene, body, text)
    said = f"begin with `{code[:80]}`"
    return step_edits(scene, Operation.GUARD, said, [edit], [code])


def _is_tested(body: SgNode, test: str) -> bool:
    return any(squeezed(one.text()).startswith(f"if({squeezed(test)})")
               for one in of_kinds(body, ("if_statement",)))  # fmt: skip


def _anchor(body: SgNode, names: set[str]) -> SgNode | None:
    """Return the last statement of a body that declares one of ``names``; None where none does."""
    statement = None
    for one in body.named_children():
        if one.kind() in {"lexical_declaration", "variable_declaration"} and any(
            set(re.findall(r"[A-Za-z_$][\w$]*", name_of(each))) & names
            for each in one.named_children()
        ):
            statement = one
    return statement


STATEMENTS = (first_statement, leave_when)
