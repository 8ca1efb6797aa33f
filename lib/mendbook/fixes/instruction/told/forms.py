"""The forms of words of each language beside scripts, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable

from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.told.builders import BUILDERS
from mendbook.fixes.instruction.told.go_calls import GO_CALLS
from mendbook.fixes.instruction.told.go_errors import GO_ERRORS
from mendbook.fixes.instruction.told.go_exits import GO_EXITS
from mendbook.fixes.instruction.told.go_literals import GO_LITERALS
from mendbook.fixes.instruction.told.go_usual import GO_USUAL
from mendbook.fixes.instruction.told.go_values import GO_VALUES
from mendbook.fixes.instruction.told.java_forms import JAVA_FORMS, returned_value
from mendbook.fixes.instruction.told.java_marks import JAVA_MARKS
from mendbook.fixes.instruction.told.java_usual import JAVA_USUAL
from mendbook.fixes.instruction.told.python_calls import PYTHON_CALLS
from mendbook.fixes.instruction.told.python_handlers import PYTHON_HANDLERS
from mendbook.fixes.instruction.told.python_heads import PYTHON_HEADS
from mendbook.fixes.instruction.told.python_loops import PYTHON_LOOPS
from mendbook.fixes.instruction.told.python_tests import PYTHON_TESTS
from mendbook.fixes.instruction.told.smaller_steps import SMALLER_STEPS
from mendbook.fixes.instruction.work import StepEdits, Work

Form = Callable[[Work, Ask], StepEdits | None]
FORMS: dict[str, tuple[Form, ...]] = {
    "python": (
        *PYTHON_CALLS,
        *PYTHON_TESTS,
        *PYTHON_LOOPS,
        *PYTHON_HANDLERS,
        *PYTHON_HEADS,
    ),
    "go": (
        *SMALLER_STEPS,
        *BUILDERS,
        returned_value,
        *GO_CALLS,
        *GO_LITERALS,
        *GO_ERRORS,
        *GO_EXITS,
        *GO_VALUES,
        *GO_USUAL,
    ),
    "java": (*SMALLER_STEPS, *BUILDERS, *JAVA_MARKS, *JAVA_FORMS, *JAVA_USUAL),
}
"""By the name of the grammar of the finding's file."""
