"""Hold what in a Markdown audit is a finding, what a part of one, and what is neither."""

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


FINDINGS: dict[str, tuple[str, list[tuple[str, str, str, str]]]] = {
    "a rank beside a coloured sign is the severity": (
        "# Vineyard\n\n## 🟡 P1 Should be mended\n\n"
        "| # | File | Place | Problem | Fix |\n|---|---|---|---|---|\n"
        "| V-1 | `press/must.rs` | 14-20 | The must is weighed twice | Weigh once |\n"
        "| V-2 | `press/lees.rs` | several | Lees are never drained | Drain them |\n",
        [
            ("HIGH", "press/must.rs:14-20", "The must is weighed twice", "Weigh once"),
            ("HIGH", "press/lees.rs", "Lees are never drained", "Drain them"),
        ],
    ),
    "a table of fields below a headline without an id is one finding": (
        "# 茶园\n\n## 新发现\n\n### 🔴 P0 新增:称重接口没有鉴权\n\n| 项目 | 内容 |\n|---|---|\n"
        "| **文件** | `scale/weigh.go:31` |\n| **问题** | 任何人都可以修改称重结果 |\n"
        "| **修复建议** | 增加登录校验 |\n",
        [("CRITICAL", "scale/weigh.go:31", "新增:称重接口没有鉴权", "增加登录校验")],
    ),
    "bold names that a colon ends are findings below a heading of gaps": (
        "# Bakery\n\n## Ovens\n\n### Strong areas\n- **Racks**: well kept\n\n### Oven gaps\n"
        "1. **Door sensor**: nothing tells that a door stands open\n"
        "2. **Timers**: missing for the second deck\n\n### Known bottlenecks\n"
        "1. **Kneading**\n   - One machine serves all\n   - No queue\n",
        [
            ("MEDIUM", "", "Door sensor", ""),
            ("MEDIUM", "", "Timers", ""),
            ("MEDIUM", "", "Kneading", ""),
        ],
    ),
    "bare items beside one fix are the places of one finding": (
        "# Lift\n\n## 2. Code nobody calls\n\n### 2.1 Two ways to open the door\n"
        "- `lift/open.py` - unused\n- `lift/open_old.py` - unused, its twin\n\n"
        "**Fix**: Keep `lift/door.py` alone\n",
        [("MEDIUM", "lift/open.py", "Two ways to open the door", "Keep `lift/door.py` alone")],
    ),
    "items that have severities of their own are findings below a numbered heading": (
        "# Depot\n\n## 6. Packages\n\n### 6.1 Server\n\n"
        "- **lorry < 2.1:** High — crash on an empty load. **Fix:** Update it.\n\n"
        "### 6.2 Gate\n\n- **boom:** Moderate — opens for any plate. **Mitigation:** Pin it.\n",
        [
            ("HIGH", "", "lorry < 2.1", "Update it."),
            ("MEDIUM", "", "boom", "Pin it."),
        ],
    ),
    "strokes between id, lines, headline and repair": (
        "# Loom\n\n### MEDIUM (2)\n"
        "1. **W-1** | Lines 31,34 | `warp` is read too early | Remove `warp` from `start()`.\n"
        "2. **W-2** | Line 97 | The weft count may overflow\n",
        [
            ("MEDIUM", "", "`warp` is read too early", "Remove `warp` from `start()`."),
            ("MEDIUM", "", "The weft count may overflow", ""),
        ],
    ),
    "a repair that names its solution once more is one repair": (
        "# Werkstatt\n\n## Fehler\n\n### 1. Der Hebel folgt nicht\n**Ort:** `bank/hebel.js:12`\n\n"
        "**Problem:**\nDer Wert kommt nicht an.\n\n**Reparatur (Vorsicht):**\n"
        "`set` ruft sich selbst. Lösung: einen Merker setzen.\n",
        [
            (
                "MEDIUM",
                "bank/hebel.js:12",
                "Der Hebel folgt nicht",
                "`set` ruft sich selbst. Lösung: einen Merker setzen.",
            )
        ],
    ),
    "an operator in code is no mark of bold words": (
        "# Sluice\n\n## Bugs\n\n### 1. `level` takes `^` for `**` in `gate.py:8`\n"
        "- **Impact:** The gate opens too far\n",
        [("MEDIUM", "gate.py:8", "`level` takes `^` for `**` in `gate.py:8`", "")],
    ),
    "two ranges of lines in brackets behind a path, in any language": (
        "# Mlyn\n\n## 1. Chyby\n\n### 1.1 Zrno sa váži dvakrát\n"
        "- **Súbor:** `mlyn/vaha.php` (riadky 107–115 a 142–159)\n- Súčet je vyšší.\n"
        "- **Návrh:** Vážiť raz.\n\n### 1.2 Guardy v migráciách\n"
        "- **Súbory:** všetky migrácie v `mlyn/migrations/`\n- Sťažuje návrat.\n"
        "- **Návrh:** Odstrániť guardy.\n",
        [
            (
                "MEDIUM",
                "mlyn/vaha.php:107-115 mlyn/vaha.php:142-159",
                "Zrno sa váži dvakrát",
                "Vážiť raz.",
            ),
            ("MEDIUM", "mlyn/migrations/", "Guardy v migráciách", "Odstrániť guardy."),
        ],
    ),
    "words for many files are no file, those in brackets are": (
        "# Tannery\n\n## High\n\n### 1. Vats are counted apart\n"
        "- **Location**: Several files (vats, hides)\n"
        "- **Issue**: Two counts differ\n\n### 2. Hides are never sorted\n"
        "- **Location**: Several files (sort.py, rack.py)\n- **Issue**: No order is kept\n",
        [
            ("HIGH", "", "Vats are counted apart", ""),
            ("HIGH", "sort.py rack.py", "Hides are never sorted", ""),
        ],
    ),
    "a file that a headline names is its place, a product is none": (
        "# Buoy\n\n## Low\n\n### 1. Lamp is read twice in lamp_driver.rs\n**Fix:** Read it once\n\n"
        "### 2. Node.js of the mast is old\n**Fix:** Update it\n",
        [
            ("LOW", "lamp_driver.rs", "Lamp is read twice in lamp_driver.rs", "Read it once"),
            ("LOW", "", "Node.js of the mast is old", "Update it"),
        ],
    ),
    "findings that only a table of recommendations lists": (
        "# Harbour\n\n### HIGH-01: Cranes take any badge\n**File**: `crane/badge.ts:4`\n\n"
        "**Fix**: Ask for the crew\n\n## Recommendations (not mended yet)\n\n"
        "| # | Finding | Risk | Why |\n|---|---|---|---|\n"
        "| R1 | Badges cannot be called back | MEDIUM | Needs a store |\n"
        "| R2 | Tides are rounded | LOW | Needs a word of the pilots |\n",
        [
            ("HIGH", "crane/badge.ts:4", "Cranes take any badge", "Ask for the crew"),
            ("MEDIUM", "", "Badges cannot be called back", ""),
            ("LOW", "", "Tides are rounded", ""),
        ],
    ),
    "a table of what was put off names findings again": (
        "# Signal box\n\n## Findings\n\n| ID | Severity | Finding |\n|---|---|---|\n"
        "| BOX-1 (was C1) | MAJOR | Levers share one lock |\n"
        "| BOX-2 | MAJOR | Bells are rung on the main thread |\n\n## Put off, in short\n\n"
        "| Item | Severity | When |\n|---|---|---|\n"
        "| Lock of levers (BOX-1) | Major | In spring |\n"
        "| Ringing of bells (BOX-2) | Major | In autumn |\n| Lamps | Low | Some day |\n",
        [
            ("HIGH", "", "Levers share one lock", ""),
            ("HIGH", "", "Bells are rung on the main thread", ""),
        ],
    ),
    "a short line over labelled items is their headline": (
        "# Stable\n\nHigh priority issues & fixes\n---\n\n- Door of box 4 (critical)\n"
        "  - Problem: `stable/door.php` never asks who opens it.\n  - Fix: Ask for the groom.\n\n"
        "- Two grooms at one horse / no lock\n  - Problem: Both feed it.\n  - Fixes:\n"
        "    - Lock the box while one feeds.\n    - Tell the other.\n\n"
        "Low priority / good to have\n---\n- Add a test of the scale with two horses on it\n",
        [
            ("CRITICAL", "stable/door.php", "Door of box 4", "Ask for the groom."),
            (
                "HIGH",
                "",
                "Two grooms at one horse / no lock",
                "Lock the box while one feeds. Tell the other.",
            ),
            ("LOW", "", "Add a test of the scale with two horses on it", ""),
        ],
    ),
    "graded recommendations among the findings are findings": (
        "# Background jobs of the mill\n\n## 5. Findings in short\n\n### High priority issues\n"
        "**None found.** ✅\n\n### Medium priority recommendations\n\n"
        "1. **Test the brake of the stone**\n   - It never ran with a full hopper\n\n"
        "## 7. Action items\n\n- [ ] Test the brake of the stone\n",
        [("MEDIUM", "", "Test the brake of the stone", "")],
    ),
    "signs for mended before ids below a severity, and a sentence that bold words begin": (
        "# Mint\n\nLegend: ☐ = open · ✅ = fixed in this pass · 🔧 = yours\n\n## HIGH\n\n"
        "- 🔧 **H8. Key of the vault in `localStorage`** turns any guest into a keeper.\n\n"
        "## MEDIUM\n\n- ✅ M1. Coins are counted without a lock — one is taken now.\n",
        [
            ("HIGH", "", "Key of the vault in `localStorage`", ""),
            ("MEDIUM", "", "Coins are counted without a lock — one is taken now.", ""),
        ],
    ),
    "gaps below a chapter on what was checked": (
        "# Ferry\n\n## 2. Timetable compliance\n\n| Area | Pass | Total |\n|---|---|---|\n"
        "| Summer | 4 | 4 |\n\n### Gaps (non-blocking)\n\n"
        "1. **Winter** is not printed at all\n2. **Night boats** are shown without a berth\n\n"
        "### Coverage gaps (2 seen)\n\n| # | Gap | Risk | Mitigation |\n|---|---|---|---|\n"
        "| 1 | No test of the ramp | High | Test it in spring |\n"
        "| 2 | No test of the horn | Low | Listen |\n",
        [
            ("MEDIUM", "", "Winter", ""),
            ("MEDIUM", "", "Night boats", ""),
            ("HIGH", "", "No test of the ramp", "Test it in spring"),
            ("LOW", "", "No test of the horn", "Listen"),
        ],
    ),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_findings_are_told_from_their_parts(name: str, tmp_path: Path) -> None:
    """Each finding is read once, with what a person finds in it, and nothing is added."""
    text, expected = FINDINGS[name]
    assert told(read(tmp_path, text)) == expected


ASIDE: dict[str, tuple[str, list[str], str]] = {
    "what works": (
        "# Kiosk\n\n## Parts\n\n| Part | Status | Notes |\n|---|---|---|\n"
        "| Ticket printer | ✅ | Push/pull of paper |\n| Screen | ✅ | Day and night |\n\n"
        "## Bugs\n\n### 1. Coins fall through\n**Fix:** Close `kiosk/slot.c:7`\n",
        ["Coins fall through"],
        "2 rows: what works",
    ),
    "parts that are said to be good": (
        "# Planetarium\n\n## ✅ Handling of errors\n\n**Status**: EXCELLENT\n\n**Evidence**:\n"
        "```ts\n// dome/lamp.ts\ntry { turn() } catch (error) { log(error) }\n```\n\n"
        "## Dome\n\n### 2.1 Turning\n\n**Implementation:** `dome/turn.ts`\n\n"
        "- ✅ Never turned twice\n- ✅ No missing stop\n\n**Status:** ✅ **FULLY COMPLIANT**\n\n"
        "## Issues\n\n### 1. Stars are drawn too late\n**Fix:** Draw them first\n",
        ["Stars are drawn too late"],
        "its status says that nothing is wrong",
    ),
    "settings that a document of parts lists": (
        "# Parts of the sawmill\n\n## 1. Gates\n\n**Package:** `gate` v2\n\n#### Implementation\n"
        "- **File:** `saw/gate.py`\n- **State:** Random, kept for ten minutes\n"
        "- One gate each\n\n## Database\n\n- **Pool:** 20 at most (`saw/constants.py:81`)\n"
        "- **Slow query:** 1 s (logged as warning)\n\n## Bugs\n\n"
        "### 1. The blade never stops\n**Severity:** High\n**File:** `saw/blade.py:3`\n",
        ["The blade never stops"],
        "prose: no finding can be told in it",
    ),
    "a verdict that nothing was found": (
        "# Dovecote\n\n### 3.1 Latch — **NONE FOUND**\n\n- **Where:** `cote/latch.py`\n"
        "- **Note:** All latches are closed.\n\n### 3.2 Ladder — **LOW**\n\n"
        "- **Where:** `cote/ladder.py`\n- **Issue:** The ladder has no rail.\n",
        ["Ladder"],
        "its heading says that these are no findings",
    ),
    "places looked at in a review that found nothing": (
        "# Review of the weir\n\n## Result\n\n**No high-confidence vulnerabilities found.**\n\n"
        "## What was read\n\n### Gate\n\n- **`weir/gate.ts`** — the gate.\n"
        "  - No path leaves the folder.\n- **`weir/net.ts`** — the net.\n  - Never opened twice.\n",
        [],
        "the document says that nothing was found",
    ),
    "items below a heading of issues that have nothing else of a finding": (
        "# Bees\n\n## Issues\n\n- The smoker is never cleaned by anybody\n\n"
        "### 1. Frames are counted twice\n**Severity:** Low\n**File:** `hive/frame.py:3`\n",
        ["Frames are counted twice"],
        "1 line: no place, severity or fix tells a finding from a remark",
    ),
}


@pytest.mark.parametrize("name", ASIDE)
def test_what_is_no_finding_is_left_aside_and_named(name: str, tmp_path: Path) -> None:
    """Nothing that looks like a finding is lost without a word."""
    text, titles, why = ASIDE[name]
    audit = read(tmp_path, text)
    assert [one.title for one in audit.findings] == titles
    assert why in [one.why for one in audit.left] or any(why in one.why for one in audit.left)


def test_boxes_to_tick_before_a_release_are_no_finding(tmp_path: Path) -> None:
    """A numbered chapter of nothing but boxes is a checklist, whatever files its boxes name."""
    text = (
        "# Tram\n\n## 1. Doors\n\n### 1.1 Doors open on the wrong side — **HIGH**\n"
        "- **Where:** `tram/door.py:9`\n- **Issue:** The side is never asked for.\n\n"
        "## 2. Checklist for the opening\n\n- [ ] `tram/door.py` is not the old one.\n"
        "- [ ] No key is left in `.env`.\n"
    )
    assert told(read(tmp_path, text)) == [
        ("HIGH", "tram/door.py:9", "Doors open on the wrong side", "")
    ]


def test_one_count_through_all_headings_makes_each_a_finding(tmp_path: Path) -> None:
    """A numbered headline is kept though no word of it is one of faults, where most others tell."""
    text = (
        "# Quay\n\n## Bugs\n\n### 1. `moor()` never checks the rope\nIt fails in a storm.\n\n"
        "### 2. `cast()` throws the wrong line\nThe error is lost.\n\n## Twins\n\n"
        "### 3. `_bell` and `_horn`\n"
        "- `quay/bell.py:5-9` and `quay/horn.py:2-6` — the same lines.\n\n"
        "### 4. Rope is missing in the list\nSee `quay/list.py`.\n"
    )
    found = told(read(tmp_path, text))
    assert [title for _, _, title, _ in found] == [
        "`moor()` never checks the rope",
        "`cast()` throws the wrong line",
        "`_bell` and `_horn`",
        "Rope is missing in the list",
    ]
    assert found[2][1] == "quay/bell.py:5-9 quay/horn.py:2-6"
