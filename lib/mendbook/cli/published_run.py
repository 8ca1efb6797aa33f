"""Commands about a published run: prove it, draft what is left, judge it, commit it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mendbook.cli.console import Steps, finish
from mendbook.cli.options import (
    FailOn,
    TrustDrafts,
    path_argument,
    path_option,
    read_orders,
    refuse_chosen_programs,
    split_names,
)

if TYPE_CHECKING:
    from mendbook.repository import BranchCommit


def commit(
    run: Annotated[Path, path_argument(help="Folder of a published run.")],
    repo: Annotated[
        Path | None, path_option(help="Another clone of the audited repository.")
    ] = None,
    onto: Annotated[
        str,
        typer.Option(
            metavar="COMMIT",
            help="Carry the series to this commit (HEAD, a branch, a tag, a hash) and say what "
            "no longer applies or is done.",
        ),
    ] = "",
) -> None:
    """Commit a run's artefacts on a new branch of the target; never push, never open a PR."""
    from mendbook.run.published import commit_run

    committed = _commit_onto(run, onto, repo) if onto else commit_run(run, repo)
    print(
        f"Committed {committed.commit[:12]} on branch {committed.branch}. Nothing was pushed and "
        "no pull request was opened; review the branch first."
    )


def _commit_onto(run: Path, onto: str, repo: Path | None) -> BranchCommit:
    """Carry the run's series to ``onto`` and commit it there; say what became of each patch."""
    from mendbook.report.carried import tally
    from mendbook.run.onto import commit_onto
    from mendbook.text.plain import one_line

    done = commit_onto(run, onto, repo)
    print(f"On {done.onto[:12]}: {tally(done.patches)}")
    for each in done.patches:
        why = f" ({one_line(each.why, 300)})" if each.why else ""
        print(f"  {each.patch.name}: {each.outcome}{why}")
    return done.commit


def verify(
    run: Annotated[Path, path_argument(help="Folder of a published run.")],
    gates: Annotated[
        str, typer.Option(help="all, or some of typecheck,lint,test,build; test=test:unit renames.")
    ] = "all",
    jobs: Annotated[int, typer.Option(min=1, help="Trees tried at once.")] = 1,
    fail_on: FailOn = None,
    trust_drafts: TrustDrafts = False,
) -> None:
    """Prove a run's patches: gates, merge order, rollback; published beside the run."""
    from mendbook.run.published import verify_run

    orders = read_orders(fail_on, None, None)
    with Steps() as steps:
        outcome = verify_run(run, gates, jobs, steps, orders, trust_drafts)
    finish(outcome)


def draft(
    ctx: typer.Context,
    run: Annotated[Path, path_argument(help="Folder of a published run.")],
    *,
    with_: Annotated[
        str,
        typer.Option("--with", help="claude, codex, gemini, aider, opencode, llm, or a command."),
    ],
    only: Annotated[str, typer.Option(help="Findings, comma-separated; all without one.")] = "",
    budget: Annotated[
        float | None, typer.Option(help="US dollars that may be spent, where the agent tells.")
    ] = None,
    minutes: Annotated[float, typer.Option(help="How long all of it may take.")] = 30.0,
    jobs: Annotated[int, typer.Option(min=1, help="Findings asked about at once.")] = 4,
    pass_: Annotated[
        str, typer.Option("--pass", help="Variables that the agent is given, comma-separated.")
    ] = "",
    gates: Annotated[
        str, typer.Option(help="Run over each draft: all, or typecheck,lint,test,build.")
    ] = "",
    trust_drafts: TrustDrafts = False,
) -> None:
    """Ask an agent for what has no sure patch; its answers are proven, and drafts till you accept.

    What it answered once is not asked again. A new run is published beside the old one.
    """
    from mendbook.drafting.drafter import find_drafter
    from mendbook.drafting.meter import Limits
    from mendbook.run.draft import DraftOrder, draft_run
    from mendbook.run.published import recorded

    repo = recorded(run)[0].get("repo")
    refuse_chosen_programs(ctx, Path(repo) if repo else None)
    limits = Limits(dollars=budget, minutes=minutes, jobs=jobs)
    drafter = find_drafter(with_, split_names(pass_))
    order = DraftOrder(drafter, limits, split_names(only), gates, trust_drafts)
    with Steps() as steps:
        outcome = draft_run(run, order, steps)
    finish(outcome)


def briefs(
    run: Annotated[Path, path_argument(help="Folder of a published run.")],
) -> None:
    """Write a JSON brief for each finding without a patch, for a person or an agent to answer."""
    from mendbook.run.published import brief_run

    for path in brief_run(run):
        print(path)


def reject(
    run: Annotated[Path, path_argument(help="Folder of a published run.")],
    finding: Annotated[str, typer.Argument(metavar="ID", help="The finding of the patch.")],
    *,
    why: Annotated[str, typer.Option(help="What is wrong with it; the next plan says so.")],
) -> None:
    """Say that a run's patch is wrong: it is kept in the overrides and never comes back unasked."""
    from mendbook.run import judge

    words, file = judge.reject(run, finding, why)
    print(f"{finding}: its patch was {words}\nKept in {file}; plan again.")


def choose(
    run: Annotated[Path, path_argument(help="Folder of a published run.")],
    finding: Annotated[str, typer.Argument(metavar="ID", help="The finding that offers ways.")],
    which: Annotated[str, typer.Argument(metavar="N", help="Its number, or its letter: 2 or B.")],
) -> None:
    """Take one of the ways that a fix text offers: the next plan reads that one, and says who."""
    from mendbook.run import judge

    text, file = judge.choose(run, finding, which)
    print(f"{finding}: {text}\nKept in {file}; plan again.")


def accept(
    run: Annotated[Path, path_argument(help="Folder of a published run.")],
    finding: Annotated[str, typer.Argument(metavar="ID", help="The finding of the draft.")],
) -> None:
    """Take a run's draft over as a curated patch: the next plan has it in the series."""
    from mendbook.run import judge

    print(f"{finding}: its draft is curated now\nKept in {judge.accept(run, finding)}; plan again.")
