"""Say who owns a finding's files: CODEOWNERS, else who changed them most, else their domain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.model import Owner
from mendbook.repository.history import History
from mendbook.repository.snapshot import Snapshot

CODEOWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where GitHub looks, in its order; only the first file found counts."""

_ROOTS = {"src", "lib", "app", "apps", "packages", "server", "test", "tests", "__tests__"}
_GLOB = {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_GROUPS = {"domains", "domain", "modules", "features", "services"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a CODEOWNERS file; no owners means that nobody owns what it matches."""

    pattern: re.Pattern[str]
    owners: tuple[str, ...]
    source: str
    """``.github/CODEOWNERS:12``."""


def read_rules(snapshot: Snapshot) -> tuple[Rule, ...]:
    """Read the CODEOWNERS file that GitHub would use, if any.

    Lines that GitHub ignores (negation, character ranges) are ignored here too, see
    https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
    """
    path = next((path for path in CODEOWNERS if path in snapshot), None)
    if path is None:
        return ()
    rules = []
    for number, line in enumerate(snapshot.text(path).splitlines(), start=1):
        words = _words(line)
        if words and not words[0].startswith(("!", "[")) and "[" not in words[0]:
            rules.append(Rule(_compiled(words[0]), tuple(words[1:]), f"{path}:{number}"))
    return tuple(rules)


def owner_of(paths: Sequence[str], rules: Sequence[Rule], history: History) -> Owner:
    """Return the owner of ``paths``: by CODEOWNERS, else by history, else by path.

    Of several files the owner of most counts, the first of equals. A CODEOWNERS line without
    owners leaves the decision to the history.
    """
    matched = [rule for rule in (_last_match(path, rules) for path in paths) if rule is not None]
    if owned := [rule for rule in matched if rule.owners]:
        names = Counter(rule.owners for rule in owned).most_common(1)[0][0]
        source = next(rule.source for rule in owned if rule.owners == names)
        return Owner(", ".join(names), source)
    author = history.main_author(paths)
    if author is not None:
        name, own, total = author
        cut = "" if history.complete else ", history is cut off"
        return Owner(name, f"git history ({own} of {total} commits{cut})")
    teams = Counter(team for team in map(_team, paths) if team)
    return Owner(teams.most_common(1)[0][0] if teams else "maintainers", "path")


def _last_match(path: str, rules: Sequence[Rule]) -> Rule | None:
    return next((rule for rule in reversed(rules) if rule.pattern.match(path)), None)


def _team(path: str) -> str:
    """Return ``media-team`` for ``src/domains/media/…``; empty for a file at the top."""
    parts = list(PurePosixPath(path).parts)
    if not path.endswith("/"):
        parts = parts[:-1]
    while parts and parts[0] in _ROOTS | _GROUPS:
        parts = parts[1:]
    return f"{parts[0].lstrip('.').lower()}-team" if parts else ""


def _words(line: str) -> list[str]:
    """Split a line at blanks, up to a comment; an escaped blank or hash stands for itself."""
    words = re.findall(r"(?:\\.|[^\s\\])+", line.strip())
    kept: list[str] = []
    for word in words:
        if word.startswith("#"):
            break
        kept.append(re.sub(r"\\([ #])", r"\1", word))
    return kept


def _compiled(pattern: str) -> re.Pattern[str]:
    """Return the expression for a gitignore-style ``pattern``; ``*`` stays within a folder."""
    body = pattern.strip("/")
    anchored = "/" in pattern.rstrip("/")
    pieces = re.split(r"(\*\*/|/\*\*\Z|\*\*|\*|\?)", body)
    expression = "".join(_GLOB.get(piece, re.escape(piece)) for piece in pieces)
    start = "" if anchored else "(?:.*/)?"
    # docs/* owns the files of docs, not those of its folders; docs/ and docs own all below
    below = r"/.+" if pattern.endswith("/") else r"\Z" if body.endswith("/*") else r"(?:/.+)?"
    return re.compile(f"{start}{expression}{below}\\Z")
