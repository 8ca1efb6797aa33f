"""The configuration that the target validates: its keys, their defaults, and ``.env.example``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.advice.production_code import Code, bare, in_order, line_of
from mendbook.code.module_text import Module, imported
from mendbook.code.search import find_all
from mendbook.code.trees import arguments_of, callee_name
from mendbook.model import Citation

_KEY = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
ENV_EXAMPLE = ".env.example"


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable that the code reads, and its default as it is written."""

    name: str
    path: str
    line: int
    default: str | None
    """Source text of the default; None when there is none."""
    required: bool
    schema: str
    """The zod schema as written; empty for a bare ``process.env.NAME``."""

    @property
    def where(self) -> Citation:
        """The line of the key."""
        return Citation(self.path, self.line)

    @property
    def shown(self) -> str:
        """The key and its default in words."""
        if self.default is not None:
            return f"{self.name}, default {self.default}"
        return f"{self.name}, {'required' if self.required else 'optional, no default'}"


@dataclass(frozen=True, slots=True)
class Schema:
    """The object literal of the zod schema that validates the environment."""

    module: Module
    literal: SgNode


@dataclass(frozen=True, slots=True)
class Settings:
    """Every environment variable that the code reads, in file order."""

    keys: tuple[Setting, ...]
    schema: Schema | None
    example: dict[str, tuple[str, int]]
    """Keys of ``.env.example``: the value and the line."""

    def get(self, name: str) -> Setting | None:
        """Return the setting called ``name``, or None."""
        return next((key for key in self.keys if key.name == name), None)

    def matching(self, pattern: str) -> tuple[Setting, ...]:
        """Return the settings whose names match the regular expression ``pattern``."""
        return tuple(key for key in self.keys if re.search(pattern, key.name))


def read_settings(code: Code) -> Settings:
    """Return the keys of the zod schema over the environment, and bare ``process.env`` reads."""
    schema = _schema(code)
    keys = [_setting(code, schema.module, pair) for pair in _pairs(schema)] if schema else []
    known = {key.name for key in keys}
    for key in _bare_reads(code):
        if key.name not in known:
            known.add(key.name)
            keys.append(key)
    return Settings(tuple(keys), schema, _example(code))


def _schema(code: Code) -> Schema | None:
    """Return the largest ``z.object`` all of whose keys are spelled like variables."""
    largest: Schema | None = None
    for module, call in code.calls("object", "strictObject"):
        given = [node for node in arguments_of(call) if node.kind() == "object"]
        if not given or "process.env" not in module.text:
            continue
        schema = Schema(module, given[0])
        pairs = _pairs(schema)
        spelled = all(_KEY.fullmatch(_label(pair)) for pair in pairs)
        if pairs and spelled and (largest is None or len(pairs) > len(_pairs(largest))):
            largest = schema
    return largest


def _pairs(schema: Schema) -> list[SgNode]:
    return [node for node in schema.literal.named_children() if node.kind() == "pair"]


def _label(pair: SgNode) -> str:
    label = pair.field("key")
    return label.text().strip("'\"") if label is not None else ""


def _setting(code: Code, module: Module, pair: SgNode) -> Setting:
    value = pair.field("value")
    chain = _chain(code, module, value)
    default = next((_argument(call) for call in chain if callee_name(call) == "default"), None)
    optional = any(callee_name(call) in {"optional", "nullish", "catch"} for call in chain)
    return Setting(
        name=_label(pair),
        path=module.path,
        line=line_of(pair),
        default=default,
        required=default is None and not optional,
        schema=value.text() if value is not None else "",
    )


def _chain(code: Code, module: Module, node: SgNode | None, depth: int = 4) -> list[SgNode]:
    """Return the calls of ``a.b().c()``, last first, through the constant that it starts with."""
    calls = []
    while node is not None and node.kind() in {"call_expression", "member_expression"}:
        if node.kind() == "call_expression":
            calls.append(node)
        node = node.field("function") or node.field("object")
    if node is None or node.kind() != "identifier" or depth == 0:
        return calls
    for holder in find_all(module.root, "variable_declarator"):
        label = holder.field("name")
        if label is not None and label.text() == node.text():
            return calls + _chain(code, module, holder.field("value"), depth - 1)
    return calls


def _argument(call: SgNode) -> str:
    given = arguments_of(call)
    return " ".join(given[0].text().split()) if given else "undefined"


def _bare_reads(code: Code) -> list[Setting]:
    settings = []
    for module in code.modules("process.env"):
        if imported(module, "process") is not None:
            continue
        for node in in_order(find_all(module.root, "member_expression")):
            base, name = node.field("object"), node.field("property")
            if base is None or name is None or base.text() != "process.env":
                continue
            if _KEY.fullmatch(name.text()):
                default = _fallback(node)
                settings.append(
                    Setting(name.text(), module.path, line_of(node), default, False, "")
                )
    return settings


def _fallback(node: SgNode) -> str | None:
    """Return ``"x"`` of ``process.env.NAME ?? "x"``."""
    parent = node.parent()
    while parent is not None and bare(parent) == node:
        parent = parent.parent()
    if parent is None or parent.kind() != "binary_expression":
        return None
    operator, left, right = (parent.field(one) for one in ("operator", "left", "right"))
    if operator is None or operator.text() not in {"??", "||"} or left is None or right is None:
        return None
    return right.text() if node.text() in left.text() else None


def _example(code: Code) -> dict[str, tuple[str, int]]:
    lines = (code.snapshot.get(ENV_EXAMPLE) or "").splitlines()
    values = {}
    for number, line in enumerate(lines, 1):
        match = re.match(r"\s*([A-Z][A-Z0-9_]*)=([^#]*)", line)
        if match:
            values[match[1]] = (match[2].strip(), number)
    return values
