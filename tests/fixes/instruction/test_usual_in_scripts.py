"""Usual wishes of scripts: a guard, a default, a needless try, an entry, copies, a lazy page."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

BOOK = """\
import { tooLate } from './rules.js';
import { FieldError } from './errors.js';

export async function lease(plot: Plot, farmer: Farmer, now: Date): Promise<Lease | null> {
  if (!(await plots.isFree(plot.id))) {
    throw new FieldError('taken', 'plot is taken');
  }
  return leases.create(plot, farmer, now);
}

export function fee(plot: Plot): number {
  const base = plot.area * 3;
  return base + plot.extra;
}
"""
GUARD = "  if (tooLate(plot, now)) {\n    throw new FieldError('late', 'season is over');\n  }\n"
GUARDED = {"  if (!(await plots": f"{GUARD}\n  if (!(await plots"}
CLOSED = {
    "  if (!(await plots": "  if (plot.closed) {\n    return null;\n  }\n\n  if (!(await plots"
}
LATE = "throw new FieldError('late', 'season is over')"
GUARDS = [
    (f"lease must start with a check: if tooLate(plot, now), {LATE}", GUARDED),
    (f"First thing in lease: if tooLate(plot, now) {LATE}", GUARDED),
    (f"Before anything else, lease has to {LATE} if tooLate(plot, now)", GUARDED),
    ("lease ought to return null right away when plot.closed is set", CLOSED),
    ("lease should bail out with null as soon as plot.closed is true", CLOSED),
    ("Let lease return null at once if plot.closed", CLOSED),
]
VOLUME = """\
export default function Volume({ initial, onChange }) {
  return <input type="range" defaultValue={initial} onChange={onChange} />;
}
"""
DEFAULTED = {"{ initial, onChange }": "{ initial = 0.8, onChange }"}
DEFAULTS = [
    "Give the initial prop a default of 0.8",
    "initial should default to 0.8",
    "The initial prop needs a default value of 0.8",
    "Provide 0.8 as default for the initial prop",
    "initial must have 0.8 as its default value",
]
LAB = """\
export async function order(lab: Lab, id: string): Promise<string> {
  log.debug({ id }, 'ordering');
  try {
    const key = await lab.submit(id);
    log.info({ id, key }, 'ordered');
    return key;
  } catch (err) {
    throw err;
  }
}

export async function cancel(lab: Lab, key: string): Promise<void> {
  try {
    await lab.cancel(key);
  } catch (err) {
    log.error({ err, key }, 'not cancelled');
    throw err;
  }
}
"""
ORDER = """\
  try {
    const key = await lab.submit(id);
    log.info({ id, key }, 'ordered');
    return key;
  } catch (err) {
    throw err;
  }
"""
BARE = {
    ORDER: "  const key = await lab.submit(id);\n  log.info({ id, key }, 'ordered');\n"
    "  return key;\n"
}
TRIES = [
    "Unwrap the try/catch in order and keep its body",
    "Remove the try/catch and keep the body",
    "The try/catch only rethrows: remove it",
    "Delete the try/catch, keeping what it wraps",
    "Remove the catch clause that rethrows",
]
REASON = """\
export type Reason = 'travel' | 'tattoo';

export const LABELS: Record<Reason, string> = {
  travel: 'Recent travel',
  tattoo: 'Recent tattoo',
};
"""
LABELLED = {
    "'travel' | 'tattoo'": "'travel' | 'tattoo' | 'medication'",
    "  tattoo: 'Recent tattoo',\n": "  tattoo: 'Recent tattoo',\n"
    "  medication: 'Recent medication',\n",
}
ENTRIES = [
    "Extend Reason by 'medication' and label it 'Recent medication' in LABELS",
    "Add 'medication' to Reason and a LABELS entry 'Recent medication' for it",
    "Add 'medication' to the Reason union and medication: 'Recent medication' to LABELS",
    "Include 'medication' in Reason and map it to 'Recent medication' in LABELS",
]
SHEET = """\
export function variant(base: Sheet, lang: string): Sheet {
  const copy: Sheet = JSON.parse(JSON.stringify(base));
  copy.lang = lang;
  return copy;
}

export function draft(base: Sheet): Sheet {
  const copy: Sheet = JSON.parse(JSON.stringify(base));
  copy.draft = true;
  return copy;
}

export function hash(base: Sheet): string {
  return digest(JSON.stringify(base));
}
"""
ROUND = "JSON.parse(JSON.stringify(base));\n  copy.{0}"
CLONED = {
    ROUND.format(name): f"structuredClone(base);\n  copy.{name}" for name in ("lang", "draft")
}
COPIES = [
    "Both copies should be made with structuredClone(base)",
    "Use structuredClone(base) for both copies",
    "Copy with structuredClone(base) in variant and draft",
    "Replace both JSON round trips with structuredClone(base)",
    "Use structuredClone(base) here and in draft",
]
APP = """\
import { Suspense } from 'react';
import Archive from './pages/Archive.jsx';
import Spinner from './Spinner.jsx';

export default function App({ page }) {
  return <Suspense fallback={<Spinner />}>{page === 'archive' ? <Archive /> : null}</Suspense>;
}
"""
LAZY = {
    "{ Suspense }": "{ Suspense, lazy }",
    "import Archive from './pages/Archive.jsx';\nimport Spinner from './Spinner.jsx';\n": (
        "import Spinner from './Spinner.jsx';\n\n"
        "const Archive = lazy(() => import('./pages/Archive.jsx'));\n"
    ),
}
LAZILY = [
    "Load Archive on demand via lazy(() => import(…)) rather than with a static import",
    "Use React.lazy for Archive",
    "Archive should be loaded with lazy()",
]
KEPT = """\
const held = new Map<string, number>();

export function keep(id: string, now: number): boolean {
  const at = held.get(id);
  return at !== undefined && now - at < 90_000;
}

export function purge(now: number): void {
  for (const [id, at] of held) {
    if (now - at >= 90_000) held.delete(id);
  }
}
"""
NAMED = {
    "const held": "const KEEP_MS = 90_000;\n\nconst held",
    "now - at < 90_000": "now - at < KEEP_MS",
    "now - at >= 90_000": "now - at >= KEEP_MS",
}
CASES = [
    *(Case(fix, fix, BOOK, edits, evidence="if (!(await plots.isFree(plot.id))) {",
           function="lease") for fix, edits in GUARDS),
    *(Case(fix, fix, VOLUME, DEFAULTED, evidence="{ initial, onChange }", function="Volume",
           path="web/Volume.jsx") for fix in DEFAULTS),
    *(Case(fix, fix, LAB, BARE, evidence="} catch (err) {\n    throw err;\n  }", function="order")
      for fix in TRIES),
    Case("a handler that logs", "Remove the try/catch in cancel and keep its body", LAB,
         evidence="log.error({ err, key }, 'not cancelled');", function="cancel",
         refuses="does more than"),
    *(Case(fix, fix, REASON, LABELLED, evidence="export type Reason = 'travel' | 'tattoo';")
      for fix in ENTRIES),
    *(Case(fix, fix, SHEET, CLONED, evidence="const copy: Sheet = JSON.parse(JSON.stringify(base));"
           "\n  copy.lang = lang;", function="variant") for fix in COPIES),
    *(Case(fix, fix, APP, LAZY, evidence="import Archive from './pages/Archive.jsx';",
           path="web/App.jsx", function="App") for fix in LAZILY),
    Case("nothing shows meanwhile", "Use React.lazy for Archive", APP.replace("Suspense", "Frame"),
         evidence="import Archive from './pages/Archive.jsx';", path="web/App.jsx",
         refuses="no Suspense"),
    Case("no element alone", "Use React.lazy for Archive", APP + "\nApp.pages = [Archive];\n",
         evidence="import Archive from './pages/Archive.jsx';", path="web/App.jsx",
         refuses="other than as an element"),
    Case("a number gets a name", "Name the number: a module constant KEEP_MS, to be referenced by "
         "keep as well as purge", KEPT, NAMED, function="purge",
         evidence="if (now - at >= 90_000) held.delete(id);"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_wish_is_carried_out(case: Case) -> None:
    """Exactly these lines change, or nothing does."""
    check(case)
