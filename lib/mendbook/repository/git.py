"""Run git so that nothing of the user's can change and nothing of theirs can run.

Plumbing only: hooks are off, optional locks are off (``git status`` rewrites the index otherwise),
no prompt, no lazy fetch, no signing, argument lists without a shell.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from mendbook.errors import RepositoryError

_HARDENED = (
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "commit.gpgSign=false",
    "-c",
    "core.quotePath=false",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "protocol.allow=never",
)


def environment(**extra: str) -> dict[str, str]:
    """Return the environment git runs in: the caller's without ``GIT_*``, hardened."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
        **extra,
    }


def run(
    root: Path, *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run ``git`` with ``arguments`` in ``root`` and return what came of it, whatever that is."""
    try:
        return subprocess.run(
            ["git", *_HARDENED, *arguments],
            cwd=root,
            input=stdin,
            capture_output=True,
            check=False,
            env=environment(**(env or {})),
        )
    except FileNotFoundError as error:
        message = f"{root}: git could not be run; install git and make sure the folder exists"
        raise RepositoryError(message) from error


def output(
    root: Path, *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None
) -> bytes:
    """Return git's standard output; raise ``RepositoryError`` with its last line otherwise."""
    done = run(root, *arguments, stdin=stdin, env=env)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
        message = f"{root}: git {arguments[0]} failed ({said[-1]})"
        raise RepositoryError(message)
    return done.stdout
