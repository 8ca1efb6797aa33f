"""The language servers that can be installed for exact references, by language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mendbook.code.references.compiler import install_compiler
from mendbook.code.references.python.server import install_server

INSTALLERS: dict[str, Callable[[], Path]] = {
    "typescript": install_compiler,
    "python": install_server,
}
"""Each installs into Mendbook's cache, and returns the path of what answers."""
