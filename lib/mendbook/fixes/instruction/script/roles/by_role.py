"""The edits that are read by the roles of the words, in the order in which they are asked."""

from __future__ import annotations

from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.roles.cleanups import CLEANUPS
from mendbook.fixes.instruction.script.roles.comments_gone import COMMENTS_GONE
from mendbook.fixes.instruction.script.roles.dependencies import DEPENDENCIES
from mendbook.fixes.instruction.script.roles.elements_told import ELEMENTS_TOLD
from mendbook.fixes.instruction.script.roles.fallbacks import FALLBACKS
from mendbook.fixes.instruction.script.roles.hoisted import HOISTED
from mendbook.fixes.instruction.script.roles.logs_gone import LOGS_GONE
from mendbook.fixes.instruction.script.roles.moved import MOVED
from mendbook.fixes.instruction.script.roles.placed_beside import PLACED_BESIDE
from mendbook.fixes.instruction.script.roles.props_gone import PROPS_GONE
from mendbook.fixes.instruction.script.roles.routes import ROUTES
from mendbook.fixes.instruction.work import StepEdits, Work

BY_ROLE = (
    *DEPENDENCIES,
    *CLEANUPS,
    *LOGS_GONE,
    *MOVED,
    *PLACED_BESIDE,
    *ROUTES,
    *ELEMENTS_TOLD,
    *COMMENTS_GONE,
    *HOISTED,
    *FALLBACKS,
    *PROPS_GONE,
)


def by_role(work: Work, ask: Ask) -> StepEdits | None:
    """Return what the first edit makes that an order is read as; None where none is."""
    for one in BY_ROLE:
        if (change := one(work, ask)) is not None:
            return change
    return None
