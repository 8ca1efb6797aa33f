"""Which versions of a language the target asks for, and the files that it starts from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from mendbook.model import Citation, Fact
from mendbook.repository.snapshot import Snapshot

_VERSIONS: tuple[tuple[str, str, str], ...] = (
    ("Python Version", "pyproject.toml", r"^(?:requires-python|python)\s*=\s*[\"']([^\"']+)"),
    ("Python Version", ".python-version", r"^\s*([\d.]+)"),
    ("Python Version", "setup.cfg", r"^python_requires\s*=\s*(\S+)"),
    ("Python Version", "setup.py", r"python_requires\s*=\s*[\"']([^\"']+)"),
    ("Python Version", "Pipfile", r"^python_version\s*=\s*\"([^\"]+)"),
    ("Python Version", "runtime.txt", r"^python-([\d.]+)"),
    ("Go Version", "go.mod", r"^go\s+(\d[\w.]*)"),
    ("Rust Version", "Cargo.toml", r"^rust-version\s*=\s*\"([^\"]+)"),
    ("Rust Version", "rust-toolchain.toml", r"^channel\s*=\s*\"([^\"]+)"),
    (
        "Java Version",
        "pom.xml",
        r"<(?:java\.version|maven\.compiler\.(?:release|source))>([^<$]+)<",
    ),
    ("Java Version", "build.gradle", r"JavaLanguageVersion\.of\((\d+)\)"),
    ("Java Version", "build.gradle.kts", r"JavaLanguageVersion\.of\((\d+)\)"),
    ("PHP Version", "composer.json", r"\"php\"\s*:\s*\"([^\"]+)"),
    ("Ruby Version", "Gemfile", r"^ruby\s+[\"']([^\"']+)"),
    ("Ruby Version", ".ruby-version", r"^\s*(?:ruby-)?([\d.]+)"),
    (".NET Version", "global.json", r"\"version\"\s*:\s*\"([^\"]+)"),
)
"""Row, file, and the pattern of the version in it; of each row the first one there counts."""
_STARTS: tuple[tuple[str, str], ...] = (
    (r"(^|/)manage\.py$", r"django|execute_from_command_line"),
    (r"\.py$", r"^[ \t]*(?:\w+)\s*(?::\s*\w+\s*)?=\s*(?:FastAPI|Flask|Litestar|Starlette)\("),
    (r"\.go$", r"^package main$"),
    (r"(^|/)src/main\.rs$", r"^\s*(?:async\s+)?fn main\("),
    (r"\.(java|kt)$", r"@SpringBootApplication"),
    (r"(^|/)Program\.cs$", r"WebApplication|static .*Main\("),
    (r"(^|/)config\.ru$", r"run "),
    (r"(^|/)public/index\.php$", r"."),
)
"""Patterns of a file's path and of what stands in one that a program starts from."""
_ASIDE = re.compile(r"(^|/)(tests?|examples?|docs?|node_modules|vendor|fixtures|scripts)/")
_SHOWN = 5


def language_versions(snapshot: Snapshot) -> Iterator[Fact]:
    """Yield the versions of languages that the target asks for, each with its line."""
    told: set[str] = set()
    for row, path, pattern in _VERSIONS:
        text = snapshot.get(path)
        match = re.search(pattern, text, re.MULTILINE) if text and row not in told else None
        if text and match is not None:
            told.add(row)
            line = text.count("\n", 0, match.start()) + 1
            yield Fact(row, f"requires {match[1].strip()}", (Citation(path, line),))


def entry_points(snapshot: Snapshot) -> Fact | None:
    """Return the files that the target starts from, as scripts, manifests and code say."""
    entries = dict(_of_node(snapshot))
    for path in snapshot.files:
        if _ASIDE.search(path):
            continue
        for spelled, held in _STARTS:
            if re.search(spelled, path):
                place = re.search(held, snapshot.text(path), re.MULTILINE)
                if place is not None:
                    line = snapshot.text(path).count("\n", 0, place.start()) + 1
                    entries.setdefault(path, Citation(path, line))
    if not entries:
        return None
    shown = list(entries)[:_SHOWN]
    more = f" and {len(entries) - _SHOWN} more" if len(entries) > _SHOWN else ""
    return Fact("Entry Points", f"{', '.join(shown)}{more}", tuple(entries[one] for one in shown))


def _of_node(snapshot: Snapshot) -> Iterator[tuple[str, Citation]]:
    """Yield what the scripts ``start`` and ``dev`` and the field ``main`` of a manifest name."""
    text = snapshot.get("package.json") or ""
    patterns = (
        r'"start"\s*:\s*"[^"]*?\b(?:node|tsx|ts-node)\s+(?:-\S+\s+)*([\w./-]+\.[cm]?[jt]s)',
        r'"main"\s*:\s*"([^"]+)"',
    )
    for pattern in patterns:
        match = re.search(pattern, text)
        if match is not None:
            path = str(PurePosixPath(match[1]))
            yield path, Citation("package.json", text.count("\n", 0, match.start()) + 1)
