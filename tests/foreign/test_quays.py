"""Kinds of files and asks that break what is careless: one plan of all of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quays import FILES, FINDINGS


def git(root: Path, *arguments: str) -> str:
    """Run git as the fixture's own author and return what it prints."""
    identity = ("-c", "user.name=Ada Auditor", "-c", "user.email=ada@example.org")
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


class Planned:
    """A repository, the run made of its audit, and what both say."""

    def __init__(self, root: Path) -> None:
        self.root = root / "work"
        for path, content in FILES.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        git(root, "init", "--quiet", str(self.root))
        git(self.root, "-c", "core.autocrlf=false", "add", "--all")
        git(self.root, "commit", "--quiet", "--message", "first")
        keys = ("id", "file", "function", "problem", "fix")
        findings = [dict(zip(keys, one, strict=True)) | {"severity": "LOW"} for one in FINDINGS]
        audit = root / "audit.json"
        audit.write_text(json.dumps({"findings": findings}), encoding="utf-8")
        out = root / "out"
        command = ["plan", str(audit), "--repo", str(self.root), "--out", str(out)]
        done = subprocess.run(
            [sys.executable, "-m", "mendbook", *command, "--notebooks", "none"],
            check=True,
            capture_output=True,
            text=True,
        )
        self.told = done.stdout.splitlines()
        (self.run,) = out.glob("20*")
        (details,) = self.run.glob("reports/*.details.json")
        self.issues: dict[str, Any] = json.loads(details.read_text(encoding="utf-8"))["issues"]
        (sarif,) = self.run.glob("reports/*.sarif")
        (log,) = json.loads(sarif.read_text(encoding="utf-8"))["runs"]
        self.results = {one["properties"]["issueId"]: one for one in log["results"]}

    def reasons(self, issue: str) -> str:
        """Return why the finding has no patch, as each source says it."""
        return "; ".join(one["reason"] for one in self.issues[issue]["tried"])

    def patched(self, issue: str) -> dict[str, bytes]:
        """Return each file of the finding's patch as it is behind it, alone on the commit."""
        patch = self.run / self.issues[issue]["file"]
        git(self.root, "apply", str(patch))
        names = git(self.root, "diff", "--name-only").splitlines()
        found = {name: (self.root / name).read_bytes() for name in names}
        git(self.root, "checkout", "--quiet", ".")
        return found


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """Return the plan of the whole audit, made once."""
    return Planned(tmp_path_factory.mktemp("quays"))


def test_only_what_was_written_is_named_at_the_end(planned: Planned) -> None:
    """A run without notebooks has no report, and does not say where one would be."""
    assert planned.told[:2] == [
        f"Summary  {planned.run / 'summary.html'}",
        f"Patches  {planned.run / 'PATCHES'}",
    ]


KEPT = {
    "K1": "valueOf is called by the language, which names it nowhere; it cannot go",
    "K2": "actions is read by SvelteKit; it cannot go",
    "K3": "admitChild is used at clinic/ward.ts:3; it cannot go",
    "K4": "MillOptions may be augmented at mill/plug.ts:4; it cannot go",
    "K5": "level is used at tide/chart.cts:3; it cannot go",
    "K9": "Bell is used at bell/ring.ts:1, bell/ring.ts:3; it cannot go",
    "K11": "kiln/grau.ts is not UTF-8 (Latin-1?)",
    "K12": "kiln/wire.ts is generated (DO NOT EDIT); change its source or its generator",
}


@pytest.mark.parametrize("issue", KEPT)
def test_what_may_not_go_or_be_edited_stays(planned: Planned, issue: str) -> None:
    """There is no patch, and the reason names who takes it or what the file is."""
    assert planned.issues[issue]["standing"] == "outline"
    assert KEPT[issue] in planned.reasons(issue)


def test_a_constant_stands_below_license_directive_and_imports(planned: Planned) -> None:
    """``"use client"`` stays the first statement."""
    before = FILES["shop/till.tsx"]
    after = before.replace(b"useState(86400)", b"useState(DAY_SECONDS)")
    after = after.replace(b"\nexport", b"\nconst DAY_SECONDS = 86400;\n\nexport", 1)
    assert planned.patched("K6") == {"shop/till.tsx": after}


def test_a_commonjs_file_gets_a_require_below_its_directive(planned: Planned) -> None:
    """Neither hashbang nor license nor ``'use strict'`` moves."""
    text = planned.patched("K7")["bin/tag.cjs"]
    head, _, rest = FILES["bin/tag.cjs"].partition(b"const path")
    added = rb"const \{ randomUUID \} = require\([\"']node:crypto[\"']\);\n"
    assert re.fullmatch(re.escape(head) + added + b"const path.*", text, re.DOTALL)
    gone, come = b"Math.random().toString(36).slice(2)", b"randomUUID()"
    assert text.endswith(rest.replace(gone, come))


def test_overloads_and_the_namespace_of_a_name_are_renamed_together(planned: Planned) -> None:
    """All of them and every use, or none."""
    assert planned.patched("K8") == {
        path: FILES[path]
        .replace(b"{ moor }", b"{ makeFast }")
        .replace(b"function moor", b"function makeFast")
        .replace(b"namespace moor", b"namespace makeFast")
        .replace(b"moor(moor", b"makeFast(makeFast")
        for path in ("dock/moor.ts", "dock/use.ts")
    }


def test_mark_tabs_and_line_ends_stay(planned: Planned) -> None:
    """One value changes in a file with a byte order mark, tabs and CRLF."""
    before = FILES["kiln/fire.ts"]
    assert planned.patched("K10") == {"kiln/fire.ts": before.replace(b"= 3;", b"= 5;")}


OWNERS = {"K8": "@harbour", "K10": "@ovens, @ann", "K14": "@rope", "K15": "Ada Auditor"}


@pytest.mark.parametrize("issue", OWNERS)
def test_owners_of_sections_are_read(planned: Planned, issue: str) -> None:
    """A section's default owners, a line of the section, and nobody of a line without owners."""
    assert planned.results[issue]["properties"]["owner"] == OWNERS[issue]


PLACES = {
    "K13": ("package.json", None),
    "K14": ("dock/use.ts", None),
    "K15": ("clinic/ward.ts", 7),
}


@pytest.mark.parametrize("issue", PLACES)
def test_every_result_has_a_place(planned: Planned, issue: str) -> None:
    """The manifest stands for the project; of ``x.ts(7,3)`` the line is 7."""
    place = planned.results[issue]["locations"][0]["physicalLocation"]
    line = place.get("region", {}).get("startLine")
    assert (place["artifactLocation"]["uri"], line) == PLACES[issue]


def test_a_name_at_the_beginning_of_a_sentence_keeps_its_case(planned: Planned) -> None:
    """``fetchTide() is …`` and ``oldMoor stays`` are said as they are, everywhere."""
    said = (planned.run / "run.json", planned.run / "plan.json", planned.run / "summary.html")
    text = "".join(one.read_text(encoding="utf-8") for one in said if one.exists())
    assert {name for name in ("fetchTide() is", "oldMoor") if name in text} == {
        "fetchTide() is",
        "oldMoor",
    }
    assert not [name for name in ("FetchTide", "OldMoor") if name in text]
