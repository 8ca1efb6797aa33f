"""Markdown audits with wrapped fields, joined names of lists, answers, and struck points."""

from __future__ import annotations

import json
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


def told(audit: Audit) -> list[tuple[str, str, str, str, str, str]]:
    """Return severity, status, places, headline, problem and fix of each finding."""
    return [
        (
            one.severity,
            one.status,
            " ".join(map(shown_place, one.places)),
            one.title or one.problem,
            one.problem,
            one.fix,
        )
        for one in audit.findings
    ]


DOCUMENTS: dict[str, tuple[str, list[tuple[str, str, str, str, str, str]]]] = {
    "fields that wrap over several lines": (
        "# Tide mill bugs\n\n## B001 — The wheel turns twice\n\n- **Status:** confirmed\n"
        "- **Severity:** medium\n- **Location:** `mill/wheel.ts` (`turn`) and\n"
        "  `mill/gate.ts` (`open`).\n"
        "- **What's wrong:** the wheel is turned by the gate and by the clock. Nothing\n"
        "  tells them apart.\n"
        "- **Verification:** `turn` adds one to the count in each of the two callers and in\n"
        "  `open` as well. The count is never read.\n"
        "- **Suggested fix:** let the clock alone turn it.\n",
        [
            (
                "MEDIUM",
                "open",
                "mill/wheel.ts mill/gate.ts",
                "The wheel turns twice",
                "the wheel is turned by the gate and by the clock. Nothing tells them apart.",
                "let the clock alone turn it.",
            )
        ],
    ),
    "two names of lists joined in a headline, and points struck behind their status": (
        "# Ferry audit\n\n## 3. Technical Issues & Bugs\n\n"
        "1. **Ramp noise:** The ramp is lowered without a brake in `ramp/lower.py` and drops.\n"
        "2. **Resolved:** ~~Ticket gap: tickets are lost when the printer fails.~~ They are kept.\n"
        "3. **Rope wear:** The rope in `rope/hold.py` is never checked and breaks.\n",
        [
            (
                "MEDIUM",
                "open",
                "ramp/lower.py",
                "Ramp noise",
                "The ramp is lowered without a brake in `ramp/lower.py` and drops.",
                "",
            ),
            (
                "MEDIUM",
                "fixed",
                "",
                "Ticket gap: tickets are lost when the printer fails. They are kept.",
                "Ticket gap: tickets are lost when the printer fails. They are kept.",
                "",
            ),
            (
                "MEDIUM",
                "open",
                "rope/hold.py",
                "Rope wear",
                "The rope in `rope/hold.py` is never checked and breaks.",
                "",
            ),
        ],
    ),
    "questions that are answered hold no findings": (
        "# Observatory review\n\n## Answers\n\n### Is the dome safe?\n**Yes.**\n"
        "- **Brake:** It fails rarely, and `dome/brake.py` warns before.\n"
        "- **Limits:** Wind above 20 m/s is not measured in `dome/wind.py`.\n\n"
        "## Findings\n\n### 1. The mirror is dusty\n\n**Severity:** low\n"
        "**File:** `mirror/clean.py:4`\n\nNobody cleans it.\n",
        [("LOW", "open", "mirror/clean.py:4", "The mirror is dusty", "Nobody cleans it.", "")],
    ),
    "what is documented now, beside what should be": (
        "# Harbour handbook audit\n\n## Gaps\n\n### 1. Night signals - INCOMPLETE\n\n"
        "**Reference Spec**: Five lamps, each with a colour.\n\n"
        "**Current Documentation**: Only two lamps are named.\n\n"
        "**Action Required**: Add the three other lamps to `handbook/lamps.md`.\n\n"
        "### 2. Low Coverage of the crane\n\n- **Priority:** P1\n- **Gap:** -24.9%\n"
        "- **Action:** Add tests for the hook.\n",
        [
            (
                "MEDIUM",
                "open",
                "",
                "Night signals",
                "Only two lamps are named.",
                "Add the three other lamps to `handbook/lamps.md`.",
            ),
            (
                "HIGH",
                "open",
                "",
                "Low Coverage of the crane",
                "Low Coverage of the crane: -24.9%",
                "Add tests for the hook.",
            ),
        ],
    ),
    "an order behind a headline that is a sentence is its fix": (
        "# Library audit\n\n## P3 — Cleanup\n\n"
        "1. **140 loose cards lie in the first room** — move them to `cards/archive.md`.\n"
        "2. **Nobody counts the lamps of the second room** — put a list at its door.\n",
        [
            (
                "LOW",
                "open",
                "",
                "140 loose cards lie in the first room",
                "140 loose cards lie in the first room",
                "move them to `cards/archive.md`",
            ),
            (
                "LOW",
                "open",
                "",
                "Nobody counts the lamps of the second room",
                "Nobody counts the lamps of the second room",
                "put a list at its door",
            ),
        ],
    ),
    "parts of a plan that name what is weak, with its impact, are findings": (
        "# Tide mill review\n\n## Recommendations for future work\n\n"
        "### Priority 1: Critical gaps\n\n"
        "1. **`mill/gate`** (tested to 30 %)\n   - **Impact:** High - The gate floods the yard\n"
        "   - **Recommendation:** Add tests of its hinges\n   - **Effort:** 2 days\n",
        [
            (
                "CRITICAL",
                "open",
                "",
                "`mill/gate` (tested to 30 %)",
                "`mill/gate` (tested to 30 %)",
                "Add tests of its hinges",
            ),
        ],
    ),
    "a heading that gives status and grade to what stands below it": (
        "# Windmill audit\n\n## ✅ Fixed — High (1) — commit `67c91e4`\n\n"
        "- [x] **#1 data-loss — the flour is weighed twice.**\n"
        "  `scale/weigh.py:31`. Both pans write the same line. *Fix:* one pan writes.\n\n"
        "## ⬜ Open — Low (1)\n\n"
        "- [ ] **#2 — the door squeaks.**\n  `door/hinge.py:7`. It has no oil. *Fix:* oil it.\n",
        [
            (
                "HIGH",
                "fixed",
                "scale/weigh.py:31",
                "data-loss — the flour is weighed twice.",
                "`scale/weigh.py:31`. Both pans write the same line.",
                "one pan writes.",
            ),
            (
                "LOW",
                "open",
                "door/hinge.py:7",
                "the door squeaks.",
                "`door/hinge.py:7`. It has no oil.",
                "oil it.",
            ),
        ],
    ),
    "headings for a description and its proof are parts of the one above": (
        "# Known issues\n\n## Lamp goes out\n\n### Issue Description\n"
        "The lamp fails when two keepers turn it.\n\n"
        "### Error Details\n```\nLampError: turned twice\n```\n\n"
        "## Horn is silent\n\n### Issue Description\nThe horn makes no sound in fog.\n\n"
        "### Error Details\nThe valve fails at zero degrees.\n",
        [
            (
                "MEDIUM",
                "open",
                "",
                "Lamp goes out",
                "The lamp fails when two keepers turn it.",
                "",
            ),
            ("MEDIUM", "open", "", "Horn is silent", "The horn makes no sound in fog.", ""),
        ],
    ),
    "labels of findings and gaps that head no parts": (
        "# Crane audit\n\n## 4. Hook\n\n**Findings**:\n\n- ✅ The hook is forged\n\n"
        "**Gaps**:\n\n- ❌ **Missing lock** - The hook in `crane/hook.go:12` has no lock\n"
        "- ❌ **Missing test** - The hook is never tested in `crane/test.go`\n",
        [
            (
                "MEDIUM",
                "open",
                "crane/hook.go:12",
                "Missing lock",
                "The hook in `crane/hook.go:12` has no lock",
                "",
            ),
            (
                "MEDIUM",
                "open",
                "crane/test.go",
                "Missing test",
                "The hook is never tested in `crane/test.go`",
                "",
            ),
        ],
    ),
    "what an error is analysed by in Spanish belongs to its heading": (
        "# Informe del faro\n\n## 5. Errores\n\n### Error de la lámpara (LampError)\n\n"
        "- **Causa Raíz:** El motor de `faro/motor.ts` se registra dos veces.\n\n"
        "- **Solución Recomendada:** Registrar el motor una sola vez.\n",
        [
            (
                "MEDIUM",
                "open",
                "faro/motor.ts",
                "Error de la lámpara (LampError)",
                "El motor de `faro/motor.ts` se registra dos veces.",
                "Registrar el motor una sola vez.",
            )
        ],
    ),
    "Turkish grades, and a plan and praise beside the findings": (
        "# Değirmen denetim raporu\n\n## 1) Bulgular\n\n"
        "| Önem | Bulgu | Konum | Öneri |\n|---|---|---|---|\n"
        "| 🔴 Kritik | Kapının anahtarı kodda duruyor. | `kapi/anahtar.py:3` | Onu kaldırın. |\n"
        "| 🟢 Düşük | Lamba geç söner. | `lamba.py` | Süreyi kısaltın. |\n\n"
        "## 2) Öncelikli aksiyon planı\n\n| Sıra | Aksiyon | Önem |\n|---|---|---|\n"
        "| 1 | Anahtarı koddan kaldır ve sakla | 🔴 Kritik |\n\n"
        "## İyi yapılmış yönler\n\n- Kapı `kapi/kilit.py` içinde iyi kilitleniyor.\n",
        [
            (
                "CRITICAL",
                "open",
                "kapi/anahtar.py:3",
                "Kapının anahtarı kodda duruyor.",
                "Kapının anahtarı kodda duruyor.",
                "Onu kaldırın.",
            ),
            ("LOW", "open", "lamba.py", "Lamba geç söner.", "Lamba geç söner.", "Süreyi kısaltın."),
        ],
    ),
    "Czech times and a German row that nothing is new": (
        "# Audit mlýna\n\n## 🚨 Kritické problémy\n\n### 1. **Kolo nemá brzdu**\n"
        "- **Dopad:** Kolo se nezastaví\n- **Řešení:** Přidat brzdu\n\n"
        "## Celkový odhad času\n\n| Fáze | Čas | Priorita |\n|---|---|---|\n"
        "| Fáze 1: Security Fix | 3 h | 🔴 KRITICKÁ |\n| Fáze 2: CI/CD | 8 h | 🟠 VYSOKÁ |\n\n"
        "## Runde 2\n\n| ID | Schweregrad | Befund | Status |\n|---|---|---|---|\n"
        "| — | — | Keine neuen Findings. Alle Fixes korrekt, und das Rad steht. | — |\n",
        [("CRITICAL", "open", "", "Kolo nemá brzdu", "Kolo nemá brzdu", "Přidat brzdu")],
    ),
}


@pytest.mark.parametrize(("text", "findings"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_lists_answers_and_fields_are_read(
    text: str, findings: list[tuple[str, str, str, str, str, str]], tmp_path: Path
) -> None:
    """Each finding has what the document says of it, and nothing else is one."""
    assert told(read(tmp_path, text)) == findings


def test_a_table_of_all_routes_beside_findings_is_none(tmp_path: Path) -> None:
    """Objects that say ``none`` of a key that grades nothing are not graded by it."""
    data = {
        "findings": [
            {"id": "G-1", "severity": "HIGH", "title": "The gate is open", "impact": "Geese leave."}
        ],
        "gateMatrix": [
            {"gate": "north", "guard": "none", "notes": "Opened by anybody, day and night."},
            {"gate": "south", "guard": "none", "notes": "Never opened since the flood of 1953."},
        ],
    }
    path = tmp_path / "audit.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    audit = load_audit(path)
    assert [one.id for one in audit.findings] == ["G-1"]
    assert [(one.place, one.why) for one in audit.left] == [
        ("gateMatrix[]", "2 left aside: they are not like the findings beside them")
    ]


def test_improvements_below_recommendations_are_a_plan(tmp_path: Path) -> None:
    """Steps that say what to do and what it brings are no findings, however they are called."""
    data = {
        "critical_issues": [
            {"severity": "critical", "title": "No lamp", "description": "It is dark in the hall."}
        ],
        "recommendations": {
            "hall_improvements": [
                {"action": "Hang a lamp in the hall", "hours": 2, "benefit": "Fewer people fall"},
                {"action": "Paint the walls of it white", "hours": 9, "benefit": "Less lamp oil"},
            ]
        },
    }
    path = tmp_path / "audit.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert [(one.severity, one.title) for one in load_audit(path).findings] == [
        ("CRITICAL", "No lamp")
    ]
