"""Markdown audits that tick findings off, grade them by their impact, or tell more by their ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.model import Audit


def read(folder: Path, text: str) -> Audit:
    """Return the audit that a document is read as from a file."""
    path = folder / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def told(audit: Audit) -> list[tuple[str, str, str, str, str, str]]:
    """Return id, severity, status, headline, problem and fix of each finding."""
    return [
        (one.id, one.severity, one.status, one.title or one.problem, one.problem, one.fix)
        for one in audit.findings
    ]


BOXES: dict[str, tuple[str, list[tuple[str, str, str, str, str, str]]]] = {
    "a ticked box as code before the grade of a heading": (
        "# Lighthouse review\n\n## A. Lamp\n\n"
        "### L1. `[x]` CRITICAL — lamp table overflows at midnight. INHERITED\n"
        "`lamp/table.c` `turn()`. It writes past the last of 24 slots.\n"
        "**Fix:** stop at `SLOTS`.\n\n"
        "### L2. `[ ]` MEDIUM-HIGH — fog horn reads a stale pointer. PORT\n"
        "`horn/fog.c`. The pointer is read after it was freed.\n"
        "**Fix:** read it before.\n",
        [
            (
                "L1",
                "CRITICAL",
                "fixed",
                "lamp table overflows at midnight. INHERITED",
                "`lamp/table.c` `turn()`. It writes past the last of 24 slots.",
                "stop at `SLOTS`.",
            ),
            (
                "L2",
                "HIGH",
                "open",
                "fog horn reads a stale pointer. PORT",
                "`horn/fog.c`. The pointer is read after it was freed.",
                "read it before.",
            ),
        ],
    ),
    "a plain box before the grade of a heading": (
        "# Orchard\n\n## Findings\n\n### [x] HIGH: Ladder slips\n\n**File:** `ladder/feet.py:9`\n\n"
        "The feet have no rubber.\n\n### [ ] LOW: Basket is heavy\n\n"
        "**File:** `basket/weight.py:3`\n\nIt weighs more than the pears.\n",
        [
            ("F-e55c1099", "HIGH", "fixed", "Ladder slips", "The feet have no rubber.", ""),
            ("F-c781c0f2", "LOW", "open", "Basket is heavy", "It weighs more than the pears.", ""),
        ],
    ),
    "boxes as code before ids in a list, with what became of them in bold": (
        "# Mill\n\n## B. Hardening\n\n"
        "- `[x]` B1. **IMPLEMENTED.** Unbounded queue of sacks → the mill stops. A cap of 8 was\n"
        "  added. (`mill/queue.c`)\n"
        "- `[ ]` B2. The stone has no brake → it overruns. (`mill/stone.c`)\n",
        [
            (
                "B1",
                "MEDIUM",
                "fixed",
                "Unbounded queue of sacks → the mill stops. A cap of 8 was added.",
                "Unbounded queue of sacks → the mill stops. A cap of 8 was added.",
                "",
            ),
            (
                "B2",
                "MEDIUM",
                "open",
                "The stone has no brake → it overruns.",
                "The stone has no brake → it overruns.",
                "",
            ),
        ],
    ),
    "the impact begins with its grade, and no other label grades": (
        "# Catálogo del molino\n\n## 1. Ruedas\n\n"
        "### 1.1 Ruedas sin aceite\n**Descripción:** Las ruedas giran en seco.\n\n"
        "**Impacto:** Crítico - El eje se rompe en una semana.\n\n"
        "### 1.2 Mezcla de granos\n**Descripción:** El trigo y la cebada van al mismo saco.\n\n"
        "**Impacto:** Bajo - Se separan a mano.\n\n"
        "### 1.3 Sacos demasiado grandes\n**Descripción:** Nadie los levanta.\n\n"
        "**Impacto:** Los sacos se quedan en el patio.\n",
        [
            ("1.1", "CRITICAL", "open", "Ruedas sin aceite", "Las ruedas giran en seco.", ""),
            (
                "1.2",
                "LOW",
                "open",
                "Mezcla de granos",
                "El trigo y la cebada van al mismo saco.",
                "",
            ),
            ("1.3", "MEDIUM", "open", "Sacos demasiado grandes", "Nadie los levanta.", ""),
        ],
    ),
    "paragraphs below a table tell more of its rows by their ids": (
        "# Bakery pentest\n\n### Ovens\n\n"
        "| ID | Finding | Severity | Status |\n|---|---|---|---|\n"
        "| OV-1 | Doors have a lock | ✅ Pass | — |\n"
        "| OV-2 | No timer on the third oven | 🟡 Medium | Open |\n"
        "| OV-3 | Flour dust near the flame | 🔴 Critical | Open |\n\n"
        "**OV-2 Detail:** The baker counts the minutes aloud. Anybody may interrupt.\n\n"
        "**Remediation:** Put a timer on the door:\n\n```python\ndoor.timer(12)\n```\n\n"
        "**Remediation of OV-3:** Move the flour to the cellar.\n\n"
        "The ovens were looked at on a Monday.\n",
        [
            (
                "OV-2",
                "MEDIUM",
                "open",
                "No timer on the third oven",
                "The baker counts the minutes aloud. Anybody may interrupt.",
                "Put a timer on the door:\n\n```\ndoor.timer(12)\n```",
            ),
            (
                "OV-3",
                "CRITICAL",
                "open",
                "Flour dust near the flame",
                "Flour dust near the flame",
                "Move the flour to the cellar.",
            ),
        ],
    ),
    "what was changed is the fix, and says that it was made": (
        "# Ferry review\n\n## Phase 1: Corrections\n\n### 1.1 Ramp signals\n\n"
        "**Issue**: Two ramps show different signals.\n\n**Changes Made**:\n"
        "- One table of signals for both\n- A test for each ramp\n\n"
        "### 1.2 Tickets\n\n**Issue**: Tickets are printed twice.\n\n"
        "**Changes Made**: The printer asks before it prints.\n",
        [
            (
                "1.1",
                "MEDIUM",
                "fixed",
                "Ramp signals",
                "Two ramps show different signals.",
                "- One table of signals for both\n- A test for each ramp",
            ),
            (
                "1.2",
                "MEDIUM",
                "fixed",
                "Tickets",
                "Tickets are printed twice.",
                "The printer asks before it prints.",
            ),
        ],
    ),
    "bold words of a sentence before a colon are no field": (
        "# Rapport du phare\n\n## B1 — La lampe tourne trop vite\n\n"
        "Le moteur n'a pas de frein. Le mécanisme est donc **strictement asymétrique** :\n"
        "il ne ralentit jamais dans `lampe/moteur.py`.\n\n"
        "**Correctif.** Ajouter un frein.\n",
        [
            (
                "B1",
                "MEDIUM",
                "open",
                "La lampe tourne trop vite",
                "Le moteur n'a pas de frein. Le mécanisme est donc **strictement asymétrique** : "
                "il ne ralentit jamais dans `lampe/moteur.py`.",
                "Ajouter un frein.",
            ),
        ],
    ),
    "one bold line that declares a bug among sections found right": (
        "# 水车审查\n\n## wheel.py\n\n### 1. 启动与停止\n\n"
        "**start() (第4行):** 正确。它先检查水位。\n\n**stop() (第9行):** 正确。它会释放闸门。\n\n"
        "**结论：** OK，没有泄漏。\n\n### 额外发现的问题\n\n"
        "**Bug：turn() 缺少边界检查 (第21行)**\n\n水位为零时 `turn()` 仍然转动，齿轮会损坏。\n\n"
        "**修复建议:** 在开头检查水位。\n",
        [
            (
                "F-1fad3d6d",
                "MEDIUM",
                "open",
                "turn() 缺少边界检查 (第21行)",
                "水位为零时 `turn()` 仍然转动，齿轮会损坏。",
                "在开头检查水位。",
            ),
        ],
    ),
    "good points to keep and what was applied are no findings": (
        "# Rapport de la cave\n\n## C1 — Cuves sans couvercle\n\n"
        "Les cuves de `cave/cuve.py` restent ouvertes et le vin tourne.\n\n"
        "**Correctif :** Fermer les cuves.\n\n"
        "## C2 — Points positifs, à préserver\n\n- **`cave/rayon.py`** est bien rangé.\n"
        "- Les bouteilles sont propres.\n\n# Ce qui a été appliqué\n\n"
        "| Constat | Avant | Après |\n|---|---|---|\n"
        "| **C1** cuves | vin perdu | couvercles posés |\n",
        [
            (
                "C1",
                "MEDIUM",
                "open",
                "Cuves sans couvercle",
                "Les cuves de `cave/cuve.py` restent ouvertes et le vin tourne.",
                "Fermer les cuves.",
            ),
        ],
    ),
}


@pytest.mark.parametrize(("text", "findings"), BOXES.values(), ids=BOXES)
def test_boxes_details_and_grades_are_read(
    text: str, findings: list[tuple[str, str, str, str, str, str]], tmp_path: Path
) -> None:
    """Each finding has the grade, status, problem and fix that the document gives it."""
    assert told(read(tmp_path, text)) == findings
