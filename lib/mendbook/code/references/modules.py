"""Which file of the snapshot an import means: relative paths, tsconfig ``paths``, ``#imports``."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mendbook.repository.snapshot import Snapshot

_WRITTEN_AS = {
    ".js": (".ts", ".tsx", ".js", ".jsx", ".d.ts"),
    ".jsx": (".tsx", ".jsx"),
    ".mjs": (".mts", ".mjs"),
    ".cjs": (".cts", ".cjs"),
}
"""What may stand behind an import that names the emitted file."""
_ENDINGS = (".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", ".jsx", ".mjs", ".cjs")
_COMMENTS = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')
_LONGEST_EXTENDS = 8


@dataclass(frozen=True, slots=True)
class _Aliases:
    """``paths`` of one tsconfig, relative to the repository's root; ``base`` is ``baseUrl``."""

    folder: str
    base: str | None
    paths: Mapping[str, tuple[str, ...]]


class Modules:
    """Resolve module names as TypeScript does, among the files of one snapshot only."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._aliases = tuple(_aliases(snapshot))
        self._packages = dict(_packages(snapshot))
        self._known: dict[tuple[str, str], str | None] = {}

    def resolve(self, file: str, source: str) -> str | None:
        """Return the file that ``source`` means in an import of ``file``; None for a package."""
        key = (posixpath.dirname(file), source)
        if key not in self._known:
            self._known[key] = self._find(file, source)
        return self._known[key]

    def paths(self) -> dict[str, list[str]]:
        """Return the aliases of all tsconfigs together, relative to the repository's root."""
        merged: dict[str, list[str]] = {}
        for aliases in self._aliases:
            for pattern, targets in aliases.paths.items():
                merged.setdefault(pattern, []).extend(f"./{target}" for target in targets)
            if aliases.base is not None:
                merged.setdefault("*", []).append(f"./{aliases.base}/*")
        return merged

    def _find(self, file: str, source: str) -> str | None:
        if source.startswith("."):
            return self._file(posixpath.join(posixpath.dirname(file), source))
        for path in self._aliased(file, source):
            if found := self._file(path):
                return found
        return self._package(source)

    def _aliased(self, file: str, source: str) -> Iterator[str]:
        for aliases in self._aliases:
            if aliases.folder and not file.startswith(aliases.folder + "/"):
                continue
            for pattern, targets in aliases.paths.items():
                head, star, tail = pattern.partition("*")
                if not star and source == pattern:
                    yield from targets
                elif star and source.startswith(head) and source.endswith(tail):
                    middle = source[len(head) : len(source) - len(tail)]
                    yield from (target.replace("*", middle, 1) for target in targets)
            if aliases.base is not None:
                yield posixpath.join(aliases.base, source)

    def _package(self, source: str) -> str | None:
        for name, folder in self._packages.items():
            if source == name:
                return self._file(posixpath.join(folder, "src")) or self._file(folder or ".")
            if source.startswith(name + "/"):
                return self._file(posixpath.join(folder, source[len(name) + 1 :]))
        return None

    def _file(self, path: str) -> str | None:
        plain = posixpath.normpath(path)
        stem, ending = posixpath.splitext(plain)
        candidates = [stem + other for other in _WRITTEN_AS.get(ending, ())]
        candidates += [plain, *(plain + other for other in _ENDINGS)]
        candidates += [posixpath.join(plain, "index" + other) for other in _ENDINGS]
        wanted = (candidate.removeprefix("./") for candidate in candidates)
        return next((name for name in wanted if name in self._snapshot), None)


def _aliases(snapshot: Snapshot) -> Iterator[_Aliases]:
    configs = [
        path for path in snapshot.files if re.fullmatch(r"(.*/)?[tj]sconfig(\.\w+)?\.json", path)
    ]
    for path in sorted(configs, key=lambda path: (-path.count("/"), path)):
        options, home = _options(snapshot, path)
        base, paths = options.get("baseUrl"), options.get("paths")
        root = posixpath.normpath(posixpath.join(home, base if isinstance(base, str) else "."))
        targets = {
            pattern: tuple(posixpath.normpath(posixpath.join(root, one)) for one in several)
            for pattern, several in (paths if isinstance(paths, dict) else {}).items()
            if isinstance(several, list) and all(isinstance(one, str) for one in several)
        }
        based = root if isinstance(base, str) else None
        if targets or based is not None:
            yield _Aliases(posixpath.dirname(path), based, targets)


def compiler_options(snapshot: Snapshot, path: str) -> dict[str, Any]:
    """Return ``compilerOptions`` of the tsconfig at ``path``, what it extends included."""
    return _options(snapshot, path)[0]


def _options(snapshot: Snapshot, path: str) -> tuple[dict[str, Any], str]:
    """Return ``compilerOptions``, what is extended included, and the folder of ``paths``."""
    merged: dict[str, Any] = {}
    home = posixpath.dirname(path)
    for _ in range(_LONGEST_EXTENDS):
        config = loose_json(snapshot.get(path) or "")
        options = config.get("compilerOptions")
        for name, value in (options if isinstance(options, dict) else {}).items():
            if name not in merged:
                merged[name] = value
                home = posixpath.dirname(path) if name in {"paths", "baseUrl"} else home
        parent = config.get("extends")
        if not isinstance(parent, str) or not parent.startswith("."):
            break
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), parent))
        path = path if path.endswith(".json") else path + ".json"
    return merged, home


def _packages(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield name and folder of each package of a workspace."""
    for path in snapshot.files:
        if posixpath.basename(path) == "package.json":
            name = loose_json(snapshot.text(path)).get("name")
            if isinstance(name, str) and name:
                yield name, posixpath.dirname(path)


def loose_json(text: str) -> dict[str, Any]:
    """Return the object that ``text`` holds; comments and trailing commas are allowed.

    Anything else than an object is an empty one: a broken config means that nothing is aliased.
    """
    plain = _COMMENTS.sub(lambda match: match.group(1) or " ", text)
    plain = _TRAILING_COMMA.sub(lambda match: match.group(1) or "", plain)
    try:
        value = json.loads(plain)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
