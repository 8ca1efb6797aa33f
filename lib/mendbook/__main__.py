"""Start the command line: ``python -m mendbook`` and the program ``mendbook`` do the same."""

from __future__ import annotations

import sys

from mendbook.signals import INTERRUPTED, WORDS, end_as_interrupted


def main() -> None:
    """Run the command line; being stopped in its first moments, too, is one line."""
    end_as_interrupted()
    try:
        from mendbook.cli import main as command_line  # takes a moment to import

        command_line()
    except KeyboardInterrupt:
        print(WORDS, file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
