"""What stands in the way of a cluster: keys of several slots, walks of all keys, keys for ever."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import brief
from mendbook.advice.redis import command_keys
from mendbook.advice.redis.commands import UNDECLARED, Command
from mendbook.advice.redis.keys import hash_tag, shape, slot
from mendbook.advice.rows import row
from mendbook.model import AdviceRow

_SLOT = "several hash slots: a cluster answers CROSSSLOT"


def refused(survey: Survey, sent: Sequence[Command]) -> Iterator[AdviceRow]:
    """Yield the operations whose keys have no common hash tag, in the order of the code."""
    for command in sent:
        if command.batch is None and _scattered(command.keys):
            yield _row(survey, command, _title(command), command.keys)
    for batch, queued in _batches(sent):
        keys = tuple(dict.fromkeys(key for command in queued for key in command.keys))
        looped = [c for c in queued if c.loops and any(_varies(key) for key in c.keys)]
        if _scattered(keys) or looped:
            kind = "MULTI" if "multi" in batch.text().rsplit(".", 1)[-1] else "pipeline"
            first = queued[0]
            count = f"{len(queued)} command{'s' if len(queued) > 1 else ''}"
            yield _row(survey, first, f"{kind} of {count}", keys)
    for command in sent:
        if command.keys == (UNDECLARED,):
            yield row(
                survey,
                "Lua script",
                command.module,
                command.node,
                f"{command.name} on a key that is not in KEYS",
                "pass every key in KEYS",
                "a cluster routes a script by its KEYS alone",
            )


def _title(command: Command) -> str:
    """Return Redis' own commands in capitals, and scripts by the name they were given."""
    own = command_keys.ALL | command_keys.FIRST_TWO | command_keys.EVERY_OTHER
    return command.name.upper() if command.name in own else command.name


def _batches(sent: Sequence[Command]) -> Iterator[tuple[SgNode, list[Command]]]:
    grouped: dict[tuple[str, int], list[Command]] = defaultdict(list)
    for command in sent:
        if command.batch is not None:
            place = (command.module.path, command.batch.range().start.index)
            grouped[place].append(command)
    for queued in grouped.values():
        if queued[0].batch is not None:
            yield queued[0].batch, queued


def _scattered(keys: Sequence[str]) -> bool:
    if any(key.startswith("${...") for key in keys):
        return True
    return len({slot(key) for key in keys}) > 1


def _varies(key: str) -> bool:
    """Tell whether ``key`` may be another in each pass of a loop, in another slot."""
    return "${" in key and not hash_tag(key)


def _row(survey: Survey, command: Command, what: str, keys: Sequence[str]) -> AdviceRow:
    shown = ", ".join(dict.fromkeys(shape(key) for key in keys))
    return row(
        survey,
        f"Several keys: {what}",
        command.module,
        command.node,
        brief(shown),
        _tagged(keys),
        _SLOT,
    )


def _tagged(keys: Sequence[str]) -> str:
    """Return the keys with the part they share in braces, or the advice to split."""
    shapes = list(dict.fromkeys(shape(key) for key in keys))
    starts = {one.split("*")[0] for one in shapes}
    if len(starts) == 1 and all("*" in one for one in shapes) and next(iter(starts)):
        return brief(", ".join(one.replace("*", "{*}", 1) for one in shapes))
    words = {one.split(":")[0] for one in shapes}
    if len(words) == 1 and "*" not in "".join(words) and any("*" not in one for one in shapes):
        word = words.pop()
        return brief(", ".join(f"{{{word}}}{one.removeprefix(word)}" for one in shapes))
    return "a common hash tag, or one command for each key"


def walks(survey: Survey, sent: Sequence[Command], clustered: bool) -> Iterator[AdviceRow]:
    """Yield ``KEYS``, blocking commands, and ``SCAN`` where there are several nodes."""
    one_node = ", and one node's only" if clustered else ""
    for command in sent:
        if command.name == "keys":
            yield row(
                survey,
                "KEYS",
                command.module,
                command.node,
                brief(command.node.text()),
                "a set that lists the keys, or SCAN",
                f"it walks the whole keyspace while every client waits{one_node}",
            )
        elif command.name in command_keys.WALKS and clustered:
            yield row(
                survey,
                "SCAN",
                command.module,
                command.node,
                brief(command.node.text()),
                "a set that lists the keys, or cluster.nodes('master') one by one",
                "on a cluster it walks the keys of one node only",
            )
        elif command.name in command_keys.BLOCKING:
            yield row(
                survey,
                "Blocking command",
                command.module,
                command.node,
                brief(command.node.text()),
                "a connection of its own",
                "everything else on the connection waits behind it",
            )
