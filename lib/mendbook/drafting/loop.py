"""The loop: brief, answer, judgement; what failed first goes back, at most twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from mendbook.drafting.adapters import Reply
from mendbook.drafting.briefs import Failure, brief, brief_hash
from mendbook.drafting.drafter import Drafter
from mendbook.drafting.judge import DraftJudge, Judged, RunGates
from mendbook.drafting.kept_answers import KeptAnswers
from mendbook.drafting.meter import Limits, Meter
from mendbook.drafting.reach import reach_of
from mendbook.fixes.instruction.understood import understand
from mendbook.fixes.task import Task
from mendbook.model import Attempt, CheckStatus, Draft, Drafting, Proposal, Rung, Skipped
from mendbook.proving.binds import Binder
from mendbook.text.plain import one_line

DRAFTER = "drafter"
"""The source whose patches a drafter wrote; its part is the drafter's name."""
_REPAIRS = 2
_STATIC = {Rung.APPLIES.value, Rung.PARSES.value, Rung.BINDS.value}


@dataclass(slots=True)
class DraftLoop:
    """Asks one drafter about findings, several at once."""

    drafter: Drafter
    kept: KeptAnswers
    limits: Limits = field(default_factory=Limits)
    run_gates: RunGates | None = None
    progress: Callable[[str], None] = lambda _: None
    _binder: Binder = field(default_factory=Binder)
    _binding: threading.Lock = field(default_factory=threading.Lock)

    def drafted(self, tasks: Sequence[Task]) -> Drafting:
        """Return what the drafter made of each task, in order."""
        meter = Meter(self.limits, len(tasks), self.progress, self.drafter.tells_price)

        def one(task: Task) -> Draft:
            draft = self._draft(task, meter)
            meter.ended(draft)
            return draft

        with ThreadPoolExecutor(max(1, self.limits.jobs)) as pool:
            drafts = tuple(pool.map(one, tasks))
        budget = meter.of_budget(self.drafter.name)
        return Drafting(drafts, stopped=meter.stopped, budget=budget)

    def _draft(self, task: Task, meter: Meter) -> Draft:
        attempts: list[Attempt] = []
        best: Judged | None = None
        reason = ""
        for attempt, judged, why in self._attempts(task, meter):
            reason = why or reason
            if attempt is not None:
                attempts.append(attempt)
            usable = judged is not None and judged.edits and judged.rung is not Rung.APPLIES
            if judged is not None and usable and (best is None or judged.worth > best.worth):
                best = judged
        draft = Draft(task.finding.id, self.drafter.name, tuple(attempts))
        if best is None:
            said = next((each.failed for each in reversed(attempts) if each.failed), "")
            return replace(draft, reason=reason or said or "it was not asked")
        return replace(
            draft,
            proposal=self._proposal(task, best),
            rung=best.rung,
            asked=best.asked.status,
            reason=best.failed,
        )

    def _attempts(
        self, task: Task, meter: Meter
    ) -> Iterator[tuple[Attempt | None, Judged | None, str]]:
        """Yield each answer with its judgement, or why there is none; stop where nothing failed."""
        understood = understand(task)
        reach = reach_of(task, understood)
        judge = DraftJudge(task, understood, reach, self._binder, self.run_gates)
        previous: Failure | None = None
        asked: set[str] = set()
        waited = 0.0
        for _ in range(1 + _REPAIRS):
            document = brief(task, understood, reach, previous)
            hashed = brief_hash(document)
            if hashed in asked:  # the same answer failed in the same way
                return
            asked.add(hashed)
            reply = self.kept.read(hashed)
            kept, seconds = reply is not None, 0.0
            if reply is None:
                left = self.limits.finding_minutes * 60 - waited
                if why := self._late(left) or meter.begin():
                    yield None, None, why
                    return
                answer, seconds = self._asked(document, left, meter)
                waited += seconds
                if isinstance(answer, Skipped):
                    yield Attempt(hashed, answer.reason, seconds=seconds), None, answer.reason
                    return
                reply = answer
                self.kept.write(hashed, reply)
            judged = self._judged(judge, reply)
            attempt = Attempt(hashed, judged.failed, judged.refused, seconds, reply.cost, kept)
            yield attempt, judged, ""
            if not judged.failed:
                return
            previous = Failure(judged.failed, reply.text)

    def _asked(
        self, document: dict[str, Any], left: float, meter: Meter
    ) -> tuple[Reply | Skipped, float]:
        """Ask in the ``left`` seconds of the finding, and of the run; count what it cost."""
        cost: float | None = None
        answered = False
        try:
            answer, seconds = self.drafter.ask(document, min(left, meter.seconds_left))
            if isinstance(answer, Reply):
                cost, answered = answer.cost, True
        finally:
            meter.end(cost, answered)
        return answer, seconds

    def _late(self, left: float) -> str:
        return "" if left > 0 else f"its {self.limits.finding_minutes:g} minutes are over"

    def _judged(self, judge: DraftJudge, reply: Reply) -> Judged:
        try:
            with self._binding:  # what the binder has read is shared between the findings
                judged = judge.judged(reply.text)
        except Exception as error:  # an answer that nobody foresaw costs itself, not the run
            return Judged(failed=f"applies: it could not be judged ({type(error).__name__})")
        return judge.with_gates(judged)

    def _proposal(self, task: Task, best: Judged) -> Proposal:
        finding, name = task.finding, self.drafter.name
        gates = tuple(
            check
            for check in best.checks
            if check.name not in _STATIC and check.status is not CheckStatus.NOT_RUN
        )
        whole = best.contracts
        return Proposal(
            finding_id=finding.id,
            source=DRAFTER,
            part=name,
            summary=one_line(finding.title or finding.fix or finding.problem, 72),
            edits=best.edits,
            why=f"Drafted by {name}; not reviewed by a person.",
            contracts=whole,
            checks=gates,
        )
