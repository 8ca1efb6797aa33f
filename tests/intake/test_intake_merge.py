"""One defect, one finding: joining audits, and comparing them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mendbook.intake import enrich, load_audit
from mendbook.intake.compare import compare
from mendbook.intake.normalise import read_audit
from mendbook.intake.reader import Document
from mendbook.model import Audit, Finding, Note, Origin

TOOLS = Path(__file__).parent.parent / "data" / "tools"


def audit(*findings: dict[str, str]) -> Audit:
    """Return an audit with ``findings``; id, severity and problem are filled in."""
    written = [
        {"id": f"A-{number}", "severity": "LOW", "problem": "wrong", **finding}
        for number, finding in enumerate(findings, 1)
    ]
    return read_audit(Document("a.json", "", {"findings": written}))


def tools(*names: str) -> list[Audit]:
    """Return the audits made of tools' reports."""
    return [load_audit(TOOLS / name) for name in names]


def sources(finding: Finding) -> list[str]:
    """Return the formats that a finding came from."""
    return [origin.format for origin in finding.origins]


def test_the_same_defect_from_two_tools_is_one_finding() -> None:
    """Knip and ts-prune, knip and depcheck, ESLint's JSON and its SARIF mean the same things."""
    first, *others = tools("knip.json", "depcheck.json", "ts-prune.txt")
    joined = {item.problem: sources(item) for item in enrich(first, others).findings}
    assert joined["closeRoom is exported and never imported"] == ["knip", "ts-prune"]
    assert joined["lodash is declared in package.json and never imported"] == ["knip", "depcheck"]
    assert joined["chalk is imported and not declared in package.json"] == ["knip", "depcheck"]
    assert joined["typescript is declared in package.json and never imported"] == ["depcheck"]
    eslint, sarif = tools("eslint.json", "eslint.sarif")
    assert [sources(item) for item in enrich(eslint, [sarif]).findings] == [["eslint", "sarif"]] * 5


def test_a_persons_finding_takes_the_tools_fix_and_keeps_its_own_words() -> None:
    """A tool that reports the quoted code under a rule the finding speaks of is more evidence."""
    written = audit(
        {
            "file": "src/room.ts:10",
            "problem": "count is declared with var",
            "evidence": 'const label = "🎵 " + name; var count = 8;',
        },
        {"file": "src/room.ts", "problem": "Magic number", "evidence": "if (count == 8) {"},
    )
    first, second, *rest = enrich(written, tools("eslint.json")).findings
    assert (first.id, first.problem) == ("A-1", "count is declared with var")
    assert first.origins == (
        Origin("audit", "audit"),
        Origin("eslint", "ESLint", "no-var", "Unexpected var, use let or const instead."),
    )
    assert first.offered_fixes[0].text == "let"
    assert first.notes[-1] == Note(
        "severity", "MEDIUM", "LOW", "ESLint calls it MEDIUM; the first word stands"
    )
    assert sources(second) == ["audit"]
    assert len(rest) == 4


def test_ids_stay_unique_when_audits_use_the_same_ones() -> None:
    """The second audit's finding is renamed, and says so."""
    joined = enrich(audit({"evidence": "one()"}), [audit({"evidence": "two()"})])
    assert [item.id for item in joined.findings] == ["A-1", "A-1-2"]
    assert joined.findings[1].notes[-1].original == "A-1"


def test_what_a_tool_could_not_do_is_kept_beside_the_audit() -> None:
    """The note of a refused npm audit is a note of the enriched audit."""
    joined = enrich(audit({}), tools("npm-audit-refused.json"))
    assert joined.notes[-1].field == "error"


_codes = st.lists(st.sampled_from(["a()", "b()", "c()", "d()"]), max_size=6)


@given(_codes, _codes)
def test_nothing_is_lost_and_nothing_is_doubled(left: list[str], right: list[str]) -> None:
    """Each defect of either audit is there as often as in the audit that has it most often."""
    first, second = (audit(*({"evidence": code} for code in codes)) for codes in (left, right))
    joined = enrich(first, [second]).findings
    assert Counter(item.evidence for item in joined) == Counter(left) | Counter(right)
    assert [item.id for item in joined[: len(left)]] == [item.id for item in first.findings]
    assert len({item.id for item in joined}) == len(joined)


def test_two_audits_are_compared_by_what_stands_in_the_code() -> None:
    """New, fixed, still there, moved to other lines, and moved to another file."""
    before = audit(
        {"file": "src/a.ts:10", "evidence": "stays()"},
        {"file": "src/a.ts:20", "evidence": "slides()"},
        {"file": "src/a.ts:30", "evidence": "emigrates()"},
        {"file": "src/a.ts:40", "evidence": "goes()"},
        {"file": "src/a.ts", "evidence": "has no line()"},
    )
    after = audit(
        {"file": "src/b.ts:3", "evidence": "emigrates()"},
        {"file": "src/a.ts:10", "evidence": "stays()", "severity": "HIGH"},
        {"file": "src/a.ts:25", "evidence": " slides ( ) ;"},
        {"file": "src/a.ts:50", "evidence": "comes()"},
        {"file": "src/a.ts:7", "evidence": "has no line()"},
    )
    found = compare(before, after)
    assert [item.evidence for item in found.new] == ["comes()"]
    assert [item.evidence for item in found.fixed] == ["goes()"]
    assert [pair.after.evidence for pair in found.still] == ["stays()", "has no line()"]
    assert [(pair.before.file, pair.after.file) for pair in found.moved] == [
        ("src/a.ts:30", "src/b.ts:3"),
        ("src/a.ts:20", "src/a.ts:25"),
    ]


@given(_codes, _codes)
def test_every_finding_is_in_one_list(left: list[str], right: list[str]) -> None:
    """A comparison partitions both audits."""
    first, second = (audit(*({"evidence": code} for code in codes)) for codes in (left, right))
    found = compare(first, second)
    pairs = (*found.still, *found.moved)
    assert sorted([item.id for item in found.fixed] + [pair.before.id for pair in pairs]) == sorted(
        item.id for item in first.findings
    )
    assert sorted([item.id for item in found.new] + [pair.after.id for pair in pairs]) == sorted(
        item.id for item in second.findings
    )
    same = compare(first, first)
    assert (same.new, same.fixed, same.moved) == ((), (), ())


def test_a_tools_results_keep_their_identity_when_lines_are_inserted_above() -> None:
    """The second report of the same code, five lines further down, holds nothing new."""
    (before,) = tools("eslint.json")
    moved = tuple(
        replace(item, places=tuple(replace(place, line=99) for place in item.places))
        for item in before.findings
    )
    found = compare(before, replace(before, findings=moved))
    assert (len(found.moved), found.new, found.fixed) == (5, (), ())
