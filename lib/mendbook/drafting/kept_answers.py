"""Answers by the hash of their brief: what was asked once is not asked again."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mendbook.drafting.adapters import Reply


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """A folder of one drafter's answers; each is written whole or not at all."""

    folder: Path
    key: str
    """What tells the drafter from another."""

    def read(self, brief: str) -> Reply | None:
        """Return the answer to the brief with the hash ``brief``, or None where none is kept."""
        try:
            return msgspec.json.decode(self._file(brief).read_bytes(), type=Reply)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def write(self, brief: str, reply: Reply) -> None:
        """Keep ``reply`` as the answer to ``brief``."""
        file = self._file(brief)
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as written:
            written.write(msgspec.json.encode(reply))
        Path(partial).replace(file)

    def _file(self, brief: str) -> Path:
        drafter = hashlib.sha256(self.key.encode()).hexdigest()[:16]
        return self.folder / drafter / f"{brief}.json"
