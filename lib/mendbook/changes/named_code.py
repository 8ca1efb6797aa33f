"""Files that declare what a fix names: the type that it adds to, what it removes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.code.test_files import is_test
from mendbook.model import Finding, FindingFacts, SymbolStatus
from mendbook.repository.snapshot import Snapshot

_TYPES = re.compile(
    r"\b(?:to|in|from|on|of)\s+(?:both\s+)?((?:the\s+)?`?[A-Z]\w*[a-z]\w*`?"
    r"(?:(?:,\s+|\s+and\s+|,\s+and\s+)`?[A-Z]\w*[a-z]\w*`?)*)"
)
_NAME = re.compile(r"[A-Z]\w*")
_MEMBER = re.compile(
    r"(?<!as )(?<!like )\b(?:in|inside|into|from|to)\s+`?(?P<owner>[A-Z]\w*[a-z]\w*)(?:\.|::"
    r"|#)\w+\(\)`?"
)
_SHORT = 3
_AS_EXAMPLE = re.compile(r"(?i)\b(?:as|like|see|than|by|with)\s+(?:\w+\s+){0,3}$")
_REMOVES = re.compile(r"(?i)^\W*(?:remove|delete|drop)\s+(?:the\s+)?`?([\w$.:#]+)")
_ADDS = re.compile(r"(?i)^\W*(?:add|remove|delete|drop|move|put|declare|define|extend)\b")


def declaring_files(finding: Finding, facts: FindingFacts, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the files, beside those of the finding, whose code the fix says is to change."""
    files: dict[str, None] = {}
    for symbol in facts.symbols:
        if symbol.status is SymbolStatus.ELSEWHERE:
            files.update((each.file, None) for each in symbol.declarations)
    files.update((path, None) for path in _of_types(finding.fix, snapshot))
    files.update((path, None) for path in _of_members(finding.fix, snapshot))
    files.update((path, None) for path in _using_what_goes(finding, facts))
    return tuple(files)


def _of_types(fix: str, snapshot: Snapshot) -> Iterator[str]:
    """Yield the only file that declares each type which the fix adds to or removes from."""
    for sentence in re.split(r"(?<=[.;])\s+", fix):
        if _ADDS.match(sentence) is None:
            continue
        for match in _TYPES.finditer(sentence):
            if _AS_EXAMPLE.search(sentence[: match.start()]):
                continue
            for name in _NAME.findall(match[1]):
                yield from _only_file(name, snapshot) if len(name) > _SHORT else ()


def _of_members(fix: str, snapshot: Snapshot) -> Iterator[str]:
    """Yield the only file that declares the class whose method the fix says it is done in."""
    for match in _MEMBER.finditer(fix):
        if not _AS_EXAMPLE.search(fix[: match.start()]):
            yield from _only_file(match["owner"], snapshot)


def _only_file(name: str, snapshot: Snapshot) -> Iterator[str]:
    declared = re.compile(
        rf"\b(?:class|struct|interface|enum|trait|type|record|protocol|object)\s+{name}\b"
    )
    several = [
        path
        for path in snapshot.files
        if not is_test(path)
        and name in (text := snapshot.get(path) or "")
        and declared.search(text)
    ]
    if len(several) == 1:
        yield several[0]


def _using_what_goes(finding: Finding, facts: FindingFacts) -> Iterator[str]:
    """Yield the files, tests too, that use a symbol which the fix takes away."""
    removed = _REMOVES.match(finding.fix)
    for symbol in facts.symbols if removed is not None else ():
        if removed and re.split(r"\.|::|#", symbol.symbol)[-1] == removed[1].rpartition(".")[2]:
            yield from (use.file for use in symbol.references)
