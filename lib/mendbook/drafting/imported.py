"""The files of a target that one of its files imports: what its author has to know, too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from mendbook.code.modules.resolver import resolve
from mendbook.code.search import find_all
from mendbook.code.tokens import tree_of
from mendbook.code.trees import is_source
from mendbook.proving.binds.python_modules import PythonModules, parsed
from mendbook.repository.snapshot import Snapshot

_REQUIRED = re.compile(r"\b(?:require|import)\(\s*['\"]([^'\"\n]+)['\"]\s*\)")


def imported(snapshot: Snapshot, path: str) -> tuple[str, ...]:
    """Return the files of ``snapshot`` that ``path`` imports, as it names them.

    Of JavaScript, TypeScript and Python; none of what cannot be read.
    """
    text = snapshot.get(path)
    if text is None:
        return ()
    if path.endswith((".py", ".pyi")):
        paths = _of_python(PythonModules(snapshot), path, text)
    else:
        paths = _of_ecma(snapshot, path, text) if is_source(path) else iter(())
    return tuple(dict.fromkeys(one for one in paths if one != path and one in snapshot))


def _of_ecma(snapshot: Snapshot, path: str, text: str) -> Iterator[str]:
    root = tree_of(path, text)
    nodes = find_all(root, "import_statement", "export_statement") if root is not None else []
    sources = [node.field("source") for node in nodes]
    written = [one.text().strip("'\"`") for one in sources if one is not None]
    for source in (*written, *_REQUIRED.findall(text)):
        if (file := resolve(snapshot, path, source)) is not None:
            yield file


def _of_python(modules: PythonModules, path: str, text: str) -> Iterator[str]:
    tree = parsed(text)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield modules.find(path, alias.name) or ""
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            yield modules.find(path, source, node.level) or ""
            for alias in node.names:
                below = f"{source}.{alias.name}" if source else alias.name
                yield modules.find(path, below, node.level) or ""
