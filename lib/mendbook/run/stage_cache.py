"""Stages saved in a folder, each computed once and read back from then on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")


class Stages:
    """The saved stages of one run; ``folder`` is named by a hash over all they depend on."""

    def __init__(self, folder: Path, progress: Callable[[str], None]) -> None:
        self.folder = folder
        self._progress = progress

    def computed(self, name: str, kind: type[T], compute: Callable[[], T]) -> T:
        """Return the stage called ``name``: as saved, else from ``compute``, saved in one step.

        A file that cannot be decoded is computed again; two runs may write the same stage.
        """
        path = self.folder / f"{name}.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=kind)
        except (FileNotFoundError, msgspec.MsgspecError):
            self._progress(name)
        result = compute()
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=self.folder, prefix=f".{name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(result))
        Path(partial).replace(path)
        return result
