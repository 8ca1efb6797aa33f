"""Ask one drafter: in an empty scratch folder, with a clean environment, bounded in time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mendbook.bounded_process import Ended, run_bounded
from mendbook.drafting.adapters import ADAPTERS, PROMPT, Adapter, Reply, any_command
from mendbook.drafting.briefs import encoded
from mendbook.drafting.prompt import as_prompt
from mendbook.errors import UsageError
from mendbook.intake.redact import redact
from mendbook.model import Skipped
from mendbook.text.escape import slug
from mendbook.text.plain import one_line

_USUAL = (
    *("PATH", "LANG", "LC_ALL", "TERM", "SYSTEMROOT", "HTTPS_PROXY", "https_proxy", "NO_PROXY"),
    *("no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"),
)
"""Variables that every drafter is given: how to find programs and the network, and no secret."""
_PROBE_SECONDS = 60.0
_PROMPT_FILE = "brief.md"


@dataclass(frozen=True, slots=True)
class Drafter:
    """An adapter that was found on this machine, and how it is asked."""

    adapter: Adapter
    seconds: float = 300.0
    """How long one answer may take."""
    version: str = ""
    """What it says to ``--version``."""

    @property
    def name(self) -> str:
        """What the report calls it."""
        return self.adapter.name

    @property
    def tells_price(self) -> bool:
        """Whether it may say what an answer cost."""
        return self.adapter.prices or self.adapter.structured

    @property
    def key(self) -> str:
        """What tells its answers from those of another: its command, and the files it names."""
        words = self.adapter.arguments
        if not self.adapter.structured:
            return "\0".join([self.name, *words])
        files = (Path(shutil.which(word) or word) for word in words[:1])
        named = [*files, *(Path(word) for word in words[1:])]
        return "\0".join([self.name, *words, *map(_digest, named)])

    def ask(
        self, brief: dict[str, Any], seconds: float = float("inf")
    ) -> tuple[Reply | Skipped, float]:
        """Return its answer to ``brief``, or why there is none, and how many seconds it took.

        It is stopped after ``seconds``, where that is sooner than its own limit.
        """
        with tempfile.TemporaryDirectory(
            prefix="mendbook-drafter-", ignore_cleanup_errors=True
        ) as name:
            home = Path(name).resolve()
            ended = self._run(brief, home, min(self.seconds, seconds))
        return self._read(ended), ended.seconds

    def _run(self, brief: dict[str, Any], home: Path, seconds: float) -> Ended:
        """Run it in an empty folder beside its home, which holds what its row says and no more."""
        folder = home / "work"
        folder.mkdir()
        given = encoded(brief) if self.adapter.structured else as_prompt(brief).encode()
        for path, text in self.adapter.files.items():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_text(text)
        arguments = list(self.adapter.arguments)
        if PROMPT in arguments:
            (home / _PROMPT_FILE).write_bytes(given)
            arguments[arguments.index(PROMPT)] = str(home / _PROMPT_FILE)
            given = b""
        environment = _environment(self.adapter, home)
        return run_bounded(arguments, folder, seconds, stdin=given, env=environment)

    def _read(self, ended: Ended) -> Reply | Skipped:
        if ended.code is None:
            return Skipped(self.name, ended.reason)
        if ended.code != 0:
            last = _last_words(ended.stderr) or _last_words(ended.stdout)
            return Skipped(self.name, f"it exited with {ended.code}{last}")
        if ended.cut:
            return Skipped(self.name, "its answer is too long")
        try:
            said = ended.stdout.decode()
        except UnicodeDecodeError:
            return Skipped(self.name, "its answer is not text")
        if "\0" in said:
            return Skipped(self.name, "its answer is not text")
        return self.adapter.read(said)


def find_drafter(command: str, passed: Sequence[str] = (), seconds: float = 300.0) -> Drafter:
    """Return the drafter that ``command`` names, once it is seen to be there and to fit its row.

    ``command`` is the name of an adapter, with further arguments of its own behind it, or any other
    command, split as a shell would but without one; words that name files below the current folder
    are made absolute, as it runs elsewhere. ``passed`` are variables that it is given as well.
    Raises ``UsageError`` in one line where it is missing or not what its row is about.
    """
    try:
        words = tuple(shlex.split(command))
    except ValueError as error:
        raise UsageError(f"--with {one_line(command, 80)}: {error}; close the quotes") from error
    if not words:
        raise UsageError("--with: the command is empty; name an adapter or a program")
    known = next((adapter for adapter in ADAPTERS if adapter.name == words[0]), None)
    if known is None:
        return Drafter(_other(words, tuple(passed)), seconds)
    arguments = (*known.arguments, *words[1:])
    if known.arguments[-1] == "-":  # what follows would not be read as options
        arguments = (*known.arguments[:-1], *words[1:], "-")
    adapter = replace(known, arguments=arguments, variables=(*known.variables, *passed))
    return Drafter(adapter, seconds, _probed(adapter))


def _other(words: tuple[str, ...], passed: tuple[str, ...]) -> Adapter:
    program, *others = words
    program = _absolute(program) if "/" in program else program
    if shutil.which(program) is None:
        names = ", ".join(adapter.name for adapter in ADAPTERS)
        shown = one_line(words[0], 60)
        raise UsageError(f"{shown}: not on the PATH, and none of the adapters {names}")
    name = slug(Path(program).stem, 40) or "command"
    return any_command(name, (program, *(_absolute(word) for word in others)), passed)


def _probed(adapter: Adapter) -> str:
    """Return the version that the agent says it has; raise where it is missing or too old."""
    program = adapter.arguments[0]
    if shutil.which(program) is None:
        raise UsageError(f"{program}: not on the PATH; {adapter.install} ({adapter.docs})")
    with tempfile.TemporaryDirectory(prefix="mendbook-drafter-", ignore_cleanup_errors=True) as at:
        home = Path(at).resolve()
        version = _said(adapter, ("--version",), home)
        help_text = _said(adapter, adapter.helped, home)
    number = re.search(r"\d+", version)
    if adapter.below and number is not None and int(number[0]) >= adapter.below:
        said = f"nobody saw yet whether version {adapter.below} keeps its tools off"
        shown = one_line(version, 40)
        raise UsageError(f"{program} {shown}: {said}; {adapter.install} ({adapter.docs})")
    lacking = [flag for flag in adapter.sees if flag not in help_text]
    if lacking:
        said = f"its --help lists no {lacking[0]}, without which its tools are not off"
        raise UsageError(f"{program} {one_line(version, 40)}: {said}; update it ({adapter.docs})")
    return one_line(version.partition("\n")[0], 60)


def _said(adapter: Adapter, options: tuple[str, ...], home: Path) -> str:
    environment = _environment(adapter, home, keys=False)
    command = [adapter.arguments[0], *options]
    ended = run_bounded(command, home, _PROBE_SECONDS, env=environment)
    return (ended.stdout + b"\n" + ended.stderr).decode("utf-8", "replace").strip()


def _environment(adapter: Adapter, home: Path, keys: bool = True) -> dict[str, str]:
    names = (*_USUAL, *adapter.variables) if keys else _USUAL
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "TMPDIR": str(home),
        "CI": "1",
        "NO_COLOR": "1",
        **adapter.fixed,
    }


def _digest(path: Path) -> str:
    """Return the SHA-256 of the file at ``path``; empty where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except (OSError, ValueError):
        return ""


def _absolute(word: str) -> str:
    """Return ``word`` as an absolute path where it is a file's, else as it is."""
    try:
        return str(Path(word).absolute()) if Path(word).is_file() else word
    except (OSError, ValueError):
        return word


def _last_words(said: bytes) -> str:
    """Return, in brackets, what an agent said last: a message in its JSON, else a line of words."""
    text = redact(said.decode("utf-8", "replace"))[0].strip()
    lines = [line for line in text.splitlines() if any(map(str.isalnum, line))]
    last = _message(text) or next((_message(line) or line for line in reversed(lines)), "")
    return f" ({one_line(last, 160)})" if last else ""


def _message(text: str) -> str:
    """Return the message of an error that is told as JSON; empty where it is none."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    for key in ("error", "message", "result"):
        told = document.get(key) if isinstance(document, dict) else None
        told = told.get("message") if isinstance(told, dict) else told
        if isinstance(told, str) and told.strip():
            return told
    return ""
