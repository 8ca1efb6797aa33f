"""State that a finding's place changes, and who else reads or changes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import PurePosixPath

from mendbook.changes.syntax_kinds import kinds_of
from mendbook.changes.today import At, Today, named
from mendbook.code.switches import case_of
from mendbook.code.test_files import is_test
from mendbook.code.word_index import words_of
from mendbook.model import Finding, FindingFacts, Said
from mendbook.repository.snapshot import Snapshot

_MUTATES = (
    r"(?:\s*(?:=(?![=>])|\+=|-=|\|\|=|\?\?=|\+\+|--)"
    r"|\.(?:push|unshift|pop|shift|splice|set|add|delete|clear|append|appendleft|extend|insert"
    r"|remove|discard|update|setdefault|popitem|put|putIfAbsent|fill|sort|reverse)\("
    r"|\.length\s*=(?!=)|\[[^\]\n]*\]\s*(?:=(?![=>])|\+=|-=))"
)
"""What stands behind a name whose value, or what it holds, is changed."""
_CHANGED = re.compile(rf"[\w)\]]\??\.(?P<member>[A-Za-z_]\w*){_MUTATES}")
_TARGETS = re.compile(r"\s*[(\[]?\s*[\w.$]+(?:\s*,\s*[\w.$]+)+\s*[)\]]?\s*:?=(?!=)")
"""Several names on the left of one assignment."""
_ORDERED = re.compile(
    r"(?i)\b(?:set|keep|clear|reset|empty|cap|limit|bound|trim|truncate|delete|remove|initiali[sz]e"
    r"|update|store|increment|decrement)\b[^.;,]*?`?(?:[A-Za-z_$]\w*\.)+(?P<member>[A-Za-z_]\w*)`?(?![\w(])"
)
"""A member that a fix wants changed."""
_REMADE = re.compile(r"(?i)\b(?:change|turn|convert)\s+`?(?P<member>[A-Za-z_]\w*)`?\s+(?:in)?to\b")
"""State that a fix wants to hold something else."""
_DISTINCT = re.compile(r"[a-z0-9][A-Z]|\w_\w")
_SHORT = 6
"""Letters below which a name of two parts may still be anybody's."""
_MANY = 14
"""Places from which a name is too common to tell anything."""
_SHOWN = 3
_KIN = (
    frozenset({".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs", ".vue", ".svelte"}),
    frozenset({".py"}),
    frozenset({".go"}),
    frozenset({".java", ".kt"}),
    frozenset({".cs"}),
    frozenset({".rs"}),
)


def shared_state(finding: Finding, facts: FindingFacts, today: Today) -> Said | None:
    """Say where the state that the place changes is read and changed besides; None for nowhere.

    It is found by the name of a member that is distinct enough to be meant wherever it stands.
    """
    for member in dict.fromkeys(_members(finding)):
        users = list(islice(_users(member, facts, today), _MANY + 1))
        if 0 < len(users) <= _MANY:
            reads = _by_function(at for at, changes in users if not changes)
            writes = _by_function(at for at, changes in users if changes)
            parts = [f"read in {named(reads, _SHOWN)}"] if reads else []
            parts += [f"changed in {named(writes, _SHOWN)}"] if writes else []
            words = f"`{member}` is also {' and '.join(parts)}."
            return Said(words, tuple(at.place for at, _ in users))
    return None


def _by_function(users: Iterable[At]) -> list[At]:
    """Return each function once, with the first of its lines."""
    first: dict[tuple[str, str], At] = {}
    for at in users:
        first.setdefault((at.name or str(at.line), at.file), at)
    return list(first.values())


def _members(finding: Finding) -> Iterator[str]:
    """Yield the members that the quoted code changes, or that the fix wants changed."""
    told = ((_CHANGED, finding.evidence), (_ORDERED, finding.fix), (_REMADE, finding.fix))
    for pattern, text in told:
        for match in pattern.finditer(text):
            name = match["member"]
            if _DISTINCT.search(name) and len(name) > _SHORT:
                yield name


def _users(member: str, facts: FindingFacts, today: Today) -> Iterator[tuple[At, bool]]:
    """Yield each line outside of the place that uses ``member``, and whether it changes it."""
    used = re.compile(rf"[\w)\]]\??\.{re.escape(member)}(?![\w(])(?P<changes>{_MUTATES})?")
    own, place = facts.evidence.file, facts.evidence.line or 0
    last = facts.evidence.end_line or place
    for path in _files(member, own, today.snapshot):
        for number, line in enumerate(today.snapshot.text(path).splitlines(), start=1):
            match = used.search(line) if member in line else None
            if match is None or _is_comment(line) or (path == own and place <= number <= last):
                continue
            case = case_of(path, today.snapshot.text(path), number)
            name = f"case {case[0]}" if case is not None else today.function_at(path, number)
            changes = bool(match["changes"]) or _is_target(line, match.end())
            yield At(name, path, number, bare=case is not None), changes


def _files(member: str, own: str, snapshot: Snapshot) -> Sequence[str]:
    """Return the files of the language, tests left out, that hold ``member``, the own first."""
    suffix = PurePosixPath(own).suffix
    kin = next((each for each in _KIN if suffix in each), frozenset({suffix}))
    several = words_of(snapshot).holding(member, _sources(snapshot, kin))
    return sorted(several, key=lambda path: (path != own, path))


@lru_cache(maxsize=16)
def _sources(snapshot: Snapshot, kin: frozenset[str]) -> tuple[str, ...]:
    """Return the files of the suffixes ``kin`` whose code is read here, tests left out."""
    return tuple(
        path
        for path in snapshot.files
        if PurePosixPath(path).suffix in kin and not is_test(path) and kinds_of(path) is not None
    )


def _is_target(line: str, end: int) -> bool:
    """Tell whether what ends at ``end`` is one of several names that a line gives values to."""
    targets = _TARGETS.match(line)
    return targets is not None and end <= targets.end()


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith(("//", "#", "*", "/*"))
