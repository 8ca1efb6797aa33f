"""Which operation of the instruction reader answers which case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path

from instruction_cases import Case, propose

from mendbook.fixes.instruction.operations import OPERATIONS, Step
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Proposal

HERE = Path(__file__).parent
_BUILT_ON_THESE = {"test_conditions"}


def every_case() -> Iterator[tuple[str, Case]]:
    """Yield each case that a test of this folder is given, with its module's name and its own."""
    for file in sorted(HERE.glob("test_*.py")):
        if file.stem in _BUILT_ON_THESE:
            continue
        for test in vars(import_module(file.stem)).values():
            for mark in getattr(test, "pytestmark", ()):
                given = mark.args[1] if mark.name == "parametrize" else ()
                for row in given:
                    values = getattr(row, "values", None)
                    case = next(iter(values if isinstance(values, tuple) else [row]), None)
                    if isinstance(case, Case):
                        yield f"{file.stem.removeprefix('test_')}: {case.name}", case


def frames(cases: Mapping[str, Case]) -> dict[str, str]:
    """Return which case of the least code each operation has a part in, name by name."""
    found: dict[str, str] = {}
    with _told() as told:
        for name, case in sorted(cases.items(), key=lambda each: len(each[1].code)):
            told.clear()
            if isinstance(propose(case), Proposal):
                found |= {step: name for step in told if step not in found}
    return found


@contextmanager
def _told() -> Iterator[list[str]]:
    """Keep the names of the operations that make something, in the order in which they do."""
    told: list[str] = []

    def telling(step: Step) -> Step:
        @wraps(step)
        def run(work: Work, clause: Clause) -> StepEdits | None:
            made = step(work, clause)
            told.extend([step.__name__] if made is not None else [])
            return made

        return run

    before = dict(OPERATIONS)
    try:
        OPERATIONS.update({verb: tuple(map(telling, steps)) for verb, steps in before.items()})
        yield told
    finally:
        OPERATIONS.update(before)
