"""What a person says of a published run: a patch is wrong, a draft is taken, a way is chosen."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from mendbook.code.diff import diff_of
from mendbook.errors import InputError, PatchError, PolicyError, RepositoryError, UsageError
from mendbook.finding_names import FindingNames
from mendbook.fixes.instruction.sentences.alternatives import alternatives
from mendbook.fixes.sources.curated import curated_patch, named_now, read_curated
from mendbook.judgements import (
    NAME,
    Choice,
    Judgements,
    Rejection,
    change_of,
    encoded,
    read_judgements,
)
from mendbook.ledger.plan_versions import read_plan
from mendbook.model import CURATED, Patch, Plan, Rung
from mendbook.proving.vet_diff import foreign_edits, subjects
from mendbook.publish import write_whole
from mendbook.repository import git
from mendbook.run.published import recorded
from mendbook.run.run import Run, open_run
from mendbook.text.closest import did_you_mean
from mendbook.text.escape import slug
from mendbook.text.plain import one_line

_FILE_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,99}", re.ASCII)
_WIDTH = 72
_LONGEST = 400


def reject(folder: Path, finding_id: str, why: str) -> tuple[str, Path]:
    """Keep that the patch of ``finding_id`` in the run of ``folder`` is wrong, and ``why``.

    Returns what the next plan says of it, and the file that it is kept in. Raises ``UsageError``
    for an unknown finding, one without a patch, or no reason; nothing is written then.
    """
    plan, patch = _patch_of(folder, finding_id)
    said = one_line(why, _LONGEST)
    if not said:
        raise UsageError("--why: say what is wrong with the patch; it stands in the next plan")
    run, kept = _opened(folder, plan)
    if patch.source == CURATED:
        raise UsageError(f"{finding_id}: its patch is curated; take it out of {kept} instead")
    diff = patch.diff if patch.is_draft else _alone(run, patch, folder)
    rejection = Rejection(
        finding_id,
        patch.made_by,
        change_of(diff),
        _person(),
        _day(run),
        said,
        _identity(run, finding_id),
    )
    before = read_judgements(kept)
    if earlier := next((each for each in before.rejected if each.same(rejection)), None):
        raise UsageError(f"{finding_id}: this patch was {earlier.words} already; plan again")
    judgements: Judgements = replace(before, rejected=(*before.rejected, rejection))
    write_whole(kept / NAME, encoded(judgements))
    return rejection.words, kept / NAME


def choose(folder: Path, finding_id: str, which: str) -> tuple[str, Path]:
    """Keep that the fix of ``finding_id`` is to be made in the way ``which`` of those it offers.

    ``which`` is its number or its letter. Returns the text that is taken, and the file that it is
    kept in. Raises ``UsageError`` for an unknown finding, one without a choice, or a way that it
    does not offer; nothing is written then.
    """
    plan = read_plan(folder)
    run, kept = _opened(folder, plan)
    written = {each.id: each.fix.strip() for each in run.audit.findings}
    if finding_id not in written:
        meant = did_you_mean(finding_id, written) or "; its report lists them"
        raise UsageError(f"{one_line(finding_id, 60)!r}: the run has no such finding{meant}")
    offered = alternatives(written[finding_id])
    number = _number(which)
    if not 0 < number <= len(offered):
        ways = "; ".join(f"{at}: {one_line(each, 120)}" for at, each in enumerate(offered, 1))
        raise UsageError(f"{finding_id}: its fix offers {ways or 'no choice'}")
    identity = _identity(run, finding_id)
    choice = Choice(finding_id, number, offered[number - 1], _person(), _day(run), identity)
    before = read_judgements(kept)
    names = FindingNames.of(run.audit.findings)
    others = tuple(
        each for each in before.chosen if names.id_of(each.finding, each.identity) != finding_id
    )
    write_whole(kept / NAME, encoded(replace(before, chosen=(*others, choice))))
    return choice.fix, kept / NAME


def _number(which: str) -> int:
    """Return the number that ``2`` or ``B`` means; 0 for anything else."""
    if which.isdecimal():
        return int(which)
    return ord(which.upper()) - 64 if re.fullmatch(r"[A-Za-z]", which) else 0


def accept(folder: Path, finding_id: str) -> Path:
    """Take the draft of ``finding_id`` in the run of ``folder`` over as a curated patch.

    Returns its file. Raises ``UsageError`` for an unknown finding or one without a draft,
    ``PolicyError`` where a patch stands there, and ``PatchError`` where it is none that may be
    taken; nothing is written then.
    """
    plan, patch = _patch_of(folder, finding_id)
    if not patch.is_draft:
        raise UsageError(f"{finding_id}: its patch is no draft; it is in the series already")
    run, kept = _opened(folder, plan)
    path = kept / f"{_stem(finding_id)}.patch"
    names = FindingNames.of(run.audit.findings)
    standing = [each for each in named_now(read_curated(kept), names) if finding_id in each.fixes]
    if standing or path.exists():
        name = standing[0].name if standing else path.name
        raise PolicyError(f"{kept / name}: a patch stands there; take it away first")
    text = _curated(patch, _person(), _day(run), _identity(run, finding_id))
    _refuse_unusable(run, finding_id, path.name, text)
    write_whole(path, text.encode())
    return path


def _patch_of(folder: Path, finding_id: str) -> tuple[Plan, Patch]:
    """Return the run's plan, and the change that it has for the finding."""
    plan = read_plan(folder)
    patches = {item.finding_id: item.patch for item in plan.remediations}
    if finding_id not in patches:
        meant = did_you_mean(finding_id, patches) or "; its report lists them"
        raise UsageError(f"{one_line(finding_id, 60)!r}: the run has no such finding{meant}")
    patch = patches[finding_id]
    if patch.rung is Rung.OUTLINE:
        raise UsageError(f"{finding_id}: the run has no patch for it, only an outline")
    return plan, patch


def _opened(folder: Path, plan: Plan) -> tuple[Run, Path]:
    """Return the run of ``folder``, opened without its gates, and the folder of decisions."""
    given, kept = recorded(folder)
    run = open_run(**{**given, "gates": ""})
    if kept is None:
        kept = run.overrides_folder
    if kept.is_file():
        message = f"{kept}: patches need a folder to be kept in; plan with --overrides FOLDER"
        raise UsageError(message)
    commit = run.target.commit if run.target else ""
    if (run.audit.sha256, commit) != (plan.audit.sha256, plan.context.commit):
        raise InputError(f"{folder}: its audit or commit changed since; plan again")
    return run, kept


def _alone(run: Run, patch: Patch, folder: Path) -> str:
    """Return the diff of a patch in the series as its source proposed it on the audited tree."""
    answers = (each.proposal for each in run.proposed if each.finding_id == patch.finding_id)
    proposal = next((each for each in answers if each and each.made_by == patch.made_by), None)
    if proposal is None:
        message = f"{folder}: the patch of {patch.finding_id} is another by now; plan again"
        raise InputError(message)
    return diff_of(proposal.edits, run.snapshot)


def _stem(finding_id: str) -> str:
    """Return the name of the finding's file; never that of another finding."""
    return finding_id if _FILE_NAME.fullmatch(finding_id) else f"{slug(finding_id, 90)}-accepted"


def _curated(patch: Patch, who: str, day: str, identity: str) -> str:
    head = (
        f"Subject: {one_line(patch.summary, _WIDTH)}",
        f"Fixes: {patch.finding_id}",
        f"Accepted-by: {who} on {day}, a draft of {one_line(patch.made_by, _WIDTH)}",
        f"Identity: {identity}",
    )
    return "\n".join((*head, "", patch.diff))


def _refuse_unusable(run: Run, finding_id: str, name: str, text: str) -> None:
    """Refuse a patch that the next plan would not take for the finding, with its reason."""
    if curated_patch(name, text).fixes != (finding_id,):
        message = f"{one_line(finding_id, 60)!r}: a patch file cannot name this id in a header"
        raise PatchError(message)
    finding = next(each for each in run.findings if each.id == finding_id)
    facts = next(each for each in run.facts if each.finding_id == finding_id)
    try:
        foreign_edits(text, run.snapshot, subjects(finding, facts))
    except PatchError as error:
        raise PatchError(f"{finding_id}: {error}") from error


def _identity(run: Run, finding_id: str) -> str:
    return next(each.fingerprint for each in run.audit.findings if each.id == finding_id)


def _person() -> str:
    """Return who decides: the name that git has, else that of the account."""
    try:
        named = git.run(Path.cwd(), "config", "--get", "user.name").stdout.decode(errors="replace")
    except RepositoryError:
        named = ""
    account = os.environ.get("USER") or os.environ.get("USERNAME", "")
    who = one_line(named, 80) or one_line(account, 80)
    if not who:
        raise UsageError("nobody is named; set git's user.name, so that the plan can say who")
    return who


def _day(run: Run) -> str:
    return run.given.today.isoformat()
