"""Too little memory is one line and an exit code of its own; nothing is published."""

from __future__ import annotations

import errno
import gc
import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import MakeRepository
from mendbook.errors import LackOfMemoryError
from mendbook.memory import collecting_seldom, lacks_memory

if sys.platform != "win32":
    import resource

MEGABYTE = 1_000_000
SOURCE = {"herbarium/press.py": "def press(leaf):\n    return leaf == None\n"}
FINDING = {
    "id": "H-1",
    "severity": "LOW",
    "file": "herbarium/press.py",
    "problem": "None is compared by value.",
    "fix": "Replace `leaf == None` with `leaf is None`.",
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process")
@pytest.mark.parametrize("megabytes", [64, 180, 257, 280])
def test_a_plan_with_little_memory_is_refused_in_one_line(
    megabytes: int, make_repository: MakeRepository, tmp_path: Path
) -> None:
    """While it loads and while it works; no traceback, no partial run, and the code is 14."""
    audit, out = tmp_path / "herbarium.json", tmp_path / "out"
    audit.write_text(json.dumps({"findings": [FINDING]}))
    command = [sys.executable, "-m", "mendbook", "plan", str(audit), "--notebooks", "none"]
    done = subprocess.run(
        [*command, "--repo", str(make_repository(SOURCE)), "--out", str(out)],
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE,) * 2),
    )
    said = [line for line in done.stderr.splitlines() if not line.startswith("mendbook: stage ")]
    assert said == [
        f"mendbook: there is not enough memory (a process may take {megabytes} MB here: ulimit"
        " -v); allow more and run it again"
    ]
    assert done.returncode == LackOfMemoryError.exit_code
    assert done.stdout == ""
    assert not list(out.glob("2*"))
    assert not list(out.rglob("*.partial-*"))


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process")
def test_a_small_file_takes_no_more_memory_than_it_holds(
    tmp_path: Path,
) -> None:
    """Whatever the largest may be that is read."""
    small = tmp_path / "small.json"
    small.write_text('{"findings": []}')
    script = (
        "import resource, sys; from pathlib import Path; from mendbook.intake import reader\n"
        "taken = int(Path('/proc/self/statm').read_text().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (taken + 4_000_000,) * 2)\n"
        "print(reader.read_bytes(Path(sys.argv[1])).decode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(small)], capture_output=True, text=True, check=True
    )
    assert done.stdout == '{"findings": []}\n'


def _raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "lacks"),
    [
        (MemoryError(), True),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), True),
        (ImportError("libsodium.so: failed to map segment from shared object"), True),
        (RuntimeError("can't start new thread"), True),
        (_raised(ValueError("no kernel"), MemoryError()), True),
        (OSError(errno.ENOSPC, "No space left on device"), False),
        (ImportError("No module named 'harbour'"), False),
        (ValueError("cannot allocate memory to a berth"), False),
    ],
)
def test_a_lack_of_memory_is_told_from_other_faults(error: BaseException, lacks: bool) -> None:
    """By what the system says, not by the words of anybody else."""
    assert lacks_memory(error) is lacks


def test_the_garbage_collector_is_left_as_it_was() -> None:
    """It looks less often within a stage, also where that fails, and as before behind it."""
    before = gc.get_threshold()
    with collecting_seldom():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
    with pytest.raises(ZeroDivisionError), collecting_seldom():
        _ = 1 / 0
    assert gc.get_threshold() == before


def test_a_garbage_collector_that_is_off_stays_off() -> None:
    """A threshold of 0, which switches it off, is not raised."""
    before = gc.get_threshold()
    gc.set_threshold(0)
    try:
        with collecting_seldom():
            assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*before)
