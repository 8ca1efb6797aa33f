"""What the modules of a JavaScript or TypeScript tree export, and whether that is all of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from ast_grep_py import SgNode

from mendbook.code import trees
from mendbook.code.references.index import Index
from mendbook.code.references.outline import DEFAULT, WHOLE
from mendbook.code.search import find_all
from mendbook.proving.binds.ecma_scopes import declared_at_top

_ASSIGNS = re.compile(r"\b(?:module\s*\.\s*exports|exports)\b")
_AMBIENT = re.compile(r"^\s*(?:export\s*=|export as\b|declare (?:module|global|namespace)\b)", re.M)
_MODULE = re.compile(r"^(?:module\s*\.\s*)?exports$")


@dataclass(frozen=True, slots=True)
class Exported:
    """The names that a module exports; ``open`` says that there may be more."""

    names: frozenset[str] = frozenset()
    open: bool = False
    common: bool = False
    """It is CommonJS: its whole value may be taken as a default."""

    def has(self, name: str) -> bool | None:
        """Tell whether ``name`` is exported; None where that cannot be told."""
        if name == WHOLE or name in self.names:
            return True
        if name == DEFAULT and self.common:
            return True
        return None if self.open else False


@dataclass(slots=True)
class Exports:
    """The exports of each module of one tree, read when asked for."""

    index: Index
    _known: dict[str, Exported] = field(default_factory=dict)

    def of(self, path: str) -> Exported:
        """Return what ``path`` exports, through ``export *``; circles end there."""
        if path not in self._known:
            self._known[path] = Exported(open=True)
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> Exported:
        if not trees.is_source(path):
            return Exported(open=True, common=True)
        links = self.index.links(path)
        names = set(links.exports)
        is_open = False
        text = self.index.snapshot.text(path)
        if path.endswith(".d.ts") or "declare " in text:
            # a declaration file exports all it declares, unless it says otherwise
            names |= declared_at_top(path, text)
            is_open = bool(_AMBIENT.search(text))
        for source in links.stars:
            inner = self.index.modules.resolve(path, source)
            if inner is None:
                is_open = True
                continue
            other = self.of(inner)
            names |= other.names - {DEFAULT}
            is_open |= other.open
        if _assigns(text) and not _is_standard(self.index.tree(path).root):
            return self._common(path, names)
        nothing = not names and not links.stars and _is_script(self.index.tree(path).root)
        return Exported(frozenset(names), is_open, common=nothing)

    def _common(self, path: str, names: set[str]) -> Exported:
        """Read ``module.exports = { … }`` and ``exports.name = …``; all else leaves it open."""
        is_open = False
        root = self.index.tree(path).root
        for node in find_all(root, "assignment_expression"):
            left, right = node.field("left"), node.field("right")
            if left is None or right is None:
                continue
            holder = left.field("object")
            if _MODULE.match(left.text()):
                whole = _object(root, right)
                if whole is None:
                    is_open = True
                    continue
                for member in whole.named_children():
                    key = member.field("key") or member.field("name") or member
                    is_open |= member.kind() == "spread_element"
                    names.add(trees.unquoted(key.text()))
            elif holder is not None and _MODULE.match(holder.text()):
                property_ = left.field("property")
                names.add(property_.text() if property_ is not None else "")
                is_open |= left.kind() == "subscript_expression"
        handed = re.search(r"\b(?:module\.)?exports\s*[,)]|=\s*(?:module\.)?exports\b", root.text())
        return Exported(frozenset(names), is_open or handed is not None, common=True)


@lru_cache(maxsize=16384)
def _assigns(text: str) -> bool:
    """Tell whether ``text`` may assign exports: read once for all the trees that hold it."""
    return _ASSIGNS.search(text) is not None


def _is_standard(root: SgNode) -> bool:
    """Tell whether a file exports by statements of its own, and not by what it assigns."""
    return any(one.kind() == "export_statement" for one in root.children())


def _is_script(root: SgNode) -> bool:
    """Tell whether a file has code and neither imports nor exports: it may be CommonJS."""
    kinds = {one.kind() for one in root.named_children()} - {"comment", "hash_bang_line"}
    return bool(kinds) and not kinds & {"import_statement", "export_statement"}


def _object(root: SgNode, value: SgNode) -> SgNode | None:
    """Return the object literal that ``value`` is, or that the constant it names holds."""
    if value.kind() != "identifier":
        return value if value.kind() == "object" else None
    name = value.text()
    held = [
        one.field("value")
        for one in find_all(root, "variable_declarator")
        if (label := one.field("name")) is not None and label.text() == name
    ]
    written = re.search(rf"(?<![\w$.]){re.escape(name)}\s*(?:\.\w+\s*=[^=]|\[)", root.text())
    only = held[0] if len(held) == 1 and written is None else None
    return only if only is not None and only.kind() == "object" else None
