"""Ask for every exported name of a repository to go, and see that none that is used goes.

    python benchmarks/sweep.py REPO [--limit N] [--check "npx tsc --noEmit"] [--sample]

For each name that a source file exports two findings are made, "X is never used: delete X" and
"X is exported for nobody: un-export X". The patches are applied one by one to a copy of the tree,
together at the end; with ``--check`` that command runs before and after, and what is new in its
output is shown. Prints what was asked, patched and refused, the reasons counted, and CPU seconds.
"""

from __future__ import annotations

import argparse
import collections
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from mendbook.code.references import References, find_references
from mendbook.code.references.index import Index
from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source
from mendbook.fixes.recipes import delete_unreferenced, unexport
from mendbook.fixes.task import Task
from mendbook.model import (
    Dimension,
    Finding,
    FindingFacts,
    Place,
    PlaceKind,
    Proposal,
    Severity,
)
from mendbook.repository.snapshot import Snapshot


def main() -> None:
    """Run the sweep on the repository that the command line names."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("repo", type=Path)
    options.add_argument("--limit", type=int, default=100_000)
    options.add_argument("--check", default="")
    options.add_argument("--show", action="store_true", help="print each patched name")
    given = options.parse_args()
    commit = _git(given.repo, "rev-parse", "HEAD").strip()
    snapshot = Snapshot.read(given.repo, commit)
    started = time.process_time()
    edits, asked, reasons = _sweep(snapshot, given.limit, show=given.show)
    spent = time.process_time() - started
    print(f"{given.repo.name}: asked {asked}, patched {len(edits)}, {spent:.1f} s of CPU")
    for reason, count in reasons.most_common(12):
        print(f"  {count:5} {reason}")
    if given.check:
        _checked(given.repo, snapshot, edits, given.check)


def _sweep(
    snapshot: Snapshot, limit: int, *, show: bool
) -> tuple[list[dict[str, str | None]], int, collections.Counter[str]]:
    """Return the edits of each patch, the number of findings, and why others have none."""
    current = snapshot
    references = find_references((), snapshot, provider="syntax")
    found: list[dict[str, str | None]] = []
    reasons: collections.Counter[str] = collections.Counter()
    asked = 0
    for path, name in _names(snapshot):
        if asked >= limit:
            break
        for recipe, problem, fix in (
            (delete_unreferenced.RECIPE, f"{name} is never used", f"Delete {name}"),
            (unexport.RECIPE, f"{name} is exported for nobody", f"Un-export {name}"),
        ):
            asked += 1
            finding = _finding(path, name, problem, fix)
            facts = FindingFacts(finding_id=finding.id, files=(path,))
            answer = recipe.propose(Task(finding, facts, current, references))
            if isinstance(answer, Proposal):
                found.append(dict(answer.edits))
                current = current.edited(answer.edits)
                references = _again(references, current)
                if show:
                    print(f"  {recipe.name}: {name} of {path}")
                break
            reasons[_kind(answer.reason, name)] += 1
    return found, asked, reasons


def _again(references: References, snapshot: Snapshot) -> References:
    return references.at(snapshot)


def _names(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    index = Index(snapshot)
    for path in snapshot.files:
        if is_source(path) and not is_test(path) and not path.endswith(".d.ts"):
            for name, one in index.links(path).exports.items():
                if not one.source and name != "default":
                    yield path, name


def _finding(path: str, name: str, problem: str, fix: str) -> Finding:
    return Finding(
        id=f"SWEEP-{path}-{name}",
        severity=Severity.LOW,
        dimension=Dimension.CODE_QUALITY,
        file=path,
        function=name,
        problem=problem,
        evidence="",
        impact="",
        fix=fix,
        complexity="",
        places=(Place(path, PlaceKind.FILE),),
        symbols=(name,),
    )


def _kind(reason: str, name: str) -> str:
    """Return ``reason`` without its names and places, to be counted."""
    plain = reason.replace(name, "X")
    return re.sub(r"[\w.@\[\]()+-]*/[\w./@\[\]()+:-]*|:\d+|\b[\w.-]+\.\w+\b", "…", plain)[:90]


def _checked(
    repo: Path, snapshot: Snapshot, edits: list[dict[str, str | None]], command: str
) -> None:
    """Run ``command`` in a copy of ``repo`` before and after all patches; print what is new."""
    with tempfile.TemporaryDirectory(prefix="sweep-") as name:
        copy = Path(name) / "repo"
        shutil.copytree(repo, copy, symlinks=True)
        before = _errors(copy, command)
        for one in edits:
            for path, text in one.items():
                place = copy / path
                if text is None:
                    place.unlink()
                else:
                    place.write_bytes(text.encode("utf-8", "surrogatepass"))
        after = _errors(copy, command)
    new = after - before
    print(f"  check: {sum(before.values())} errors before, {sum(after.values())} after")
    for line, count in new.most_common(30):
        print(f"  NEW {count} {line}")


def _errors(folder: Path, command: str) -> collections.Counter[str]:
    done = subprocess.run(
        shlex.split(command), cwd=folder, capture_output=True, text=True, check=False
    )
    lines = (done.stdout + done.stderr).splitlines()
    return collections.Counter(
        re.sub(r"\(\d+,\d+\)", "", line) for line in lines if "error" in line.lower()
    )


def _git(repo: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(repo), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    main()
