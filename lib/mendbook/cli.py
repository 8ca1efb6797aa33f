"""The command line: one function for each command; ``mendbook --help`` lists them.

Exit codes: 0 done, 1 something unforeseen, 2 wrong usage, 130 interrupted, and one for each stage
that can refuse (``mendbook.errors``).
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from mendbook import project
from mendbook.errors import MendbookError, ReportError, UsageError
from mendbook.project_file import NAME, read_options
from mendbook.signals import INTERRUPTED, WORDS, end_as_interrupted, end_if_asked
from mendbook.text.phrasing import capitalised

if TYPE_CHECKING:
    from mendbook.run.attempt import Orders, Outcome

app = typer.Typer(
    name="mendbook",
    help="Turn a code audit into a remediation plan a team can execute.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
_screen = Console(stderr=True, highlight=False)

AuditArgument = Annotated[
    Path | None, typer.Argument(help="The audit: Mendbook's JSON, SARIF, ESLint, knip …")
]
TrustDrafts = Annotated[
    bool,
    typer.Option(
        "--trust-drafts",
        help="Run gates over what an agent wrote even where bubblewrap is missing.",
    ),
]
Out = Annotated[
    Path | None, typer.Option(help="Folder for runs; reports/ where you stand if unset.")
]

FailOn = Annotated[
    list[str] | None,
    typer.Option(help="Exit with 10 where the plan has it: P0 … P3, new, unproven."),
]
KeepRuns = Annotated[
    int | None, typer.Option("--keep", help="Keep so many runs of each audit, the newest.")
]
KeepDays = Annotated[int | None, typer.Option(help="Keep the runs of so many days.")]

_FULL = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.ENOTDIR,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.EFBIG,
}


class _Steps:
    """Say what is being done: a spinner on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self._live = _screen.is_terminal
        self._bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=_screen
        )
        self._task = self._bar.add_task("start", total=None)

    def __enter__(self) -> _Steps:
        if self._live:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._live:
            self._bar.stop()

    def __call__(self, step: str) -> None:
        end_if_asked()
        if self._live:
            self._bar.update(self._task, description=step)
        else:
            print(f"mendbook: {step}", file=sys.stderr, flush=True)


def _finish(outcome: Outcome, more: Sequence[str] = ()) -> None:
    """Say where a run is and what to look at first; raise what its exit code says."""
    from mendbook.run.closing import closing_words

    print("\n".join([closing_words(outcome.plan, outcome.folder), *more]))
    outcome.refuse()


def _orders(fail_on: list[str] | None, keep: int | None, keep_days: int | None) -> Orders:
    from mendbook.ledger.retention import Keep
    from mendbook.ledger.verdict import parse_fail_on
    from mendbook.run.attempt import Orders

    return Orders(parse_fail_on(fail_on or ()), Keep(keep, keep_days))


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"mendbook {version('mendbook')}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Turn a code audit into a remediation plan a team can execute."""
    commands = getattr(ctx.command, "commands", {})
    known = {name: list(command.params) for name, command in commands.items()}
    ctx.default_map = read_options(
        Path.cwd(),
        {name: frozenset(str(each.name) for each in params) for name, params in known.items()},
        frozenset(str(each.name) for params in known.values() for each in params if _several(each)),
    )


def _several(parameter: object) -> bool:
    return bool(getattr(parameter, "multiple", False))


_CHOSEN = ("drafter", "with_", "pass_", "gates", "trust_drafts")
"""Options that say what is run, or how far it is trusted."""


def _refuse_chosen_programs(ctx: typer.Context, repo: Path | None) -> None:
    """Refuse a program that a file in the audited repository has chosen: that is data."""
    if repo is None or not Path.cwd().is_relative_to(project.top_of(repo)):
        return
    for name in _CHOSEN:
        source = ctx.get_parameter_source(name)
        if source is not None and source.name == "DEFAULT_MAP":
            option = name.strip("_").replace("_", "-")
            message = (
                f"{NAME}: {name}: a file in the audited repository does not choose what is run; "
                f"give --{option} yourself"
            )
            raise UsageError(message)


def _repository_around(audit: Path, field_map: Path | None) -> tuple[Path | None, str]:
    """Return the repository that ``audit`` is about, and why it is that one in one line."""
    from mendbook.intake import load_audit
    from mendbook.repository.around import repository_of

    places = [place.path for each in load_audit(audit, field_map).findings for place in each.places]
    found = repository_of(audit, places, Path.cwd())
    return found.root, found.why


def _built_in(name: str, profile: list[Path] | None) -> tuple[Path, Path, list[Path]]:
    """Return the audit, the repository and the measurements of a built-in sample."""
    from mendbook.sample import materialise_sample, sample_inputs

    found = sample_inputs(name)
    repo = materialise_sample(project.cache() / f"sample-{name}", name)
    return found.audit, repo, profile or list(found.profiles)


@app.command()
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
        typer.Option(
            help="The audited repository; the one AUDIT lies in, or you stand in, if unset."
        ),
    ] = None,
    profile: Annotated[
        list[Path] | None,
        typer.Option(help="A measurement: a profile, a load test, coverage; docs/formats.md."),
    ] = None,
    tool: Annotated[
        list[Path] | None, typer.Option(help="Another tool's report that enriches the audit.")
    ] = None,
    history: Annotated[
        list[Path] | None,
        typer.Option(help="Earlier remediation JSON, its audit beside it; refines the estimates."),
    ] = None,
    capacity: Annotated[float, typer.Option(help="Hours a sprint holds.")] = 20.0,
    commit: Annotated[str, typer.Option(help="Plan on this commit instead of the audit's.")] = "",
    policy: Annotated[Path | None, typer.Option(help="Decision tree and weights (YAML).")] = None,
    overrides: Annotated[
        Path | None, typer.Option(help="Folder of curated patches and overridden fields.")
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
        typer.Option("--map", help="How to read AUDIT, as intake --write-map writes it."),
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

    orders, show = _orders(fail_on, keep, keep_days), showing(notebooks)
    if (audit is None) != sample:
        message = "give either an AUDIT or --sample"
        raise typer.BadParameter(message)
    why = ""
    if sample_name:
        audit, repo, profile = _built_in(sample_name, profile)
    if audit is not None and repo is None:
        repo, why = _repository_around(audit, field_map)
    _refuse_chosen_programs(ctx, repo)
    with _Steps() as steps:
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
            only=[name for name in only.split(",") if name.strip()],
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
    _finish(outcome, more)


@app.command()
def validate(
    files: Annotated[list[Path], typer.Argument(help="Audit or remediation JSON files.")],
) -> None:
    """Check audit and remediation files; print each problem as file, JSON path, what, remedy."""
    from mendbook.errors import InputError
    from mendbook.intake import problems

    found = 0
    for file in files:
        here = problems(file)
        found += len(here)
        for problem in here:
            print(problem)
        if not here:
            print(f"{file}: valid")
    if found:
        raise typer.Exit(InputError.exit_code)


@app.command()
def commit(
    run: Annotated[Path, typer.Argument(help="Folder of a published run.")],
    repo: Annotated[
        Path | None, typer.Option(help="Another clone of the audited repository.")
    ] = None,
) -> None:
    """Commit a run's artefacts on a new branch of the target; never push, never open a PR."""
    from mendbook.run.published import commit_run

    done = commit_run(run, repo)
    print(
        f"Committed {done.commit[:12]} on branch {done.branch}. Nothing was pushed and no pull "
        "request was opened; review the branch first."
    )


@app.command()
def verify(
    run: Annotated[Path, typer.Argument(help="Folder of a published run.")],
    gates: Annotated[
        str, typer.Option(help="all, or some of typecheck,lint,test,build; test=test:unit renames.")
    ] = "all",
    jobs: Annotated[int, typer.Option(min=1, help="Trees tried at once.")] = 1,
    fail_on: FailOn = None,
    trust_drafts: TrustDrafts = False,
) -> None:
    """Prove a run's patches: gates, merge order, rollback; published beside the run."""
    from mendbook.run.published import verify_run

    orders = _orders(fail_on, None, None)
    with _Steps() as steps:
        outcome = verify_run(run, gates, jobs, steps, orders, trust_drafts)
    _finish(outcome)


@app.command()
def draft(
    ctx: typer.Context,
    run: Annotated[Path, typer.Argument(help="Folder of a published run.")],
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
    from mendbook.drafting.loop import Limits
    from mendbook.run.draft import DraftOrder, draft_run
    from mendbook.run.published import recorded

    repo = recorded(run)[0].get("repo")
    _refuse_chosen_programs(ctx, Path(repo) if repo else None)
    limits = Limits(dollars=budget, minutes=minutes, jobs=jobs)
    drafter = find_drafter(with_, _names(pass_))
    order = DraftOrder(drafter, limits, _names(only), gates, trust_drafts)
    with _Steps() as steps:
        outcome = draft_run(run, order, steps)
    _finish(outcome)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


@app.command()
def briefs(
    run: Annotated[Path, typer.Argument(help="Folder of a published run.")],
) -> None:
    """Write a JSON brief for each finding without a patch, for a person or an agent to answer."""
    from mendbook.run.published import brief_run

    for path in brief_run(run):
        print(path)


@app.command()
def reject(
    run: Annotated[Path, typer.Argument(help="Folder of a published run.")],
    finding: Annotated[str, typer.Argument(metavar="ID", help="The finding of the patch.")],
    *,
    why: Annotated[str, typer.Option(help="What is wrong with it; the next plan says so.")],
) -> None:
    """Say that a run's patch is wrong: it is kept in the overrides and never comes back unasked."""
    from mendbook.run import judge

    words, file = judge.reject(run, finding, why)
    print(f"{finding}: its patch was {words}\nKept in {file}; plan again.")


@app.command()
def choose(
    run: Annotated[Path, typer.Argument(help="Folder of a published run.")],
    finding: Annotated[str, typer.Argument(metavar="ID", help="The finding that offers ways.")],
    which: Annotated[str, typer.Argument(metavar="N", help="Its number, or its letter: 2 or B.")],
) -> None:
    """Take one of the ways that a fix text offers: the next plan reads that one, and says who."""
    from mendbook.run import judge

    text, file = judge.choose(run, finding, which)
    print(f"{finding}: {text}\nKept in {file}; plan again.")


@app.command()
def accept(
    run: Annotated[Path, typer.Argument(help="Folder of a published run.")],
    finding: Annotated[str, typer.Argument(metavar="ID", help="The finding of the draft.")],
) -> None:
    """Take a run's draft over as a curated patch: the next plan has it in the series."""
    from mendbook.run import judge

    print(f"{finding}: its draft is curated now\nKept in {judge.accept(run, finding)}; plan again.")


@app.command()
def collect(
    repo: Annotated[Path, typer.Option(help="The work tree to run the tools on.")],
    *,
    only: Annotated[
        str, typer.Option(help="Tools, comma-separated; those of the target's stacks if unset.")
    ] = "",
    url: Annotated[str, typer.Option(help="What autocannon loads, on this machine.")] = "",
    allow_host: Annotated[
        list[str] | None, typer.Option(help="Another host that you may load.")
    ] = None,
    connections: Annotated[int, typer.Option(help="Connections or users of a load test.")] = 10,
    duration: Annotated[int, typer.Option(help="Seconds of a load test or profile.")] = 10,
    command: Annotated[str, typer.Option(help="What follows node to start your program.")] = "",
    script: Annotated[Path | None, typer.Option(help="A load test script for k6.")] = None,
    seconds: Annotated[float, typer.Option(help="How long one tool may take.")] = 300.0,
    out: Out = None,
) -> None:
    """Run the tools that feed a plan on a work tree you trust; keep and record what they say."""
    from mendbook import collect as room
    from mendbook.errors import CollectError

    names = [name.strip() for name in only.split(",") if name.strip()]
    order = room.Order(
        repo=repo.resolve(),
        url=url,
        command=room.words(command),
        script=script.resolve() if script else None,
        allowed_hosts=tuple(allow_host or ()),
        connections=connections,
        duration=duration,
        seconds=seconds,
    )
    with _Steps() as steps:
        kept = out or project.desk(Path.cwd(), order.repo).reports
        record, folder = room.collect(order, kept.absolute(), room.choose(names, order.repo), steps)
    print(room.closing_words(record, folder))
    if not any(attempt.files for attempt in record.attempts):
        raise typer.Exit(CollectError.exit_code)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="The earlier audit, in any format that is read.")],
    after: Annotated[Path, typer.Argument(help="The later audit of the same repository.")],
) -> None:
    """Compare two audits: which findings are new, fixed, still there, or moved."""
    from mendbook import intake

    found = intake.compare(intake.load_audit(before), intake.load_audit(after))
    print(intake.comparison_table(found))


@app.command()
def fleet(
    file: Annotated[Path, typer.Argument(help="The fleet (YAML): audits, settings, teams.")],
    *,
    scheduler: Annotated[
        str, typer.Option(help="A dask scheduler that exists, tcp://…; else workers start here.")
    ] = "",
    workers: Annotated[
        int, typer.Option(min=0, help="Workers to start here; one a processor if unset.")
    ] = 0,
    fail_on: FailOn = None,
    out: Out = None,
) -> None:
    """Plan many audits at once, with one sprint plan and one page over all of them."""
    from mendbook import fleet as room
    from mendbook.fleet.crew import workers as hire
    from mendbook.fleet.fleet import closing_words, refuse

    order, failing = room.read_order(file), _orders(fail_on, None, None).fail_on
    kept = (out or project.desk(Path.cwd()).reports).absolute()
    with _Steps() as steps:
        crew = hire(scheduler, workers)
        done = room.run_fleet(order, kept, work=crew, fail_on=failing, progress=steps)
    print(closing_words(done, kept))
    refuse(done, kept)


@app.command()
def trend(
    reports: Annotated[Path, typer.Argument(help="The folder of published runs.")],
    *,
    repo: Annotated[
        Path | None, typer.Option(help="Where git is asked; the runs' own repository if unset.")
    ] = None,
    spent: Annotated[
        Path | None, typer.Option(help="CSV of hours spent: columns finding and hours.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Say what became of findings over the runs in REPORTS: closed when, by which commit."""
    import msgspec

    from mendbook.ledger.open_trend import open_trend
    from mendbook.ledger.trend_words import trend_words

    found = open_trend(reports, repo or "", spent or "")
    as_text = msgspec.json.format(msgspec.json.encode(found), indent=1).decode()
    print(as_text if as_json else trend_words(found))


@app.command(name="intake")
def show_intake(
    audit: Annotated[Path, typer.Argument(help="The audit, in any shape or format.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    policy: Annotated[Path | None, typer.Option(help="Policy that hours are read by.")] = None,
    field_map: Annotated[
        Path | None, typer.Option("--map", help="How to read it: JMESPath for each field (YAML).")
    ] = None,
    write_map: Annotated[
        Path | None, typer.Option("--write-map", help="Write such a map, as AUDIT is understood.")
    ] = None,
) -> None:
    """Show how AUDIT is understood: its shape, each key, each finding, what was left."""
    import json

    from mendbook import effort, intake
    from mendbook.policy import load_policy
    from mendbook.publish import write_whole

    if write_map is not None:
        if write_map.exists():
            message = f"{write_map}: is there already; name another file for the map"
            raise UsageError(message)
        write_whole(write_map, intake.drafted_map(audit).encode())
        print(f"Wrote {write_map}; correct it, and give it with --map {write_map}")
        return
    found = intake.load_audit(audit, field_map)
    estimates = effort.estimate(found.findings, load_policy(policy).effort)
    hours = {each.finding_id: each for each in estimates}
    if as_json:
        print(json.dumps(intake.intake_json(found, hours), indent=1, ensure_ascii=False))
    else:
        print(intake.intake_table(found, hours))


@app.command()
def exact() -> None:
    """Install the native TypeScript compiler into Mendbook's cache, for exact references."""
    from mendbook.code.references.compiler import install_compiler

    print(install_compiler())


def main() -> None:
    """Run the command line; a refusal is one line on standard error and its exit code."""
    end_as_interrupted()
    try:
        app()
    except MendbookError as error:
        print(f"mendbook: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except OSError as error:
        where = error.filename or "a file that was written"
        remedy = "free space there, or check its permissions"
        print(f"mendbook: {where}: {error.strerror or error}; {remedy}", file=sys.stderr)
        sys.exit(ReportError.exit_code if error.errno in _FULL else MendbookError.exit_code)
    except SystemExit as left:  # Typer makes this of KeyboardInterrupt, without a word
        if left.code == INTERRUPTED:
            print(WORDS, file=sys.stderr)
        raise
