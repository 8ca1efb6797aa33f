"""Read what one file imports and exports from its tree: all that following a name needs."""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.outline import DEFAULT, WHOLE, Export, Import, Links
from mendbook.code.references.scope import Binding, declared_by


def loads_modules(text: str) -> bool:
    """Tell whether ``text`` may hold ``import(…)`` or ``require(…)``."""
    return "import(" in text or "require(" in text


def read_links(root: SgNode, *, dynamic: bool) -> Links:
    """Return the imports and exports of ``root``; ``dynamic`` is what ``loads_modules`` says."""
    reader = _Reader()
    for statement in root.named_children():
        kind = statement.kind()
        if kind == "import_statement":
            reader.read_import(statement)
        elif kind == "export_statement":
            reader.read_export(statement)
    for call in _loading_calls(root) if dynamic else ():
        source = syntax.string_value(next(iter(syntax.arguments_of(call)), None))
        reader.sources.extend([source] if source else ())
    return Links(
        imports=reader.imports,
        exports=reader.exports,
        stars=tuple(reader.stars),
        sources=tuple(dict.fromkeys(reader.sources)),
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

    def read_import(self, node: SgNode) -> None:
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
        source = syntax.string_value(node.field("source")) or ""
        self.sources.extend([source] if source else ())
        bound = list(declared_by(node))
        children = node.children()
        kinds = {child.kind() for child in children}
        if kinds & {DEFAULT, "="}:
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


def _loading_calls(root: SgNode) -> list[SgNode]:
    return root.find_all(
        kind="call_expression", has={"field": "function", "regex": "^(import|require)$"}
    )


def _specifiers(clause: SgNode) -> Iterator[tuple[str, str]]:
    """Yield name and alias (the name again without one) of each specifier."""
    for specifier in clause.named_children():
        name, alias = specifier.field("name"), specifier.field("alias")
        if name is not None:
            yield syntax.unquoted(name.text()), syntax.unquoted((alias or name).text())
