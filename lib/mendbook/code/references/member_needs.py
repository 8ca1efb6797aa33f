"""Why a member of a class must stay, though nothing may call it by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.conventions import caller_of_member
from mendbook.code.references.by_path import said_by_path
from mendbook.code.references.computed_names import ComputedName, computed_names
from mendbook.code.references.declaring import members
from mendbook.code.references.index import Index
from mendbook.code.references.link import As, Linker
from mendbook.code.references.names import Target
from mendbook.code.references.type_shape import Op, Shape
from mendbook.code.report_files import is_report
from mendbook.code.search import find_all
from mendbook.code.side_effects import decorators_of, effect_of
from mendbook.model import ReferenceKind

_MARKUP = re.compile(r"\.(?:html?|vue|svelte|hbs|ejs|pug|njk)$")
_LITERALS = frozenset({"string", "number"})
_SIGNATURES = frozenset({"property_signature", "method_signature", "abstract_method_signature"})


class MemberNeeds:
    """Say what may use a member without a call that the reference search can follow."""

    def __init__(self, index: Index, linker: Linker) -> None:
        self._index = index
        self._linker = linker

    def of(self, file: str, node: SgNode, owner: str) -> str:
        """Return why the member ``node`` of the class ``owner`` must stay; else nothing."""
        label = node.field("name")
        if label is None:
            return "its name is computed"
        name = label.text()
        return (
            self._told(node, name)
            or self._loaded(file, node, owner)
            or self._asked_for(file, owner, name)
            or self._unsure(file, node, owner, name)
            or self._put_together(file, node, owner, name)
            or self._as_text(name)
        )

    def read(self, name: str, holder: str, owner: str = "") -> str:
        """Return the first place where ``name`` may be read off a ``holder``; else nothing.

        ``holder`` is what the whole is called there, ``owner`` its type where that is known.
        """
        for path in self._index.mentions([name]):
            for site in self._index.sites(path, [name]):
                if site.receiver is None or site.kind is ReferenceKind.WRITE:
                    continue
                meant = self._linker.targets(path, site.receiver, name) or frozenset()
                owned = {one.owner for one in meant}
                other = bool(owner and owned and owner not in owned)
                if owner in owned or (_ends_in(site.receiver, holder) and not other):
                    return f"{path}:{site.line}"
        return ""

    def built(self, name: str) -> str:
        """Return the first place that may put ``name`` together (``a.ts:4``); else nothing."""
        fits = (one for one in self._computed_names if one.fits(name))
        return next((f"{one.file}:{one.line}" for one in fits), "")

    def _told(self, node: SgNode, name: str) -> str:
        for one in members(node):
            for decorator in decorators_of(one):
                return f"{name} carries {decorator.text().partition('(')[0]}, which may call it"
        if caller := caller_of_member(name):
            return f"{name} is called by {caller}, which names it nowhere"
        static = any(child.kind() == "static" for child in node.children())
        effect = effect_of(node) if node.kind() != "method_definition" and static else ""
        return f"declaring {name} runs {effect}, which would no longer happen" if effect else ""

    def _loaded(self, file: str, node: SgNode, owner: str) -> str:
        """Return where a path in a text loads the class: any member may be called there."""
        meant = self._index.by_path(file, owner)
        marks = {one.text() for one in node.children() if one.kind() == "accessibility_modifier"}
        label = node.field("name")
        own = "private" in marks or (label is not None and label.text().startswith("#"))
        exports = self._index.links(file).exports.values() if meant and not own else ()
        taken = any(owner in {one.name, one.local} for one in exports)
        return said_by_path(file, meant) if meant and taken else ""

    def _asked_for(self, file: str, owner: str, name: str) -> str:
        """Return the type that has a member of that name, which the class may stand for."""
        for path in self._index.mentions([name]):
            outline = self._index.outline(path)
            for key, kind in outline.types.items():
                declared = kind.members.get(name)
                if declared is None or (path == file and key == owner):
                    continue
                at = syntax.node_at(
                    self._index.tree(path).root, declared.line - 1, declared.column - 1
                )
                signature = at.parent()
                if signature is not None and signature.kind() in _SIGNATURES:
                    return f"{name} is a member of a type at {path}:{declared.line}, too"
        return ""

    def _unsure(self, file: str, node: SgNode, owner: str, name: str) -> str:
        """Return a use outside ``node``, on the class or on something whose type is not known."""
        own = node.range()
        target = Target(file, owner, name)
        for path in self._index.mentions([name]):
            for site in self._index.sites(path, [name]):
                inside = own.start.line < site.line <= own.end.line + 1
                if site.receiver is None or (path == file and inside):
                    continue
                meant = self._linker.targets(path, site.receiver, name)
                writes = site.kind is ReferenceKind.WRITE
                if (meant is None and not writes) or target in (meant or ()):
                    return f"{name} may be used at {path}:{site.line}"
        return ""

    def _put_together(self, file: str, node: SgNode, owner: str, name: str) -> str:
        if place := self.built(name):
            return f"{name} may be what {place} puts together"
        for path in self._index.mentions([owner]):
            text = self._index.snapshot.text(path)
            for access in self._computed(path) if "[" in text else ():
                if self._reaches(path, access, file, owner):
                    return f"{name} may be reached at {path}:{access.range().start.line + 1}"
        return ""

    def _computed(self, path: str) -> Iterator[SgNode]:
        for access in find_all(self._index.tree(path).root, "subscript_expression"):
            index = access.field("index")
            if index is not None and index.kind() not in _LITERALS:
                yield access

    def _reaches(self, path: str, access: SgNode, file: str, owner: str) -> bool:
        whole = access.field("object")
        if whole is not None and re.match(r"\(*\s*this\b(?!\s*[.?])", whole.text()):
            whole = next(iter(find_all(whole, "this")), whole)
        values = self._linker.values(path, self._index.tree(path).inference.of(whole))
        return any(
            one.what is As.INSTANCE and one.file == file and one.key == owner for one in values
        )

    @cached_property
    def _computed_names(self) -> tuple[ComputedName, ...]:
        return computed_names(self._index.snapshot)

    def _as_text(self, name: str) -> str:
        quoted = re.compile(rf"[\"'`]{re.escape(name)}[\"'`]")
        word = re.compile(rf"(?<![\w$-]){re.escape(name)}(?![\w$-])")
        for path in self._index.snapshot.files:
            text = self._index.snapshot.text(path)
            if name not in text or is_report(path, text):
                continue
            if quoted.search(text):
                return f"{name} is written as text in {path}, so it may be called by name"
            if _MARKUP.search(path) and word.search(text):
                return f"{name} may be called by the markup of {path}"
        return ""


def _ends_in(shape: Shape, name: str) -> bool:
    """Tell whether the last step to ``shape`` is called ``name``."""
    if shape.op in {Op.MEMBER, Op.NAME}:
        return shape.name == name
    return shape.op in {Op.AWAIT, Op.UNION} and any(_ends_in(one, name) for one in shape.parts)
