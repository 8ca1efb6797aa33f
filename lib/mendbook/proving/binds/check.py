"""Judge one edit: the rung *binds*, by the language of each file that it touches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from mendbook.code import trees
from mendbook.code.references.index import Index, Memory
from mendbook.code.references.link import Linker
from mendbook.code.search import find_one
from mendbook.model import Check, CheckStatus, Rung
from mendbook.proving.binds import (
    ecma_calls,
    ecma_cycles,
    ecma_imports,
    ecma_members,
    python_cycles,
    python_lost,
    python_members,
)
from mendbook.proving.binds.ecma_members import Side
from mendbook.proving.binds.ecma_modules import Exports
from mendbook.proving.binds.ecma_names import Lines, free_names, name_faults
from mendbook.proving.binds.entry_points import entry_faults
from mendbook.proving.binds.fault import Fault, Untold
from mendbook.proving.binds.python_modules import PythonModules, parsed
from mendbook.proving.binds.python_names import name_faults as python_name_faults
from mendbook.proving.binds.python_names import scoped_module
from mendbook.proving.binds.python_uses import Definitions, import_faults
from mendbook.repository.snapshot import Snapshot

_SHOWN = 5
_SIDES = 3
"""Trees that are kept in hand: the audited one, that of the series, and one of an edit."""
_LARGEST = 500_000
"""Characters above which a file was not written by a person."""
_MOST_ASKED = 40
"""Files that are asked whether they, too, use a name that nothing binds."""
_LANGUAGES = {
    ".go": "Go",
    ".java": "Java",
    ".kt": "Kotlin",
    ".rb": "Ruby",
    ".rs": "Rust",
    ".php": "PHP",
    ".cs": "C#",
    ".c": "C",
    ".h": "C",
    ".cc": "C++",
    ".cpp": "C++",
    ".hpp": "C++",
    ".swift": "Swift",
    ".scala": "Scala",
    ".ex": "Elixir",
    ".exs": "Elixir",
    ".lua": "Lua",
    ".pl": "Perl",
    ".r": "R",
    ".dart": "Dart",
    ".vue": "Vue components",
    ".svelte": "Svelte components",
    ".astro": "Astro components",
    ".sh": "shell",
    ".bash": "shell",
    ".sql": "SQL",
    ".ipynb": "notebooks",
}
"""Languages whose names are not looked up here."""


@dataclass(slots=True)
class Binder:
    """Judges edits of one repository's trees; what it reads is kept by content between them."""

    memory: Memory = field(default_factory=Memory)
    _sides: dict[Snapshot, Side] = field(default_factory=dict)

    def check(self, before: Snapshot, after: Snapshot, paths: Collection[str]) -> Check:
        """Return whether the names in ``paths``, edited from ``before`` to ``after``, bind.

        It fails on what the edit broke, here or in files that it did not touch, and is not run
        where nothing failed and a file's names cannot be looked up.
        """
        name = Rung.BINDS.value
        untold = list(_untold(after, paths))
        told = [path for path in paths if path not in {one.path for one in untold}]
        faults = list(dict.fromkeys(str(fault) for fault in self.faults(before, after, told)))
        if faults:
            rest = [f"and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
            return Check(name, CheckStatus.FAIL, "\n".join([*faults[:_SHOWN], *rest]))
        if untold:
            why = "; ".join(dict.fromkeys(f"{one.path}: {one.why}" for one in untold[:_SHOWN]))
            return Check(name, CheckStatus.NOT_RUN, f"cannot tell: {why}")
        return Check(name, CheckStatus.PASS, "every name means something, and nothing used is gone")

    def faults(self, before: Snapshot, after: Snapshot, paths: Collection[str]) -> Iterator[Fault]:
        """Yield what the edit of ``paths`` broke."""
        yield from entry_faults(before, after, paths)
        if any(trees.is_source(path) for path in paths):
            yield from _Ecma(self._side(before), self._side(after)).faults(paths)
        if any(path.endswith(".py") for path in paths):
            yield from _python_faults(before, after, paths)

    def _side(self, snapshot: Snapshot) -> Side:
        """Return what can be asked of a tree; the trees that were asked last are kept in hand."""
        side = self._sides.pop(snapshot, None)
        if side is None:
            index = Index(snapshot, self.memory)
            side = Side(index, Linker(index), Exports(index))
        self._sides[snapshot] = side
        for old in list(self._sides)[:-_SIDES]:
            del self._sides[old]
        return side


@dataclass(frozen=True, slots=True)
class _Ecma:
    """JavaScript and TypeScript on both sides of one edit."""

    old: Side
    new: Side

    def faults(self, paths: Collection[str]) -> Iterator[Fault]:
        """Yield what no longer binds in ``paths``, and did in the old tree."""
        old, new = self.old, self.new
        both = ecma_imports.Both(old.index, new.index, old.exports, new.exports)
        graphs = ecma_cycles.Graph(old.index), ecma_cycles.Graph(new.index)
        for path in paths:
            text = new.index.snapshot.get(path)
            if not trees.is_source(path) or text is None:
                continue
            was = old.index.snapshot.get(path)
            lines = Lines.of(was or "", text)
            yield from name_faults(path, was, text, self._free_elsewhere(path))
            yield from ecma_imports.import_faults(both, path)
            yield from ecma_members.member_faults(new, path, lines)
            yield from ecma_calls.call_faults(new, path, lines)
            yield from ecma_cycles.cycle_faults(*graphs, path)
        yield from ecma_imports.lost_uses(both, paths)
        yield from ecma_members.lost_members(old, new, paths)
        yield from ecma_calls.changed_calls(old, new, paths)

    def _free_elsewhere(self, path: str) -> Callable[[str], bool]:
        """Return whether a name is used without being bound in the tree before the edit."""

        def asked(name: str) -> bool:
            index = self.old.index
            others = [one for one in index.mentions([name]) if one != path][:_MOST_ASKED]
            return any(
                name in free_names(one, index.snapshot.text(one))
                or _declares_global(index.snapshot.text(one), name)
                for one in others
            )

        return asked


def _declares_global(text: str, name: str) -> bool:
    """Tell whether a declaration file says that there is such a name everywhere."""
    return "declare " in text and any(
        f"{word} {name}" in text
        for word in ("var", "let", "const", "function", "class", "interface", "type", "namespace")
    )


def _python_faults(before: Snapshot, after: Snapshot, paths: Collection[str]) -> Iterator[Fault]:
    old, new = PythonModules(before), PythonModules(after)
    graphs = python_cycles.PythonGraph(old), python_cycles.PythonGraph(new)
    for path in paths:
        text = after.get(path)
        if not path.endswith(".py") or text is None:
            continue
        was = before.get(path)
        scoped = scoped_module(text)
        if scoped is None:
            continue
        former = scoped_module(was) if was is not None else None
        yield from python_name_faults(path, former, scoped, new)
        yield from import_faults(path, former.tree if former else None, scoped.tree, old, new)
        lines = Lines.of(was or "", text)
        home = Definitions(path, scoped.tree, new)
        yield from python_members.member_faults(home, lines.holds)
        yield from python_cycles.cycle_faults(*graphs, path)
    yield from python_lost.lost_uses(old, new, paths)
    yield from python_lost.lost_members(old, new, paths)
    yield from python_lost.changed_calls(old, new, paths)


def _untold(after: Snapshot, paths: Collection[str]) -> Iterator[Untold]:
    for path in paths:
        text = after.get(path)
        suffix = PurePosixPath(path).suffix.lower()
        if suffix in _LANGUAGES:
            yield Untold(path, f"names of {_LANGUAGES[suffix]} are not looked up")
        elif text is None:
            continue
        elif len(text) > _LARGEST and (trees.is_source(path) or suffix == ".py"):
            yield Untold(path, "too large to have been written by a person")
        elif trees.is_source(path) and find_one(trees.parse(path, text), "ERROR") is not None:
            yield Untold(path, "it has syntax that is not understood whole")
        elif suffix == ".py" and (parsed(text) is None):
            yield Untold(path, "it has syntax that this Python does not know")
