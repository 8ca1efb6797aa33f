"""Lists and streams that something is put into, and whether anything takes it out again."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.advice.redis.commands import Command
from mendbook.advice.redis.keys import shape

PUSHES = frozenset({"lpush", "rpush", "lpushx", "rpushx", "xadd"})
TAKES = frozenset(
    {
        "lpop",
        "rpop",
        "blpop",
        "brpop",
        "lmpop",
        "blmpop",
        "lmove",
        "blmove",
        "rpoplpush",
        "brpoplpush",
        "rename",
        "renamenx",
        "xack",
        "xdel",
        "lrem",
    }
)
"""Commands that take what was pushed, one by one or all at once."""
TRIMS = frozenset({"ltrim", "xtrim"})


def pushed(sent: Sequence[Command]) -> dict[str, Command]:
    """Return the first push on each list and stream, by the shape of its key."""
    by_shape: dict[str, Command] = {}
    for command in sent:
        if command.name in PUSHES:
            for key in command.keys:
                by_shape.setdefault(shape(key), command)
    return by_shape


def queues(sent: Sequence[Command]) -> dict[str, Command]:
    """Return the lists and streams that are pushed to and taken from: what waits there is work.

    A list that is read and then cut (``LRANGE`` and ``LTRIM``) is taken from, too, unless the push
    itself is what it is cut after: then it is a history that keeps its newest entries.
    """
    taken = {shape(key) for one in sent if one.name in TAKES for key in one.keys}
    for family, push in pushed(sent).items():
        trims = [one for one in sent if one.name in TRIMS and family in map(shape, one.keys)]
        read = any(one.name == "lrange" and family in map(shape, one.keys) for one in sent)
        if read and any(not _beside(one, push) for one in trims):
            taken.add(family)
    return {family: push for family, push in pushed(sent).items() if family in taken}


def trimmed(sent: Sequence[Command]) -> frozenset[str]:
    """Return the shapes of the lists and streams that something cuts to a length."""
    return frozenset(shape(key) for one in sent if one.name in TRIMS for key in one.keys)


def _beside(trim: Command, push: Command) -> bool:
    """Tell whether both stand in one batch or within a few lines of one function."""
    if trim.module.path != push.module.path:
        return False
    lines = abs(trim.node.range().start.line - push.node.range().start.line)
    return lines <= 10
