"""Tables of all that was looked at, registers and logs: what works is no finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.model import Audit, Severity, Status


def read(tmp_path: Path, text: str) -> Audit:
    """Return the audit that a Markdown text is."""
    path = tmp_path / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def titles(audit: Audit) -> list[str]:
    """Return the headline of each finding, in order."""
    return [one.title or one.problem for one in audit.findings]


MATRIX = (
    "## Tide tables\n\n| # | Requirement | State | Proof | Missing |\n|---|---|---|---|---|\n"
    "| 1 | Tides by month | ✅ present | `tide/month.rs:4` | - |\n"
    "| 2 | Tides by moon | ❌ absent | - | nothing reads the phase of the moon |\n"
    "| 3 | Tides by harbour | ⚠️ in part | `tide/port.rs:9` | only three harbours are known |\n"
    "| 4 | Export to paper | ✅ present | `tide/print.rs` | - |\n"
)


def test_of_all_that_was_looked_at_what_does_not_work_is_found(tmp_path: Path) -> None:
    """Rows signed for good work; the others are the findings where nothing else lists any."""
    audit = read(tmp_path, f"# Conformity review\n\n{MATRIX}")
    assert titles(audit) == ["Tides by moon", "Tides by harbour"]
    assert audit.findings[1].places[0].path == "tide/port.rs"
    assert any(left.why == "2 rows: what works" for left in audit.left)


def test_beside_findings_such_a_table_is_left_aside(tmp_path: Path) -> None:
    """What is wrong stands in the list of findings, and is told once."""
    text = (
        f"# Conformity review\n\n{MATRIX}\n## Findings\n\n### H-1: The moon is never read\n\n"
        "**Severity:** High\n**File:** `tide/moon.rs:3`\n\nNothing asks for its phase.\n"
    )
    audit = read(tmp_path, text)
    assert [one.id for one in audit.findings] == ["H-1"]
    assert any("all that was looked at" in left.why for left in audit.left)


def test_a_table_of_issues_says_which_are_mended(tmp_path: Path) -> None:
    """The same signs in a table that is named for issues are statuses of findings."""
    text = (
        "# Review\n\n| # | Issue | Severity | Status |\n|---|---|---|---|\n"
        "| 1 | Bells ring twice | High | ✅ Fixed |\n"
        "| 2 | Ropes are not counted | Low | ❌ Open |\n"
        "| 3 | Clappers are never oiled | Low | ✅ Fixed |\n"
    )
    found = read(tmp_path, text).findings
    assert [one.status for one in found] == [Status.FIXED, Status.OPEN, Status.FIXED]


@pytest.mark.parametrize(
    "rest",
    [
        "## Risk assessment\n\n| Risk | Likelihood | Impact | Mitigation |\n|---|---|---|---|\n"
        "| A boat is lost | High | Critical | Count them at dusk |\n",
        "## Fixes applied\n\n| Kind | What was done | Files |\n|---|---|---|\n"
        "| P0 | Boats are counted at dusk | `harbour/count.py` |\n",
        "## Work\n\n| Task ID | Task | Files |\n|---|---|---|\n"
        "| T-1 | Count the boats | harbour/count.py |\n| T-2 | Light the pier | pier/lamp.py |\n",
        "## Issue priority matrix\n\n| Issue | Impact | Urgency |\n|---|---|---|\n"
        "| Boat counting | High | Low |\n| Pier lamp | Low | Low |\n",
        "## To do before the season\n\n### Must fix (blockers)\n\n- [ ] Count the boats\n"
        "- [ ] Light the pier\n\n**Estimated effort:** 3 weeks\n",
        "## 附：修复记录\n\n| 类别 | 修复内容 | 文件 |\n|---|---|---|\n"
        "| P0 | 黄昏时清点船只，避免遗漏 | `harbour/count.py` |\n",
        "## 1. Harbour — **8/10**\n\n**Strengths:**\n- ✅ Clean quays\n\n**Gaps:**\n"
        "- ❌ No lamp on the pier\n- ❌ Boats are not counted\n",
    ],
    ids=["register", "log", "tasks", "matrix", "checklist", "chinese log", "marks"],
)
def test_what_repeats_findings_adds_none(tmp_path: Path, rest: str) -> None:
    """Registers of risks, logs, tasks, matrices, boxes to tick and marked areas are no findings."""
    text = (
        "# Harbour audit\n\n## Findings\n\n"
        "### H1. Boats are not counted\n- **File:** `harbour/count.py:7`\n"
        "- **Impact:** One is lost.\n"
        "- **Fix:** Count them at dusk.\n\n"
        "### H2. Pier lamp is dark\n- **File:** `pier/lamp.py:2`\n- **Impact:** Nobody sees it.\n"
        f"- **Fix:** Light it.\n\n{rest}"
    )
    assert [one.id for one in read(tmp_path, text).findings] == ["H1", "H2"]


def test_a_sign_without_a_column_is_the_status_of_its_row(tmp_path: Path) -> None:
    """Rows with one cell more than their head keep what stands behind the sign."""
    text = (
        "# Review\n\n## 🔵 Lower\n\n| # | Finding | File |\n|---|---|---|\n"
        "| 4 | ✅ | **Bread is weighed twice.** Take the first scale. | `oven/scale.ex:12` |\n"
        "| 5 | ⬜ | **Flour has no date.** Nobody knows its age. | `store/flour.ex` |\n"
        "| 6 | **Yeast is not counted.** | `store/yeast.ex` |\n"
    )
    found = read(tmp_path, text).findings
    assert [(one.id, one.places[0].path, one.status) for one in found] == [
        ("4", "oven/scale.ex", Status.FIXED),
        ("5", "store/flour.ex", Status.OPEN),
        ("6", "store/yeast.ex", Status.OPEN),
    ]
    assert found[0].problem.startswith("**Bread is weighed twice.**")


def test_a_table_of_places_takes_its_words_from_its_heading(tmp_path: Path) -> None:
    """Rows of ids, parts and measures say where what the heading names is so."""
    text = (
        "# Principles review\n\n## P2 — High\n\n### Handles below 44 px\n\n"
        "| # | Part | Element | Is | Should | File |\n|---|---|---|---|---|---|\n"
        "| HB-01 | Drawer | Knob | 20px | >= 44px | `wood/Drawer.tsx` |\n"
        "| HB-02 | Door | Latch | 32px | >= 44px | `wood/Door.tsx` |\n"
    )
    first, second = read(tmp_path, text).findings
    assert (first.id, first.severity, first.places[0].path) == (
        "HB-01", Severity.HIGH, "wood/Drawer.tsx"
    )  # fmt: skip
    assert second.title.startswith("Handles below 44 px: Door, Latch")
