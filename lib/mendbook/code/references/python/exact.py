"""The exact provider of Python: a type checker's own answer, on a scratch copy of the snapshot."""

from __future__ import annotations

import json
import posixpath
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from mendbook.code.references.provider import Spot, characters, utf16_length
from mendbook.code.references.python.records import Defined
from mendbook.code.references.python.search import PythonSearch, PythonSubject
from mendbook.code.references.python.server import server_command
from mendbook.code.test_files import is_test
from mendbook.code.trees import MODULE
from mendbook.model import Reference, ReferenceKind
from mendbook.repository.snapshot import Snapshot

_CONFIGURATION = "pyrightconfig.json"
_FILES_KNOWN = "source file"
"""Of the message ``Found 12 source files``, after which the server knows every file."""
_PACKAGE = "__init__.py"
_ENDINGS = (".py", ".pyi")
_WORD = re.compile(r"\w+")


class ExactPython:
    """Ask the language server at ``script`` for references, one session for all subjects."""

    name = "exact"

    def __init__(self, snapshot: Snapshot, search: PythonSearch, script: Path) -> None:
        self._snapshot = snapshot
        self._search = search
        self._script = script

    def references(self, subjects: Sequence[PythonSubject]) -> tuple[tuple[Reference, ...], ...]:
        """Return the uses of each subject, by file and line.

        Raises ``RuntimeError`` when the server does not start, dies, or takes too long.
        """
        from mendbook.code.references.session import Server, ask_references

        if not subjects:
            return ()
        spots = [self._spot(subject) for subject in subjects]
        with tempfile.TemporaryDirectory(prefix="mendbook-exact-") as name:
            folder = Path(name)
            write_python(self._snapshot, folder)
            opened = {spot.file: self._snapshot.text(spot.file) for spot in spots}
            server = Server(server_command(self._script), ready=_FILES_KNOWN)
            answers = ask_references(server, folder, opened, spots)
        return tuple(
            self._with_renamed(subject, tuple(self._kept(subject, answer)))
            for subject, answer in zip(subjects, answers, strict=True)
        )

    def _with_renamed(
        self, subject: PythonSubject, exact: tuple[Reference, ...]
    ) -> tuple[Reference, ...]:
        """Add what the search finds of a module's name: the server follows no ``import a as b``."""
        if subject.defined.owner or subject.defined.local:
            return exact
        every = (*exact, *self._search.references(subject))
        by_place = {(one.file, one.line, one.column): one for one in every}
        return tuple(by_place[place] for place in sorted(by_place))

    def _spot(self, subject: PythonSubject) -> Spot:
        at = subject.defined
        line = self._line(subject.file, at.line - 1)
        return Spot(subject.file, at.line - 1, utf16_length(line[: _named_at(at, line) - 1]))

    def _kept(self, subject: PythonSubject, spots: Sequence[Spot]) -> Iterator[Reference]:
        for file, line, utf16 in sorted({(one.file, one.line, one.column) for one in spots}):
            if file in self._snapshot and file.endswith(_ENDINGS):
                column = characters(self._line(file, line), utf16) + 1
                reference = self._reference(subject, file, line + 1, column)
                if reference is not None:
                    yield reference

    def _reference(
        self, subject: PythonSubject, file: str, line: int, column: int
    ) -> Reference | None:
        """Return the use at a place as the search labels it; None where a name is defined."""
        read = self._search.file(file)
        text = self._line(file, line - 1)
        if any(one.line == line and _named_at(one, text) == column for one in read.defined):
            return None
        if (line, column - 1) in read.listed.values():  # inside the quotes of ``__all__``
            return Reference(file, line, ReferenceKind.REEXPORT, MODULE, is_test(file), column - 1)
        word = _WORD.match(text, column - 1)
        same = [one for one in read.used if one.line == line and word and one.name == word.group()]
        use = min(same, key=lambda one: abs(one.column - column), default=None)
        kind = use.kind if use else ReferenceKind.READ
        if kind is ReferenceKind.CALL and subject.defined.kind == "class":
            kind = ReferenceKind.CONSTRUCT
        around = use.enclosing if use else self._around(file, line)
        return Reference(file, line, kind, around, is_test(file), column)

    def _around(self, file: str, line: int) -> str:
        subject = self._search.at(file, line)
        return subject.title if subject is not None else MODULE

    def _line(self, file: str, line: int) -> str:
        return self._snapshot.text(file).splitlines()[line]


def _named_at(at: Defined, line: str) -> int:
    """Return the column of the name of ``at`` in its ``line``: behind ``def`` or ``class``."""
    start = len(line.encode()[: at.column - 1].decode(errors="ignore"))
    match = re.compile(rf"(?<!\w){re.escape(at.name)}(?!\w)").search(line, start)
    return match.start() + 1 if match else at.column


def write_python(snapshot: Snapshot, folder: Path) -> None:
    """Write the Python files of ``snapshot`` below ``folder``, with the roots of their packages."""
    paths = [path for path in snapshot.files if path.endswith(_ENDINGS) and _below(path)]
    for path in paths:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(snapshot.text(path).encode("utf-8", "surrogatepass"))
    options = {
        "include": ["."],
        "exclude": ["**/node_modules"],
        "typeCheckingMode": "off",
        "extraPaths": package_roots(paths),
    }
    (folder / _CONFIGURATION).write_text(json.dumps(options), encoding="utf-8")


def package_roots(paths: Sequence[str]) -> list[str]:
    """Return the folders that outermost packages lie in: what imports are resolved against."""
    packages = {posixpath.dirname(path) for path in paths if path.endswith(f"/{_PACKAGE}")}
    outer = {each for each in packages if posixpath.dirname(each) not in packages}
    return sorted({posixpath.dirname(each) or "." for each in outer})


def _below(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/")
