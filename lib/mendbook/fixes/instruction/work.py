"""What one clause makes: edits, what they rest on, and what they need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from posixpath import normpath

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.refusals import refuse_path
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.scene import Scene, scene_of
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.task import Task
from mendbook.model import Operation


@dataclass(frozen=True, slots=True)
class StepEdits:
    """The edits of one clause in the tree that all clauses start from, and its contract."""

    operation: Operation
    read_as: str
    edits: tuple[tuple[str, Edit], ...]
    adds: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)
    """Name to the module that the text says it comes from."""
    takes: int = 0
    """How many of the clauses behind this one are done with it."""
    doubt: str = ""
    """What else the text may mean; an edit in doubt is a draft."""
    follows_up: tuple[str, ...] = ()
    """Words of later clauses that only say what this edit has done, too."""


@dataclass(frozen=True, slots=True)
class Work:
    """A fix text being carried out: the file in hand, and the clauses that are still to come."""

    task: Task
    scene: Scene
    rest: tuple[Clause, ...] = ()

    def at(self, path: str) -> Scene:
        """Return another file of the tree; raises ``Abstain`` where it cannot be edited."""
        if path == self.scene.path:
            return self.scene
        refuse_path(self.task, path)
        scene = scene_of(self.task, path, own=False)
        if scene is None:
            raise Abstain(f"{path} is not a file that can be read here")
        return scene

    def file(self, spelled: str) -> str | None:
        """Return the one file of the tree that ``spelled`` means, or None."""
        tree = self.task.snapshot
        if spelled in tree:
            return spelled
        if spelled.startswith("."):
            folder = PurePosixPath(self.scene.path).parent
            beside = normpath((folder / spelled).as_posix())
            paths = [path for path in tree.files if path.rpartition(".")[0] == beside]
            if len(paths) == 1:
                return paths[0]
        ending = "/" + spelled.lstrip("./")
        paths = [path for path in tree.files if path.endswith(ending)]
        paths = paths or [
            path for path in tree.files if f"/{path}".rpartition(".")[0].endswith(ending)
        ]
        return paths[0] if len(paths) == 1 else None


def edits_in(scene: Scene, edits: Iterable[Edit]) -> tuple[tuple[str, Edit], ...]:
    """Return ``edits`` as those of the scene's file."""
    return tuple((scene.path, edit) for edit in edits)


def named_file(work: Work, clause: Clause) -> str | None:
    """Return the file that a place of the clause names, if one does."""
    for phrase in clause.phrases:
        for code in phrase.codes:
            if code.shape is Shape.PATH and (path := work.file(code.text)) is not None:
                return path
    return None
