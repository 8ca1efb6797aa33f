"""Annotations of Python: the type of a parameter, and of what a function returns."""

from __future__ import annotations

import ast
import re

from mendbook.code.edits import Edit, insert
from mendbook.code.python_source import Function
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.pythonic.request import Request, alike, expression
from mendbook.fixes.instruction.work import StepEdits
from mendbook.model import Operation

_TYPE = r"[A-Za-z_][\w.]*(?:\[[\w.\[\], |]*\])?(?:\s*\|\s*[A-Za-z_][\w.]*(?:\[[\w.\[\], |]*\])?)*"
_TYPED = (
    re.compile(
        rf"(?:type|annotate|declare)\s+(?P<name>[a-z_]\w*)\s+(?:as|with|to\s+be)\s+"
        rf"(?P<type>{_TYPE})",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<name>[a-z_]\w*):\s*(?P<type>{_TYPE})", re.IGNORECASE),
    re.compile(
        rf"(?P<name>[a-z_]\w*)\s+(?:should|must)\s+be\s+(?:an?\s+)?(?P<type>{_TYPE})(?:,\s+"
        rf"not\s+(?P<old>{_TYPE}))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"change\s+(?P<old>{_TYPE})\s+to\s+(?P<type>{_TYPE})\s+for\s+"
        rf"(?P<name>[a-z_]\w*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"use\s+(?P<type>{_TYPE})(?:\s+instead\s+of\s+(?P<old>{_TYPE}))?\s+(?:for|as\s+the\s+"
        rf"type\s+of)\s+(?P<name>[a-z_]\w*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"parametri[sz]e\s+(?:it|the\s+\w+|(?P<name>[a-z_]\w*)):?\s+(?:as\s+"
        rf")?(?:(?P<name2>[a-z_]\w*):\s*)?(?P<type>{_TYPE})",
        re.IGNORECASE,
    ),
)


def typed_parameter(request: Request) -> StepEdits | None:
    """*Type key as str*, *key: str*: the annotation of the one parameter of that name."""
    text = request.unticked
    told = next((match for one in _TYPED if (match := one.fullmatch(text)) is not None), None)
    home = request.home()
    if told is None or home is None:
        return None
    groups = {key: value or "" for key, value in told.groupdict().items()}
    name, typed = groups.get("name2") or groups["name"], groups["type"].strip()
    code = expression(typed)
    arguments = [one for one in ast.walk(home.args) if isinstance(one, ast.arg) and one.arg == name]
    if len(arguments) != 1 or code is None or not _is_type(code):
        return None
    there = arguments[0].annotation
    if there is not None and alike(there, code):
        raise Abstain(f"{name} is {typed} already", final=True)
    if groups.get("old") and (there is None or ast.unparse(there) != groups["old"]):
        return None
    edit = (
        request.file.replace(there, typed)
        if there is not None
        else insert(request.file.span(arguments[0])[1], f": {typed}")
    )
    return request.step_edits(
        Operation.ANNOTATE, f"type {name} as `{typed}`", [edit], [f"{name}: {typed}"]
    )


_BUILTIN = {
    "str",
    "int",
    "float",
    "bool",
    "bytes",
    "list",
    "dict",
    "set",
    "tuple",
    "frozenset",
    "object",
    "None",
    "type",
}


def _is_type(node: ast.expr) -> bool:
    """Tell whether every name of an annotation is a type: built in, or with a capital."""
    names = [one.id for one in ast.walk(node) if isinstance(one, ast.Name)]
    modules = {one.value.id for one in ast.walk(node)
               if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)}  # fmt: skip
    return bool(names or isinstance(node, ast.Constant)) and all(
        one in _BUILTIN or one[:1].isupper() or one in modules for one in names
    )


_RETURNED = re.compile(
    rf"(?:(?:add|annotate|give|declare)\s+)?->\s*(?P<type>{_TYPE})"
    rf"|(?:the\s+)?return\s+annotation\s+->\s*(?P<type2>{_TYPE})\s+is\s+missing(?:,\s*(?:so\s+"
    rf")?add\s+it)?",
    re.IGNORECASE,
)


def typed_return(request: Request) -> StepEdits | None:
    """*-> dict[str, int]*: the type that a function without one returns."""
    told = _RETURNED.fullmatch(request.unticked)
    home = request.home()
    if told is None or home is None:
        return None
    typed = told["type"] or told["type2"]
    code = expression(typed)
    if code is None or not _is_type(code) or home.returns is not None:
        return None
    edit = _typed(request, home, "return", typed)
    if edit is None:
        return None
    return request.step_edits(Operation.ANNOTATE, f"return `{typed}`", [edit], [f"-> {typed}"])


_EACH = re.compile(
    rf"(?:type|annotate)\s+(?P<all>(?:the\s+)?\w+\s+as\s+{_TYPE}"
    rf"(?:(?:,\s*(?:and\s+)?|\s+and\s+)(?:the\s+)?\w+\s+as\s+{_TYPE})+)",
    re.IGNORECASE,
)


def typed_each(request: Request) -> StepEdits | None:
    """*Annotate path as str and the return as int*: each of them, where none is typed."""
    told = _EACH.fullmatch(request.unticked)
    home = request.home()
    if told is None or home is None:
        return None
    edits, adds = [], []
    for name, typed in re.findall(
        rf"(?:the\s+)?(\w+)\s+as\s+({_TYPE})(?=,|\s+and\s|$)", told["all"]
    ):
        code = expression(typed)
        if code is None or not _is_type(code):
            return None
        edit = _typed(request, home, name, typed)
        if edit is None:
            raise Abstain(f"{name} is typed already, or is no parameter of {home.name}", final=True)
        edits.append(edit)
        adds.append(f"-> {typed}" if name == "return" else f"{name}: {typed}")
    return request.step_edits(Operation.ANNOTATE, f"annotate {', '.join(adds)}", edits, adds)


def _typed(request: Request, home: Function, name: str, typed: str) -> Edit | None:
    """Return the edit that types a parameter, or the return; None where it has a type."""
    if name == "return":
        head = request.file.text[: request.file.span(home.body[0])[0]]
        colon = re.search(r"\)(\s*):[^()]*$", head)
        if colon is None or home.returns is not None:
            return None
        return Edit(colon.start(1), colon.end(1), f" -> {typed}")
    arguments = [one for one in ast.walk(home.args) if isinstance(one, ast.arg) and one.arg == name]
    if len(arguments) != 1 or arguments[0].annotation is not None:
        return None
    return insert(request.file.span(arguments[0])[1], f": {typed}")


ANNOTATIONS = (typed_each, typed_parameter, typed_return)
