"""Stages saved in a folder: each file is named by what it was made of, and checks itself."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from mendbook.marks import mark

_KEPT = 24
"""Saved states of one stage that are kept, the newest: of runs that change a little each time."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A record's JSON and the SHA-256 that tells it from any other."""

    fingerprint: str
    encoded: bytes

    @classmethod
    def of(cls, encoded: bytes) -> Saved:
        """Return ``encoded`` with its fingerprint."""
        return cls(hashlib.sha256(encoded).hexdigest(), encoded)


@dataclass(frozen=True, slots=True)
class StageCache:
    """The saved stages in ``folder``. A folder that cannot be used saves nothing, and is said."""

    folder: Path

    def read(self, stage: str, key: str) -> Saved | None:
        """Return what was saved of ``stage`` under ``key``; None where that is nothing or torn."""
        try:
            head, _, encoded = self._path(stage, key).read_bytes().partition(b"\n")
        except OSError:
            return None
        saved = Saved.of(encoded)
        return saved if saved.fingerprint.encode() == head else None

    def write(self, stage: str, key: str, saved: Saved) -> bool:
        """Save ``saved`` in one step; return whether it could be."""
        path = self._path(stage, key)
        partial = ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, partial = tempfile.mkstemp(dir=path.parent, prefix=mark("saving"))
            with os.fdopen(handle, "wb") as file:
                file.write(saved.fingerprint.encode() + b"\n" + saved.encoded)
            Path(partial).replace(path)
        except OSError:
            if partial:
                Path(partial).unlink(missing_ok=True)
            return False
        keep_newest(path.parent, _KEPT)
        return True

    def _path(self, stage: str, key: str) -> Path:
        return self.folder / stage / f"{key}.json"


def keep_newest(folder: Path, most: int) -> None:
    """Keep the ``most`` newest entries of ``folder`` and remove the others."""
    with contextlib.suppress(OSError):  # another run removes them as well
        ages = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        for path in ages[:-most]:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
