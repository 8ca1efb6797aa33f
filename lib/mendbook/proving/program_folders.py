"""The folders of programs that lie outside what a confined command sees by itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

_HELD_IN_HOME = {"bin", ".bin", "shims"}


def program_folders(
    environment: Mapping[str, str], is_hidden: Callable[[str], bool]
) -> Iterator[str]:
    """Yield the hidden folders of programs on the ``PATH``: node by nvm, Python by pyenv."""
    for entry in environment.get("PATH", "").split(os.pathsep):
        if not entry or not is_hidden(entry):
            continue
        folder = Path(entry)
        prefix = folder.parent
        own = folder.name in _HELD_IN_HOME and not _is_home(prefix)
        yield str(prefix if own else folder)
    for prefix_path in dict.fromkeys((sys.prefix, sys.base_prefix)):
        if is_hidden(prefix_path):
            yield prefix_path


def _is_home(folder: Path) -> bool:
    """Tell whether ``folder`` is a home or holds what a user keeps beside programs."""
    return folder == Path.home() or folder.name in {".local", "home", "root", "tmp", ""}
