"""Read zod schemas: the keys of an object, and the configuration that is parsed from the env."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.module_text import Module, imported, load, modules
from mendbook.code.modules import resolve
from mendbook.code.search import find_all, find_one
from mendbook.code.test_files import is_test
from mendbook.repository.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Config:
    """The module that parses ``process.env`` by a ``z.object``, and what it exports it as."""

    module: Module
    literal: SgNode
    """The object literal that lists the keys."""
    name: str
    """The exported constant with the parsed values."""

    @property
    def keys(self) -> dict[str, SgNode]:
        """Return the keys, each with its ``pair`` node, in order."""
        return {
            label.text(): pair
            for pair in self.literal.children()
            if pair.kind() == "pair" and (label := pair.field("key")) is not None
        }


def keys_of(snapshot: Snapshot, module: Module, name: str) -> list[str] | None:
    """Return the keys of the ``z.object`` that ``name`` is in ``module``; None when unknown."""
    origin = imported(module, name)
    if origin is not None:
        target = resolve(snapshot, module.path, origin.specifier)
        home = load(snapshot, target) if target is not None else None
        return keys_of(snapshot, home, origin.imported) if home is not None else None
    literal = schema_literal(module, name)
    if literal is None:
        return None
    parts = [one for one in literal.named_children() if one.kind() != "comment"]
    labels = [one.field("key") for one in parts]
    if any(one.kind() != "pair" for one in parts):
        return None
    return [label.text() for label in labels if label is not None]


def schema_literal(module: Module, name: str) -> SgNode | None:
    """Return the literal of ``const name = z.object({…})`` in ``module``, or None."""
    for node in find_all(module.root, "variable_declarator"):
        label, value = node.field("name"), node.field("value")
        if label is None or value is None or label.text() != name:
            continue
        if re.match(r"z\s*\.(strictO|o)bject\(", value.text()) and not re.search(
            r"\)\s*\.(extend|merge|pick|omit|passthrough|catchall)\(", value.text()
        ):
            return find_one(value, "object")
    return None


def config(snapshot: Snapshot) -> Config | None:
    """Return the configuration that is parsed from ``process.env``, or None."""
    for module in modules(snapshot, "process.env"):
        if is_test(module.path):
            continue
        for node in find_all(module.root, "variable_declarator"):
            label, value = node.field("name"), node.field("value")
            match = re.match(r"(\w+)\.parse\(\s*process\.env\s*\)", value.text()) if value else None
            exported = any(one.kind() == "export_statement" for one in node.ancestors())
            literal = schema_literal(module, match[1]) if match else None
            if label is not None and literal is not None and exported:
                return Config(module, literal, label.text())
    return None
