"""Texts of Python as f-strings: of ``%``, of ``format``, of sums; and the f that does nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from mendbook.fixes.instruction.pythonic.request import Request


def formatted(request: Request, text: ast.Constant, call: ast.Call) -> str | None:
    """Return the f-string of ``"{} {x}".format(a, x=b)``; None where it is not plain."""
    source = request.source(text)
    shown = re.fullmatch(r"(['\"])([^'\"\\]*)\1", source)
    if shown is None or any(one.arg is None for one in call.keywords):
        return None
    named = {one.arg: one.value for one in call.keywords}
    at, parts = 0, []
    for piece in re.split(r"(\{[^{}]*\})", shown[2]):
        hole = re.fullmatch(r"\{(\w*)((?:!\w)?(?::[^{}]*)?)\}", piece)
        if hole is None:
            if "{" in piece or "}" in piece:
                return None
            parts.append(piece)
            continue
        if hole[1] and not hole[1].isdigit():
            value = named.get(hole[1])
        else:
            number = int(hole[1]) if hole[1] else at
            value = call.args[number] if number < len(call.args) else None
            at += 1
        if value is None or (inner := _hole(request, value, shown[1])) is None:
            return None
        parts.append(f"{{{inner}{hole[2]}}}")
    return f"f{shown[1]}{''.join(parts)}{shown[1]}"


def _hole(request: Request, value: ast.expr, mark: str) -> str | None:
    """Return an expression as it may stand in an f-string in quotes ``mark``."""
    text = request.source(value)
    if isinstance(value, ast.Lambda | ast.Starred) or "\\" in text or "\n" in text or "#" in text:
        return None
    if mark in text:
        other = "'" if mark == '"' else '"'
        if other in text:
            return None
        text = text.replace(mark, other)
    return text


def written(
    request: Request, node: ast.BinOp | ast.JoinedStr
) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the f-string that a text is put together as, or the text that needs no f."""
    if isinstance(node, ast.JoinedStr):
        text = request.source(node)
        plain = not any(isinstance(one, ast.FormattedValue) for one in node.values)
        if plain and re.match(r"[fF][rR]?['\"]", text) and "{{" not in text and "}}" not in text:
            yield "no f", text[1:], {}
        return
    rewrite = {ast.Mod: _interpolated, ast.Add: _concatenated}.get(type(node.op))
    new = rewrite(request, node) if rewrite is not None else None
    if new is not None:
        yield "f-string", new, {}


def _interpolated(request: Request, node: ast.BinOp) -> str | None:
    """Return the f-string of ``"%s at %d" % (a, b)``; None where it is not plain."""
    shown = re.fullmatch(r"(['\"])([^'\"\\{}]*)\1", request.source(node.left))
    if shown is None or isinstance(node.right, ast.Dict):
        return None
    values = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
    pieces = re.split(r"(%%|%\.?\d*[sdfr])", shown[2])
    holes = [one for one in pieces if re.fullmatch(r"%\.?\d*[sdfr]", one)]
    if len(holes) != len(values) or any(
        "%" in one for one in pieces if one not in holes and one != "%%"
    ):
        return None
    parts, at = [], 0
    for piece in pieces:
        if piece == "%%":
            parts.append("%")
        elif piece in holes:
            inner = _hole(request, values[at], shown[1])
            if inner is None:
                return None
            kind, width = piece[-1], piece[1:-1]
            spec = {"s": "", "r": "!r", "d": "", "f": f":{width or '.6'}f"}[kind]
            if width and kind != "f":
                return None
            parts.append(f"{{{inner}{spec}}}")
            at += 1
        else:
            parts.append(piece)
    return f"f{shown[1]}{''.join(parts)}{shown[1]}"


def _concatenated(request: Request, node: ast.BinOp) -> str | None:
    """Return the f-string of ``a + "/" + str(b)``; None where not all of it is text for sure."""
    parts = _summands(node)
    texts = [one for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if not texts or len(parts) < 2:
        return None
    mark = request.source(texts[0])[0]
    done = []
    for one in parts:
        if one in texts:
            shown = re.fullmatch(r"(['\"])([^'\"\\{}]*)\1", request.source(one))
            if shown is None:
                return None
            done.append(shown[2])
            continue
        inner = one
        match one:
            case ast.Call(func=ast.Name(id="str"), args=[value], keywords=[]):
                inner = value
        hole = (
            _hole(request, inner, mark) if not isinstance(inner, ast.BinOp | ast.Constant) else None
        )
        if hole is None:
            return None
        done.append(f"{{{hole}}}")
    return f"f{mark}{''.join(done)}{mark}" if mark in "'\"" else None


def _summands(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_summands(node.left), *_summands(node.right)]
    return [node]


def lazy_log(request: Request, call: ast.Call) -> str | None:
    """Return a call of a log that puts its text together itself; None where it does or may not."""
    name = ast.unparse(call.func)
    levels = "debug|info|warning|error|exception|critical"
    if not call.args or not re.fullmatch(
        rf"(?:[\w.]*log\w*|logging)\.(?:{levels})", name, re.IGNORECASE
    ):
        return None
    first, rest = call.args[0], call.args[1:]
    marked = _with_marks(request, first) if not rest else None
    if marked is None:
        return None
    text, values = marked
    given = [text, *values, *(request.source(one) for one in call.keywords)]
    return f"{request.source(call.func)}({', '.join(given)})"


def _with_marks(request: Request, node: ast.expr) -> tuple[str, list[str]] | None:
    """Return a text with a mark for each value, and the values."""
    match node:
        case ast.BinOp(left=ast.Constant(value=str()) as left, op=ast.Mod(), right=right):
            if isinstance(right, ast.Dict):
                return None
            several = right.elts if isinstance(right, ast.Tuple) else [right]
            return request.source(left), [request.source(one) for one in several]
        case ast.JoinedStr(values=parts):
            mark = request.source(node)[1:2]
            if mark not in {"'", '"'} or request.source(node)[1:4] in {"'''", '"""'}:
                return None
            text, values = "", []
            for one in parts:
                if isinstance(one, ast.Constant):
                    if "\\" in str(one.value) or mark in str(one.value) or "\n" in str(one.value):
                        return None
                    text += str(one.value).replace("%", "%%")
                elif isinstance(one, ast.FormattedValue) and one.format_spec is None:
                    text += {-1: "%s", 115: "%s", 114: "%r"}.get(one.conversion, "%a")
                    values.append(ast.unparse(one.value))
                else:
                    return None
            return (f"{mark}{text}{mark}", values) if values else None
    return None
