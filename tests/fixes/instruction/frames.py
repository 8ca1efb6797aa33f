"""Which operation of the instruction reader answers which case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import wraps

from instruction_cases import Case, propose

from mendbook.fixes.instruction.clauses import Clause
from mendbook.fixes.instruction.operations import OPERATIONS, Step
from mendbook.fixes.instruction.work import Made, Work
from mendbook.model import Proposal


def frames(cases: Iterable[Case]) -> dict[str, Case]:
    """Return the case of the least code that each operation has a part in, by its name."""
    found: dict[str, Case] = {}
    with _told() as told:
        for case in sorted(cases, key=lambda each: len(each.code)):
            told.clear()
            if isinstance(propose(case), Proposal):
                found |= {name: case for name in told if name not in found}
    return found


@contextmanager
def _told() -> Iterator[list[str]]:
    """Keep the names of the operations that make something, in the order in which they do."""
    told: list[str] = []

    def telling(step: Step) -> Step:
        @wraps(step)
        def run(work: Work, clause: Clause) -> Made | None:
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
