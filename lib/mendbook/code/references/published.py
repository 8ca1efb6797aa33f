"""Whether a file's exports are offered to people outside the repository."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from mendbook.code.modules import modules_of
from mendbook.code.modules.packages import Package
from mendbook.code.trees import is_source
from mendbook.repository.snapshot import Snapshot

_LIBRARY = ("module", "exports", "types", "typings", "files", "publishConfig")
"""What only a package says that is made to be imported; ``main`` alone an application has, too."""


def is_offered(snapshot: Snapshot, path: str) -> bool:
    """Tell whether the package of ``path`` is published, and ``path`` can be imported from it.

    With a map of ``exports`` that can be followed only its entries can, and of an application
    (it is started, and says nothing of being imported) only its main file; else any file. A file
    that stands in for an entry under a condition, ``index.browser.ts``, is an entry as well.
    """
    modules = modules_of(snapshot)
    package = next(iter(modules.packages.around(path)), None)
    if package is None or package.manifest.get("private") is True:
        return False
    if _stays_inside(snapshot, package):
        return False
    library = any(package.manifest.get(key) for key in _LIBRARY)
    if not library and not package.manifest.get("main"):
        return False
    scripts = package.manifest.get("scripts")
    started = isinstance(scripts, dict) and "start" in scripts and not library
    entries = _entries(snapshot, package)
    mapped = package.manifest.get("exports") is not None
    if entries and (mapped or started):
        return path in entries or _of_condition(path) in {_stem(entry) for entry in entries}
    return not started


_SOURCE = re.compile(r"(?<!\.d)\.[cm]?tsx?$")
_PUBLISHES = re.compile(r"publish|prepack|release")


def _stays_inside(snapshot: Snapshot, package: Package) -> bool:
    """Tell whether a workspace is taken as the source it is, and says nothing of publishing.

    What people install is JavaScript with its types: a package whose entries are all TypeScript is
    compiled by its neighbours.
    """
    outer = [
        one
        for one in modules_of(snapshot).packages.around(package.folder)
        if one.folder != package.folder
    ]
    root = outer[-1].manifest if outer else {}
    written = package.code()
    scripts = package.manifest.get("scripts")
    registry = (f"{package.folder}/{name}.json" for name in ("jsr", "deno"))
    return (
        (root.get("private") is True or "workspaces" in root)
        and bool(written)
        and all(_SOURCE.search(one) for one in written)
        and "publishConfig" not in package.manifest
        and not any(_PUBLISHES.search(one) for one in (scripts or {}))
        and not any(one in snapshot for one in registry)
    )


_CONDITION = re.compile(
    r"\.(?:react-server|react-native|browser|node|deno|bun|worker|workerd|edge|edge-light|native|web"
    r"|ios|android|client|server|import|require|development|production)(?=\.[cm]?[jt]sx?$)"
)
"""How a file is called that takes an entry's place under a condition of ``exports``."""


def _of_condition(path: str) -> str:
    """Return the stem of the entry beside a condition's; empty for any other file."""
    plain = _CONDITION.sub("", path)
    return _stem(plain) if plain != path else ""


def _stem(path: str) -> str:
    return re.sub(r"\.[cm]?[jt]sx?$", "", path)


def _entries(snapshot: Snapshot, package: Package) -> set[str]:
    """Return the files that the package's entries lead to; none where one leads nowhere here.

    What is built is not in the tree, so each entry is looked for as an import of it would be.
    """
    modules = modules_of(snapshot)
    home = f"{package.folder}/package.json" if package.folder else "package.json"

    def sources_of(targets: Iterable[str]) -> set[str]:
        below = (posixpath.relpath(each, package.folder or ".") for each in targets)
        files = (modules.resolve(home, f"./{each}") for each in below)
        return {file for file in files if file is not None and is_source(file)}

    every = sources_of(package.every_entry())
    for subpath in package.subpaths():
        files = sources_of(package.entries(subpath))
        if not files:
            return set()
        every |= files
    return every
