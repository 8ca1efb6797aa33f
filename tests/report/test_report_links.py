"""Links: whatever a report names leads to it, on the page, in the folder, and on the forge."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mendbook.model import Citation, Plan
from mendbook.report import html_report, markdown_report, section
from mendbook.report.exporters import exported
from mendbook.report.forge import forge_of
from mendbook.report.index import Index
from plan_factory import large_plan, sample_plan

COMMIT = "407ed0409b6d3b5c28a5f1e0a4a8ce2a70ee1c11"
FORGES = [
    ("https://github.com/ada/mill", "/blob/COMMIT/src/a%20b.py", "#L3", "#L3-L5"),
    ("https://git.github-mirror.example/ada/mill", "/blob/COMMIT/src/a%20b.py", "#L3", "#L3-L5"),
    ("https://gitlab.example.org/tools/press/mill", "/-/blob/COMMIT/src/a%20b.py", "#L3", "#L3-5"),
    ("https://bitbucket.org/ada/mill", "/src/COMMIT/src/a%20b.py", "#lines-3", "#lines-3:5"),
    ("https://codeberg.org/ada/mill", "/src/commit/COMMIT/src/a%20b.py", "#L3", "#L3-L5"),
    ("http://gitea.local:3000/ada/mill", "/src/commit/COMMIT/src/a%20b.py", "#L3", "#L3-L5"),
]


def on(page: str, plan: Plan | None = None) -> Plan:
    """Return a plan whose repository was cloned from ``page``."""
    plan = plan or sample_plan()
    return replace(plan, context=replace(plan.context, remote=page))


@pytest.mark.parametrize(("page", "file", "line", "lines"), FORGES)
def test_each_forge_spells_a_file_and_its_lines_in_its_own_way(
    page: str, file: str, line: str, lines: str
) -> None:
    """The address names the audited commit, so that it shows the code that was audited."""
    forge = forge_of(on(page))
    assert forge
    whole = page + file.replace("COMMIT", COMMIT)
    assert forge.url("src/a b.py") == whole
    assert forge.url("src/a b.py", 3) == whole + line
    assert forge.url("src/a b.py", 3, 3) == whole + line
    assert forge.url("src/a b.py", 3, 5) == whole + lines


@pytest.mark.parametrize("page", ["", "https://code.example.org/ada/mill"])
def test_a_host_that_is_not_known_gets_no_link(page: str) -> None:
    """No address is guessed: a place stays code alone."""
    assert forge_of(on(page)) is None
    assert (
        Index.of(on(page)).place(Citation("src/config/index.ts", 12)) == "`src/config/index.ts:12`"
    )


def test_a_place_is_a_link_only_where_the_file_is_known_to_be() -> None:
    """A file that a patch adds has no page at the audited commit."""
    index = Index.of(on("https://github.com/ada/mill"))
    url = f"https://github.com/ada/mill/blob/{COMMIT}/src/config/index.ts"
    assert index.file("src/config/index.ts") == f"[`src/config/index.ts`]({url})"
    assert index.link("src/config/index.ts:7 — load", "src/config/index.ts", 7) == (
        f"[`src/config/index.ts:7 — load`]({url}#L7)"
    )
    assert index.file("tests/config.test.ts") == "`tests/config.test.ts`"


def test_findings_link_to_the_forge() -> None:
    """Files, callsites and the rows of advisors lead to the code."""
    plan = on("https://codeberg.org/ada/mill")
    base = f"https://codeberg.org/ada/mill/src/commit/{COMMIT}"
    written = markdown_report(plan)
    callsite = "src/domains/room/room.handler.ts:10 — onJoin"
    assert f"- [`{callsite}`]({base}/src/domains/room/room.handler.ts#L10)" in written
    assert f"({base}/src/infrastructure/worker.manager.ts#L21)" in written


@pytest.mark.parametrize("plan", [sample_plan(), large_plan(60)], ids=["sample", "large"])
def test_no_link_leads_nowhere(plan: Plan) -> None:
    """Each anchor that the page or the Markdown names is there, and each file is written."""
    page, text = html_report(plan), markdown_report(plan)
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    stamp = plan.provenance.stamp
    offered = {f"docs/remediation/{stamp}/infrastructure/workers/{name}"
               for name in ("001.patch", "worker-capacity.csv")}  # fmt: skip
    files = {*exported(plan), *offered}
    assert set(re.findall(r'href="(PATCHES/[^"]+|docs/[^"]+|[\w.]+\.html)"', page)) <= files
    headings = {
        re.sub(r"[^a-z0-9]+", "-", line[3:].lower()).strip("-")
        for line in text.splitlines()
        if line.startswith("## ")
    }
    named = {*re.findall(r'<a id="([^"]+)"', text), *headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= named
    assert set(re.findall(r"\]\(\.\./\.\./([^)]+)\)", text)) <= files


def test_anchors_are_short_and_no_two_alike() -> None:
    """A finding is found by its id; one called as a pull request is gets another anchor."""
    plan = sample_plan()
    names = ("PR-1", "A/1", "a-1", "sprint-2", "RT 9", "x", "y", "z", "w")
    renamed = {old.id: new for old, new in zip(plan.audit.findings, names, strict=True)}
    findings = tuple(replace(each, id=renamed[each.id]) for each in plan.audit.findings)
    bare = replace(plan, audit=replace(plan.audit, findings=findings), advice=())
    index = Index.of(replace(bare, facts=(), heat=(), remediations=(), pull_requests=()))
    assert list(index.anchor_of.values())[:5] == [
        "finding-PR-1",
        "A-1",
        "a-1-2",
        "finding-sprint-2",
        "RT-9",
    ]


def test_the_markdown_begins_with_its_contents() -> None:
    """A line of links leads to the eight sections; no heading is added for it."""
    written = markdown_report(sample_plan())
    contents = written.partition("<!-- contents -->\n\n")[2].partition("\n\n")[0]
    assert contents.split(" · ")[:2] == [
        "[Executive Summary](#executive-summary)",
        "[Audit Reference](#audit-reference)",
    ]
    assert contents.count("](#") == 8


def test_what_a_person_decides_stands_before_the_findings() -> None:
    """Drafts and libraries that nobody approved are named, each with its link."""
    plan = sample_plan()
    first, second = plan.remediations[:2]
    draft = replace(first, patch=replace(first.patch, draft="the fix names no code"))
    adds = replace(second, patch=replace(second.patch, packages=("left-pad@1.3.0",)))
    changed = replace(plan, remediations=(draft, adds, *plan.remediations[2:]))
    written = section("Executive Summary").write(changed)
    decide = written.partition("### What only people can do\n\n")[2].partition("\n\n")[0]
    assert decide.splitlines() == [
        "- 1 draft waits for a judgement, to be accepted or rejected: "
        "[SEC-CRIT-001](#SEC-CRIT-001).",
        "- No list of approved libraries holds `left-pad`.",
    ]
    assert written.index("### What only people can do") < written.index("### Findings")
    assert "### What only people can do" not in section("Executive Summary").write(plan)
