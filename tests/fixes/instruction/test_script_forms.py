"""What reviewers of scripts ask for in few words: logs, answers, hooks, elements, declarations."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

ORCHARD = """\
import { Router, Request, Response } from 'express';
import { trees } from './trees';
import { logger } from './logger';

export const router = Router();
var rows = 12;
let total = 0;
const pruned: { [key: string]: number } = {};

router.get('/trees/:id', async (req: Request, res: Response) => {
  const found = await trees.query('SELECT * FROM trees WHERE id = $1', [req.params.id]);
  const tree = found[0];
  console.log('tree', tree);
  res.json(tree);
});

router.post('/trees', async (req: Request, res: Response) => {
  const age = parseInt(req.body.age);
  if (Object.keys(pruned).indexOf(req.body.id) != -1) {
    res.status(200).json({ error: req.body.stack });
    return;
  }
  total += age;
  res.json({ age });
});

export async function water(ids: string[], when: Date) {
  for (const id of ids) {
    await trees.water(id, when);
  }
}

export async function weigh(crates: Crate[]) {
  const sum = crates.reduce((all, one) => all + one.kilos);
  for (const crate of crates) {
    const rate = await trees.rate();
    crate.price = crate.kilos * rate;
  }
  if (sum === NaN) {
    return 0;
  }
  return sum;
}

export function load(text: string) {
  const data = JSON.parse(text);
  return data.trees;
}
"""
TIDES = """\
import { useEffect, useState } from 'react';
import { fetchTides, listen } from './sea';

export function Tides({ port, onPick }: Props) {
  const [tides, setTides] = useState<Tide[]>([]);
  const [unit, setUnit] = useState('m');

  useEffect(() => {
    const stop = listen(port, setTides);
  }, [port]);

  useEffect(() => {
    setInterval(() => setUnit('ft'), 500);
  }, []);

  const high = tides.filter((tide) => tide.unit === unit);

  const pick = (tide: Tide) => {
    onPick(tide, unit);
  };

  return (
    <section>
      <img src="/moon.svg" />
      <a href={port.url} target="_blank">
        {port.name}
      </a>
      <div onClick={() => pick(high[0])}>highest</div>
      {high.map((tide, at) => (
        <Row key={at} tide={tide} />
      ))}
    </section>
  );
}
"""


def _orchard(name: str, fix: str, evidence: str, edits: dict[str, str], function: str = "") -> Case:
    return Case(name, fix, ORCHARD, edits, function=function, evidence=evidence, path="src/o.ts")


def _tides(name: str, fix: str, evidence: str, edits: dict[str, str]) -> Case:
    return Case(name, fix, TIDES, edits, evidence=evidence, path="src/Tides.tsx")


def _kept(name: str, fix: str, evidence: str, reason: str = " ") -> Case:
    return Case(name, fix, ORCHARD, refuses=reason, evidence=evidence, path="src/o.ts")


CRATES = "for (const crate of crates) {"
RATE = "const rate = await trees.rate();"
LOG = "console.log('tree', tree);"
LOOP = "for (const id of ids) {\n    await trees.water(id, when);\n  }"


@pytest.mark.parametrize(
    "case",
    [
        _orchard("a log goes", "Remove the leftover `console.log`.", LOG, {f"  {LOG}\n": ""}),
        _orchard(
            "a log by the project's logger",
            "Swap the `console.log` for `logger.debug({ tree }, 'found')`.",
            LOG,
            {LOG: "logger.debug({ tree }, 'found');"},
        ),
        _orchard(
            "404 where it is missing",
            "Return a 404 with `{ error: 'no tree' }` when `tree` is undefined.",
            "const tree = found[0];",
            {
                "  const tree = found[0];\n": "  const tree = found[0];\n  if (!tree) {\n"
                "    res.status(404).json({ error: 'no tree' });\n    return;\n  }\n"
            },
        ),
        _orchard(
            "another status",
            "The conflict should be reported as 409 instead of 200.",
            "res.status(200).json({ error: req.body.stack });",
            {"res.status(200)": "res.status(409)"},
        ),
        _orchard(
            "another body",
            "Do not leak the stack; respond with `{ error: 'pruned' }` instead.",
            "res.status(200).json({ error: req.body.stack });",
            {"{ error: req.body.stack }": "{ error: 'pruned' }"},
        ),
        _orchard(
            "only the columns told",
            "Select only the needed columns (`id, kind`) instead of `*`.",
            "trees.query('SELECT * FROM trees WHERE id = $1', [req.params.id])",
            {"SELECT * FROM": "SELECT id, kind FROM"},
        ),
        _orchard(
            "the radix",
            "Always specify the radix (10) when calling `parseInt`.",
            "const age = parseInt(req.body.age);",
            {"parseInt(req.body.age)": "parseInt(req.body.age, 10)"},
        ),
        _orchard(
            "a yes in the place of a comparison",
            "Use `Object.hasOwn(pruned, req.body.id)`.",
            "if (Object.keys(pruned).indexOf(req.body.id) != -1) {",
            {
                "Object.keys(pruned).indexOf(req.body.id) != -1": "Object.hasOwn(pruned, "
                "req.body.id)"
            },
        ),
        _orchard(
            "not a number",
            "Comparing with NaN is always false; use `Number.isNaN(sum)`.",
            "if (sum === NaN) {",
            {"sum === NaN": "Number.isNaN(sum)"},
            "weigh",
        ),
        _orchard(
            "a constant",
            "`rows` is never reassigned, declare it with `const`.",
            "var rows = 12;",
            {"var rows": "const rows"},
        ),
        _orchard(
            "a type for what is quoted",
            "Type it as `Record<string, number>`.",
            "const pruned: { [key: string]: number } = {};",
            {"{ [key: string]: number }": "Record<string, number>"},
        ),
        _orchard(
            "all at once",
            "Replace the sequential loop with `Promise.allSettled` so that one does not hold "
            "up the others.",
            LOOP,
            {LOOP: "await Promise.allSettled(ids.map((id) => trees.water(id, when)));"},
            "water",
        ),
        _orchard(
            "once, before the loop",
            "Fetch the rate once before the loop instead of on every iteration.",
            RATE,
            {
                f"  {CRATES}\n    {RATE}\n": f"  {RATE}\n  {CRATES}\n",
            },
            "weigh",
        ),
        _orchard(
            "what a fold begins with",
            "Provide an initial value of 0 to `reduce`.",
            "const sum = crates.reduce((all, one) => all + one.kilos);",
            {"all + one.kilos)": "all + one.kilos, 0)"},
            "weigh",
        ),
        _orchard(
            "what it declares is read behind the try",
            "Wrap `JSON.parse(text)` in a try/catch and throw `new Error('no orchard')` on error.",
            "const data = JSON.parse(text);",
            {
                "  const data = JSON.parse(text);\n": "  let data;\n  try {\n    data = "
                "JSON.parse(text);\n  } catch {\n    throw new Error('no orchard');\n  }\n"
            },
            "load",
        ),
    ],
    ids=lambda case: case.name,
)
def test_a_form_of_words_is_carried_out_where_the_evidence_points(case: Case) -> None:
    """Few words, one place: the one node of its kind that is quoted."""
    check(case)


@pytest.mark.parametrize(
    "case",
    [
        _tides(
            "an effect ends with what stops it",
            "Return `stop` from the effect so that the port is let go of.",
            "const stop = listen(port, setTides);",
            {"setTides);\n  }, [port]": "setTides);\n    return stop;\n  }, [port]"},
        ),
        _tides(
            "a timer is kept and cleared",
            "Store the interval id and clear it in the cleanup.",
            "setInterval(() => setUnit('ft'), 500);",
            {
                "    setInterval(() => setUnit('ft'), 500);\n": "    const id = setInterval(() => "
                "setUnit('ft'), 500);\n    return () => clearInterval(id);\n"
            },
        ),
        _tides(
            "a value is remembered",
            "Wrap the computation of `high` in `useMemo` with `[tides, unit]` as dependencies.",
            "const high = tides.filter((tide) => tide.unit === unit);",
            {
                "{ useEffect, useState }": "{ useEffect, useState, useMemo }",
                "tides.filter((tide) => tide.unit === unit)": "useMemo(() => tides.filter((tide) "
                "=> tide.unit === unit), [tides, unit])",
            },
        ),
        _tides(
            "a callback is remembered by what it reads",
            "`pick` should be memoised with `useCallback`.",
            "const pick = (tide: Tide) => {",
            {
                "{ useEffect, useState }": "{ useEffect, useState, useCallback }",
                "const pick = (tide: Tide) => {": "const pick = useCallback((tide: Tide) => {",
                "unit);\n  };": "unit);\n  }, [onPick, unit]);",
            },
        ),
        _tides(
            "an attribute in words",
            'Links that open a new tab need rel="noopener".',
            '<a href={port.url} target="_blank">',
            {'target="_blank">': 'target="_blank" rel="noopener">'},
        ),
        _tides(
            "an attribute is another",
            "Use a stable key, e.g. `key={tide.id}`, rather than the index.",
            "<Row key={at} tide={tide} />",
            {"key={at}": "key={tide.id}"},
        ),
        _tides(
            "another tag",
            'Use a `<button type="button">` element instead of the clickable `<div>`.',
            "<div onClick={() => pick(high[0])}>highest</div>",
            {
                "<div onClick={() => pick(high[0])}>highest</div>": '<button type="button" '
                "onClick={() => pick(high[0])}>highest</button>"
            },
        ),
    ],
    ids=lambda case: case.name,
)
def test_a_component_is_mended_in_the_words_of_its_reviewers(case: Case) -> None:
    """Effects, what is remembered, and the attributes of what is rendered."""
    check(case)


@pytest.mark.parametrize(
    "case",
    [
        _kept("a condition", "Declare `rows` with `const`, as long as nobody sets it.", "var rows"),
        _kept("another value later", "Make `total` a constant.", "let total = 0;", "another value"),
        _kept(
            "a loop that does more",
            "Replace the loop with `Promise.all`.",
            CRATES,
        ),
        _kept(
            "a call that each turn makes anew",
            "Move `crate.price = crate.kilos * rate;` out of the loop.",
            "crate.price = crate.kilos * rate;",
        ),
        _kept("a type as a value", "Use `Map<string, number>` for `pruned`.", "const pruned: {"),
        _kept("a type that is none", "Set the type of `rows` to `const`.", "var rows = 12;"),
    ],
    ids=lambda case: case.name,
)
def test_what_is_not_certain_is_left(case: Case) -> None:
    """A wrong edit is worse than none."""
    check(case)
