"""Whether a file's exports are offered to people outside the repository."""

from __future__ import annotations

from mendbook.code.modules import modules_of
from mendbook.code.modules.packages import Package
from mendbook.repository.snapshot import Snapshot

_OFFERS = ("main", "module", "exports", "types", "typings")


def is_offered(snapshot: Snapshot, path: str) -> bool:
    """Tell whether the package of ``path`` is published, and ``path`` can be imported from it.

    With a map of ``exports`` that can be followed only its entries can; else any file.
    """
    modules = modules_of(snapshot)
    package = next(iter(modules.packages.around(path)), None)
    if package is None or package.manifest.get("private") is True:
        return False
    if not any(package.manifest.get(key) for key in _OFFERS):
        return False
    entries = _entries(snapshot, package)
    mapped = package.manifest.get("exports") is not None
    return not mapped or not entries or path in entries


def _entries(snapshot: Snapshot, package: Package) -> set[str]:
    modules = modules_of(snapshot)
    home = f"{package.folder}/package.json" if package.folder else "package.json"
    found = set()
    for entry in package.every_entry():
        relative = entry.removeprefix(f"{package.folder}/") if package.folder else entry
        file = modules.resolve(home, f"./{relative}")
        if file is not None:
            found.add(file)
    return found
