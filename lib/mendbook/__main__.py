"""Start the command line: ``python -m mendbook`` and the program ``mendbook`` do the same."""

from __future__ import annotations

import os
import sys

from mendbook.signals import INTERRUPTED, WORDS, end_as_interrupted


def main() -> None:
    """Run the command line; being stopped in its first moments, too, is one line and code 130."""
    end_as_interrupted()
    try:
        from mendbook.cli import main as command_line  # takes a moment to import

        command_line()
    except KeyboardInterrupt:
        print(WORDS, file=sys.stderr)
        _end()
    except SystemExit as left:
        if left.code == INTERRUPTED:
            _end()
        raise


def _end() -> None:
    """End with code 130 at once.

    CPython would end by the signal instead where the interrupt met ``exec`` of a text, as the
    standard library's dataclasses use it, although the exception was handled.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
