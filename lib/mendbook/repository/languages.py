"""Which languages the target is written in, by their share of its lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.repository.snapshot import Snapshot

LANGUAGES: dict[str, tuple[str, ...]] = {
    "TypeScript": (".ts", ".tsx", ".mts", ".cts"),
    "JavaScript": (".js", ".jsx", ".mjs", ".cjs"),
    "Vue": (".vue",),
    "Svelte": (".svelte",),
    "Python": (".py",),
    "Go": (".go",),
    "Rust": (".rs",),
    "Java": (".java",),
    "Kotlin": (".kt", ".kts"),
    "Scala": (".scala",),
    "C#": (".cs",),
    "F#": (".fs",),
    "PHP": (".php",),
    "Ruby": (".rb",),
    "Swift": (".swift",),
    "Dart": (".dart",),
    "Elixir": (".ex", ".exs"),
    "C": (".c", ".h"),
    "C++": (".cc", ".cpp", ".cxx", ".hpp", ".hh"),
    "Shell": (".sh", ".bash"),
    "SQL": (".sql",),
    "Terraform": (".tf",),
}
"""Language to the suffixes of its files."""
_OF = {suffix: name for name, suffixes in LANGUAGES.items() for suffix in suffixes}
_FOREIGN = re.compile(r"(^|/)(node_modules|vendor|third_party|dist|build|\.venv|venv|generated)/")
_MINIFIED = re.compile(r"\.min\.(js|css)$|\.d\.[cm]?ts$")


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the target."""

    name: str
    share: float
    """Of the lines of source, 0..1."""
    files: int
    example: str
    """Its first file."""


def language_of(path: str) -> str:
    """Return the language of the file at ``path``, empty for anything else."""
    return _OF.get(PurePosixPath(path).suffix, "")


def languages(snapshot: Snapshot) -> tuple[Language, ...]:
    """Return the languages of the target's own source, the largest share first."""
    lines: Counter[str] = Counter()
    files: Counter[str] = Counter()
    first: dict[str, str] = {}
    for path in snapshot.files:
        name = language_of(path)
        if not name or _FOREIGN.search(path) or _MINIFIED.search(path):
            continue
        lines[name] += snapshot.text(path).count("\n") + 1
        files[name] += 1
        first.setdefault(name, path)
    total = lines.total()
    return tuple(
        Language(name, count / total, files[name], first[name])
        for name, count in lines.most_common()
    )
