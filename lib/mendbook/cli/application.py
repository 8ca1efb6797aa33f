"""The program ``mendbook``: its name, its version, and the file its options may come from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mendbook.project_file import read_options

app = typer.Typer(
    name="mendbook",
    help="Turn a code audit into a remediation plan a team can execute.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


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
