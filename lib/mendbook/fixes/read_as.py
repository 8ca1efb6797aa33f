"""A fix text that was read and carried out, as a proposal that says how it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mendbook.fixes.task import Task
from mendbook.model import Asked, Contract, Proposal
from mendbook.text.phrasing import capitalised
from mendbook.text.plain import one_line

_SUBJECT = 72
"""Characters of a summary, which is the subject line of a commit."""


def read_proposal(
    task: Task,
    source: str,
    steps: Sequence[str],
    edits: Mapping[str, str | None],
    contracts: tuple[Contract, ...],
) -> Proposal:
    """Return the proposal of ``source`` with what each of the ``steps`` was read as."""
    return Proposal(
        finding_id=task.finding.id,
        source=source,
        summary=one_line(capitalised(steps[0].replace("`", "")), _SUBJECT),
        edits=dict(edits),
        why=f"The fix is read as: {'; '.join(dict.fromkeys(steps))}.",
        contracts=contracts,
    )


def not_shown(asked: Asked) -> str:
    """Return why an edit is not proposed that does not show what is asked."""
    return f"the edit does not show what is asked: {asked.why}; {'; '.join(asked.unmet)}"
