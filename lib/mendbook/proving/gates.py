"""Run a tree's own gates (typecheck, lint, test, build) in a throw-away folder, and judge them."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from mendbook.bounded_process import Ended, run_bounded
from mendbook.errors import UsageError
from mendbook.intake.redact import redact
from mendbook.marks import mark
from mendbook.model import Check, CheckKind, CheckStatus, Citation, Rung, Skipped, TargetCheck
from mendbook.proving.confinement import Confinement
from mendbook.proving.failures import failures, passed_tests, plain_output
from mendbook.proving.scratch import Scratch
from mendbook.proving.toolchains import Ready, Toolchains
from mendbook.proving.untouched import Guard
from mendbook.repository.checks import node_manager, target_checks
from mendbook.repository.snapshot import Snapshot
from mendbook.text.closest import did_you_mean
from mendbook.text.escape import visible

_LOG_CHARACTERS = 2_000
_NAMED_FAILURES = 5
_KEPT = ("PATH", "LANG", "SYSTEMROOT", "JAVA_HOME", "GOROOT", "DOTNET_ROOT")


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: the rung it proves, and the kind of check, or the one script, that runs it."""

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
    late: bool = False
    """Its time was up."""


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
    toolchains: Toolchains
    cache: Path
    gates: Sequence[Gate] = GATES
    seconds: float = 600.0
    """How long one gate may take."""
    confinement: Confinement | None = None
    """What the gates are confined by where the tree holds code that an agent wrote."""
    endless: dict[Rung, str] = field(default_factory=dict)
    """Gates that did not end on the untouched tree, and what is said of them."""

    def untouched(self, tree: str) -> dict[Rung, GateRun]:
        """Return what each gate says about the tree without any change.

        One whose time is up there is not run on any other: each would take as long.
        """
        runs = self.runs(tree)
        self.endless = {
            rung: f"on the untouched tree {run.reason}" for rung, run in runs.items() if run.late
        }
        return runs

    def runs(self, tree: str) -> dict[Rung, GateRun]:
        """Return what each gate says about ``tree``, from the cache where it is known."""
        snapshot = Snapshot.read(self.scratch.folder, tree)
        checks = {gate.rung: _checks(gate, snapshot) for gate in self.gates}
        known = {gate.rung: self._remembered(tree, gate, checks[gate.rung]) for gate in self.gates}
        for rung, reason in self.endless.items():
            known[rung] = known[rung] or GateRun(rung, None, reason=reason)
        if all(known.values()):
            return {rung: run for rung, run in known.items() if run}
        with tempfile.TemporaryDirectory(
            prefix="mendbook-gates-", ignore_cleanup_errors=True
        ) as name:
            # macOS and some Linux machines reach their temporary folder through a link
            home = Path(name).resolve()
            folder = home / "tree"
            self.scratch.export(tree, folder)
            guard = Guard(self.scratch, tree, folder)
            guard.remember(snapshot.files)
            for gate in self.gates:
                if known[gate.rung] is None:
                    listed = checks[gate.rung]
                    run = self._gate(gate, listed, snapshot, guard, home)
                    known[gate.rung] = self._remember(tree, gate, listed, run)
        return {rung: run for rung, run in known.items() if run}

    def _gate(
        self,
        gate: Gate,
        checks: Sequence[TargetCheck],
        snapshot: Snapshot,
        guard: Guard,
        home: Path,
    ) -> GateRun:
        """Run every check of the gate; the whole is known only where each of them is."""
        if not checks:
            return GateRun(gate.rung, None, reason=_no_check(gate, snapshot))
        runs: list[GateRun] = []
        for check in checks:
            ready = self.toolchains.provide(check, guard.folder)
            if isinstance(ready, Skipped):
                return GateRun(gate.rung, None, reason=ready.reason)
            runs.append(self._run(gate, check, ready, guard, home))
        return _together(runs)

    def _run(
        self, gate: Gate, check: TargetCheck, ready: Ready, guard: Guard, home: Path
    ) -> GateRun:
        """Run a check, and once more where it fails: a test that is only flaky blames no patch."""
        first = self._once(gate, check, ready, guard, home)
        if not first.code:
            return first
        second = self._once(gate, check, ready, guard, home)
        if second.code == 0:
            return replace(second, reason="it failed once and passed when repeated")
        return first

    def _once(
        self, gate: Gate, check: TargetCheck, ready: Ready, guard: Guard, home: Path
    ) -> GateRun:
        command, cwd = _arguments(ready.command), guard.folder / check.folder
        environment = _environment(home, ready)
        if self.confinement is not None:
            readable = [*ready.path, self.cache.resolve()]
            command = self.confinement.wrapped(command, cwd, home, readable, environment)
        try:
            ended = run_bounded(command, cwd, self.seconds, env=environment, within=home)
        finally:
            if self.confinement is not None:
                self.confinement.ended(command)
        run = _understood(gate, ended, guard.folder)
        changed = guard.put_back(home / "clean")
        if changed:
            said = f"it changes files of the tree, which were put back: {visible(changed)}"
            return replace(run, code=None, reason=said)
        return run

    def _remembered(self, tree: str, gate: Gate, checks: Sequence[TargetCheck]) -> GateRun | None:
        try:
            return msgspec.json.decode(self._file(tree, gate, checks).read_bytes(), type=GateRun)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def _remember(
        self, tree: str, gate: Gate, checks: Sequence[TargetCheck], run: GateRun
    ) -> GateRun:
        if run.code is not None:
            file = self._file(tree, gate, checks)
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, partial = tempfile.mkstemp(dir=file.parent, prefix=mark("saving"))
            with os.fdopen(handle, "wb") as written:
                written.write(msgspec.json.encode(run))
            Path(partial).replace(file)
        return run

    def _file(self, tree: str, gate: Gate, checks: Sequence[TargetCheck]) -> Path:
        said = [f"{check.shown}\0{self.toolchains.version(check)}" for check in checks]
        said += ["confined"] if self.confinement is not None else []
        key = hashlib.sha256("\0".join(["2", gate.script, *said]).encode()).hexdigest()[:12]
        return self.cache / "gates" / f"{tree}-{gate.rung}-{key}.json"


_KINDS = {
    Rung.TYPECHECKS: CheckKind.TYPECHECK,
    Rung.LINTS: CheckKind.LINT,
    Rung.TESTS: CheckKind.TEST,
    Rung.BUILDS: CheckKind.BUILD,
}


def lacking(gates: Sequence[Gate], snapshot: Snapshot) -> tuple[Rung, ...]:
    """Return the gates for which the target has no check of its own."""
    return tuple(gate.rung for gate in gates if not _checks(gate, snapshot))


def _checks(gate: Gate, snapshot: Snapshot) -> tuple[TargetCheck, ...]:
    """Return the target's own checks of the gate's kind, or the script that was named for it."""
    kind = _KINDS[gate.rung]
    if gate.script == kind.value:
        return tuple(check for check in target_checks(snapshot) if check.kind is kind)
    if gate.script not in _scripts(snapshot):
        return ()
    return (
        TargetCheck(
            kind, (node_manager(snapshot), "run", gate.script), Citation("package.json", 1)
        ),
    )


def _no_check(gate: Gate, snapshot: Snapshot) -> str:
    if "package.json" in snapshot:
        return f"package.json has no script called {visible(gate.script)}"
    return f"nothing in the target says how it is checked by {_KINDS[gate.rung].value}"


def _arguments(command: Sequence[str]) -> list[str]:
    """Return ``command`` so that a script's name is never taken for an option."""
    if command[0] == "npm" and command[1:2] == ("run",):
        return ["npm", "run", "--", *command[2:]]
    return list(command)


def _together(runs: Sequence[GateRun]) -> GateRun:
    """Return one verdict on several checks: what is not known of one is not known of all."""
    unknown = next((run for run in runs if run.code is None), None)
    if unknown is not None or len(runs) == 1:
        return unknown or runs[0]
    tests = [run.tests for run in runs if run.tests is not None]
    return replace(
        runs[0],
        code=next((run.code for run in runs if run.code), 0),
        failures=tuple(sorted(name for run in runs for name in run.failures)),
        tests=sum(tests) if tests else None,
        log="\n".join(run.log for run in runs if run.log)[-_LOG_CHARACTERS:],
        seconds=sum(run.seconds for run in runs),
        reason="; ".join(dict.fromkeys(run.reason for run in runs if run.reason)),
    )


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
        late=ended.late,
    )


def _failed(new: Sequence[str], log: str) -> str:
    named = [visible(failure)[:300] for failure in new[:_NAMED_FAILURES]]
    rest = len(new) - len(named)
    return "\n".join([*named, *([f"and {rest} more"] if rest else []), *([] if named else [log])])


def _scripts(snapshot: Snapshot) -> Mapping[str, object]:
    try:
        manifest = json.loads((snapshot.get("package.json") or "{}").removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return {}
    scripts = manifest.get("scripts") if isinstance(manifest, dict) else None
    return scripts if isinstance(scripts, dict) else {}


def _environment(home: Path, ready: Ready) -> dict[str, str]:
    """Return what a gate may see: no secret of the user's, no network for npm, no terminal."""
    for name in ("home", "tmp"):
        (home / name).mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    before = [str(folder) for folder in ready.path]
    return {
        **kept,
        "PATH": os.pathsep.join([*before, kept.get("PATH", os.defpath)]),
        "HOME": str(home / "home"),
        "TMPDIR": str(home / "tmp"),
        "CI": "1",
        "NO_COLOR": "1",
        "npm_config_offline": "true",
        "npm_config_update_notifier": "false",
        "npm_config_manage_package_manager_versions": "false",
        **ready.environment,
    }
