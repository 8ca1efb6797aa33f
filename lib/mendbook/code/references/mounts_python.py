"""Where Python frameworks mount routers: FastAPI, Flask, Django and its REST framework."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from mendbook.code.python_grammar import python_tree
from mendbook.code.references.mounts_records import ALL, Mount, Router, address
from mendbook.code.references.python.modules import PythonModules
from mendbook.code.test_files import is_test
from mendbook.repository.snapshot import Snapshot

_MAYBE = re.compile(r"\binclude_router\(|\bregister_blueprint\(|\binclude\(")
_INCLUDES = {"include_router": "prefix", "register_blueprint": "url_prefix"}
_PATHS = {"path", "re_path", "url"}
_FURTHEST = 4
"""Modules that hand a router on, one after the other."""


def python_mounts(snapshot: Snapshot) -> Iterator[Mount]:
    """Yield every router that a module of ``snapshot`` includes in another one."""
    modules = PythonModules(snapshot)
    for path in modules.files:
        text = snapshot.get(path) or ""
        if not is_test(path) and _MAYBE.search(text):
            module = _Module.read(path, text, modules, snapshot)
            if module is not None:
                yield from module.mounts()


class _Module:
    """A module's tree and what its imports mean."""

    def __init__(
        self, path: str, tree: ast.Module, modules: PythonModules, snapshot: Snapshot
    ) -> None:
        self._path, self._tree, self._modules, self._snapshot = path, tree, modules, snapshot
        self._imported = dict(self._imports())

    @classmethod
    def read(
        cls, path: str, text: str, modules: PythonModules, snapshot: Snapshot
    ) -> _Module | None:
        """Return the module at ``path``; None where its text is no Python of today."""
        try:
            return cls(path, python_tree(text), modules, snapshot)
        except (SyntaxError, ValueError):
            return None

    def mounts(self) -> Iterator[Mount]:
        """Yield what the module includes."""
        for node in ast.walk(self._tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = _called(node)
            if name in _INCLUDES and isinstance(node.func, ast.Attribute):
                yield from self._included(node, node.func.value, _INCLUDES[name])
            elif name in _PATHS and len(node.args) > 1:
                yield from self._django(node)

    def _included(self, call: ast.Call, on: ast.expr, word: str) -> Iterator[Mount]:
        router = self._router(call.args[0])
        given = next((each.value for each in call.keywords if each.arg == word), None)
        prefix = self._text(given) if given is not None else ""
        if router is None or prefix is None:
            return
        parent = on.id if isinstance(on, ast.Name) else ALL
        own = self._own_prefix(parent) if word == "prefix" else ""
        yield Mount(router, (self._path, parent), own + address(prefix))

    def _django(self, call: ast.Call) -> Iterator[Mount]:
        inner = call.args[1]
        where = self._text(call.args[0])
        if where is None or not isinstance(inner, ast.Call) or _called(inner) != "include":
            return
        prefix = address(re.sub(r"[\^$]", "", where))
        for target in inner.args[:1]:
            first = target.elts[0] if isinstance(target, ast.Tuple) and target.elts else target
            named = self._text(first)
            file = self._modules.resolve(self._path, named) if named else None
            if file is not None and file != self._path:
                yield Mount((file, ALL), (self._path, ALL), prefix)
                continue
            own = isinstance(first, ast.Attribute) and first.attr == "urls"
            routes = first.value if own and isinstance(first, ast.Attribute) else first
            router = self._router(routes) if isinstance(routes, ast.Name) else None
            if router is not None:
                yield Mount(router, (self._path, ALL), prefix)

    def _router(self, node: ast.expr) -> Router | None:
        """Return which router an expression means: of this module, or of one it imports."""
        if isinstance(node, ast.Name):
            file, name = self._imported.get(node.id, (self._path, node.id))
            return self._handed_on(file, name, 0)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            file, name = self._imported.get(node.value.id, ("", ""))
            below = self._modules.resolve(file, name, 1) if name and file else None
            return self._handed_on(below or file, node.attr, 0) if file else None
        return None

    def _handed_on(self, file: str, name: str, depth: int) -> Router:
        """Follow a name that a package only hands on to the module that makes it."""
        text = self._snapshot.get(file) or ""
        if depth < _FURTHEST and not re.search(rf"^{re.escape(name)}\s*[:=]", text, re.M):
            module = _Module.read(file, text, self._modules, self._snapshot) if text else None
            known = module._imported.get(name) if module is not None else None
            if known is not None and known[1]:
                return self._handed_on(*known, depth + 1)
        return file, name

    def _imports(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield each imported name with its file, and its name there; empty for a module."""
        for node in ast.walk(self._tree):
            if isinstance(node, ast.ImportFrom):
                base = node.module or ""
                for one in node.names:
                    whole = f"{base}.{one.name}" if base else one.name
                    module = self._modules.resolve(self._path, whole, node.level)
                    file = self._modules.resolve(self._path, base, node.level)
                    if module is not None and (file is None or module != file):
                        yield one.asname or one.name, (module, "")
                    elif file is not None:
                        yield one.asname or one.name, (file, one.name)
            elif isinstance(node, ast.Import):
                for one in node.names:
                    file = self._modules.resolve(self._path, one.name)
                    if file is not None and (one.asname or "." not in one.name):
                        yield one.asname or one.name, (file, "")

    def _own_prefix(self, router: str) -> str:
        """Return the prefix that the including router is made with."""
        for node in self._tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                names = {each.id for each in node.targets if isinstance(each, ast.Name)}
                for word in node.value.keywords if router in names else ():
                    if word.arg == "prefix":
                        return address(self._text(word.value) or "")
        return ""

    def _text(self, node: ast.expr) -> str | None:
        """Return the text that an expression is: a literal, a constant, a setting's default."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else None
        if isinstance(node, ast.JoinedStr):
            parts = [
                self._text(each.value if isinstance(each, ast.FormattedValue) else each)
                for each in node.values
            ]
            return "".join(filter(None, parts)) if None not in parts else None
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = self._text(node.left), self._text(node.right)
            return left + right if left is not None and right is not None else None
        if isinstance(node, ast.Name):
            file, name = self._imported.get(node.id, (self._path, node.id))
            return _constant(self._snapshot.get(file) or "", name)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            file, _ = self._imported.get(node.value.id, (self._path, ""))
            return _constant(self._snapshot.get(file) or "", node.attr)
        return None


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _constant(text: str, name: str) -> str | None:
    """Return the one literal that ``name`` is set to in a module or in a class of it."""
    literals = re.findall(
        rf"^\s*{re.escape(name)}\s*(?::[^=\n]+)?=\s*[\"']([^\"'\n]*)[\"']\s*(?:#.*)?$", text, re.M
    )
    return literals[0] if len(set(literals)) == 1 else None
