"""Circles in what modules load, whatever language they are in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mendbook.proving.binds.fault import Fault

Loads = Callable[[str], frozenset[str]]
"""Returns the modules that a module of one tree loads when it runs."""

_MOST = 400
"""Modules that are looked through for a way back; beyond that it is not told."""


def circle_faults(before: Loads, after: Loads, path: str) -> Iterator[Fault]:
    """Yield each circle that an import which is new in ``path`` closes."""
    for inner in sorted(after(path) - before(path) - {path}):
        chain = _way(after, inner, path)
        if chain and not (_way(before, inner, path) and _way(before, path, inner)):
            yield Fault(path, 0, f"imports {inner} in a circle: {' → '.join([path, *chain])}")


def _way(loads: Loads, start: str, end: str) -> list[str]:
    """Return a shortest chain of imports from ``start`` to ``end``, or an empty one."""
    came: dict[str, str] = {start: ""}
    waiting = [start]
    for path in waiting:
        if path == end:
            chain = [path]
            while came[chain[-1]]:
                chain.append(came[chain[-1]])
            return chain[::-1]
        if len(came) > _MOST:
            return []
        for inner in sorted(loads(path) - came.keys()):
            came[inner] = path
            waiting.append(inner)
    return []
