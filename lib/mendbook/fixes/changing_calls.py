"""Tell by their names which calls change something, and which share one connection."""

from __future__ import annotations

import re

_WRITES = {
    *("acquire", "add", "append", "apply", "assign", "attach", "authorize", "begin", "book"),
    *("cancel", "charge", "clear", "close", "commit", "confirm", "connect", "create", "deactivate"),
    *("debit", "decrement", "del", "delete", "destroy", "detach", "disable", "disconnect", "drop"),
    *("emit", "enable", "enqueue", "exec", "execute", "expire", "finish", "flush", "grant", "incr"),
    *("increment", "init", "initialize", "insert", "install", "invalidate", "issue", "join"),
    *("kill", "leave", "lock", "login", "logout", "mark", "merge", "migrate", "move", "notify"),
    *("open", "pay", "persist", "pop", "post", "prepare", "process", "publish", "purge", "push"),
    *("put", "queue", "rebuild", "record", "refresh", "refund", "register", "release", "remove"),
    *("rename", "replace", "reserve", "reset", "restart", "restore", "revoke", "rollback", "run"),
    *("save", "schedule", "seed", "send", "set", "setup", "sign", "start", "stop", "store"),
    *("submit", "subscribe", "sync", "transfer", "trigger", "truncate", "unlock", "unregister"),
    *("unsubscribe", "update", "upgrade", "upload", "upsert", "void", "wait", "write"),
}
_ONE_AT_A_TIME = {"tx", "trx", "txn", "transaction", "session", "cursor", "conn", "connection"}
"""What holds one connection, on which two questions at once are an error or wait anyway."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def changes_something(callee: str) -> str:
    """Return the word of ``callee`` (``store.saveDraft``) that says it writes, or nothing."""
    parts = _WORD.findall(callee.rpartition(".")[2])
    first = parts[0].lower() if parts else ""
    noun = first == "open" and len(parts) > 1
    return first if first in _WRITES and not noun else ""


def one_at_a_time(callee: str) -> str:
    """Return the receiver of ``callee`` that serves one question at a time, or nothing."""
    parts = callee.split(".")[:-1]
    return next((part for part in parts if part.lower().lstrip("_") in _ONE_AT_A_TIME), "")
