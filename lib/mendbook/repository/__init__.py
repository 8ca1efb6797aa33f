"""What the target repository is: its files at one commit, stack, references, owners, history."""

from mendbook.repository.branch import BranchCommit, commit_artefacts
from mendbook.repository.context import detect_context
from mendbook.repository.facts import blank_facts, gather_facts
from mendbook.repository.snapshot import Snapshot
from mendbook.repository.target import Target, open_target

__all__ = [
    "BranchCommit",
    "Snapshot",
    "Target",
    "blank_facts",
    "commit_artefacts",
    "detect_context",
    "gather_facts",
    "open_target",
]
