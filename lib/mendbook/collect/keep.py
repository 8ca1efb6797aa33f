"""Keep output as files without its secrets, each with its size and hash."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from mendbook.collect.records import Kept
from mendbook.errors import InputError
from mendbook.intake.reader import Text, decode
from mendbook.intake.redact import redact
from mendbook.text.escape import visible

MAX_FILE_BYTES = 100_000_000
LOG_CHARACTERS = 100_000


def keep(folder: Path, name: str, raw: bytes) -> Kept:
    """Write ``raw`` to ``name`` in ``folder`` as it is, but for secrets; return what is there."""
    data, redactions = _without_secrets(name, raw)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Kept(name, len(data), hashlib.sha256(data).hexdigest(), redactions)


def keep_log(folder: Path, name: str, raw: bytes) -> Kept | None:
    """Keep the end of what a tool complained, readable in any terminal; None for silence."""
    text = visible(raw.decode("utf-8", "replace").replace("\r\n", "\n")).strip()
    return keep(folder, name, text.encode()[-LOG_CHARACTERS:] + b"\n") if text else None


def keep_files(folder: Path, name: str, written: Path) -> tuple[Kept, ...]:
    """Keep the plain files below ``written`` under ``name``; links and huge files are left out."""
    files = [path for path in sorted(written.rglob("*")) if path.is_file()]
    return tuple(
        keep(folder, f"{name}/{path.relative_to(written).as_posix()}", path.read_bytes())
        for path in files
        if not path.is_symlink() and path.stat().st_size <= MAX_FILE_BYTES
    )


def _without_secrets(name: str, raw: bytes) -> tuple[bytes, int]:
    text = raw.decode("utf-8", "replace")
    plain, count = redact(text)
    if not count and "\\u" not in text:
        return raw, 0
    try:
        # string by string: a secret's pattern must not swallow the quotes around it
        document = decode(Text(name, "", text))
    except InputError:
        return (plain.encode(), count) if count else (raw, 0)
    if not document.redactions:
        return raw, 0
    return json.dumps(document.data, ensure_ascii=False, indent=1).encode(), document.redactions
