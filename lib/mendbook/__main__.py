"""Start the command line: ``python -m mendbook`` and the program ``mendbook`` do the same.

Above ``main`` stands only what Python has loaded by itself, so that it is at work as early as can
be: an interrupt before that, while the interpreter starts, is told by Python in its own words.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing itself takes a moment to import
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> None:
    """Run the command line; being stopped in its first moments, too, is one line and code 130.

    So is having too little memory, while it loads and ever after.
    """
    try:
        from mendbook.signals import INTERRUPTED, end_as_interrupted

        end_as_interrupted()
        from mendbook.memory import refuse_small_limit, spare_memory

        spare_memory()
        refuse_small_limit()
        from mendbook.cli import main as command_line  # takes a moment to import

        command_line()
    except KeyboardInterrupt:
        _end_interrupted()
    except SystemExit as left:
        if left.code == INTERRUPTED:
            _end(INTERRUPTED)
        raise
    except Exception as error:
        from mendbook.memory import lack_of_memory, lacks_memory
        from mendbook.signals import came_of_interrupt

        if came_of_interrupt(error):
            _end_interrupted()

        if not lacks_memory(error):
            raise
        refusal = lack_of_memory()
        print(f"mendbook: {refusal}", file=sys.stderr)
        sys.exit(refusal.exit_code)


def _end_interrupted() -> NoReturn:
    from mendbook.signals import INTERRUPTED, WORDS

    print(WORDS, file=sys.stderr)
    _end(INTERRUPTED)


def _end(code: int) -> NoReturn:
    """End with ``code`` at once.

    CPython would end by the signal instead where the interrupt met ``exec`` of a text, as the
    standard library's dataclasses use it, although the exception was handled.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
