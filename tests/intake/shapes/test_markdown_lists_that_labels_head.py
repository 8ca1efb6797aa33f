"""Lists below bold labels, chapters of plans and measures, and results of checks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.model import Audit, Severity, Status


def read(tmp_path: Path, text: str, name: str = "audit.md") -> Audit:
    """Return the audit that a text is."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def titles(audit: Audit) -> list[str]:
    """Return the headlines of an audit's findings."""
    return [finding.title for finding in audit.findings]


def test_a_grade_above_a_list_grades_its_items_and_says_what_became_of_them(tmp_path: Path) -> None:
    """``Low severity items (accepted):`` heads findings of the section, which is none itself."""
    text = (
        "# Review of the ferry\n\n## 1. Safety\n\n### 1.1 Scan of the deck\n\n"
        "**Tools used:**\n- deckscan\n- ropelint\n\n"
        "| Severity | Count |\n|---|---|\n| High | 0 |\n| Low | 2 |\n\n"
        "**Low severity items (accepted):**\n\n"
        "1. **Bell is rung by `os.system`** (`deck/bell.py`)\n"
        "   - Mitigation: the words are fixed\n\n"
        "2. **Chart stands in a shared folder** (`deck/chart.py`)\n"
        "   - Mitigation: nobody else reads it\n"
    )
    assert [
        (one.title, one.severity, one.status, one.places[0].path)
        for one in read(tmp_path, text).findings
    ] == [
        ("Bell is rung by `os.system`", Severity.LOW, Status.ACCEPTED, "deck/bell.py"),
        ("Chart stands in a shared folder", Severity.LOW, Status.ACCEPTED, "deck/chart.py"),
    ]


def test_items_with_ids_are_findings_whatever_label_stands_above(tmp_path: Path) -> None:
    """A status alone says what became of them; id, place and grade stand in the bold words."""
    text = (
        "# Audit of the mill\n\n## A. Grinding\n\n**FIXED:**\n"
        "- **G-1 — `mill/stone.rs:12` (High):** the stone turned backwards → sign corrected.\n"
        "- **G-2 — `mill/hopper.rs` (Medium):** grain was counted twice.\n\n"
        "**DOCUMENTED (not yet fixed):**\n"
        "- **G-3 (Medium):** two sacks share one label.\n"
        "- **G-4 — `mill/sieve.rs:80` — Low:** the sieve is never cleaned.\n"
    )
    assert [
        (one.id, one.severity, one.status, one.places[0].path if one.places else "")
        for one in read(tmp_path, text).findings
    ] == [
        ("G-1", Severity.HIGH, Status.FIXED, "mill/stone.rs"),
        ("G-2", Severity.MEDIUM, Status.FIXED, "mill/hopper.rs"),
        ("G-3", Severity.MEDIUM, Status.OPEN, ""),
        ("G-4", Severity.LOW, Status.OPEN, "mill/sieve.rs"),
    ]


def test_a_bold_name_may_end_with_its_grade_before_a_colon(tmp_path: Path) -> None:
    """``**Shared clock (High):** …`` below the name of a part of the program is a finding."""
    text = (
        "# Review\n\n## Findings by area\n\n### 2. clock — hands and dial\n\n"
        "- **Shared clock in tests (High):** two tests set one clock and fail by turns. "
        "Recommendation: give each test its own.\n"
        "- **Dial is copied whole (Medium):** each tick copies twelve pictures.\n"
        "- **Hands are drawn late (Low):** the first minute shows none.\n"
    )
    assert [(one.title, one.severity) for one in read(tmp_path, text).findings] == [
        ("Shared clock in tests", Severity.HIGH),
        ("Dial is copied whole", Severity.MEDIUM),
        ("Hands are drawn late", Severity.LOW),
    ]


def test_gaps_with_sentences_of_their_own_stand_beside_findings_with_ids(tmp_path: Path) -> None:
    """What a headline and a sentence explain below *Testing gaps* is not left aside."""
    headings = "".join(
        f"### C{number}. Lock {number} stays shut\n\n**File:** `lock/l{number}.go:{number}`\n\n"
        "The key turns and nothing happens.\n\n**Recommendation:** Oil it.\n\n"
        for number in range(1, 6)
    )
    text = (
        f"# Audit\n\n## Critical issues\n\n{headings}## Testing gaps\n\n"
        "1. **No test of two keys** — the second key would break it, and nothing tries.\n"
        "2. **No test of frost** — the oil is only tried in summer.\n"
    )
    assert titles(read(tmp_path, text))[5:] == ["No test of two keys", "No test of frost"]


def test_a_headline_that_begins_with_a_file_and_goes_on_is_a_finding(tmp_path: Path) -> None:
    """``a.java vs b.java: which is it?`` is no mere name of files."""
    text = (
        "# Audit\n\n## Low issues\n\n"
        "### L3. `Oar.java` vs `RopeOar.java` unclear relationship\n\n"
        "**Files:** `boat/Oar.java`, `boat/RopeOar.java`\n\n"
        "They share no interface, and the names do not say which is used.\n\n"
        "**Recommendation:** Rename `Oar`.\n\n"
        "### L4. `Mast.java` and the `Sail.java` knot have no test\n\n"
        "**File:** `boat/Mast.java:3`\n\nNobody ties it.\n"
    )
    assert [(one.id, one.places[0].path) for one in read(tmp_path, text).findings] == [
        ("L3", "boat/Oar.java"),
        ("L4", "boat/Mast.java"),
    ]


def test_options_are_what_can_be_done(tmp_path: Path) -> None:
    """A list below ``Options:`` is the fix of a numbered finding."""
    text = (
        "# Code quality audit\n\n## 3. Missing abstractions\n\n"
        "### 3.1 Handle trait is monolithic\n\n"
        "Every handle must offer `read` and `write`, even where that is nonsense.\n\n"
        "**Options:**\n\n- Split it into two traits\n- Give each method a default\n"
    )
    (finding,) = read(tmp_path, text).findings
    assert finding.fix == "- Split it into two traits\n- Give each method a default"


@pytest.mark.parametrize(
    ("heading", "items"),
    [
        ("Points bloquants identifiés", ["Choix du moteur peu guidé", "Contrôle incomplet"]),
        ("Puntos críticos", ["Ancla sin control", "Faltan pruebas del timón"]),
        ("Blockers", ["Anchor has no brake", "Rudder is never tested"]),
    ],
)
def test_blocking_points_are_findings(tmp_path: Path, heading: str, items: list[str]) -> None:
    """Their list is read as findings, and what a plan below would add is not."""
    points = "".join(
        f"{number}. **{item}**\n   - Rien ne le vérifie, sans message d'erreur.\n\n"
        for number, item in enumerate(items, 1)
    )
    text = f"# Audit\n\n## {heading}\n\n{points}"
    assert titles(read(tmp_path, text)) == items


def test_what_a_check_found_sound_is_no_finding(tmp_path: Path) -> None:
    """A result with the sign for good, and one that says that nothing was found."""
    text = (
        "# Review\n\n## Round 1\n\n### 1.1 Cycles of the tides\n\n"
        "**Command**: `tide --cycles`\n\n**Result (second run)**: `✔ No cycle`, **exit 0**.\n\n"
        "**Ran on:** the moon of last week.\n\n"
        "## LAYER 2 — HARBOURS (all piers)\n\n**Files examined (18 total):** all of `pier/`.\n\n"
        "**Result: No broken pier found.** All of them:\n- use the right planks without a gap\n"
        "- never lose a rope\n\n"
        "## LAYER 3 — CRANES\n\n### 3.1 `crane/hook.ts` — hook from `parseFloat`\n\n"
        "**File:** `crane/hook.ts`\n\n**What's wrong:** An emptied field gives `NaN`.\n"
    )
    assert titles(read(tmp_path, text)) == ["`crane/hook.ts` — hook from `parseFloat`"]


def test_a_chapter_of_measures_has_findings_where_it_warns(tmp_path: Path) -> None:
    """A place with what to do, and a sign, are read; the tiers of a summary are its plan."""
    text = (
        "# Audit\n\n## 2. Quality\n\n### 2.2 Code metrics\n\n"
        "| Metric | Value |\n|---|---|\n| Lines | 8500 |\n\n"
        "**Functions of high complexity:**\n"
        "- `src/knot.py:tie_all_ropes()` - Complexity: 12\n"
        "  - Note: there are many kinds of rope\n"
        "  - Recommendation: Split it by the kind of rope\n"
        "- `src/sail.py:furl_all_sails()` - Complexity: 11\n"
        "  - Note: there are many winds\n"
        "  - Recommendation: Ask the wind first\n\n"
        "## 4. Compliance review\n\n**Pages:**\n- ✅ Every picture has words\n"
        "- ⚠️ The keyboard cannot reach the mast\n\n"
        "## Summary — recommended priority\n\n### Tier 1: easy wins — ✅ ALL DONE\n\n"
        "All of tier 1 was done:\n\n1. ~~Name the ropes~~ ✅\n2. ~~Share the knots~~ ✅\n"
    )
    knot, sail, keyboard = read(tmp_path, text).findings
    assert (knot.places[0].path, knot.fix) == ("src/knot.py", "Split it by the kind of rope")
    assert (sail.places[0].path, sail.fix) == ("src/sail.py", "Ask the wind first")
    assert keyboard.problem == "The keyboard cannot reach the mast"


def test_ranks_in_a_column_of_numbers_grade_the_rows(tmp_path: Path) -> None:
    """A heading that names two ranks grades nothing; the rows below it do, and are mended."""
    text = (
        "# 代码审查报告\n\n## 本轮验证\n\n### ✅ 已修复问题 (上一轮 P0/P1)\n\n"
        "| # | 原始问题 | 修复方式 | 文件 |\n|---|---|---|---|\n"
        "| P0 | 潮汐计算不一致 | 改为统一函数 | `tide/calc.go:8` |\n"
        "| P1 | 锚链未检查错误 | 增加检查 | `anchor/chain.go:3` |\n"
        "| P1 | 没有超时 | 增加超时 | `radio/call.go:40` |\n\n"
        "## 附录: 手动测试发现的新问题\n\n### P0-1: 点击无响应 — 语法错误\n\n"
        "**文件**: `web/bridge.html:14`\n\n**现象**: 点击后页面没有响应。\n\n"
        "**修复**: 删除多余的括号。\n\n"
        "**严重度**: P0 致命 — 影响所有交互。\n"
    )
    assert [(one.severity, one.status) for one in read(tmp_path, text).findings] == [
        (Severity.CRITICAL, Status.FIXED),
        (Severity.HIGH, Status.FIXED),
        (Severity.HIGH, Status.FIXED),
        (Severity.CRITICAL, Status.OPEN),
    ]


def test_an_item_is_no_repeat_of_a_heading_without_id(tmp_path: Path) -> None:
    """One common word with the last heading makes no repeat; the same headline does."""
    headings = "".join(
        f"#### {number}. **{title}**\n**Location:** `lamp/l{number}.ts:{number}`\n\n"
        f"**Problem:** It goes out without a word.\n\n"
        for number, title in enumerate(("Wick is short", "Oil leaks", "Glass is cracked"), 1)
    )
    text = (
        f"# Review\n\n## Lamps\n\n{headings}"
        "#### 4. **Missing lamp warnings**\nNo lamp says that it is empty.\n\n"
        "## Tower\n\n**Issues:**\n\n1. **Warning swallowing** `tower/bell.ts:14`\n"
        "   - The error is silently ignored\n"
    )
    assert titles(read(tmp_path, text))[-2:] == ["Missing lamp warnings", "Warning swallowing"]


def test_who_mended_a_finding_does_not_say_what_was_wrong(tmp_path: Path) -> None:
    """``resolved_by`` names a commit, in sentences of its own."""
    findings = [
        {
            "id": number,
            "status": "resolved",
            "resolved_by": f"044fbf{number} fix(hull): drop the stale plank of boat {number}",
            "file": f"hull/plank{number}.cs",
            "line": number,
            "summary": f"Plank {number} is still listed although nobody nails it.",
            "failure_scenario": "A new boat gets a plank that does not fit, and leaks.",
        }
        for number in (1, 2, 3)
    ]
    audit = read(tmp_path, json.dumps(findings), "findings.json")
    assert [one.problem for one in audit.findings] == [
        f"Plank {number} is still listed although nobody nails it." for number in (1, 2, 3)
    ]


def test_what_was_stands_beside_how_it_was_mended(tmp_path: Path) -> None:
    """A column ``Was`` says what was wrong, whatever stands in other layouts beside it."""
    text = (
        "# Audit\n\n## A. Regressions\n\n### FIXED\n\n"
        "| ID | File | Was | Fix |\n|---|---|---|---|\n"
        "| R-1 | `Crew.tsx` | The box for all was **dropped** | Put it back |\n"
        "| R-2 | `Boats.tsx` | Rows lost their link | Gave them one |\n\n## B. Before\n\n"
        "- **L-1 — `Coins.ts:83` — Medium:** the crew is counted without its cook.\n"
        "- **L-2 — `Tide.ts:8` — Low:** the tide of yesterday stays.\n"
    )
    assert [(one.id, one.problem) for one in read(tmp_path, text).findings][:2] == [
        ("R-1", "The box for all was **dropped**"),
        ("R-2", "Rows lost their link"),
    ]


def test_a_count_may_stand_in_the_label_of_the_first_field(tmp_path: Path) -> None:
    """``**1. File:** …`` begins a finding; a table that counts kinds twice lists none."""
    text = (
        "# Leaks of the lighthouse\n\n## Summary\n\n"
        "| Kind | Files affected | Issues found | Severity |\n|---|---|---|---|\n"
        "| Lamps left burning | 3 | 3 | Critical (oil runs out) |\n"
        "| Doors left open | 0 | 0 | None — all are shut |\n\n"
        "## Issues\n\n### 🔴 Critical\n\n"
        "**1. File:** `tower/lamp.ts` — line 47\n"
        "**Pattern:** The lamp is lit again each night, and nobody puts it out.\n"
        "**Risk:** The oil of a month burns in a week.\n**Fix:** Put it out at dawn.\n\n"
        "**2. Files:**\n- `tower/stair.ts` (line 8)\n- `tower/hall.ts` (line 9)\n"
        "**Pattern:** Both doors stay open.\n**Risk:** Rain comes in.\n**Fix:** Shut them.\n"
    )
    assert [
        (one.severity, [(place.path, place.line) for place in one.places], one.fix)
        for one in read(tmp_path, text).findings
    ] == [
        (Severity.CRITICAL, [("tower/lamp.ts", 47)], "Put it out at dawn."),
        (Severity.CRITICAL, [("tower/stair.ts", 8), ("tower/hall.ts", 9)], "Shut them."),
    ]


def test_an_id_with_a_line_to_itself_and_an_attack_without_a_problem(tmp_path: Path) -> None:
    """The id is one; the attack says what is wrong where nothing else does."""
    text = (
        "# Report\n\n## Findings\n\n### 1. Forged tide tables (HIGH)\n\n**TIDE-2026-001**\n\n"
        "Attack: Send a table with the flag of another harbour\n\n"
        "**PoC:**\n```\nTable: low water at noon.\n\nAnswer: The ship has run aground.\n```\n"
    )
    (finding,) = read(tmp_path, text).findings
    assert (finding.id, finding.problem) == (
        "TIDE-2026-001",
        "Send a table with the flag of another harbour",
    )


def test_several_places_announced_in_words_stand_below_them(tmp_path: Path) -> None:
    """``Location: Several files, among them:`` is no place; a sign before a label is no part."""
    text = (
        "# Review\n\n## High\n\n### H-3: Scattered `allow(rust)` hides rust\n\n"
        "**Location:** Several files, among them:\n"
        "- `hull/plank.rs` (the keel, and others)\n- `hull/nail.rs`\n\n"
        "**Issue:** Nails are marked as new that rust since a year.\n\n"
        "**✅ Fix:** Look at each mark.\n"
    )
    (finding,) = read(tmp_path, text).findings
    assert [place.path for place in finding.places] == ["hull/plank.rs", "hull/nail.rs"]
    assert finding.fix == "Look at each mark."
