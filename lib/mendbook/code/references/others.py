"""Look symbols up in the languages beside TypeScript and JavaScript, and say how it was done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mendbook.code import trees as syntax
from mendbook.code.references.by_name import ByName, NamedSubject, is_covered
from mendbook.code.references.declared_routes import DeclaredRoutes
from mendbook.code.references.named_routes import named_routes
from mendbook.code.references.python import PythonSearch
from mendbook.code.references.python.exact import ExactPython
from mendbook.code.references.python.search import PythonSubject
from mendbook.code.test_files import is_test
from mendbook.code.word_index import Words
from mendbook.model import (
    Declaration,
    EntryPoint,
    Reference,
    ReferenceKind,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot

_PYTHON = (".py", ".pyi")
_LANGUAGES = {
    "dart": "Dart",
    "ex": "Elixir",
    "exs": "Elixir",
    "erl": "Erlang",
    "clj": "Clojure",
    "hs": "Haskell",
    "lua": "Lua",
    "pl": "Perl",
    "r": "R",
    "sh": "shell scripts",
    "sql": "SQL",
    "sol": "Solidity",
    "tf": "Terraform",
    "zig": "Zig",
}


@dataclass(frozen=True, slots=True)
class _Uses:
    """What a symbol means in one language, and every use of it."""

    provider: str
    declarations: tuple[Declaration, ...]
    owners: tuple[tuple[str, str], ...]
    references: tuple[Reference, ...]


class OtherLanguages:
    """The searches of the languages that the TypeScript index does not hold."""

    def __init__(self, snapshot: Snapshot, words: Words) -> None:
        self._snapshot, self._words = snapshot, words
        self.python = PythonSearch(snapshot, words)
        self._by_name = ByName(snapshot, words)
        self._declared = DeclaredRoutes(snapshot, self._by_name)

    def ask_exactly(self, server: Path, wanted: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Let Python's language server answer for each of ``wanted``, a symbol and its files each.

        Raises ``RuntimeError`` or ``OSError`` where it cannot; the search by syntax answers then.
        """
        subjects = list(
            dict.fromkeys(
                one for symbol, files in wanted for one in self.python.defined(symbol, files)
            )
        )
        answers = ExactPython(self._snapshot, self.python, server).references(subjects)
        for subject, answer in zip(subjects, answers, strict=True):
            self.python.take(subject, answer)

    def row(
        self, symbol: str, files: Sequence[str], spots: Sequence[tuple[str, int]] = ()
    ) -> SymbolReferences | None:
        """Return the uses of what ``symbol`` declares in ``files``, else anywhere; else None.

        Of several declarations those around ``spots``, a file and a line each, are meant.
        """
        uses = self._uses(symbol, files, spots) if files else None
        if uses is not None:
            several = len(set(uses.owners)) > 1
            status = SymbolStatus.AMBIGUOUS if several else SymbolStatus.RESOLVED
            count = len(uses.declarations)
            reason = f"{count} declarations fit; all are listed" if several else ""
            return _row(symbol, status, uses, reason)
        uses = self._uses(symbol, None)
        if uses is None:
            return None
        places = ", ".join(dict.fromkeys(one.file for one in uses.declarations))
        reason = f"not declared in the files named; found in {places}"
        return _row(symbol, SymbolStatus.ELSEWHERE, uses, reason)

    def around(self, path: str, line: int) -> str:
        """Return the function, method or class around ``line`` of ``path``; nothing if none."""
        subject: PythonSubject | NamedSubject | None = None
        if path.endswith(_PYTHON):
            subject = self.python.at(path, line)
            owner, name = (subject.defined.owner, subject.defined.name) if subject else ("", "")
        elif is_covered(path):
            subject = self._by_name.at(path, line)
            owner, name = (subject.owner, subject.name) if subject else ("", "")
        else:
            return ""
        return f"{owner}.{name}" if owner else name

    def entry_points(self, symbols: Iterable[str], files: Sequence[str]) -> tuple[EntryPoint, ...]:
        """Return the routes, tasks and commands that reach ``symbols``."""
        named = list(symbols)
        subjects = [one for symbol in named for one in self.python.defined(symbol, files)]
        if subjects:
            return self.python.entry_points(subjects)
        others = [one for symbol in named for one in self._by_name.defined(symbol, files)]
        return named_routes(self._by_name, self._declared, others)

    def _uses(
        self, symbol: str, files: Sequence[str] | None, spots: Sequence[tuple[str, int]] = ()
    ) -> _Uses | None:
        defined = self.python.defined(symbol, files)
        subjects = [
            one
            for one in defined
            if holds(one.file, one.defined.first_line, one.defined.end_line, spots)
        ] or defined
        if subjects:
            uses = _merged(self.python.references(one) for one in subjects)
            guessed = self._called_by_name(subjects) if not any(not u.test for u in uses) else ()
            told = all(self.python.was_told(one) for one in subjects)
            provider = ExactPython.name if told else self.python.name
            return _Uses(
                self._by_name.name if guessed else provider,
                tuple(
                    Declaration(one.file, one.defined.first_line, one.defined.end_line)
                    for one in subjects
                ),
                tuple((one.file, one.defined.owner) for one in subjects),
                _merged([uses, guessed]),
            )
        every = self._by_name.defined(symbol, files)
        named = [
            one for one in every if holds(one.file, one.first_line, one.end_line, spots)
        ] or every
        if not named:
            return None
        told = all(one.file.endswith(".go") and not one.owner for one in named)
        return _Uses(
            self.python.name if told else self._by_name.name,
            tuple(Declaration(one.file, one.first_line, one.end_line) for one in named),
            tuple((one.file, one.owner) for one in named),
            _merged(self._by_name.references(one) for one in named),
        )

    def _called_by_name(self, subjects: Sequence[PythonSubject]) -> tuple[Reference, ...]:
        """Return calls of a method on values of which nothing is known, if its name is its own.

        That is a name of several words which nothing else in the repository defines.
        """
        first = subjects[0].defined
        name = first.name
        if (
            not first.owner
            or "_" not in name.strip("_")
            or len(self.python.defined(name, None)) > 1
        ):
            return ()
        call = re.compile(rf"\.{re.escape(name)}\s*\(")
        return tuple(
            Reference(
                path,
                number,
                ReferenceKind.CALL,
                self.around(path, number) or syntax.MODULE,
                is_test(path),
                match.start() + 2,
            )
            for path in self._words.holding(name, self._snapshot.files)
            if path.endswith(_PYTHON)
            for number, line in enumerate(self._snapshot.text(path).splitlines(), start=1)
            if (match := call.search(line))
        )


def holds(file: str, first: int, last: int, spots: Sequence[tuple[str, int]]) -> bool:
    """Tell whether one of ``spots`` lies between two lines of ``file``."""
    return any(file == path and first <= line <= last for path, line in spots)


def covers(path: str) -> bool:
    """Tell whether a search reads the language of ``path``."""
    return syntax.holds_code(path) or path.endswith(_PYTHON) or is_covered(path)


def is_python(path: str) -> bool:
    """Tell whether ``path`` is a Python file."""
    return path.endswith(_PYTHON)


def is_other(path: str) -> bool:
    """Tell whether ``path`` is source that only these searches read."""
    return path.endswith(_PYTHON) or is_covered(path)


def unsearched(files: Sequence[str]) -> str:
    """Return why nothing can be said of names in ``files``: no search reads their language."""
    if not files or any(covers(path) for path in files):
        return ""
    ending = files[0].rpartition("/")[2].rpartition(".")[2].lower()
    language = _LANGUAGES.get(ending, f"files like {files[0].rpartition('/')[2]}")
    return f"not searched: no reference search reads {language}"


def _row(symbol: str, status: SymbolStatus, uses: _Uses, reason: str) -> SymbolReferences:
    return SymbolReferences(
        symbol=symbol,
        status=status,
        provider=uses.provider,
        declarations=uses.declarations,
        references=uses.references,
        reason=reason,
    )


def _merged(several: Iterable[tuple[Reference, ...]]) -> tuple[Reference, ...]:
    every = {(one.file, one.line, one.column): one for references in several for one in references}
    return tuple(every[key] for key in sorted(every))
