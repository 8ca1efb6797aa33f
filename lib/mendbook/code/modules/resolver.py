"""Resolve module names among the files of one snapshot, as TypeScript, Node and bundlers do."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from mendbook.code.modules.packages import Package, Packages
from mendbook.code.modules.tsconfig import Aliases, aliases_by_folder
from mendbook.code.trees import holds_code
from mendbook.repository.snapshot import Snapshot

_WRITTEN_AS = {
    ".js": (".ts", ".tsx", ".js", ".jsx", ".d.ts"),
    ".jsx": (".tsx", ".jsx"),
    ".mjs": (".mts", ".mjs", ".d.mts"),
    ".cjs": (".cts", ".cjs", ".d.cts"),
    ".ts": (".ts", ".tsx", ".d.ts"),
}
"""What may stand behind an import that names the emitted file."""
_ENDINGS = (".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", ".jsx", ".mjs", ".cjs", ".json")
_COMPONENTS = (".vue", ".svelte", ".astro", ".native.tsx", ".native.ts", ".web.tsx", ".ios.tsx")
_QUERY = re.compile(r"[?#].*$")
_SIGIL = re.compile(r"^(?:~~|@@|[~@$#])/?|^/")
_HOMES = ("src", "app", "", "lib", "src/lib", "src/app", "client", "source")
"""Folders of a package that bundlers and frameworks point their own aliases at, likely first."""
_HOPS = 8
"""Links that lead from one to the next."""


def written_as(path: str) -> list[str]:
    """Return what may stand behind a path that an import names: ``a.ts`` for ``a.js``.

    A pattern of paths is one, too.
    """
    stem, ending = posixpath.splitext(path)
    return [stem + other for other in _WRITTEN_AS.get(ending, ())]


class Modules:
    """Say which file of a snapshot a module's name means; None for a package from outside."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._files = frozenset(snapshot.files)
        self._links = snapshot.links
        self.packages = Packages(snapshot)
        self._aliases = aliases_by_folder(snapshot, self.packages)
        self._known: dict[tuple[str, str], str | None] = {}

    def resolve(self, file: str, source: str) -> str | None:
        """Return the file that ``source`` means in an import of ``file``; None for a package."""
        key = (posixpath.dirname(file), source)
        if key not in self._known:
            target = self._find(file, source)
            bare = _QUERY.sub("", source[1:]) if target is None else ""
            if bare and source[0] + bare != source:
                target = self._find(file, source[0] + bare)
            self._known[key] = target
        return self._known[key]

    def prefixes(self, file: str) -> Iterator[tuple[str, str]]:
        """Yield the aliases around ``file`` that mean a folder: ``("@/", "apps/web/src/")``."""
        for aliases in self._around(file):
            for pattern, targets in aliases.paths.items():
                if pattern.endswith("*") and len(pattern) > 1:
                    places = (target[:-1] for target in targets if target.endswith("*"))
                    yield from ((pattern[:-1], place) for place in places)

    def paths(self) -> dict[str, list[str]]:
        """Return the aliases of all configs together, relative to the repository's root."""
        merged: dict[str, list[str]] = {}
        for folder in sorted(self._aliases, key=lambda one: (-one.count("/"), one)):
            for aliases in self._aliases[folder]:
                for pattern, targets in aliases.paths.items():
                    merged.setdefault(pattern, []).extend(f"./{target}" for target in targets)
                if aliases.base is not None:
                    merged.setdefault("*", []).append(f"./{aliases.base}/*")
        return merged

    def folder(self, file: str, prefix: str) -> str | None:
        """Return the folder that the relative or aliased ``prefix`` of a path means, or None."""
        if prefix.startswith("."):
            return posixpath.normpath(posixpath.join(posixpath.dirname(file), prefix))
        for aliases in self._around(file):
            for target in aliases.targets(prefix.rstrip("/") + "/"):
                return posixpath.normpath(target)
        package = next(self.packages.around(file), None)
        if prefix.startswith("/"):
            return posixpath.join(package.folder if package else "", prefix.strip("/"))
        return None

    def _find(self, file: str, source: str) -> str | None:
        if source.startswith("."):
            return self._file(posixpath.join(posixpath.dirname(file), source))
        return next(
            (target for path in self._candidates(file, source) if (target := self._file(path))),
            None,
        )

    def _candidates(self, file: str, source: str) -> Iterator[str]:
        for aliases in self._around(file):
            yield from aliases.targets(source)
        around = tuple(self.packages.around(file))
        if source.startswith("#") and around:
            for package in around:
                yield from package.internal(source)
        for package in around:
            yield from package.linked(source)
        if (named := self.packages.named(source)) is not None:
            yield from named[0].entries(named[1])
        else:
            yield from self._guessed(file, source, around)

    def _guessed(self, file: str, source: str, around: tuple[Package, ...]) -> Iterator[str]:
        """Yield what an alias of a bundler or framework may mean, which no config here tells.

        ``~/x``, ``@/x``, ``$lib/x`` and ``@components/x`` are looked for where such names point;
        a dependency is never taken for one.
        """
        head = "/".join(source.split("/")[: 2 if source.startswith("@") else 1])
        if not _SIGIL.match(source) or self.packages.depends(file, head):
            return
        below = _SIGIL.sub("", source, count=1)
        for folder in (*(one.folder for one in around), ""):
            for home in _HOMES:
                yield posixpath.join(folder, home, below)

    def _around(self, file: str) -> Iterator[Aliases]:
        folder = posixpath.dirname(file)
        while True:
            yield from self._aliases.get(folder, ())
            if not folder:
                return
            folder = posixpath.dirname(folder)

    def _file(self, path: str) -> str | None:
        plain = posixpath.normpath(path)
        plain = "" if plain == "." else plain
        candidates = [*written_as(plain), plain]
        candidates += [plain + other for other in (*_ENDINGS, *_COMPONENTS)]
        candidates += [posixpath.join(plain, "index" + other) for other in (*_ENDINGS, ".vue")]
        if self._links:
            return next(filter(None, map(self._followed, candidates)), None)
        return next((name for name in candidates if name in self._files), None)

    def _followed(self, path: str) -> str | None:
        """Return the file that ``path`` is, or leads to by links of files or folders; else None."""
        for _ in range(_HOPS):
            if path in self._files:
                return path
            link = next((one for one in _ways(path) if one in self._links), None)
            if link is None:
                return None
            path = posixpath.normpath(self._links[link] + path.removeprefix(link))
        return None


def _ways(path: str) -> Iterator[str]:
    """Yield ``path`` and each folder that it lies in, the innermost first."""
    while path:
        yield path
        path = posixpath.dirname(path)


_MADE: WeakKeyDictionary[Snapshot, Modules] = WeakKeyDictionary()


def modules_of(snapshot: Snapshot) -> Modules:
    """Return the resolver of ``snapshot``, made once however often it is asked for.

    An edit of code alone, which adds and removes no file, leaves what every name means.
    """
    if all(map(holds_code, snapshot.changed)) and snapshot.files == snapshot.origin.files:
        snapshot = snapshot.origin
    if snapshot not in _MADE:
        _MADE[snapshot] = Modules(snapshot)
    return _MADE[snapshot]


def resolve(snapshot: Snapshot, file: str, source: str) -> str | None:
    """Return the file of ``snapshot`` that ``source`` means in an import of ``file``, or None."""
    return modules_of(snapshot).resolve(file, source)
