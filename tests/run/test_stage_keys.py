"""Each thing that a run reads is changed in turn: its readers are made anew, all others are not.

The library's audit, its repository and all that may stand beside them are those of a small billing
service; a run is planned, one thing is changed, and the same run is planned again.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from conftest import MakeRepository, git
from mendbook import project
from mendbook.code.references import compiler
from mendbook.code.references.python import server
from mendbook.drafting.record import encoded_drafts
from mendbook.intake.identity import Identity
from mendbook.ledger.trace import Trace, TracedFinding
from mendbook.model import Dimension, Drafting, Severity
from mendbook.run.run import Run, open_run
from mendbook.run.sources import SOURCES
from mendbook.run.stage import Stage, unchanging
from mendbook.run.stages import STAGES

FILES = {
    "package.json": '{"name": "billing", "dependencies": {"left-pad": "^1.3.0"}}\n',
    "src/tax.ts": "export function rate(): number {\n  return 0.2;\n}\n",
    "src/invoice.ts": 'import { rate } from "./tax.js";\nexport const total = rate() * 3;\n',
}
FINDING = {
    "id": "TAX-1",
    "severity": "MEDIUM",
    "dimension": "Code Quality",
    "file": "src/tax.ts",
    "function": "rate()",
    "problem": "The rate is a bare number.",
    "evidence": "return 0.2",
    "impact": "It is hard to find.",
    "fix": "Name it.",
    "complexity": "low",
}
OVERRIDE = """overrides:
  - finding: TAX-1
    field: hours
    value: {hours}
    who: Ines
    why: she has done it before
    until: 2026-03-10
"""
REJECTED = f"""rejected:
  - finding: TAX-1
    source: instruction
    change: {"a" * 64}
    who: Ines
    day: 2026-03-01
    why: the rate is another one
"""
CPU = {
    "nodes": [
        {
            "id": 1,
            "callFrame": {
                "functionName": "rate",
                "scriptId": "1",
                "url": "file:///app/dist/tax.js",
                "lineNumber": 0,
                "columnNumber": 0,
            },
            "hitCount": 3,
        }
    ],
    "startTime": 0,
    "endTime": 10,
}
DAY = dt.date(2026, 3, 2)


class House:
    """A folder with all that a run may read, and the run of it as it stands."""

    def __init__(self, folder: Path, repo: Path) -> None:
        self.folder = folder
        self.repo = repo
        self.chosen: dict[str, object] = {"history": [folder / "remediation.json"]}
        self.day = DAY
        self.write("audit.json", json.dumps({"findings": [FINDING]}))
        self.write("policy.yaml", (project.data() / "policies/default.yaml").read_text())
        self.write("knip.json", json.dumps({"files": [], "issues": []}))
        self.write("tax.cpuprofile", json.dumps(CPU))
        self.write("decided/overrides.yaml", OVERRIDE.format(hours=2))
        meta = {"commit": git(repo, "rev-parse", "HEAD")}
        self.write("earlier.json", json.dumps({"meta": meta, "findings": [FINDING]}))
        plan = {"meta": {"auditRef": "earlier.json"}, "remediations": []}
        self.write("remediation.json", json.dumps(plan))
        self.write("drafts.json", encoded_drafts(Drafting()).decode())

    def write(self, name: str, text: str) -> None:
        """Write ``text`` to the file called ``name``."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def planned(self) -> set[str]:
        """Plan, and return the stages that were made anew for it."""
        run = open_run(
            self.folder / "audit.json",
            self.repo,
            [self.folder / "tax.cpuprofile"],
            tools=[self.folder / "knip.json"],
            policy=self.folder / "policy.yaml",
            overrides=self.folder / "decided",
            stamp="2026-03-02-0800",
            drafts=self.folder / "drafts.json",
            out=self.folder / "out",
            **self.chosen,  # type: ignore[arg-type] # what a change has chosen
        )
        run = Run(replace(run.given, today=self.day))
        assert run.plan
        assert run.basis
        return set(run.flow.computed)


@pytest.fixture
def house(
    tmp_path: Path, make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> House:
    """Return a house whose policies and caches are its own."""
    home = tmp_path / "home"
    shutil.copytree(project.data() / "policies", home / "data/policies")
    shutil.copytree(project.data() / "sample", home / "data/sample")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("MENDBOOK_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "house"
    folder.mkdir()
    made = House(folder, make_repository(FILES))
    monkeypatch.setenv("MENDBOOK_HOME", str(home))
    return made


def append(name: str, text: str) -> Callable[[House], None]:
    """Return a change that adds ``text`` to a file."""
    return lambda house: house.write(name, (house.folder / name).read_text() + text)


def choose(**chosen: object) -> Callable[[House], None]:
    """Return a change of parameters."""
    return lambda house: house.chosen.update(chosen)


def in_home(name: str) -> Callable[[House], None]:
    """Return a change of a policy that Mendbook brings."""

    def change(house: House) -> None:
        path = house.folder.parent / "home/data/policies" / name
        path.write_text((path.read_text() if path.exists() else "") + "# a remark\n")

    return change


def read_by_a_map(house: House) -> None:
    """Say with a map how the audit is read."""
    house.write("map.yaml", "fields: {id: id, problem: problem, file: file}\n")
    house.chosen["field_map"] = str(house.folder / "map.yaml")


def move_repository(house: House) -> None:
    """Clone the repository to another folder and plan there."""
    git(house.folder, "clone", "--quiet", str(house.repo), "clone")
    house.repo = house.folder / "clone"


def commit_more(house: House) -> None:
    """Commit another file."""
    (house.repo / "src/more.ts").write_text("export const more = 1;\n")
    git(house.repo, "add", "--all")
    git(house.repo, "commit", "--quiet", "--message", "more")


def ask_for_the_first_commit(house: House) -> None:
    """Commit something, and plan on what was there before."""
    house.chosen["commit"] = git(house.repo, "rev-parse", "HEAD")
    commit_more(house)


def install_a_compiler(house: House) -> None:
    """Put an exact compiler, which fails when it is asked, where Mendbook looks for it."""
    path = compiler.compiler_path(compiler.cache_folder())
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\nexit 1\n")
    path.chmod(0o755)


def install_a_python_server(house: House) -> None:
    """Put a language server, which cannot start, where Mendbook looks for it."""
    path = server.server_folder() / "basedpyright/langserver.index.js"
    path.parent.mkdir(parents=True)
    path.write_text("")


def let_the_override_expire(house: House) -> None:
    """Plan on the day after its last."""
    house.day = dt.date(2026, 3, 11)


def spend_hours(house: House) -> None:
    """Say what a finding of an earlier run took."""
    finding = TracedFinding(
        identity=Identity("f", "e"),
        id="TAX-7",
        headline="Rounded twice",
        severity=Severity.HIGH,
        dimension=Dimension.CODE_QUALITY,
        complexity="2 hours",
        priority="P1",
        standing="outline",
        hours=2.0,
        owner="",
        file="src/tax.ts",
    )
    trace = Trace("r", "2026-02-01-0600-audit", "audit", "", "", "2026-02-01T06:00:00Z", (finding,))
    house.write("out/.runs/r.trace.json", msgspec.json.encode(trace).decode())
    house.write("decided/spent.csv", "finding,hours\nTAX-7,5\n")


CHANGES: dict[str, tuple[Callable[[House], None], str]] = {
    "audit_file": (append("audit.json", "\n"), "audit"),
    "tool_reports": (append("knip.json", "\n"), "audit"),
    "field_map": (read_by_a_map, "audit"),
    "only": (choose(only=["TAX-1"]), "audit"),
    "include_closed": (choose(include_closed=True), "audit"),
    "repository": (move_repository, "context"),
    "commit_asked": (ask_for_the_first_commit, "context"),
    "policy_file": (append("policy.yaml", "# a remark\n"), "policy"),
    "libraries_file": (
        in_home("libraries.yaml"),
        "advice",
    ),
    "platform_file": (in_home("platform.yaml"), "platform"),
    "measurements": (append("tax.cpuprofile", "\n"), "profiles"),
    "source_maps": (lambda house: house.write("dist/tax.js.map", "{}"), "profiles"),
    "history": (append("earlier.json", "\n"), "cases"),
    "spent": (spend_hours, "cases"),
    "overrides_file": (
        lambda house: house.write("decided/overrides.yaml", OVERRIDE.format(hours=3)),
        "estimates",
    ),
    "schedule_file": (
        lambda house: house.write("decided/schedule.yaml", "who: Ines\nwhy: leave\nhours: 9\n"),
        "sprint_plan",
    ),
    "judgements_file": (
        lambda house: house.write("decided/judgements.yaml", REJECTED),
        "judgements",
    ),
    "curated_files": (lambda house: house.write("decided/TAX-1.patch", "not a diff\n"), "proposed"),
    "today": (let_the_override_expire, "estimates"),
    "hours": (choose(capacity=11.0), "sprint_plan"),
    "provider": (choose(references="syntax"), "gathered"),
    "drafts_file": (append("drafts.json", "\n"), "drafting"),
    "trusts_drafts": (choose(trust_drafts=True), "verified"),
    "gates": (choose(gates="lint"), "verified"),
    "compiler": (install_a_compiler, "gathered"),
    "python_server": (install_a_python_server, "gathered"),
}


def direct_readers(name: str) -> set[str]:
    """Return the saved stages that read ``name`` themselves."""
    return {
        stage.name
        for stage in STAGES
        if stage.record is not None
        and name in {read.partition(".")[0] for read in stage.depends_on}
    }


def readers(name: str) -> set[str]:
    """Return the stages that read ``name``, themselves or through others."""
    found = {name}
    for stage in STAGES:
        if found & {read.partition(".")[0] for read in stage.depends_on}:
            found.add(stage.name)
    return found - {name}


def test_a_change_of_every_source_is_tried() -> None:
    """A new source needs a change of its own below."""
    every = {source.name for source in SOURCES if source.fingerprint is not unchanging}
    assert every - {"parameters", "input_hashes", "stamp"} | {"compiler", "python_server"} == set(
        CHANGES
    )
    assert readers("parameters") == readers("input_hashes") == readers("stamp")
    assert readers("stamp") == {"provenance", "plan"}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_makes_its_readers_anew_and_nothing_else(name: str, house: House) -> None:
    """All that reads the changed thing is made, what does not is read back; then all is."""
    house.planned()
    change, witness = CHANGES[name]
    change(house)
    made = house.planned()
    assert direct_readers(name) <= made <= readers(name)
    assert witness in made
    assert house.planned() == set()


HELD = {
    "audit_file": ("audit.json",),
    "tool_reports": ("knip.json",),
    "policy_file": ("policy.yaml",),
    "platform_file": ("platform.yaml",),
    "libraries_file": ("libraries.yaml",),
    "measurements": ("tax.cpuprofile",),
    "history": ("remediation.json", "earlier.json"),
    "overrides_file": ("overrides.yaml",),
    "schedule_file": ("schedule.yaml",),
    "judgements_file": ("judgements.yaml",),
    "drafts_file": ("drafts.json",),
    "repository": (".git", "package.json", "tax.ts", "invoice.ts"),
}
"""The files that each source stands for, by their names."""


def sources_of(stage: Stage) -> set[str]:
    """Return the sources that ``stage`` reads, also through live objects that it is handed."""
    named = {each.name: each for each in STAGES}
    found: set[str] = set()
    for read in stage.depends_on:
        base = read.partition(".")[0]
        above = named.get(base)
        found |= {base} if above is None else sources_of(above) if above.record is None else set()
    return found


class Opened:
    """The files that are opened while a stage is made, by the stage's name."""

    def __init__(self) -> None:
        self.files: dict[str, set[Path]] = {}
        self.current = ""

    def hear(self, event: str, given: tuple[object, ...]) -> None:
        """Take notice of a file that is opened; an audit hook of the interpreter."""
        if event == "open" and self.current and isinstance(given[0], str):
            self.files.setdefault(self.current, set()).add(Path(given[0]))

    def watched(self, stage: Stage) -> Stage:
        """Return ``stage`` with its function watched."""

        def make(*given: object) -> object:
            before, self.current = self.current, stage.name
            try:
                return stage.make(*given)
            finally:
                self.current = before

        return replace(stage, make=make)


def test_a_stage_opens_no_file_that_it_does_not_say_it_reads(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is opened of what a run may read belongs to a source of the stage being made."""
    opened = Opened()
    sys.addaudithook(opened.hear)
    watched = tuple(opened.watched(stage) for stage in STAGES)
    monkeypatch.setattr("mendbook.run.run.STAGES", watched)
    house.planned()
    ours = (house.folder, house.repo, house.folder.parent / "home")
    known = {name for names in HELD.values() for name in names}
    for stage in STAGES:
        allowed = {name for each in sources_of(stage) for name in HELD.get(each, ())}
        seen = {
            path.name
            for path in opened.files.get(stage.name, ())
            if any(path.is_relative_to(folder) for folder in ours)
        }
        assert seen & known <= allowed, stage.name
    assert opened.files["audit"]
    assert opened.files["cases"]
