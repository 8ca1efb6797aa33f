"""What an edit of Python took away, and where it is still used."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Iterator

from mendbook.proving.binds.fault import Fault
from mendbook.proving.binds.python_members import member_faults
from mendbook.proving.binds.python_modules import PythonModules, parsed
from mendbook.proving.binds.python_uses import Definitions, class_bindings
from mendbook.repository.snapshot import Snapshot

_NAMING = (".py", ".pyi", ".toml", ".cfg", ".ini", ".yml", ".yaml", ".json", ".conf", "Procfile")
_BUILTIN_TYPES = (str, bytes, int, float, list, dict, set, tuple, object, Exception, type, range)
_COMMON = """
append read write close open get post put items values keys run start stop send name id value data
path save delete filter all first objects create update query session
"""
_EVERYWHERE = frozenset(name for kind in _BUILTIN_TYPES for name in dir(kind)) | frozenset(
    [*_COMMON.split(), *dir(builtins)]
)
_LONG = 8


def lost_uses(
    before: PythonModules, after: PythonModules, edited: Collection[str]
) -> Iterator[Fault]:
    """Yield where names that modules of ``edited`` had before are still taken from them."""
    lost = {path: _lost_names(before, after, path) for path in edited if path.endswith(".py")}
    lost = {path: names for path, names in lost.items() if names or path not in after.snapshot}
    if not lost:
        return
    words = {name for names in lost.values() for name in names}
    words |= {_stem(path) for path in lost if path not in after.snapshot}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(one) for one in sorted(words))})(?!\w)")
    for path in after.snapshot.files:
        if not path.endswith(_NAMING) or not pattern.search(after.snapshot.text(path)):
            continue
        if path.endswith(".py") and path not in edited:
            yield from _imported(before, after, path, lost)
        if path not in edited:
            yield from _spelled(before, after.snapshot, path, lost)


def _lost_names(before: PythonModules, after: PythonModules, path: str) -> frozenset[str]:
    if path not in before.snapshot:
        return frozenset()
    if path not in after.snapshot:
        return before.names(path).names
    old, new = before.names(path), after.names(path)
    return frozenset() if new.open else old.names - new.names


def _imported(
    before: PythonModules, after: PythonModules, path: str, lost: dict[str, frozenset[str]]
) -> Iterator[Fault]:
    tree = parsed(after.snapshot.text(path))
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.ImportFrom):
            home = before.find(path, node.module or "", node.level)
            for alias in node.names:
                inner = ".".join(part for part in (node.module, alias.name) if part)
                gone = before.find(path, inner, node.level)
                if gone in lost and not after.find(path, inner, node.level):
                    yield Fault(path, node.lineno, f"imports {alias.name}, which is gone")
                elif home in lost and alias.name in lost[home]:
                    what = f"imports {alias.name} from {home}, which no longer has it"
                    yield Fault(path, node.lineno, what)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if before.find(path, alias.name) in lost and not after.find(path, alias.name):
                    yield Fault(path, node.lineno, f"imports {alias.name}, which is gone")
    if tree is None:
        return
    home_of = Definitions(path, tree, before)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = home_of.module(node.value.id)
            if module is not None and node.attr in lost.get(module.path, ()):
                what = f"uses {node.value.id}.{node.attr}, which {module.path} no longer has"
                yield Fault(path, node.lineno, what)


def _spelled(
    before: PythonModules, after: Snapshot, path: str, lost: dict[str, frozenset[str]]
) -> Iterator[Fault]:
    """Yield dotted names in strings and configuration that lead to what is gone."""
    text = after.text(path)
    for match in re.finditer(r"(?<![\w./])([A-Za-z_]\w*(?:\.\w+)+)(?::(\w+))?(?![\w(])", text):
        if path.endswith((".py", ".pyi")) and text[match.start() - 1 : match.start()] not in "\"'":
            continue
        dotted, entry = match[1], match[2]
        module, _, name = (dotted, "", entry) if entry else dotted.rpartition(".")
        home = before.find(path, module) if module else None
        line = text.count("\n", 0, match.start()) + 1
        if home in lost and name in lost[home]:
            yield Fault(path, line, f"names {match[0]}, which is gone")
        elif (whole := before.find(path, dotted)) in lost and whole not in after:
            yield Fault(path, line, f"names {dotted}, which is gone")


def lost_members(
    before: PythonModules, after: PythonModules, edited: Collection[str]
) -> Iterator[Fault]:
    """Yield uses of methods and attributes that classes of ``edited`` had before."""
    for path in edited:
        for owner, name in _gone_members(before, after, path):
            yield from _still_used(after, path, owner, name)


def _gone_members(
    before: PythonModules, after: PythonModules, path: str
) -> Iterator[tuple[str, str]]:
    old, new = (parsed(one.snapshot.get(path) or "") for one in (before, after))
    if old is None or new is None or path not in after.snapshot:
        return
    now = {node.name: node for node in ast.walk(new) if isinstance(node, ast.ClassDef)}
    for node in ast.walk(old):
        if isinstance(node, ast.ClassDef) and node.name in now:
            gone = set(class_bindings(node)) - set(class_bindings(now[node.name]))
            yield from ((node.name, name) for name in sorted(gone - _EVERYWHERE))


def _still_used(after: PythonModules, path: str, owner: str, name: str) -> Iterator[Fault]:
    if len(name) < _LONG and "_" not in name.strip("_"):
        return
    files = [
        file
        for file in after.snapshot.files
        if file.endswith(".py") and name in after.snapshot.text(file)
    ]
    trees = [(file, parsed(after.snapshot.text(file))) for file in files]
    if any(tree is None or name in set(_bound_members(tree)) for _, tree in trees):
        return
    for file, tree in trees:
        text = after.snapshot.text(file)
        if file != path and owner not in text and _stem(path) not in text:
            continue
        for node in ast.walk(tree) if tree is not None else ():
            if isinstance(node, ast.Attribute) and node.attr == name:
                what = f"uses {name}, which {owner} in {path} no longer has"
                yield Fault(file, node.lineno, what)
                break


def _bound_members(tree: ast.Module) -> Iterator[str]:
    """Yield every name that a class, a module or an assignment in ``tree`` gives a member."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from class_bindings(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg


def changed_calls(
    before: PythonModules, after: PythonModules, edited: Collection[str]
) -> Iterator[Fault]:
    """Yield the calls anywhere that do not fit a function whose parameters ``edited`` changed."""
    names = {name for path in edited for name in _changed(before, after, path)}
    if not names:
        return
    for path in after.snapshot.files:
        text = after.snapshot.text(path) if path.endswith(".py") else ""
        tree = parsed(text) if any(name in text for name in names) else None
        if tree is not None:
            home = Definitions(path, tree, after)
            yield from member_faults(home, lambda node: _calls(node, names))


def _calls(node: ast.AST, names: Collection[str]) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name in names
    return False


def _changed(before: PythonModules, after: PythonModules, path: str) -> Iterator[str]:
    """Yield the functions of ``path``, and the classes of constructors, with other parameters."""
    old, new = (parsed(one.snapshot.get(path) or "") for one in (before, after))
    if old is None or new is None:
        return
    was = dict(_parameters(old, ""))
    for name, parameters in _parameters(new, ""):
        if was.get(name, parameters) != parameters:
            *owner, last = name.split(".")
            yield owner[-1] if last == "__init__" and owner else last


def _parameters(node: ast.AST, owner: str) -> Iterator[tuple[str, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{owner}{child.name}", ast.dump(child.args)
        elif isinstance(child, ast.ClassDef):
            yield from _parameters(child, f"{owner}{child.name}.")


def _stem(path: str) -> str:
    parts = path.removesuffix(".py").split("/")
    return parts[-2] if parts[-1] == "__init__" and len(parts) > 1 else parts[-1]
