"""Whether one finding's edit takes away what another finding's fix rests on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from mendbook.code import trees
from mendbook.model import Finding
from mendbook.proving.asked import code_names
from mendbook.proving.binds.ecma_scopes import scoped
from mendbook.proving.binds.python_modules import module_bindings, parsed
from mendbook.repository.snapshot import Snapshot

_LEAVING = r"(?:remov|delet|drop|strip|renam|inlin|replac|retir|get rid|instead of|unus)\w*"


def needed_by(
    finding: Finding,
    before: Snapshot,
    edits: Mapping[str, str | None],
    others: Sequence[Finding],
) -> Iterator[tuple[str, str]]:
    """Yield each name that ``edits`` take away and the fix of another finding builds on, with it.

    A fix that itself asks for the name to go, or to be replaced, does not build on it.
    """
    gone = sorted({name for path, text in edits.items() for name in _gone(path, before, text)})
    for name in gone:
        leaving = re.compile(
            rf"{_LEAVING}[^.;]*?(?<![\w$]){re.escape(name)}(?![\w$])", re.IGNORECASE
        )
        for other in others:
            named = other.id != finding.id and name in other.fix and name in code_names(other.fix)
            if named and not leaving.search(other.fix):
                yield name, other.id


def _gone(path: str, before: Snapshot, text: str | None) -> Iterator[str]:
    """Yield the top-level names, or the file itself, that are no longer there."""
    old = before.get(path)
    if old is None:
        return
    if text is None:
        yield path
    if trees.is_source(path):
        kept = scoped(path, text or "").top.bound
        was = scoped(path, old).top.bound.values()
        yield from (one.name for one in was if one.how != "import" and one.name not in kept)
    elif path.endswith(".py") and (tree := parsed(old)) is not None:
        now = parsed(text or "")
        kept_names = set(module_bindings(now)) if now is not None else set()
        yield from (name for name in _defined(tree) if name not in kept_names)


def _defined(tree: ast.Module) -> Iterator[str]:
    """Yield what a module binds itself; what it imports is another's."""
    body = [node for node in tree.body if not isinstance(node, ast.Import | ast.ImportFrom)]
    yield from module_bindings(ast.Module(body, []))
