"""Commands that run or install other programs: collect, exact."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mendbook import project
from mendbook.cli.console import Steps
from mendbook.cli.options import Out, path_option, split_names


def collect(
    repo: Annotated[Path, path_option(help="The work tree to run the tools on.")],
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
    script: Annotated[Path | None, path_option(help="A load test script for k6.")] = None,
    seconds: Annotated[float, typer.Option(help="How long one tool may take.")] = 300.0,
    out: Out = None,
) -> None:
    """Run the tools that feed a plan on a work tree you trust; keep and record what they say."""
    from mendbook.collect import Order, choose, closing_words, words
    from mendbook.collect import collect as run_tools
    from mendbook.errors import CollectError

    order = Order(
        repo=repo.resolve(),
        url=url,
        command=words(command),
        script=script.resolve() if script else None,
        allowed_hosts=tuple(allow_host or ()),
        connections=connections,
        duration=duration,
        seconds=seconds,
    )
    with Steps() as steps:
        kept = out or project.desk(Path.cwd(), order.repo).reports
        record, folder = run_tools(
            order, kept.absolute(), choose(split_names(only), order.repo), steps
        )
    print(closing_words(record, folder))
    if not any(attempt.files for attempt in record.attempts):
        raise typer.Exit(CollectError.exit_code)


def exact(
    languages: Annotated[
        list[str] | None, typer.Argument(metavar="LANGUAGE…", help="typescript (unset), python.")
    ] = None,
) -> None:
    """Install language servers into Mendbook's cache, for exact references."""
    from mendbook.code.references.servers import INSTALLERS
    from mendbook.errors import UsageError
    from mendbook.text.closest import did_you_mean

    wanted = languages or ["typescript"]
    for name in wanted:
        if name not in INSTALLERS:
            meant = did_you_mean(name, INSTALLERS)
            message = f"{name[:40]!r}: choose from {', '.join(INSTALLERS)}{meant}"
            raise UsageError(message)
    for name in wanted:
        print(INSTALLERS[name]())
