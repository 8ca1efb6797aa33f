"""``mendbook plan``: from an audit to a published run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mendbook import project
from mendbook.cli.console import Steps, finish
from mendbook.cli.options import (
    FailOn,
    KeepDays,
    KeepRuns,
    Out,
    TrustDrafts,
    path_argument,
    path_option,
    read_orders,
    refuse_chosen_programs,
    split_names,
)
from mendbook.text.phrasing import capitalised

AuditArgument = Annotated[
    Path | None, path_argument(help="The audit: Mendbook's JSON, SARIF, ESLint, knip …")
]


def plan(
    ctx: typer.Context,
    audit: AuditArgument = None,
    *,
    sample: Annotated[bool, typer.Option("--sample", help="Plan the built-in sample.")] = False,
    sample_name: Annotated[
        str, typer.Option(help="Another built-in sample: orchard (Python) or climbing (pnpm).")
    ] = "",
    repo: Annotated[
        Path | None,
        path_option(
            help="The audited repository; the one AUDIT lies in, or you stand in, if unset."
        ),
    ] = None,
    profile: Annotated[
        list[Path] | None,
        path_option(help="A measurement: a profile, a load test, coverage; docs/formats.md."),
    ] = None,
    tool: Annotated[
        list[Path] | None, path_option(help="Another tool's report that enriches the audit.")
    ] = None,
    history: Annotated[
        list[Path] | None,
        path_option(
            help="Earlier remediation JSON, its audit beside it; refines hours and priorities."
        ),
    ] = None,
    capacity: Annotated[float, typer.Option(help="Hours a sprint holds.")] = 20.0,
    commit: Annotated[str, typer.Option(help="Plan on this commit instead of the audit's.")] = "",
    policy: Annotated[Path | None, path_option(help="Decision tree and weights (YAML).")] = None,
    overrides: Annotated[
        Path | None, path_option(help="Folder of curated patches and overridden fields.")
    ] = None,
    references: Annotated[
        str, typer.Option(help="Who finds callsites: auto, exact or syntax.")
    ] = "auto",
    only: Annotated[str, typer.Option(help="Plan these findings alone: their ids, …,….")] = "",
    include_closed: Annotated[
        bool,
        typer.Option("--include-closed", help="Plan what the audit calls closed as well."),
    ] = False,
    field_map: Annotated[
        Path | None,
        path_option("--map", help="How to read AUDIT, as intake --write-map writes it."),
    ] = None,
    drafter: Annotated[
        str, typer.Option(help="Agent that drafts what nothing else has a patch for; see draft.")
    ] = "",
    gates: Annotated[
        str, typer.Option(help="Prove patches by running: all, or typecheck,lint,test,build.")
    ] = "",
    trust_drafts: TrustDrafts = False,
    notebooks: Annotated[
        str, typer.Option(help="Which are executed: all, report or none (then no report.html).")
    ] = "all",
    fail_on: FailOn = None,
    keep: KeepRuns = None,
    keep_days: KeepDays = None,
    out: Out = None,
) -> None:
    """Plan the remediation of AUDIT: report, JSON, patches and executed notebooks in one folder."""
    from mendbook.drafting.drafter import find_drafter
    from mendbook.run.attempt import attempt
    from mendbook.run.draft import DraftOrder, drafted
    from mendbook.run.produce import showing
    from mendbook.run.run import open_run

    orders, show = read_orders(fail_on, keep, keep_days), showing(notebooks)
    if (audit is None) != sample:
        message = "give either an AUDIT or --sample"
        raise typer.BadParameter(message)
    why = ""
    if sample_name:
        audit, repo, profile = _built_in(sample_name, profile)
    if audit is not None and repo is None:
        repo, why = _repository_around(audit, field_map)
    refuse_chosen_programs(ctx, repo)
    with Steps() as steps:
        run = open_run(
            audit or "",
            repo or "",
            profile or (),
            tools=tool or (),
            history=history or (),
            capacity=capacity,
            commit=commit,
            policy=policy or "",
            overrides=overrides or "",
            references=references,
            gates=gates,
            only=split_names(only),
            include_closed=include_closed,
            field_map=field_map or "",
            trust_drafts=trust_drafts,
            out=out or "",
            progress=steps,
        )
        if drafter:
            order = DraftOrder(find_drafter(drafter), gates=gates, trust_drafts=trust_drafts)
            run = drafted(run, order, steps)
        outcome = attempt(run.given, orders, show)
    more = [f"{capitalised(why)}."] if why else []
    if out is None and run.out != Path.cwd() / "reports" and not sample:
        more.append(f"The audited repository stays as it is: runs are kept in {run.out}")
    finish(outcome, more)


def _repository_around(audit: Path, field_map: Path | None) -> tuple[Path | None, str]:
    """Return the repository that ``audit`` is about, and why it is that one in one line."""
    from mendbook.intake import load_audit
    from mendbook.repository.around import repository_of

    places = [place.path for each in load_audit(audit, field_map).findings for place in each.places]
    around = repository_of(audit, places, Path.cwd())
    return around.root, around.why


def _built_in(name: str, profile: list[Path] | None) -> tuple[Path, Path, list[Path]]:
    """Return the audit, the repository and the measurements of a built-in sample."""
    from mendbook.sample import materialise_sample, sample_inputs

    sample = sample_inputs(name)
    repo = materialise_sample(project.cache() / f"sample-{name}", name)
    return sample.audit, repo, profile or list(sample.profiles)
