"""A change of one line that no kind of statement tells: what differs in it, and what it makes."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.model import Effect, EffectKind

_TOKEN = re.compile(
    r"[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*|\d[\w.]*|\"[^\"]*\"|'[^']*'"
    r"|[=!]==?|[<>]=|&&|\|\||\?\?|=>|->|:=|\*\*|//|\S"
)
_MAKES = re.compile(
    r"\s*(?:(?:const|let|var|final|val|private|public|static|export)\s+)*"
    r"(?P<name>[A-Za-z_$][\w$.]*)\s*(?::[^=]+)?:?=(?![=>])"
)
_LONGEST = 60
_ONE_STATEMENT = re.compile(
    r"[\w$.\[\]]+\s*(?:[-+|&]?=(?![=>])|\(|\+\+|--).*|(?:await|delete|del)\s\S.*"
)
"""An assignment or a call alone on its lines."""
_GUARDED = re.compile(
    r"if\s*(?:\((?P<when>.+?)\)\s*(?:\{(?P<braced>.+?)\}|(?P<bare>[^{].*))"
    r"|(?P<py>[^():]+):\s(?P<block>.+))"
)


def one_line(path: str, before: str, after: str) -> Effect | None:
    """Return the effect of a patch that changes one line in one place; None for any other.

    Its name is what the line sets, if it sets anything on both sides.
    """
    old, new = before.splitlines(), after.splitlines()
    if len(old) != len(new):
        return None
    lines = [at for at, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    if len(lines) != 1:
        return None
    was, now = old[lines[0]], new[lines[0]]
    parts = _differing(was, now)
    if parts is None or max(map(len, parts)) > _LONGEST:
        return None
    sets, still = _MAKES.match(was), _MAKES.match(now)
    name = sets["name"] if sets and still and sets["name"] == still["name"] else ""
    return Effect(EffectKind.OTHER, path, lines[0] + 1, name, before=parts[0], after=parts[1])


def guarded(path: str, before: str, after: str) -> Effect | None:
    """Return the effect of a patch that only puts a condition around one statement; else None.

    Its name is the statement, its ``when`` the condition; ``after`` says that it is a guard.
    """
    start, gone, written = _between(before.splitlines(), after.splitlines())
    was = " ".join(line.strip() for line in gone)
    now = " ".join(line.strip() for line in written)
    match = _GUARDED.fullmatch(now)
    runs = (match["braced"] or match["bare"] or match["block"] or "") if match else ""
    if match is None or not was or runs.strip(" ;") != was.strip(" ;"):
        return None
    when = (match["when"] or match["py"]).strip()
    return Effect(EffectKind.OTHER, path, start + 1, was.strip(" ;"), after="if", when=when)


def _differing(old: str, new: str) -> tuple[str, str] | None:
    """Return what stands between the tokens that both begin and end with; None for nothing."""
    tokens = [list(_TOKEN.finditer(line)) for line in (old, new)]
    start, was, now = _between(*([each[0] for each in line] for line in tokens))
    if not was or not now:
        return None
    shown = []
    for line, held, parts in zip((old, new), tokens, (was, now), strict=True):
        span = held[start : start + len(parts)]
        shown.append(line[span[0].start() : span[-1].end()])
    return shown[0], shown[1]


def _between(old: list[str], new: list[str]) -> tuple[int, list[str], list[str]]:
    """Return what stands between the pieces that both begin and end with, and where it begins."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, old[start : len(old) - end], new[start : len(new) - end]


def come_or_gone(path: str, before: str, after: str) -> Effect | None:
    """Return the effect of a patch that only writes a statement besides, or takes one away."""
    start, gone, written = _between(before.splitlines(), after.splitlines())
    if bool(gone) == bool(written):
        return None
    text = " ".join(" ".join(each.split()) for each in (gone or written)).rstrip(" ;")
    if not text or len(text) > _LONGEST or not _ONE_STATEMENT.fullmatch(text):
        return None
    return Effect(
        EffectKind.OTHER,
        path,
        start + 1,
        "",
        before=text if gone else "",
        after=text if written else "",
        when="besides",
    )


def one_part(path: str, old: SgNode, new: SgNode) -> Effect | None:
    """Return the effect of a patch that writes one part of a statement anew; None for any other.

    The part may take several lines; its name is what the statement sets.
    """
    before, after, name = old, new, ""
    while True:
        pairs = list(zip(before.children(), after.children(), strict=False))
        if len(before.children()) != len(after.children()) or not pairs:
            break
        other = [(a, b) for a, b in pairs if a.text() != b.text()]
        if len(other) != 1:
            break
        left = before.field("left") or before.field("name") or before.field("key")
        if left is not None and left.range() != other[0][0].range():
            name = " ".join(left.text().split())
        before, after = other[0]
    was, now = (" ".join(each.text().split()) for each in (before, after))
    if before.range() == old.range() or not was or not now or max(len(was), len(now)) > _LONGEST:
        return None
    return Effect(
        EffectKind.OTHER, path, before.range().start.line + 1, name, before=was, after=now
    )
