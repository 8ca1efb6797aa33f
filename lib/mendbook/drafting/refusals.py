"""What no draft may do, each refused by name; a person may still do it by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mendbook.code.left_alone import left_alone
from mendbook.drafting.reach import Reach
from mendbook.errors import PatchError
from mendbook.fixes.task import Task
from mendbook.proving.harm import harms
from mendbook.proving.vet_diff import refuse_forbidden, subjects
from mendbook.text.plain import one_line

_NAMED = (
    (
        "a lock file",
        re.compile(
            r"(?:^|/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock"
            r"|bun\.lockb?|deno\.lock|poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|cargo\.lock"
            r"|requirements\.lock|go\.sum|composer\.lock|gemfile\.lock|packages\.lock\.json"
            r"|gradle\.lockfile|mix\.lock|flake\.lock)$"
        ),
    ),
    (
        "agent configuration",
        re.compile(
            r"(?:^|/)(?:claude|agents?|gemini|copilot-instructions|skill)\.md$"
            r"|(?:^|/)\.(?:claude|codex|gemini|cursor|windsurf|opencode|continue|roo|junie|amp)/"
            r"|(?:^|/)\.(?:cursor|windsurf|cline)rules$|(?:^|/)\.?mcp\.json$|(?:^|/)\.aider[^/]*$"
            r"|(?:^|/)opencode\.jsonc?$|(?:^|/)\.(?:vscode|idea|devcontainer)/"
        ),
    ),
    (
        "CI configuration",
        re.compile(
            r"(?:^|/)\.(?:github|circleci|buildkite|woodpecker|ci)/|(?:^|/)\.(?:gitlab-ci|travis"
            r"|drone)\.yml$|(?:^|/)(?:azure|bitbucket)-pipelines\.ya?ml$|(?:^|/)jenkinsfile$"
        ),
    ),
    (
        "a hook",
        re.compile(
            r"(?:^|/)(?:\.husky|\.?githooks|\.?hooks|\.lefthook)/[^./]+$|(?:^|/)(?:lefthook\.ya?ml"
            r"|\.pre-commit-config\.ya?ml)$|(?:^|/)\.git/"
        ),
    ),
)
"""What a path is called, and its lower-case spellings."""
_OWN = {"CI configuration", "a hook"}
"""May be edited where the finding is about the very file, without what would run or reach out."""
_POWERS = re.compile(
    r"^\s*(?:-\s*)?(?:run|permissions|env|secrets|image|uses|entry|script)\s*:|secrets\.|https?://"
    r"|\bcurl\b|\bwget\b|\bwrite-all\b",
    re.MULTILINE | re.IGNORECASE,
)


class Refused(PatchError):
    """A refusal of a draft, with the name of what it must not do."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name


def refuse(edits: Mapping[str, str | None], task: Task, reach: Reach) -> None:
    """Raise ``Refused`` where ``edits`` do what no draft may do."""
    about = subjects(task.finding, task.facts)
    for path, text in edits.items():
        _refuse_path(path, text, task, about)
        if said := left_alone(task.snapshot, path):
            raise Refused("a file that is not edited by hand", said)
        if not reach.holds(path, path in task.snapshot):
            shown = one_line(path, 120)
            raise Refused("a file outside its reach", f"{shown} is outside the finding's reach")
    try:
        refuse_forbidden(edits, task.snapshot, about)
    except PatchError as error:
        raise Refused("a forbidden file", str(error)) from error
    for harm in harms(task.snapshot, edits):
        raise Refused(_harm(harm), f"{harm}, which no fix may do")


def refused_path(path: str) -> str:
    """Return by what name an edit of ``path`` is refused; empty where none is for its path."""
    return next((name for name, pattern in _NAMED if pattern.search(path.lower())), "")


def _refuse_path(path: str, text: str | None, task: Task, about: frozenset[str]) -> None:
    name = refused_path(path)
    if not name:
        return
    if path in about and name in _OWN and text is not None and not _gains(path, text, task):
        return
    raise Refused(name, f"it edits {one_line(path, 120)}, which is {name}")


def _gains(path: str, text: str, task: Task) -> bool:
    """Tell whether the edit lets a workflow or hook run, read or reach more than before."""
    old = (task.snapshot.get(path) or "").splitlines()
    added = [line for line in text.splitlines() if line not in old]
    return _POWERS.search("\n".join(added)) is not None


def _harm(harm: str) -> str:
    if "silences a check" in harm:
        return "a silenced check"
    return "a deleted or skipped test" if "test" in harm else "an emptied body"
