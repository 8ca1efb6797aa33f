"""The order in which a reader wants a patch's files: what is mended before what tests it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from mendbook.code.test_files import is_test, is_test_data

_FILES = re.compile(r"^(?=diff --git )", re.MULTILINE)
_PATH = re.compile(r'diff --git .* "?b/(.+?)"?$')
_PROSE = frozenset({".md", ".mdx", ".rst", ".adoc", ".txt"})
_LOCKS = frozenset(
    {
        "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock",
        "poetry.lock", "uv.lock", "Pipfile.lock", "Cargo.lock", "go.sum", "Gemfile.lock",
        "composer.lock", "gradle.lockfile", "packages.lock.json", "mix.lock", "pubspec.lock",
    }
)  # fmt: skip


def in_reading_order(diff: str) -> str:
    """Return ``diff`` with code and settings first, then documents, tests and lock files.

    The files keep git's order within each of these. No hunk changes, so it applies as ``diff``
    does. What is not in git's form stays as it is.
    """
    head, *files = _FILES.split(diff)
    if len(files) < 2 or not all(each.endswith("\n") for each in files):
        return diff
    return head + "".join(sorted(files, key=_rank))


def reading_rank(path: str) -> int:
    """Return the place of a path's kind: 0 code and settings, 1 documents, 2 tests, 3 locks."""
    named = PurePosixPath(path)
    if named.name in _LOCKS:
        return 3
    if is_test(path) or is_test_data(path):
        return 2
    return 1 if named.suffix.lower() in _PROSE else 0


def _rank(file: str) -> int:
    match = _PATH.match(file.partition("\n")[0])
    return reading_rank(match[1]) if match else 0
