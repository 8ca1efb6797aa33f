"""What no fix may do, whoever made it: silence a check, drop a test, empty a body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from ast_grep_py import SgNode

from mendbook.code.line_runs import line_runs
from mendbook.code.search import known_kinds
from mendbook.code.test_files import is_test
from mendbook.code.tokens import grammar_of, tree_of
from mendbook.repository.snapshot import Snapshot

_SUPPRESSIONS = re.compile(
    r"eslint-disable|@ts-(?:ignore|nocheck|expect-error)|biome-ignore|#\s*noqa|#\s*nosec"
    r"|#\s*type:\s*ignore|#\s*pyright:\s*ignore|pylint:\s*disable|#\s*pragma:\s*no cover"
    r"|(?:istanbul|c8|v8) ignore|//\s*nolint|\bNOSONAR\b|@SuppressWarnings|rubocop:disable"
    r"|#!?\[allow\(|@phpstan-ignore|semgrep-ignore|nosemgrep|shellcheck disable|hadolint ignore"
)
_SKIPS = re.compile(
    r"\b(?:it|test|describe|suite)\.(?:skip|only|todo|fixme)\b|\bx(?:it|describe|test)\s*\("
    r"|@(?:pytest\.mark|unittest)\.(?:skip|xfail)\w*|\bpytest\.skip\(|@Disabled\b|@Ignore\b"
    r"|\bt\.Skip(?:Now)?\("
)
_TESTS = re.compile(
    r"(?<![\w.])(?:it|test)(?:\.each\b[^(]*\([^)]*\))?\s*\(|^\s*(?:async\s+)?def\s+test\w*|"
    r"^func\s+Test\w+|@Test\b",
    re.MULTILINE,
)
_BODIES = frozenset(
    {"statement_block", "block", "class_body", "declaration_list", "constructor_body"}
)
_BESIDE = 2
"""Lines around a change that a word of it may begin or end in."""
_NOTHING = re.compile(r"pass|\.\.\.|(?:[rRbBuU]{0,2})(\"{3}|'{3}|\"|').*\1", re.DOTALL)


def harms(before: Snapshot, edits: Mapping[str, str | None], claimed: str = "") -> Iterator[str]:
    """Yield what ``edits`` do to ``before`` that no fix may do, each as one clause of a sentence.

    ``claimed`` is the code that a contract says is added: what stands in it is no harm.
    """
    for path, text in edits.items():
        old, new = before.get(path) or "", text or ""
        yield from _silenced(path, old, new, claimed)
        if is_test(path) and (gone := _count(_TESTS, old) - _count(_TESTS, new)) > 0:
            yield f"it takes {gone} test{'s' * (gone > 1)} out of {path}"
        if text is not None and _emptied(path, old, new) > _bodies(path, claimed)[0]:
            yield f"it leaves a body in {path} empty"


def _silenced(path: str, old: str, new: str, claimed: str) -> Iterator[str]:
    old, new = _differing(old, new)
    for pattern, what in ((_SUPPRESSIONS, "silences a check"), (_SKIPS, "skips a test")):
        rose = Counter(_said(pattern, new)) - Counter(_said(pattern, old))
        for word in rose - Counter(_said(pattern, claimed)):
            yield f"it {what} in {path} ({word})"


def _differing(old: str, new: str) -> tuple[str, str]:
    """Return the lines of both texts that differ, with those next to them; others say the same."""
    runs = line_runs(old, new)
    return (
        _lines_at(old, [(run.old_start, run.old_end) for run in runs]),
        _lines_at(new, [(run.new_start, run.new_end) for run in runs]),
    )


def _lines_at(text: str, spans: Sequence[tuple[int, int]]) -> str:
    lines = text.split("\n")
    near = {at for first, end in spans for at in range(first - _BESIDE, end + _BESIDE)}
    kept = sorted(at for at in near if 0 <= at < len(lines))
    gaps = ("" if at - before == 1 else "\0" for before, at in pairwise([-1, *kept]))
    return "\n".join(f"{gap}{lines[at]}" for gap, at in zip(gaps, kept, strict=True))


@lru_cache(maxsize=1024)
def _said(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(" ".join(match.group().split()) for match in pattern.finditer(text))


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _emptied(path: str, old: str, new: str) -> int:
    """Return how many bodies that did something now do nothing."""
    (empty, full), (was_empty, was_full) = _bodies(path, new), _bodies(path, old)
    return min(empty - was_empty, was_full - full)


@lru_cache(maxsize=512)
def _bodies(path: str, text: str) -> tuple[int, int]:
    """Return how many bodies in ``text`` do nothing, and how many do something."""
    root = tree_of(path, text) if text else None
    if root is None:
        return 0, 0
    kinds = known_kinds(grammar_of(path) or "", _BODIES)
    bodies = root.find_all(any=[{"kind": kind} for kind in sorted(kinds)]) if kinds else []
    empty = sum(all(_NOTHING.fullmatch(part) for part in _statements(body)) for body in bodies)
    return empty, len(bodies) - empty


def _statements(body: SgNode) -> list[str]:
    return [each.text() for each in body.named_children() if "comment" not in each.kind()]
