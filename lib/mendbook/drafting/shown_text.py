"""The files as a drafter is shown them: no secret, one kind of line ending; and the way back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mendbook.errors import PatchError
from mendbook.intake.redact import REDACTED, redact
from mendbook.repository.snapshot import Snapshot
from mendbook.text.plain import one_line


@dataclass(slots=True)
class ShownTree:
    """A tree whose texts are shown without secrets and with one kind of line ending."""

    snapshot: Snapshot
    _shown: dict[str, str | None] = field(default_factory=dict)

    def get(self, path: str) -> str | None:
        """Return the text of ``path`` as it is shown, or None where there is no such file."""
        if path not in self._shown:
            text = self.snapshot.get(path)
            self._shown[path] = None if text is None else redact(_plain_endings(text))[0]
        return self._shown[path]

    def with_shown(self, paths: set[str]) -> Snapshot:
        """Return the snapshot with ``paths`` as they are shown."""
        return self.snapshot.edited(
            {path: text for path in paths if (text := self.get(path)) is not None}
        )

    def restored(self, path: str, text: str) -> str:
        """Return ``text``, an edit of what was shown of ``path``, as an edit of the file.

        Raises ``PatchError`` where it writes a secret, or drops or moves one that was not shown.
        """
        shown = self.get(path)
        if redact(text)[1]:
            raise PatchError(f"it writes what looks like a secret into {one_line(path, 120)}")
        original = self.snapshot.get(path)
        if original is None or shown is None:
            return text
        plain = _plain_endings(original)
        if REDACTED in shown and shown != plain:
            text = _with_secrets(path, text, shown, plain)
        return text.replace("\n", "\r\n") if plain != original else text


def _plain_endings(text: str) -> str:
    """Return ``text`` with line feeds only, unless it mixes kinds of line endings."""
    windows = text.count("\r\n")
    return text.replace("\r\n", "\n") if windows and windows == text.count("\n") else text


def _with_secrets(path: str, text: str, shown: str, plain: str) -> str:
    pieces = shown.split(REDACTED)
    match = re.fullmatch("(.+?)".join(map(re.escape, pieces)), plain, re.DOTALL)
    parts = text.split(REDACTED)
    if match is None or len(parts) != len(pieces):
        raise PatchError(
            f"it changes a line of {one_line(path, 120)} that holds a secret, which is not shown"
        )
    secrets = (*match.groups(), "")
    return "".join(part + secret for part, secret in zip(parts, secrets, strict=True))
