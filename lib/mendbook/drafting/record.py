"""What drafters made of a plan's findings, as a file of the run; and what of it a plan takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from mendbook.code.diff import diff_of
from mendbook.drafting.judge import standing
from mendbook.drafting.loop import DRAFTER
from mendbook.errors import InputError
from mendbook.fixes.propose import effective
from mendbook.judgements import Rejection, change_of, rejection
from mendbook.model import (
    AskedStatus,
    Cause,
    Draft,
    Drafting,
    DraftsReport,
    DraftTally,
    Patch,
    Proposed,
    Rung,
    Skipped,
)
from mendbook.repository.snapshot import Snapshot

NAME = "drafts.json"
_OUTDONE: dict[str, Any] = {"proposal": None, "reason": "a later draft is nearer"}


def read_drafts(path: Path | None) -> Drafting:
    """Return the drafts in the file at ``path``; none without one.

    Raises ``InputError`` where it cannot be read or is none.
    """
    if path is None:
        return Drafting()
    try:
        return msgspec.json.decode(path.read_bytes(), type=Drafting)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); draft again") from error
    except msgspec.MsgspecError as error:
        raise InputError(f"{path}: not drafts of this version ({error}); draft again") from error


def encoded_drafts(drafting: Drafting) -> bytes:
    """Return ``drafting`` as the file that ``read_drafts`` reads."""
    return msgspec.json.format(msgspec.json.encode(drafting), indent=1) + b"\n"


def compared(draft: Draft, patch: Patch) -> Draft:
    """Return ``draft`` as it stands beside ``patch``, what the plan has for its finding by now.

    It takes the place of an outline, and of a patch that is less than what it is; else the patch
    stays, and the draft says so.
    """
    if draft.proposal is None or patch.rung is Rung.OUTLINE:
        return draft
    mine, its = _worth(draft.asked, draft.rung), _worth(patch.asked.status, patch.rung)
    if mine > its:
        return replace(draft, over=change_of(patch.diff))
    said = f"the draft of {patch.made_by} stands, which is proven as far"
    return replace(draft, proposal=None, reason=said)


def _worth(asked: AskedStatus, rung: Rung) -> tuple[int, int]:
    return standing(asked), list(Rung).index(rung)


def joined(before: Drafting, after: Drafting) -> Drafting:
    """Return the drafts of two rounds; a later one that is nearer takes an earlier one's place."""
    stood = {draft.finding_id: draft for draft in before.drafts if draft.proposal is not None}
    answered = {draft.finding_id for draft in after.drafts if draft.proposal is not None}
    later = {(draft.finding_id, draft.adapter) for draft in after.drafts}
    standing_on = {
        (draft.finding_id, draft.adapter)
        for draft in stood.values()
        if draft.finding_id not in answered
    }
    kept = [
        each if key in standing_on or each.proposal is None else replace(each, **_OUTDONE)
        for each in before.drafts
        if (key := (each.finding_id, each.adapter)) in standing_on or key not in later
    ]
    # a draft in an earlier one's place stands in for what that one stood in for
    now = [
        replace(each, over=stood[each.finding_id].over) if each.finding_id in stood else each
        for each in after.drafts
        if (each.finding_id, each.adapter) not in standing_on
    ]
    return replace(after, drafts=(*kept, *now))


def take_drafts(
    offered: Sequence[Proposed],
    drafting: Drafting,
    snapshot: Snapshot,
    rejected: Sequence[Rejection] = (),
) -> tuple[Proposed, ...]:
    """Return ``offered`` with the drafts for what has no patch, or none that is as good.

    A draft stands in only for the very change that it was compared with; one that a person
    ``rejected`` is no answer.
    """
    by_finding: dict[str, list[Draft]] = {}
    for draft in drafting.drafts:
        by_finding.setdefault(draft.finding_id, []).append(draft)
    return tuple(
        _taken(each, by_finding.get(each.finding_id, ()), snapshot, rejected) for each in offered
    )


def _taken(
    offer: Proposed,
    drafts: Iterable[Draft],
    snapshot: Snapshot,
    rejected: Sequence[Rejection],
) -> Proposed:
    for draft in drafts:
        source = f"{DRAFTER}:{draft.adapter}"
        if draft.proposal is None:
            offer = _tried(offer, Skipped(source, draft.reason))
            continue
        answer = effective(draft.proposal, snapshot)
        if isinstance(answer, Skipped):
            offer = _tried(offer, answer)
            continue
        diff = diff_of(answer.edits, snapshot)
        if why := rejection(rejected, offer.finding_id, source, diff):
            offer = _tried(offer, Skipped(source, why, Cause.REJECTED))
        elif _stands_in(draft, offer, snapshot):
            former = offer.proposal
            if former is not None:
                offer = _tried(offer, Skipped(former.made_by, f"the draft of {source} is nearer"))
            offer = replace(offer, proposal=answer)
        else:
            offer = _tried(offer, Skipped(source, "another source has a patch by now"))
    return offer


def _stands_in(draft: Draft, offer: Proposed, snapshot: Snapshot) -> bool:
    if offer.proposal is None:
        return True
    if offer.proposal.source == DRAFTER:
        return True
    return bool(draft.over) and change_of(diff_of(offer.proposal.edits, snapshot)) == draft.over


def _tried(offer: Proposed, skipped: Skipped) -> Proposed:
    return replace(offer, tried=(*offer.tried, skipped))


def tallies(drafting: Drafting) -> tuple[DraftTally, ...]:
    """Return what each drafter cost and how good it was, by name."""
    by_adapter: dict[str, list[Draft]] = {}
    for draft in drafting.drafts:
        by_adapter.setdefault(draft.adapter, []).append(draft)
    return tuple(_tally(name, by_adapter[name]) for name in sorted(by_adapter))


def drafts_report(drafting: Drafting) -> DraftsReport:
    """Return what a plan says of its drafters."""
    said = drafting.gates, drafting.stopped, drafting.budget
    return DraftsReport(tallies(drafting), *said)


def _tally(adapter: str, drafts: Sequence[Draft]) -> DraftTally:
    attempts = [each for draft in drafts for each in draft.attempts]
    answered = [draft for draft in drafts if draft.rung is not Rung.OUTLINE]
    costs = [each.cost for each in attempts if each.cost is not None]
    return DraftTally(
        adapter=adapter,
        findings=len(drafts),
        asked=len(attempts),
        answered=len(answered),
        repaired=sum(len(draft.attempts) > 1 and not draft.reason for draft in answered),
        shown=sum(draft.asked is AskedStatus.SHOWN for draft in answered),
        refused=_counted(Counter(each.refused for each in attempts if each.refused)),
        silent=_counted(Counter(draft.reason for draft in drafts if draft.rung is Rung.OUTLINE)),
        seconds=round(sum(each.seconds for each in attempts), 1),
        cost=round(sum(costs), 4) if costs else None,
    )


def _counted(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
