"""What the pinned commit does not have is looked for in the history around it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from conftest import MakeRepository
from mendbook.repository import open_target
from mendbook.repository.past import what_became_of_file, what_became_of_line

DOSE = "def dose(weight):\n    return min(weight * 2, 40)\n"


def commit(root: Path, message: str) -> str:
    """Commit the work tree of ``root`` and return the short hash of it."""
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    subprocess.run(["git", "commit", "-qm", message], cwd=root, check=True)
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=root, check=True, capture_output=True
    )
    return said.stdout.decode().strip()


def test_the_commit_in_which_it_went_or_comes_is_named(make_repository: MakeRepository) -> None:
    """A file that was deleted, renamed or is yet to come, and a line that went."""
    root = make_repository({"dose.py": DOSE, "ward.py": "beds = 4\n" * 9, "old.py": "x = 1\n"})
    (root / "ward.py").rename(root / "beds.py")
    renamed = commit(root, "rename")
    (root / "old.py").unlink()
    deleted = commit(root, "delete")
    (root / "dose.py").write_text("def dose(weight):\n    return weight * 2\n")
    capped = commit(root, "uncap")
    (root / "pump.py").write_text("RATE = 1\n")
    added = commit(root, "pump")
    target = open_target(root, capped)
    said = [
        what_became_of_file(target, "ward.py"),
        what_became_of_file(target, "old.py"),
        what_became_of_file(target, "pump.py"),
        what_became_of_line(target, "dose.py", "    return min(weight * 2, 40)"),
        what_became_of_file(target, "never.py"),
        what_became_of_line(target, "dose.py", "x"),
    ]
    assert [each.rpartition(" (")[0] for each in said] == [
        f"ward.py became beds.py in {renamed}",
        f"old.py was deleted in {deleted}",
        f"pump.py comes later, in {added}",
        f"the line went from dose.py in {capped}",
        "",
        "",
    ]
