"""Where a patch comes from, how patches stack into a series, and how far each is proven."""

from mendbook.patches.briefs import write_briefs
from mendbook.patches.diff import diff_of, touched_lines
from mendbook.patches.gates import GATES, Gate, parse_gates
from mendbook.patches.mailbox import format_patch, quilt_series
from mendbook.patches.proof import prove, prove_mail
from mendbook.patches.propose import Proposed, propose
from mendbook.patches.series import build_series
from mendbook.patches.sources.curated import CuratedPatch, astray, read_curated
from mendbook.patches.sources.table import sources_for
from mendbook.patches.task import Lookup, Source, Task
from mendbook.patches.verify import FoundDependency, Verified, verify

__all__ = [
    "GATES",
    "CuratedPatch",
    "FoundDependency",
    "Gate",
    "Lookup",
    "Proposed",
    "Source",
    "Task",
    "Verified",
    "astray",
    "build_series",
    "diff_of",
    "format_patch",
    "parse_gates",
    "propose",
    "prove",
    "prove_mail",
    "quilt_series",
    "read_curated",
    "sources_for",
    "touched_lines",
    "verify",
    "write_briefs",
]
