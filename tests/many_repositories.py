"""Many small repositories with their audits, some of them broken in ten ways: a fleet to plan."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

TEAMS = {
    "quay": {"hours": 16, "owners": ["@port/quay"]},
    "yard": {"hours": 12, "owners": ["@port/yard"]},
}
_COUNT = """import subprocess


def count(path):
    return subprocess.run(path, shell=True)
"""
_CODE = {
    "src/count.py": _COUNT,
    "src/sum.py": "def total(items=[]):\n    items.append({number})\n    return sum(items)\n",
    "CODEOWNERS": "* @port/{team}\n",
}


def _findings(number: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"S-{number}",
            "severity": "HIGH",
            "file": "src/count.py:5",
            "problem": "The path reaches a shell.",
            "evidence": "subprocess.run(path, shell=True)",
            "fix": "Pass an argument list and drop `shell=True`.",
            "complexity": "1 hour",
        },
        {
            "id": f"M-{number}",
            "severity": "MEDIUM" if number % 2 else "LOW",
            "file": "src/sum.py",
            "problem": f"The default of item list {number} is shared by all calls.",
            "evidence": "items=[]",
            "fix": f"Make list number {number} inside the function instead.",
            "complexity": f"{1 + number % 3} hours",
        },
    ]


def _git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Ada Auditor", "-c", "user.email=ada@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def repository(root: Path, number: int) -> None:
    """Make the repository of that number at ``root``."""
    team = sorted(TEAMS)[number % len(TEAMS)]
    for path, text in _CODE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        said = text.replace("{number}", str(number)).replace("{team}", team)
        (root / path).write_text(said)
    _git(root, "init", "--quiet", "--initial-branch=main")
    _git(root, "add", "--all")
    _git(root, "commit", "--quiet", "--message", "first")


def _plain(home: Path, number: int) -> dict[str, Any]:
    name = f"service-{number:03d}"
    repository(home / "repos" / name, number)
    write_audit(home, name, number)
    return {"audit": f"audits/{name}.json", "repo": f"repos/{name}", "name": name}


def write_audit(home: Path, name: str, number: int, **changes: Any) -> None:  # noqa: ANN401
    """Write the audit of a repository."""
    (home / "audits").mkdir(exist_ok=True)
    document = {"meta": {}, "findings": _findings(number), **changes}
    (home / "audits" / f"{name}.json").write_text(json.dumps(document))


def _decided(home: Path, entry: dict[str, Any], file: str, text: str) -> dict[str, Any]:
    folder = home / "decided" / entry["name"]
    folder.mkdir(parents=True)
    (folder / file).write_text(text)
    return {**entry, "settings": {"overrides": f"decided/{entry['name']}"}}


def _missing(home: Path, entry: dict[str, Any], _: int) -> dict[str, Any]:
    (home / entry["audit"]).unlink()
    return entry


def _no_json(home: Path, entry: dict[str, Any], _: int) -> dict[str, Any]:
    (home / entry["audit"]).write_text("to be done")
    return entry


def _cut_off(home: Path, entry: dict[str, Any], _: int) -> dict[str, Any]:
    whole = (home / entry["audit"]).read_text()
    (home / entry["audit"]).write_text(whole[: len(whole) // 2])
    return entry


def _no_repository(_: Path, entry: dict[str, Any], __: int) -> dict[str, Any]:
    return {**entry, "repo": "repos/gone"}


def _no_git(home: Path, entry: dict[str, Any], _: int) -> dict[str, Any]:
    (home / entry["repo"] / ".git").rename(home / entry["repo"] / "git")
    return entry


def _unknown_commit(home: Path, entry: dict[str, Any], number: int) -> dict[str, Any]:
    write_audit(home, entry["name"], number, meta={"commit": "0123456789"})
    return entry


def _no_policy(_: Path, entry: dict[str, Any], __: int) -> dict[str, Any]:
    return {**entry, "settings": {"policy": "none.yaml"}}


def _stray_override(home: Path, entry: dict[str, Any], _: int) -> dict[str, Any]:
    text = "overrides:\n  - {finding: Z-1, field: owner, value: a, who: Ada, why: hers}\n"
    return _decided(home, entry, "overrides.yaml", text)


def _contradiction(home: Path, entry: dict[str, Any], number: int) -> dict[str, Any]:
    places = f"releases: {{S-{number}: 3}}\npinned: {{S-{number}: 1}}\n"
    return _decided(home, entry, "schedule.yaml", f"who: Ada\nwhy: leave\n{places}")


def _no_commit(home: Path, entry: dict[str, Any], _: int) -> dict[str, Any]:
    root = home / "repos" / f"{entry['name']}-empty"
    root.mkdir()
    _git(root, "init", "--quiet")
    return {**entry, "repo": f"repos/{root.name}"}


Break = Callable[[Path, dict[str, Any], int], dict[str, Any]]
BROKEN: Mapping[str, tuple[Break, int]] = {
    "the audit is not there": (_missing, 3),
    "the audit is no JSON": (_no_json, 3),
    "the audit is cut off": (_cut_off, 3),
    "the repository is not there": (_no_repository, 4),
    "the repository has no git": (_no_git, 4),
    "the commit is unknown": (_unknown_commit, 4),
    "the policy is not there": (_no_policy, 5),
    "an override names no finding": (_stray_override, 5),
    "the schedule contradicts itself": (_contradiction, 6),
    "the repository has no commit": (_no_commit, 4),
}
"""How an audit may be broken, and the exit code of it."""


def again(home: Path, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the last entry a second time, and another audit of the last one's repository."""
    last = entries[-1]
    write_audit(home, "second", 1000)
    return [dict(last), {"audit": "audits/second.json", "repo": last["repo"], "name": "second"}]


def town(
    home: Path,
    good: int,
    broken: int,
    *,
    twice: bool = False,
    **more: Any,  # noqa: ANN401 - any setting
) -> Path:
    """Make a fleet of ``good`` audits and ``broken`` ones, spread among them; return its file.

    With ``twice`` it gives one audit a second time, and one repository a second audit.
    """
    entries = [_plain(home, number) for number in range(good + broken)]
    ways = list(BROKEN.values())
    step = (good + broken) // broken if broken else 0
    for index in range(broken):
        number = index * step
        change, _ = ways[index % len(ways)]
        entries[number] = change(home, entries[number], number)
    entries += again(home, entries) if twice else []
    file = home / "fleet.yaml"
    settings = {"notebooks": "none", "references": "syntax"}
    document = {"teams": TEAMS, "settings": settings, "audits": entries, **more}
    file.write_text(yaml.safe_dump(document, sort_keys=False))
    return file


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a run but those that say when and where it was made.

    Such is an executed notebook: it holds its cells' times and its widgets' chance ids.
    """
    timed = {"run.log", "status.json", "run.json"}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in timed and path.suffix != ".ipynb"
    }
