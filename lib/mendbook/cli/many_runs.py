"""Commands over many audits or runs: a fleet, and what became of findings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mendbook import project
from mendbook.cli.console import Steps
from mendbook.cli.options import FailOn, Out, path_argument, path_option, read_orders


def fleet(
    file: Annotated[Path, path_argument(help="The fleet (YAML): audits, settings, teams.")],
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
    from mendbook.fleet import read_order, run_fleet
    from mendbook.fleet.crew import workers as hire
    from mendbook.fleet.fleet import closing_words, refuse

    order, failing = read_order(file), read_orders(fail_on, None, None).fail_on
    kept = (out or project.desk(Path.cwd()).reports).absolute()
    with Steps() as steps:
        crew = hire(scheduler, workers)
        done = run_fleet(order, kept, work=crew, fail_on=failing, progress=steps)
    print(closing_words(done, kept))
    refuse(done, kept)


def trend(
    reports: Annotated[Path, path_argument(help="The folder of published runs.")],
    *,
    repo: Annotated[
        Path | None, path_option(help="Where git is asked; the runs' own repository if unset.")
    ] = None,
    spent: Annotated[
        Path | None, path_option(help="CSV of hours spent: columns finding and hours.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Say what became of findings over the runs in REPORTS: closed when, by which commit."""
    import msgspec

    from mendbook.ledger.open_trend import open_trend
    from mendbook.ledger.trend_words import trend_words

    opened = open_trend(reports, repo or "", spent or "")
    as_text = msgspec.json.format(msgspec.json.encode(opened), indent=1).decode()
    print(as_text if as_json else trend_words(opened))
