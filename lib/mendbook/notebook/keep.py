"""Keep a scenario: a folder beside the overrides, with everything that people decided before.

A folder of its own, because what lies in the overrides changes every later run; and whole,
because a plan reads one folder: the curated patches go along.
"""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from mendbook.errors import ReportError
from mendbook.marks import mark
from mendbook.publish import write_files


def kept_files(decided: Path, texts: Mapping[str, str]) -> dict[str, str | bytes]:
    """Return what the scenario's folder will hold: what ``decided`` holds, then ``texts``."""
    kept: dict[str, str | bytes] = {
        path.relative_to(decided).as_posix(): path.read_bytes()
        for path in (sorted(decided.rglob("*")) if decided.is_dir() else ())
        if path.is_file()
    }
    return {**kept, **texts}


def review(decided: Path, texts: Mapping[str, str], policy: str) -> str:
    """Return what ``texts`` change, as a unified diff against what was decided before.

    ``policy`` is the text of the policy in force, which a changed one is compared with.
    """
    pieces: list[str] = []
    for name, text in texts.items():
        path = decided / name
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        if name == "policy.yaml" and not before:
            before = policy
        pieces += difflib.unified_diff(
            before.splitlines(), text.splitlines(), f"a/{name}", f"b/{name}", lineterm="", n=1
        )
    return "\n".join(pieces)


def folder_for(beside: Path, name: str) -> Path:
    """Return the folder of the scenario ``name``, beside the overrides' own."""
    safe = re.sub(r"[^\w-]+", "-", name.strip().lower()).strip("-") or "scenario"
    return beside.with_name(f"{beside.name}-{safe}")


def write_new(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write ``files`` into the new ``folder``: all of them or none, and never into one there is.

    Raises ``ReportError``.
    """
    if folder.exists():
        message = f"{folder}: there is one already; move it away, or name another folder"
        raise ReportError(message)
    staged = folder.with_name(f".{folder.name}{mark('partial')}")
    try:
        staged.mkdir(parents=True)
        write_files(staged, files)
        staged.rename(folder)
    except OSError as error:
        message = f"{folder}: cannot be written ({error.strerror}); name another folder"
        raise ReportError(message) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
