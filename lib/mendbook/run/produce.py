"""Make a run whole: compute the plan, execute the notebooks, export, validate, publish once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from mendbook import report
from mendbook.code.diff import diff_of
from mendbook.drafting.record import NAME as DRAFTS
from mendbook.drafting.record import encoded_drafts
from mendbook.errors import ReportError, UsageError
from mendbook.model import Advice, CheckStatus, Plan
from mendbook.notebook.execute import plan_notebooks, recorded_results
from mendbook.proving.ladder import prove_mail
from mendbook.publish import publish, refuse_unwritable, write_files
from mendbook.report.exporters import exported
from mendbook.report.exporters.exporter import cut, in_series
from mendbook.report.exporters.mail import to_mails
from mendbook.report.offered import file_path, offered_folder, patch_path
from mendbook.repository.snapshot import Snapshot
from mendbook.run.executed import execute_or_take, export_or_take
from mendbook.run.given import Progress
from mendbook.run.run import Run
from mendbook.text.closest import did_you_mean

RUN_FILE = "run.json"
DECISIONS = "decisions"
"""The key of the run's file that names the folder of what people decided."""
REPORT_NOTEBOOK = "05-report.ipynb"
_EXECUTE, _EXPORT = "execute the notebooks", "export the report"
STEPS = (_EXECUTE, _EXPORT)
"""What is said of a run's last steps, in order."""
Show = Callable[[Run, Path, Progress], None]


def show_notebooks(run: Run, folder: Path, progress: Progress) -> None:
    """Execute the notebooks into the run's ``folder`` and export the report."""
    _show(run, folder, progress, plan_notebooks())


def show_report(run: Run, folder: Path, progress: Progress) -> None:
    """Execute the notebook of the report alone, and export it."""
    chosen = [each for each in plan_notebooks() if each.name == REPORT_NOTEBOOK]
    _show(run, folder, progress, chosen)


def show_nothing(run: Run, folder: Path, progress: Progress) -> None:
    """Show nothing: the plan, its patches and its data are enough."""


SHOWN: dict[str, Show] = {"all": show_notebooks, "report": show_report, "none": show_nothing}
"""What ``--notebooks`` names."""


def showing(name: str) -> Show:
    """Return what shows the notebooks called ``name``; ``UsageError`` for none of ``SHOWN``."""
    if name not in SHOWN:
        meant = did_you_mean(name, SHOWN)
        raise UsageError(f"--notebooks {name[:40]!r}: choose from {', '.join(SHOWN)}{meant}")
    return SHOWN[name]


def _show(run: Run, folder: Path, progress: Progress, notebooks: Sequence[Path]) -> None:
    executed = _execute(run, folder / "notebooks", progress, notebooks)
    progress(_EXPORT)
    exports = export_or_take(run, Path(REPORT_NOTEBOOK).stem, executed, _exports)
    written = {f"docs/remediation/{run.stamp}.md": exports["md"], "report.html": exports["html"]}
    write_files(folder, dict(written))


def produce(
    run: Run,
    progress: Progress = lambda _: None,
    show: Show = show_notebooks,
    finish: Callable[[Path], None] = lambda _: None,
) -> Path:
    """Publish the whole of ``run`` and return its folder; nothing is left if anything fails.

    The folder holds ``docs/remediation/<stamp>.md``, ``reports/remediation-<stamp>.json``,
    ``PATCHES/``, ``report.html``, what advisors offer beside the Markdown, the executed
    ``notebooks/`` and the plan itself, ``plan.json``. ``show`` makes the notebooks and what is
    exported of them; ``finish`` is the last to write into the folder before it is published.
    """
    run.refuse()
    refuse_unwritable(run.out)
    plan = run.plan
    _refuse_broken_series(plan, run.snapshot)

    def fill(folder: Path) -> None:
        write_files(folder, unexecuted(run))
        show(run, folder, progress)
        finish(folder)

    return publish(run.out, run.stamp, run.audit.name, fill)


def unexecuted(run: Run) -> dict[str, str | bytes]:
    """Return all of a run's files but its notebooks and what is exported of them."""
    decisions = {DECISIONS: str(run.overrides_folder)}  # even where there are none yet
    parameters = _encoded({**_parameters(run), **decisions})
    drafts = {DRAFTS: encoded_drafts(run.drafting)} if run.inputs.drafts else {}
    return {**documents(run.plan, run.snapshot), **drafts, RUN_FILE: parameters}


def documents(plan: Plan, snapshot: Snapshot) -> dict[str, str | bytes]:
    """Return what is written without the notebooks, by path in the run's folder."""
    folder = offered_folder(plan)
    offered = {
        f"{folder}/{path}": content
        for advice in plan.advice
        for path, content in _offered(advice, snapshot).items()
    }
    return {**exported(plan), **offered}


def _offered(advice: Advice, snapshot: Snapshot) -> dict[str, str]:
    """Return an advisor's files, and its patches, each against the audited tree, by path."""
    files = {file_path(advice, name): content for name, content in advice.files.items()}
    patches = {
        patch_path(advice, number): diff_of(proposal.edits, snapshot)
        for number, proposal in enumerate(advice.proposals, start=1)
    }
    return {**files, **patches}


def _refuse_broken_series(plan: Plan, snapshot: Snapshot) -> None:
    """Refuse to publish a series that ``git am`` does not take, or that gives another tree."""
    items = in_series(plan)
    mails = [to_mails(part) for part in cut(plan, ([item] for item in items))]
    check = prove_mail(mails, [item.patch for item in items], snapshot)
    if check.status is CheckStatus.FAIL:
        message = f"PATCHES/series: git am does not take it ({check.detail}); report this as a bug"
        raise ReportError(message)


def _exports(executed: str) -> dict[str, str]:
    """Return the Markdown and the HTML that nbconvert makes of the executed report notebook."""
    import nbformat  # brings jsonschema, which is slow to import

    shown = nbformat.reads(executed, as_version=4)  # type: ignore[no-untyped-call]
    exporters = report.MarkdownReportExporter, report.HtmlReportExporter
    markdown, html = (exporter().from_notebook_node(shown)[0] for exporter in exporters)
    return {"md": markdown, "html": html}


def _execute(run: Run, folder: Path, progress: Progress, notebooks: Sequence[Path]) -> bytes:
    """Execute ``notebooks`` into ``folder``; return that of the report, with no run's stamp."""
    progress(_EXECUTE)
    try:
        executed = execute_or_take(run, notebooks, _parameters(run), folder, progress)
    except ReportError as error:
        kept = run.given.cache / "failed" / run.stamp
        _keep(folder, kept)
        message = f"{error}; the notebooks as far as they came are in {kept}"
        raise ReportError(message) from error
    _check(recorded_results(folder / REPORT_NOTEBOOK), run.plan)
    return executed[Path(REPORT_NOTEBOOK).stem]


def _keep(folder: Path, kept: Path) -> None:
    for executed in folder.glob("*.ipynb"):
        kept.mkdir(parents=True, exist_ok=True)
        (kept / executed.name).write_bytes(executed.read_bytes())


def _check(recorded: Mapping[str, Any], plan: Plan) -> None:
    """Refuse to publish a report that speaks of other findings than the plan does."""
    said = recorded["findings"]
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
