"""Find the commands that the code sends to Redis: alone, in pipelines, and inside scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode, SgRoot

from mendbook.infrastructure.reading import bare, in_order, receiver_of
from mendbook.infrastructure.redis import table
from mendbook.infrastructure.redis.keys import pattern
from mendbook.infrastructure.values import Reader
from mendbook.patches.recipes.workbench.functions import function_around
from mendbook.patches.recipes.workbench.modules import Module
from mendbook.patches.recipes.workbench.tree import find_all
from mendbook.repository.syntax import arguments_of, callee_name

_CLIENT = re.compile(r"(redis|valkey)\w*(\(\))?(\.\w+)?$", re.IGNORECASE)
_TYPED = re.compile(r"\b(Redis|Cluster|RedisClientType|RedisClusterType)\b")
_LOOPS = {"for_statement", "for_in_statement", "while_statement", "do_statement"}
_BATCHES = {"multi", "pipeline"}
_KNOWN = (
    (table.FIRST | table.ALL | table.FIRST_TWO | table.EVERY_OTHER | table.SCRIPTS)
    | table.BLOCKING
    | table.WALKS
)


@dataclass(frozen=True, slots=True)
class Command:
    """One command in the code, with the patterns of its keys."""

    name: str
    keys: tuple[str, ...]
    module: Module
    node: SgNode
    batch: SgNode | None = None
    """The ``multi()`` or ``pipeline()`` call that it is queued in."""
    loops: bool = False
    """It is queued again and again in a loop."""
    lasting: bool = False
    """It writes a key and gives it no time to live."""
    expiring: bool = False


def commands(reader: Reader) -> tuple[Command, ...]:
    """Return every command that is sent to something spelled or typed like a Redis client."""
    found: list[Command] = []
    for module in reader.code.modules("redis", "Redis", "valkey", "Valkey"):
        typed = _typed_names(module)
        for call in in_order(find_all(module.root, "call_expression")):
            name, base = callee_name(call), receiver_of(call)
            if base is None or name not in _KNOWN:
                continue
            batch = _batch(module, base)
            if batch is not None or _is_client(base, typed):
                found += _read(reader, module, call, name, batch)
    return tuple(found)


def _typed_names(module: Module) -> frozenset[str]:
    """Return the names that a type calls a Redis client in ``module``."""
    names = set()
    kinds = ("required_parameter", "optional_parameter", "property_signature")
    for node in find_all(module.root, *kinds, "public_field_definition", "variable_declarator"):
        label, kind = node.field("pattern") or node.field("name"), node.field("type")
        if label is not None and kind is not None and _TYPED.search(kind.text()):
            names.add(label.text())
    return frozenset(names)


def _is_client(base: SgNode, typed: frozenset[str]) -> bool:
    text = bare(base).text()
    return bool(_CLIENT.search(text)) or text.rsplit(".", 1)[-1] in typed


def _batch(module: Module, base: SgNode) -> SgNode | None:
    """Return the ``multi()`` or ``pipeline()`` that ``base`` is, chains on, or was set to."""
    node: SgNode | None = bare(base)
    while node is not None and node.kind() == "call_expression":
        if callee_name(node) in _BATCHES:
            return node
        node = receiver_of(node)
    if node is None or node.kind() != "identifier":
        return None
    scope = function_around(node) or module.root
    for holder in find_all(scope, "variable_declarator"):
        label, value = holder.field("name"), holder.field("value")
        if label is not None and value is not None and label.text() == node.text():
            made = bare(value)
            return (
                made if made.kind() == "call_expression" and callee_name(made) in _BATCHES else None
            )
    return None


def _read(
    reader: Reader, module: Module, call: SgNode, name: str, batch: SgNode | None
) -> Iterator[Command]:
    given = arguments_of(call)
    if name in table.SCRIPTS:
        yield from _script(reader, module, call, name, given)
        return
    keys = tuple(
        pattern(reader, module, given[place]) for place in table.key_places(name, len(given))
    )
    words = {one.text().strip("'\"`").upper() for one in given}
    lives = name == "set" and bool(words & table.LIFETIMES)
    yield Command(
        name,
        keys,
        module,
        call,
        batch,
        loops=batch is not None and _loops(call, batch),
        lasting=name in table.WRITES and not lives,
        expiring=name in table.EXPIRIES or lives,
    )


def _loops(call: SgNode, batch: SgNode) -> bool:
    """Tell whether ``call`` is queued in a loop that ``batch`` is made outside of."""
    return any(
        outer.kind() in _LOOPS and outer not in list(batch.ancestors())
        for outer in call.ancestors()
    )


def _script(
    reader: Reader, module: Module, call: SgNode, name: str, given: list[SgNode]
) -> Iterator[Command]:
    count = reader.value(module, given[1]).number if len(given) > 1 else None
    if count is None:
        return
    keys = tuple(pattern(reader, module, one) for one in given[2 : 2 + int(count)])
    yield Command(name, keys, module, call)
    text = reader.value(module, given[0]).node
    if text.kind() in {"template_string", "string"}:
        for inner, place in _lua(text.text()[1:-1]):
            if place is None:
                yield Command(f"{name} {inner}", ("${built in the script}",), module, call)
            elif place <= len(keys):
                lasting = inner in table.WRITES
                expiring = inner in table.EXPIRIES
                yield Command(
                    inner, (keys[place - 1],), module, call, lasting=lasting, expiring=expiring
                )


def _lua(script: str) -> Iterator[tuple[str, int | None]]:
    """Yield each command of a Lua script and which of KEYS it takes; None for a key of its own."""
    root = SgRoot(script, "lua").root()
    aliases = {
        name.text(): place
        for node in find_all(root, "assignment_statement")
        if (name := _first(node, "variable_list")) is not None
        and (value := _first(node, "expression_list")) is not None
        and (place := _place(value.text())) is not None
    }
    for call in find_all(root, "function_call"):
        callee = call.field("name")
        given = call.field("arguments")
        parts = given.named_children() if given is not None else []
        if callee is None or callee.text() not in {"redis.call", "redis.pcall"} or len(parts) < 2:
            continue
        command, key = parts[0].text().strip("'\"").lower(), parts[1].text()
        if command in _KNOWN and command in table.FIRST | table.ALL:
            yield command, aliases.get(key, _place(key))


def _first(node: SgNode, kind: str) -> SgNode | None:
    return next((one for one in node.named_children() if one.kind() == kind), None)


def _place(text: str) -> int | None:
    found = re.fullmatch(r"KEYS\[(\d{1,4})\]", text)
    return int(found[1]) if found else None
