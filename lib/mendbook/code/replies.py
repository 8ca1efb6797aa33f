"""Answer "no" the way the handlers around already do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, end, start
from mendbook.code.imports import add_import, quote, semicolon
from mendbook.code.module_text import (
    Module,
    imported,
    modules,
    specifier_for,
    string_value,
)
from mendbook.code.search import find_all, find_one
from mendbook.code.test_files import is_test
from mendbook.repository.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Constant:
    """One string member of an exported constant object or enum: ``Errors.RATE_LIMITED``."""

    owner: str
    key: str
    value: str
    path: str

    @property
    def name(self) -> str:
        """Return the member as code writes it."""
        return f"{self.owner}.{self.key}"


def constants(snapshot: Snapshot, key: str) -> tuple[Constant, ...]:
    """Return the string members called ``key`` of exported constant objects and enums."""
    return tuple(
        one
        for module in modules(snapshot, key)
        if not is_test(module.path)
        for one in _members(module, key)
    )


def _members(module: Module, key: str) -> list[Constant]:
    found = []
    for kind, owner_kind in (
        ("pair", "variable_declarator"),
        ("enum_assignment", "enum_declaration"),
    ):
        for node in find_all(module.root, kind):
            label = node.field("key") or node.field("name")
            value = node.field("value")
            owner = next((one for one in node.ancestors() if one.kind() == owner_kind), None)
            name = owner.field("name") if owner is not None else None
            if label is None or value is None or name is None or owner is None:
                continue
            exported = any(one.kind() == "export_statement" for one in owner.ancestors())
            if label.text() == key and value.kind() == "string" and exported:
                found.append(Constant(name.text(), key, string_value(value), module.path))
    return found


def refusal(
    snapshot: Snapshot, module: Module, near: SgNode, keys: tuple[str, ...], fallback: str
) -> tuple[str, list[Edit]] | str:
    """Return the statement with which a handler near ``near`` refuses, and the import it needs.

    Its shape is that of another refusal of the file (``return { success: false, error: … }``);
    its error is the first of ``keys`` that an exported constant has. Where the file writes its
    errors as text, that constant's text is written, or ``fallback``. Returns a reason when the
    file never refuses like that.
    """
    model = _model(near) or _model(module.root)
    if model is None:
        return f"{module.path} shows no `return {{ …, error: … }}` to refuse like"
    statement, value = model
    known = next((one for key in keys for one in constants(snapshot, key)), None)
    text, offset = statement.text(), start(statement)
    if value.kind() == "member_expression":
        owner = value.text().rpartition(".")[0]
        if known is None or known.owner != owner:
            return f"{owner} has no code for this refusal ({', '.join(keys)})"
        error, edits = known.name, _import(snapshot, module, known)
    else:
        mark = quote(module)
        error, edits = f"{mark}{known.value if known else fallback}{mark}", []
    written = text[: start(value) - offset] + error + text[end(value) - offset :]
    return written if written.endswith(";") else written + semicolon(module), edits


def _import(snapshot: Snapshot, module: Module, known: Constant) -> list[Edit]:
    if imported(module, known.owner) is not None:
        return []
    return add_import(module, known.owner, specifier_for(snapshot, module, known.path))


def import_constant(snapshot: Snapshot, module: Module, known: Constant) -> list[Edit]:
    """Return the edits that let ``module`` name ``known``."""
    return [] if module.path == known.path else _import(snapshot, module, known)


def _model(scope: SgNode) -> tuple[SgNode, SgNode] | None:
    for node in find_all(scope, "return_statement"):
        literal = find_one(node, "object")
        if literal is None or not re.fullmatch(r"return\s*\{[^{}]*\}\s*;?", node.text()):
            continue
        pairs = {
            key.text(): value
            for pair in find_all(literal, "pair")
            if (key := pair.field("key")) is not None and (value := pair.field("value")) is not None
        }
        refused = any(value.text() == "false" for value in pairs.values())
        error = pairs.get("error") or pairs.get("message") or pairs.get("reason")
        if error is not None and refused and error.kind() in {"string", "member_expression"}:
            return node, error
    return None
