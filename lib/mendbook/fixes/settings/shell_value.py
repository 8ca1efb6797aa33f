"""Values of a script's variables that run nothing but what names files and times."""

from __future__ import annotations

import re

_VALUE = re.compile(
    r"\"?(?:[\w./:@%+,-]|\$\{\w+(?::?[-?=+][^}$`]*)?\}|\$\w+|\$\((?:mktemp(?:\s+-\w+)*|date[^"
    r"()$`;|&]*|basename\s+[^()`;|&]*|dirname\s+[^()`;|&]*|pwd)\))*\"?"
)


def runs_nothing(value: str) -> bool:
    """Tell whether a value of a shell variable runs no command that does more than name."""
    return _VALUE.fullmatch(value) is not None
