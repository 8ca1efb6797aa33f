"""Where an edit changed a file, and whether that is where it was allowed to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from mendbook.code.line_runs import LineRun, line_runs, split_lines
from mendbook.code.tokens import tokens_between, tree_of, words

_IMPORTS = frozenset(
    {"import_statement", "import_from_statement", "future_import_statement", "import_declaration"}
    | {"use_declaration", "using_directive", "preproc_include", "package_clause"}
)
_REQUIRE = re.compile(r"^(?:const|let|var)\s[^=]+=\s*(?:await\s+)?(?:require|import)\(", re.DOTALL)
_MODIFIERS = frozenset({"export", "const", "let", "var", "static", "readonly", "private", "final"})


@dataclass(frozen=True, slots=True)
class EditedFile:
    """One file before and after an edit; an empty text stands for no file."""

    path: str
    old: str
    new: str

    @property
    def runs(self) -> tuple[LineRun, ...]:
        """The runs of lines that differ."""
        return line_runs(self.old, self.new)

    def region(self, start: int, end: int) -> tuple[list[str], list[str]]:
        """Return the tokens in the 1-based lines ``start`` to ``end``, before and after the edit.

        ``start`` 0 is the whole file. What an edit puts at either border of the region is in it.
        """
        if not start:
            return list(words(self.path, self.old)), list(words(self.path, self.new))
        first, last = self._moved(start, end)
        return (
            [token.text for token in tokens_between(self.path, self.old, start, end)],
            [token.text for token in tokens_between(self.path, self.new, first, last)],
        )

    def outside(self, regions: Sequence[tuple[int, int]], values: Collection[str]) -> int:
        """Return the first changed line that lies in none of ``regions``; 0 where all lie in one.

        Imports, comments and blank lines may change anywhere, and a new constant called as one of
        ``values`` may be declared anywhere.
        """
        for run in self.runs:
            inside = any(
                not start or (start - 1 <= first and last <= end)
                for start, end in regions
                for first, last in self._positions(run)
            )
            if not inside and not self._harmless(run, values):
                return run.old_start + 1
        return 0

    def _positions(self, run: LineRun) -> Iterator[tuple[int, int]]:
        """Yield the old lines that ``run`` may be: equal lines around what goes leave it open.

        Where a method goes, its closing brace or the one of the method above may be what went.
        """
        yield run.old_start, run.old_end
        if run.written or not run.gone:
            return
        lines = split_lines(self.old)
        first, last = run.old_start, run.old_end
        while last < len(lines) and lines[first] == lines[last]:
            first, last = first + 1, last + 1
            yield first, last
        first, last = run.old_start, run.old_end
        while first > 0 and lines[first - 1] == lines[last - 1]:
            first, last = first - 1, last - 1
            yield first, last

    def _moved(self, start: int, end: int) -> tuple[int, int]:
        """Return the 1-based lines that ``start`` and ``end`` have become, borders included."""
        first, last = start - 1, end
        for run in self.runs:
            if run.old_start < start - 1:
                gap = start - 1 - run.old_end
                first = run.new_end + gap if gap >= 0 else run.new_start
            if run.old_start < end or run.old_start == run.old_end == end:
                last = run.new_end + max(0, end - run.old_end)
        return first + 1, last

    def _harmless(self, run: LineRun, values: Collection[str]) -> bool:
        gone = _tokens_on(self.path, self.old, run.old_start, run.old_end)
        come = _tokens_on(self.path, self.new, run.new_start, run.new_end)
        if gone or not come:
            return not gone
        added = _statements(self.path, "".join(run.written))
        return all(_declares(self.path, statement, values) for statement in added)


def _statements(path: str, text: str) -> list[str]:
    """Return the statements of ``text``, imports and comments left out."""
    root = tree_of(path, text)
    if root is None:
        return [line for line in text.splitlines() if words(path, line)]
    kinds = _IMPORTS | {"comment", "line_comment", "block_comment", ";"}
    return [node.text() for node in root.children() if node.kind() not in kinds]


def _declares(path: str, statement: str, names: Collection[str]) -> bool:
    """Tell whether ``statement`` declares one of ``names``."""
    rest = list(dropwhile(_MODIFIERS.__contains__, words(path, statement)))
    return rest[:1] != [] and rest[0] in names and rest[1:2] in ([":"], ["="])


def _tokens_on(path: str, text: str, start: int, end: int) -> list[str]:
    """Return the tokens on the 0-based lines ``start:end`` that belong to no import."""
    if start == end:
        return []
    imported = set(_import_lines(path, text))
    return [
        token.text
        for token in tokens_between(path, text, start + 1, end)
        if token.line not in imported
    ]


def _import_lines(path: str, text: str) -> Iterator[int]:
    root = tree_of(path, text)
    for node in root.children() if root is not None else []:
        if node.kind() in _IMPORTS or _REQUIRE.match(node.text()):
            span = node.range()
            yield from range(span.start.line + 1, span.end.line + 2)
