"""Options that several commands share, and what is read from them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mendbook import project
from mendbook.errors import UsageError
from mendbook.project_file import NAME

if TYPE_CHECKING:
    from mendbook.run.attempt import Orders

path_argument = partial(typer.Argument, readable=False)
path_option = partial(typer.Option, readable=False)
"""A path given: that it may not be read is told by who reads it, in the line of a refusal."""
TrustDrafts = Annotated[
    bool,
    typer.Option(
        "--trust-drafts",
        help="Run gates over what an agent wrote even where nothing confines it.",
    ),
]
Out = Annotated[
    Path | None, path_option(help="Folder for runs; reports/ where you stand if unset.")
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(help="Exit with 10 where the plan has it: P0 … P3, new, unproven."),
]
KeepRuns = Annotated[
    int | None, typer.Option("--keep", help="Keep so many runs of each audit, the newest.")
]
KeepDays = Annotated[int | None, typer.Option(help="Keep the runs of so many days.")]

_CHOSEN = ("drafter", "with_", "pass_", "gates", "trust_drafts")
"""Options that say what is run, or how far it is trusted."""


def read_orders(fail_on: list[str] | None, keep: int | None, keep_days: int | None) -> Orders:
    """Return what is asked of a run beside the plan: when it fails, and which runs stay."""
    from mendbook.ledger.retention import Keep
    from mendbook.ledger.verdict import parse_fail_on
    from mendbook.run.attempt import Orders

    return Orders(parse_fail_on(fail_on or ()), Keep(keep, keep_days))


def refuse_chosen_programs(ctx: typer.Context, repo: Path | None) -> None:
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


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in ``text``, which commas part."""
    return tuple(name.strip() for name in text.split(",") if name.strip())
