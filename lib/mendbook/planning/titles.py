"""Name a pull request by what its findings ask for, as a conventional commit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.model import Finding, Proposal
from mendbook.patches.plain import visible

WIDTH = 72
_TAIL = re.compile(
    r"(?:[.;]\s|\s[—–]\s|\s\(|,\s|:\s|\bor\s|\s(?:and|so that|because|which)\s).*", re.S
)
_THIS = re.compile(r"(?i)\b(?:this|the) (?:method|function|class|code|file|check|line|field)\b")


def headline(finding: Finding, proposal: Proposal | None) -> str:
    """Return what is done about ``finding``, as an imperative phrase without a full stop."""
    said = proposal.summary if proposal is not None else finding.fix
    return _uncapitalised(_plain(said) or _plain(finding.problem) or finding.id)


def title(kind: str, scope: str, headlines: Sequence[tuple[str, str]]) -> str:
    """Return ``kind(scope): …`` of at most 72 characters for ``(headline, symbol)`` pairs.

    As many headlines as fit stand in it, each cut to its first clause where there are several;
    the rest are counted.
    """
    prefix = f"{kind}({scope}): " if scope else f"{kind}: "
    room = WIDTH - len(prefix)
    if len(headlines) == 1:
        (whole, symbol), *_ = headlines
        return prefix + (whole if len(whole) <= room else _cut(_clause(whole, symbol), room))
    clauses = list(dict.fromkeys(_clause(*each) for each in headlines))
    for taken in range(len(clauses), 0, -1):
        joined = _joined(clauses[:taken], len(clauses) - taken)
        if len(joined) <= room:
            return prefix + joined
    rest = f" and {len(clauses) - 1} more" if len(clauses) > 1 else ""
    return prefix + _cut(clauses[0], room - len(rest)) + rest


def _clause(text: str, symbol: str) -> str:
    first = _TAIL.sub("", text).strip() or text
    return _THIS.sub(lambda _: symbol, first) if symbol else first


def _joined(clauses: Sequence[str], left_out: int) -> str:
    if left_out:
        return f"{', '.join(clauses)} and {left_out} more"
    if len(clauses) == 1:
        return clauses[0]
    return f"{', '.join(clauses[:-1])} and {clauses[-1]}"


def _cut(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    head = text[: room - 1]
    if text[room - 1] != " " and " " in head[room // 2 :]:
        head = head.rpartition(" ")[0]
    return head.rstrip(" ,;:(") + "…"


def _plain(text: str) -> str:
    return " ".join(visible(text).split()).replace("`", "").rstrip(".")


def _uncapitalised(text: str) -> str:
    """Lower the first letter of a plain word; ``Redis`` stays only where it is not a verb."""
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first[1:].islower() or len(first) == 1 else text
