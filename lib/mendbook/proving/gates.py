"""Run a tree's own gates (typecheck, lint, test, build) in a throw-away folder, and judge them."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from mendbook.bounded_process import Ended, run_bounded
from mendbook.errors import UsageError
from mendbook.intake.redact import redact
from mendbook.model import Check, CheckStatus, Rung
from mendbook.proving.failures import failures, passed_tests, plain_output
from mendbook.proving.installation import Packages
from mendbook.proving.scratch import Scratch
from mendbook.text.closest import did_you_mean
from mendbook.text.escape import visible

_LOG_CHARACTERS = 2_000
_NAMED_FAILURES = 5
_KEPT = ("PATH", "LANG", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: the rung it proves and the npm script that runs it."""

    rung: Rung
    script: str


GATES = (
    Gate(Rung.TYPECHECKS, "typecheck"),
    Gate(Rung.LINTS, "lint"),
    Gate(Rung.TESTS, "test"),
    Gate(Rung.BUILDS, "build"),
)


@dataclass(frozen=True, slots=True)
class GateRun:
    """What one gate said about one tree; ``code`` is None where it could not be run."""

    gate: Rung
    code: int | None
    failures: tuple[str, ...] = ()
    tests: int | None = None
    log: str = ""
    """The end of its output, without secrets."""
    seconds: float = 0.0
    reason: str = ""
    """Why it could not be run, or that it passed only when repeated."""


def parse_gates(text: str) -> tuple[Gate, ...]:
    """Return the gates that ``text`` names: ``typecheck,test`` or ``test=test:unit``.

    Empty text means all four. Raises ``UsageError`` for a name that is none of theirs.
    """
    known = {gate.script: gate for gate in GATES}
    chosen: dict[Rung, Gate] = {}
    for part in (part.strip() for part in text.split(",") if part.strip()):
        name, _, script = part.partition("=")
        if name not in known:
            meant = did_you_mean(name, known)
            message = f"--gates {visible(part)!r}: choose from {', '.join(known)}{meant}"
            raise UsageError(message)
        chosen[known[name].rung] = replace(known[name], script=script or name)
    return tuple(chosen.get(gate.rung, gate) for gate in GATES if not chosen or gate.rung in chosen)


@dataclass(slots=True)
class GateKeeper:
    """Runs gates on trees of a scratch repository, each tree and gate once, and remembers."""

    scratch: Scratch
    packages: Packages
    cache: Path
    gates: Sequence[Gate] = GATES
    seconds: float = 600.0
    """How long one gate may take."""

    def runs(self, tree: str) -> dict[Rung, GateRun]:
        """Return what each gate says about ``tree``, from the cache where it is known."""
        known = {gate.rung: self._remembered(tree, gate) for gate in self.gates}
        if all(known.values()):
            return {rung: run for rung, run in known.items() if run}
        with tempfile.TemporaryDirectory(
            prefix="mendbook-gates-", ignore_cleanup_errors=True
        ) as name:
            # macOS and some Linux machines reach their temporary folder through a link
            home = Path(name).resolve()
            folder = home / "tree"
            self.scratch.export(tree, folder)
            lacking = self.packages.provide(folder)
            for gate in self.gates:
                if known[gate.rung] is None:
                    run = (
                        GateRun(gate.rung, None, reason=lacking.reason)
                        if lacking
                        else self._run(gate, folder, home)
                    )
                    known[gate.rung] = self._remember(tree, gate, run)
        return {rung: run for rung, run in known.items() if run}

    def _run(self, gate: Gate, folder: Path, home: Path) -> GateRun:
        """Run a gate, and once more where it fails: a test that is only flaky blames no patch."""
        if gate.script not in _scripts(folder):
            reason = f"package.json has no script called {visible(gate.script)}"
            return GateRun(gate.rung, None, reason=reason)
        first = self._once(gate, folder, home)
        if not first.code:
            return first
        second = self._once(gate, folder, home)
        if second.code == 0:
            return replace(second, reason="it failed once and passed when repeated")
        return first

    def _once(self, gate: Gate, folder: Path, home: Path) -> GateRun:
        arguments = ["npm", "run", "--", gate.script]
        ended = run_bounded(arguments, folder, self.seconds, env=_environment(home))
        return _understood(gate, ended, folder)

    def _remembered(self, tree: str, gate: Gate) -> GateRun | None:
        try:
            return msgspec.json.decode(self._file(tree, gate).read_bytes(), type=GateRun)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def _remember(self, tree: str, gate: Gate, run: GateRun) -> GateRun:
        if run.code is not None:
            file = self._file(tree, gate)
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, partial = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "wb") as written:
                written.write(msgspec.json.encode(run))
            Path(partial).replace(file)
        return run

    def _file(self, tree: str, gate: Gate) -> Path:
        key = hashlib.sha256(f"1\0{gate.script}\0{self.packages.node}".encode()).hexdigest()[:12]
        return self.cache / "gates" / f"{tree}-{gate.rung}-{key}.json"


def judge(run: GateRun, untouched: GateRun | None, before: GateRun | None = None) -> Check:
    """Return whether ``run`` shows a failure that the tree had not without the change.

    ``untouched`` is the same gate on the audited tree, ``before`` on the tree that the change was
    made on (the untouched one unless given).
    """
    if run.code is None:
        return Check(run.gate.value, CheckStatus.NOT_RUN, run.reason)
    if run.code == 0:
        return Check(run.gate.value, CheckStatus.PASS, passed(run), run.seconds)
    old = [each for each in (untouched, before) if each and each.code is not None]
    if not old:
        said = f"it fails, and what failed before is not known\n{run.log}"
        return Check(run.gate.value, CheckStatus.NOT_RUN, said, run.seconds)
    known: Counter[str] = Counter()
    for each in old:
        known |= Counter(each.failures)
    new = sorted((Counter(run.failures) - known).elements())
    if new or all(each.code == 0 for each in old):
        return Check(run.gate.value, CheckStatus.FAIL, _failed(new, run.log), run.seconds)
    if not known or not run.failures:
        said = "it fails without the change too, and its output does not name what fails"
        return Check(run.gate.value, CheckStatus.NOT_RUN, said, run.seconds)
    said = f"nothing new fails; {known.total()} failed before"
    return Check(run.gate.value, CheckStatus.PASS, said, run.seconds)


def passed(run: GateRun) -> str:
    """Return what is worth saying of a run that passed."""
    tests = f"{run.tests} tests passed" if run.tests is not None else ""
    return "; ".join(part for part in (tests, run.reason) if part)


def _understood(gate: Gate, ended: Ended, folder: Path) -> GateRun:
    raw = (ended.stdout + b"\n" + ended.stderr).decode("utf-8", "replace")
    output = redact(plain_output(raw, str(folder)))[0]
    return GateRun(
        gate=gate.rung,
        code=ended.code,
        failures=failures(output) if ended.code else (),
        tests=passed_tests(output),
        log=visible(output.strip()[-_LOG_CHARACTERS:]) if ended.code != 0 else "",
        seconds=round(ended.seconds, 2),
        reason=ended.reason,
    )


def _failed(new: Sequence[str], log: str) -> str:
    named = [visible(failure)[:300] for failure in new[:_NAMED_FAILURES]]
    rest = len(new) - len(named)
    return "\n".join([*named, *([f"and {rest} more"] if rest else []), *([] if named else [log])])


def _scripts(folder: Path) -> Mapping[str, object]:
    manifest = json.loads((folder / "package.json").read_bytes())
    scripts = manifest.get("scripts")
    return scripts if isinstance(scripts, dict) else {}


def _environment(home: Path) -> dict[str, str]:
    """Return what a gate may see: no secret of the user's, no network for npm, no terminal."""
    for name in ("home", "tmp"):
        (home / name).mkdir(exist_ok=True)
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        "HOME": str(home / "home"),
        "TMPDIR": str(home / "tmp"),
        "CI": "1",
        "NO_COLOR": "1",
        "npm_config_offline": "true",
        "npm_config_update_notifier": "false",
    }
