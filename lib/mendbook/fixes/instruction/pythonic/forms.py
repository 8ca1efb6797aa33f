"""The forms of Python that are read whole, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable

from mendbook.fixes.instruction.pythonic.annotations import ANNOTATIONS
from mendbook.fixes.instruction.pythonic.checks import CHECKS
from mendbook.fixes.instruction.pythonic.classes import CLASSES
from mendbook.fixes.instruction.pythonic.fields import FIELDS
from mendbook.fixes.instruction.pythonic.handlers import HANDLERS
from mendbook.fixes.instruction.pythonic.idioms import by_idiom
from mendbook.fixes.instruction.pythonic.order import ORDER
from mendbook.fixes.instruction.pythonic.request import Request
from mendbook.fixes.instruction.pythonic.settings import SETTINGS
from mendbook.fixes.instruction.pythonic.small_changes import SMALL_CHANGES
from mendbook.fixes.instruction.pythonic.wiring import WIRING
from mendbook.fixes.instruction.work import StepEdits

Form = Callable[[Request], StepEdits | None]
FORMS: tuple[Form, ...] = (
    *SETTINGS,
    *WIRING,
    *HANDLERS,
    *CHECKS,
    *CLASSES,
    *FIELDS,
    by_idiom,
    *ORDER,
    *ANNOTATIONS,
    *SMALL_CHANGES,
)
