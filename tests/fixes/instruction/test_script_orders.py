"""Orders to scripts in the few words of auditors: each edit in several wordings, and refusals.

Each file of ``orders`` is a small tree, and the kinds of edits that texts ask of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from instruction_cases import Case, check, read, wordings_of

from mendbook.model import Proposal

HERE = Path(__file__).parent / "orders"
DEPOT = """\
import { Router } from 'express';
import { trams } from './trams';

export const router = Router();

router.post('/trams/:id/park', async (req, res) => {
  const tram = await trams.find(req.params.id);
  if (!tram) res.status(404).json({ error: 'no_tram' });
  if (tram.parked) {
    res.status(400).json({ error: 'parked' });
    return;
  }
  res.json(await trams.park(tram.id));
});
"""
LIMITS = "export const LIMIT = 2 * 1024;\nexport const open = { LIMIT };\n"
KINDS = "export type Kind = 'a' | 'b';\nexport const NAMES = makeNames();\n"


@pytest.mark.parametrize("case", list(wordings_of(HERE)))
def test_an_order_is_carried_out_in_any_of_its_wordings(case: Case) -> None:
    """Each wording makes the edit of its kind, and no other; what is unclear makes none."""
    check(case)


@pytest.mark.parametrize(
    "case",
    [
        Case("a status without an answer", "Answer parked with 999", DEPOT, refuses=" ",
             evidence="res.status(400).json({ error: 'parked' });", path="src/depot.ts"),
        Case("a union alone", "Add 'c' to Kind and to NAMES", KINDS, refuses="no list",
             evidence="export type Kind = 'a' | 'b';", path="src/kinds.ts"),
        Case("a secret written in", "Copy the secret from the vault and hard-code it", LIMITS,
             refuses="a secret", evidence="export const LIMIT = 2 * 1024;", path="src/limits.ts"),
        Case("a placeholder", "Use `'<value>'` instead of `2 * 1024`", LIMITS, refuses=" ",
             evidence="export const LIMIT = 2 * 1024;", path="src/limits.ts"),
    ],
    ids=lambda case: case.name,
)  # fmt: skip
def test_what_may_not_be_is_not_carried_out(case: Case) -> None:
    """What lacks a place, a value or a right is refused."""
    check(case)


def _deleted(files: dict[str, str], fix: str) -> dict[str, str | None]:
    path = next(iter(files))
    rest = {each: text for each, text in files.items() if each != path}
    answer = read(Case("a file goes", fix, files[path], path=path, files=rest))
    return dict(answer.edits) if isinstance(answer, Proposal) else {}


@pytest.mark.parametrize("fix", ["Delete src/old/slate.ts", "Remove the whole file"])
def test_a_file_goes_where_no_other_imports_it(fix: str) -> None:
    """A file that is imported, mocked or found by its place stays."""
    slate = {"src/old/slate.ts": "export const slate = 1;\n", "src/chalk.ts": "export {};\n"}
    assert _deleted(slate, fix) == {"src/old/slate.ts": None}
    used = {**slate, "src/chalk.ts": "import { slate } from './old/slate';\n"}
    assert _deleted(used, fix) == {}
    mocked = {**slate, "src/chalk.test.ts": "vi.mock('./old/slate');\n"}
    assert _deleted(mocked, fix) == {}
    assert _deleted({"src/pages/index.ts": "export {};\n"}, fix) == {}
