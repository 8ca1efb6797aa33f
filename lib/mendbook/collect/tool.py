"""What there is to know about one tool: how it is called, and what its answer means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mendbook.collect.records import Status
from mendbook.collect.request import Order
from mendbook.collect.stack import NODE

Verdict = tuple[Status, str]
"""The status and, as a sentence's part, what it means."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool that ended by itself left behind, without secrets."""

    code: int
    output: Path
    """The file its standard output was kept as, or the folder of the files it wrote."""
    complaint: str
    """The first line on standard error that says something."""


def always(order: Order) -> str:
    """Return no reason against running a tool."""
    del order
    return ""


def nothing(name: str) -> bool:
    """Hide every variable of the user's environment; the usual few are always there."""
    del name
    return False


def of_go(name: str) -> bool:
    """Show where Go keeps modules and asks for them: that is the user's to say."""
    return name.startswith("GO") or name.lower() in {"https_proxy", "no_proxy", "ssl_cert_file"}


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool. Its program is looked for in ``node_modules/.bin``, or on the PATH if it may be.

    One for Python is looked for in the repository's own ``.venv`` or ``venv`` first.
    """

    name: str
    program: str
    arguments: Callable[[Order, Path], tuple[str, ...]]
    """What follows the program; the path is a scratch folder that a tool may write to."""
    judge: Callable[[Answer], Verdict]
    exits: Mapping[int, str]
    """The exit codes with which it has done its work, and what each says; others are failures."""
    keep: str = ""
    """The name that its standard output is kept under; empty for a tool that writes files."""
    feeds: str = ""
    """The option of ``mendbook plan`` that takes what is kept: ``--tool`` or ``--profile``."""
    package: str = ""
    """The npm package that brings it; empty for a program of the machine."""
    on_path: bool = False
    """It may be a program of the machine, too."""
    install: str = ""
    """How to install it; ``npm install --save-dev PACKAGE`` unless said."""
    refuse: Callable[[Order], str] = always
    """Why this order cannot be carried out, or nothing."""
    sees: Callable[[str], bool] = nothing
    """Which variables of the user's environment it gets beside the usual few."""
    stack: str = NODE
    """The stack that it is for (``collect.stack``); empty for one that any program may need."""

    @property
    def remedy(self) -> str:
        """The command that would install the tool."""
        return self.install or f"npm install --save-dev {self.package}"
