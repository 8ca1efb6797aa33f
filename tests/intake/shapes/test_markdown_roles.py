"""What a part of a document is for: findings, orders, a second telling, or praise."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.intake.shapes.markdown.heads import read_head
from mendbook.model import Audit, Finding, Status

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

CHAPTERS = """# Mill audit

## 1. Method

The audit went through the mill in three passes:
1. Read all of `mill/` (172 files), also the broken ones.
2. Ran the tests; one failed without the sluice.

## 2. Findings

### Water

#### WAT-001: Sluice opens without a key (Fixed)
- **Severity:** High
- **Location:** `mill/sluice.ts`
- **Description:** Anybody may open it.

#### WAT-002: Flood alarm is not sent
- **Severity:** Low
- **Location:** `mill/alarm.ts`
- **Description:** The list of people is empty.

## 3. Building

The mill has two floors, and no cellar:
- **Upper floor:** stones and hoppers in `mill/upper.ts`, missing a lift
- **Lower floor:** wheels
"""

SCALE_OF_WORDS = """# 灯塔审查

## 严重问题 (MUST FIX)

### 1. 灯在白天也亮

**位置**: [lamp.py#L30-L36](src/tower/lamp.py)

**问题**: 没有读日出时间。

## 建议 (CONSIDER)

### 2. 雾笛参数写死

**位置**: [horn\\_state.py#L7](src/tower/horn_state.py)

**问题**: 频率写死在代码里，无法按天气调整。

### 3. 多个未使用的模型

| 未使用项 | 位置 | 说明 |
|---------|------|------|
| `Keeper` | [keeper.py#L17](src/tower/keeper.py) | 从未被实例化 |
| `Boat` | [boat.py#L3](src/tower/boat.py) | 从未被引用 |
"""

COUNTED_SUGGESTIONS = """# Ferry review

## 🟡 Suggestions

### S1. Timetable is read at each stop
- **Where**: `ferry/table.rs:111`
- Issue: The file is parsed again and again.

### S7. Horn is unbounded
- **Where**: `ferry/horn.rs:9`
- Issue: Nothing ends it.
"""

COUNTED_BY_P = """# Relatório da ponte

## Problemas Identificados

### P1: Guindaste sem freio (CRÍTICO)
- `bridge/crane.ts` não tem freio
- **Solução:** Instalar o freio

### P2: Código duplicado (MÉDIO)
- A carga é somada em `bridge/load.ts` e na balança
- **Solução:** Somar uma vez
"""

TICKED = """# Signal box audit

Status legend: [ ] open · [x] fixed.

## High

### H1 - Unlabelled levers · rule 1.3 [x]
- `box/north.tsx` - lever without a label
- `box/south.tsx` - lever without a label
**Fix:** a label on each.

### H2 - Bells are not announced · rule 4.1 [ ]
The bell is a plain sign; a blind keeper misses it in `box/bell.tsx`.
**Fix:** announce it.

## Contrast - measured [x]

| Pair | Before | After | Threshold |
|---|---|---|---|
| lever label on its plate, unreadable at night | 4.34:1 | 4.64:1 | 4.5 (text) |
| bell on the wall, missing at night | 2.59:1 | 3.64:1 | 3.0 (sign) |
"""

SOLUTIONS = """# Grain store review

## Issues

### 1. Scale handler uses a name that is never bound

- Severity: High
- Location: `store/scale.py` around the fallback (near lines 81-93)
- Issue: The name is not bound in that branch.
- Potential solution:
  - Bind the name.
  - Add a test that forces the branch.

## How we detect these issues

1. **Weighing**: Compares two scales without an error margin
2. **Sampling**: Takes grain from below, which fails in frost
"""

QUESTIONS = """# Relatório do moinho

## SEÇÃO 1: DADOS

### 1.1. Haverá nomes de clientes?
**SIM.** Nome e telefone em `moinho/clientes.ts`, sem senha.

### 1.2. Onde ficam as cópias?
- **Cópias:** No celeiro, nunca fora dele.

### 1.3. Relógio atrasado
**Severidade:** Alta
**Arquivo:** `moinho/relogio.ts:8`

O relógio perde um minuto por dia.
"""

GRADED_PARTS = """# 방앗간 점검 보고서

## 개선 필요 사항 (Issues)

### 1. 브레이크 미구현 (Critical)

#### 북쪽 방앗간
```typescript
// mill/north/Brake.ts:59-61
- stop() - TODO
```

#### 남쪽 방앗간
```typescript
// mill/south/Brake.ts:32
- stop() - TODO
```

## 권장 개선 사항

### 우선순위 1 (Critical)

1. **북쪽 브레이크 구현**
   - 멈춤 로직 추가

## 결론

**개선 필요**:
- ⚠️ 브레이크 미구현
"""

FACTS = """# Lighthouse dependencies

## Summary

| ID | Package | Severity | Affected Code |
|----|---------|----------|---------------|
| LH-2025-12 | net/lamp | High | tower/lamp.go:89 |
| LH-2025-13 | os/door | Low | tower/door.go:7 |

## Critical Vulnerabilities (High Severity)

### 1. LH-2025-12: Lamp list grows without end
- **Package:** net/lamp
- **Impact:** Memory is exhausted

## Low Severity

### 2. LH-2025-13: Door is opened twice
- **Package:** os/door
- **Impact:** The second keeper waits
"""

OPENING_GRADES = """# Deuda técnica del apiario

| Categoría | Descripción | Impacto / Riesgo | Solución |
|-----------|-------------|------------------|----------|
| Colmenas | Cada colmena guarda todo en `hive/box.ts`. | Alto: difícil de probar | Separar |
| Textos | El mismo texto en `hive/text.ts` y en otros. | Bajo: se desajustan | Unir |
"""

DETAILS_BY_ID = """# Ferry audit

### Findings

| # | Severity | Finding | Status |
|---|----------|---------|--------|
| C3 | Low | Ramp is lowered twice in `ferry/ramp.rs` | Open |
| C4 | Info | Four TODO remarks in the code | Open |

### Details

**C4 — TODO remarks:**
- `ferry/north.rs:87` — bell is not implemented
- `ferry/south.rs:99` — horn is not implemented
"""

LETTERED = """# Canal review

## A. Locks

- **A1** (High) `locks/gate.go:14` gate opens under pressure

## D. Tests & tooling

- **D1** (Low) `locks/keeper.go:7` keeper is never tested

## E. Coverage

- **E1** (Low) `locks/rope.go:9` rope is never tested

## F. Next steps

- Close the gate
"""

RECAP = """# 运河审查

## 1. 闸门

| # | 严重性 | 文件 | 说明 |
|---|--------|------|------|
| **A1** | 🔴 高 | `gate.rs` | **压力下打开**：没有检查水位 |
| **A2** | 🔵 低 | `bell.rs` | **响两次**：重载后又响一次 |

## 2. 汇总

| # | 文件 | 描述 |
|---|------|------|
| **A1** | `gate.rs` | 水位未检查 |
| **A2** | `bell.rs` | 铃声重复 |
"""

LABELLED_LISTS = """# Ferry service

## Pier

### Bell

**Strengths:**
- Loud, and heard on both banks

**Issues:**
1. **Silent failure** [`pier/bell.go:42-46`](pier/bell.go:42)
   - The error is swallowed
2. **Rope wear:**
   - No spare rope is kept

## LOW

### Keepers still sign by hand on a list that nobody keeps

A keeper writes the hour on paper, and the paper is lost when it rains.
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


def _place(finding: Finding) -> str:
    return shown_place(finding.places[0]) if finding.places else ""


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
    CHAPTERS: [
        ("Sluice opens without a key", "HIGH", "mill/sluice.ts"),
        ("Flood alarm is not sent", "LOW", "mill/alarm.ts"),
    ],
    SCALE_OF_WORDS: [
        ("灯在白天也亮", "CRITICAL", "src/tower/lamp.py:30-36"),
        ("雾笛参数写死", "INFO", "src/tower/horn_state.py:7"),
        ("多个未使用的模型", "INFO", "src/tower/keeper.py:17"),
    ],
    COUNTED_SUGGESTIONS: [
        ("Timetable is read at each stop", "INFO", "ferry/table.rs:111"),
        ("Horn is unbounded", "INFO", "ferry/horn.rs:9"),
    ],
    COUNTED_BY_P: [
        ("Guindaste sem freio", "CRITICAL", "bridge/crane.ts"),
        ("Código duplicado", "MEDIUM", "bridge/load.ts"),
    ],
    TICKED: [
        ("Unlabelled levers · rule 1.3", "HIGH", "box/north.tsx"),
        ("Bells are not announced · rule 4.1", "HIGH", "box/bell.tsx"),
    ],
    SOLUTIONS: [
        ("Scale handler uses a name that is never bound", "HIGH", "store/scale.py:81-93"),
    ],
    QUESTIONS: [("Relógio atrasado", "HIGH", "moinho/relogio.ts:8")],
    GRADED_PARTS: [("브레이크 미구현", "CRITICAL", "mill/north/Brake.ts:59-61")],
    FACTS: [
        ("Lamp list grows without end", "HIGH", "tower/lamp.go:89"),
        ("Door is opened twice", "LOW", "tower/door.go:7"),
    ],
    OPENING_GRADES: [
        ("Cada colmena guarda todo en `hive/box.ts`", "HIGH", "hive/box.ts"),
        ("El mismo texto en `hive/text.ts` y en otros", "LOW", "hive/text.ts"),
    ],
    LETTERED: [
        ("`locks/gate.go:14` gate opens under pressure", "HIGH", "locks/gate.go:14"),
        ("`locks/keeper.go:7` keeper is never tested", "LOW", "locks/keeper.go:7"),
        ("`locks/rope.go:9` rope is never tested", "LOW", "locks/rope.go:9"),
    ],
    RECAP: [
        ("**压力下打开**：没有检查水位", "HIGH", "gate.rs"),
        ("**响两次**：重载后又响一次", "LOW", "bell.rs"),
    ],
    LABELLED_LISTS: [
        ("Silent failure", "MEDIUM", "pier/bell.go:42-46"),
        ("Rope wear", "MEDIUM", ""),
        ("Keepers still sign by hand on a list that nobody keeps", "LOW", ""),
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
            _place(one),
        )
        for one in findings
    ]
    assert told == CASES[text]


def test_a_label_on_a_line_of_its_own_needs_no_colon(tmp_path: Path) -> None:
    """What stands below it is its field, whatever follows between."""
    first, _ = read(tmp_path, CHINESE_LINES).findings
    assert first.fix == "放到一个文件里"
    assert first.problem == "两处各写了一套常量："


def test_boxes_behind_headlines_say_what_is_mended(tmp_path: Path) -> None:
    """And a field right below a list is no part of its last item."""
    ticked, unticked = read(tmp_path, TICKED).findings
    assert (ticked.status, ticked.fix) == (Status.FIXED, "a label on each.")
    assert unticked.status is Status.OPEN


def test_a_qualified_label_names_the_same_field(tmp_path: Path) -> None:
    """``Potential solution`` is a solution, whatever stands in its list."""
    (finding,) = read(tmp_path, SOLUTIONS).findings
    assert finding.fix == "Bind the name. Add a test that forces the branch."


def test_details_below_an_id_are_no_findings_of_their_own(tmp_path: Path) -> None:
    """They belong to the row of the table that has the id."""
    findings = read(tmp_path, DETAILS_BY_ID).findings
    assert [_headline(one) for one in findings] == [
        "Ramp is lowered twice in `ferry/ramp.rs`",
        "Four TODO remarks in the code",
    ]


@pytest.mark.parametrize(
    ("title", "severity"),
    [("Sluice - No key (CRITICAL)", "CRITICAL"), ("Star - design observation", "")],
)
def test_only_a_grade_behind_a_headline_is_its_severity(title: str, severity: str) -> None:
    """Two words of which one is of a scale are words of the headline."""
    assert read_head(title).severity == severity


def test_a_struck_item_is_mended_and_keeps_no_tilde(tmp_path: Path) -> None:
    """Whatever stands behind it, unless that says that it is open again."""
    text = """# Canal review

## Low

- ~~**Keeper is never asked** (`locks/keeper.go:7`)~~ Done in March
- ~~**Rope is too short** (`locks/rope.go:9`)~~ Reopened
"""
    mended, again = read(tmp_path, text).findings
    assert (mended.title, mended.status) == ("Keeper is never asked", Status.FIXED)
    assert (again.title, again.status) == ("Rope is too short", Status.OPEN)


def test_a_file_that_is_called_good_is_no_finding(tmp_path: Path) -> None:
    """Wherever in its line the sign for good stands, outside of lists of findings."""
    text = """# Tower review

## Papers

- keeper.md: ✅ Right, not a word is missing
- `bell_test.go`: 26/26 ✅ - no failure
- `rope.go:9` - ends above the water, no knot holds it
"""
    (finding,) = read(tmp_path, text).findings
    assert shown_place(finding.places[0]) == "rope.go:9"


def test_a_link_into_a_disk_gives_its_lines(tmp_path: Path) -> None:
    """And none of the folders of the person whose disk it is."""
    text = """# Bell audit

### 1. Bell rings twice

- **Severity:** High
- **File:** [bell.rs](file:///home/keeper/tower/src/bell.rs#L81-L91)
- **Description:** It rings again on reload.
"""
    (finding,) = read(tmp_path, text).findings
    assert [shown_place(place) for place in finding.places] == ["bell.rs:81-91"]
