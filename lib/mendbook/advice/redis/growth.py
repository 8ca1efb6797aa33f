"""Families of keys that only grow: without expiry, and lists that nothing takes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import brief, where
from mendbook.advice.redis import command_keys
from mendbook.advice.redis.commands import Command
from mendbook.advice.redis.keys import shape
from mendbook.advice.redis.queues import PUSHES, queues, trimmed
from mendbook.advice.rows import row
from mendbook.model import AdviceRow

_SCRIPTS = frozenset(name.upper() for name in command_keys.SCRIPTS)
_DELETES = frozenset({"del", "unlink", "getdel"})


def rows(survey: Survey, sent: Sequence[Command]) -> Iterator[AdviceRow]:
    """Yield each family that can only grow, with what would bound it.

    A queue is never told to expire: what waits in it must not be lost. A single key for ever is no
    growth by itself, unless it is a list that is only ever added to.
    """
    mortal = {shape(key) for command in sent if command.expiring for key in command.keys}
    work, cut = queues(sent), trimmed(sent)
    deleted = _first(sent, _DELETES)
    # what a script does with a key that it is given is not always seen: it may take from it
    given = {shape(key) for one in sent if one.name.upper() in _SCRIPTS for key in one.keys}
    for family, writers in _written(sent).items():
        if family in mortal or family in work or not family.strip("*"):
            continue
        lists = any(one.name in PUSHES for one in writers)
        if "*" not in family:
            if lists and family not in cut | given and family not in deleted:
                yield _endless(survey, family, writers)
            continue
        yield _lasting(survey, family, writers, deleted.get(family))


def _written(sent: Sequence[Command]) -> dict[str, list[Command]]:
    written: dict[str, list[Command]] = defaultdict(list)
    for command in sent:
        for key in command.keys if command.lasting else ():
            written[shape(key)].append(command)
    return written


def _first(sent: Sequence[Command], names: frozenset[str]) -> dict[str, Command]:
    by_shape: dict[str, Command] = {}
    for command in sent:
        if command.name in names:
            for key in command.keys:
                by_shape.setdefault(shape(key), command)
    return by_shape


def _endless(survey: Survey, family: str, writers: Sequence[Command]) -> AdviceRow:
    first = writers[0]
    return row(
        survey,
        f"Growth of {family}",
        first.module,
        first.node,
        brief(f"{_names(writers)}; nothing takes from it or cuts it"),
        "a reader that removes what it has handled, or a cut where old entries may go; no expiry, "
        "which would drop them all at once",
        "one key that grows with every entry",
    )


def _lasting(
    survey: Survey, family: str, writers: Sequence[Command], delete: Command | None
) -> AdviceRow:
    first = writers[0]
    others = [where(one.module, one.node) for one in writers[1:]]
    more = f"; also at {', '.join(map(str, dict.fromkeys(others)))}" if others else ""
    gone = f"; deleted at {where(delete.module, delete.node)}" if delete is not None else ""
    return row(
        survey,
        f"Time to live of {family}",
        first.module,
        first.node,
        brief(f"{_names(writers)} without expiry{gone}{more}"),
        "an expiry renewed on use, as a net for what a crash leaves behind"
        if delete is not None
        else "an expiry renewed on use, or a written reason why not",
        "a process that ends before the deletion leaves the key for good"
        if delete is not None
        else "what nobody deletes fills memory, and eviction hits the wrong keys",
    )


def _names(writers: Sequence[Command]) -> str:
    return ", ".join(dict.fromkeys(one.name.upper() for one in writers))
