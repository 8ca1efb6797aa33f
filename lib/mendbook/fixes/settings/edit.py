"""An edit of one file of settings, and the lines that it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mendbook.code.edits import Edit
from mendbook.fixes.settings.ask import Ask, Unreadable
from mendbook.model import Finding, Operation
from mendbook.text.plain import without_ticks

_LEFT_OUT = re.compile(r"[ \t]*…[ \t]*|(?:^|[ \t])\.\.\.(?:[ \t]|$)", re.MULTILINE)
_SECRET = re.compile(r"\[redacted\]|<redacted>")


def _is_in(row: str, line: str) -> bool:
    """Tell whether ``line`` has the words of ``row``; what was redacted stands for any."""
    parts = _SECRET.split(row)
    if len(parts) == 1:
        return row in line
    return re.search(r"\S+?".join(map(re.escape, parts)), line) is not None


@dataclass(frozen=True, slots=True)
class SettingEdit:
    """Replace ``text[start:end]`` by ``new``; what was read, and what comes and goes."""

    start: int
    end: int
    new: str
    read_as: str
    operation: Operation
    adds: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()

    def applied(self, text: str) -> str:
        """Return ``text`` after the edit."""
        return text[: self.start] + self.new + text[self.end :]


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A file of settings, the finding about it, and where the finding's evidence stands."""

    path: str
    text: str
    finding: Finding

    @property
    def newline(self) -> str:
        """The line end of the file."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def quoted(self) -> list[tuple[int, int]]:
        """Return the spans of the lines that the evidence quotes; several where it stands twice.

        Blank lines count on neither side. Where it leaves something out, ``a … b``, each part is
        looked for by itself; a value that was taken out as secret stands for any. Of several
        places, those that are whole lines count, and the one that the finding's lines name.
        """
        parts = [
            [row.strip() for row in part.splitlines() if row.strip(" .")]
            for part in _LEFT_OUT.split(without_ticks(self.finding.evidence))
        ]
        places = [self._standing(rows) for rows in parts if rows]
        if len(places) == 1:
            places = [self._on_lines(places[0])]
        return sorted({span for spans in places for span in spans}) if all(places) else []

    def alike(self) -> list[tuple[int, int]]:
        """Return every span that says what the evidence quotes in one part; none of several."""
        text = without_ticks(self.finding.evidence)
        rows = [row.strip() for row in text.splitlines() if row.strip(" .")]
        return [] if _LEFT_OUT.search(text) or not rows else self._standing(rows)

    def _standing(self, rows: list[str]) -> list[tuple[int, int]]:
        lines = self.text.splitlines(keepends=True)
        starts = [sum(map(len, lines[:at])) for at in range(len(lines) + 1)]
        filled = [at for at, line in enumerate(lines) if line.strip()]
        runs = [filled[at : at + len(rows)] for at in range(len(filled) - len(rows) + 1)]
        held = [
            run
            for run in runs
            if all(_is_in(row, lines[at]) for row, at in zip(rows, run, strict=True))
        ]
        whole = [run for run in held if rows == [lines[at].strip() for at in run]]
        return [(starts[run[0]], starts[run[-1] + 1]) for run in whole or held]

    def _on_lines(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the one of several spans that the finding's lines name; all where none is."""
        places = [one for one in self.finding.places if one.path == self.path and one.line]
        if len(spans) < 2 or len(places) != 1:
            return spans
        first = places[0].line or 1
        last = places[0].end_line or first
        named = [
            (begin, end)
            for begin, end in spans
            if self.text.count("\n", 0, begin) + 1 <= last
            and first <= self.text.count("\n", 0, max(begin, end - 1)) + 1
        ]
        return named if len(named) == 1 else spans

    def by_tree(
        self, edit: Edit, read_as: str, operation: Operation, adds: tuple[str, ...] = ()
    ) -> SettingEdit:
        """Return ``edit``, made on the parsed file, with the file's own line ends."""
        new = edit.text.replace("\n", self.newline)
        return SettingEdit(edit.start, edit.end, new, read_as, operation, adds)

    def line_start(self, at: int) -> int:
        """Return where the line of offset ``at`` begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Return the offset after the line of ``at`` with its line end."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def indent(self, at: int) -> str:
        """Return the blanks that the line of ``at`` begins with."""
        line = self.text[self.line_start(at) : self.line_end(at)]
        return line[: len(line) - len(line.lstrip(" \t"))]

    def inserted(self, at: int, line: str, read_as: str) -> SettingEdit:
        """Return the edit that puts ``line`` at offset ``at``, where a line begins."""
        before = "" if not at or self.text[at - 1] == "\n" else self.newline
        return SettingEdit(
            at, at, f"{before}{line}{self.newline}", read_as, Operation.ADD, (line.strip(),)
        )

    def removed(self, start: int, read_as: str) -> SettingEdit:
        """Return the edit that takes the line of ``start`` away."""
        begin, end = self.line_start(start), self.line_end(start)
        gone = self.text[begin:end].strip()
        return SettingEdit(begin, end, "", read_as, Operation.REMOVE, (), (gone,))


def applied(text: str, edits: Iterable[SettingEdit]) -> str:
    """Return ``text`` after all of ``edits``, which do not overlap."""
    for each in sorted(edits, key=lambda one: (one.start, one.end))[::-1]:
        text = each.applied(text)
    return text


Editor = Callable[[SettingsFile, Ask], tuple[SettingEdit, ...]]
"""Returns the edits that do what is asked; raises ``Unreadable`` where they are not plain."""


def only(spans: list[tuple[int, int]], what: str) -> tuple[int, int]:
    """Return the one span of ``spans``; raise ``Unreadable`` where there are none or several."""
    if len(spans) == 1:
        return spans[0]
    raise Unreadable(f"{what} stands {len(spans)} times" if spans else f"there is no {what}")
