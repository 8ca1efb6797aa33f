"""Read a Python file as its own parser does, with offsets of characters into the text."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mendbook.code.edits import Edit, insert, line_end, line_start
from mendbook.code.python_grammar import python_tree
from mendbook.repository.snapshot import Snapshot

Function = ast.FunctionDef | ast.AsyncFunctionDef
Scope = Function | ast.ClassDef | ast.Module
_LINE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class PythonFile:
    """One Python file: path, text and syntax tree; ``starts`` are the offsets of its lines."""

    path: str
    text: str
    tree: ast.Module
    starts: tuple[int, ...]

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return the offsets of the first character of ``node`` and behind its last.

        The decorators of a definition belong to it.
        """
        first = min([node, *getattr(node, "decorator_list", [])], key=lambda one: _line(one))
        lead = 1 if first is not node else 0
        begin = self._offset(_line(first), getattr(first, "col_offset", 0)) - lead
        stop = self._offset(getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0))
        return begin, stop

    def source(self, node: ast.AST) -> str:
        """Return the text of ``node``."""
        begin, stop = self.span(node)
        return self.text[begin:stop]

    def line(self, at: int) -> int:
        """Return the 1-based line of the character at ``at``."""
        return bisect_right(self.starts, at)

    def replace(self, node: ast.AST, text: str) -> Edit:
        """Replace the whole node."""
        return Edit(*self.span(node), text)

    def _offset(self, line: int, column: int) -> int:
        begin = self.starts[line - 1]
        if column < 0:
            return begin
        stop = self.starts[line] if line < len(self.starts) else len(self.text)
        row = self.text[begin:stop]
        return begin + (column if row.isascii() else len(row.encode()[:column].decode()))


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 1))


def load_python(snapshot: Snapshot, path: str) -> PythonFile | None:
    """Return the Python file at ``path``; None where there is none that this Python can read."""
    text = snapshot.get(path) if path.endswith((".py", ".pyi")) else None
    return parse_python(path, text) if text is not None else None


def parse_python(path: str, text: str) -> PythonFile | None:
    """Return ``text`` as the Python file it would be at ``path``, or None where it is none."""
    mark = len(text) - len(text.removeprefix("\ufeff"))
    try:
        tree = python_tree(text[mark:])
    except (SyntaxError, ValueError, RecursionError):
        return None
    starts = [mark, *(match.end() for match in _LINE.finditer(text))]
    return PythonFile(path, text, tree, tuple(starts))


def walk(node: ast.AST, *, into_functions: bool = True) -> Iterator[ast.AST]:
    """Yield the nodes below ``node`` in the order of the text."""
    waiting = list(ast.iter_child_nodes(node))[::-1]
    while waiting:
        child = waiting.pop()
        yield child
        if into_functions or not isinstance(
            child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
        ):
            waiting += list(ast.iter_child_nodes(child))[::-1]


def declared(tree: ast.Module, symbol: str) -> list[Scope]:
    """Return the functions, methods and classes called ``symbol`` (``name``, ``Class.name``)."""
    owner, _, name = symbol.rpartition(".")
    scopes: list[Scope] = []
    for holder in [tree, *(one for one in ast.walk(tree) if hasattr(one, "body"))]:
        mine = isinstance(holder, ast.ClassDef) and holder.name == owner.rpartition(".")[2]
        for child in ast.iter_child_nodes(holder):
            kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
            if isinstance(child, kinds) and child.name == name and (mine or not owner):
                scopes.append(child)
    return list({id(one): one for one in scopes}.values())


def blocks(scope: ast.AST) -> Iterator[list[ast.stmt]]:
    """Yield every list of statements in ``scope``: bodies, branches and handlers."""
    for node in ast.walk(scope):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield block


def function_of(tree: ast.Module, node: ast.AST) -> Function | None:
    """Return the innermost function around ``node``, or None at module level."""
    around = [
        one
        for one in ast.walk(tree)
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))
        and one is not node
        and any(inner is node for inner in ast.walk(one))
    ]
    return around[-1] if around else None


def names(node: ast.AST) -> set[str]:
    """Return the names that ``node`` reads, writes or deletes; attributes are no names."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def parents(scope: ast.AST) -> dict[ast.AST, ast.AST]:
    """Return the node right around each node below ``scope``."""
    return {child: node for node in ast.walk(scope) for child in ast.iter_child_nodes(node)}


def assigned_name(statement: ast.Assign | ast.AnnAssign) -> str:
    """Return the one plain name that an assignment sets; empty for any other target."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else ""


def bound(scope: ast.AST) -> set[str]:
    """Return the names that ``scope`` binds: parameters, variables, imports, definitions."""
    local: set[str] = set()
    for one in ast.walk(scope):
        match one:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                local.add(name)
            case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                local.add(name)
            case ast.AsyncFunctionDef(name=name) | ast.ExceptHandler(name=str(name)):
                local.add(name)
            case ast.Import() | ast.ImportFrom():
                local |= {(each.asname or each.name).partition(".")[0] for each in one.names}
    return local


def dotted(node: ast.AST | None) -> str:
    """Return ``a.b.c`` of a name or attribute; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := dotted(node.value)):
        return f"{owner}.{node.attr}"
    return ""


def imported_as(file: PythonFile) -> dict[str, str]:
    """Return what each imported name stands for: ``{"np": "numpy", "load": "yaml.load"}``."""
    origins: dict[str, str] = {}
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                whole = one.asname is not None
                origins[one.asname or one.name.partition(".")[0]] = (
                    one.name if whole else one.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            home = "." * node.level + (node.module or "")
            for one in node.names:
                origins[one.asname or one.name] = f"{home}.{one.name}"
    return origins


def qualified(file: PythonFile, node: ast.AST | None) -> str:
    """Return the full name of what ``node`` names: ``sp.run`` is ``subprocess.run``."""
    said = dotted(node)
    head, dot, rest = said.partition(".")
    return imported_as(file).get(head, head) + dot + rest if said else ""


def import_module(file: PythonFile, name: str) -> list[Edit]:
    """Return the edits that let ``file`` say ``import name``; none where it does."""
    if any(
        one.name == name and one.asname is None
        for node in file.tree.body
        if isinstance(node, ast.Import)
        for one in node.names
    ):
        return []
    plain: list[ast.stmt] = [node for node in _leading(file) if isinstance(node, ast.Import)]
    after = next((node for node in plain if file.source(node)[7:] > name), None)
    line = f"import {name}\n"
    if after is not None:
        return [insert(line_start(file.text, file.span(after)[0]), line)]
    return [_line_below(file, plain, line)]


def import_name(file: PythonFile, module: str, name: str) -> list[Edit]:
    """Return the edits that let ``file`` say ``from module import name``; none where it does."""
    loaded = [node for node in _leading(file) if isinstance(node, ast.ImportFrom)]
    for node in loaded:
        if node.module == module and not node.level:
            if any(one.name == name and one.asname is None for one in node.names):
                return []
            if node.names[0].name != "*":
                return [insert(file.span(node.names[-1])[1], f", {name}")]
    return [_line_below(file, _leading(file), f"from {module} import {name}\n")]


def _leading(file: PythonFile) -> list[ast.stmt]:
    """Return the import statements at the top level, those of the future left out."""
    return [
        node
        for node in file.tree.body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        and not (isinstance(node, ast.ImportFrom) and node.module == "__future__")
    ]


def _line_below(file: PythonFile, beside: list[ast.stmt], line: str) -> Edit:
    if beside:
        at = line_end(file.text, file.span(beside[-1])[1])
        return insert(at, line if file.text[:at].endswith("\n") else f"\n{line}")
    loaded = _leading(file)
    if loaded:
        return insert(line_start(file.text, file.span(loaded[0])[0]), line)
    at = python_start(file)
    lead = "" if at == 0 or file.text[at - 1] in "\n\ufeff" else "\n"
    below = file.text[at:]
    blank = "\n\n" if re.match(r"(?:async def|def|class)\b|@", below) else "\n"
    return insert(at, f"{lead}{line}{blank if below.strip() else ''}")


def python_start(file: PythonFile) -> int:
    """Return the offset where the first statement may go.

    That is below hashbang, coding, license, the docstring, and imports from ``__future__``.
    """
    at = file.starts[0]
    for comment in re.finditer(r"#[^\n]*(?:\n|$)", file.text[at:]):
        if comment.start() != at - file.starts[0]:
            break
        at = file.starts[0] + comment.end()
    for number, node in enumerate(file.tree.body):
        future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if not future and not (number == 0 and ast.get_docstring(file.tree, clean=False)):
            break
        at = line_end(file.text, file.span(node)[1])
    blank = re.match(r"[ \t]*\r?\n", file.text[at:])
    return at + blank.end() if blank and at else at


def declare(file: PythonFile, line: str) -> Edit:
    """Return the edit that declares a module constant; ``line`` has no line end.

    It stands below the imports and the constants that the file begins with.
    """
    last: ast.stmt | None = None
    for node in file.tree.body:
        plain = isinstance(node, (ast.Assign, ast.AnnAssign)) and not any(
            isinstance(one, (ast.Call, ast.Lambda)) for one in ast.walk(node)
        )
        if not plain and not isinstance(node, (ast.Import, ast.ImportFrom)):
            if node is file.tree.body[0] and ast.get_docstring(file.tree, clean=False):
                continue
            break
        last = node
    if last is None:
        at = python_start(file)
        lead = "" if at == 0 or file.text[at - 1] in "\n\ufeff" else "\n"
        return insert(at, f"{lead}{line}\n\n\n")
    at = line_end(file.text, file.span(last)[1])
    missing = "" if file.text[:at].endswith("\n") else "\n"
    gap = "\n" if isinstance(last, (ast.Import, ast.ImportFrom)) else ""
    return insert(at, f"{missing}{gap}{line}\n")


def indented(file: PythonFile, statements: Sequence[ast.stmt], tab: str) -> str:
    """Return the lines from the first to the last of ``statements``, one level deeper.

    Lines that begin inside a text of several lines stay as they are.
    """
    begin = line_start(file.text, file.span(statements[0])[0])
    stop = file.span(statements[-1])[1]
    kept: set[int] = set()
    for statement in statements:
        for node in ast.walk(statement):
            text = isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))
            if isinstance(node, ast.JoinedStr) or text:
                kept |= set(range(_line(node) + 1, getattr(node, "end_lineno", 0) + 1))
    first = file.line(begin)
    rows = file.text[begin:stop].replace("\r\n", "\n").split("\n")
    return "\n".join(
        row if number in kept or not row.strip() else f"{tab}{row}"
        for number, row in enumerate(rows, start=first)
    )


def with_comments(text: str, begin: int) -> int:
    """Return where the comment lines right above the line at ``begin`` start; it for none."""
    while text[line_start(text, begin - 1) : begin].lstrip().startswith("#"):
        begin = line_start(text, begin - 1)
    return begin
