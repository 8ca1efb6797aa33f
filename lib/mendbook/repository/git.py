"""Run git so that nothing of the user's can change and nothing of theirs can run.

Plumbing only: hooks are off, optional locks are off (``git status`` rewrites the index otherwise),
no prompt, no network, no signing, argument lists without a shell. What a repository's own
configuration could start (a file monitor, a signature check, a fetch over ``ext::``) is off too;
commands that would run its filters or diff drivers (``status``, ``diff``) are not used at all.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from mendbook.errors import RepositoryError

_HARDENED = (
    "--no-pager",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "commit.gpgSign=false",
    "-c",
    "log.showSignature=false",
    "-c",
    "core.quotePath=false",
    "-c",
    "core.fsmonitor=false",
    # a split index would leave a sharedindex file in the user's repository
    "-c",
    "core.splitIndex=false",
    "-c",
    "submodule.recurse=false",
    "-c",
    "i18n.commitEncoding=UTF-8",
)
_KEPT = {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH"}


def environment(**extra: str) -> dict[str, str]:
    """Return the environment git runs in: the caller's without ``GIT_*``, hardened.

    Only the variables that say where git and its user-level configuration live are kept.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT
    }
    return {
        **kept,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        # git before 2.44 does not know GIT_NO_LAZY_FETCH; no allowed protocol stops it as well,
        # and unlike protocol.allow it cannot be overridden by the repository's configuration
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "LC_ALL": "C.UTF-8",
        **extra,
    }


def run(
    root: Path, *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run ``git`` with ``arguments`` in ``root`` and return what came of it, whatever that is.

    Raises ``RepositoryError`` only where git cannot be run at all.
    """
    try:
        return subprocess.run(
            ["git", *_HARDENED, *arguments],
            cwd=root,
            input=stdin,
            capture_output=True,
            check=False,
            env=environment(**(env or {})),
        )
    except OSError as error:
        message = f"{root}: git could not be run; install git and make sure the folder exists"
        raise RepositoryError(message) from error


def output(
    root: Path, *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None
) -> bytes:
    """Return git's standard output; raise ``RepositoryError`` with its last line otherwise."""
    done = run(root, *arguments, stdin=stdin, env=env)
    if done.returncode:
        message = f"{root}: git {arguments[0]} failed ({complaint(done.stderr)})"
        raise RepositoryError(message)
    return done.stdout


def complaint(stderr: bytes) -> str:
    """Return the line of git's standard error that says what is wrong, at most 200 characters."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
    said = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1])
    return said[:200]
