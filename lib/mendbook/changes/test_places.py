"""Which test file a title belongs to: the unit's own, a near one, one that was measured, or new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from mendbook.changes.measured import lines_run
from mendbook.changes.notice import Witnesses
from mendbook.code.test_files import is_test
from mendbook.code.test_layout import Layout, has_runner
from mendbook.model import ChangeFacts, Finding, FindingFacts, ReferenceKind

_SHORT = 3
"""Letters of words that stand in too many names to say anything."""
_PATH = re.compile(r"[\w@.-]+(?:/[\w@.-]+)*\.[A-Za-z]\w*")
_ANY_FILE = {"index", "main", "init", "__init__", "mod"}
"""Names of files that say nothing of what they hold."""


def test_of(unit: str, near: str, ran: Sequence[str], facts: FindingFacts, layout: Layout) -> str:
    """Return the unit's own test if it is there, else one that runs its code, else a new one.

    Where tests were measured to run the code (``ran``), it is one of them.
    """
    own = layout.test_file(unit, facts.tests)
    if ran and own not in ran:
        return ran[0]
    if layout.exists(own):
        return own
    return near or _about(unit, facts, layout) or own


def _about(unit: str, facts: FindingFacts, layout: Layout) -> str:
    """Return the test that imports the unit and shares a word with its name; empty for none."""
    stem = PurePosixPath(unit).stem
    owner = facts.symbols[0].symbol if facts.symbols else ""
    named = owner.rpartition(".")[0] or owner if stem in _ANY_FILE else stem
    words = set(map(_alike, _words(named))) - _ANY_FILE
    importing = [
        path for path in facts.tests if layout.is_run(path) and layout.may_hold(path, unit)
    ]
    alike = {path: len(words & set(map(_alike, _words(path)))) for path in importing}
    return max(
        (path for path in importing if alike[path]), key=lambda each: alike[each], default=""
    )


def _words(path: str) -> list[str]:
    return [word for word in re.findall(r"[A-Za-z][a-z]+", path) if len(word) > _SHORT]


def _alike(word: str) -> str:
    """Return ``word`` in small letters and without the *s* of a plural."""
    return word.lower().rstrip("s")


def near_test(
    unit: str, change: ChangeFacts, facts: FindingFacts, layout: Layout, witnesses: Witnesses
) -> str:
    """Return an existing test that uses, names or requests what changes; empty for none.

    One that shares a word with the unit's name goes before others, of several the one that uses it
    most often.
    """
    several = [each.file for each in witnesses.of(change, facts)]
    run = [path for path in several if layout.is_run(path) and layout.may_hold(path, unit)]
    words = set(map(_alike, _words(PurePosixPath(unit).stem))) - _ANY_FILE
    about = [path for path in run if words & set(map(_alike, _words(path)))]
    uses = Counter(
        use.file
        for symbol in facts.symbols
        for use in symbol.references
        if use.test and use.kind is not ReferenceKind.IMPORT
    )
    return max(about, key=lambda path: uses[path], default=run[0] if run else "")


def measured_tests(facts: FindingFacts, layout: Layout, witnesses: Witnesses) -> tuple[str, ...]:
    """Return the test files that were measured to run the finding's lines."""
    ran = lines_run(facts, witnesses.covered, witnesses.snapshot)
    files = (test.file for test in ran.tests) if ran is not None else ()
    return tuple(dict.fromkeys(path for path in files if path and layout.is_run(path)))


def asked_file(finding: Finding) -> str:
    """Return the test file that the fix names; empty for none."""
    named = (path.removeprefix("./") for path in _PATH.findall(finding.fix))
    return next((path for path in named if has_runner(path) and is_test(path)), "")
