"""Read what one file imports and exports from its tree: all that following a name needs."""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.commonjs import (
    Exported,
    export_name,
    exported_by,
    required,
    requirement,
)
from mendbook.code.references.loading import may_load, read_loads
from mendbook.code.references.outline import DEFAULT, WHOLE, Export, Import, Links
from mendbook.code.references.scope import DECLARATIONS, Binding, declared_by, taken_apart


def read_links(root: SgNode, text: str) -> Links:
    """Return the imports and exports of ``root``, whose text is ``text``."""
    reader = _Reader()
    for statement in root.named_children():
        reader.read(statement)
    loads = read_loads(root, text) if may_load(text) else ()
    reader.sources.extend(one.source for one in loads if "*" not in one.source)
    if may_load(text):
        reader.sources.extend(filter(None, (required(call) for call in syntax.calls_of(root))))
    return Links(
        imports=reader.imports,
        exports=reader.exports,
        stars=tuple(reader.stars),
        sources=tuple(dict.fromkeys(reader.sources)),
        loads=loads,
        assigned=reader.assigned,
        module=reader.module,
    )


def default_value(statement: SgNode) -> SgNode | None:
    """Return the nameless value that ``export default`` or ``export =`` exports, or None."""
    kinds = {child.kind() for child in statement.children()}
    if not kinds & {DEFAULT, "="} or next(declared_by(statement), None) is not None:
        return None
    value = statement.field("value") or next(iter(statement.named_children()), None)
    return None if value is None or value.kind() == "identifier" else value


class _Reader:
    def __init__(self) -> None:
        self.imports: dict[str, Import] = {}
        self.exports: dict[str, Export] = {}
        self.stars: list[str] = []
        self.sources: list[str] = []
        self.assigned = False
        self.module = False

    def read(self, statement: SgNode) -> None:
        """Read what one statement at the top of the module imports, exports or requires."""
        kind = statement.kind()
        self.module = self.module or kind in {"import_statement", "export_statement"}
        if kind == "import_statement":
            self.read_import(statement)
        elif kind == "export_statement":
            self.read_export(statement)
        elif kind in DECLARATIONS:
            self.read_required(statement)
        else:
            for one in exported_by(statement):
                self.read_assigned(one)

    def read_required(self, statement: SgNode) -> None:
        """Take in ``const { a } = require("m")`` and its like."""
        for declarator in statement.named_children():
            source, member = requirement(declarator)
            name = declarator.field("name")
            if not source or name is None:
                continue
            self.module = True
            for bound in taken_apart(name, declarator):
                if not bound.steps:
                    self._add(bound.name.text(), member, source)
                elif member == WHOLE and len(bound.steps) == 1 and not bound.steps[0].index:
                    self._add(bound.name.text(), bound.steps[0].key, source)

    def read_assigned(self, one: Exported) -> None:
        """Take in one thing that ``module.exports`` or ``exports`` holds."""
        self.module = True
        source = required(one.value)
        if one.name == WHOLE or (not one.name and source):
            self.stars.extend([source] if source else ())
        if one.name == WHOLE:
            return
        named = one.value.kind() in {"identifier", "shorthand_property_identifier"}
        name = one.name or DEFAULT
        self.assigned = self.assigned or not one.name
        local = one.value.text() if named else export_name(one)
        self.exports[name] = Export(name, WHOLE, source) if source else Export(name, local)

    def read_import(self, node: SgNode) -> None:
        """Read an ``import`` statement: its source, and each name with what it is called here."""
        parts = {child.kind(): child for child in node.named_children()}
        required = parts.get("import_require_clause")
        source = syntax.string_value((required or node).field("source"))
        if source is None:
            return
        self.sources.append(source)
        if required is not None:
            self._add(required.named_children()[0].text(), WHOLE, source)
        clause = parts.get("import_clause")
        for part in clause.named_children() if clause is not None else []:
            if part.kind() == "identifier":
                self._add(part.text(), DEFAULT, source)
            elif part.kind() == "namespace_import":
                self._add(part.named_children()[0].text(), WHOLE, source)
            else:
                for name, local in _specifiers(part):
                    self._add(local, name, source)

    def _add(self, local: str, name: str, source: str) -> None:
        self.imports[local] = Import(local, name, source)

    def read_export(self, node: SgNode) -> None:
        """Read an ``export`` statement: names handed on, names declared, or the default."""
        source = syntax.string_value(node.field("source")) or ""
        self.sources.extend([source] if source else ())
        bound = list(declared_by(node))
        children = node.children()
        kinds = {child.kind() for child in children}
        if kinds & {DEFAULT, "="}:
            self.assigned = self.assigned or DEFAULT not in kinds
            self._read_default(node, bound)
            return
        for one in bound:
            self.exports[one.name.text()] = Export(one.name.text(), one.name.text())
        for child in children:
            if child.kind() == "export_clause":
                for local, name in _specifiers(child):
                    self.exports[name] = Export(name, local, source)
            elif child.kind() == "namespace_export":
                name = child.named_children()[0].text()
                self.exports[name] = Export(name, WHOLE, source)
        if "*" in kinds and source:
            self.stars.append(source)

    def _read_default(self, node: SgNode, bound: list[Binding]) -> None:
        value = node.field("value") or next(iter(node.named_children()), None)
        named = value is not None and value.kind() == "identifier"
        local = bound[0].name.text() if bound else value.text() if value and named else DEFAULT
        self.exports[DEFAULT] = Export(DEFAULT, local)


def _specifiers(clause: SgNode) -> Iterator[tuple[str, str]]:
    """Yield name and alias (the name again without one) of each specifier."""
    for specifier in clause.named_children():
        name, alias = specifier.field("name"), specifier.field("alias")
        if name is not None:
            yield syntax.unquoted(name.text()), syntax.unquoted((alias or name).text())
