"""End a run that is stopped from outside as Ctrl-C ends it: what is half done is taken away."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

INTERRUPTED = 130
"""Exit code of a run that was stopped."""
WORDS = "mendbook: interrupted; nothing was published"
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
_asked = threading.Event()


def end_as_interrupted() -> None:
    """Take a request to end, and a closed terminal, for a ``KeyboardInterrupt``.

    A terminal that may close, because ``nohup`` said so, is left alone. Where Python can only
    swallow the interrupt, as in a weak reference's callback, it is not shown as a fault.
    """
    sys.unraisablehook = _show_unless_asked
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is None or (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
            continue
        signal.signal(number, _interrupt)


def end_if_asked() -> None:
    """Raise ``KeyboardInterrupt`` again where Python swallowed the first, as in a finaliser."""
    if _asked.is_set():
        raise KeyboardInterrupt


def came_of_interrupt(error: BaseException) -> bool:
    """Tell whether ``error`` is what Python or a library made of an interrupt.

    Python 3.11 makes a ``RuntimeError`` of one that meets a ``__set_name__``, and modules written
    in C an ``ImportError`` that does not name it: what goes wrong after one was asked for, goes
    wrong by it.
    """
    if _asked.is_set():
        return True
    chain: BaseException | None = error
    while chain is not None and not isinstance(chain, KeyboardInterrupt):
        chain = chain.__cause__ or chain.__context__
    return chain is not None


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt


def _show_unless_asked(lost: UnraisableHookArgs) -> None:
    """Show what Python cannot raise, but not the interrupt that ``end_if_asked`` raises again."""
    if not (_asked.is_set() and issubclass(lost.exc_type, KeyboardInterrupt)):
        sys.__unraisablehook__(lost)
