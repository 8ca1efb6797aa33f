"""Where JavaScript frameworks mount routers: Express, Koa, Hono and Fastify."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.modules.resolver import resolve
from mendbook.code.references.mounts_records import ALL, Mount, Router, address
from mendbook.code.test_files import is_test
from mendbook.repository.snapshot import Snapshot

_MAYBE = re.compile(r"\.(?:use|register|route)\(")
_IMPORT = re.compile(r"import\s+(?:type\s+)?([^;\"']+?)\s+from\s*[\"']([^\"']+)[\"']")
_REQUIRE = re.compile(
    r"(?:const|let|var)\s+(\w+|\{[^}]*\})\s*=\s*(?:await\s+)?(?:require|import)\(\s*[\"']([^\"']+)[\"']\s*\)"
)
_HANDED_ON = re.compile(r"export\s*\{([^}]*)\}\s*from\s*[\"']([^\"']+)[\"']")
_DEFAULT = "default"
_PAIR = 2
"""Arguments of a mounting: where, and what."""


def script_mounts(snapshot: Snapshot) -> Iterator[Mount]:
    """Yield every router that a module of ``snapshot`` mounts on another one."""
    for path in snapshot.files:
        if syntax.is_source(path) and not is_test(path):
            text = snapshot.get(path) or ""
            if _MAYBE.search(text):
                yield from _of_file(path, text, snapshot)


def _of_file(path: str, text: str, snapshot: Snapshot) -> Iterator[Mount]:
    root = syntax.parse(path, text)
    imported = dict(_imports(text))
    for call in root.find_all(kind="call_expression"):
        callee = call.field("function")
        if callee is None or callee.kind() != "member_expression":
            continue
        name, on = syntax.callee_name(call), callee.field("object")
        given = syntax.arguments_of(call)
        if on is None or name not in {"use", "register", "route"} or not given:
            continue
        parent = (path, on.text() if on.kind() == "identifier" else ALL)
        for where, each in _listed(given, root):
            router = _router(each, path, imported, snapshot)
            if router is not None:
                yield Mount(router, parent, address(where))
        prefix, routers = _mounted(name, given)
        for each in routers if prefix is not None else ():
            router = _router(each, path, imported, snapshot)
            if router is not None and router != parent:
                yield Mount(router, parent, address(prefix or ""))


def _listed(given: list[SgNode], root: SgNode) -> Iterator[tuple[str, SgNode]]:
    """Yield what a loop mounts: ``all.forEach((each) => router.use(each.path, each.route))``."""
    if len(given) != _PAIR or {each.kind() for each in given} != {"member_expression"}:
        return
    names = [each.field("property") for each in given]
    for held in root.find_all(kind="object"):
        fields = {}
        for pair in held.named_children():
            key = pair.field("key")
            if key is not None:
                fields[key.text().strip("'\"")] = pair.field("value")
        where, router = (fields.get(name.text()) if name is not None else None for name in names)
        address_of = syntax.string_value(where)
        if address_of is not None and router is not None:
            yield address_of, router


def _mounted(name: str, given: list[SgNode]) -> tuple[str | None, list[SgNode]]:
    """Return the address and the routers of a call; None where it is no mounting."""
    where = syntax.string_value(given[0])
    if name in {"use", "route"}:
        if where is not None:
            return where, given[1:]
        return ("", given) if name == "use" and given[0].kind() != "array" else (None, [])
    options = given[1] if len(given) > 1 and given[1].kind() == "object" else None
    pairs = options.named_children() if options is not None else []
    for pair in pairs:
        key = pair.field("key")
        if key is not None and key.text().strip("'\"") == "prefix":
            return syntax.string_value(pair.field("value")), given[:1]
    return "", given[:1]


def _router(
    node: SgNode, path: str, imported: dict[str, tuple[str, str]], snapshot: Snapshot
) -> Router | None:
    if node.kind() == "call_expression":
        inner = syntax.arguments_of(node)
        source = syntax.string_value(inner[0]) if inner else None
        if syntax.callee_name(node) in {"require", "import"} and source is not None:
            file = resolve(snapshot, path, source)
            return (file, ALL) if file is not None else None
        if syntax.callee_name(node) == "routes":  # koa: router.routes()
            callee = node.field("function")
            held = callee.field("object") if callee is not None else None
            return _router(held, path, imported, snapshot) if held is not None else None
        return None
    if node.kind() == "member_expression":
        held = node.field("object")
        return _router(held, path, imported, snapshot) if held is not None else None
    if node.kind() != "identifier":
        return None
    name = node.text()
    if name not in imported:
        return path, name
    source, own = imported[name]
    file = resolve(snapshot, path, source)
    return _handed_on(file, own, snapshot) if file is not None else None


def _handed_on(file: str, name: str, snapshot: Snapshot) -> Router:
    """Follow a name that a barrel only hands on to the module that makes it."""
    for listed, source in _HANDED_ON.findall(snapshot.get(file) or ""):
        for own, shown in _names(listed):
            if shown == name and (target := resolve(snapshot, file, source)) is not None:
                return target, ALL if own == _DEFAULT else own
    return file, ALL if name == _DEFAULT else name


def _imports(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each imported name with its source, and its name there."""
    for said, source in (*_IMPORT.findall(text), *_REQUIRE.findall(text)):
        head, brace, listed = said.partition("{")
        plain = head.strip(" ,").removeprefix("* as ").strip()
        if plain:
            yield plain, (source, _DEFAULT)
        if brace:
            for own, shown in _names(listed.rstrip("} ")):
                yield shown, (source, own)


def _names(listed: str) -> Iterator[tuple[str, str]]:
    """Yield what a list in braces takes, and what it calls it: ``a``, ``a as b``, ``a: b``."""
    for part in listed.split(","):
        words = re.split(r"\s+as\s+|\s*:\s*", part.strip().removeprefix("type "))
        if words[0]:
            yield words[0], words[-1]
