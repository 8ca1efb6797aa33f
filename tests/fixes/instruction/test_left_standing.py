"""Edits that do the half or the opposite of what a text says are not made."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

WATCH = """\
import time


class Watch:
    def begin(self):
        self._start = time.time()
        return self

    def end(self):
        self.seconds = time.time() - self._start

    def stamp(self):
        return time.time()
"""
_BOTH = {
    "self._start = time.time()": "self._start = time.monotonic()",
    "self.seconds = time.time()": "self.seconds = time.monotonic()",
}
SESSION = """\
export function summarise(session, now = new Date()) {
  const end = session.endedAt!;
  return end.getTime() - session.startedAt.getTime();
}
"""
_FALLBACK = {"session.endedAt!;": "session.endedAt ?? now;"}
ROUTE = """\
router.post('/boats', async (req, res, next) => {
  try {
    await save(req.body);
    res.status(201).end();
  } catch (err) {
    res.status(500).end();
  }
});
"""
KEYS = """\
export function watch(onKey) {
  window.addEventListener('keydown', onKey);
}
"""
TALLY = """\
class Tally {
    void count(String name) {
        if (counts.containsKey(name)) {
            counts.put(name, counts.get(name) + 1);
        } else {
            counts.put(name, 1);
        }
    }
}
"""
CASES = [
    Case("each piece quoted", "Replace time.time() by time.monotonic()", WATCH, _BOTH,
         evidence="self._start = time.time() … self.seconds = time.time() - self._start",
         function="Watch", path="deck/watch.py"),
    *(
        Case(fix, fix, SESSION, _FALLBACK, evidence="const end = session.endedAt!;",
             function="summarise")
        for fix in (
            "session.endedAt ?? now instead of the non-null assertion",
            "Replace the non-null assertion by session.endedAt ?? now",
            "Use session.endedAt ?? now",
        )
    ),
    Case("a whole answer", "Call next(err) in the catch block instead of answering 500", ROUTE,
         {"res.status(500).end();": "next(err);"}, evidence="res.status(500).end();",
         path="server/boats.js"),
    Case("no undoing at once", "Clean up: window.removeEventListener('keydown', onKey)", KEYS,
         refuses="`addEventListener`, which `removeEventListener` takes back, would go",
         evidence="window.addEventListener('keydown', onKey);", function="watch",
         path="web/keys.js"),
    Case("one call is not one in each turn", "Load them with one call of fleet.get_many",
         "def names(fleet, ids):\n    return [fleet.get(one) for one in ids]\n",
         refuses="no single edit of the code follows", evidence="[fleet.get(one) for one in ids]",
         function="names", path="quay/fleet.py",
         files={"quay/store.py": "class Fleet:\n    def get(self, one):\n        return one\n\n"
                "    def get_many(self, ids):\n        return ids\n"}),
    Case("the if goes as a whole", "Replace the if/else with counts.merge(name, 1, Integer::sum)",
         TALLY, refuses="the if that is to give way would stay",
         evidence="if (counts.containsKey(name)) {", function="Tally.count",
         path="src/Tally.java"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_whole_is_a_whole(case: Case) -> None:
    """All pieces that are quoted, all of the value, the whole statement; or nothing."""
    check(case)


def test_a_built_module_names_no_ending() -> None:
    """Nothing beside it imports a file, so what the package is says how an import is spelled."""
    head = "import { memo } from 'react';\n"
    page = f"{head}\nexport const day = memo((r) => new Date(r.at).toLocaleDateString('en-GB'));\n"
    dates = "export const shortDate = (at) => new Date(at).toLocaleDateString('en-GB');\n"
    manifest = '{"name": "quay", "devDependencies": {"vite": "^5"}}'
    edits = {
        head: f"{head}import {{ shortDate }} from '../lib/dates';\n",
        "new Date(r.at).toLocaleDateString('en-GB')": "shortDate(r.at)",
    }
    case = Case(
        "page",
        "Use shortDate(r.at) of ui/lib/dates.js",
        page,
        edits,
        evidence="new Date(r.at).toLocaleDateString('en-GB')",
        path="ui/pages/Day.jsx",
        files={"ui/lib/dates.js": dates, "package.json": manifest},
    )
    check(case)
