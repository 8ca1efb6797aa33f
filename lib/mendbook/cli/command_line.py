"""The command line: one function for each command; ``mendbook --help`` lists them.

Exit codes: 0 done, 1 something unforeseen, 2 wrong usage, 130 interrupted, and one for each stage
that can refuse (``mendbook.errors``).
"""

from __future__ import annotations

import errno
import sys

from mendbook.cli import audits, many_runs, plan_command, published_run, tools
from mendbook.cli.application import app
from mendbook.errors import MendbookError, ReportError
from mendbook.signals import INTERRUPTED, WORDS, end_as_interrupted

COMMANDS = (plan_command, audits, published_run, tools, many_runs)
"""The files whose commands ``app`` has, in the order of ``mendbook --help``."""

_FULL = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.ENOTDIR,
    errno.EROFS,
    errno.EACCES,
    errno.EPERM,
    errno.EFBIG,
}


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
