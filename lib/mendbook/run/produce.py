"""Make a run whole: compute the plan, execute the notebooks, export, validate, publish once."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from mendbook import report, repository
from mendbook.code.diff import diff_of
from mendbook.drafting.briefs import write_briefs
from mendbook.errors import InputError, ReportError
from mendbook.model import Advice, CheckStatus, Patch, Plan
from mendbook.notebook.execute import execute, notebook_paths
from mendbook.proving.ladder import prove_mail
from mendbook.publish import publish, refuse_unwritable, write_files
from mendbook.report.sarif import to_sarif
from mendbook.repository.snapshot import Snapshot
from mendbook.run.run import Run, open_run
from mendbook.series.mailbox import format_patch, quilt_series
from mendbook.text.escape import slug, visible

PLAN_FILE = "plan.json"
RUN_FILE = "run.json"
REPORT_NOTEBOOK = "05-report.ipynb"
Progress = Callable[[str], None]


def produce(run: Run, progress: Progress = lambda _: None) -> Path:
    """Publish the whole of ``run`` and return its folder; nothing is left if anything fails.

    The folder holds ``docs/remediation/<stamp>.md``, ``reports/remediation-<stamp>.json``,
    ``PATCHES/``, ``report.html``, what advisors offer under ``infrastructure/``, the executed
    ``notebooks/`` and the plan itself, ``plan.json``.
    """
    run.refuse()
    refuse_unwritable(run.out)
    plan = run.plan
    _refuse_broken_series(plan, run.snapshot)

    def fill(folder: Path) -> None:
        files = {**documents(plan, run.snapshot), RUN_FILE: _encoded(_parameters(run))}
        write_files(folder, files)
        executed = _execute(run, folder / "notebooks", progress)
        progress("export the report")
        write_files(folder, exports(executed, run.stamp))

    return publish(run.out, run.stamp, run.audit.name, fill)


def documents(plan: Plan, snapshot: Snapshot) -> dict[str, str | bytes]:
    """Return what is written without the notebooks, by path in the run's folder."""
    stamp = plan.provenance.stamp
    offered = {
        f"infrastructure/{slug(advice.advisor)}/{name}": content
        for advice in plan.advice
        for name, content in {**advice.files, **_diffs(advice, snapshot)}.items()
    }
    return {
        PLAN_FILE: _encoded(plan),
        f"reports/remediation-{stamp}.json": report.remediation_text(plan),
        f"reports/remediation-{stamp}.sarif": to_sarif(plan),
        **patch_files(plan),
        **offered,
    }


def _diffs(advice: Advice, snapshot: Snapshot) -> dict[str, str]:
    """Return an advisor's patches, each against the audited tree: ``001.patch`` and so on."""
    return {
        f"{number:03d}.patch": diff_of(proposal.edits, snapshot)
        for number, proposal in enumerate(advice.proposals, start=1)
    }


def patch_files(plan: Plan) -> dict[str, str | bytes]:
    """Return ``PATCHES/``: one mail for each patch in series, and the series itself, in order."""
    mails = _mails(plan)
    series = quilt_series(patch for patch, _ in mails)
    return {**{f"PATCHES/{patch.name}": mail for patch, mail in mails}, "PATCHES/series": series}


def _mails(plan: Plan) -> list[tuple[Patch, bytes]]:
    date = dt.datetime.fromisoformat(plan.provenance.timestamp)
    finding_of = {finding.id: finding for finding in plan.audit.findings}
    series = sorted(
        (item for item in plan.remediations if item.patch.in_series),
        key=lambda item: item.patch.name,
    )
    return [(item.patch, format_patch(item, finding_of[item.finding_id], date)) for item in series]


def _refuse_broken_series(plan: Plan, snapshot: Snapshot) -> None:
    """Refuse to publish a series that ``git am`` does not take, or that gives another tree."""
    mails = _mails(plan)
    check = prove_mail([mail for _, mail in mails], [patch for patch, _ in mails], snapshot)
    if check.status is CheckStatus.FAIL:
        message = f"PATCHES/series: git am does not take it ({check.detail}); report this as a bug"
        raise ReportError(message)


def exports(executed: Path, stamp: str) -> dict[str, str | bytes]:
    """Return the Markdown and the HTML that nbconvert makes of the executed report notebook."""
    import nbformat  # brings jsonschema, which is slow to import

    shown = nbformat.read(executed, as_version=4)  # type: ignore[no-untyped-call]
    markdown, _ = report.MarkdownReportExporter().from_notebook_node(shown)  # type: ignore[no-untyped-call]
    html, _ = report.HtmlReportExporter().from_notebook_node(shown)  # type: ignore[no-untyped-call]
    return {f"docs/remediation/{stamp}.md": markdown, "report.html": html}


def load_plan(folder: Path) -> Plan:
    """Return the plan of the published run in ``folder``; ``InputError`` when it is not one."""
    path = folder / PLAN_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Plan)
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); name the folder of a published run"
        raise InputError(message) from error
    except msgspec.MsgspecError as error:
        message = f"{path}: not a plan of this version ({error}); make the run again"
        raise InputError(message) from error


def commit_run(folder: Path, repo: Path | None = None) -> repository.BranchCommit:
    """Commit the artefacts of the run in ``folder`` on a new branch of its target, locally."""
    plan = load_plan(folder)
    if not plan.context.root and repo is None:
        message = f"{folder}: the run had no repository; name one with --repo"
        raise InputError(message)
    target = repository.open_target(repo or Path(plan.context.root), plan.context.commit)
    kept = [folder / "docs", folder / "reports", folder / "PATCHES"]
    artefacts = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for top in kept
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }
    made = plan.provenance
    return repository.commit_artefacts(
        target.root, target.commit, artefacts, made.stamp, made.timestamp[:10]
    )


def verify_run(
    folder: Path, gates: str, jobs: int = 1, progress: Progress = lambda _: None
) -> tuple[Plan, Path]:
    """Publish the run in ``folder`` again with its patches proven by ``gates``; it stays itself.

    ``gates`` is ``all`` or names as ``typecheck,test``. Raises ``InputError`` where the folder is
    no run, or its audit or repository changed since.
    """
    given = _loaded_parameters(folder)
    before = load_plan(folder)
    run = open_run(**{**given, "gates": gates, "stamp": ""}, jobs=jobs, progress=progress)
    if run.target is None:
        message = f"{folder}: the run had no repository; plan again with --repo"
        raise InputError(message)
    if (run.audit.sha256, run.target.commit) != (before.audit.sha256, before.context.commit):
        message = f"{folder}: its audit or commit changed since; plan again"
        raise InputError(message)
    return run.plan, produce(run, progress)


def brief_run(folder: Path) -> tuple[Path, ...]:
    """Write a brief for each finding of the run in ``folder`` that has no patch; return them."""
    run = open_run(**_loaded_parameters(folder))
    waiting = {patch.finding_id for patch in run.series if not patch.answers}
    findings = [finding for finding in run.audit.findings if finding.id in waiting]
    return write_briefs(findings, run.facts, run.snapshot, run.references, folder / "briefs")


def _loaded_parameters(folder: Path) -> dict[str, Any]:
    path = folder / RUN_FILE
    try:
        given: dict[str, Any] = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.MsgspecError) as error:
        message = f"{path}: cannot be read; name the folder of a published run"
        raise InputError(message) from error
    return given


def closing_words(plan: Plan, folder: Path) -> str:
    """Return what the command line says at the end: where it all is, what to look at first."""
    lines = [
        f"Report   {folder / 'report.html'}",
        f"Markdown {folder / 'docs/remediation' / plan.provenance.stamp}.md",
        f"Patches  {folder / 'PATCHES'}",
        "",
        "Look at these first:",
    ]
    for place, each in enumerate(report.highlights(plan), start=1):
        lines += textwrap.wrap(
            visible(f"{place}. {each.headline}: {each.words}", keep=""),
            width=96,
            subsequent_indent="   ",
        )
    return "\n".join(lines)


def _execute(run: Run, folder: Path, progress: Progress) -> Path:
    progress("execute the notebooks")
    try:
        recorded = execute(notebook_paths(), _parameters(run), folder, progress=progress)
    except ReportError as error:
        kept = run.given.cache / "failed" / run.stamp
        _keep(folder, kept)
        message = f"{error}; the notebooks as far as they came are in {kept}"
        raise ReportError(message) from error
    _check(recorded, run.plan)
    return folder / REPORT_NOTEBOOK


def _keep(folder: Path, kept: Path) -> None:
    for executed in folder.glob("*.ipynb"):
        kept.mkdir(parents=True, exist_ok=True)
        (kept / executed.name).write_bytes(executed.read_bytes())


def _check(recorded: dict[str, dict[str, Any]], plan: Plan) -> None:
    """Refuse to publish a report that speaks of other findings than the plan does."""
    said = recorded[Path(REPORT_NOTEBOOK).stem]["findings"]
    if said != len(plan.remediations):
        message = (
            f"{REPORT_NOTEBOOK}: shows {said} findings and the plan has "
            f"{len(plan.remediations)}; an input changed meanwhile, run again"
        )
        raise ReportError(message)


def _encoded(record: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(record), indent=1)


def _parameters(run: Run) -> dict[str, Any]:
    decided = str(run.given.decisions) if run.given.decisions.exists() else ""
    return {
        **run.inputs.parameters(),
        "overrides": decided,
        "out": str(run.out),
        "stamp": run.stamp,
    }
