"""Find the commands that the code sends to Redis: alone, in pipelines, and inside scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode, SgRoot

from mendbook.advice.production_code import bare, in_order, member, receiver_of
from mendbook.advice.redis import command_keys
from mendbook.advice.redis.keys import pattern
from mendbook.advice.values import Reader
from mendbook.code.functions import function_around
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.code.trees import arguments_of, callee_name, string_value

_CLIENT = re.compile(r"(redis|valkey)\w*(\(\))?(\.\w+)?$", re.IGNORECASE)
_MADE = re.compile(
    r"(?:await\s+)?(?:new\s+(?:\w+\.)?(?:IO)?(?:Redis|Cluster)|create(?:Client|Cluster))\b"
)
_TYPED = re.compile(r"\b(Redis|Cluster|RedisClientType|RedisClusterType)\b")
UNDECLARED = "${built in the script}"
"""Stands for a key that a script does not take from KEYS."""
_LOOPS = {"for_statement", "for_in_statement", "while_statement", "do_statement"}
_BATCHES = {"multi", "pipeline"}
_KNOWN = (
    (
        command_keys.FIRST
        | command_keys.ALL
        | command_keys.FIRST_TWO
        | command_keys.EVERY_OTHER
        | command_keys.SCRIPTS
    )
    | command_keys.BLOCKING
    | command_keys.WALKS
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


@dataclass(frozen=True, slots=True)
class _Script:
    """A script that the client has as a method."""

    name: str
    keys: int | None
    """How many keys it takes; None when each call says it first."""
    lua: SgNode | None


@dataclass(frozen=True, slots=True)
class _Inner:
    """A command inside a Lua script."""

    name: str
    place: int | None
    """Which of KEYS it takes, 1-based; None for a key that is made in the script."""
    lives: bool


def commands(reader: Reader) -> tuple[Command, ...]:
    """Return every command that is sent to something spelled or typed like a Redis client."""
    sent: list[Command] = []
    scripts = _defined(reader)
    for module in reader.code.modules("redis", "Redis", "valkey", "Valkey", *scripts):
        typed = _typed_names(module)
        for call in in_order(find_all(module.root, "call_expression")):
            name, base = callee_name(call), receiver_of(call)
            if base is None or (name not in _KNOWN and name not in scripts):
                continue
            batch = _batch(module, base)
            if name in scripts:
                sent += _custom(reader, module, call, scripts[name])
            elif batch is not None or _is_client(base, typed):
                sent += _read(reader, module, call, name, batch)
    return tuple(sent)


def _defined(reader: Reader) -> dict[str, _Script]:
    """Return the scripts that ``defineCommand`` makes methods of the client, by their names."""
    scripts = {}
    for module, call in reader.code.calls("defineCommand"):
        given = arguments_of(call)
        name = string_value(given[0]) if len(given) > 1 else None
        options = bare(given[1]) if len(given) > 1 else None
        if not name or options is None or options.kind() != "object":
            continue
        count, text = member(options, "numberOfKeys"), member(options, "lua")
        keys = reader.value(module, count).number if count is not None else None
        lua = reader.value(module, text).node if text is not None else None
        scripts[name] = _Script(name, None if keys is None else int(keys), lua)
    return scripts


def _custom(reader: Reader, module: Module, call: SgNode, script: _Script) -> Iterator[Command]:
    given, count = arguments_of(call), script.keys
    if count is None and given:
        number = reader.value(module, given[0]).number
        given, count = given[1:], None if number is None else int(number)
    if count is not None:
        yield from _run(reader, module, call, script.name, given[:count], script.lua)


def _typed_names(module: Module) -> frozenset[str]:
    """Return the names in ``module`` that a type calls a Redis client, or that are set to one."""
    names = set()
    kinds = ("required_parameter", "optional_parameter", "property_signature")
    for node in find_all(module.root, *kinds, "public_field_definition", "variable_declarator"):
        label, kind = node.field("pattern") or node.field("name"), node.field("type")
        default = node.field("value")
        typed = kind is not None and _TYPED.search(kind.text())
        if label is not None and (typed or (default is not None and _MADE.match(default.text()))):
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
            call = bare(value)
            return (
                call if call.kind() == "call_expression" and callee_name(call) in _BATCHES else None
            )
    return None


def _read(
    reader: Reader, module: Module, call: SgNode, name: str, batch: SgNode | None
) -> Iterator[Command]:
    given = arguments_of(call)
    if name in command_keys.SCRIPTS:
        yield from _script(reader, module, call, name, given)
        return
    keys = tuple(
        pattern(reader, module, given[place]) for place in command_keys.key_places(name, len(given))
    )
    words = {one.text().strip("'\"`").upper() for one in given}
    lives = name == "set" and bool(words & command_keys.LIFETIMES)
    yield Command(
        name,
        keys,
        module,
        call,
        batch,
        loops=batch is not None and _loops(call, batch),
        lasting=name in command_keys.WRITES and not lives,
        expiring=name in command_keys.EXPIRIES or lives,
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
    if count is not None:
        text = reader.value(module, given[0]).node
        yield from _run(reader, module, call, name.upper(), given[2 : 2 + int(count)], text)


def _run(
    reader: Reader,
    module: Module,
    call: SgNode,
    name: str,
    given: list[SgNode],
    text: SgNode | None,
) -> Iterator[Command]:
    """Yield the script itself, and each command in it with the key that it is given."""
    keys = tuple(pattern(reader, module, one) for one in given)
    yield Command(name, keys, module, call)
    if text is None or text.kind() not in {"template_string", "string"}:
        return
    for inner in dict.fromkeys(_lua(text.text()[1:-1])):
        if inner.place is None:
            yield Command(f"{name} ({inner.name.upper()})", (UNDECLARED,), module, call)
        elif 0 < inner.place <= len(keys):
            yield Command(
                inner.name,
                (keys[inner.place - 1],),
                module,
                call,
                lasting=inner.name in command_keys.WRITES and not inner.lives,
                expiring=inner.name in command_keys.EXPIRIES or inner.lives,
            )


def _lua(script: str) -> Iterator[_Inner]:
    """Yield each command of a Lua script and which of KEYS it takes."""
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
        parts = [one.text().strip("'\"") for one in given.named_children()] if given else []
        if callee is None or callee.text() not in {"redis.call", "redis.pcall"} or len(parts) < 2:
            continue
        command, key = parts[0].lower(), parts[1]
        if command in command_keys.FIRST | command_keys.ALL | command_keys.FIRST_TWO:
            lives = command == "set" and bool(
                {one.upper() for one in parts} & command_keys.LIFETIMES
            )
            yield _Inner(command, aliases.get(key, _place(key)), lives)


def _first(node: SgNode, kind: str) -> SgNode | None:
    return next((one for one in node.named_children() if one.kind() == kind), None)


def _place(text: str) -> int | None:
    match = re.fullmatch(r"KEYS\[(\d{1,4})\]", text)
    return int(match[1]) if match else None
