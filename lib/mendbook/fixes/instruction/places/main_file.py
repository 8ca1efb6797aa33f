"""The file that a finding is about."""

from __future__ import annotations

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.quotes import is_quoted
from mendbook.fixes.task import Task
from mendbook.model import PlaceKind


def main_file(task: Task) -> str:
    """Return the file that the finding is about: the one that has what it quotes."""
    named = [
        place.path
        for place in task.finding.places
        if place.kind is PlaceKind.FILE and place.path in task.snapshot
    ]
    named += [one for one in task.facts.files if one not in named and one in task.snapshot]
    if not named:
        unread = task.snapshot.unread
        said = next((f"{p.path} is {unread[p.path]}" for p in task.finding.places
                     if p.path in unread), "the finding names no file of this commit")  # fmt: skip
        raise Abstain(said)
    quoted = [one for one in named if is_quoted(task, one) and task.finding.evidence.strip()]
    return (quoted or named)[0]
