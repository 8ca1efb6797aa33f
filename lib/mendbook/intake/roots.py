"""Make the absolute paths that some tools write relative to the repository's root."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from urllib.parse import unquote

_ABSOLUTE = re.compile(r"/|[A-Za-z]:/")
_UNTIDY = re.compile(r"/[./]|\A\.")
"""A path that need not be in its normal form: a doubled slash, a name with a dot in front."""
_TOP_FOLDERS = ("src", "packages", "apps", "tests", "test", "lib", "app", "scripts")


class Root:
    """The folder below which all absolute paths of one report stand.

    A report that says where it was made gives ``at``. Else it is the deepest folder that all files
    share, or the one above ``src``, ``tests`` and the like when they share one of these.
    """

    def __init__(self, paths: Iterable[str], at: str = "") -> None:
        folders = {posixpath.dirname(path) for path in map(plain, paths) if _ABSOLUTE.match(path)}
        told = plain(at).rstrip("/")
        if told and all(f"{folder}/".startswith(f"{told}/") for folder in folders):
            self.folder = told
        else:
            shared = posixpath.commonpath(folders) if _one_tree(folders) else ""
            self.folder = _above_sources(shared)

    def relative(self, path: str) -> str:
        """Return ``path`` (a path or a file URL) relative to the root, or plain when it is not."""
        written = plain(path)
        prefix = self.folder.rstrip("/") + "/"
        if self.folder and written.startswith(prefix):
            return _normal(written.removeprefix(prefix))
        return _normal(written) if written else ""


def _normal(path: str) -> str:
    """Return what ``posixpath.normpath`` does; most paths are as it makes them."""
    plain_already = path and path[-1] != "/" and not _UNTIDY.search(path)
    return path if plain_already else posixpath.normpath(path)


def plain(path: str) -> str:
    """Return a path or file URL as a path with slashes: ``file:///a%20b`` is ``/a b``."""
    if path.startswith("file:"):
        path = unquote(re.sub(r"\Afile:(?://[^/]*)?", "", path))
        path = path[1:] if re.match(r"/[A-Za-z]:/", path) else path
    return path.replace("\\", "/")


def _one_tree(folders: set[str]) -> bool:
    drives = {folder.partition("/")[0] for folder in folders}
    return len(drives) == 1


def _above_sources(folder: str) -> str:
    parts = folder.split("/")
    for name in _TOP_FOLDERS:
        if name in parts:
            return "/".join(parts[: len(parts) - parts[::-1].index(name) - 1])
    return folder
