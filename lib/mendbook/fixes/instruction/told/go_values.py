"""Values of Go: a list made with its length, a constant with a name, a request with a context."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, insert
from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.operations.go_java_idioms import contexts
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    end,
    of_kinds,
    squeezed,
    start,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_SIZED = re.compile(
    rf"(?:pre-?allocate|size)\s+(?:the\s+)?(?P<name>{ITEM})(?:\s+slice)?\s+(?:with|to|by"
    rf"|for)\s+(?:the\s+)?"
    rf"(?:(?:length|size|capacity)\s+of\s+(?P<over>{ITEM})|(?P<code>⟦\d+⟧)|capacity\s+"
    rf"(?P<cap>⟦\d+⟧))",
    re.IGNORECASE,
)


def made_with_length(work: Work, ask: Ask) -> StepEdits | None:
    """*Preallocate `out` with the length of `rows`*: ``var out []T`` and its like."""
    told = _SIZED.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    name = ask.code(told["name"])
    size = (
        f"len({ask.code(told['over'])})" if told["over"] else ask.code(told["code"] or told["cap"])
    )
    if not re.fullmatch(r"len\([\w.]+\)|\d+|\w+", size):
        return None
    homes = around(scene)
    if len(homes) != 1:
        return None
    forms = (
        rf"var\s+{re.escape(name)}\s+(?P<t>\[\][\w.*\[\]]+)",
        rf"{re.escape(name)}\s*:=\s*(?P<t>\[\][\w.*\[\]]+)\{{\}}",
        rf"{re.escape(name)}\s*:=\s*make\((?P<t>\[\][\w.*\[\]]+),\s*0\)",
    )
    declarations = [
        (one, match["t"])
        for one in of_kinds(homes[0], ("var_declaration", "short_var_declaration"))
        for form in forms
        if (match := re.fullmatch(form, one.text().strip())) is not None
    ]
    if len(declarations) != 1:
        return None
    code = f"{name} := make({declarations[0][1]}, 0, {size})"
    said = f"make {name} with room for {size}"
    return step_edits(scene, Operation.REPLACE, said, [replaced(declarations[0][0], code)], [code])


_NAMED = re.compile(
    r"(?:(?:extract|hoist|move|pull)\s+(?P<value>⟦\d+⟧)\s+(?:out\s+)?(?:into|to|as)\s+an?\s+"
    r"(?:named\s+|package(?:-level)?\s+)*const(?:ant)?\s+(?:called\s+|named\s+)?"
    rf"(?P<name>{ITEM})|(?:name\s+the\s+[\w ]+?:\s+)?(?P<whole>⟦\d+⟧))",
    re.IGNORECASE,
)


def named_constant(work: Work, ask: Ask) -> StepEdits | None:
    """*Extract `250 * time.Millisecond` into a constant `delay`*: above the first function."""
    told = _NAMED.fullmatch(ask.text)
    if told is None:
        return None
    if told["whole"]:
        head = re.fullmatch(r"const\s+(\w+)\s*=\s*(\S.*)", ask.code(told["whole"]))
        if head is None:
            return None
        name, value = head[1], head[2]
    else:
        name, value = ask.code(told["name"]), ask.code(told["value"])
    scene = work.scene
    if not re.fullmatch(r"[A-Za-z]\w*", name) or not re.search(r"\d|\"", value):
        return None
    if re.search(rf"(?<![\w.]){re.escape(name)}\b", scene.text):
        raise Abstain(f"{name} stands in the file already")
    homes = around(scene)
    spots = [
        one
        for home in homes
        for one in equal_values(home, value)
        if touches_quote(scene, one) or not scene.quotes
    ]
    if len(spots) != 1:
        return None
    placed = constant_above(scene, name, value)
    if placed is None:
        return None
    edits = [placed, replaced(spots[0], name)]
    said = f"name `{value}` {name}"
    return step_edits(scene, Operation.EXTRACT, said, edits, [name])


_HEAD = {"package_clause", "import_declaration", "comment", "const_declaration", "\n"}


def constant_above(scene: Scene, name: str, value: str) -> Edit | None:
    """Return the edit that declares a constant above the file's first type or function."""
    first = next((one for one in scene.root.named_children() if one.kind() not in _HEAD), None)
    if first is None:
        return None
    above = first
    while (before := above.prev()) is not None and before.kind() == "comment":
        if end(before) + 1 < start(above):
            break
        above = before
    return insert(start(above), f"const {name} = {value}\n\n")


def equal_values(home: SgNode, value: str) -> list[SgNode]:
    """Return the expressions of ``home`` that are ``value``, each as widely as it is written."""
    wanted = squeezed(value)
    nodes = [one for one in of_kinds(home, _EXPRESSIONS) if squeezed(one.text()) == wanted]
    return [one for one in nodes if not any(start(o) == start(one) and o is not one for o in nodes)]


_EXPRESSIONS = ("binary_expression", "int_literal", "float_literal", "interpreted_string_literal")
_REQUEST = re.compile(
    r"(?:use|build\s+the\s+request\s+with|create\s+the\s+request\s+with)\s+(?P<new>⟦\d+⟧"
    r"|http\.NewRequestWithContext)"
    r"(?:,?\s+(?:and|with|then)\s+(?:send\s+it\s+with\s+|do\s+it\s+with\s+|call\s+|use\s+)?"
    r"(?P<do>⟦\d+⟧|[\w.]+)"
    rf"(?:\s+to\s+send\s+it)?)?(?:\s+{INSTEAD_OF}\s+⟦\d+⟧)?",
    re.IGNORECASE,
)


def request_with_context(work: Work, ask: Ask) -> StepEdits | None:
    """*Use `http.NewRequestWithContext(ctx, …)` and `client.Do(req)`*: for a quoted Get."""
    told = _REQUEST.fullmatch(ask.text)
    new = ask.code(told["new"]) if told is not None else ""
    if told is None or not new.startswith("http.NewRequestWithContext"):
        return None
    scene = work.scene
    calls = [
        one
        for one in of_kinds(scene.root, ("short_var_declaration",))
        if touches_quote(scene, one)
        and re.fullmatch(
            r"(?P<to>\w+), err\s*:=\s*[\w.]+\.Get\((?P<url>.+)\)", one.text(), re.DOTALL
        )
    ]
    homes = around(scene)
    if len(calls) != 1 or len(homes) != 1:
        return None
    at = calls[0]
    parts = re.fullmatch(r"(\w+), err\s*:=\s*([\w.]+)\.Get\((.+)\)", at.text(), re.DOTALL)
    given = re.fullmatch(r"http\.NewRequestWithContext(?:\((?P<args>.+)\))?", new, re.DOTALL)
    if parts is None or given is None:
        return None
    sender = ask.code(told["do"] or "")
    client = re.fullmatch(r"([\w.]+)\.Do\(req\)", sender)
    owner = client[1] if client else ("http.DefaultClient" if parts[2] == "http" else parts[2])
    if sender and not client and sender not in {owner, "http.DefaultClient"}:
        return None
    several = contexts(homes[0])
    context = several[0] if len(several) == 1 else ""
    args = given["args"] or f"{context}, http.MethodGet, {parts[3]}, nil"
    if not given["args"] and not context:
        raise Abstain("which context the request is to have is not said")
    check = at.next()
    while check is not None and not check.is_named():
        check = check.next()
    if check is None or not re.match(r"if\s+err\s*!=\s*nil\s*\{", check.text()):
        raise Abstain("the error of the call is not checked right behind it")
    lead = indent(scene.text, start(at))
    code = (
        f"req, err := http.NewRequestWithContext({args})\n{lead}{check.text()}\n"
        f"{lead}{parts[1]}, err := {owner}.Do(req)"
    )
    if re.search(r"(?<![\w.])req\b", homes[0].text()):
        raise Abstain("req is a name of the function already")
    said = f"send a request with `{args.split(',')[0]}`"
    adds = [f"http.NewRequestWithContext({args})", f"{owner}.Do(req)"]
    return step_edits(scene, Operation.REPLACE, said, [replaced(at, code)], adds)


GO_VALUES = (made_with_length, named_constant, request_with_context)
