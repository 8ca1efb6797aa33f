"""Write a text with its values in it: an f-string where ``%`` or ``format`` fills one."""

from __future__ import annotations

import ast
import re
from string import Formatter

from mendbook.code.python_source import PythonFile
from mendbook.fixes.reach import python_meant, python_nodes, python_targets, takes_all
from mendbook.fixes.recipe import PYTHON, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.written_over import written_over

Filled = ast.BinOp | ast.Call
_MARK = re.compile(r"%(?:%|(?P<spec>\.\d+f|0?\d+d)|(?P<plain>[sdr]))")


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no text that % or format fills stands in the code that the finding names"
    for file in python_targets(task):
        texts = [
            node
            for node in python_nodes(task, file)
            if isinstance(node, Filled) and _template(node)
        ]
        chosen = python_meant(texts, file, task)
        if len(chosen) > 1 and not takes_all(task):
            reason = f"{len(chosen)} texts are filled there"
            continue
        written = [_written(file, node) for node in chosen]
        if "" in written:
            reason = "the text is filled in a way that an f-string has no plain form for"
        elif chosen:
            return _change(file, chosen, written)
    return reason


def _change(file: PythonFile, chosen: list[Filled], texts: list[str]) -> RecipeChange:
    return written_over(
        file,
        chosen,
        texts,
        summary="Write the text as an f-string",
        read_as="write the text as an f-string",
    )


def _template(node: Filled) -> ast.Constant | None:
    """Return the text that ``node`` fills; None where it fills none."""
    told: ast.expr | None = None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        told = node.left
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        told = node.func.value if node.func.attr == "format" else None
    plain = isinstance(told, ast.Constant) and isinstance(told.value, str)
    return told if isinstance(told, ast.Constant) and plain else None


def _written(file: PythonFile, node: Filled) -> str:
    """Return the f-string; empty where it would not say the same or could not be read."""
    told = _template(node)
    source = file.source(told) if told is not None else ""
    quote = re.match(r"([\"'])(?!\1\1)", source)
    if told is None or quote is None or "\n" in source or "\\" in source:
        return ""
    inner = source[1:-1]
    pieces = _by_mark(file, node, inner) if isinstance(node, ast.BinOp) else _by_field(
        file, node, inner
    )  # fmt: skip
    if pieces is None or any(quote[0] in one or "\\" in one or "\n" in one for one in pieces[1]):
        return ""
    return f"f{quote[0]}{pieces[0]}{quote[0]}"


def _by_mark(file: PythonFile, node: ast.BinOp, inner: str) -> tuple[str, list[str]] | None:
    given = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
    plain = isinstance(node.right, ast.Tuple | ast.Name | ast.Attribute | ast.Call | ast.Subscript)
    marks = [one for one in _MARK.finditer(inner) if one[0] != "%%"]
    if len(marks) != len(given) or not plain or "%" in _MARK.sub("", inner):
        return None
    values = [_value(file, one) for one in given]
    left = iter(values)

    def fill(mark: re.Match[str]) -> str:
        if mark[0] == "%%":
            return "%"
        spec = f":{mark['spec']}" if mark["spec"] else ""
        return f"{{{next(left)}{'!r' if mark['plain'] == 'r' else spec}}}"

    bare = inner.replace("{", "{{").replace("}", "}}")
    return _MARK.sub(fill, bare), values


def _by_field(file: PythonFile, node: ast.Call, inner: str) -> tuple[str, list[str]] | None:
    named = {one.arg: _value(file, one.value) for one in node.keywords if one.arg}
    given = [_value(file, one) for one in node.args]
    if len(named) != len(node.keywords) or any(isinstance(one, ast.Starred) for one in node.args):
        return None
    used: list[str] = []
    text = ""
    try:
        parts = list(Formatter().parse(inner))
    except ValueError:
        return None
    for at, (literal, name, spec, conversion) in enumerate(parts):
        text += literal.replace("{", "{{").replace("}", "}}")
        if name is None:
            continue
        key = name or str(sum(1 for one in parts[:at] if one[1] == ""))
        value = named.get(key) or (
            given[int(key)] if key.isdigit() and int(key) < len(given) else ""
        )
        if not value or (spec and "{" in spec):
            return None
        used.append(value)
        text += f"{{{value}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}}}"
    return (text, used) if set(used) == {*given, *named.values()} else None


def _value(file: PythonFile, node: ast.expr) -> str:
    text = file.source(node)
    bare = isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.BinOp)
    return text if bare and "{" not in text and ":" not in text and "!" not in text else "\\"


RECIPE = Recipe(
    name="format-text",
    message="An f-string shows each value where it stands in the text.",
    words=r"\bf-?strings?\b|\bformatted string literals?\b",
    remedy=r"f-?string|formatted|interpolat",
    rewrite=_rewrite,
    suffixes=PYTHON,
    examples=(
        Example(
            "marks of %",
            asking("%-formatting", "Use an f-string", "shop/label.py", "label"),
            {"shop/label.py": 'def label(box):\n    return "Box %s: %d kg (%.1f%%)" % '
             "(box.name, box.kilos, box.share)\n"},
            {"shop/label.py": 'def label(box):\n    return f"Box {box.name}: {box.kilos} kg '
             '({box.share:.1f}%)"\n'},
        ),
        Example(
            "fields of format",
            asking("str.format", "Convert to an f-string", "mine/shaft.py", "show"),
            {"mine/shaft.py": "def show(shaft, unit):\n    return '{} is {:>6} {unit}'.format("
             "shaft.name, shaft.depth, unit=unit)\n"},
            {"mine/shaft.py": "def show(shaft, unit):\n    return f'{shaft.name} is "
             "{shaft.depth:>6} {unit}'\n"},
        ),
        Example(
            "a value with the text's own quotes",
            asking("%-formatting", "Use an f-string", "shop/label.py", "label"),
            {"shop/label.py": 'def label(box):\n    return "Box %s" % box["name"]\n'},
            refuses="no plain form",
        ),
        Example(
            "two texts, and none is meant",
            asking("%-formatting", "Use an f-string", "shop/label.py", "label"),
            {"shop/label.py": 'def label(box):\n    a = "Box %s" % box.name\n'
             '    return a + "%s kg" % box.kilos\n'},
            refuses="2 texts",
        ),
    ),
)  # fmt: skip
