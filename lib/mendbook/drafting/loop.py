"""The loop: brief, answer, judgement; what failed first goes back, at most twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from mendbook.drafting.adapters import Reply
from mendbook.drafting.briefs import Failure, brief, brief_hash
from mendbook.drafting.drafter import Drafter
from mendbook.drafting.judge import DraftJudge, Judged, RunGates
from mendbook.drafting.kept_answers import KeptAnswers
from mendbook.drafting.reach import reach_of
from mendbook.errors import UsageError
from mendbook.fixes.instruction.understood import understand
from mendbook.fixes.task import Task
from mendbook.model import Attempt, CheckStatus, Draft, Drafting, Proposal, Rung, Skipped
from mendbook.proving.binds import Binder
from mendbook.text.plain import one_line

DRAFTER = "drafter"
"""The source whose patches a drafter wrote; its part is the drafter's name."""
_REPAIRS = 2
_STATIC = {Rung.APPLIES.value, Rung.PARSES.value, Rung.BINDS.value}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be asked: of a whole run, and of one finding."""

    dollars: float | None = None
    """What may be spent, where the drafter tells; None for no limit."""
    minutes: float = 30.0
    """How long the whole run may take."""
    finding_minutes: float = 5.0
    """How long one finding may take, its repairs included."""
    jobs: int = 4
    """Findings that are asked about at the same time."""

    def __post_init__(self) -> None:
        """Refuse limits that nothing could be asked under."""
        if self.dollars is not None and not 0 < self.dollars < float("inf"):
            raise UsageError(f"--budget {self.dollars:g}: give a price above 0 US dollars")
        if not 0 < self.minutes < float("inf"):
            raise UsageError(f"--minutes {self.minutes:g}: give a time above 0")


@dataclass(slots=True)
class _Meter:
    """What one run has spent so far; safe in several threads."""

    limits: Limits
    total: int
    progress: Callable[[str], None]
    started: float = field(default_factory=time.monotonic)
    cost: float = 0.0
    priced: bool = False
    done: int = 0
    stopped: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def spent(self) -> str:
        """Return why nothing more may be asked; empty where it may."""
        with self.lock:
            limits = self.limits
            if limits.dollars is not None and self.cost >= limits.dollars:
                self.stopped = f"the budget of ${limits.dollars:.2f} is spent"
            elif time.monotonic() - self.started > limits.minutes * 60:
                self.stopped = f"the {limits.minutes:g} minutes are over"
            return self.stopped

    def add(self, cost: float | None) -> None:
        """Count what one answer cost in dollars; None where the drafter does not say."""
        with self.lock:
            self.cost += cost or 0.0
            self.priced = self.priced or cost is not None

    def ended(self, draft: Draft) -> None:
        """Count a draft that came to its end, and tell the progress."""
        with self.lock:
            self.done += 1
            price = f", ${self.cost:.2f}" if self.priced else ""
            came = "drafted" if draft.proposal else "no draft"
            said = f"draft: {self.done} of {self.total} ({draft.finding_id}: {came}{price})"
        self.progress(said)


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
        meter = _Meter(self.limits, len(tasks), self.progress)

        def one(task: Task) -> Draft:
            draft = self._draft(task, meter)
            meter.ended(draft)
            return draft

        with ThreadPoolExecutor(max(1, self.limits.jobs)) as pool:
            drafts = tuple(pool.map(one, tasks))
        return Drafting(drafts, stopped=meter.stopped)

    def _draft(self, task: Task, meter: _Meter) -> Draft:
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
        made = Draft(task.finding.id, self.drafter.name, tuple(attempts))
        if best is None:
            said = next((each.failed for each in reversed(attempts) if each.failed), "")
            return replace(made, reason=reason or said or "it was not asked")
        return replace(
            made,
            proposal=self._proposal(task, best),
            rung=best.rung,
            asked=best.asked.status,
            reason=best.failed,
        )

    def _attempts(
        self, task: Task, meter: _Meter
    ) -> Iterator[tuple[Attempt | None, Judged | None, str]]:
        """Yield each answer with its judgement, or why there is none; stop where nothing failed."""
        understood = understand(task)
        reach = reach_of(task, understood)
        judge = DraftJudge(task, understood, reach, self._binder, self.run_gates)
        started = time.monotonic()
        previous: Failure | None = None
        for _ in range(1 + _REPAIRS):
            document = brief(task, understood, reach, previous)
            hashed = brief_hash(document)
            reply = self.kept.read(hashed)
            kept, seconds = reply is not None, 0.0
            if reply is None:
                if why := meter.spent() or self._over(started):
                    yield None, None, why
                    return
                answer, seconds = self.drafter.ask(document)
                if isinstance(answer, Skipped):
                    yield Attempt(hashed, answer.reason, seconds=seconds), None, answer.reason
                    return
                reply = answer
                meter.add(reply.cost)
                self.kept.write(hashed, reply)
            judged = self._judged(judge, reply)
            made = Attempt(hashed, judged.failed, judged.refused, seconds, reply.cost, kept)
            yield made, judged, ""
            if not judged.failed:
                return
            previous = Failure(judged.failed, reply.text)

    def _over(self, started: float) -> str:
        minutes = self.limits.finding_minutes
        late = time.monotonic() - started > minutes * 60
        return f"its {minutes:g} minutes are over" if late else ""

    def _judged(self, judge: DraftJudge, reply: Reply) -> Judged:
        with self._binding:  # what the binder has read is shared between the findings
            judged = judge.judged(reply.text)
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
