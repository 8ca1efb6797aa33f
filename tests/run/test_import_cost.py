"""What is slow to import is imported by those who use it, not by everyone."""

from __future__ import annotations

import subprocess
import sys

import pytest

SLOW = ("jsonschema", "rfc3987_syntax", "lark", "pandas", "plotly", "ortools", "nbformat")
_LOADED = "import sys; import {}; print(*(name for name in {} if name in sys.modules))"


@pytest.mark.parametrize(
    "module",
    [
        "mendbook.run",
        "mendbook.run.stages",
        "mendbook.run.produce",
        "mendbook.cli",
        "mendbook.notebook.execute",
        "mendbook.planning",
        "mendbook.policy",
        "mendbook.report",
        "mendbook.intake",
    ],
)
def test_importing_a_room_loads_nothing_slow(module: str) -> None:
    """A run, a kernel and the command line start without grammars, frames and solvers."""
    code = _LOADED.format(module, SLOW)
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == []
