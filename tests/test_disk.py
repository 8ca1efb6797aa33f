"""A fault of the disk is told from a fault of what was to be written there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mendbook.disk import refuse_faulty_disk, why_unwritable
from mendbook.errors import ReportError

APPLIED = """
import resource, sys
from mendbook.errors import PatchError, ReportError
from mendbook.proving.scratch import scratch_repository
DIFF = "--- a/sluice.py\\n+++ b/sluice.py\\n@@ -1 +1 @@\\n-gate = 1\\n+gate = 2\\n"
with scratch_repository() as scratch:
    tree = scratch.tree_of({"sluice.py": "gate = 1\\n"})
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
    try:
        print(scratch.applied(tree, DIFF))
    except (PatchError, ReportError) as error:
        print(type(error).__name__, str(error).partition("cannot be written")[2])
"""
READ = """
import sys
from pathlib import Path
from mendbook.disk import why_unwritable
print(why_unwritable(Path(sys.argv[1])))
"""


@pytest.mark.parametrize(
    ("code", "said", "why"),
    [
        (128, b"fatal: write error: No space left on device\n", "No space left on device"),
        (1, b"error: unable to create file: Read-only file system", "Read-only file system"),
        (-25, b"", "a program there was ended by signal 25"),
    ],
)
def test_what_a_program_says_of_its_disk_is_told(
    code: int, said: bytes, why: str, tmp_path: Path
) -> None:
    """The line names the folder, what the system said, and what to do."""
    with pytest.raises(ReportError) as refused:
        refuse_faulty_disk(tmp_path, code, said)
    told = f"{tmp_path}: cannot be written ({why}); free space there or set TMPDIR"
    assert str(refused.value) == told


def test_a_program_that_fails_otherwise_is_left_to_who_asked(tmp_path: Path) -> None:
    """A patch that does not apply says nothing of the disk; nor does a program that succeeds."""
    refuse_faulty_disk(tmp_path, 1, b"error: patch failed: sluice.py:1\n")
    refuse_faulty_disk(tmp_path, 0, b"No space left on device")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size there")
def test_a_patch_is_not_blamed_where_nothing_more_can_be_written() -> None:
    """It would be left out of the plan, and the plan published without a word."""
    done = subprocess.run([sys.executable, "-c", APPLIED], capture_output=True, text=True)
    assert done.stdout.startswith("ReportError  ("), done


def test_a_folder_that_may_be_written_has_no_reason_why_not(tmp_path: Path) -> None:
    """Nor is anything made in it."""
    assert why_unwritable(tmp_path) == ""
    assert not list(tmp_path.iterdir())


def test_a_read_only_disk_is_called_so(tmp_path: Path) -> None:
    """It is no matter of permissions: nobody can give them."""
    if shutil.which("unshare") is None or os.name == "nt":
        pytest.skip("no file system can be made read-only here")
    mount = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 77; exec "${@:2}"'
    shell = ["unshare", "--map-root-user", "--mount", "bash", "-c", mount, "bash", str(tmp_path)]
    command = [*shell, sys.executable, "-c", READ, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no file system can be made read-only here: {done.stderr.strip()}")
    assert done.stdout == f"{tmp_path} is on a read-only file system\n"
