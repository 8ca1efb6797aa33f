"""Where code and scripts use packages: imported, named in a string, or run as a command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ast_grep_py import SgNode

from mendbook.advice.production_code import is_built
from mendbook.code.module_text import Module, load
from mendbook.code.modules import Modules, modules_of
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.code.trees import arguments_of, is_source, string_value
from mendbook.model import Citation
from mendbook.repository.snapshot import Snapshot

_BUILTIN = re.compile(
    r"assert|async_hooks|buffer|child_process|cluster|console|constants|crypto|dgram|"
    r"diagnostics_channel|dns|domain|events|fs|http|http2|https|inspector|module|net|os|"
    r"path|perf_hooks|process|punycode|querystring|readline|repl|stream|string_decoder|sys|"
    r"timers|tls|trace_events|tty|url|util|v8|vm|wasi|worker_threads|zlib"
)
NAME = re.compile(r"(@[a-z0-9~][a-z0-9._~-]*/)?[a-z0-9~][a-zA-Z0-9._~-]*")
"""A name that npm accepts, and that no command takes for an option."""
_CONFIG = re.compile(r"(^|/)[^/]*(\.config\.|rc\.)[cm]?[jt]s$")
_SIDE = re.compile(r"^(scripts?|bench(marks?)?|tools?|build|examples?|docs?)/")
_DEPLOYED = re.compile(r"^\.github/workflows/[^/]+\.ya?ml$|(^|/)Dockerfile[^/]*$|^\.husky/")
_RUNNER = (
    r"\b(?:npx|pnpx|bunx|pnpm|yarn|bun|npm)\s+(?:(?:exec|dlx|run|x)\s+)?"
    r"(?:--?[\w-]+\s+)*([@\w./-]+)"
)
_RUNS = frozenset({"start", "prestart", "poststart", "serve", "postinstall"})


class Scope(StrEnum):
    """What kind of code uses a package."""

    PRODUCTION = "production"
    TYPES = "production's types"
    TESTS = "tests"
    BUILD = "build"
    CONFIG = "config"


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a package; ``named`` when only a string holds its name."""

    package: str
    scope: Scope
    where: Citation
    named: bool = False


def imported_packages(
    snapshot: Snapshot, declared: Iterable[str], paths: Iterable[str]
) -> Iterator[Use]:
    """Yield every use in ``paths``, in order; strings count for ``declared`` names only."""
    names = frozenset(declared)
    known = modules_of(snapshot)
    for path in paths:
        module = load(snapshot, path) if is_source(path) and not is_built(path) else None
        if module is not None:
            yield from _in_module(module, names, known)


def _in_module(module: Module, names: frozenset[str], known: Modules) -> Iterator[Use]:
    scope = _scope(module.path)
    seen: set[int] = set()
    for node, specifier, typed in _specifiers(module):
        seen.add(node.range().start.index)
        package = "" if _is_ours(known, module.path, specifier) else package_of(specifier)
        if package:
            kind = Scope.TYPES if typed and scope is Scope.PRODUCTION else scope
            yield Use(package, kind, _place(module, node))
    for node in find_all(module.root, "string"):
        text = string_value(node)
        if text in names and node.range().start.index not in seen:
            yield Use(text, scope, _place(module, node), named=True)


def _is_ours(known: Modules, path: str, specifier: str) -> bool:
    """Tell whether ``specifier`` means a file of the repository, be it there or made later."""
    aliased = any(specifier.startswith(prefix) for prefix, _ in known.prefixes(path))
    return aliased or known.resolve(path, specifier) is not None


def _specifiers(module: Module) -> Iterator[tuple[SgNode, str, bool]]:
    """Yield the string of each import, its value, and whether it imports types only."""
    for node in find_all(module.root, "import_statement", "export_statement"):
        source = node.field("source")
        text = string_value(source)
        if source is not None and text is not None:
            yield source, text, any(child.kind() == "type" for child in node.children())
    for call in find_all(module.root, "call_expression"):
        callee, given = call.field("function"), arguments_of(call)
        if callee is not None and given and callee.text() in {"import", "require"}:
            text = string_value(given[0])
            if text is not None:
                yield given[0], text, False


def package_of(specifier: str) -> str:
    """Return the package that ``specifier`` belongs to; empty for files and Node.js itself."""
    if specifier.startswith((".", "/", "#", "~", "$", "@/")) or ":" in specifier:
        return ""
    parts = specifier.split("/")
    name = "/".join(parts[:2]) if specifier.startswith("@") else parts[0]
    return name if NAME.fullmatch(name) and not _BUILTIN.fullmatch(name) else ""


def _scope(path: str) -> Scope:
    if is_test(path):
        return Scope.TESTS
    if _CONFIG.search(path):
        return Scope.CONFIG
    return Scope.BUILD if _SIDE.search(path) else Scope.PRODUCTION


def _place(module: Module, node: SgNode) -> Citation:
    return Citation(module.path, node.range().start.line + 1)


def run_packages(
    snapshot: Snapshot, commands: Mapping[str, str], scripts: Iterable[tuple[Citation, str, str]]
) -> Iterator[Use]:
    """Yield the packages whose ``commands`` (command to package) scripts and pipelines run.

    ``scripts`` are lines of manifests, each with the name and the command line that it has.
    """
    for place, name, command in scripts:
        scope = Scope.PRODUCTION if name in _RUNS else Scope.BUILD
        for word in re.findall(r"[@\w./-]+", command):
            if word in commands:
                yield Use(commands[word], scope, place)
    for path in snapshot.files:
        if _DEPLOYED.search(path):
            for number, line in enumerate(snapshot.text(path).splitlines(), 1):
                for word in re.findall(_RUNNER, line):
                    if word in commands:
                        yield Use(commands[word], Scope.BUILD, Citation(path, number))
