"""The forms of words of each language beside scripts, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable

from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.told.builders import BUILDERS
from mendbook.fixes.instruction.told.go_calls import GO_CALLS
from mendbook.fixes.instruction.told.go_constants import GO_CONSTANTS
from mendbook.fixes.instruction.told.go_errors import GO_ERRORS
from mendbook.fixes.instruction.told.go_exits import GO_EXITS
from mendbook.fixes.instruction.told.go_fields import GO_FIELDS
from mendbook.fixes.instruction.told.go_literals import GO_LITERALS
from mendbook.fixes.instruction.told.go_locks import GO_LOCKS
from mendbook.fixes.instruction.told.go_loops import GO_LOOPS
from mendbook.fixes.instruction.told.go_made import GO_MADE
from mendbook.fixes.instruction.told.go_renames import GO_RENAMES
from mendbook.fixes.instruction.told.go_types import GO_TYPES
from mendbook.fixes.instruction.told.go_usual import GO_USUAL
from mendbook.fixes.instruction.told.go_values import GO_VALUES
from mendbook.fixes.instruction.told.java_catches import JAVA_CATCHES
from mendbook.fixes.instruction.told.java_forms import JAVA_FORMS, returned_value
from mendbook.fixes.instruction.told.java_maps import JAVA_MAPS
from mendbook.fixes.instruction.told.java_marks import JAVA_MARKS
from mendbook.fixes.instruction.told.java_modifiers import JAVA_MODIFIERS
from mendbook.fixes.instruction.told.java_resources import JAVA_RESOURCES
from mendbook.fixes.instruction.told.java_types import JAVA_TYPES
from mendbook.fixes.instruction.told.java_usual import JAVA_USUAL
from mendbook.fixes.instruction.told.python_calls import PYTHON_CALLS
from mendbook.fixes.instruction.told.python_defaults import PYTHON_DEFAULTS
from mendbook.fixes.instruction.told.python_gathered import PYTHON_GATHERED
from mendbook.fixes.instruction.told.python_handlers import PYTHON_HANDLERS
from mendbook.fixes.instruction.told.python_heads import PYTHON_HEADS
from mendbook.fixes.instruction.told.python_indexed import PYTHON_INDEXED
from mendbook.fixes.instruction.told.python_locks import PYTHON_LOCKS
from mendbook.fixes.instruction.told.python_loops import PYTHON_LOOPS
from mendbook.fixes.instruction.told.python_tests import PYTHON_TESTS
from mendbook.fixes.instruction.told.smaller_steps import SMALLER_STEPS
from mendbook.fixes.instruction.told.spoken import orders_only
from mendbook.fixes.instruction.told.wrapped_result import RESULTS
from mendbook.fixes.instruction.work import StepEdits, Work

Form = Callable[[Work, Ask], StepEdits | None]
FORMS: dict[str, tuple[Form, ...]] = {
    "python": (
        *PYTHON_CALLS,
        *PYTHON_TESTS,
        *PYTHON_LOOPS,
        *PYTHON_HANDLERS,
        *PYTHON_HEADS,
        *map(orders_only, PYTHON_DEFAULTS),
        *map(orders_only, PYTHON_GATHERED),
        *map(orders_only, PYTHON_INDEXED),
        *map(orders_only, PYTHON_LOCKS),
        *map(orders_only, RESULTS),
    ),
    "go": (
        *SMALLER_STEPS,
        *BUILDERS,
        *map(orders_only, RESULTS),
        returned_value,
        *map(orders_only, GO_RENAMES),
        *map(orders_only, GO_CONSTANTS),
        *map(orders_only, GO_LOOPS),
        *map(orders_only, GO_LOCKS),
        *map(orders_only, GO_FIELDS),
        *map(orders_only, GO_TYPES),
        *map(orders_only, GO_MADE),
        *GO_CALLS,
        *GO_LITERALS,
        *GO_ERRORS,
        *GO_EXITS,
        *GO_VALUES,
        *GO_USUAL,
    ),
    "java": (
        *SMALLER_STEPS,
        *BUILDERS,
        *map(orders_only, JAVA_MODIFIERS),
        *map(orders_only, JAVA_MAPS),
        *map(orders_only, JAVA_TYPES),
        *map(orders_only, JAVA_CATCHES),
        *map(orders_only, JAVA_RESOURCES),
        *map(orders_only, RESULTS),
        *JAVA_MARKS,
        *JAVA_FORMS,
        *JAVA_USUAL,
    ),
}
"""By the name of the grammar of the finding's file."""
