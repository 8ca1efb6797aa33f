"""Names of methods that objects of the language have too: a call of one may mean any of them."""

from __future__ import annotations

import datetime
import io
import pathlib
import queue
import threading

from mendbook.code.references.python.records import Holds, Receiver

_COMMON = {
    *(name for kind in (str, dict, list, set) for name in dir(kind)),
    *("all", "filter", "first", "save", "delete", "commit", "close", "read", "write", "execute"),
    *("open", "send", "run", "start", "stop", "connect", "query", "create", "objects", "url"),
}
_STANDARD = {
    name
    for kind in (
        *(pathlib.Path, io.TextIOWrapper, datetime.datetime, threading.Thread, threading.Event),
        queue.Queue,
    )
    for name in dir(kind)
} | {"communicate", "kill", "poll", "send_signal", "terminate", "wait"}
"""The last ones are those of a process."""
_SHORT = 3
"""Letters of a receiver's name that is like many others."""


def is_common(name: str) -> bool:
    """Tell whether a member is called so by most programs: a use of it says nothing."""
    return name in _COMMON or name.startswith("__")


def is_standard(name: str) -> bool:
    """Tell whether paths, files, times, threads, queues or processes have a member ``name``."""
    return name in _STANDARD


def may_be(receiver: Receiver | None, owner: str) -> bool:
    """Tell whether what a member is taken of is called like the class ``owner``.

    ``config.backend`` may be a ``BackendProxy``; ``paths["wheel"]`` says nothing of one.
    """
    if receiver is None or receiver.holds is Holds.UNKNOWN:
        return False
    called = (receiver.member or receiver.name).rpartition(".")[2].lower().replace("_", "")
    kind = owner.rpartition(".")[2].lower()
    return len(called) > _SHORT and (called in kind or kind in called)
