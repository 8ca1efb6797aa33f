"""Whether a gate left the tree's own files as they were, and putting back those it did not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mendbook.proving.scratch import Scratch

_SHOWN = 4
State = tuple[int, int, int]


@dataclass(slots=True)
class Guard:
    """The files of a tree as they were exported into ``folder``."""

    scratch: Scratch
    tree: str
    folder: Path
    states: dict[str, State] = field(default_factory=dict)

    def remember(self, paths: Iterable[str]) -> None:
        """Keep the state of ``paths``, relative to the folder."""
        self.states = {path: state for path in paths if (state := _state(self.folder / path))}

    def put_back(self, clean: Path) -> str:
        """Restore what was edited or deleted, by way of the folder ``clean``; say what was."""
        changed = {
            path: now is None
            for path, before in self.states.items()
            if (now := _state(self.folder / path)) != before
        }
        if not changed:
            return ""
        self.scratch.export(self.tree, clean)
        edited = {}
        for path, gone in changed.items():
            target, source = self.folder / path, clean / path
            same = not gone and target.is_file() and target.read_bytes() == source.read_bytes()
            if not same:
                edited[path] = gone
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target, follow_symlinks=False)
            state = _state(target)
            if state is not None:
                self.states[path] = state
        shutil.rmtree(clean, ignore_errors=True)
        named = [f"{path} {'deleted' if gone else 'edited'}" for path, gone in edited.items()]
        more = [f"and {len(named) - _SHOWN} more"] if len(named) > _SHOWN else []
        return ", ".join([*named[:_SHOWN], *more])


def _state(path: Path) -> State | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
