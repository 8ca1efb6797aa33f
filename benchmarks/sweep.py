"""Ask for exported names of a repository to go, and compile every tree that the answers make.

    python benchmarks/sweep.py REPO --ask rename [--names 300] [--check "npx tsc --noEmit"]

An audit is generated with one finding for each of ``--names`` exported names, drawn by a fixed
seed: "delete it", "stop exporting it" or "rename it to …". ``mendbook plan`` answers it as it
answers any audit. The patches of the series are then applied to a copy of the work tree, whose
``node_modules`` are linked, and each ``--check`` runs before the first patch, after every
``--every`` and after the last; where it says something new, the patches since the last good tree
are tried one by one. Prints what was asked and patched, why other names have no patch, what is new
in the checks, and the seconds of CPU that the plan took. Exits with 1 when anything is new.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import re
import resource
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mendbook.code.references.index import Index
from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source
from mendbook.repository.snapshot import Snapshot

SEED = 12
ASKED = {
    "delete": ("`{name}` is exported and never used.", "Delete `{name}`."),
    "unexport": ("`{name}` is exported for nobody.", "Un-export `{name}`."),
    "rename": ("The name `{name}` says too little.", "Rename `{name}` to `{other}`."),
}


def main() -> None:
    """Sweep the repository that the command line names."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("repo", type=Path)
    options.add_argument("--ask", choices=ASKED, required=True)
    options.add_argument("--names", type=int, default=300)
    options.add_argument("--check", action="append", default=[], help="a command; may be repeated")
    options.add_argument("--every", type=int, default=20)
    options.add_argument(
        "--keep", type=Path, help="a folder for audit and run, used again where it has them"
    )
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="sweep-") as scratch:
        folder = given.keep or Path(scratch) / "run"
        folder.mkdir(parents=True, exist_ok=True)
        patches = _planned(given.repo.resolve(), given.ask, given.names, folder)
        copy = Copy(given.repo.resolve(), Path(scratch) / "copy", given.check)
        found = _checked(copy, patches, given.every) if given.check else 0
    sys.exit(1 if found else 0)


def _planned(repo: Path, ask: str, names: int, folder: Path) -> list[Path]:
    """Plan the generated audit, tell what came of it, and return the patches in their order."""
    audit, runs = folder / "audit.json", folder / "runs"
    if not runs.exists():
        findings = _findings(repo, ask, names)
        audit.write_text(json.dumps({"findings": findings}, indent=1), encoding="utf-8")
        plan = ["plan", str(audit), "--repo", str(repo), "--notebooks", "none", "--out", str(runs)]
        command = [sys.executable, "-m", "mendbook", *plan, "--references", "syntax"]
        subprocess.run(command, check=True, capture_output=True)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    asked = len(json.loads(audit.read_text(encoding="utf-8"))["findings"])
    run = max(runs.glob("20*"))
    series = (run / "PATCHES" / "series").read_text(encoding="utf-8").split("\n")
    patches = [run / "PATCHES" / line for line in series if line and not line.startswith("#")]
    seconds = spent.ru_utime + spent.ru_stime
    print(f"{repo.name}, {ask}: {asked} asked, {len(patches)} patched, {seconds:.0f} s CPU")
    for reason, count in _reasons(run).most_common(12):
        print(f"  {count:4} {reason}")
    return patches


def _findings(repo: Path, ask: str, names: int) -> list[dict[str, str]]:
    commit = _git(repo, "rev-parse", "HEAD").strip()
    every = sorted(_names(Snapshot.read(repo, commit)))
    problem, fix = ASKED[ask]
    drawn = random.Random(SEED).sample(every, min(names, len(every)))  # noqa: S311
    return [
        {
            "id": f"N{number}",
            "severity": "LOW",
            "file": path,
            "function": name,
            "problem": problem.format(name=name),
            "fix": fix.format(name=name, other=_other(name)),
        }
        for number, (path, name) in enumerate(drawn, start=1)
    ]


def _names(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    index = Index(snapshot)
    for path in snapshot.files:
        if is_source(path) and not is_test(path) and not path.endswith(".d.ts"):
            for name, one in index.links(path).exports.items():
                if not one.source and name not in {"default", "export="}:
                    yield path, name


def _other(name: str) -> str:
    return f"{name}_ENTRY" if name.isupper() else f"{name}Entry"


def _reasons(run: Path) -> collections.Counter[str]:
    """Count why findings have no patch, without their names and places."""
    found: collections.Counter[str] = collections.Counter()
    (details,) = (run / "reports").glob("*.details.json")
    for one in json.loads(details.read_text(encoding="utf-8"))["issues"].values():
        if one["standing"] == "patch":
            continue
        said = "; ".join(
            f"{tried['source']}: {tried['reason']}"
            for tried in one["tried"]
            if tried["source"] in {"instruction", "recipe"}
        )
        plain = re.sub(r"[“`][^”`]*[”`]|\S*[/.:]\S*\w|\b\w*[a-z][A-Z]\w*|\b[A-Z]\w+", "…", said)
        plain = re.sub(r"(?:…, )+…?|\d+", "…", plain)
        found[f"{one['standing']}: {plain}"[:150]] += 1
    return found


# --- the trees ----------------------------------------------------------------------------------


@dataclass
class Copy:
    """A work tree of ``repo`` in ``folder`` to which patches are applied."""

    repo: Path
    folder: Path
    checks: Sequence[str]
    known: collections.Counter[str] = field(default_factory=collections.Counter)

    def __post_init__(self) -> None:
        """Clone the repository and link what its package manager installed."""
        _git(self.repo, "clone", "-q", "--shared", str(self.repo), str(self.folder))
        for path, folders, _ in os.walk(self.repo):
            here = self.folder / Path(path).relative_to(self.repo)
            if "node_modules" in folders and here.is_dir():
                _link(Path(path) / "node_modules", here / "node_modules")
            folders[:] = [one for one in folders if one not in {"node_modules", ".git"}]
        self.known = self.said()

    def apply(self, patches: Iterable[Path]) -> None:
        """Apply ``patches`` in order."""
        for patch in patches:
            _git(self.folder, "apply", str(patch))

    def revert(self, patches: Sequence[Path]) -> None:
        """Take ``patches`` back, the last first."""
        for patch in reversed(patches):
            _git(self.folder, "apply", "-R", str(patch))

    def said(self) -> collections.Counter[str]:
        """Return the errors that the checks print, without their lines and columns."""
        found: collections.Counter[str] = collections.Counter()
        for check in self.checks:
            done = subprocess.run(
                shlex.split(check),
                cwd=self.folder,
                capture_output=True,
                text=True,
                check=False,
            )
            lines = (done.stdout + done.stderr).splitlines()
            wrong = (re.sub(r"\(\d+,\d+\)", "", one) for one in lines if "error" in one.lower())
            found.update(wrong)
        return found


def _link(installed: Path, to: Path) -> None:
    """Link what is installed; a link to another folder of the work tree leads to the copy's."""
    to.mkdir(exist_ok=True)
    for one in installed.iterdir():
        if (to / one.name).is_symlink() or (to / one.name).exists():
            continue
        if one.is_symlink():
            (to / one.name).symlink_to(one.readlink())
        elif one.name.startswith("@"):
            _link(one, to / one.name)
        else:
            (to / one.name).symlink_to(one)


def _checked(copy: Copy, patches: Sequence[Path], every: int) -> int:
    """Check the tree after every so many patches; return how many make something new."""
    bad = trees = 0
    for start in range(0, len(patches), every):
        part = patches[start : start + every]
        copy.apply(part)
        trees += 1
        now = copy.said()
        if now - copy.known:
            copy.revert(part)
            bad += _one_by_one(copy, part)
            now = copy.said()
        copy.known = now
    print(f"  {trees} trees checked, {bad} patches with new errors")
    return bad


def _one_by_one(copy: Copy, patches: Sequence[Path]) -> int:
    bad = 0
    for patch in patches:
        copy.apply([patch])
        now = copy.said()
        if new := now - copy.known:
            bad += 1
            print(f"  NEW {patch.name}")
            for line in list(new)[:5]:
                print(f"      {line}")
        copy.known = now
    return bad


def _git(repo: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(repo), *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"git {' '.join(arguments)}: {done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
