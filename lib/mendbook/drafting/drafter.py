"""Patches from any command the user names: a JSON brief on stdin, a unified diff on stdout."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from mendbook.bounded_process import run_bounded
from mendbook.drafting.briefs import encoded
from mendbook.errors import PatchError
from mendbook.fixes.task import Task
from mendbook.intake.redact import redact
from mendbook.model import Proposal, Skipped
from mendbook.proving.vet_diff import foreign_edits, subjects
from mendbook.text.plain import one_line


@dataclass(frozen=True, slots=True)
class DrafterSource:
    """Ask the user's command, without a shell, for one finding at a time or several at once.

    What it answers is treated as any other patch from outside: untrusted until proven.
    """

    arguments: tuple[str, ...]
    seconds: float = 300.0
    """How long one answer may take."""
    jobs: int = 4
    """How many are asked for at the same time."""
    name: str = "drafter"

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return the command's diff as edits, or why there is none."""
        return self._drafted(task, encoded(task))

    def propose_all(self, tasks: Sequence[Task]) -> tuple[Proposal | Skipped, ...]:
        """Return one answer for each task, in order, ``jobs`` at a time."""
        briefs = [encoded(task) for task in tasks]
        with ThreadPoolExecutor(max(1, self.jobs)) as pool:
            return tuple(pool.map(self._drafted, tasks, briefs))

    def _drafted(self, task: Task, brief: bytes) -> Proposal | Skipped:
        with tempfile.TemporaryDirectory(
            prefix="mendbook-drafter-", ignore_cleanup_errors=True
        ) as name:
            ended = run_bounded(self.arguments, Path(name), self.seconds, stdin=brief)
        if ended.code != 0:
            why = ended.reason or f"it exited with {ended.code}{_last_words(ended.stderr)}"
            return Skipped(self.name, f"{one_line(self.arguments[0], 60)}: {why}")
        diff = ended.stdout.decode("utf-8", "replace")
        if not diff.strip():
            return Skipped(self.name, "it answered nothing")
        try:
            edits = foreign_edits(diff, task.snapshot, subjects(task.finding, task.facts))
        except PatchError as error:
            return Skipped(self.name, f"its answer is refused: {error}")
        return Proposal(
            finding_id=task.finding.id,
            source=self.name,
            summary=one_line(task.finding.fix or task.finding.problem, 72),
            edits=edits,
            why=f"Drafted by {one_line(self.arguments[0], 60)}; not reviewed by a person.",
        )


def drafter(command: str, seconds: float = 300.0, jobs: int = 4) -> DrafterSource:
    """Return the source that runs ``command``, split as a shell would split it but without one.

    Words that name files below the current folder are made absolute, as the command runs elsewhere.
    Raises ``PatchError`` for a command that cannot be split or is empty.
    """
    try:
        arguments = tuple(shlex.split(command))
    except ValueError as error:
        message = f"--drafter {one_line(command, 80)}: {error}; close the quotes"
        raise PatchError(message) from error
    if not arguments:
        raise PatchError("--drafter: the command is empty; name a program")
    program, *others = arguments
    program = _absolute(program) if "/" in program else program
    return DrafterSource((program, *(_absolute(word) for word in others)), seconds, jobs)


def _absolute(word: str) -> str:
    """Return ``word`` as an absolute path where it is a file's, else as it is."""
    try:
        return str(Path(word).absolute()) if Path(word).is_file() else word
    except (OSError, ValueError):
        return word


def _last_words(stderr: bytes) -> str:
    said = redact(stderr.decode("utf-8", "replace"))[0].strip().splitlines()
    return f" ({one_line(said[-1], 160)})" if said else ""


def drafters_for(command: str) -> tuple[DrafterSource, ...]:
    """Return the drafter that runs ``command``; none where the command is empty."""
    return (drafter(command),) if command.strip() else ()
