"""Who would notice a mistake in a change: tests that name the code, and what it logs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mendbook.model import ChangeFacts, Effect, EffectKind, FindingFacts, Reference
from mendbook.repository.snapshot import Snapshot
from mendbook.text.phrasing import listed

_MOST = 3
_SHORT = 3
"""Names of fewer letters stand in too many lines to say anything."""
_NAMED = {
    EffectKind.DECLARATION,
    EffectKind.EXPORT,
    EffectKind.SIGNATURE,
    EffectKind.ASYNC,
    EffectKind.VALUE,
}
"""Kinds whose name is of the target; what an exit or a call names may be anybody's."""
_LAST_NAME = re.compile(r"[A-Za-z_$][\w$]*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A line of a test that names what changes."""

    file: str
    line: int
    name: str


def changing_names(change: ChangeFacts, facts: FindingFacts) -> tuple[str, ...]:
    """Return the plain names of what changes: by the patch, else the symbols of the finding."""
    if change.effects:
        said = [name for effect in change.effects for name in _names(effect)]
    else:
        said = [symbol.symbol for symbol in facts.symbols if symbol.declarations]
    plain = [match[0] for name in said if (match := _LAST_NAME.search(name.rstrip(")")))]
    return tuple(dict.fromkeys(name for name in plain if len(name) > _SHORT))


def mentions(tests: Iterable[str], names: Sequence[str], snapshot: Snapshot) -> tuple[Mention, ...]:
    """Return the first line of each test file that names one of ``names``, imports left out."""
    if not names:
        return ()
    pattern = re.compile(rf"(?<![\w$])(?:{'|'.join(map(re.escape, names))})(?![\w$])")
    found = (_first(path, snapshot.get(path) or "", pattern) for path in tests)
    return tuple(each for each in found if each is not None)


def who_notices(
    change: ChangeFacts, facts: FindingFacts, uses: Sequence[Reference], snapshot: Snapshot
) -> str:
    """Return one sentence: which tests name what changes, by line, or that none does."""
    names = changing_names(change, facts)
    naming = mentions(_tests(facts, uses), names, snapshot)
    if naming:
        shown = [f"{each.file}:{each.line} (`{each.name}`)" for each in naming[:_MOST]]
        more = f" and {len(naming) - _MOST} more test files" if len(naming) > _MOST else ""
        verb = "names" if len(naming) == 1 else "name"
        return f"{listed(shown)}{more} {verb} it and would notice."
    if facts.tests:
        files = listed(list(facts.tests[:_MOST]))
        verb = "imports" if len(facts.tests) == 1 else "import"
        none = f"; none names {listed([f'`{name}`' for name in names[:_MOST]])}" if names else ""
        return f"{files} {verb} the file{none}."
    if not names:
        return ""
    return f"No test names {listed([f'`{name}`' for name in names[:_MOST]])}."


def _tests(facts: FindingFacts, uses: Sequence[Reference]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*facts.tests, *(use.file for use in uses if use.test)]))


def _names(effect: Effect) -> tuple[str, ...]:
    own = (effect.name,) if effect.kind in _NAMED else ()
    return (effect.inside, *own) if effect.inside else own


def _first(path: str, text: str, pattern: re.Pattern[str]) -> Mention | None:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith(("import ", "from ", "//", "#", "*", "jest.mock", "vi.mock")):
            continue
        if match := pattern.search(line):
            return Mention(path, number, match[0])
    return None
