"""Imports of JavaScript and TypeScript against the modules they name, in both directions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.code import trees
from mendbook.code.references.index import Index
from mendbook.code.references.outline import DEFAULT, WHOLE, Links
from mendbook.code.search import find_all
from mendbook.proving.binds.ecma_modules import Exports
from mendbook.proving.binds.fault import Fault

_PACKAGE = re.compile(r"^(?:@[\w.-]+/)?[\w.-]+")
_NODE = """
assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel
dns domain events fs http http2 https inspector module net os path perf_hooks process punycode
querystring readline repl stream string_decoder sys timers tls trace_events tty url util v8 vm wasi
worker_threads zlib
"""
_BUILTIN = frozenset(_NODE.split())
_READ = (".json", ".ts", ".tsx", ".js", ".jsx", ".mjs")
_MARKUP = (".vue", ".svelte", ".astro", ".mdx", ".html")
_TYPED = re.compile(r"(?<!\.d)\.[cm]?tsx?$")
_LITERAL = re.compile(r"""(["'`])((?:(?!\1)[^\\\n])+)\1""")


@dataclass(frozen=True, slots=True)
class Both:
    """The files of a tree before and after an edit, with what their modules export."""

    before: Index
    after: Index
    old: Exports
    new: Exports

    def was_missing(self, path: str, source: str, name: str) -> bool:
        """Tell whether ``path`` took ``name`` from ``source`` before, and did not find it then."""
        if path not in self.before.snapshot or source not in self.before.links(path).sources:
            return False
        inner = self.before.modules.resolve(path, source)
        same = any((name, source) == one[1:] for one in _taken(self.before, path))
        return same and inner is not None and self.old.of(inner).has(name) is False


def import_faults(both: Both, path: str) -> Iterator[Fault]:
    """Yield the imports and re-exports of ``path`` that name what is not there, if it is news."""
    links = both.after.links(path)
    known = both.before.links(path) if path in both.before.snapshot else Links()
    missing = [
        source
        for source in links.sources
        if _is_missing(both.after, path, source)
        and not (source in known.sources and _is_missing(both.before, path, source))
    ]
    for source in missing:
        yield Fault(path, _line(both.after, path, source), f"there is no module {source}")
    for local, name, source in _taken(both.after, path):
        inner = both.after.modules.resolve(path, source)
        lacks = inner is not None and both.new.of(inner).has(name) is False
        if lacks and not both.was_missing(path, source, name):
            what = "no default export" if name == DEFAULT else f"no export called {name}"
            yield Fault(path, _line(both.after, path, local), f"{inner} has {what}")


def _taken(index: Index, path: str) -> Iterator[tuple[str, str, str]]:
    """Yield what ``path`` takes from modules: local name, exported name, module as written."""
    links = index.links(path)
    yield from ((one.local, one.name, one.source) for one in links.imports.values())
    yield from ((one.name, one.local, one.source) for one in links.exports.values() if one.source)
    if "require(" not in index.snapshot.text(path):
        return
    for call in find_all(index.tree(path).root, "call_expression", regex=r"^require\("):
        source = trees.string_value(next(iter(trees.arguments_of(call)), None))
        holder = call.parent()
        if source is None or holder is None:
            continue
        if holder.kind() == "member_expression" and (name := holder.field("property")):
            yield name.text(), name.text(), source
        pattern = holder.field("name") if holder.kind() == "variable_declarator" else None
        for part in (
            pattern.named_children() if pattern and pattern.kind() == "object_pattern" else ()
        ):
            key = part.field("key") or part.field("left") or part
            if part.kind() != "rest_pattern" and key.kind() != "computed_property_name":
                yield key.text(), trees.unquoted(key.text()), source


def lost_uses(both: Both, edited: Collection[str]) -> Iterator[Fault]:
    """Yield the files outside ``edited`` that import what the edit of ``edited`` took away."""
    gone = [path for path in edited if path not in both.after.snapshot]
    lost = {
        path: both.old.of(path).names - both.new.of(path).names
        for path in edited
        if path in both.after.snapshot and path in both.before.snapshot and trees.is_source(path)
    }
    for path in gone:
        yield from _named_still(both, path, edited)
    yield from (fault for path in lost for fault in _no_module(both, path))
    names = set().union(*lost.values()) - {DEFAULT} if lost else set()
    stems = {PurePosixPath(path).stem for path, several in lost.items() if DEFAULT in several}
    if names or stems:
        yield from _imported_still(both, names, stems, edited)


def _no_module(both: Both, path: str) -> Iterator[Fault]:
    """Yield where ``path`` is handed on whole, though the compiler takes it for a script now."""
    was, is_one = both.before.links(path).module, both.after.links(path).module
    if is_one or not was or not _TYPED.search(path):
        return
    for importer in both.after.importers.get(path, ()):
        for source in both.after.links(importer).stars:
            if both.after.modules.resolve(importer, source) == path:
                line = _line(both.after, importer, source)
                yield Fault(importer, line, f"hands on {path}, which is no longer a module")


def _imported_still(
    both: Both, names: Collection[str], stems: Collection[str], edited: Collection[str]
) -> Iterator[Fault]:
    """Yield imports of other files that found their name before and do not find it now."""
    for path in both.after.mentions([*names, *stems]):
        if path in edited:
            continue
        for local, name, source in _taken(both.after, path):
            inner = both.after.modules.resolve(path, source)
            if inner is None:
                continue
            if name == WHOLE:
                yield from _through_namespace(both, path, local, inner, names)
            elif both.new.of(inner).has(name) is False and both.old.of(inner).has(name):
                line = _line(both.after, path, local)
                yield Fault(path, line, f"imports {name} from {inner}, which no longer exports it")


def _through_namespace(
    both: Both, path: str, local: str, inner: str, names: Collection[str]
) -> Iterator[Fault]:
    text = both.after.snapshot.text(path)
    for name in names:
        if both.new.of(inner).has(name) is False and both.old.of(inner).has(name):
            pattern = (
                rf"(?<![\w$.]){re.escape(local)}(?:\?\.|\.|\[\s*['\"]){re.escape(name)}(?![\w$])"
                r"(?!['\"]?\]?\s*=(?![=>]))"
            )
            if match := re.search(pattern, text):
                line = text.count("\n", 0, match.start()) + 1
                yield Fault(path, line, f"uses {local}.{name}, which {inner} no longer exports")


def _named_still(both: Both, gone: str, edited: Collection[str]) -> Iterator[Fault]:
    """Yield where a file that is gone is still named: imports, mocks, workers, components."""
    stem = PurePosixPath(gone).stem
    folder = PurePosixPath(gone).parent.name
    wanted = [stem, folder] if stem == "index" and folder else [stem]
    for path in both.after.snapshot.files:
        if path in edited or not (trees.is_source(path) or path.endswith(_MARKUP)):
            continue
        text = both.after.snapshot.text(path)
        if not any(word in text for word in wanted):
            continue
        for match in _LITERAL.finditer(text):
            source = match[2]
            if not any(word in source for word in wanted) or " " in source:
                continue
            meant = both.before.modules.resolve(path, source) == gone
            if meant and both.after.modules.resolve(path, source) is None:
                line = text.count("\n", 0, match.start()) + 1
                yield Fault(path, line, f"names {source}, which is gone")


def _is_missing(index: Index, path: str, source: str) -> bool:
    """Tell whether ``source`` names a file or a package that is not there."""
    if index.modules.resolve(path, source) is not None or source.startswith("node:"):
        return False
    plain = source.partition("?")[0].rpartition("!")[2]
    if plain.startswith("."):
        where = _normal(f"{PurePosixPath(path).parent}/{plain}")
        folder = f"{where}/package.json".removeprefix("/") in index.snapshot
        return not folder and _file(index, where) is False
    name = _PACKAGE.match(plain)
    if name is None or ":" in plain or plain[0] in "#~$/" or plain.startswith("@/"):
        return False
    if name[0] in _BUILTIN or not any(True for _ in index.modules.packages.around(path)):
        return False
    return not _is_known_package(index, path, name[0])


def _file(index: Index, path: str) -> bool | None:
    """Tell whether ``path`` may be a file that is there; None for what a build would make."""
    if path in index.snapshot or path in index.snapshot.other:
        return True
    if re.search(r"(?:^|/)(?:dist|build|generated|__generated__|gen|out|\.\w[^/]*)/", path):
        return None
    with_ending = (name for name in index.snapshot.other if name.startswith(f"{path}."))
    return next(with_ending, None) is not None


def _is_known_package(index: Index, path: str, name: str) -> bool:
    """Tell whether a package or its types are listed by a manifest, or used by other code."""
    types = f"@types/{name.removeprefix('@').replace('/', '__')}"
    if any(index.modules.packages.depends(path, each) for each in (name, types)):
        return True
    if index.modules.packages.named(name) is not None:
        return True
    wanted = re.compile(rf"[\"'`]{re.escape(name)}(?:/[^\"'`]*)?[\"'`]")
    return any(
        wanted.search(index.snapshot.text(other))
        for other in index.snapshot.files
        if other != path and other.endswith(_READ)
    )


def _normal(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def _line(index: Index, path: str, word: str) -> int:
    text = index.snapshot.text(path)
    match = re.search(rf"(?<![\w$]){re.escape(word)}(?![\w$])", text)
    return text.count("\n", 0, match.start()) + 1 if match else 0
