"""The steps that a run goes through, in the order in which it comes to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mendbook.run.produce import STEPS
from mendbook.run.stage import RUN_GATES, Stage
from mendbook.run.stages import STAGES

_GOAL = "plan"
_PROVES = "verified"


def course(with_gates: bool, stages: Sequence[Stage] = STAGES) -> tuple[str, ...]:
    """Return what a run says as it begins each of its steps; those read back it leaves out."""
    by_name = {stage.name: stage for stage in stages}
    said = (_said(stage, with_gates) for stage in _walk(_GOAL, by_name, set()))
    return (*filter(None, said), *STEPS)


def _said(stage: Stage, with_gates: bool) -> str:
    return RUN_GATES if with_gates and stage.name == _PROVES else stage.says


def _walk(name: str, stages: dict[str, Stage], seen: set[str]) -> Iterator[Stage]:
    """Yield what the stage called ``name`` is made of, and then the stage itself."""
    stage = stages.get(name.partition(".")[0])
    if stage is None or stage.name in seen:
        return
    seen.add(stage.name)
    for read in stage.depends_on:
        yield from _walk(read, stages, seen)
    yield stage
