"""What a part of a document is for: findings, orders, a second telling, or praise."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.model import Audit, Finding

SOUND_BY_SEVERITY = """# Windmill audit

## 1. Sails

### 1.1 Pitch of the sails

**Severity**: OK — The sign is right
**Location**: `sails/pitch.py:9-20`

The pitch falls when the wind rises. That is what the mill wants.

### 1.2 Brake is released twice

**Severity**: HIGH — The cap turns under load
**Location**: `sails/brake.py:31`

`let_go()` runs again on the second thread.

**Fix**: Keep one owner of the brake.

### 1.3 `sails/cloth.py` (912 lines)

**Severity**: LOW
**Location**: `sails/cloth.py`

Reefing, ordering and mending of cloth in one file.

### 1.4 Wind is read once an hour

**Severity**: MEDIUM
**Location**: `sails/wind.py:3`

A gust between two readings is not seen.

## URGENT BUG FIX

### `let_go` must run once

**File**: `sails/brake.py`

Guard `let_go()` by a flag.

## What becomes of the files

| Action | File | Reason |
|---|---|---|
| **Split** | `sails/cloth.py` | Reefing apart from mending |
| **Merge** | `sails/knot.py` | Same part as the cloth |
| **Create** | `sails/units.py` | Shared lengths |
"""

LATER_ITEMS = """# Apiary review

## High

9. **Hive weight is read without the tare**
   - **Where:** `hive/scale.go`
   - **Risk:** The keeper feeds too late.
   - **Fix:** Subtract the tare.

10. **Swarm alarm is sent once**
   - **Where:** `hive/alarm.go`
   - **Risk:** A lost message is a lost swarm.
   - **Fix:** Send it again until it is read.

## Lower-priority tidying

11. **Moon phase in local time**
   - **Where:** `hive/moon.go`
   - **Evidence:** `time.Now()` without a zone.
   - **Fix:** Count in UTC.

## Recommended order of work

1. Tare first.
2. Then the alarm.
"""

SPANISH_PLAN = """# Auditoría del tranvía

## VULNERABILIDADES CRÍTICAS

### 1. **Cambio de vía - Sin candado** (CRÍTICO)

**Descripción:**
Cualquiera puede mover la aguja.

**Archivos afectados:**
- `depot/aguja.py:14-20` - orden sin firma

**Solución URGENTE:**
```python
verify(order)
```

## PLAN DE ACCIÓN RECOMENDADO

### Prioridad ALTA (hacer esta semana):
1. Implementar firma de órdenes en el cambio de vía
2. Reducir el tiempo de espera a 3 segundos
"""

FIRST_LEVEL = """# Lock keeper audit

March 2019

# Scope

All of `locks/`.

# Critical Issues

## Gate opens under pressure
`Gate.sol` has no check of the levels. It must never be deployed as it is.

# Moderate to Minor Issues

## Keeper of the gate
`Keeper.sol` takes any address, also the empty one.
"""

CHINESE_LINES = """# 蜂箱代码审查

## 高优先级（High）

### H1. 颜色/尺寸常量重复定义

**问题所在**
两处各写了一套常量：

```kotlin
// HiveView.kt 第 12-18 行
val Amber = Color(0xFFFFBF00)
```

**改进方向**
- 放到一个文件里

### H2. 每次保存都读全部记录

**问题所在**
`HiveStore.kt` 每次保存都读全表。

**改进方向**
- 加缓存
"""

RUSSIAN = """# Аудит маяка

### Высокие проблемы 🟠 (Линза)

#### 1. Линза вращается без тормоза
**Файл:** `lens/turn.py` (строки 10-14)
**Проблема:** После остановки линза идёт дальше.

### Низкие проблемы

#### 2. Имя маяка повторено
**Файл:** `lens/name.py` (строка 3)
**Проблема:** Два имени расходятся.
"""

DEBT = """# Tech Debt

## 1. Old charts are never removed

A chart that a pilot drops stays in the store for ever, and the store grows.

**Options:**

- Sweep at night
- Sweep when a pilot leaves

**Relevant code:**

```
harbour/charts/store.ts   — keeps the charts
```
"""

DASHES = """Review of the bell tower

Findings
- High ― Bells ring without a lock. `tower/ring.rs` starts two threads.
- Low ― Rope length is written twice; the two differ in `tower/rope.rs`.
"""


def read(folder: Path, text: str) -> Audit:
    """Return the audit that a Markdown text is."""
    path = folder / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def _headline(finding: Finding) -> str:
    return (finding.title or finding.problem).partition(". ")[0].rstrip(".")


CASES = {
    SOUND_BY_SEVERITY: [
        ("Brake is released twice", "HIGH", "sails/brake.py:31"),
        ("`sails/cloth.py` (912 lines)", "LOW", "sails/cloth.py"),
        ("Wind is read once an hour", "MEDIUM", "sails/wind.py:3"),
    ],
    LATER_ITEMS: [
        ("Hive weight is read without the tare", "HIGH", "hive/scale.go"),
        ("Swarm alarm is sent once", "HIGH", "hive/alarm.go"),
        ("Moon phase in local time", "LOW", "hive/moon.go"),
    ],
    SPANISH_PLAN: [("Cambio de vía - Sin candado", "CRITICAL", "depot/aguja.py:14-20")],
    FIRST_LEVEL: [
        ("Gate opens under pressure", "CRITICAL", "Gate.sol"),
        ("Keeper of the gate", "MEDIUM", "Keeper.sol"),
    ],
    CHINESE_LINES: [
        ("颜色/尺寸常量重复定义", "HIGH", "HiveView.kt:12-18"),
        ("每次保存都读全部记录", "HIGH", "HiveStore.kt"),
    ],
    RUSSIAN: [
        ("Линза вращается без тормоза", "HIGH", "lens/turn.py:10-14"),
        ("Имя маяка повторено", "LOW", "lens/name.py:3"),
    ],
    DEBT: [("Old charts are never removed", "MEDIUM", "harbour/charts/store.ts")],
    DASHES: [
        ("Bells ring without a lock", "HIGH", "tower/ring.rs"),
        ("Rope length is written twice; the two differ in `tower/rope.rs`", "LOW", "tower/rope.rs"),
    ],
}


@pytest.mark.parametrize("text", CASES, ids=[text.splitlines()[0] for text in CASES])
def test_only_the_findings_of_a_document_are_read(tmp_path: Path, text: str) -> None:
    """Its plans, orders, second tellings and words that all is well are none."""
    findings = read(tmp_path, text).findings
    told = [
        (
            (one.title or one.problem).partition(". ")[0].rstrip("."),
            one.severity.name,
            shown_place(one.places[0]),
        )
        for one in findings
    ]
    assert told == CASES[text]


def test_a_label_on_a_line_of_its_own_needs_no_colon(tmp_path: Path) -> None:
    """What stands below it is its field, whatever follows between."""
    first, _ = read(tmp_path, CHINESE_LINES).findings
    assert first.fix == "放到一个文件里"
    assert first.problem == "两处各写了一套常量："
