"""End a run that is stopped from outside as Ctrl-C ends it: what is half done is taken away."""

from __future__ import annotations

import signal

INTERRUPTED = 130
"""Exit code of a run that was stopped."""
WORDS = "mendbook: interrupted; nothing was published"
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


def end_as_interrupted() -> None:
    """Take a request to end, and a closed terminal, for a ``KeyboardInterrupt``."""
    for name in _NAMES:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
