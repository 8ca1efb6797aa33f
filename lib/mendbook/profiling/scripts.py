"""Say which file and line of the repository a script's URL in a profile stands for.

A profile names scripts as the process loaded them: ``file:///app/dist/index.js``, an absolute
path, a path with a loader's query. The repository's root in those names is the prefix under which
most of them are found in the snapshot. Built scripts go through their source map.
"""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from mendbook.errors import InputError
from mendbook.intake.reader import Text, decode, read_text
from mendbook.profiling.sourcemap import SourceMap, parse_source_map
from mendbook.repository.snapshot import Snapshot

_BUILT = {".js", ".mjs", ".cjs"}
_URL = re.compile(rb'"url"\s*:\s*"([^"\\]+)"')
_BUILD_FOLDERS = {"dist", "build", "out", "lib"}
_POINTER = re.compile(r"//[#@]\s*sourceMappingURL=(\S+)\s*\Z")
_INLINE = re.compile(r"data:application/json;(?:charset=[\w-]+;)?base64,(.*)\Z")


class Scripts:
    """Where the scripts of one profile stand in the repository.

    ``folder`` is where the profile lies: source maps kept beside it are used first, then those
    beside the script on this machine, then those in ``snapshot``. ``unmapped`` lists built scripts
    that are not in the repository and have no source map.
    """

    def __init__(self, urls: Iterable[str], snapshot: Snapshot, folder: Path) -> None:
        paths = {url: path for url in urls if (path := script_path(url))}
        self._paths = paths
        self._snapshot = snapshot
        self._maps = {
            path: source_map
            for path in set(paths.values())
            if PurePosixPath(path).suffix in _BUILT
            and (source_map := _find_map(path, snapshot, folder)) is not None
        }
        self._root = _root([*_names(set(paths.values()), self._maps)], snapshot)
        self.unmapped = tuple(sorted(path for path in set(paths.values()) if self._lost(path)))

    def mapped(self, url: str) -> bool:
        """Tell whether the script at ``url`` is read through a source map."""
        return self._paths.get(url) in self._maps

    def bundled(self, url: str) -> bool:
        """Tell whether the script at ``url`` was made from several sources."""
        path = self._paths.get(url)
        return path in self._maps and len(self._maps[path].sources) > 1

    def locate(self, url: str, function: str, line: int, column: int) -> tuple[str, int] | None:
        """Return repository path and 1-based line (0: unknown) of a function; None if not ours.

        ``line`` and ``column`` are 0-based, as V8 gives them.
        """
        path = self._paths.get(url)
        if path is None:
            return None
        if path in self._maps:
            place = self._maps[path].original(line, column)
            inside = self._inside(_resolved(path, place[0])) if place else ""
            return (inside, place[1]) if place and inside else None
        if inside := self._inside(path):
            return inside, line + 1
        guessed = self._written_as(path)
        # a bundle holds other files' functions too: only what the source names is taken
        named = (
            re.search(rf"\b{re.escape(function)}\b", self._snapshot.text(guessed))
            if (guessed and function)
            else None
        )
        return (guessed, 0) if named else None

    def _inside(self, path: str) -> str:
        relative = path.removeprefix(self._root) if path.startswith(self._root) else ""
        return relative if relative in self._snapshot else ""

    def _lost(self, path: str) -> bool:
        built = PurePosixPath(path).suffix in _BUILT and path.startswith(self._root)
        return built and path not in self._maps and not self._inside(path)

    def _written_as(self, path: str) -> str:
        """Return the source that a compiler writes to ``path``: ``src/a.ts`` for ``dist/a.js``."""
        parts = PurePosixPath(path.removeprefix(self._root)).parts
        if len(parts) < 2 or parts[0] not in _BUILD_FOLDERS:
            return ""
        stem = str(PurePosixPath("src", *parts[1:]).with_suffix(""))
        return next(
            (stem + end for end in (".ts", ".mts", ".js") if stem + end in self._snapshot), ""
        )


def script_path(url: str) -> str:
    """Return the path in ``url``; empty for Node's own scripts, packages and evaluations."""
    if re.match(r"[A-Za-z]:[\\/]", url):
        path = "/" + url.replace("\\", "/")
    elif url.startswith("/"):
        path = url.partition("?")[0]
    else:
        try:
            split = urlsplit(url)
        except ValueError:
            return ""
        known = split.scheme in {"file", "http", "https", "webpack"}
        path = unquote(split.path) if known else ""
    path = posixpath.normpath(path) if path.startswith("/") else ""
    return "" if "/node_modules/" in path or path == "/" else path


def _names(paths: Iterable[str], maps: dict[str, SourceMap]) -> Iterator[str]:
    """Yield every path that may be a file of the repository: scripts, or a built one's sources."""
    for path in sorted(paths):
        if path in maps:
            yield from (_resolved(path, source) for source in maps[path].sources)
        else:
            yield path


def _resolved(script: str, source: str) -> str:
    """Return the path of a map's ``source``, which is relative to the script."""
    return script_path(source) or posixpath.normpath(
        posixpath.join(posixpath.dirname(script), source)
    )


def _root(names: list[str], snapshot: Snapshot) -> str:
    """Return the prefix, with its slash, under which most of ``names`` are in ``snapshot``."""
    votes: Counter[str] = Counter()
    for name in names:
        if "/node_modules/" in name:
            continue
        parts = name.split("/")
        for count in range(1, len(parts)):
            if "/".join(parts[count:]) in snapshot:
                votes["/".join(parts[:count]) + "/"] += 1
    # of equals the shortest: a longer match is less likely to be chance
    return max(votes, key=lambda prefix: (votes[prefix], -len(prefix))) if votes else "\0"


# --- source maps -------------------------------------------------------------------------------


def _find_map(script: str, snapshot: Snapshot, folder: Path) -> SourceMap | None:
    for text in _map_texts(script, snapshot, folder):
        try:
            return parse_source_map(decode(text).data)
        except (ValueError, InputError):
            continue
    return None


def _map_texts(script: str, snapshot: Snapshot, folder: Path) -> Iterator[Text]:
    """Yield the texts that may be the source map of ``script``, the most likely first."""
    for path in _kept_maps(script, folder):
        if path.is_file() and (kept := _readable(path)):
            yield kept
    local = Path(script)
    if local.is_file() and (text := _readable(local)):
        yield from _pointed(text, local.parent)
    parts = script.split("/")
    for count in range(1, len(parts)):
        inside = "/".join(parts[count:])
        if content := snapshot.get(f"{inside}.map"):
            yield Text(f"{inside}.map", "", content)
        if content := snapshot.get(inside):
            yield from _pointed(Text(inside, "", content), None)


def _kept_maps(script: str, folder: Path) -> tuple[Path, ...]:
    """Return where the source map of ``script`` may be kept, the most likely first."""
    name, parent = PurePosixPath(script).name, PurePosixPath(script).parent.name
    return folder / parent / f"{name}.map", folder / f"{name}.map", Path(f"{script}.map")


def beside(profile: Path) -> tuple[Path, ...]:
    """Return the scripts and source maps on this machine that reading ``profile`` looks at.

    They are told by the scripts that it names; a file that cannot be read names none.
    """
    try:
        urls = set(_URL.findall(profile.read_bytes()))
    except OSError:
        return ()
    scripts = {script_path(url.decode("utf-8", "replace")) for url in urls}
    built = {path for path in scripts if PurePosixPath(path).suffix in _BUILT}
    folder = profile.parent
    wanted = {kept for path in built for kept in (*_kept_maps(path, folder), Path(path))}
    return tuple(path for path in sorted(wanted) if path.is_file())


def _readable(path: Path) -> Text | None:
    try:
        return read_text(path)
    except InputError:
        return None


def _pointed(script: Text, folder: Path | None) -> Iterator[Text]:
    """Yield the map that the last line of ``script`` holds, or names beside it in ``folder``."""
    match = _POINTER.search(script.text.rstrip()[-50_000_000:])
    if match is None:
        return
    if inline := _INLINE.match(match[1]):
        try:
            text = base64.b64decode(inline[1], validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return
        yield Text(f"{script.path} (inline map)", "", text)
    elif folder is not None and "/" not in match[1] and (beside := _readable(folder / match[1])):
        yield beside
