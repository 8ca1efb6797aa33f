"""What the steps of a fix text make, as a proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mendbook.fixes.emptied import without_emptied
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.work import StepEdits
from mendbook.fixes.read_as import not_shown, read_proposal
from mendbook.fixes.task import Task
from mendbook.model import AskedStatus, Contract, Proposal
from mendbook.proving.asked import judge_asked

SOURCE = "instruction"


def proposed(
    task: Task,
    steps: Sequence[StepEdits],
    edits: Mapping[str, str],
    contracts: tuple[Contract, ...],
) -> Proposal:
    """Return the proposal of ``steps``, with the new texts ``edits``.

    Raises ``Abstain`` where nothing changes, or the edit does not show what is asked.
    """
    changed = without_emptied(
        task, {path: text for path, text in edits.items() if text != task.snapshot.get(path)}
    )
    if not changed:
        raise Abstain("the code is already as asked")
    gone = {path for path, text in changed.items() if text is None}
    contracts = tuple(
        replace(one, start_line=0, end_line=0) if one.file in gone else one for one in contracts
    )
    asked = judge_asked(task.finding, task.facts, task.snapshot, changed, contracts)
    left = sum(len(one.open) for one in contracts)
    half = asked.status is AskedStatus.PARTIAL and left == len(asked.unmet)
    if contracts and asked.status is not AskedStatus.SHOWN and not half:
        raise Abstain(not_shown(asked))
    said = [one.read_as for one in steps] + [
        f"delete {one}, which holds nothing else" for one in gone
    ]
    return read_proposal(task, SOURCE, said, changed, contracts)
