"""End a run that is stopped from outside as Ctrl-C ends it: what is half done is taken away."""

from __future__ import annotations

import signal
import threading
from types import FrameType

INTERRUPTED = 130
"""Exit code of a run that was stopped."""
WORDS = "mendbook: interrupted; nothing was published"
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
_asked = threading.Event()


def end_as_interrupted() -> None:
    """Take a request to end, and a closed terminal, for a ``KeyboardInterrupt``.

    A terminal that may close, because ``nohup`` said so, is left alone.
    """
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is None or (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
            continue
        signal.signal(number, _interrupt)


def end_if_asked() -> None:
    """Raise ``KeyboardInterrupt`` again where Python swallowed the first, as in a finaliser."""
    if _asked.is_set():
        raise KeyboardInterrupt


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt
