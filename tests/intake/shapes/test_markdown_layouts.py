"""Hold the layouts that reviewers give to Markdown, each with what a person reads in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.intake.audit_file import load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.model import Audit

BOLD_HEADINGS = """# Greenhouse review

**Scope**
All of `vents/` was read.

**High Severity Findings**
1. **Vents stay open after a frost alarm.**
The alarm is read once at start. Evidence in `vents/alarm.rs` (`poll`).
Recommended fix: Poll the alarm each minute.

**Low Severity / Smells**
1. **Two clocks disagree about the state.**
`clock.rs` counts in local time. Evidence in `vents/clock.rs`.
Recommended fix: Count in UTC.

2. **`vents/main.rs` is a god file.**
It opens vents, reads alarms and draws.

**Recommendations (Prioritized)**
1. Poll the alarm.
"""

UNNUMBERED_BODY = """# Ferry desk - deep review

## CRITICAL (2 issues)

### 1. UTF-8 Panic in the Boarding List
**`desk/list.go:82-99`** — The name is cut by bytes.

### 2. Timetable Metadata Overflow
**`desk/table/*.go`** — Heights are never clamped.

## Summary

| Severity | Count | Themes |
|---|---|---|
| **CRITICAL** | 2 | panics (1), tables (1) |
"""

LEADS = """# Reservoir — audit

## High Findings

### Gauges

**H-01 · Gauges are read without a lock** — Security · M
`gauge/read.c:40-44,51` (reader), `:90` (writer).
Two threads share the buffer. *Fix:* take the lock in both.

**H-02 · [Correctness] Levels are summed in floats (std::vector<float*> sums)**
`gauge/sum.c:7` · Effort **S**
Small terms are lost. *Fix:* sum in integers.

## Low Findings

| ID | Category | Issue | Location | Fix |
|----|----------|-------|----------|-----|
| L-01 | Style | Unit is a bare number here | `gauge/unit.c:3…` | Name it |
| ✅ L-02 | Style | Old pump is still linked in | `pump/old.c:1` | Drop it |

## What is missing - gaps

- **No dashboards** for the operators of the pumps
- **No drills** of a failed gauge are ever held

## Annex

| # | Title | Severity |
|---|-------|----------|
| 41 | Gauges read without lock | High |
| 42 | Levels summed in floats | High |
"""

NUMBERED_TABLE = """# 図書館の貸出 レビュー結果

## ② 重大な不備

### 2-1. 返却日の検証がない

`loan/due.rb` で日付を検証していない。過去の日付も受け付ける。

### 2-2. 予約が二重に作られる

`loan/reserve.rb` に一意制約がない。

## 対応優先度サマリー

| 優先度 | 項目 |
|---|---|
| 🔴 高 | 2-1. 返却日の検証 |
| 🟢 低 | 2-2. 予約の重複 |
"""

HAN = """# 气象站 代码审查报告

## 一、采集模块 (`station/sensor.py`)

#### 优点

✅ **结构清晰**: 模块划分合理

#### 发现的问题

1. **读取没有超时** ⭐⭐
   - 位置: 第40-52行
   - 问题: 传感器断开时线程一直等待
   - 建议: 给读取加上超时

## 二、评分

| 模块 | 评分 | 说明 |
|---|---|---|
| sensor.py | ⭐⭐⭐⭐ 8/10 | 采集稳定,缺少超时 |

## 三、详细清单

### 3.1 中优先级问题 (建议近期修复)

#### 问题1: 时区写死在代码里
- **文件**: `station/clock.py`
- **位置**: 第7行
- **修复建议**: 从配置读取时区
"""

SIGNED = """# Orchard API audit

## 🔴 Critical

### ❌ Issue #1: Prices are rounded twice → totals differ
**Location:** Multiple files (price.ts, total.ts)
**Status: ❌ Open**

The sum is rounded again.

**Before:**
```ts
round(round(a))
```
**After:**
```ts
round(a)
```

## 🟠 High

### HIGH-002: Baskets are never emptied ✅ RESOLVED
- **Where:** `GET /baskets/:id`
- **Issue:** A basket lives for ever.
- **Fix:** One of:
  - **Timer:** drop it after a day
  - **Hook:** drop it on checkout

### 3. Login — **GOOD**
- **Where:** `login.ts`
- **Note:** Attempts are counted.

## 📝 **NOTES**

**Strengths:**
- The `basket.ts` module is easy to follow in all its parts
"""


def read(folder: Path, text: str) -> Audit:
    """Return the audit that ``text`` is read as."""
    path = folder / "review.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def told(audit: Audit) -> list[tuple[str, str, str, str]]:
    """Return severity, first place, headline and status of each finding."""
    return [
        (
            str(one.severity),
            shown_place(one.places[0]) if one.places else "",
            one.title,
            str(one.status),
        )
        for one in audit.findings
    ]


CASES = {
    "bold paragraphs are headings": (
        BOLD_HEADINGS,
        [
            ("HIGH", "vents/alarm.rs", "Vents stay open after a frost alarm.", "open"),
            ("LOW", "vents/clock.rs", "Two clocks disagree about the state.", "open"),
            ("LOW", "vents/main.rs", "`vents/main.rs` is a god file.", "open"),
        ],
    ),
    "a numbered headline below a severity is a finding, whatever its words": (
        UNNUMBERED_BODY,
        [
            ("CRITICAL", "desk/list.go:82-99", "UTF-8 Panic in the Boarding List", "open"),
            ("CRITICAL", "desk/table/*.go", "Timetable Metadata Overflow", "open"),
        ],
    ),
    "four layouts in one, and a table that names them again": (
        LEADS,
        [
            ("HIGH", "gauge/read.c:40-44", "Gauges are read without a lock", "open"),
            (
                "HIGH",
                "gauge/sum.c:7",
                "Levels are summed in floats (std::vector<float*> sums)",
                "open",
            ),
            ("LOW", "gauge/unit.c:3", "", "open"),
            ("LOW", "pump/old.c:1", "", "fixed"),
        ],
    ),
    "a table of priorities names headlines by their numbers": (
        NUMBERED_TABLE,
        [
            ("HIGH", "loan/due.rb", "返却日の検証がない", "open"),
            ("LOW", "loan/reserve.rb", "予約が二重に作られる", "open"),
        ],
    ),
    "Chinese lists, scores and severities": (
        HAN,
        [
            ("MEDIUM", "station/sensor.py:40-52", "读取没有超时", "open"),
            ("MEDIUM", "station/clock.py:7", "时区写死在代码里", "open"),
        ],
    ),
    "signs, verdicts and praise": (
        SIGNED,
        [
            ("CRITICAL", "price.ts", "Prices are rounded twice → totals differ", "open"),
            ("HIGH", "", "Baskets are never emptied", "fixed"),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_layout_is_read_as_a_person_reads_it(tmp_path: Path, name: str) -> None:
    """Severity, place, headline and status of each finding, and nothing besides."""
    text, expected = CASES[name]
    assert told(read(tmp_path, text)) == expected


def test_what_stands_below_a_label_belongs_to_its_field(tmp_path: Path) -> None:
    """Items with bold words and code below a fix are the fix; code before it is evidence."""
    rounded, basket = read(tmp_path, SIGNED).findings
    assert rounded.evidence == "round(round(a))"
    assert rounded.fix == "```\nround(a)\n```"
    assert rounded.problem == "The sum is rounded again."
    assert "**Timer:** drop it after a day" in basket.fix
    assert "**Hook:** drop it on checkout" in basket.fix


def test_kinds_and_sizes_behind_a_headline_are_fields(tmp_path: Path) -> None:
    """``— Security · M`` is a category and a size; a tag in brackets is a category."""
    first, second, *_ = read(tmp_path, LEADS).findings
    assert (first.category, first.complexity, first.fix) == (
        "Security",
        "M",
        "take the lock in both.",
    )
    assert (second.category, second.complexity) == ("Correctness", "S")
    assert first.problem.startswith("`gauge/read.c:40-44,51` (reader)")


@pytest.mark.parametrize(
    "run", ["a", "-", "- ", "A-", "(", "[", "*", "_", "`", "|", "1", "#", "é="]
)
@pytest.mark.parametrize(
    "shape", ["{}", "# {}", "- {}", "**{}", "| {} |\n|---|", "### 1. {}\n\nx {}"]
)
def test_a_run_of_one_sign_hides_no_finding(tmp_path: Path, run: str, shape: str) -> None:
    """No text makes the reader go back over it again and again, or leave what stands above it."""
    path = tmp_path / "long.md"
    long = run * (3000 // len(run))
    filler = "# Audit\n\n- **High** `src/a.ts:3` the loop never ends at all\n\n"
    path.write_text(filler + shape.replace("{}", long) + "\n", encoding="utf-8")
    (finding, *_) = load_audit(path).findings
    assert shown_place(finding.places[0]) == "src/a.ts:3"
