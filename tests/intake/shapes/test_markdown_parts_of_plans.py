"""Hold findings apart from plans, ledgers, praise and counts that stand beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.intake.shapes.markdown.heads import read_head
from mendbook.model import Audit, Finding, Severity


def read(folder: Path, text: str) -> Audit:
    """Return the audit that a Markdown document is read as."""
    path = folder / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def place(finding: Finding) -> str:
    """Return the places of a finding as one text."""
    return " ".join(map(shown_place, finding.places))


SPANISH = """# Auditoría del faro

## Hallazgos detallados

### 1. ✅ ESTRUCTURA

- ✅ `faro/luz.py` - Configuración clara
- ✅ `faro/mar.py` - Lectura correcta
- ✅ Módulos pequeños

### 2. ⚠️ PROBLEMAS IDENTIFICADOS

#### A. Registro en producción
- **Archivos afectados:** 2 archivos
- **Total de ocurrencias:** 30
- **Archivos principales:**
  - `faro/panel.py`
  - `faro/sirena.py`

#### B. Sirena duplicada
- **Problema:** Hay dos sirenas en `faro/sirena.py`
- **Recomendación:** Dejar una

## 🎯 PLAN DE ACCIÓN

### **FASE 1: LIMPIEZA (Prioridad Alta)**

#### **1.1 Registro**
- [ ] Reemplazar el registro en `faro/panel.py`
- [ ] Verificar la luz

## Actualización de estado

- ⏳ Pendiente: iniciar la fase 1 sin errores
"""


def test_phases_of_a_plan_and_praise_are_no_findings(tmp_path: Path) -> None:
    """Whatever grade a phase has; a count of files is no place."""
    audit = read(tmp_path, SPANISH)
    assert [(one.title, place(one)) for one in audit.findings] == [
        ("Registro en producción", "faro/panel.py faro/sirena.py"),
        ("Sirena duplicada", "faro/sirena.py"),
    ]


@pytest.mark.parametrize(
    "title",
    ["PHASE 2: Locks", "FASE 1: LIMPIEZA", "ÉTAPE 3: Portes", "SCHRITT 4: Tore", "SPRINT 5: Keys"],
)
def test_steps_are_no_ids(title: str) -> None:
    """A number behind the name of a part of a plan counts the plan."""
    assert read_head(title).id == ""


def test_a_change_ledger_is_no_audit(tmp_path: Path) -> None:
    """In a document of findings a chapter of changes is left aside as well."""
    audit = read(
        tmp_path,
        "# Mill audit\n\n## Findings\n\n### M1. Stone runs dry\n**File:** `mill/stone.rs:4`\n\n"
        "No grain is asked for.\n\n## Priority action items\n\n### P3 - Low (small faults)\n\n"
        "1. Fix the stone of `mill/stone.rs`, which is dry\n",
    )
    assert [one.id for one in audit.findings] == ["M1"]


OVERSIZE = """# Review of the harbour

## Files over the limit of 500 lines

| File | Lines | Size | Action |
|---|---|---|---|
| `harbour/crane.py` | 1415 | 44 KB | Split into lift and swing |
| `harbour/berth.py` | 634 | 16 KB | Move the tides out |
"""


def test_a_table_of_files_that_are_too_long_lists_findings(tmp_path: Path) -> None:
    """The heading is what is wrong; how many lines a file has is no line of it."""
    audit = read(tmp_path, OVERSIZE)
    assert [(one.title, place(one), one.fix) for one in audit.findings] == [
        (
            "Files over the limit of 500 lines: `harbour/crane.py`",
            "harbour/crane.py",
            "Split into lift and swing",
        ),
        (
            "Files over the limit of 500 lines: `harbour/berth.py`",
            "harbour/berth.py",
            "Move the tides out",
        ),
    ]


DONE = """# Optimization review of the tram

## Reliability

| # | Issue | File | Fix |
|---|---|---|---|
| R1 | ✅ ~~**Bell is rung by two threads**~~ | `tram/bell.py` | Fixed by one owner |
| R2 | ✅ ~~**Log is never closed**~~ | `tram/log.py` | Closed at the end |
| R3 | **Doors without a timeout** | `tram/door.py:9` | Shut them after ten seconds |

## Items completed in May

- ✅ R1: Gave the bell in `bell.py` one owner without errors
- ✅ R3: Shut the doors of `door.py` that had no timeout
"""


def test_a_chapter_of_what_is_done_closes_findings_of_a_table(tmp_path: Path) -> None:
    """Struck rows are mended, and items with their ids are no findings again."""
    audit = read(tmp_path, DONE)
    assert [(one.id, one.problem, one.status) for one in audit.findings] == [
        ("R1", "Bell is rung by two threads", "fixed"),
        ("R2", "Log is never closed", "fixed"),
        ("R3", "Doors without a timeout", "fixed"),
    ]


def test_the_risk_of_the_work_is_no_severity(tmp_path: Path) -> None:
    """Where a heading grades the finding and the work is estimated beside the risk."""
    audit = read(
        tmp_path,
        "# Debt of the weir\n\n## High priority items\n\n"
        "### 1. One file for all gates (16 hours)\n\n"
        "**Current State**: 2,391 lines in `weir/all.py`\n\n**Estimated Time**: 16 hours\n"
        "**Risk Level**: Low (backwards compatible)\n",
    )
    assert [one.severity for one in audit.findings] == [Severity.HIGH]


def test_a_grade_below_a_heading_grades_the_group(tmp_path: Path) -> None:
    """One paragraph that is a grade alone is said of all that stands there."""
    audit = read(
        tmp_path,
        "# Review of the ropeway\n\n## 2. Principles analysis\n\n"
        "### 2.1 ❌ One reason to change\n\n"
        "**Violation Severity: CRITICAL**\n\n#### 2.1.1 `Cabin` is everything\n\n**Problems:**\n"
        "- Drives, sells tickets and rings\n- Holds the state of all cabins\n",
    )
    assert [(one.title, one.severity) for one in audit.findings] == [
        ("`Cabin` is everything", "CRITICAL")
    ]


WITHSTOOD = """# Signal box security audit

## 4. Wires

### 4a. Forged commands

**Threat:** a wire that is tapped sends commands.

**Mitigation (GOOD):** every command is signed (`box/wire.c` ~L51).

### 4b. Replayed commands

**Threat:** a command is sent twice.

**Residual risk:** none identified.

## 5. Lamp test answers anybody — **FINDING (Informational)**

**Observation:** `box/lamp.c:80` answers without a key.

**Severity: Informational.** The answer is always the same.
"""


def test_threats_that_are_met_are_no_findings(tmp_path: Path) -> None:
    """A mitigation that is called good, or no risk that is left, closes a threat."""
    audit = read(tmp_path, WITHSTOOD)
    assert [(one.severity, place(one)) for one in audit.findings] == [("INFO", "box/lamp.c:80")]


FIELDS = {
    "a struck headline behind its number": (
        "## Issues\n\n### 3. ~~Bell is dumb~~ FIXED\n- **Fix**: Rings again\n"
        "- **File**: `tower/bell.go`\n",
        ("Bell is dumb", "Bell is dumb", "Rings again", "fixed"),
    ),
    "a status in capitals behind the problem": (
        "## Findings\n\n1. **Order of the lamps had no test** despite a known bug. **FIXED**: one"
        " by day.\n2. **The horn had no owner**, and no test. **FIXED**: removed.\n"
        "3. **Fog is not\n   counted at night**. **RESOLVED** (two lamps).\n",
        (
            "Order of the lamps had no test",
            "Order of the lamps had no test despite a known bug.",
            "one by day.",
            "fixed",
        ),
    ),
    "an arrow opens the line of what to do": (
        "## Schwachstellen\n\n**M1 — Schlüssel ist zu kurz**  \nVier Ziffern sind bald geraten.  \n"
        "→ Auf sechs Ziffern verlängern.\n\n**M2 — Tor steht offen**  \nNiemand schließt es.\n",
        (
            "Schlüssel ist zu kurz",
            "Vier Ziffern sind bald geraten.",
            "Auf sechs Ziffern verlängern.",
            "open",
        ),
    ),
    "a plain label that is a word of any prose": (
        "## Medium\n\n**[W-1] Wheel is never greased**\nFile: `mill/wheel.py:5`\n"
        "What: `grease()` has no caller.\nWhy it matters: It squeaks.\n"
        "Suggested fix: Call it at dawn.\n\n**[W-2] Sack is torn**\nFile: `mill/sack.py:7`\n"
        "What: Flour is lost.\nSuggested fix: Sew it.\n",
        ("Wheel is never greased", "`grease()` has no caller.", "Call it at dawn.", "open"),
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_told_by_where_it_stands(name: str, tmp_path: Path) -> None:
    """Headline, problem, fix and status of the first finding."""
    text, told = FIELDS[name]
    first = read(tmp_path, f"# Review\n\n{text}").findings[0]
    assert (first.title, first.problem, first.fix, str(first.status)) == told


JUDGED = """# Network audit of the weir

## 1. Opening the gate

**File:** `weir/gate.rs:16-53`

The keeper sends a signed command, and no other is taken.

### Verdict: CORRECT

**Note:** The two seconds of waiting are too long.

## 2. What stands open

| Route | Method | Auth | Purpose |
|---|---|---|---|
| `/level` | GET | None | Read-only level of the water |
| `/gates` | GET | None | Read-only list of gates |

## Low

### L1. No lock on the cellar

`weir/cellar.rs` opens for anybody.

### L2. Flooding of the cellar: Not an issue

The pump runs at once.

### L3. Size limits are applied

No barrel above a ton is taken.
"""


def test_what_is_judged_well_is_no_finding(tmp_path: Path) -> None:
    """By a heading below it, or by the end of its headline; ``None`` in a table is no grade."""
    assert [one.title for one in read(tmp_path, JUDGED).findings] == ["No lock on the cellar"]


WHOLE = """# Holistic review of the mint

## Critical issues

### 1. Missing scale on three of four presses

- `press` weighs each coin
- `roll` and `cut` do not

### 2. Dead code in two presses

- **roll:** `oldWeight()` is written and never called
- **cut:** `trim()` is unused in `mint/cut.go`

### 3. No limit of the silver

- Nobody counts the bars

## Verdict

### Critical blockers

1. Add scales to the presses (an hour)
2. Add a limit to the silver
"""


def test_points_below_a_graded_headline_are_one_finding(tmp_path: Path) -> None:
    """And orders in the verdict repeat the findings."""
    assert [one.title for one in read(tmp_path, WHOLE).findings] == [
        "Missing scale on three of four presses",
        "Dead code in two presses",
        "No limit of the silver",
    ]


NUMBERED = """# Audit of the tide gauge

## 1. Wires

**ISSUE-1: Levels are sent to anybody.** `gauge/net.rs` asks for no key.

**ISSUE-2: The clock is never set.** `gauge/clock.rs` counts from the start.

**ISSUE-3: The log is open.** `gauge/log.rs` writes for all.

## Summary of issues

| # | Severity | Description | Status |
|---|---|---|---|
| 1 | Medium | Levels go to anybody | **FIXED** |
| 2 | Low | Clock is not set | Open |
| 3 | High | Log is open for all | Open |
"""


def test_numbers_of_a_summary_name_counted_issues(tmp_path: Path) -> None:
    """``1`` in a table is ``ISSUE-1`` where the headlines share words."""
    audit = read(tmp_path, NUMBERED)
    assert [(one.id, one.severity, one.status) for one in audit.findings] == [
        ("ISSUE-1", "MEDIUM", "fixed"),
        ("ISSUE-2", "LOW", "open"),
        ("ISSUE-3", "HIGH", "open"),
    ]


def test_headings_below_a_counted_one_are_its_parts(tmp_path: Path) -> None:
    """``缺陷 #1`` is one finding, told under several headings."""
    audit = read(
        tmp_path,
        "# 闸门审查\n\n## 缺陷 #1: 水位有三个来源\n\n"
        "### 现象\n`gate/level.go` 从三处读取水位，互相覆盖。\n\n"
        "### 为什么出 bug\n- 写入顺序决定结果\n\n"
        "## 缺陷 #2: 钥匙没有编号\n\n### 现象\n`gate/key.go` 丢失编号。\n\n"
        "### 影响范围\n- 无法找回钥匙\n",
    )
    assert [(one.title, place(one)) for one in audit.findings] == [
        ("水位有三个来源", "gate/level.go"),
        ("钥匙没有编号", "gate/key.go"),
    ]
