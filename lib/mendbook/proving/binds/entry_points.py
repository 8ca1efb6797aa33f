"""Files that are gone while a manifest, a build file or a configuration still names them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator

from mendbook.code.modules.packages import Packages
from mendbook.proving.binds.fault import Fault
from mendbook.repository.snapshot import Snapshot

_NAMING = re.compile(
    r"(?:^|/)(?:package\.json|[^/]*\.(?:ya?ml|toml|cfg|ini)|Dockerfile[^/]*|Makefile|Procfile"
    r"|[jt]sconfig[^/]*\.json|[^/]*\.config\.[cm]?[jt]s|[^/]*\.sh|setup\.py|nodemon\.json)$"
)


def entry_faults(before: Snapshot, after: Snapshot, edited: Collection[str]) -> Iterator[Fault]:
    """Yield what names a file of ``edited`` that is gone, and was right to name it before."""
    gone = [path for path in edited if path not in after and path in before]
    if not gone:
        return
    for path in gone:
        for package in Packages(after).by_folder.values():
            if path in set(package.every_entry()):
                manifest = posixpath.join(package.folder, "package.json")
                yield Fault(manifest, 0, f"offers {path}, which is gone")
    for name in after.files:
        if _NAMING.search(name) and len(after.text(name)) < 200_000:
            yield from _named(name, after.text(name), gone)


def _named(name: str, text: str, gone: Collection[str]) -> Iterator[Fault]:
    folder = posixpath.dirname(name)
    for path in gone:
        inner = posixpath.relpath(path, folder) if folder else path
        for spelled in dict.fromkeys((path, inner)):
            match = re.search(rf"(?<![\w./-])(?:\./)?{re.escape(spelled)}(?![\w-])", text)
            if match and not spelled.startswith(".."):
                line = text.count("\n", 0, match.start()) + 1
                yield Fault(name, line, f"names {path}, which is gone")
                break
