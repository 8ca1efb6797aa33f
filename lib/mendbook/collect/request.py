"""What a caller orders: the repository, what to load and profile, and how far tools may go."""

from __future__ import annotations

import ipaddress
import math
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from mendbook.errors import CollectError

_URL = re.compile(
    r"https?://(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9][A-Za-z0-9.-]{0,252})"
    r"(?::\d{1,5})?(?:[/?][\w/?#%&=+.,:;~!$*'()@-]{0,2000})?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Order:
    """One call of ``mendbook collect``; refuses with ``CollectError`` what must not be run."""

    repo: Path
    """Absolute."""
    url: str = ""
    """What the load test calls; empty for no load test."""
    command: tuple[str, ...] = ()
    """What follows ``node`` to start the program that is profiled; empty for no profile."""
    script: Path | None = None
    """k6's script."""
    allowed_hosts: tuple[str, ...] = ()
    """Hosts beside loopback that a load test may reach."""
    connections: int = 10
    duration: int = 10
    """Seconds that a load test or a profile lasts."""
    seconds: float = 300.0
    """How long one tool may take; then its whole process group is killed."""

    def __post_init__(self) -> None:
        """Refuse a folder that is none, numbers without meaning, and foreign hosts."""
        if not self.repo.is_dir():
            message = f"{self.repo}: no such folder; give --repo the folder of package.json"
            raise CollectError(message)
        if not 0 < self.seconds < math.inf or self.connections < 1:
            message = "--seconds and --connections: give numbers above 0"
            raise CollectError(message)
        if not 1 <= self.duration < self.seconds:
            message = f"--duration {self.duration}: give 1 s or more, and less than --seconds"
            raise CollectError(message)
        if self.url:
            self._check_host()

    def _check_host(self) -> None:
        match = _URL.fullmatch(self.url)
        if not match:
            message = f"--url {self.url[:120]!r}: give http(s)://host:port/path without a user name"
            raise CollectError(message)
        host = match["host"].strip("[]").lower()
        if not _loopback(host) and host not in {name.lower() for name in self.allowed_hosts}:
            message = (
                f"--url: {host} is not this machine; if you may load it, add --allow-host {host}"
            )
            raise CollectError(message)


def words(command: str) -> tuple[str, ...]:
    """Return ``command`` split as a shell would split it; no shell ever sees it.

    Raises ``CollectError`` where a quotation is not closed.
    """
    try:
        return tuple(shlex.split(command))
    except ValueError as error:
        message = f"--command {command[:120]!r}: a quotation is not closed ({error})"
        raise CollectError(message) from error


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
