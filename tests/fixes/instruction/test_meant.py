"""What parses and binds and still cannot be meant is not written; what is meant beside it is."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_ORCHARD = """\
import path from 'path';
import { z } from 'zod';

export const Crate = z.object({
  weight: z.number(),
  label: z.string().optional(),
});

export async function pick(req, res) {
  const tree = await find(req.params.tree);
  if (rows.indexOf(tree.row) == -1) {
    res.status(409).json({ error: tree.reason });
  }
  const token = Math.random().toString(36);
  shelf.put('token', tree.token);
  return res.json({ token });
}

export function sheet(name) {
  return path.join('sheets', name);
}

export async function ripe(trees) {
  const found = await Promise.all(trees.map((tree) => taste(tree)));
  return found.filter((one) => one.sweet);
}

export async function water(trees) {
  await Promise.all(trees.map((tree) => pour(tree)));
}

export async function weigh(crate) {
  const answer = await fetch('https://scales.example.org', {
    method: 'PUT',
    body: crate,
  });
  return answer.json();
}

class Press {
  private squeeze() {
    return 1;
  }
}
"""
_STALL = """\
export function Stall({ fruits, open }) {
  return (
    <section className="stall">
      <button onClick={open}>Open</button>
      <Fruits list={fruits} />
    </section>
  );
}
"""


def _orchard(name: str, fix: str, evidence: str, edits: dict[str, str]) -> Case:
    return Case(name, fix, _ORCHARD, edits, evidence=evidence, path="src/orchard.ts")


def _not(name: str, fix: str, evidence: str, reason: str, code: str = _ORCHARD) -> Case:
    path = "src/orchard.ts" if code is _ORCHARD else "web/Stall.jsx"
    return Case(name, fix, code, refuses=reason, evidence=evidence, path=path)


def _stall(name: str, fix: str, evidence: str, edits: dict[str, str]) -> Case:
    return Case(name, fix, _STALL, edits, evidence=evidence, path="web/Stall.jsx")


_TREE = "const tree = await find(req.params.tree);"
_OPEN = "<button onClick={open}>Open</button>"
CASES = [
    _not("a status is no answer", "Return 404 if tree is null.", _TREE, "`404` is a status"),
    _not("an answer within its own key", "Use { error: 'taken' } instead of tree.reason.",
         "res.status(409).json({ error: tree.reason });", "its own key once more"),
    _orchard("an answer as a whole", "Respond with { error: 'taken' } instead of tree.reason.",
             "res.status(409).json({ error: tree.reason });",
             {"{ error: tree.reason }": "{ error: 'taken' }"}),
    _not("a text in base 36", "Use crypto.randomUUID() instead of Math.random().",
         "const token = Math.random().toString(36);", "is a text already"),
    _orchard("whether, and not where", "Use includes instead of indexOf.",
             "if (rows.indexOf(tree.row) == -1) {",
             {"rows.indexOf(tree.row) == -1": "!rows.includes(tree.row)"}),
    _not("what is settled is read otherwise", "Use Promise.allSettled instead of Promise.all.",
         "const found = await Promise.all(trees.map((tree) => taste(tree)));", "settled to"),
    _orchard("what is settled is not read", "Use Promise.allSettled instead of Promise.all.",
             "await Promise.all(trees.map((tree) => pour(tree)));",
             {"await Promise.all(trees.map((tree) => pour(tree)))":
              "await Promise.allSettled(trees.map((tree) => pour(tree)))"}),
    _not("an environment in words", "Move the address to an environment variable SCALES_URL.",
         "await fetch('https://scales.example.org', {", "how the program reads its environment"),
    _not("tags that do not match", "Replace the wrapping section with a fragment.",
         '<section className="stall">', "would be closed by", _STALL),
    _orchard("one value is converted", "Use path.basename(name) when joining.",
             "return path.join('sheets', name);",
             {"path.join('sheets', name)": "path.join('sheets', path.basename(name))"}),
    _orchard("what is stored is a text", "The shelf stores texts: use String(tree.token).",
             "shelf.put('token', tree.token);",
             {"'token', tree.token": "'token', String(tree.token)"}),
    _orchard("a header goes among the headers", "Set the header 'Content-Type': 'text/plain'.",
             "const answer = await fetch('https://scales.example.org', {",
             {"body: crate,\n": "body: crate,\n    headers: { 'Content-Type': 'text/plain' },\n"}),
    _orchard("an option beside the one quoted", "Add `keepalive: true` to the request.",
             "method: 'PUT',", {"    body: crate,\n": "    body: crate,\n    keepalive: true,\n"}),
    _orchard("two fields, each with its bound",
             "Bound weight with .min(1).max(40) and label with .max(60).", "weight: z.number(),",
             {"z.number()": "z.number().min(1).max(40)", "z.string()": "z.string().max(60)"}),
    _orchard("the field named, not the one quoted", "Bound label with .max(60).",
             "weight: z.number(),", {"z.string()": "z.string().max(60)"}),
    _orchard("from one reach to another", "Change squeeze from private to protected.",
             "private squeeze() {", {"private squeeze": "protected squeeze"}),
    _stall("an attribute with a hyphen", "Give the button aria-label={fruits.name}.", _OPEN,
           {"onClick={open}": "onClick={open} aria-label={fruits.name}"}),
    _stall("two attributes", 'Add data-testid="open" and aria-pressed={open}.', _OPEN,
           {"onClick={open}": 'onClick={open} data-testid="open" aria-pressed={open}'}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_meant_is_written(case: Case) -> None:
    """An edit says what its text means, or there is none."""
    check(case)
