"""What an expression comes to: constants, class fields, options and settings are followed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from ast_grep_py import SgNode

from mendbook.advice.production_code import Code, bare, brief, member, where
from mendbook.advice.settings import Setting, Settings
from mendbook.code.functions import class_of
from mendbook.code.module_text import Module, imported
from mendbook.code.modules import resolve
from mendbook.code.search import find_all
from mendbook.code.trees import CLASSES, FUNCTIONS, arguments_of
from mendbook.model import Citation

_DEPTH = 8
_IN_PRODUCT = 2
"""Steps followed from inside an expression, whose every name may lead to another."""
_NUMBER = re.compile(r"\d[\d_]*(\.\d+)?(e\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression comes to, and where that is written."""

    text: str
    module: Module
    node: SgNode
    setting: Setting | None = None
    """The environment variable that it is read from; ``text`` is its default then."""

    @property
    def where(self) -> Citation:
        """The line of the value, of the setting where there is one."""
        return self.setting.where if self.setting else where(self.module, self.node)

    @property
    def shown(self) -> str:
        """The value in words."""
        return brief(self.setting.shown if self.setting else self.text)

    @property
    def number(self) -> float | None:
        """The value as a number, products worked out; None when it is none."""
        return number(self.text)


def number(text: str) -> float | None:
    """Return what ``10_000`` or ``30 * 1000`` comes to; None for anything else."""
    parts = [part.strip() for part in text.split("*")]
    if not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    product = math.prod(float(part.replace("_", "")) for part in parts)
    return product if math.isfinite(product) else None


@dataclass(frozen=True, slots=True)
class Reader:
    """Follows expressions through the code and its settings."""

    code: Code
    settings: Settings

    def value(self, module: Module, node: SgNode, depth: int = _DEPTH) -> Value:
        """Return what ``node`` comes to; the expression itself where it cannot be followed."""
        node = bare(node)
        here = Value(node.text(), module, node)
        if depth == 0:
            return here
        kind = node.kind()
        if kind == "member_expression":
            return self._member(module, node, depth) or here
        if kind == "subscript_expression":
            base = node.field("object")
            return self.value(module, base, depth - 1) if base is not None else here
        if kind in {"identifier", "shorthand_property_identifier"}:
            value = self._named(module, node, depth)
            return value or here
        if kind == "binary_expression":
            return replace(here, text=self._product(module, node, depth))
        return here

    def _product(self, module: Module, node: SgNode, depth: int) -> str:
        """Return an expression with each constant in it replaced by its number."""
        text, first = node.text(), node.range().start.index
        for name in reversed(find_all(node, "identifier")):
            value = self.value(module, name, min(depth - 1, _IN_PRODUCT))
            if value.number is not None and value.setting is None:
                span = name.range()
                begin, stop = span.start.index - first, span.end.index - first
                text = text[:begin] + value.text + text[stop:]
        return text

    def _member(self, module: Module, node: SgNode, depth: int) -> Value | None:
        base, label = node.field("object"), node.field("property")
        if base is None or label is None:
            return None
        setting = self.settings.get(label.text())
        if setting is not None:
            default = setting.default if setting.default is not None else label.text()
            return Value(default, module, node, setting)
        if base.kind() == "this":
            return self._field(module, node, label.text(), depth)
        holder = self.value(module, base, depth - 1)
        if holder.node.kind() != "object":
            return None
        inner = member(holder.node, label.text())
        return self.value(holder.module, inner, depth - 1) if inner is not None else None

    def _field(self, module: Module, node: SgNode, name: str, depth: int) -> Value | None:
        home = class_of(node)
        if home is None:
            return None
        for field in find_all(home, "public_field_definition", "field_definition"):
            label, value = field.field("name") or field.field("property"), field.field("value")
            if label is not None and value is not None and label.text() == name:
                return self.value(module, value, depth - 1)
        place = _constructor_place(home, name)
        owner = home.field("name")
        if place is None or owner is None:
            return None
        for caller, call in self.code.calls(owner.text()):
            given = arguments_of(call)
            if call.kind() == "new_expression" and len(given) > place:
                return self.value(caller, given[place], depth - 1)
        return None

    def _named(self, module: Module, node: SgNode, depth: int) -> Value | None:
        value = _declared(module, node)
        if value is not None:
            return self.value(module, value, depth - 1)
        origin = imported(module, node.text())
        target = resolve(self.code.snapshot, module.path, origin.specifier) if origin else None
        home = self.code.module(target) if target else None
        if origin is None or home is None:
            return None
        value = _top_level(home, origin.imported)
        return self.value(home, value, depth - 1) if value is not None else None


def _declared(module: Module, node: SgNode) -> SgNode | None:
    """Return the initialiser of the nearest constant called as ``node`` is, or None."""
    for scope in [one for one in node.ancestors() if one.kind() in FUNCTIONS]:
        for holder in find_all(scope, "variable_declarator"):
            label = holder.field("name")
            if label is not None and label.text() == node.text():
                return _constant(holder)
        parameters = scope.field("parameters") or scope.field("parameter")
        if parameters is not None and any(
            one.text() == node.text() for one in find_all(parameters, "identifier")
        ):
            return None
    return _top_level(module, node.text())


def _top_level(module: Module, name: str) -> SgNode | None:
    for holder in find_all(module.root, "variable_declarator"):
        label = holder.field("name")
        inside = any(one.kind() in FUNCTIONS | CLASSES for one in holder.ancestors())
        if label is not None and label.text() == name and not inside:
            return _constant(holder)
    return None


def _constant(holder: SgNode) -> SgNode | None:
    """Return the initialiser of a ``const``; a ``let`` may hold something else by now."""
    statement = holder.parent()
    words = [one.text() for one in statement.children()] if statement is not None else []
    return holder.field("value") if words[:1] == ["const"] else None


def _constructor_place(home: SgNode, name: str) -> int | None:
    """Return the position of the constructor's parameter that becomes the field ``name``."""
    for method in find_all(home, "method_definition"):
        label, parameters = method.field("name"), method.field("parameters")
        if label is None or label.text() != "constructor" or parameters is None:
            continue
        listed = [one for one in parameters.named_children() if one.kind() != "comment"]
        for index, parameter in enumerate(listed):
            pattern = parameter.field("pattern")
            if pattern is not None and pattern.text() == name:
                return index
    return None
