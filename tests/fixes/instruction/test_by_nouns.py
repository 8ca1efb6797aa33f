"""Wishes that a noun of their trade names, and statements under a test."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

WELLS = """const bcrypt = require('bcryptjs');
const path = require('path');
let wells = [];
let rows = [];

schema.pre('save', async function (next) {
  this.password = await bcrypt.hash(this.password, 8);
  next();
});

const getWells = {
  query: Joi.object().keys({
    role: Joi.string(),
  }),
};
const wellSchema = mongoose.Schema({
  expires: {
    required: true,
  },
});

async function salt(password, debug) {
  const made = await bcrypt.genSalt();
  wells.push(made);
  rows = rows.concat(made);
  if (debug) {
    trace(made);
  }
  return bcrypt.hash(password, made);
}
"""
LOOM = """LIFETIME = 60 * 24 * 7


def weave(loom, debug):
    print("weaving", loom)
    cloth = loom.run()
    return cloth
"""
SHED = """export function Lock({ create }) {
  return (
    <form onSubmit={create.mutate}>
      <Button type="submit">Lock</Button>
    </form>
  );
}
"""


def _well(fix: str, evidence: str, edits: dict[str, str]) -> Case:
    return Case(fix, fix, WELLS, edits, evidence=evidence, path="src/wells.js")


@pytest.mark.parametrize(
    "case",
    [
        _well("Increase the bcrypt cost factor from 8 to 12.", "bcrypt.hash(this.password, 8)",
              {"(this.password, 8)": "(this.password, 12)"}),
        _well("Restrict `role` in `getWells` to `Joi.string().valid('user', 'admin')`.",
              "role: Joi.string(),", {"Joi.string()": "Joi.string().valid('user', 'admin')"}),
        _well("Add a TTL index: `index: { expireAfterSeconds: 0 }` to the `expires` field.",
              "expires: {\n    required: true,\n  }",
              {"required: true,\n": "required: true,\n    index: { expireAfterSeconds: 0 },\n"}),
        _well("Declare `wells` with `const`, it is never reassigned.", "let wells = [];",
              {"let wells": "const wells"}),
        _well("Pass 12 rounds to `bcrypt.genSalt` in `salt`.",
              "const made = await bcrypt.genSalt();", {"genSalt()": "genSalt(12)"}),
        _well("Use the `node:path` specifier like the other modules.",
              "const path = require('path');", {"'path'": "'node:path'"}),
        _well("Wrap the call in `if (debug)`.", "wells.push(made);",
              {"  wells.push(made);": "  if (debug) {\n    wells.push(made);\n  }"}),
        Case("an attribute", "Disable the button while it is sent: `disabled={create.isPending}`.",
             SHED, {'type="submit"': 'type="submit" disabled={create.isPending}'},
             evidence='<Button type="submit">Lock</Button>', path="src/Lock.jsx"),
        Case("a value that begins as the old one does", "Reduce LIFETIME to 60.", LOOM,
             {"60 * 24 * 7": "60"}, evidence="LIFETIME = 60 * 24 * 7", path="loom.py"),
        Case("only when", "Only print when `debug` is true.", LOOM,
             {'    print("weaving", loom)': '    if debug:\n        print("weaving", loom)'},
             evidence='print("weaving", loom)', path="loom.py"),
    ],
    ids=lambda one: one.name,
)  # fmt: skip
def test_a_noun_only_names_what_the_code_says(case: Case) -> None:
    """The words tell an engineer what it is called; the code and the quote tell what changes."""
    check(case)


CRATE = """import { Injectable } from '@nestjs/common';

export function grade(crate) {
  switch (crate.kind) {
    case 'rye':
      return 1;
    case 'oat':
      return 2;
  }
}

export function find(id) {
  if (!crates.has(id)) {
    throw new Error(`crate ${id} not found`);
  }
  return crates.get(id);
}
"""
FORM = """export const Form = () => (
  <div>
    <label>Flour</label>
    <select id="flour" />
  </div>
);
"""


@pytest.mark.parametrize(
    "case",
    [
        Case("an opening tag that is written out",
             'Label must reference the control: <label htmlFor="flour">.', FORM,
             {"<label>": '<label htmlFor="flour">'}, evidence="<label>Flour</label>",
             path="src/Form.jsx"),
        Case("another exception, of a framework",
             "Throw Nest's NotFoundException instead of a plain Error, with the same message.",
             CRATE, {"{ Injectable }": "{ Injectable, NotFoundException }",
                     "new Error(": "new NotFoundException("},
             evidence="throw new Error(`crate ${id} not found`);", path="src/crates.js"),
        Case("a default that is shown in a block",
             "Add a default branch that fails loudly:\n\n```js\ndefault:\n"
             "  throw new Error(`unknown kind: ${crate.kind}`)\n```", CRATE,
             {"      return 2;\n": "      return 2;\n    default:\n"
                                   "      throw new Error(`unknown kind: ${crate.kind}`);\n"},
             evidence="case 'oat':\n      return 2;", path="src/crates.js"),
    ],
    ids=lambda one: one.name,
)  # fmt: skip
def test_what_is_written_out_in_part_is_taken_for_the_rest(case: Case) -> None:
    """A tag shows its attribute, a class its name, and a case what it does."""
    check(case)


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (_well("Increase the cost factor from 5 to 12.", "bcrypt.hash(this.password, 8)", {}),
         "does not stand in"),
        (_well("Declare `rows` as `const`, it is never reassigned.", "let rows = [];", {}),
         "it cannot be const"),
        (_well("Wrap the call in `if (debug)`.", "trace(made);", {}), "holds already"),
        (_well("Only make it if `debug` is true.", "const made = await bcrypt.genSalt();", {}),
         "no single edit"),
        (Case("a name that is read below", "Only run the loom when `debug` is true.", LOOM,
              evidence="cloth = loom.run()", path="loom.py"), "no single edit"),
    ],
)  # fmt: skip
def test_what_the_code_does_not_bear_out_is_left(case: Case, why: str) -> None:
    """Another number, a name that is written again, a test that holds already, a lost name."""
    answer = Case(case.name, case.fix, case.code, refuses=why, evidence=case.evidence,
                  path=case.path)  # fmt: skip
    check(answer)
