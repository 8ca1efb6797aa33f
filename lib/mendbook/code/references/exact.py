"""The exact provider: TypeScript's own answer, on a scratch copy of the snapshot."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from mendbook.code import trees as syntax
from mendbook.code.references.index import Index
from mendbook.code.references.occur import declares, kind_of
from mendbook.code.references.provider import Spot, Subject, characters, utf16_length
from mendbook.code.references.scratch import write_project
from mendbook.code.test_files import is_test
from mendbook.model import Reference, ReferenceKind


class ExactProvider:
    """Ask the native compiler at ``compiler`` for references, one session for all subjects."""

    name = "exact"

    def __init__(self, index: Index, compiler: Path, root: Path | None = None) -> None:
        self._index = index
        self._compiler = compiler
        self._root = root

    def references(self, subjects: Sequence[Subject]) -> tuple[tuple[Reference, ...], ...]:
        """Return the uses of each subject; raises ``SessionError`` when the server fails."""
        from mendbook.code.references.session import Server, ask_references

        if not subjects:
            return ()
        text = self._index.snapshot.text
        spots = [self.spot(subject) for subject in subjects]
        with tempfile.TemporaryDirectory(prefix="mendbook-exact-") as name:
            folder = Path(name)
            write_project(self._index.snapshot, folder, self._root)
            opened = {spot.file: text(spot.file) for spot in spots}
            server = Server((str(self._compiler), "--lsp", "--stdio"))
            answers = ask_references(server, folder, opened, spots)
        return tuple(
            self._kept(subject, answer) for subject, answer in zip(subjects, answers, strict=True)
        )

    def spot(self, subject: Subject) -> Spot:
        """Return where the subject's name is declared; for a constructor, its class's."""
        at = subject.declared
        if at.name == "constructor" and at.owner:
            at = self._index.outline(subject.file).declared.get(at.owner, (at,))[0]
        line = self._line(subject.file, at.line - 1)
        return Spot(subject.file, at.line - 1, utf16_length(line[: at.column - 1]))

    def _kept(self, subject: Subject, spots: Sequence[Spot]) -> tuple[Reference, ...]:
        declared = subject.declared
        constructs = declared.name == "constructor"
        home = (subject.file, declared.line, declared.column)
        places = sorted({(spot.file, spot.line, spot.column) for spot in spots})
        references = (self._reference(*place) for place in places)
        return tuple(
            one
            for one in references
            if one is not None
            and (one.file, one.line, one.column) != home
            and (not constructs or one.kind is ReferenceKind.CONSTRUCT)
        )

    def _reference(self, file: str, line: int, utf16: int) -> Reference | None:
        """Return the reference at a place of the snapshot, None where a name is declared."""
        if file not in self._index.snapshot or not syntax.is_source(file):
            return None
        text = self._line(file, line)
        column = characters(text, utf16)
        node = syntax.node_at(self._index.tree(file).root, line, column)
        parent = node.parent()
        if parent is None or declares(node, parent):
            return None
        return Reference(
            file, line + 1, kind_of(node), syntax.enclosing_name(node), is_test(file), column + 1
        )

    def _line(self, file: str, line: int) -> str:
        return self._index.lines(file)[line]
