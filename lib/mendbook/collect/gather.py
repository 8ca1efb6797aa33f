"""Run the tools one after the other, keep what they say, and publish it by one rename."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mendbook.bounded_process import Ended, run_bounded
from mendbook.collect.keep import MAX_FILE_BYTES, keep, keep_files, keep_log
from mendbook.collect.program import environment, find_program, version
from mendbook.collect.records import Attempt, Collection, Kept, Status
from mendbook.collect.request import Order
from mendbook.collect.tool import Answer, Tool, Verdict
from mendbook.collect.tools import TOOLS
from mendbook.intake.redact import redact
from mendbook.publish import publish
from mendbook.repository import git
from mendbook.text.plain import one_line

RECORD = "collected.json"
_MEANING_CHARACTERS = 300


def _silent(step: str) -> None:
    del step


def collect(
    order: Order,
    out: Path,
    tools: Sequence[Tool] = TOOLS,
    progress: Callable[[str], None] = _silent,
) -> tuple[Collection, Path]:
    """Run ``tools`` on the order's repository; return the record and the folder made in ``out``.

    The folder holds the raw outputs, logs, and the record as ``collected.json``. A tool that is
    absent, fails or has nothing to do is a row with its reason. Nothing is installed; no tool is
    told to write to the repository. Raises ``ReportError`` when ``out`` cannot be written.
    """
    started = dt.datetime.now(dt.UTC).replace(microsecond=0)
    with tempfile.TemporaryDirectory(
        prefix="mendbook-collect-", ignore_cleanup_errors=True
    ) as name:
        # macOS and some Linux machines reach their temporary folder through a link
        bench = Bench(order, Path(name).resolve())
        attempts = []
        for tool in tools:
            progress(tool.name)
            attempts.append(bench.attempt(tool))
        record = Collection(
            str(order.repo), _commit(order.repo), started.isoformat(), tuple(attempts)
        )
        written = msgspec.json.format(msgspec.json.encode(record), indent=1)
        keep(bench.kept, RECORD, written)

        def fill(folder: Path) -> None:
            shutil.copytree(bench.kept, folder, dirs_exist_ok=True)

        stamp = started.strftime("%Y-%m-%d-%H%M")
        return record, publish(out, stamp, f"collected-{order.repo.name}", fill)


@dataclass(frozen=True, slots=True)
class Bench:
    """A throw-away folder in which tools are run one by one and their files are kept."""

    order: Order
    folder: Path

    @property
    def kept(self) -> Path:
        """The folder that is published."""
        return self.folder / "kept"

    def attempt(self, tool: Tool) -> Attempt:
        """Run ``tool``, or say why not."""
        scratch, home = (self.folder / tool.name / part for part in ("files", "home"))
        for each in (scratch, home):
            each.mkdir(parents=True)
        program = find_program(tool, self.order.repo)
        argv = (program or tool.program, *tool.arguments(self.order, scratch))
        shown = tuple(redact(argument)[0] for argument in argv)
        if reason := tool.refuse(self.order):
            return Attempt(tool.name, Status.NOT_RUN, reason, shown)
        if not program:
            where = "on the PATH" if tool.on_path else "in the repository's node_modules"
            reason = f"{tool.program} is not installed {where}"
            return Attempt(tool.name, Status.NOT_RUN, reason, shown, install=tool.remedy)
        env = environment(tool, home)
        ended = run_bounded(argv, self.order.repo, self.order.seconds, env=env, most=MAX_FILE_BYTES)
        files, log = self._keep(tool, ended, scratch)
        status, meaning = self._judge(tool, ended)
        return Attempt(
            tool=tool.name,
            status=status,
            meaning=one_line(redact(meaning)[0], _MEANING_CHARACTERS),
            argv=shown,
            version=version(tool, program, self.order.repo, env),
            code=ended.code,
            seconds=round(ended.seconds, 2),
            files=files,
            log=log,
            feeds=tool.feeds,
        )

    def _keep(
        self, tool: Tool, ended: Ended, scratch: Path
    ) -> tuple[tuple[Kept, ...], Kept | None]:
        log = f"{tool.name}.log"
        if tool.keep:
            kept = keep(self.kept, tool.keep, ended.stdout)
            return (kept,), keep_log(self.kept, log, ended.stderr)
        kept_files = keep_files(self.kept, tool.name, scratch)
        return kept_files, keep_log(self.kept, log, ended.stdout + b"\n" + ended.stderr)

    def _judge(self, tool: Tool, ended: Ended) -> Verdict:
        if ended.code is None:
            return Status.FAILED, ended.reason
        if ended.cut:
            return Status.FAILED, f"it printed more than {MAX_FILE_BYTES // 1_000_000} MB"
        complaint = _complaint(ended)
        if ended.code not in tool.exits:
            return Status.FAILED, f"exit code {ended.code} ({complaint or 'no message'})"
        output = self.kept / (tool.keep or tool.name)
        status, said = tool.judge(Answer(ended.code, output, complaint))
        if ended.code and status is not Status.FAILED:
            said = f"{said} (exit code {ended.code}: {tool.exits[ended.code]})"
        return status, said


def _complaint(ended: Ended) -> str:
    """Return the line that says what is wrong, where a tool follows the usual forms."""
    lines = ended.stderr.decode("utf-8", "replace").splitlines()
    said = [line.strip() for line in lines if line.strip()]
    telling = (line for line in said if "error" in line.lower())
    return one_line(next(telling, said[0] if said else ""), 200)


def _commit(repo: Path) -> str:
    done = git.run(repo, "rev-parse", "--verify", "--quiet", "HEAD")
    return done.stdout.decode("ascii", "replace").strip() if done.returncode == 0 else ""
