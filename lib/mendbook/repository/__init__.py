"""The target repository, by git and nothing but git: one commit's files, owners, history."""

from mendbook.repository.branch import BranchCommit, commit_artefacts
from mendbook.repository.context import detect_context
from mendbook.repository.snapshot import Snapshot
from mendbook.repository.target import Target, open_target

__all__ = [
    "BranchCommit",
    "Snapshot",
    "Target",
    "commit_artefacts",
    "detect_context",
    "open_target",
]
