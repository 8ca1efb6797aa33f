"""Tell a patch that only gives a name to a literal from one that changes a value."""

from __future__ import annotations

import re

from mendbook.changes.syntax_kinds import kinds_of
from mendbook.model import Effect, EffectKind, Proposal
from mendbook.repository.snapshot import Snapshot

_TOKENS = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|[A-Za-z_$][\w$]*|\d[\w.]*|\s+|.", re.S)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_DECLARED = re.compile(
    r"^[ \t]*(?:[\w<>\[\]]+ )*(?P<name>[A-Za-z_$][\w$]*)(?:\s*:\s*[\w<>\[\]. ]+)?(?: [\w.]+)?"
    r"\s*:?=\s*(?P<value>\"[^\"\n]*\"|'[^'\n]*'|-?\d[\w.]*)\s*;?[ \t]*$",
    re.M,
)
"""A line that declares a name with a literal, in any of the languages that are read."""


def naming(proposal: Proposal, snapshot: Snapshot) -> Effect | None:
    """Return the one literal that ``proposal`` gives a name; None for any other change.

    With the declaration left out and the name replaced by its value, the file must be what it was,
    token by token; only whitespace is free.
    """
    if len(proposal.edits) != 1:
        return None
    ((path, after),) = proposal.edits.items()
    before = snapshot.get(path)
    if before is None or after is None or kinds_of(path) is None:
        return None
    known = set(_NAME.findall(before))
    for match in _DECLARED.finditer(after):
        name, value = match["name"], match["value"]
        if name in known:
            continue
        rest = after[: match.start()] + after[match.end() :]
        spelled = [value if token == name else token for token in _tokens(rest)]
        if name in _tokens(rest) and _alike(spelled, _tokens(before)):
            line = after.count("\n", 0, match.start("name")) + 1
            return Effect(EffectKind.NAMING, path, line, name, "", "", value)
    return None


def _tokens(text: str) -> list[str]:
    return [token for token in _TOKENS.findall(text) if not token.isspace()]


def _alike(left: list[str], right: list[str]) -> bool:
    """Tell whether two texts have the same tokens, whichever quotes their literals stand in."""
    return [_unquoted(each) for each in left] == [_unquoted(each) for each in right]


def _unquoted(token: str) -> str:
    quoted = len(token) > 1 and token[0] == token[-1] and token[0] in "'\""
    return f'"{token[1:-1]}"' if quoted else token
