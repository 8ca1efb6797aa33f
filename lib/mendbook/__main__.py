"""Start the command line: ``python -m mendbook`` and the program ``mendbook`` do the same."""

from __future__ import annotations

import os
import sys

from mendbook.memory import lack_of_memory, lacks_memory, refuse_small_limit, spare_memory
from mendbook.signals import INTERRUPTED, WORDS, end_as_interrupted


def main() -> None:
    """Run the command line; being stopped in its first moments, too, is one line and code 130.

    So is having too little memory, while it loads and ever after.
    """
    end_as_interrupted()
    spare_memory()
    try:
        refuse_small_limit()
        from mendbook.cli import main as command_line  # takes a moment to import

        command_line()
    except KeyboardInterrupt:
        print(WORDS, file=sys.stderr)
        _end()
    except SystemExit as left:
        if left.code == INTERRUPTED:
            _end()
        raise
    except Exception as error:
        if not lacks_memory(error):
            raise
        refusal = lack_of_memory()
        print(f"mendbook: {refusal}", file=sys.stderr)
        sys.exit(refusal.exit_code)


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
