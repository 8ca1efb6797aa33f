"""Tell a patch that only gives a name another spelling from one that changes what code does."""

from __future__ import annotations

import re

from mendbook.changes.syntax_kinds import kinds_of
from mendbook.model import Effect, EffectKind, Proposal
from mendbook.repository.snapshot import Snapshot

_TOKENS = re.compile(r"[A-Za-z_$][\w$]*|\d[\w.]*|\s+|.", re.S)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


def renaming(proposal: Proposal, snapshot: Snapshot) -> Effect | None:
    """Return the one name that ``proposal`` spells otherwise everywhere; None for any other change.

    Texts are compared token by token, strings and comments too; only whitespace is free. A file
    that comes, goes or is in a language not read makes it another change.
    """
    pairs: dict[str, str] = {}
    for path, after in sorted(proposal.edits.items()):
        before = snapshot.get(path)
        if before is None or after is None or kinds_of(path) is None:
            return None
        old, new = _tokens(before), _tokens(after)
        if len(old) != len(new):
            return None
        for was, now in zip(old, new, strict=True):
            if was == now:
                continue
            if not (_NAME.fullmatch(was) and _NAME.fullmatch(now)):
                return None
            if pairs.setdefault(was, now) != now or len(pairs) > 1:
                return None
    if not pairs:
        return None
    ((old_name, new_name),) = pairs.items()
    if any(new_name in _words(snapshot.text(path)) for path in proposal.edits):
        return None
    home = _declaring(proposal, snapshot, old_name)
    if home is None:
        return None
    return Effect(EffectKind.RENAME, *home, old_name, "", old_name, new_name)


def _tokens(text: str) -> list[str]:
    return [token for token in _TOKENS.findall(text) if not token.isspace()]


def _words(text: str) -> frozenset[str]:
    return frozenset(_NAME.findall(text))


def _declaring(proposal: Proposal, snapshot: Snapshot, name: str) -> tuple[str, int] | None:
    """Return where the edited files declare ``name``."""
    own = re.compile(
        rf"\b(?:function\*?|class|const|let|var|def|interface|type|enum|func)\s+{re.escape(name)}\b"
    )
    for path in sorted(proposal.edits):
        for number, line in enumerate(snapshot.text(path).splitlines(), start=1):
            if own.search(line):
                return path, number
    return None
