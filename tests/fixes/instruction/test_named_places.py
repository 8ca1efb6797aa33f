"""Each place that a text names changes: both functions, every occurrence, all names of a list."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

MODE = """import { KEY } from './keys.js';

const MODES = ['a', 'b'];

export function load() {
  return localStorage.getItem('farm.mode') ?? MODES[0];
}

export function save(mode) {
  localStorage.setItem('farm.mode', mode);
}

export function reset() {
  localStorage.removeItem(KEY);
}
"""
KEYS = {"src/keys.js": "export const KEY = 'farm.mode';\n"}
BOTH = {"getItem('farm.mode')": "getItem(KEY)", "setItem('farm.mode', mode)": "setItem(KEY, mode)"}
SAVED = "localStorage.setItem('farm.mode', mode);"
EVERY = [
    "Use KEY wherever the literal 'farm.mode' occurs in this file",
    "Use KEY in place of 'farm.mode' wherever it appears",
    "Use KEY instead of 'farm.mode' everywhere",
    "Replace every 'farm.mode' in this module with KEY",
    "Replace all occurrences of 'farm.mode' by KEY",
    "KEY should be used for each occurrence of 'farm.mode'",
    "Use KEY in load and save",
    "Use `KEY` in `load` and in `save`",
    "Use KEY in load as well as in save",
    "Replace 'farm.mode' by KEY in both load and save",
]
HALVES = [
    "load has to use KEY as well",
    "Use KEY, in load as well",
    "The literal 'farm.mode' should give way to KEY, in load too",
    "Give the literal a name, MODE_KEY, and refer to it wherever it occurs",
]
PLOTS = """import { z } from 'zod';

export const createPlot = z.object({
  owner: z.string().min(1),
  code: z.string(),
});

export const updatePlot = z.object({
  owner: z.string().optional(),
  code: z.string().optional(),
});
"""
TRIMMED = {
    "  code: z.string(),": "  code: z.string().trim(),",
    "  code: z.string().optional(),": "  code: z.string().trim().optional(),",
}
FIELDS = [
    "Add .trim() to the code field of createPlot as well as updatePlot",
    "Append .trim() to code in createPlot and in updatePlot",
    "Add .trim() to code in createPlot and updatePlot alike",
]
CARD = """import { useCallback, useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import dayjs from 'dayjs';

export default function Card({ host, load }) {
  const [rows, setRows] = useState([]);
  useEffect(() => { load(host.id).then(setRows); }, [host.id, load]);
  return <p>{rows.join(', ')}</p>;
}
"""
TWO = {
    "import { useCallback, useEffect, useState } from 'react';\n"
    "import { Link } from 'react-router-dom';\n": "import { useEffect, useState } from 'react';\n"
}
ALL = {f"{one}import dayjs from 'dayjs';\n": text for one, text in TWO.items()}
QUOTED = (
    "import { useCallback, useEffect, useState } from 'react';\n"
    "import { Link } from 'react-router-dom';"
)
NAMES = [
    ("Delete the unused imports useCallback and Link", TWO),
    ("Remove the unused names useCallback and Link from the imports", TWO),
    ("Delete the useCallback and Link imports", TWO),
    ("Take useCallback and Link out of the import statements", TWO),
    ("Drop useCallback, Link and dayjs from the imports", ALL),
    ("Remove all unused imports", ALL),
]
ROWS = """import os
import sys
from collections import OrderedDict, deque
from typing import Any, Optional


def rows(path: str) -> Optional[deque]:
    return deque(sys.stdin) if path else None
"""
PYTHON = {
    "import os\nimport sys\nfrom collections import OrderedDict, deque\n"
    "from typing import Any, Optional\n": "import sys\nfrom collections import deque\n"
    "from typing import Optional\n"
}
CASES = [
    *(Case(fix, fix, MODE, BOTH, evidence=SAVED, path="src/mode.js", function="save", files=KEYS)
      for fix in EVERY),
    *(Case(fix, fix, MODE, evidence=SAVED, path="src/mode.js", function="save", files=KEYS,
           refuses="would st") for fix in HALVES),
    *(Case(fix, fix, PLOTS, TRIMMED, evidence="code: z.string(),", path="src/plot.ts")
      for fix in FIELDS),
    *(Case(fix, fix, CARD, edits, evidence=QUOTED, path="src/Card.jsx") for fix, edits in NAMES),
    Case("python names", "Drop os, OrderedDict and Any from the imports", ROWS, PYTHON,
         evidence="import os\nimport sys", path="farm/rows.py"),
    Case("python all", "Remove all unused imports", ROWS, PYTHON,
         evidence="import os\nimport sys", path="farm/rows.py"),
    Case("one is used", "Remove os and sys from the imports", ROWS, evidence="import os",
         path="farm/rows.py", refuses="sys is used"),
    Case("which of two", "Remove the unused import", CARD, evidence=QUOTED, path="src/Card.jsx",
         refuses="no single edit"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_named_place_changes(case: Case) -> None:
    """An edit that leaves one of them as it is, is none."""
    check(case)


OPEN = """// until: a date, null for an open end, undefined while unknown
export function open(item) {
  return item.until == null;
}
"""
LOOSE = [
    Case(fix, fix, OPEN, evidence="return item.until == null;", path="src/live.js", function="open",
         refuses="may be undefined")
    for fix in ("Use item.until === null", "Use === here", "Replace == by ===")
]  # fmt: skip
TYPED = OPEN.replace("(item)", "(item: Item)")
LOOSE += [
    Case("an optional member", "Use item.until === null", TYPED, path="src/live.ts",
         evidence="return item.until == null;", function="open", refuses="may be undefined",
         files={"src/item.ts": "export interface Item {\n  until?: Date | null;\n}\n"}),
    Case("never undefined", "Use item.until === null", TYPED,
         {"item.until == null": "item.until === null"}, path="src/live.ts", function="open",
         evidence="return item.until == null;",
         files={"src/item.ts": "export interface Item {\n  until: Date | null;\n}\n"}),
]  # fmt: skip


@pytest.mark.parametrize("case", LOOSE, ids=lambda case: case.name)
def test_undefined_is_not_let_through(case: Case) -> None:
    """A loose test for null holds for undefined, too; the strict one does not."""
    check(case)
