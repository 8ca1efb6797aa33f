"""Which modules are loaded or built by a path written as text, in code or in a configuration.

``vite.ssrLoadModule("/src/entry.ts")``, ``new Worker("./job.js")`` and ``"setupFiles":
["./test/setup.js"]`` load a module without an import that names what is taken from it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from mendbook.code import trees as syntax
from mendbook.code.file_facts import renewed
from mendbook.code.modules import Modules, loose_json, modules_of
from mendbook.code.references.bundler_alias import alias_before, all_resolved
from mendbook.code.report_files import is_report
from mendbook.repository.snapshot import Snapshot

_SETTINGS = re.compile(r"\.(?:ya?ml|json5?|jsonc|toml|html?)$")
_NO_LOADER = re.compile(r"(?:^|/)[tj]sconfig[\w.-]*\.json$|(?:^|/)node_modules/")
_QUOTED = re.compile(r"([\"'`])((?:<rootDir>/)?[\w@.~+/-]{3,200})\1(?!\s*:(?=\s*[\"'\[{]))")
_PLAIN = re.compile(
    r"^[ \t]*(?:-[ \t]+)?(?:[\w.$-]+:[ \t]+)?()([\w@.~+/-]{3,200})[ \t]*(?:#.*)?$", re.MULTILINE
)
_JOINED = re.compile(
    r"\b(?:join|resolve)\(\s*[\w.()]+\s*((?:,\s*[\"'][\w@./-]+[\"']\s*){2,9}),?\s*\)"
)
_CALLED_ON = re.compile(r"[\w.]+\.$")
_PART = re.compile(r"[\"']([^\"']+)[\"']")
_IMPORTED = re.compile(
    r"(?:\bfrom|\bimport|\brequire|\b\w*[mM]ock|\b\w+Actual|\bmodule)\s*(?:<[^<>]*>)?\(?"
    r"\s*(?:/\*[^*]*\*/\s*)*$"
)
_READ_AS_TEXT = re.compile(
    r"\b(?:read|write|append|copy|exists|stat|lstat|unlink|rm|access)\w*\(\s*$"
)
_ONLY_LISTED = re.compile(
    r"(?:^|[\s{,\"'])(?:files|include|exclude|excluded\w*|ignores?|ignored|ignore\w*Patterns|omit"
    r"|paths(?:-ignore)?|collectCoverageFrom|coveragePathIgnorePatterns|mutate|sideEffects)[\"']?"
    r"\s*[:=]\s*(?:\[[^\[\]]*|(?:\n?[ \t]*-[^\n]*\n)*[ \t]*(?:-[ \t]+)?)?$"
)
"""Keys whose files are checked, counted or left out, but not loaded."""
_LISTED = r"[\"']?\s*[:=]\s*(?:[\[{][^\[\]{}]*)?(?:[\w.]+\s*\+\s*)?$"
_BUILT_HERE = re.compile(rf"\b(?:entryPoints{_LISTED}|createProgram\(\s*\[[^\[\]]*$)")
"""Before an entry that a compiler or bundler is handed in code; it takes no export by its name."""
_ENTRY = re.compile(rf"(?:^|[\s{{,(\"'])(?:entry|entries|input){_LISTED}")
_BUNDLER = re.compile(
    r"(?:^|/)(?:webpack|rollup|rolldown|vite|rspack|rsbuild|rslib|tsup|tsdown|esbuild|build)"
    r"[\w.-]*\.config\.\w+$|(?:^|/)(?:webpack|rollup|esbuild)[\w.-]*\.[cm]?[jt]s$"
)
_OFFERING = re.compile(r"(?:^|/)(?:jsr|deno)\.jsonc?(?::\d+)?$")
"""A manifest of another registry, whose ``exports`` are offered to importers."""
_TAKES = re.compile(
    r"\b(?:(?:import|export)\s+(?:type\s+)?\{([^{}]*)\}\s*from"
    r"|(?:const|let|var)\s*\{([^{}]*)\}\s*=\s*(?:await\s+)?(?:import|require)\s*\()\s*$"
)
"""Before the path of an import that names all that it takes."""
_NAME_TAKEN = re.compile(r"^\s*(?:type\s+)?([\w$]+)(?:\s+as\s+[\w$]+|\s*[:=].*)?\s*$", re.DOTALL)
_COMMENT = re.compile(r"^\s*(?://|/\*|\*|#|<!--)")
_OFFERED = frozenset(
    {"main", "module", "types", "typings", "exports", "imports", "browser", "source", "svelte"}
) | {"files", "sideEffects"}
"""What a manifest offers to importers, which are looked for elsewhere, and what it only lists."""
_BUILT = re.compile(r"^(.*?/)?(?:dist|build|lib|out)/(.+)$")
_ENDINGS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte")
_EMITTED = {".js": (".ts", ".tsx", ".jsx"), ".mjs": (".mts",), ".cjs": (".cts",), ".jsx": (".tsx",)}
_NEAR = 400
"""Characters before a text in which its key is looked for."""


class _Said(NamedTuple):
    """A path as it is written, where it begins, and whether an import statement holds it."""

    text: str
    at: int
    imported: bool
    built: bool = False
    entry: bool = False
    """Whether it stands where a bundler's settings have what is built."""
    alias: str = ""
    """The name that settings give the path, by which imports mean it."""
    names: tuple[str, ...] = ("",)
    """What an import takes from there; one empty name for all of it."""


class ByPath(NamedTuple):
    """Where a path in a text means a module (``a.js:12``), and whether it is only built there.

    What is built, or offered to others, goes out as it is: nobody there takes an export by its
    name.
    """

    place: str
    built: bool


def said_by_path(path: str, meant: ByPath) -> str:
    """Return in words that a path in a text means the module ``path``."""
    built = "is offered" if _OFFERING.search(meant.place) else "is an entry of the build"
    done = built if meant.built else "is loaded by its path"
    return f"{path} {done} at {meant.place}"


def loaded_by_path(snapshot: Snapshot, modules: Modules) -> dict[tuple[str, str], ByPath]:
    """Map each source file that a path in a text means to its first place, one that loads before.

    The second part of a key is the one name that is taken (``src/loans.lend``), else empty.
    A path is taken from the folder of its file, of the packages around it and of the repository,
    with or without ending; of a built file (``dist/x.js``) the source is meant. What an import
    statement resolves to is left to those who follow imports, and so is what settings give a name
    by which all code that writes it is seen to mean that file.
    """
    places: dict[tuple[str, str], ByPath] = {}
    for path, several in _loads_of(snapshot, modules).items():
        for said, target, line in several:
            if said.alias and all_resolved(said.alias, target[0], snapshot, modules):
                continue
            built = said.built or (said.entry and _BUNDLER.search(path) is not None)
            for name in said.names if not target[1] else (target[1],):
                key = (target[0], name)
                if key not in places or (places[key].built and not built):
                    places[key] = ByPath(f"{path}:{line}", built)
    return places


_Load = tuple[_Said, tuple[str, str], int]
"""A path as it is written, the file and name that it means, and its line."""


def _loads_of(snapshot: Snapshot, modules: Modules) -> Mapping[str, tuple[_Load, ...]]:
    """Map each file to the paths in its text that mean a source file and are no import's."""
    files, stems = _sources_of(snapshot.files)

    def read(path: str, text: str) -> tuple[_Load, ...]:
        folders = [one.folder for one in modules.packages.around(path)]
        loads = []
        for said in _said_in(path, text):
            if _stem(said.text) not in stems or (
                said.imported and modules.resolve(path, said.text) is not None
            ):
                continue
            target = _meant(said, path, folders, files)
            if target is not None and target[0] != path:
                loads.append((said, target, text.count("\n", 0, said.at) + 1))
        return tuple(loads)

    if not snapshot.changed or modules is not modules_of(snapshot.origin):
        return {
            path: loads for path in snapshot.files if (loads := read(path, snapshot.text(path)))
        }
    return renewed(_loads_of_origin(snapshot.origin), snapshot, read)


@lru_cache(maxsize=2)
def _loads_of_origin(snapshot: Snapshot) -> Mapping[str, tuple[_Load, ...]]:
    return _loads_of(snapshot, modules_of(snapshot))


@lru_cache(maxsize=8)
def _sources_of(files: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the source files among ``files``, and their stems."""
    sources = frozenset(path for path in files if syntax.is_source(path))
    return sources, frozenset(map(_stem, sources))


def _said_in(path: str, text: str) -> Iterator[_Said]:
    code = syntax.holds_code(path)
    if not code and (not _SETTINGS.search(path) or _NO_LOADER.search(path)):
        return
    if not code and is_report(path, text):
        return
    several = _paths_in(text, code=code, plain=path.endswith((".yml", ".yaml")))
    if _OFFERING.search(path):
        offered = set(_strings(loose_json(text).get("exports")))
        several = tuple(one._replace(built=one.text in offered) for one in several)
    if posixpath.basename(path) == "package.json":
        manifest = loose_json(text)
        inner = set(_strings([value for key, value in manifest.items() if key not in _OFFERED]))
        several = tuple(one for one in several if one.text in inner)
    yield from several


@lru_cache(maxsize=16384)
def _paths_in(text: str, *, code: bool, plain: bool) -> tuple[_Said, ...]:
    """Return the paths that ``text`` holds: read once for all the snapshots that hold it."""
    paths = []
    for match in (*_QUOTED.finditer(text), *(_PLAIN.finditer(text) if plain else ())):
        said, at = match[2], match.start(2)
        if "/" not in said and not said.endswith(_ENDINGS):
            continue
        start = match.start() if match[1] else at
        head = text[max(0, start - _NEAR) : start]
        if _COMMENT.match(head.rpartition("\n")[2]) or _ONLY_LISTED.search(head):
            continue
        if code and _READ_AS_TEXT.search(head):
            continue
        imported = code and _IMPORTED.search(head) is not None
        names = _names_taken(head) if imported else ("",)
        paths.append(_Said(said, at, imported, *_entry(head), alias_before(head), names))
    for match in _JOINED.finditer(text) if code else ():
        parts = [one.strip("/") for one in _PART.findall(match[1])]
        head = _CALLED_ON.sub("", text[max(0, match.start() - _NEAR) : match.start()])
        paths.append(
            _Said("./" + "/".join(parts), match.start(), False, *_entry(head), alias_before(head))
        )
    return tuple(sorted(paths, key=lambda one: one.at))


def _names_taken(head: str) -> tuple[str, ...]:
    """Return the names that the import before a path takes; one empty name where it may be all."""
    match = _TAKES.search(head)
    braced = (match[1] or match[2] or "") if match else ""
    listed = [one for one in braced.split(",") if one.strip()]
    matches = [_NAME_TAKEN.match(one) for one in listed]
    return tuple(one[1] for one in matches if one) if matches and all(matches) else ("",)


def _entry(head: str) -> tuple[bool, bool]:
    """Tell whether a build's entry follows ``head``, and whether one does if that is settings."""
    return _BUILT_HERE.search(head) is not None, _ENTRY.search(head) is not None


def _meant(
    said: _Said, path: str, folders: list[str], files: frozenset[str]
) -> tuple[str, str] | None:
    """Return the source file and name that the path means; None where it may mean no file."""
    named = said.text
    bare = "/" not in named
    ended = named.endswith(_ENDINGS)
    if (bare and _stem(named) == "index") or named.endswith(".d.ts"):
        return None
    if named.startswith("/") and not ended and not named.startswith("/src/"):
        return None  # most such texts are addresses of pages
    if said.imported and not named.startswith((".", "/")):
        return None
    below = re.sub(r"^(?:<rootDir>|~)?/", "", named)
    own = [] if below != named else [posixpath.dirname(path)]
    for folder in dict.fromkeys((*own, *folders, "")):
        whole = posixpath.normpath(posixpath.join(folder, below))
        for one in (whole, *_built_from(whole)):
            if (target := _file(one, files)) is not None:
                return target
    return None


def _built_from(path: str) -> Iterator[str]:
    """Yield what the built file ``path`` may be made from: ``dist/server/x.js`` of ``src/x.ts``."""
    match = _BUILT.match(path)
    if match is None:
        return
    home, below = match[1] or "", match[2]
    yield f"{home}src/{below}"
    if below.startswith("src/"):
        yield home + below
    if "/" in below:
        yield f"{home}src/{below.partition('/')[2]}"


def _file(path: str, files: frozenset[str]) -> tuple[str, str] | None:
    stem, ending = posixpath.splitext(path)
    candidates = {path: ""} | {stem + one: "" for one in _EMITTED.get(ending, ())}
    if ending not in _ENDINGS:
        candidates |= {path + one: "" for one in _ENDINGS}
        candidates |= {stem + one: ending[1:] for one in _ENDINGS if ending}
    return next(((one, name) for one, name in candidates.items() if one in files), None)


def _stem(path: str) -> str:
    return posixpath.basename(path).partition(".")[0]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
