"""The command line: one function for each command; ``mendbook --help`` lists them.

Exit codes: 0 done, 1 something unforeseen, 2 wrong usage, 130 interrupted, and one for each stage
that can refuse (``mendbook.errors``).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from mendbook.cli import audits, many_runs, plan_command, published_run, tools
from mendbook.cli.application import app
from mendbook.cli.console import tell
from mendbook.disk import FAULTS
from mendbook.errors import MendbookError, ReportError
from mendbook.memory import lacks_memory
from mendbook.signals import INTERRUPTED, WORDS, came_of_interrupt, end_as_interrupted

COMMANDS: Mapping[str, Callable[..., Any]] = {
    "plan": plan_command.plan,
    "validate": audits.validate,
    "intake": audits.intake,
    "compare": audits.compare,
    "verify": published_run.verify,
    "draft": published_run.draft,
    "briefs": published_run.briefs,
    "accept": published_run.accept,
    "reject": published_run.reject,
    "choose": published_run.choose,
    "commit": published_run.commit,
    "collect": tools.collect,
    "exact": tools.exact,
    "fleet": many_runs.fleet,
    "trend": many_runs.trend,
}
"""Every command, in the order of ``mendbook --help``."""

for _name, _command in COMMANDS.items():
    app.command(name=_name)(_command)


def main() -> None:
    """Run the command line; a refusal is one line on standard error and its exit code."""
    end_as_interrupted()
    try:
        app()
    except MendbookError as error:
        tell(f"mendbook: {error}", sys.stderr)
        sys.exit(error.exit_code)
    except OSError as error:
        if lacks_memory(error) or came_of_interrupt(error):
            raise
        where = error.filename or "a file that was written"
        remedy = "free space there, or check its permissions"
        tell(f"mendbook: {where}: {error.strerror or error}; {remedy}", sys.stderr)
        sys.exit(ReportError.exit_code if error.errno in FAULTS else MendbookError.exit_code)
    except SystemExit as left:  # Typer makes this of KeyboardInterrupt, without a word
        if left.code == INTERRUPTED:
            tell(WORDS, sys.stderr)
        raise
