"""Names of one edited JavaScript or TypeScript file: unbound, bound twice, too early, captured."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mendbook.code.line_runs import line_runs, split_lines
from mendbook.code.platform_names import is_platform
from mendbook.code.test_files import is_test
from mendbook.proving.binds.ecma_scope import Bound, ScopedFile, Use
from mendbook.proving.binds.ecma_scopes import scoped
from mendbook.proving.binds.fault import Fault


@dataclass(frozen=True, slots=True)
class Lines:
    """Which lines of an old text are which of a new one, 0-based."""

    to_old: dict[int, int]

    @classmethod
    def of(cls, old: str, new: str) -> Lines:
        """Return the lines that both texts share."""
        mapped: dict[int, int] = {}
        old_at = new_at = 0
        for run in line_runs(old, new):
            mapped |= zip(range(new_at, run.new_start), range(old_at, run.old_start), strict=True)
            old_at, new_at = run.old_end, run.new_end
        old_last, new_last = len(split_lines(old)), len(split_lines(new))
        mapped |= zip(range(new_at, new_last), range(old_at, old_last), strict=True)
        return cls(mapped)

    def holds(self, node: ast.AST) -> bool:
        """Tell whether a node of Python's tree begins or ends on a line that is new."""
        first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
        return self.is_new(first - 1) or self.is_new(last - 1)

    def is_new(self, line: int) -> bool:
        """Tell whether 0-based ``line`` of the new text is not in the old one."""
        return line not in self.to_old


@lru_cache(maxsize=1024)
def free_names(path: str, text: str) -> frozenset[str]:
    """Return the names that a file uses and nothing in it binds."""
    return frozenset(scoped(path, text).free())


def name_faults(
    path: str, old: str | None, new: str, free_elsewhere: Callable[[str], bool]
) -> Iterator[Fault]:
    """Yield what the names of ``new`` mean wrongly and those of ``old`` did not.

    ``free_elsewhere`` tells whether another file uses a name without binding it: then it is given
    to all of them by what no file says.
    """
    before, after = scoped(path, old or ""), scoped(path, new)
    lines = Lines.of(old or "", new)
    yield from _unbound(path, before, after, free_elsewhere)
    known = {bound.name for bound in before.twice}
    for bound in after.twice:
        if bound.name not in known:
            yield Fault(path, bound.line + 1, f"{bound.name} is declared twice in one scope")
    late = {use.name for use, _ in before.early()}
    for use, meaning in after.early():
        if use.name not in late:
            what = f"{use.name} is used before line {meaning.line + 1} declares it"
            yield Fault(path, use.line + 1, what)
    yield from _captured(path, before, after, lines)


def _unbound(
    path: str, before: ScopedFile, after: ScopedFile, free_elsewhere: Callable[[str], bool]
) -> Iterator[Fault]:
    known = before.free()
    for name, uses in after.free().items():
        if name in known and any(not use.typed for use in known[name]):
            continue
        if name in known and all(use.typed for use in uses):
            continue
        typed = all(use.typed for use in uses)
        if not is_platform(name, typed=typed, test=is_test(path)) and not free_elsewhere(name):
            what = f"{name} is used as a value and is a type" if _type_only(uses) else ""
            yield Fault(path, uses[0].line + 1, what or f"nothing declares or imports {name}")


def _type_only(uses: list[Use]) -> bool:
    use = uses[0]
    return use.scope.find(use.name, as_type=True) is not None


def _captured(path: str, before: ScopedFile, after: ScopedFile, lines: Lines) -> Iterator[Fault]:
    """Yield where a name that is new in an inner scope takes uses that meant an outer one."""
    was = {(use.name, use.line, rank): use for use, rank in _ranked(before.uses)}
    told: set[str] = set()
    for use, rank in _ranked(after.uses):
        meaning = use.meaning
        if meaning is None or meaning.scope is after.top or not lines.is_new(meaning.line):
            continue
        old_line = lines.to_old.get(use.line)
        old = was.get((use.name, old_line, rank)) if old_line is not None else None
        former = old.meaning if old is not None else None
        if former is None or former.scope is not before.top or use.name in told:
            continue
        if _stays(former, after) and meaning.how != "parameter":
            told.add(use.name)
            what = f"{use.name} shadows the {use.name} that line {use.line + 1} meant"
            yield Fault(path, meaning.line + 1, what)


def _ranked(uses: tuple[Use, ...]) -> Iterator[tuple[Use, int]]:
    """Yield each use with its number among the uses of its name on its line."""
    seen: dict[tuple[str, int], int] = {}
    for use in uses:
        rank = seen.get((use.name, use.line), 0)
        seen[use.name, use.line] = rank + 1
        yield use, rank


def _stays(former: Bound, after: ScopedFile) -> bool:
    """Tell whether the outer name is still there for the rest of the file."""
    return former.name in after.top.bound
