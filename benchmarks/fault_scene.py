"""A small audited repository, runs of it in a bad place, and what must hold after each of them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

FILES = {
    "src/quay.ts": "export function quay(boats: string[]) {\n  return boats.length == 0;\n}\n",
    "src/tide.ts": 'import { quay } from "./quay";\n\nexport const high = quay(["a"]);\n',
    "go.mod": "module example.org/tide\n\ngo 1.22\n",
    "tide.go": "package tide\n\nfunc Level() int { return 1 }\n",
}
FINDING = {
    "id": "Q-1",
    "severity": "HIGH",
    "file": "src/quay.ts",
    "problem": "Two kinds of nothing are taken for one.",
    "evidence": "return boats.length == 0;",
    "fix": "Replace `boats.length == 0` with `boats.length === 0`.",
}
_PATIENCE = 60
"""Seconds after which a run that does not end is killed."""
LONGEST_LINE = 500
"""Bytes of a refusal."""
_STAMP = re.compile(r"\d{4}-\d\d-\d\d-\d{4}(-\d+)?")
_HALF = re.compile(r"\.(partial|saving|work)-")
# the first user, too, is held to permissions where these two are given up
_CAPABILITIES = "-dac_override,-dac_read_search"
AS_ANYBODY = ("setpriv", f"--bounding-set={_CAPABILITIES}", f"--inh-caps={_CAPABILITIES}")

KEEPER = """
import sys
from pathlib import Path
from mendbook.proving.gates import GateKeeper, parse_gates
from mendbook.proving.installation import Packages
from mendbook.proving.scratch import scratch_copy
from mendbook.proving.toolchains import Toolchains
repo, commit, cache = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
with scratch_copy(repo, commit) as (scratch, base):
    toolchains = Toolchains(Packages(cache, node=""), cache)
    keeper = GateKeeper(scratch, toolchains, cache, parse_gates("test"), seconds=3.0)
    for run in keeper.runs(base).values():
        print("mendbook:", run.code, run.reason, run.log)
"""


class Skipped(Exception):
    """Say that this machine cannot make a fault, and why."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a command ended."""

    code: int
    said: str

    @property
    def last(self) -> str:
        """The last line that it said."""
        return self.said.splitlines()[-1] if self.said else ""


@dataclass(slots=True)
class Scene:
    """The folders of one experiment, and what was found wrong in it."""

    home: Path
    whole: list[str] = field(default_factory=list)
    """The files of a run that nothing befell, without stamps."""
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the repository and its audit."""
        for folder in (self.repo, self.tmp):
            folder.mkdir(parents=True)
        for name, text in FILES.items():
            path = self.repo / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
            self.git(*words)
        self.audit.write_text(json.dumps({"findings": [FINDING]}))

    @property
    def repo(self) -> Path:
        """The audited repository."""
        return self.home / "repo"

    @property
    def audit(self) -> Path:
        """The audit's file."""
        return self.home / "quay.json"

    @property
    def out(self) -> Path:
        """The folder of runs."""
        return self.home / "out"

    @property
    def cache(self) -> Path:
        """The user's cache folder."""
        return self.home / "cache"

    @property
    def tmp(self) -> Path:
        """The folder of temporary files."""
        return self.home / "tmp"

    def git(self, *words: str) -> str:
        """Run git in the repository and return what it printed."""
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        command = ["git", "-C", str(self.repo), *who, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def environment(self, **more: str) -> dict[str, str]:
        """Return the variables that a run is given."""
        places = {"MENDBOOK_CACHE": str(self.cache), "TMPDIR": str(self.tmp)}
        return {**os.environ, **places, **more}

    def planning(self, *more: str, notebooks: str = "none") -> list[str]:
        """Return the command that plans the audit."""
        words = ["plan", str(self.audit), "--repo", str(self.repo), "--out", str(self.out)]
        return [sys.executable, "-m", "mendbook", *words, "--notebooks", notebooks, *more]

    def plan(self, *more: str, prefix: Sequence[str] = (), **environment: str) -> Told:
        """Plan the audit, by way of ``prefix``, and tell how it ended."""
        command = [*prefix, *self.planning(*more)]
        done = subprocess.run(
            command, capture_output=True, text=True, env=self.environment(**environment)
        )
        return Told(done.returncode, done.stdout + done.stderr)

    def start(self, *more: str, notebooks: str = "none") -> subprocess.Popen[str]:
        """Start to plan the audit."""
        return subprocess.Popen(
            self.planning(*more, notebooks=notebooks),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.environment(),
        )

    def refused(self, told: Told, code: int, words: str = "") -> None:
        """Hold that a run was refused in one line with this exit code, and nothing was published.

        ``words`` is a pattern that the line must match.
        """
        self._said(told)
        if told.code != code:
            self.wrong.append(f"code {told.code}, not {code}: {told.last}")
        if not told.last.startswith("mendbook: ") or len(told.last.encode()) > LONGEST_LINE:
            self.wrong.append(f"not one line of a refusal: {told.last}")
        if not re.search(words, told.last):
            self.wrong.append(f"does not say {words!r}: {told.last}")
        if self.runs():
            self.wrong.append("refused, and published all the same")

    def published(self, told: Told) -> None:
        """Hold that a run was published, whole."""
        self._said(told)
        if told.code != 0:
            self.wrong.append(f"code {told.code}, not 0: {told.last}")
        if not self.runs():
            self.wrong.append("code 0, and nothing is published")

    def either(self, told: Told, code: int, words: str = "") -> None:
        """Hold that a run was either published or refused, each as above."""
        if told.code == 0:
            self.published(told)
        else:
            self.refused(told, code, words)

    def undone(self) -> None:
        """Hold that nothing is half done anywhere and the repository is what it was."""
        for run in self.runs():
            if self.whole and listed(run) != self.whole:
                self.wrong.append(f"{run.name} is not whole: {listed(run)}")
        left = [path for path in self.home.rglob("*") if _HALF.search(path.name)]
        if left:
            self.wrong.append(f"left behind: {left[0].relative_to(self.home)}")

    def after(self, was: dict[str, bytes]) -> None:
        """Hold that the repository is what it ``was``, and that the next run is published whole."""
        now = self.state()
        if now != was:
            changed = [name for name in now.keys() | was.keys() if now.get(name) != was.get(name)]
            self.wrong.append(f"the repository was changed: {changed[0]}")
        shutil.rmtree(self.out, ignore_errors=True)
        self.published(self.plan())
        self.undone()

    def commit(self) -> Told:
        """Commit the first published run to the repository."""
        command = [sys.executable, "-m", "mendbook", "commit", str(self.runs()[0])]
        done = subprocess.run(command, capture_output=True, text=True, env=self.environment())
        return Told(done.returncode, done.stdout + done.stderr)

    def runs(self) -> list[Path]:
        """Return the published runs."""
        return [path for path in sorted(self.out.glob("2*")) if path.is_dir()]

    def state(self) -> dict[str, bytes]:
        """Return all that stands in the repository, byte for byte."""
        files = (path for path in sorted(self.repo.rglob("*")) if path.is_file())
        return {str(path.relative_to(self.repo)): path.read_bytes() for path in files}

    def _said(self, told: Told) -> None:
        if "Traceback" in told.said or "Exception ignored" in told.said:
            self.wrong.append(f"a traceback that ends in {told.last}")


def listed(run: Path) -> list[str]:
    """Return the files of a published run, without stamps."""
    files = (path for path in run.rglob("*") if path.is_file())
    return sorted(_STAMP.sub("", str(path.relative_to(run))) for path in files)


Experiment = Callable[[Scene], None]
EXPERIMENTS: list[Experiment] = []


def experiment(does: Experiment) -> Experiment:
    """Take a function for an experiment."""
    EXPERIMENTS.append(does)
    return does


@contextlib.contextmanager
def mounted(folder: Path, size: str = "1m", *, full: bool = False) -> Iterator[None]:
    """Put a file system in memory of ``size`` at ``folder``; with ``full`` no byte is free."""
    folder.mkdir(parents=True, exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        if full:
            _fill(folder)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write below ``folder``, as on a medium that is read-only."""
    folder.mkdir(parents=True, exist_ok=True)
    _mount("--bind", str(folder), str(folder))
    try:
        _mount("-o", "remount,ro,bind", str(folder))
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextlib.contextmanager
def forbidden(path: Path, mode: int = 0) -> Iterator[tuple[str, ...]]:
    """Give ``path`` these permissions; what is given is the prefix of who is held to them."""
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        raise Skipped("the first user needs setpriv to be held to permissions")
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield AS_ANYBODY if os.geteuid() == 0 else ()
    finally:
        path.chmod(before)


def failing(call: str, when: str, *paths: Path) -> list[str]:
    """Return the prefix under which the system refuses a call with a read or write error.

    ``when`` counts the calls, as strace writes it; ``paths`` are those that it is about.
    """
    if shutil.which("strace") is None:
        raise Skipped("strace makes such an error, and is not here")
    about = [word for path in paths for word in ("-P", str(path))]
    injected = f"inject={call}:error=EIO:when={when}"
    return ["strace", "-f", "-qqq", "-o", os.devnull, *about, "-e", f"trace={call}", "-e", injected]


def until(holds: Callable[[], object], seconds: float = 60.0) -> bool:
    """Wait until something holds; tell whether it did within ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


def catches(pid: int, number: signal.Signals) -> bool:
    """Tell whether a process has a handler of its own for a signal, or has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)$", status, re.MULTILINE)
    if caught is None or "State:\tZ" in status:
        return True
    return bool(int(caught[1], 16) >> (number - 1) & 1)


def ended(process: subprocess.Popen[str], number: signal.Signals | None = None) -> Told:
    """Send a signal, if any, wait for the end, and tell of it."""
    if number is not None:
        process.send_signal(number)
    try:
        said, _ = process.communicate(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    return Told(process.returncode, said)


def _fill(folder: Path) -> None:
    with (folder / "in the way").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(1024))


def _mount(*words: str) -> None:
    done = subprocess.run(["mount", *words], capture_output=True, text=True)
    if done.returncode:
        raise Skipped(f"nothing can be mounted here ({done.stderr.strip()})")


def gated(scene: Scene, script: str, said: str) -> None:
    """Run the repository's test gate, which is ``script``, and hold what is said of it."""
    program = go(scene, script)
    command = [
        sys.executable,
        "-c",
        KEEPER,
        str(scene.repo),
        scene.git("rev-parse", "HEAD").strip(),
    ]
    path = f"{program.parent}:{os.environ['PATH']}"
    environment = scene.environment(PATH=path)
    done = subprocess.run(
        [*command, str(scene.cache)], capture_output=True, text=True, env=environment
    )
    if not re.match(f"mendbook: {said}", done.stdout, flags=re.DOTALL) or done.stderr:
        scene.wrong.append(f"{done.stdout.strip()} {done.stderr.strip()}")
    if sleeping("617"):
        scene.wrong.append("a process of the gate is left")


def go(scene: Scene, script: str) -> Path:
    """Write a program that the repository's gates take for Go, and return it."""
    program = scene.home / "tools/go"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\ncase "$1" in version) exit 0;; esac\n{script}\n')
    program.chmod(0o755)
    return program


def sleeping(seconds: str) -> bool:
    """Tell whether some process sleeps for so many ``seconds``."""
    return any(
        each.info["cmdline"] == ["sleep", seconds] for each in psutil.process_iter(["cmdline"])
    )
