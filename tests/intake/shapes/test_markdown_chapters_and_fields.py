"""Chapters with tables of findings, headers of fields, ids that grade, and lists of verdicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.model import Audit


def read(folder: Path, text: str) -> Audit:
    """Return the audit that a document is read as from a file."""
    path = folder / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def told(audit: Audit) -> list[tuple[str, str, str, str]]:
    """Return severity, places, headline and fix of each finding."""
    return [
        (one.severity, " ".join(map(shown_place, one.places)), one.title or one.problem, one.fix)
        for one in audit.findings
    ]


PROBLEMS: dict[str, tuple[str, str]] = {
    "the text below a header of fields that ends with an impact": (
        "# Dyke\n\n## 🔴 Critical\n\n### D1. Sluice stays open\n\n**File:** `dyke/sluice.go`\n"
        "**Impact:** The polder is flooded\n\nNobody closes the sluice once the moon is full.\n\n"
        "**Fix:** Close it\n",
        "Nobody closes the sluice once the moon is full.",
    ),
    "the text below fields in one line": (
        "# Dyke\n\n## Findings\n\n### D-1 — Sluice stays open\n**Severity:** HIGH. "
        "**Component:** gate.\n**Impact:** The polder is flooded.\n\n"
        "Nobody closes the sluice.\n\n**Fix:** Close it\n",
        "Nobody closes the sluice.",
    ),
    "the problem, and what goes on below it": (
        "# Dyke\n\n## Findings\n\n### D-1 — Sluice stays open\n**Severity:** HIGH\n"
        "**Problem:** Nobody closes it.\n\nNot even at full moon.\n\n**Fix:** Close it\n",
        "Nobody closes it. Not even at full moon.",
    ),
    "what is missing, where no other label says it": (
        "# Organ\n\n## Known limitations\n\n### Stops\n\n#### Swell pedal\n"
        "**Missing**: SWELL, ECHO\n"
        "**Impact**: Cannot play softly\n**Fix Timeline**: 2 days\n**Severity**: Low\n",
        "SWELL, ECHO",
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_text_below_the_fields_says_what_is_wrong(name: str, tmp_path: Path) -> None:
    """A paragraph below a header of short fields is no part of the last of them."""
    text, expected = PROBLEMS[name]
    (found,) = read(tmp_path, text).findings
    assert found.problem == expected


def test_when_it_is_due_and_what_holds_it_back_are_no_fix(tmp_path: Path) -> None:
    """``Fix timeline`` is the effort; mitigating controls are there already."""
    text = (
        "# Organ\n\n## Finding 1: Anybody opens the loft\n\n"
        "**Files:**\n- `loft/door.py` lines 3-9\n\n"
        "**Description:**\nThe door has no lock.\n\n"
        "**Mitigating controls:**\n- The stairs creak.\n\n"
        "**Fix timeline:** 3 days\n\n**Severity:** Medium (needs a visit)\n"
    )
    (found,) = read(tmp_path, text).findings
    assert (found.severity, found.fix, found.complexity) == ("MEDIUM", "", "3 days")
    assert found.problem == "The door has no lock."


FINDINGS: dict[str, tuple[str, list[tuple[str, str, str, str]]]] = {
    "the graded rows of a chapter on one file, beside its praise": (
        "# Brewery review\n\n## 2. File by file\n\n### 2.1 mash.jl — The mash\n\n"
        "**Good**:\n- Clean\n\n"
        "**Issues**:\n\n| Line | Issue | Severity |\n|---|---|---|\n"
        "| 7 | `stir` never stops | High |\n| 12-14 | Heat is guessed | Minor |\n\n"
        "**Recommendation**: Stop it by a clock\n",
        [
            ("HIGH", "mash.jl:7", "`stir` never stops", ""),
            ("LOW", "mash.jl:12-14", "Heat is guessed", ""),
        ],
    ),
    "numbered parts of a chapter that say what is wrong and what to do": (
        "# Brewery review\n\n## 5. Care and cleaning\n\n### 5.1 Beer hoses\n\n"
        "Hoses are never rinsed, and old beer leaks into the new:\n\n```sh\nfill hose\n```\n\n"
        "**Recommendation**: Rinse them\n\n### 5.2 Floors\n\nFloors are swept.\n",
        [("MEDIUM", "", "Beer hoses", "Rinse them")],
    ),
    "ids that grade, and a plan that names them again": (
        "# Orchestra\n\n## 1. Faults\n\n### [HIGH-1] Horns come in late\n"
        "**File:** `score/horn.py:3`\n**Fix:** Count in\n\n"
        "### [Q-LOW-2] Two copies of the same bar\n**Files:** `score/bar.py:8`\n"
        "**Refactor:** Keep one\n\n### [LOW] `Triangle` sounds every bar, and nobody hears it\n\n"
        "## 4. APPLY ORDER (recommended)\n\nPhase 1 — faults:\n"
        "1. **HIGH-1** horns (`score/horn.py:3`)\n2. **Q-LOW-2** bars (`score/bar.py:8`)\n",
        [
            ("HIGH", "score/horn.py:3", "Horns come in late", "Count in"),
            ("LOW", "score/bar.py:8", "Two copies of the same bar", "Keep one"),
            ("LOW", "", "`Triangle` sounds every bar, and nobody hears it", ""),
        ],
    ),
    "false positives as the fault of a headline": (
        "# Alarm\n\n## Faults\n\n"
        "### [HIGH-1] Smoke sensor compares steam too → wakes by false positives\n"
        "**File:** `alarm/smoke.c:9`\n**Fix:** Leave steam out\n",
        [
            (
                "HIGH",
                "alarm/smoke.c:9",
                "Smoke sensor compares steam too → wakes by false positives",
                "Leave steam out",
            )
        ],
    ),
    "crosses in a list of verdicts": (
        "# Rigging\n\n## Ropes\n\n- ✅ Mainsheet holds\n"
        "- ❌ Backstay frays\n- ⚠️ Jib sheet slips at night\n",
        [("MEDIUM", "", "Backstay frays", ""), ("MEDIUM", "", "Jib sheet slips at night", "")],
    ),
    "lines that stand for headings, below a legend": (
        "Rigging — list of faults\n\nSeverity legend\n- P0: Breaks the mast or is wrong\n"
        "- P1: May break it\n- P2: Ugly\n\nP0 blockers\n- Backstay frays — Open\n"
        "  - Problem: The wire is rusted.\n  - Fix: Replace it\n  - Where: `rig/back.py`\n\n"
        "P2 issues (polish)\n- Flag is faded\n  - Problem: Nobody sees its colour.\n"
        "  - Fix: Dye it\n",
        [
            ("CRITICAL", "rig/back.py", "Backstay frays", "Replace it"),
            ("MEDIUM", "", "Flag is faded", "Dye it"),
        ],
    ),
    "an id alone in bold before an item": (
        "# Rigging\n\n## Informational notes\n\n- **I-1:** The flag is faded, and nobody sees it.\n"
        "- **I-2:** The horn is never blown. Remove it.\n",
        [
            ("INFO", "", "The flag is faded, and nobody sees it.", ""),
            ("INFO", "", "The horn is never blown.", "Remove it"),
        ],
    ),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_findings_stand_in_tables_ids_and_verdicts(name: str, tmp_path: Path) -> None:
    """Rows, ids, crosses and plain lines make findings of what stands there."""
    text, expected = FINDINGS[name]
    assert told(read(tmp_path, text)) == expected


ONE = (
    "# Rigging audit\n\n## Findings\n\n### P1: Backstay frays\n"
    "**File:** `rig/back.py:12`\n\n**Fix:** Replace it\n\n"
)
NO_FINDINGS: dict[str, str] = {
    "a scan that passed, and what it looked at": (
        "## 🟢 PASS - No rust found\n\n"
        "**Looked at:**\n- `rig/fore.py` (30 lines)\n- `rig/main.py`\n"
    ),
    "praise that goes on behind a dash": (
        "## Positive — strong work worth noting\n\n"
        "- **Splices** (`rig/splice.py:4-9`) — no loose ends, never fails\n"
        "- **Knots** hold without wax\n"
    ),
    "what a plan ranks": (
        "## Next steps (by rank)\n\n### P0: Understand the wind\n\n**Why is it missing at noon?**\n"
        "- Measure it\n- Find what is wrong\n"
    ),
    "false alarms": (
        "## False alarms\n\n- **Mast** (`rig/mast.py:3`): no crack, the paint is broken\n"
    ),
}


@pytest.mark.parametrize("name", NO_FINDINGS)
def test_what_passed_and_what_is_planned_is_no_finding(name: str, tmp_path: Path) -> None:
    """Beside one finding nothing else is read as one."""
    expected = [("HIGH", "rig/back.py:12", "Backstay frays", "Replace it")]
    assert told(read(tmp_path, ONE + NO_FINDINGS[name])) == expected


def test_an_id_that_grades_is_the_id(tmp_path: Path) -> None:
    """``[HIGH-1]`` names the finding, and says how bad it is."""
    text = (
        "# Choir\n\n## Faults\n\n### [MED-3] Altos breathe too late\n**File:** `choir/alto.py:2`\n"
    )
    (found,) = read(tmp_path, text).findings
    assert (found.id, found.severity) == ("MED-3", "MEDIUM")
