"""What comes again in a document tells what its parts are: labels, series, places, parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.errors import InputError
from mendbook.intake import load_audit
from mendbook.model import Audit, Severity, Status


def read(tmp_path: Path, text: str) -> Audit:
    """Return the audit that a Markdown text is."""
    path = tmp_path / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def titles(audit: Audit) -> list[str]:
    """Return the headlines of an audit's findings."""
    return [finding.title for finding in audit.findings]


def test_points_of_one_series_are_findings(tmp_path: Path) -> None:
    """Ids that go on through the lists of a document make findings of what names no file."""
    text = (
        "# Boathouse notes\n\n## Small ones\n\n"
        "- **K1 — Oars are counted twice.** `rack.tally()` adds the spare ones. Drop the second"
        " pass. **SURE.**\n"
        "- **K2 — `keel` is never oiled.** Nothing calls it.\n\n## Large ones\n\n"
        "- **L1 — Three racks, one meaning.** `racks.py:12` and two copies differ. Fold the copies"
        " into one.\n"
        "- **K3 — `varnish()` has no end.** It waits for a drum that may be empty.\n"
    )
    audit = read(tmp_path, text)
    assert [finding.id for finding in audit.findings] == ["K1", "K2", "L1", "K3"]
    assert audit.findings[0].fix == "Drop the second pass"
    assert audit.findings[2].fix == "Fold the copies into one"


def test_an_id_behind_an_order_names_a_finding_elsewhere(tmp_path: Path) -> None:
    """``Rotate the key (W2)`` below *Your turn* is no member of the series ``W``."""
    text = (
        "# Review\n\n## Findings\n\n"
        "- **W1: Hull leaks** (`hull.go:3`) — no seal is set. **High**\n"
        "- **W2: Key is in the log** (`log.go:9`) — it is printed whole. **High**\n"
        "- **W3: Rope has no end** (`rope.go:4`) — it never stops. **Low**\n\n"
        "## Your turn\n\n1. Ask the harbour for a berth (W2)\n2. Buy paint (W3)\n"
    )
    assert [finding.id for finding in read(tmp_path, text).findings] == ["W1", "W2", "W3"]


def test_a_name_of_findings_opens_points_with_fields(tmp_path: Path) -> None:
    """A graded chapter with *Issues found* grades its points, and is no finding itself."""
    text = (
        "# Safety of the ferry\n\n### B01 – Broken gangway ⚠️ **HIGH PRIORITY**\n\n"
        "**Status:** **UNSAFE**\n\n**Issues found:**\n"
        "1. **Rail is loose**: nobody checks the bolts\n   - **Location:** `deck/rail.ts`\n"
        "   - **Impact:** people fall\n   - **Recommendation:** check them each morning\n\n"
        "2. **No light**: the step cannot be seen\n   - **Impact:** people stumble\n"
        "   - **Recommendation:** hang a lamp\n\n**Remedy:**\n```ts\nhang(lamp)\n```\n\n"
        "### Again\n\n1. **Rail is loose** - See B01\n2. **No light** - See B01\n"
    )
    audit = read(tmp_path, text)
    assert titles(audit) == ["Rail is loose", "No light"]
    assert {finding.severity for finding in audit.findings} == {Severity.HIGH}
    assert audit.findings[0].fix == "check them each morning"
    assert audit.findings[0].file == "`deck/rail.ts`"


def test_a_headline_may_call_itself_a_problem(tmp_path: Path) -> None:
    """What stands behind it under the name of a field is one of its fields."""
    text = (
        "# Review of the mill\n\n## Wheel\n\n### Design\n\nIt turns with the water.\n\n"
        "### Problem: the brake is asked last\n\nThe wheel has gone on by then.\n\n"
        "### Suggestion\n\nAsk the brake before the sluice.\n\n"
        "## 水车\n\n### 问题：刹车不生效\n\n轮子继续转动。\n\n### 建议\n\n先检查刹车。\n"
    )
    first, second = read(tmp_path, text).findings
    assert (first.title, first.fix) == (
        "the brake is asked last",
        "Ask the brake before the sluice.",
    )
    assert (second.title, second.problem, second.fix) == (
        "刹车不生效",
        "轮子继续转动。",
        "先检查刹车。",
    )


def test_evidence_in_words_is_what_is_wrong(tmp_path: Path) -> None:
    """Where nothing else says it; a citation of lines is the place."""
    text = (
        "# Audit\n\n### 1. Sluice stands open\n"
        "- **Evidence:** The gate is opened for every caller.【F:infra/gate.tf†L62-L83】\n"
        "- **Impact:** High – the field is flooded.\n- **Recommendation:** Keep it shut.\n"
    )
    finding = read(tmp_path, text).findings[0]
    assert finding.problem == "The gate is opened for every caller. `infra/gate.tf:62-83`"
    assert [(place.path, place.line) for place in finding.places] == [("infra/gate.tf", 62)]
    assert finding.evidence == ""


def test_a_field_between_points_ends_them(tmp_path: Path) -> None:
    """``**Akcja:**`` right below a point, with points of its own, is a field of the finding."""
    text = (
        "# Audyt młyna\n\n### 1. koło.js — 900 linii\nZawiera:\n- oś\n- łopaty\n"
        "**Akcja:** Rozbić na:\n- `os.js` — oś\n- `lopata.js` — łopaty\n\n"
        "### 2. kamień.js — dwa razy to samo\nTa sama logika.\n**Akcja:** Usunąć drugi.\n"
    )
    first, second = read(tmp_path, text).findings
    assert first.fix == "Rozbić na:\n- `os.js` — oś\n- `lopata.js` — łopaty"
    assert "łopaty" in first.problem
    assert second.fix == "Usunąć drugi."


@pytest.mark.parametrize(
    ("cell", "line"),
    [("`src/磨.rs` 约 23 行", 23), ("`src/磨.rs` 第 7、9 行", 7), ("`src/磨.rs` 4–6 行", 4)],
)
def test_lines_before_the_word_for_them(tmp_path: Path, cell: str, line: int) -> None:
    """Chinese says the number first."""
    head = "| 位置 | 问题 | 建议 |\n|---|---|---|\n"
    text = f"# 审查\n\n## 问题\n\n{head}| {cell} | 重复加锁 | 去掉 |\n"
    places = read(tmp_path, text).findings[0].places
    assert [(place.path, place.line) for place in places][:1] == [("src/磨.rs", line)]


def test_a_table_of_places_told_above_repeats_them(tmp_path: Path) -> None:
    """It says in short, place by place, what was said at length."""
    text = (
        "# 审查\n\n## 锁\n\n| 位置 | 问题 | 建议 |\n|---|---|---|\n"
        "| `lock.rs` 约 12 行 | `open()` 重复加锁，可能死锁 | 只锁一次 |\n"
        "| `key.rs` 约 40 行 | 密钥写入日志，泄露 | 去掉 |\n\n"
        "## 汇总\n\n| 序号 | 项 | 位置 |\n|---|---|---|\n"
        "| 1 | 锁只加一次，不重复 | `lock.rs` 12 行 |\n"
        "| 2 | 日志不输出密钥 | `key.rs` 40 行 |\n"
    )
    assert [finding.fix for finding in read(tmp_path, text).findings] == ["只锁一次", "去掉"]


def test_labels_of_a_memo_are_no_headlines(tmp_path: Path) -> None:
    """Bold names that open points in list after list are fields of what stands above them."""
    section = (
        "\n## {}\n\n- **Reason**: it costs little to keep the rope.\n- **Way**: the rope stays.\n"
    )
    text = "# Technical debt\n" + "".join(section.format(name) for name in ("Rope", "Sail", "Oar"))
    with pytest.raises(InputError, match="no findings can be told"):
        read(tmp_path, text)


def test_remarks_without_a_fault_are_none(tmp_path: Path) -> None:
    """*Observations* is a word of a scale, and heads praise as well."""
    text = (
        "# Audit\n\n## Issues\n\n### Low\n\n#### D4: Marks left in the wood\n\n"
        "- **Location:** `plank.rs:40`\n"
        "- **Finding:** Two marks were never sanded off; errors are ignored "
        "and the list is missing.\n"
        "- **Fix:** Sand them off.\n\n## Observations\n\n### Build\n\n"
        "The boat is well built, and its parts stand apart.\n\n### Sails\n\n"
        "- Linen: sewn on `main`\n- Wool: sewn elsewhere\n\n"
        "## Notes\n\n1. **The rope is rented** — it goes back in May\n"
        "2. **The oar is red** — keep it\n"
    )
    assert titles(read(tmp_path, text)) == ["Marks left in the wood"]


def test_a_table_of_what_still_stands(tmp_path: Path) -> None:
    """Rows of a column for findings beside their status, below a headline that says *still*."""
    text = (
        "# 审查\n\n## 修复状态追踪\n\n### 已修复\n\n| 问题 | 状态 |\n|---|---|\n"
        "| 铃声重复响起 | ✅ |\n\n"
        "### 仍存在\n\n| 问题 | 状态 |\n|---|---|\n| 闸门崩溃 | ❌ |\n| 钥匙泄露 | ❌ |\n"
    )
    found = [finding for finding in read(tmp_path, text).findings if finding.status is Status.OPEN]
    assert [finding.problem for finding in found] == ["闸门崩溃", "钥匙泄露"]


def test_a_table_of_before_and_now_tells_a_mended_finding(tmp_path: Path) -> None:
    """Below a headline with grade and status, its rows say what was wrong."""
    text = (
        "# Harbour audit\n\n## 4. What was open\n\n### 4.1 — Gate routes (CRITICAL — FIXED)\n\n"
        "| Route | Before | Now |\n|---|---|---|\n"
        "| `/gate/open` | No key at all | Harbour master |\n"
        "\n### 4.2 — Crane routes (HIGH — FIXED)\n\n| Route | Before | Now |\n|---|---|---|\n"
        "| `/crane/lift` | Any guest | Crew |\n"
        "\n## 5. What you must do now\n\n- [ ] **Change the key** — guests had it\n"
    )
    first, second = read(tmp_path, text).findings
    assert (first.title, first.severity, first.status) == (
        "Gate routes",
        Severity.CRITICAL,
        Status.FIXED,
    )
    assert first.problem == "- `/gate/open` — No key at all — Harbour master"
    assert (second.severity, second.status) == (Severity.HIGH, Status.FIXED)


def test_checks_written_as_code(tmp_path: Path) -> None:
    """Lines with the sign for what failed say what is wrong; what is to do stands below."""
    text = (
        "# Rapport d'audit\n\n## ✅ MUST - Statut détaillé\n\n### 1. Phare ✅ **FAIT**\n```bash\n"
        "✅ Lampe active\n```\n\n### 2. Corne ❌ **CRITIQUE**\n```bash\n✅ Corne posée\n"
        "❌ Aucun essai\n❌ Manque la clé\n```\n**Risque**: **-1 pt**\n\n**Actions requises**:\n"
        "1. Faire un essai\n2. Rendre la clé\n\n### Guide ❌ **ABSENT**\n"
        "```bash\n❌ Rien n'est écrit\n```\n"
    )
    horn, guide = read(tmp_path, text).findings
    assert (horn.title, horn.severity) == ("Corne", Severity.CRITICAL)
    assert horn.problem == "- Aucun essai\n- Manque la clé"
    assert horn.fix == "- Faire un essai\n- Rendre la clé"
    assert guide.problem == "- Rien n'est écrit"


def test_what_was_seen_stands_behind_what_is_wrong(tmp_path: Path) -> None:
    """``Observed`` and ``Risk`` name it only where no words stand before them."""
    text = (
        "# Known issues\n\n### Bell stops in the rain\nThe clapper rusts after an hour.\n\n"
        "**File:** `bell.py:12`\n**Observed:** twice in May, on `quay_3`\n**Fix:** Oil it.\n\n"
        "### 2. LOW — Key in the log\n\n- **Location:** `lock.ts:openLock` (line ~93)\n"
        "- **Risk:** The key is written whole. Anybody who reads the log can open the gate, and"
        " the log is kept for many years.\n"
        "- **Fix applied:** Only its last sign is written now.\n"
    )
    bell, key = read(tmp_path, text).findings
    assert bell.problem.startswith("The clapper rusts after an hour.")
    assert bell.problem.endswith("twice in May, on `quay_3`")
    assert key.problem.startswith("The key is written whole.")
    assert [(place.path, place.line) for place in key.places] == [("lock.ts", 93)]


def test_a_scale_in_a_list_lists_nothing(tmp_path: Path) -> None:
    """Each grade once, with what is done about it."""
    text = (
        "# Audit\n\n## Findings\n\n### 1. Rope has no end\n**Severity:** High\n"
        "**File:** `rope.go:4`\nIt never stops.\n\n"
        "## If something is found\n\n- Critical: a mend within a day\n"
        "- High: within a week\n- Medium: with the next ship\n"
    )
    assert titles(read(tmp_path, text)) == ["Rope has no end"]


def test_a_column_of_scopes_holds_places(tmp_path: Path) -> None:
    """Most cells of a column nobody listed are paths; the others name none."""
    rows = "".join(
        f"| K{number} | 锁 {number} 可能死锁 | {where} |\n"
        for number, where in enumerate(
            ("`lock.rs:3`", "`key.rs:40`", "多文件", "`gate.rs`", "`tide.rs:9`")
        )
    )
    text = f"# 审查\n\n## P1 问题清单\n\n| # | 问题 | 范围 |\n|---|------|------|\n{rows}"
    found = read(tmp_path, text).findings
    assert [finding.file for finding in found] == [
        "`lock.rs:3`",
        "`key.rs:40`",
        "",
        "`gate.rs`",
        "`tide.rs:9`",
    ]
    assert {finding.severity for finding in found} == {Severity.HIGH}


def test_a_score_with_its_grade_in_words(tmp_path: Path) -> None:
    """Where nothing else grades the finding."""
    text = (
        "# Findings\n\n### Finding 1: Buoy has no lamp\n\n| Field | Value |\n|---|---|\n"
        "| **CWE** | CWE-306 |\n| **CVSS 3.1** | 3.5 (Low) — `CVSS:3.1/AV:N` |\n"
        "| **File:Line** | `buoy.go:29-31` |\n\n"
        "**Code:**\n```go\nlamp := nil // nobody lights it at night, see the log\n```\n\n"
        "**Evidence:**\nThe lamp is never lit at night, by nobody.\n\n"
        "**Remediation:**\n1. Light it\n"
    )
    finding = read(tmp_path, text).findings[0]
    assert finding.severity is Severity.LOW
    assert finding.problem == "The lamp is never lit at night, by nobody."
    assert finding.evidence == "lamp := nil // nobody lights it at night, see the log"


def test_a_ticked_list_says_what_is_to_do_at_each_place(tmp_path: Path) -> None:
    """An id of one letter, about which line, and an order that is all that is said."""
    text = (
        "# Harbour audit checklist\n\n## HIGH severity (weight 12 each)\n\n"
        "- [x] **H-01** `quay/bell.ts:30` — Reduce the pause to 5 min and add a second rope.\n"
        "- [ ] **H-02** `quay/lamp.ts:~202` — Check the oil before it is lit.\n"
    )
    first, second = read(tmp_path, text).findings
    assert [(one.id, one.severity, one.status) for one in (first, second)] == [
        ("H-01", Severity.HIGH, Status.FIXED),
        ("H-02", Severity.HIGH, Status.OPEN),
    ]
    assert [(place.path, place.line) for place in second.places] == [("quay/lamp.ts", 202)]
    assert second.problem == "Check the oil before it is lit."


def test_a_table_fills_what_headings_tell_by_id(tmp_path: Path) -> None:
    """Whatever its first column is called; a status alone is no text, a scenario is one."""
    text = (
        "# 缺口\n\n## 明细\n\n### G1 — `open_gate`（gate.py:71-91）\n\n✅ **FIXED**\n\n"
        "**场景:** 开闸成功之后进程崩溃，状态没有写入。\n\n**修复:** 原子写入。\n\n"
        "## 其他\n\n| 缺口 | 文件 | 场景 | 严重性 |\n|---|---|---|---|\n"
        "| G2 | `lock.py:4-9` | 上锁之前崩溃 | 低 |\n| G1 | `gate.py:71-91` | 写入之前崩溃 | 高 |\n"
    )
    gate, lock = read(tmp_path, text).findings
    assert (gate.id, gate.severity, gate.status) == ("G1", Severity.HIGH, Status.FIXED)
    assert gate.problem == "开闸成功之后进程崩溃，状态没有写入。"
    assert (lock.id, lock.severity) == ("G2", Severity.LOW)


def test_a_name_with_a_number_is_no_rank(tmp_path: Path) -> None:
    """``P2Tide`` is a class, and its headline says something."""
    text = (
        "# Review\n\n## Findings and remedies\n\n### 3. Bounds of `P2Tide`\n\n"
        "- **Location:** `core/tide.py`\n- **Issue:** They rely on an assertion that is stripped.\n"
        "- **Fix:** Raise an error.\n"
    )
    assert titles(read(tmp_path, text)) == ["Bounds of `P2Tide`"]


def test_the_same_fault_in_several_files_stands_several_times(tmp_path: Path) -> None:
    """One item a file, all with the same words."""
    text = (
        "# Audit\n\n## Unused pages\n\n**Pages that are not routed:**\n"
        "1. **`oar.tsx`** - Not imported anywhere, with commented out arrays\n"
        "2. **`sail.tsx`** - Not imported anywhere, with commented out arrays\n"
        "3. **`keel.tsx`** - Not imported anywhere, with commented out arrays\n"
    )
    assert [place.path for one in read(tmp_path, text).findings for place in one.places] == [
        "oar.tsx",
        "sail.tsx",
        "keel.tsx",
    ]
