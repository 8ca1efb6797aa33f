"""What a fix text asks of one Python file: its words, and the code that its finding points at."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mendbook.code.edits import Edit, indent, step
from mendbook.code.python_source import Function, PythonFile, load_python
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.script import place
from mendbook.fixes.instruction.tree.syntax import end, start
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_LEAD = re.compile(
    r"^(?:(?:please|better|instead|rather|just|simply|here|suggestion:|fix:|nit:)[,:]?\s+"
    r"|(?:we|you)\s+(?:should|could|can)\s+)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,?\s+(?:so\s+that|because|since|in\s+order\s+to)\s|,?\s+to\s+(?:avoid|keep|prevent|make"
    r"|allow|stop|let|save|match)\s)[^`\"'()\[\]{}]*$|,?\s+(?:instead|here|please|too|as\s+well"
    r"|in\s+the\s+same\s+way)$",
    re.IGNORECASE,
)
_NO_ORDER = re.compile(
    r"\b(?:either|alternatively|perhaps|maybe|optionally|unless|consider|if\s+possible|where\s+"
    r"possible|something\s+like|for\s+example|e\.g\.|do\s+not|don't|never|first|second|third|last"
    r")\b",
    re.IGNORECASE,
)
"""Words of a choice, of an example, of a count, or of what is not to be done."""


_LOOSE = (
    ast.BinOp, ast.BoolOp, ast.Compare, ast.UnaryOp, ast.IfExp, ast.Lambda, ast.Await,
    ast.NamedExpr, ast.Yield, ast.YieldFrom, ast.GeneratorExp, ast.Starred,
)  # fmt: skip
"""What needs brackets beside another operator."""


@lru_cache(maxsize=8)
def _functions(tree: ast.Module) -> tuple[Function, ...]:
    """Return the functions of a file: each form of words asks for them once more."""
    return tuple(
        one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    )


@dataclass(frozen=True, slots=True)
class Request:
    """One fix text with the Python file that its finding is about."""

    work: Work
    file: PythonFile
    text: str
    """The one sentence of the fix, without lead-ins and reasons."""

    @property
    def unticked(self) -> str:
        """The sentence without backticks."""
        return self.text.replace("`", "")

    @property
    def scene(self) -> Scene:
        """The file as the finding sees it."""
        return self.work.scene

    def is_quoted(self, node: ast.AST) -> bool:
        """Tell whether ``node`` and what the evidence quotes have any text in common."""
        begin, stop = self.file.span(node)
        return any(begin < last and first < stop for first, last in self.scene.quotes)

    def homes(self) -> list[Function]:
        """Return the functions that the finding is about, innermost first where it quotes code."""
        functions = _functions(self.file.tree)
        if self.scene.quotes:
            held = [
                one
                for one in functions
                if any(
                    self.file.span(one)[0] <= first and last <= self.file.span(one)[1]
                    for first, last in self.scene.quotes
                )
            ]
            if held:
                return held[-1:]
        spans = {(start(one), end(one)) for one in self.scene.scopes}
        return [
            one
            for one in functions
            if self._bare_span(one) in spans or self.file.span(one) in spans
        ]

    def _bare_span(self, node: ast.AST) -> tuple[int, int]:
        """Return the span of a definition without its decorators."""
        begin, stop = self.file.span(node)
        marks = getattr(node, "decorator_list", [])
        if not marks:
            return begin, stop
        below = self.file.span(marks[-1])[1]
        match = re.compile(r"\s*(?:#[^\n]*\s*)*").match(self.file.text, below)
        return (match.end() if match else below), stop

    def home(self) -> Function | None:
        """Return the one function that the finding is about; None where it is not one."""
        homes = self.homes()
        return homes[0] if len(homes) == 1 else None

    def nodes(self) -> Iterator[ast.AST]:
        """Yield the nodes that the evidence quotes, or all of its function where it quotes none."""
        if self.scene.quotes:
            yield from (one for one in _located(self.file.tree) if self.is_quoted(one))
            return
        for home in self.homes():
            yield from (one for one in _located(home) if one is not home)

    def block_of(self, statement: ast.stmt) -> list[ast.stmt]:
        """Return the list of statements that ``statement`` stands in."""
        for node in ast.walk(self.file.tree):
            for field in ("body", "orelse", "finalbody"):
                block = getattr(node, field, None)
                if isinstance(block, list) and any(one is statement for one in block):
                    return block
        return []

    def margin(self, node: ast.AST) -> str:
        """Return the white space that the line of ``node`` begins with."""
        return indent(self.file.text, self.file.span(node)[0])

    def tab(self) -> str:
        """Return one level of the file's indentation."""
        return step(self.file.text)

    def has_comment(self, begin: int, stop: int) -> bool:
        """Tell whether a comment stands between two offsets, which an edit would lose."""
        rows = self.file.text[begin:stop]
        return re.search(r"(?m)^[^'\"\n]*#", rows) is not None

    def source(self, node: ast.AST) -> str:
        """Return the text of ``node``."""
        return self.file.source(node)

    def operand(self, node: ast.AST) -> str:
        """Return the text of ``node`` as it may stand before a point or beside an operator."""
        text = self.file.source(node)
        return f"({text})" if isinstance(node, _LOOSE) else text

    def step_edits(
        self,
        operation: Operation,
        said: str,
        edits: Iterable[Edit],
        adds: Iterable[str] = (),
        removes: Iterable[str] = (),
        modules: dict[str, str] | None = None,
    ) -> StepEdits:
        """Return edits of the file as what a step makes."""
        return place.step_edits(self.scene, operation, said, edits, adds, removes, modules)


def _located(tree: ast.AST) -> Iterator[ast.AST]:
    yield from (one for one in ast.walk(tree) if hasattr(one, "lineno"))


def request_of(work: Work) -> Request | None:
    """Return the fix text of the task as one request; None where it is more than one sentence."""
    text = plain(work.task.finding.fix)
    return step_request(work, text) if text and not _NO_ORDER.search(_uncoded(text)) else None


def step_request(work: Work, text: str) -> Request | None:
    """Return one step of a fix text as a request; None where its file does not parse."""
    file = load_python(work.task.snapshot, work.scene.path)
    return Request(work, file, text) if file is not None else None


def plain(text: str) -> str:
    """Return a sentence without lead-ins and reasons; nothing where there are several."""
    bare = re.sub(r"\s+", " ", text.strip()).rstrip(".;! ")
    bare = _LEAD.sub("", bare)
    while (shorter := _TAIL.sub("", bare)) != bare:
        bare = shorter
    if re.search(r"[.!?;]\s+[A-Z`]", _uncoded(bare)):
        return ""
    return bare.rstrip(",. ")


def _uncoded(text: str) -> str:
    """Return a text with its quoted code and its strings blanked out."""
    return re.sub(r"`[^`]*`|\"[^\"]*\"|'[^']*'", lambda one: "·" * len(one[0]), text)


def bare(code: str) -> str:
    """Return code of a text without its backticks."""
    return code.strip().strip("`").strip()


def expression(code: str) -> ast.expr | None:
    """Return what ``code`` is as an expression; None where it is none."""
    try:
        return ast.parse(bare(code).rstrip(":"), mode="eval").body
    except (SyntaxError, ValueError, RecursionError):
        return None


def statements(code: str) -> list[ast.stmt]:
    """Return what ``code`` is as statements; nothing where it does not parse."""
    text = bare(code)
    for each in (text, f"{text.rstrip(':')}:\n    pass"):
        try:
            return ast.parse(each).body
        except (SyntaxError, ValueError, RecursionError):
            continue
    return []


def alike(one: ast.AST | None, other: ast.AST | None) -> bool:
    """Tell whether two pieces of code are the same, layout and quotes aside."""
    if one is None or other is None:
        return one is other
    return ast.unparse(one) == ast.unparse(other)
