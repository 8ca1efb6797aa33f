"""Plan a small audit in bad places and at bad moments, and say what did not hold.

    python benchmarks/faults.py [NAME …]

Each experiment does what its name and first line say to a run of its own. After every one: no
traceback; a run that is refused says why in one line of at most 500 bytes, with its exit code, and
publishes nothing; one that is published is whole; nothing half done is left; the repository is byte
for byte what it was; and the next run, with the fault gone, is published whole. Faults of a disk
are file systems in memory and strace, so Linux and the first user are needed for most: what this
machine cannot make is skipped, with the reason.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import fault_shapes  # noqa: F401 - its experiments
import psutil
from fault_scene import (
    EXPERIMENTS,
    Scene,
    Skipped,
    catches,
    ended,
    experiment,
    failing,
    forbidden,
    gated,
    go,
    listed,
    mounted,
    read_only,
    sleeping,
    until,
)

PUBLISHED_NOTHING = "interrupted; nothing was published"
FULL = "No space left on device"
READ_ONLY = "[Rr]ead-only"
CELL = """
import sys, nbformat
from pathlib import Path
from mendbook.errors import ReportError
from mendbook.notebook.execute import execute_one
cell = nbformat.v4.new_code_cell("import time  # wait\\ntime.sleep(600)")
notebook = nbformat.v4.new_notebook(cells=[cell])
notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
nbformat.write(notebook, sys.argv[1])
try:
    execute_one(Path(sys.argv[1]), {}, Path(sys.argv[2]), seconds=3)
except ReportError as error:
    print("mendbook:", error)
"""


@experiment
def full_out(scene: Scene) -> None:
    """Fill the disk of --out to its last byte: refused, 8."""
    with mounted(scene.out, full=True):
        scene.refused(scene.plan(), 8, FULL)
        scene.undone()


@experiment
def filling_out(scene: Scene) -> None:
    """Let the disk of --out fill up on the way, at eight sizes: published whole, or refused, 8."""
    for kilobytes in (8, 16, 32, 48, 64, 96, 128, 256):
        with mounted(scene.out, f"{kilobytes}k"):
            scene.either(scene.plan(), 8, FULL)
            scene.undone()


@experiment
def full_cache(scene: Scene) -> None:
    """Fill the disk of the cache: nothing can be kept, and the run is published."""
    with mounted(scene.cache, full=True):
        scene.published(scene.plan())
        scene.undone()


@experiment
def full_temporary_folder(scene: Scene) -> None:
    """Fill TMPDIR: another folder is taken and the run published, or refused, 8, naming TMPDIR."""
    with mounted(scene.tmp, full=True):
        scene.either(scene.plan(), 8, "TMPDIR")
        scene.undone()


@experiment
def filling_temporary_folder(scene: Scene) -> None:
    """Let TMPDIR fill up on the way, at six sizes: published whole, or refused, 8."""
    for kilobytes in (8, 32, 64, 128, 512, 1024):
        with mounted(scene.tmp, f"{kilobytes}k"):
            scene.either(scene.plan(), 8, "TMPDIR")
            scene.undone()
        shutil.rmtree(scene.out, ignore_errors=True)


@experiment
def no_temporary_folder(scene: Scene) -> None:
    """Name a TMPDIR that is not there: another is taken, or refused, 8."""
    scene.either(scene.plan(TMPDIR=str(scene.home / "none")), 8)
    scene.undone()


@experiment
def read_only_out(scene: Scene) -> None:
    """Make the disk of --out read-only: refused, 8, and the line says read-only."""
    with read_only(scene.out):
        scene.refused(scene.plan(), 8, READ_ONLY)
        scene.undone()


@experiment
def read_only_cache(scene: Scene) -> None:
    """Make the disk of the cache read-only: the run is published."""
    with read_only(scene.cache):
        scene.published(scene.plan())


@experiment
def read_only_temporary_folder(scene: Scene) -> None:
    """Make TMPDIR read-only: another is taken, or refused, 8."""
    with read_only(scene.tmp):
        scene.either(scene.plan(), 8, "TMPDIR")
        scene.undone()


@experiment
def read_only_repository(scene: Scene) -> None:
    """Make the repository read-only: the plan is published; commit is refused, read-only."""
    with read_only(scene.repo):
        scene.published(scene.plan())
        told = scene.commit()
        if told.code != 4 or "ead-only" not in told.last or "Traceback" in told.said:
            scene.wrong.append(f"commit: code {told.code}: {told.last}")


@experiment
def full_repository(scene: Scene) -> None:
    """Fill the repository's disk: commit is refused, 4, and makes no branch."""
    kept = scene.home / "kept"
    shutil.copytree(scene.repo, kept)
    scene.published(scene.plan())
    with mounted(scene.repo, "400k"):
        shutil.copytree(kept, scene.repo, dirs_exist_ok=True)
        with contextlib.suppress(OSError), (scene.repo / "in the way").open("wb") as file:
            while file.write(bytes(1024)):
                file.flush()
        refs = scene.git("for-each-ref")
        told = scene.commit()
        if told.code != 4 or "Traceback" in told.said or not told.last.startswith("mendbook: "):
            scene.wrong.append(f"commit: code {told.code}: {told.last}")
        if scene.git("for-each-ref") != refs:
            scene.wrong.append("commit: a branch was made")


@experiment
def forbidden_out(scene: Scene) -> None:
    """Forbid to write to --out: refused, 8."""
    scene.out.mkdir()
    with forbidden(scene.out, 0o555) as prefix:
        scene.refused(scene.plan(prefix=prefix), 8, "permission")


@experiment
def forbidden_audit(scene: Scene) -> None:
    """Forbid to read the audit: refused, 3."""
    with forbidden(scene.audit) as prefix:
        scene.refused(scene.plan(prefix=prefix), 3, "[Pp]ermission")


@experiment
def forbidden_objects(scene: Scene) -> None:
    """Forbid to read the repository's objects: refused, 4."""
    with forbidden(scene.repo / ".git/objects") as prefix:
        scene.refused(scene.plan(prefix=prefix), 4)


@experiment
def forbidden_cache(scene: Scene) -> None:
    """Forbid to write to the cache: the run is published."""
    scene.cache.mkdir()
    with forbidden(scene.cache, 0o555) as prefix:
        scene.published(scene.plan(prefix=prefix))


@experiment
def out_is_a_file(scene: Scene) -> None:
    """Name a file as --out: refused, 8, and the file stays."""
    scene.out.write_text("mine")
    scene.refused(scene.plan(), 8, "no folder")
    if scene.out.read_text() != "mine":
        scene.wrong.append("the file is another")
    scene.out.unlink()


@experiment
def small_quota(scene: Scene) -> None:
    """Allow no file above 1, 4, 16, 32, 64 KiB: published whole, or refused, 8."""
    for kilobytes in (1, 4, 16, 32, 64):
        prefix = ["prlimit", f"--fsize={kilobytes * 1024}"]
        scene.either(scene.plan(prefix=prefix), 8, "File too large|TMPDIR")
        scene.undone()
        shutil.rmtree(scene.out, ignore_errors=True)


@experiment
def audit_cannot_be_read(scene: Scene) -> None:
    """Put the audit on a bad sector (EIO): refused, 3."""
    for call in ("read", "openat"):
        told = scene.plan(prefix=failing(call, "1+", scene.audit))
        scene.refused(told, 3, "Input/output error")


@experiment
def source_cannot_be_read(scene: Scene) -> None:
    """Put the repository's objects on a bad sector (EIO): refused, 4."""
    objects = [path for path in (scene.repo / ".git/objects").rglob("*") if path.is_file()]
    told = scene.plan(prefix=failing("openat,mmap", "1+", *objects))
    scene.refused(told, 4)


@experiment
def flush_fails(scene: Scene) -> None:
    """Fail the 1st, 2nd, 5th, 20th flush to the disk (EIO): published whole, or refused, 8."""
    for nth in (1, 2, 5, 20):
        scene.either(scene.plan(prefix=failing("fsync", str(nth))), 8, "Input/output error")
        scene.undone()
        shutil.rmtree(scene.out, ignore_errors=True)


@experiment
def name_fails(scene: Scene) -> None:
    """Fail the 1st, 3rd, 6th and every rename (EIO): published whole, or refused, 8."""
    for when in ("1", "3", "6", "1+"):
        prefix = failing("rename,renameat,renameat2", when)
        scene.either(scene.plan(prefix=prefix), 8, "Input/output error")
        scene.undone()
        shutil.rmtree(scene.out, ignore_errors=True)


@experiment
def damaged_object(scene: Scene) -> None:
    """Cut an object of the repository in half: refused, 4."""
    blob = scene.git("rev-parse", "HEAD:src/quay.ts").strip()
    path = scene.repo / ".git/objects" / blob[:2] / blob[2:]
    whole = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(whole[: len(whole) // 2])
    scene.refused(scene.plan(), 4)
    path.write_bytes(whole)


@experiment
def killed(scene: Scene) -> None:
    """Kill it at twelve moments: no run or a whole one; the next run clears what was left."""
    for moment in range(12):
        with scene.start() as process:
            time.sleep(0.25 * (moment + 1))
            process.kill()
        for run in scene.runs():
            if listed(run) != scene.whole:
                scene.wrong.append(f"torn after {moment}")
    scene.published(scene.plan())
    scene.undone()


@experiment
def stopped(scene: Scene) -> None:
    """Send SIGINT, SIGTERM, SIGHUP at six moments each: 130 in one line, or published whole."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        for moment in range(6):
            shutil.rmtree(scene.out, ignore_errors=True)
            with scene.start() as process:
                # while the interpreter loads, a signal ends it as it ends any program
                until(lambda: catches(process.pid, signal.SIGHUP))
                time.sleep(0.4 * moment)
                told = ended(process, number)
            scene.either(told, 130, PUBLISHED_NOTHING)
            scene.undone()


@experiment
def nobody_listens(scene: Scene) -> None:
    """Print to a closed pipe, a closed handle and a full device: published."""
    command = subprocess.list2cmdline(scene.planning())
    for ends in ("2>&1 | true", ">&- 2>&-", ">/dev/full 2>&1"):
        shutil.rmtree(scene.out, ignore_errors=True)
        subprocess.run(["bash", "-c", f"{command} {ends}"], env=scene.environment(), check=False)
        if not scene.runs():
            scene.wrong.append(f"{ends}: nothing is published")
        scene.undone()


@experiment
def kernel_killed(scene: Scene) -> None:
    """Kill a notebook's kernel: refused, 8, the notebook named."""
    with scene.start(notebooks="report") as process:
        until(lambda: _kernels(process.pid))
        for kernel in _kernels(process.pid):
            kernel.kill()
        told = ended(process)
    scene.refused(told, 8, "05-report.ipynb")
    scene.undone()


@experiment
def kernel_hangs(scene: Scene) -> None:
    """Stop a notebook's kernel and interrupt the run: 130 within ten seconds."""
    with scene.start(notebooks="report") as process:
        until(lambda: _kernels(process.pid))
        kernels = _kernels(process.pid)
        for kernel in kernels:
            kernel.suspend()
        began = time.monotonic()
        told = ended(process, signal.SIGINT)
    if time.monotonic() - began > 10:
        scene.wrong.append("the end took longer than ten seconds")
    scene.refused(told, 130, PUBLISHED_NOTHING)
    if not until(lambda: not any(each.is_running() for each in kernels), 5):
        scene.wrong.append("a kernel is left")
    scene.undone()


@experiment
def cell_hangs(scene: Scene) -> None:
    """Execute a cell that never ends: stopped at its limit, the cell named."""
    command = [sys.executable, "-c", CELL, str(scene.home / "a.ipynb"), str(scene.home / "b.ipynb")]
    done = subprocess.run(command, capture_output=True, text=True, env=scene.environment())
    said = "mendbook: a.ipynb: cell 1 (import time  # wait) ran longer than 3 s and was stopped"
    if done.stdout.strip() != said:
        scene.wrong.append(f"{done.stdout.strip()} {done.stderr.strip()}")


@experiment
def gate_hangs(scene: Scene) -> None:
    """Run a gate that never ends: stopped at its limit and not run, its processes gone."""
    gated(scene, "sleep 617 & sleep 617", "None it ran longer than 3 s and was stopped")


@experiment
def gate_hangs_and_is_interrupted(scene: Scene) -> None:
    """Interrupt a run in a gate that never ends: 130 within ten seconds, no process left."""
    program = go(scene, "sleep 619")
    with subprocess.Popen(
        scene.planning("--gates", "test"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=scene.environment(PATH=f"{program.parent}:{os.environ['PATH']}"),
    ) as process:
        until(lambda: sleeping("619"))
        began = time.monotonic()
        told = ended(process, signal.SIGTERM)
    if time.monotonic() - began > 10:
        scene.wrong.append("the end took longer than ten seconds")
    scene.refused(told, 130, PUBLISHED_NOTHING)
    if not until(lambda: not sleeping("619"), 5):
        scene.wrong.append("a process of the gate is left")
    scene.undone()


@experiment
def gate_deletes_the_tree(scene: Scene) -> None:
    """Run a gate that deletes what it checks: no pass, and what it deleted is said."""
    gated(scene, 'rm -rf "$PWD"/*', "None it changes files of the tree, which were put back")


@experiment
def gate_fills_the_disk(scene: Scene) -> None:
    """Run a gate that fills its disk: it fails by itself, and the disk is free afterwards."""
    with mounted(scene.tmp, "8m"):
        gated(scene, "cat /dev/zero > zeros", "1 .*No space left")
        if psutil.disk_usage(str(scene.tmp)).percent > 10:
            scene.wrong.append("the disk is still full")


@experiment
def few_handles(scene: Scene) -> None:
    """Allow 16, 24, 32, 48 open files: published whole, or refused in one line."""
    for number in (16, 24, 32, 48):
        prefix = ["prlimit", f"--nofile={number}"]
        told = scene.plan(prefix=prefix)
        scene.either(told, told.code, "Too many open files")
        scene.undone()
        shutil.rmtree(scene.out, ignore_errors=True)


@experiment
def little_memory(scene: Scene) -> None:
    """Allow 64, 200, 260, 300, 340, 400 MB of memory: published whole, or refused, 14."""
    for megabytes in (64, 200, 260, 300, 340, 400):
        prefix = ["prlimit", f"--as={megabytes * 1_000_000}"]
        scene.either(scene.plan(prefix=prefix), 14, "not enough memory")
        scene.undone()
        shutil.rmtree(scene.out, ignore_errors=True)


@experiment
def folder_taken_away(scene: Scene) -> None:
    """Remove --out while the run works: published whole, or refused, 8."""
    with scene.start() as process:
        until(lambda: (scene.out / ".runs").is_dir())
        shutil.rmtree(scene.out, ignore_errors=True)
        told = ended(process)
    scene.either(told, 8)
    scene.undone()


@experiment
def repository_taken_away(scene: Scene) -> None:
    """Rename the repository while the run works: published whole, or refused, 4."""
    elsewhere = scene.home / "elsewhere"
    with scene.start() as process:
        until(lambda: list((scene.out / ".runs").glob("*.json")))
        scene.repo.rename(elsewhere)
        told = ended(process)
    elsewhere.rename(scene.repo)
    scene.either(told, 4)
    scene.undone()


@experiment
def no_git(scene: Scene) -> None:
    """Take git away: refused, 4, and the line says so."""
    told = scene.plan(PATH=str(scene.home))
    scene.refused(told, 4, "git")


@experiment
def two_at_once(scene: Scene) -> None:
    """Plan the same audit twice at once: one is published, the other refused, 12."""
    with scene.start() as process:
        until(lambda: list((scene.out / ".runs").glob("*.claim")))
        process.send_signal(signal.SIGSTOP)
        second = scene.plan()
        process.send_signal(signal.SIGCONT)
        first = ended(process)
    if second.code != 12 or "Traceback" in second.said:
        scene.wrong.append(f"code {second.code}: {second.last}")
    scene.published(first)
    scene.undone()


@experiment
def every_write(scene: Scene) -> None:
    """Refuse each twelfth write of a run, by one error after the other: one line, nothing half."""
    script = Path(__file__).parents[1] / "tests/run/faulty_disk.py"
    words = [str(scene.audit), str(scene.repo), str(scene.home / "runs"), "1", "12"]
    done = subprocess.run([sys.executable, str(script), *words], capture_output=True, text=True)
    *rows, last = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        torn = row["files"] not in ([], last["files"]) or row["left"]
        silent = row["code"] and not row["said"].splitlines()[-1].startswith("mendbook: ")
        if torn or silent or "Traceback" in row["said"] or (row["code"] == 0) != bool(row["files"]):
            scene.wrong.append(str(row))
    shutil.rmtree(scene.home / "runs")


def _kernels(process: int) -> list[psutil.Process]:
    """Return the processes that a notebook is executed by."""
    try:
        below = psutil.Process(process).children(recursive=True)
        return [each for each in below if "ipykernel" in " ".join(each.cmdline())]
    except psutil.Error:
        return []


def main() -> int:
    """Print a row for each experiment, and return 1 where one does not hold."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("names", nargs="*")
    names = options.parse_args().names
    bad = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        plain = Scene(Path(folder) / "plain")
        plain.published(plain.plan())
        whole = listed(plain.runs()[0])
        for number, does in enumerate(EXPERIMENTS, 1):
            if names and does.__name__ not in names:
                continue
            scene = Scene(Path(folder) / does.__name__, whole)
            was = scene.state()
            try:
                does(scene)
                scene.after(was)
                said = "holds" if not scene.wrong else "; ".join(scene.wrong)
            except Skipped as reason:
                said = f"skipped: {reason}"
            bad += bool(scene.wrong)
            done, _, must = (does.__doc__ or "").rstrip(".").partition(": ")
            print(f"| {number} | {done} | {must} | {said} |", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
