"""The forms of Python that are read whole, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable

from mendbook.fixes.instruction.pythonic.checks import CHECKS
from mendbook.fixes.instruction.pythonic.classes import CLASSES
from mendbook.fixes.instruction.pythonic.fields import FIELDS
from mendbook.fixes.instruction.pythonic.handlers import HANDLERS
from mendbook.fixes.instruction.pythonic.idioms import by_idiom
from mendbook.fixes.instruction.pythonic.request import Request
from mendbook.fixes.instruction.work import Made

Form = Callable[[Request], Made | None]
FORMS: tuple[Form, ...] = (*HANDLERS, *CHECKS, *CLASSES, *FIELDS, by_idiom)
