"""Which files a finding's fix may touch, from what is known of the finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.code.test_files import is_test
from mendbook.drafting.imported import imported
from mendbook.fixes.instruction.understood import Understood
from mendbook.fixes.reach import files
from mendbook.fixes.task import Task
from mendbook.proving.vet_diff import subjects

_PATH = re.compile(r"[\w@.-]+(?:/[\w@.\[\]-]+)*\.\w{1,8}|[\w@.-]+(?:/[\w@.\[\]-]+)+")
_DOCUMENTS = (".md", ".rst", ".txt", ".adoc")
_MOST = 200


@dataclass(frozen=True, slots=True)
class Reach:
    """The files that an edit for one finding may touch."""

    paths: frozenset[str]
    """Existing files."""
    folders: frozenset[str]
    """Folders in which it may write new files."""
    named: frozenset[str]
    """Paths that the fix itself names, existing or not."""
    nearest: tuple[str, ...] = ()
    """``paths`` in their order: the finding's own first."""

    def holds(self, path: str, exists: bool) -> bool:
        """Tell whether the file at ``path`` may be changed, or written where it is not there."""
        if path in self.paths or any(f"/{path}".endswith(f"/{name}") for name in self.named):
            return True
        if is_test(path) or path.endswith(_DOCUMENTS):
            return True
        return not exists and str(PurePosixPath(path).parent) in self.folders


def reach_of(task: Task, understood: Understood) -> Reach:
    """Return what an edit for the task's finding may touch.

    That is its own files, those that its fix names or was read as changing, those that it speaks
    of otherwise, where its symbols are declared and used, what its files import, who imports them,
    and their tests.
    """
    own = {*files(task), *subjects(task.finding, task.facts)}
    named = frozenset(_named(task))
    told = spoken_of(task)
    read_as = [contract.file for contract in understood.contracts]
    paths = dict.fromkeys([*sorted(own), *read_as, *told, *_linked(task, own, told)])
    folders = {str(PurePosixPath(path).parent) for path in (*own, *told) if path[-1:] != "/"}
    folders |= {path.rstrip("/") for path in own if path not in task.snapshot}
    nearest = tuple(path for path in paths if not path.endswith("/"))[:_MOST]
    return Reach(frozenset(nearest), frozenset(folders), named, nearest)


def spoken_of(task: Task) -> tuple[str, ...]:
    """Return the files that any text of the finding names by a path that means just one file."""
    finding = task.finding
    told = "\n".join((finding.problem, finding.evidence, finding.impact, finding.fix))
    named = {match[0].strip(".").removeprefix("./") for match in _PATH.finditer(told)}
    meant = (
        [path for path in task.snapshot.files if f"/{path}".endswith(f"/{name}")]
        for name in sorted(named)
        if "." in name.rpartition("/")[2]
    )
    return tuple(dict.fromkeys(paths[0] for paths in meant if len(paths) == 1))


def _named(task: Task) -> Iterator[str]:
    for match in _PATH.finditer(f"{task.finding.fix}\n{task.finding.docs_path}"):
        name = match[0].strip(".").removeprefix("./")
        if "/" in name or any(path.rpartition("/")[2] == name for path in task.snapshot.files):
            yield name


def _linked(task: Task, own: set[str], told: Iterable[str]) -> Iterator[str]:
    for symbol in task.facts.symbols:
        yield from (one.file for one in symbol.declarations)
        yield from (one.file for one in symbol.references)
    for path in sorted({*own, *told}):
        if path in task.snapshot:
            yield from task.lookup.importers(path)
    for path in sorted(own):
        yield from imported(task.snapshot, path)
    yield from task.facts.tests
