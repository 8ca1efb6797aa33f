"""Hold a draft against the finding: applies, asked, parses, binds, gates; the first that fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mendbook.code.diff import diff_of
from mendbook.code.test_files import is_test
from mendbook.code.tokens import words
from mendbook.drafting.answers import edits_of
from mendbook.drafting.reach import Reach
from mendbook.drafting.refusals import Refused, refuse
from mendbook.errors import PatchError
from mendbook.fixes.instruction.sentences.alternatives import alternatives
from mendbook.fixes.instruction.understood import Understood
from mendbook.fixes.task import Task
from mendbook.intake.redact import redact
from mendbook.model import Asked, AskedStatus, Check, CheckStatus, Contract, Rung
from mendbook.proving.asked import code_names, judge_asked
from mendbook.proving.binds import Binder
from mendbook.proving.ladder import parse_fault, reached
from mendbook.proving.place import EditedFile
from mendbook.proving.vet_diff import subjects
from mendbook.text.plain import one_line

Edits = Mapping[str, str | None]
RunGates = Callable[[str], tuple[Check, ...]]
"""Runs the gates that are on over a diff of the audited tree."""
_DETAIL = 600
_MORE: dict[str, Any] = {
    "status": AskedStatus.CONSISTENT,
    "why": "what was asked is there, and more was changed beside it",
}
_ASKS_FOR_TESTS = re.compile(r"\btests?\b", re.IGNORECASE)
_NEAR = 15
"""Lines around the place that a finding quotes in which an edit may repair it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer, how far it is proven, and the first rung at which it failed."""

    edits: dict[str, str | None] = field(default_factory=dict)
    asked: Asked = field(default_factory=Asked)
    checks: tuple[Check, ...] = ()
    failed: str = ""
    """``binds: …``, redacted and short; empty where nothing failed."""
    refused: str = ""
    """The name of what it must not do; such an answer is never kept."""
    contracts: tuple[Contract, ...] = ()
    """What it is held to, where that is all that the fix asks for."""

    @property
    def rung(self) -> Rung:
        """How far it is proven; *outline* where it does not even apply."""
        return reached(self.checks) if self.edits else Rung.OUTLINE

    @property
    def worth(self) -> tuple[int, int, int]:
        """What a better answer has more of: nothing failed, as asked, proven further."""
        return (not self.failed, standing(self.asked.status), list(Rung).index(self.rung))


def standing(status: AskedStatus) -> int:
    """Return how much is said by ``status``: more for what is nearer to *shown*."""
    order = (AskedStatus.NOT_SHOWN, AskedStatus.CONSISTENT, AskedStatus.PARTIAL, AskedStatus.SHOWN)
    return order.index(status)


@dataclass(frozen=True, slots=True)
class DraftJudge:
    """Judges the answers to one finding's briefs."""

    task: Task
    understood: Understood
    reach: Reach
    binder: Binder
    run_gates: RunGates | None = None

    def judged(self, answer: str) -> Judged:
        """Return how far ``answer`` is proven without running anything of the target's."""
        try:
            edits = edits_of(answer, self.task)
            refuse(edits, self.task, self.reach)
        except Refused as refusal:
            return Judged(failed=_said("refused", str(refusal)), refused=refusal.name)
        except PatchError as error:
            secret = "a secret" if "secret" in str(error) else ""
            return Judged(failed=_said("applies", str(error)), refused=secret)
        asked, lack = self._asked(edits)
        shown = asked.status is AskedStatus.SHOWN
        whole = self.understood.contracts if shown else ()
        failed = _said("asked", lack) if lack else ""
        return self._climbed(Judged(edits, asked, failed=failed, contracts=whole))

    def with_gates(self, judged: Judged) -> Judged:
        """Return ``judged`` with what the gates say, where nothing failed before them."""
        if judged.failed or self.run_gates is None:
            return judged
        return _with(judged, *self.run_gates(diff_of(judged.edits, self.task.snapshot)))

    def _asked(self, edits: Edits) -> tuple[Asked, str]:
        """Return whether the edits do what is asked, and what they lack.

        A contract that leaves clauses open judges what it knows of, wherever the rest is done.
        """
        finding, facts, before = self.task.finding, self.task.facts, self.task.snapshot
        contracts = self.understood.contracts
        if self.understood.whole:
            asked = judge_asked(finding, facts, before, edits, contracts)
            if asked.status is not AskedStatus.SHOWN:
                return asked, _lack(asked)
            return (asked if self._is_read_so(edits) else replace(asked, **_MORE)), ""
        asked = judge_asked(finding, facts, before, edits)
        partly = judge_asked(finding, facts, before, edits, contracts) if contracts else asked
        if contracts and partly.unmet:
            return asked, "; ".join(partly.unmet)
        if asked.status is not AskedStatus.NOT_SHOWN:
            return asked, ""
        if lacking := self._lacking(edits):
            return asked, f"the fix names {', '.join(lacking)}, which the edited files do not have"
        told = self._is_near(edits) or self._brings_what_is_named(edits)
        return asked, "" if told else asked.why

    def _is_read_so(self, edits: Edits) -> bool:
        """Tell whether the edits are what the fix reads as and no more, token by token.

        An agent's edit may keep a contract and do other things beside it in the same lines. Where
        it is comments that the fix asks for, they are compared, too.
        """
        before = self.task.snapshot
        return all(
            _same(path, before.get(path) or "", text, edits.get(path) or "")
            for path, text in self.understood.texts.items()
        )

    def _lacking(self, edits: Edits) -> list[str]:
        """Return what the fix names and no edited file has; other names may only say where.

        Where it offers alternatives, what one of them names is enough.
        """
        texts = "\n".join(text for text in edits.values() if text).lower()
        fix = self.task.finding.fix
        lacks = [
            [name for name in code_names(each) if _is_code(name, fix) and name.lower() not in texts]
            for each in alternatives(fix) or (fix,)
        ]
        return min(lacks, key=len)[:3]

    def _brings_what_is_named(self, edits: Edits) -> bool:
        """Tell whether all that the fix names is there after the edits, and some of it is new."""
        texts = "\n".join(text for text in edits.values() if text)
        stood = "\n".join(self.task.snapshot.get(path) or "" for path in edits)
        named = code_names(self.task.finding.fix)
        return all(name in texts for name in named) and any(name not in stood for name in named)

    def _is_near(self, edits: Edits) -> bool:
        """Tell whether the edits change lines about the place that the finding means.

        A guard at the top of a function repairs what is quoted from its end. Where no line is known
        any edit of its files is as near as can be told.
        """
        place = self.task.facts.evidence
        if _ASKS_FOR_TESTS.search(self.task.finding.fix) and any(map(is_test, edits)):
            return True
        if place.line is None:
            about = subjects(self.task.finding, self.task.facts)
            return any(path in about or is_test(path) for path in edits)
        if place.file not in edits:
            return False
        old, new = self.task.snapshot.get(place.file) or "", edits[place.file] or ""
        first, last = place.line - _NEAR, (place.end_line or place.line) + _NEAR
        runs = EditedFile(place.file, old, new).runs
        return any(run.old_start <= last and first <= run.old_end for run in runs)

    def _climbed(self, judged: Judged) -> Judged:
        """Return ``judged`` with the rungs above *asked*, as far as they are reached."""
        task = self.task
        faults = [
            f"{path}: {fault}"
            for path, text in judged.edits.items()
            if (fault := parse_fault(path, task.snapshot.get(path), text))
        ]
        if faults:
            check = Check(Rung.PARSES.value, CheckStatus.FAIL, "; ".join(faults))
            failed = _said(Rung.PARSES.value, check.detail)
            return replace(judged, checks=(check,), failed=judged.failed or failed)
        parses = Check(Rung.PARSES.value, CheckStatus.PASS)
        after = task.snapshot.edited(judged.edits)
        binds = self.binder.check(task.snapshot, after, sorted(judged.edits))
        return _with(judged, parses, binds)


def _same(path: str, before: str, wanted: str, edit: str) -> bool:
    """Tell whether ``edit`` says what ``wanted`` says of a file that was ``before``."""
    asked = list(words(path, wanted))
    if asked == list(words(path, before)):  # what is asked for is comments
        return wanted.split() == edit.split()
    return asked == list(words(path, edit))


def _is_code(name: str, fix: str) -> bool:
    """Tell whether ``fix`` must mean code by ``name``: what is in capitals may be a common word."""
    return not (name.isupper() and "_" not in name) or f"`{name}`" in fix


def _with(judged: Judged, *checks: Check) -> Judged:
    failed = next((check for check in checks if check.status is CheckStatus.FAIL), None)
    said = _said(failed.name, failed.detail) if failed is not None else ""
    return replace(judged, checks=(*judged.checks, *checks), failed=judged.failed or said)


def _lack(asked: Asked) -> str:
    return "; ".join(asked.unmet) or asked.why


def _said(rung: str, detail: str) -> str:
    """Return what is fed back of a failure: without secrets, and short."""
    return f"{rung}: {one_line(redact(detail)[0], _DETAIL)}"
