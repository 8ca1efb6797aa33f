"""The orders that are read whole, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable

from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.answered import ANSWERED
from mendbook.fixes.instruction.script.orders.calls import CALLS
from mendbook.fixes.instruction.script.orders.checked import CHECKED
from mendbook.fixes.instruction.script.orders.constants import CONSTANTS
from mendbook.fixes.instruction.script.orders.defaults import DEFAULTS
from mendbook.fixes.instruction.script.orders.elements import ELEMENTS
from mendbook.fixes.instruction.script.orders.framed import FRAMED
from mendbook.fixes.instruction.script.orders.indexed import INDEXED
from mendbook.fixes.instruction.script.orders.members import MEMBERS
from mendbook.fixes.instruction.script.orders.props import PROPS
from mendbook.fixes.instruction.script.orders.rewritten import REWRITTEN
from mendbook.fixes.instruction.script.orders.settings import SETTINGS
from mendbook.fixes.instruction.script.orders.statements import STATEMENTS
from mendbook.fixes.instruction.script.orders.statuses import STATUSES
from mendbook.fixes.instruction.script.orders.switches import SWITCHES
from mendbook.fixes.instruction.script.orders.typed import TYPED
from mendbook.fixes.instruction.script.orders.wording import order
from mendbook.fixes.instruction.script.orders.written_out import WRITTEN_OUT
from mendbook.fixes.instruction.script.roles.by_role import BY_ROLE
from mendbook.fixes.instruction.work import StepEdits, Work

ORDERS: tuple[Callable[[Work, Ask], StepEdits | None], ...] = (
    *BY_ROLE,
    *DEFAULTS,
    *MEMBERS,
    *CALLS,
    *STATUSES,
    *STATEMENTS,
    *SWITCHES,
    *CONSTANTS,
    *ANSWERED,
    *INDEXED,
    *ELEMENTS,
    *PROPS,
    *SETTINGS,
    *WRITTEN_OUT,
    *CHECKED,
    *TYPED,
    *REWRITTEN,
    *FRAMED,
)


def ordered(work: Work, ask: Ask) -> StepEdits | None:
    """Return what the first order makes that a text is read as; None where none is."""
    plain = order(ask)
    for one in ORDERS:
        if (change := one(work, plain)) is not None:
            return change
    return None
