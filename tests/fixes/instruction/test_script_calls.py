"""Calls, guards, types and exports of scripts in the words of those who review them."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

DEPOT = """\
import { readFileSync } from 'fs';
import { sign } from 'jsonwebtoken';
import express from 'express';
import { Scale } from './scale';

const KEY = process.env.DEPOT_KEY || 'open';
const app = express();
app.use(express.json());

export class Depot {
  private readonly scale = new Scale();
  private timer: any;
  private watchers: Function[] = [];

  start() {
    this.timer = setInterval(this.tick, 1000);
  }

  async load(path: string, query: string) {
    const raw = readFileSync(path, 'utf8');
    const yard = await this.scale.yard(path);
    const gate = await this.scale.gate(query);
    const url = '/trucks?q=' + query;
    return [raw, yard, gate, url];
  }

  weigh(truck, limit: number) {
    const load = this.scale.find(truck);
    if (limit < 0) {
      return;
    }
    switch (load.kind) {
      case 'gravel':
        return 2;
      case 'sand':
        return 1;
    }
  }

  token(id: string) {
    return sign({ id }, KEY);
  }

  watch(watcher: Function) {
    this.watchers.push(watcher);
  }

  async all(): Promise<any[]> {
    return [];
  }

  stop() {
    this.watchers = [];
  }
}

app.get('/depot', (req, res) => {
  if (isNaN(req.query.n)) {
    res.status(400).send('bad');
  }
});
"""
FILES = {"src/scale.ts": "export class Scale {}\n"}


def _depot(name: str, fix: str, evidence: str, edits: dict[str, str], function: str = "") -> Case:
    return Case(name, fix, DEPOT, edits, function=function, evidence=evidence, path="src/depot.ts",
                files=FILES)  # fmt: skip


def _kept(name: str, fix: str, evidence: str) -> Case:
    return Case(name, fix, DEPOT, refuses=" ", evidence=evidence, path="src/depot.ts", files=FILES)


TOKEN = "return sign({ id }, KEY);"
BOTH = "const yard = await this.scale.yard(path);\n    const gate = await this.scale.gate(query);"
CASES = [
    _depot("options where the call has them", "Set an expiry on the token: `{ expiresIn: '1h' }`.",
           TOKEN, {"sign({ id }, KEY)": "sign({ id }, KEY, { expiresIn: '1h' })"}),
    _depot("the same call with more", "Limit the body size with `express.json({ limit: '1mb' })`.",
           "app.use(express.json());", {"express.json()": "express.json({ limit: '1mb' })"}),
    _depot("without a fallback", "Remove the hard-coded fallback `'open'`.",
           "const KEY = process.env.DEPOT_KEY || 'open';", {" || 'open'": ""}),
    _depot("together", "Fetch both in parallel using `Promise.all`.", BOTH,
           {BOTH: "const [yard, gate] = await Promise.all([this.scale.yard(path), "
                  "this.scale.gate(query)]);"}),
    _depot("awaited, and not blocking",
           "Import readFile from node:fs/promises and await it in place of readFileSync.",
           "const raw = readFileSync(path, 'utf8');",
           {"import { readFileSync } from 'fs'": "import { readFile } from 'node:fs/promises'",
            "readFileSync(path": "await readFile(path"}),
    _depot("through another call", "Encode `query` with `encodeURIComponent`.",
           "const url = '/trucks?q=' + query;", {"'/trucks?q=' + query": "'/trucks?q=' + "
                                                 "encodeURIComponent(query)"}),
    _depot("a template literal", "Use a template literal: `/trucks?q=${query}`.",
           "const url = '/trucks?q=' + query;", {"'/trucks?q=' + query": "`/trucks?q=${query}`"}),
    _depot("a guard that throws", "If `load` is undefined, throw `new Error('no load')`.",
           "const load = this.scale.find(truck);",
           {"find(truck);\n": "find(truck);\n    if (!load) {\n      throw new Error('no load');\n"
                              "    }\n"}, "weigh"),
    _depot("thrown, and not returned", "Throw a `RangeError('low')` rather than returning.",
           "if (limit < 0) {\n      return;",
           {"      return;\n": "      throw new RangeError('low');\n"}, "weigh"),
    _depot("what no case is", "Add a `default` case that throws `new Error(load.kind)`.",
           "switch (load.kind) {", {"        return 1;\n": "        return 1;\n      default:\n"
                                    "        throw new Error(load.kind);\n"}, "weigh"),
    _depot("let go where it ends", "Call `clearInterval(this.timer)` in `stop()`.",
           "this.timer = setInterval(this.tick, 1000);",
           {"  stop() {\n": "  stop() {\n    clearInterval(this.timer);\n"}),
    _depot("bound", "Bind it with `this.tick.bind(this)`.",
           "this.timer = setInterval(this.tick, 1000);", {"(this.tick,": "(this.tick.bind(this),"}),
    _depot("a parameter's type", "Add a `string` type annotation to the `truck` parameter.",
           "weigh(truck, limit: number) {", {"weigh(truck,": "weigh(truck: string,"}, "weigh"),
    _depot("a type in the place of another", "Avoid the `Function` type; use `() => void`.",
           "watch(watcher: Function) {", {"watcher: Function": "watcher: () => void"}, "watch"),
    _depot("a part of a type", "Replace the `any[]` return type with `string[]`.",
           "async all(): Promise<any[]> {", {"Promise<any[]>": "Promise<string[]>"}, "all"),
    _depot("handed in", "Inject `Scale` through the constructor.",
           "private readonly scale = new Scale();",
           {"  private readonly scale = new Scale();\n": "  constructor(private readonly scale: "
                                                         "Scale) {}\n"}),
    _depot("at the top level",
           "Fail fast: `if (!process.env.DEPOT_KEY) throw new Error('DEPOT_KEY is missing');`",
           "const KEY = process.env.DEPOT_KEY || 'open';",
           {"const KEY": "if (!process.env.DEPOT_KEY) throw new Error('DEPOT_KEY is missing');\n"
                         "const KEY"}),
    _depot("another function for the same", "Prefer `Number.isNaN(req.query.n)` over the global "
           "`isNaN`.", "if (isNaN(req.query.n)) {", {"(isNaN(": "(Number.isNaN("}),
    _depot("another answer", "Use `res.status(400).json({ error: 'n' })` rather than plain text.",
           "res.status(400).send('bad');",
           {"res.status(400).send('bad')": "res.status(400).json({ error: 'n' })"}),
    _depot("exported", "Export `app` so that it can be tested.", "const app = express();",
           {"const app =": "export const app ="}),
    _kept("options of a call that is not known", "Pass `{ retries: 3 }` as options to `find`.",
          "const load = this.scale.find(truck);"),
    _kept("calls that read each other", "Fetch both in parallel using `Promise.all`.",
          "const raw = readFileSync(path, 'utf8');\n    const yard = await this.scale.yard(path);"),
    _kept("a directive is no value", "Add `'use strict';` at the top of the file.",
          "import { readFileSync } from 'fs';"),
    _kept("an object for its call", "Set the limits of the yard: `{ max: 3 }`.",
          "const yard = await this.scale.yard(path);"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_call_a_guard_or_a_type_is_as_reviewers_tell_it(case: Case) -> None:
    """The one place that is quoted changes, or nothing does."""
    check(case)
