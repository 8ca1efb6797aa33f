"""What a finding points at: its symbols, lines and handlers, as far as it says or quotes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.code import trees as syntax
from mendbook.code.references.also import changed_alike
from mendbook.code.references.events import Registration
from mendbook.code.references.index import Index
from mendbook.code.references.locate import declared_at, named_files, title_of
from mendbook.code.references.others import OtherLanguages, is_other
from mendbook.code.references.reach import Reach
from mendbook.code.references.wanted import look_up
from mendbook.model import EntryPoint, Finding, SymbolStatus
from mendbook.text.plain import without_ticks

_TELLING = 15
"""Characters of a quote from which the one line that holds it is meant."""


class PointedAt:
    """Read findings against one snapshot."""

    def __init__(self, index: Index, reach: Reach, others: OtherLanguages) -> None:
        self._index = index
        self._reach = reach
        self._others = others
        self._quoted: dict[tuple[str, str], list[int]] = {}

    def symbols(self, finding: Finding) -> tuple[str, ...]:
        """Return the finding's symbols, and what its fix changes like them."""
        own = self._own_symbols(finding)
        alike = changed_alike(finding.fix, own)
        return (*own, *(each for each in alike if self._is_known(each, finding)))

    def spots(self, finding: Finding) -> tuple[tuple[str, int], ...]:
        """Return file and line of what the finding points at: its lines, else what it quotes."""
        unread = [one for one in finding.places if one.path not in self._index.snapshot]
        places = [(one.path, one.line) for one in unread if one.line]
        return (*places, *self._meant(finding))

    def told(self, finding: Finding) -> tuple[str, ...]:
        """Return what a finding calls its function where a handler is registered under that.

        Of a finding that names none, that is the handler written in place around its line.
        """
        if not finding.symbols and not finding.function:
            around = (self._handler(path, line) for path, line in self._meant(finding))
            return tuple(dict.fromkeys(one.name for one in around if one is not None))
        bare = finding.function.strip("`'\"() ")
        files = named_files(finding, self._index)
        if finding.symbols or not re.fullmatch(r"[\w-]+", bare):
            return ()
        known = any(one.name == bare for path in files for one in self._index.registrations(path))
        return (bare,) if known else ()

    def handlers(self, finding: Finding) -> tuple[EntryPoint, ...]:
        """Return the entry points whose handlers stand around the lines that are meant.

        Those are the lines of the finding's places, else the one where its evidence begins.
        """
        handlers: dict[str, EntryPoint] = {}
        for path in named_files(finding, self._index):
            lines = [line for file, line in self._meant(finding) if file == path]
            for line in lines or self._quoted_lines(finding, path):
                at = self._reach.around(path, line)
                if at is not None and not (at.decorated and at.handler):
                    entry = EntryPoint(at.title, path, at.line, event=at.event)
                    handlers.setdefault(entry.name, entry)
        return tuple(handlers.values())

    def unread(self, finding: Finding) -> str:
        """Return why none of the finding's files is read: a namesake elsewhere is not meant."""
        whys = [self._index.snapshot.why_unread(place.path) for place in finding.places]
        return "; ".join(dict.fromkeys(whys)) if all(whys) else ""

    def other_files(self, finding: Finding) -> tuple[str, ...]:
        """Return the finding's files in the languages beside TypeScript and JavaScript."""
        snapshot = self._index.snapshot
        paths = (place.path for place in finding.places)
        return tuple(path for path in paths if path in snapshot and is_other(path))

    def _own_symbols(self, finding: Finding) -> tuple[str, ...]:
        """Return the finding's symbols; without any, what is declared around its lines.

        Where nothing is, that around the lines that it quotes.
        """
        if finding.symbols or finding.events:
            return finding.symbols
        return self._around(self._meant(finding))

    def _meant(self, finding: Finding) -> list[tuple[str, int]]:
        """Return file and line of what is meant: the lines that are named, where the quote agrees.

        Code moves under an audit's numbers: what the finding quotes, if it stands just once in the
        file and elsewhere than the number says, is what is meant.
        """
        paths = [one.path for one in finding.places if one.path in self._index.snapshot]
        named = [(one.path, one.line) for one in finding.places if one.line and one.path in paths]
        quoted = [(path, line) for path in paths for line in self._quoted_lines(finding, path)]
        size = len(finding.evidence.strip().splitlines())
        agree = [
            (path, line)
            for path, line in named
            if any(path == file and 0 <= line - first < size for file, first in quoted)
        ]
        return agree or quoted or named

    def _is_known(self, symbol: str, finding: Finding) -> bool:
        """Tell whether ``symbol`` is declared in the finding's files, or just once elsewhere."""
        others = self.other_files(finding)
        if others:
            row = self._others.row(symbol, others) or self._others.row(symbol, ())
            return row is not None and (
                row.status is SymbolStatus.RESOLVED or len(row.declarations) == 1
            )
        wanted = look_up(self._index, symbol, named_files(finding, self._index))
        return wanted.status is SymbolStatus.RESOLVED or (
            wanted.status is SymbolStatus.ELSEWHERE and len(wanted.subjects) == 1
        )

    def _around(self, spots: Sequence[tuple[str, int]]) -> tuple[str, ...]:
        """Return what is declared around each of ``spots``, a file and a line each."""
        names: dict[str, None] = {}
        for path, line in spots:
            if syntax.is_source(path):
                at = declared_at(self._index, path, line)
                name = title_of(self._index, at) if at is not None else ""
                inner = self._handler(path, line)
                if at is not None and inner is not None:
                    name = name if at.declared.first_line > inner.first_line else ""
            else:
                name = self._others.around(path, line)
            names.update({name: None} if name else {})
        return tuple(names)

    def _handler(self, path: str, line: int) -> Registration | None:
        """Return the innermost handler that is written in place around ``line`` of ``path``."""
        at = self._reach.around(path, line) if syntax.is_source(path) else None
        return at if at is not None and not at.handler else None

    def _quoted_lines(self, finding: Finding, path: str) -> list[int]:
        """Return the line that holds the first line of the evidence, if it is the only one."""
        first = next((line for line in finding.evidence.splitlines() if line.strip()), "")
        quoted = "".join(without_ticks(first).split())
        if len(quoted) < _TELLING:
            return []
        if (path, quoted) not in self._quoted:
            lines = enumerate(self._index.bare_lines(path), start=1)
            self._quoted[path, quoted] = [number for number, line in lines if quoted in line]
        held = self._quoted[path, quoted]
        return held if len(held) == 1 else []
