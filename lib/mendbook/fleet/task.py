"""One member of a fleet, planned: a whole run, safe to be asked for again."""

from __future__ import annotations

import contextlib
import os
import platform
import signal
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from mendbook.errors import BusyError, MendbookError
from mendbook.fleet.order import Member
from mendbook.ledger.claim import Claim
from mendbook.ledger.shelf import Shelf
from mendbook.run.attempt import Orders, attempt, complete
from mendbook.run.produce import showing
from mendbook.run.run import open_run
from mendbook.text.plain import one_line

_PAUSE = 1.0
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one member."""

    member: str
    folder: str = ""
    """The run's folder below the member's; empty where it was not published."""
    exit_code: int = 0
    error: str = ""
    """Why it was not published, in one line."""
    seconds: float = 0.0
    peak_memory: int = 0
    """The most that its worker has held in memory by then, in bytes."""


def run_member(
    member: Member, out: str, stamp: str, token: str, fail_on: tuple[str, ...], patience: float
) -> Result:
    """Plan ``member`` into ``out/<name>`` and return what came of it; nothing is raised.

    The run carries ``token``: where one of that token is published, that one is the result, so
    that a task which is run twice has its effect once. While another process holds the claim it
    waits for ``patience`` seconds.
    """
    began = time.monotonic()
    try:
        folder, code = _published(member, out, stamp, token, fail_on, patience)
        result = Result(member.name, folder, code)
    except MendbookError as error:
        result = Result(member.name, "", error.exit_code, one_line(str(error), _LONGEST))
    except Exception as error:  # one broken audit is one row, never the end of a fleet
        said = one_line(f"unforeseen: {type(error).__name__}: {error}", _LONGEST)
        result = Result(member.name, "", MendbookError.exit_code, said)
    took = round(time.monotonic() - began, 2)
    return replace(result, seconds=took, peak_memory=peak_memory())


def _published(
    member: Member, out: str, stamp: str, token: str, fail_on: tuple[str, ...], patience: float
) -> tuple[str, int]:
    home = Path(out) / member.name
    run = open_run(member.audit, member.repo, out=home, stamp=stamp, **_options(member))
    given = run.given
    orders = Orders(fail_on, token=token)
    shelf = Shelf(given.out)
    deadline = time.monotonic() + patience
    while True:
        done = shelf.with_token(token)
        try:
            if done is not None:
                complete(given, done)
                return done.folder, done.status.exit_code or 0
            outcome = attempt(given, orders, showing(member.settings.notebooks or "all"))
        except BusyError:
            ended = _end_if_paused(shelf.claim(str(given.inputs.audit)), token)
            if done is not None and not ended:  # its holder lives, and does the rest itself
                return done.folder, done.status.exit_code or 0
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return outcome.folder.name, outcome.status.exit_code or 0


def _options(member: Member) -> dict[str, Any]:
    chosen = {
        name: getattr(member.settings, name)
        for name in ("capacity", "commit", "policy", "overrides", "references", "gates")
    }
    return {name: value for name, value in chosen.items() if value}


def _end_if_paused(claim: Path, token: str) -> bool:
    """End a worker of this fleet that was stopped while it held the claim: this one replaces it.

    Tells whether there was one.

    The scheduler has given its task to this process; a stopped one would hold the claim for ever,
    and going on later it would do what is done by then.
    """
    import psutil

    with contextlib.suppress(OSError, msgspec.MsgspecError, psutil.Error):
        held = msgspec.json.decode(claim.read_bytes(), type=Claim)
        ours = held.run.endswith(f"-{token}") and held.host == platform.node()
        if ours and psutil.Process(held.process).status() == psutil.STATUS_STOPPED:
            os.kill(held.process, signal.SIGKILL)
            return True
    return False


def peak_memory() -> int:
    """Return the most that this process has held in memory, in bytes; 0 where nobody says."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if platform.system() == "Darwin" else peak * 1024
