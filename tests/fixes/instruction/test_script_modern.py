"""Fix texts for scripts that ask for a newer way to write the same, or for one exit or value."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

BAKERY = """\
import { oven } from './oven';

export function dough(flours, allergens) {
  var grams = 0;
  var salt = 12;
  for (var i = 0; i < flours.length; i++) {
    const flour = flours[i];
    grams += flour.grams;
  }
  const safe = flours.filter((flour) => !allergens.includes(flour.kind));
  return Object.assign({}, { grams, salt }, { safe });
}

export function bake(loafId) {
  return oven
    .heat(220)
    .then((temperature) => oven.bake(loafId, temperature))
    .then((loaf) => {
      oven.log(loaf);
      return loaf.weight;
    });
}

export function hoisted(list) {
  if (list.length) {
    var first = list[0];
  }
  return first;
}
"""
GYM = """\
import { Injectable } from '@nestjs/common';
import { IsInt } from 'class-validator';

export enum Plan {
  Day = 'day',
  Year = 'year',
}

export class PassDto {
  @IsInt()
  visits!: number;

  note?: string;
}

@Injectable()
export class Lockers {
  private last = '';
  private readonly taken = new Set<string>();

  constructor(private doors: Doors) {}

  assign(plan: Plan, body: any) {
    if (this.taken.size > 90) {
      throw new Error('no locker for ' + plan);
    }
    switch (plan) {
      case Plan.Day:
        this.doors.open(body.id);
      case Plan.Year:
        this.doors.keep(body.id);
        break;
      default:
        return body;
    }
    this.last = body.id;
  }

  free(ids: string[]) {
    this.doors.shut(ids);
  }

  async shutAll(ids: string[]) {
    for (const id of ids) {
      await this.doors.shut(id);
    }
    const limit = Number(ids.length);
    return limit;
  }
}
"""
POST = """\
const { pool } = require('./pool');
const express = require('express');
const router = express.Router();

router.get('/parcels/:id', async (req, res) => {
  const parcel = await pool.query('SELECT * FROM parcels WHERE id = $1', [req.params.id]);
  const stamps = await pool.query('SELECT * FROM stamps WHERE parcel = $1', [req.params.id]);
  if (!parcel) {
    res.status(404).json({ error: 'gone' });
  }
  res.json({ parcel, stamps });
});

router.post('/parcels', async (req, res) => {
  for (const item of req.body.items) {
    await pool.query('INSERT INTO items VALUES ($1)', [item.id]);
  }
  const stamped = new Date().toISOString('sv');
  res.status(200).json({ stamped, size: env('SIZE', 40), mode: process.env.MODE ?? 'slow' });
});

function routeOf(zone) {
  const parts = zone.split('-');
  const first = parts[0];
  if (zone === undefined) {
    return null;
  }
  notify(`<b>${zone.title}</b>`);
  return first;
}

function escapeHtml(text) {
  return text.replace(/</g, '&lt;');
}

function lookUp(zones, code) {
  for (const zone of zones) {
    if (zone.code === code) return zone;
  }
}
"""
MUSEUM = """\
import React, { useEffect, useState } from 'react';

export function Hall({ hall, rooms, onPick }) {
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const timer = setInterval(() => hall.refresh(), 9000);
    window.addEventListener('scroll', onScroll);
  }, []);

  const wide = rooms.filter((room) => room.width > hall.width);
  const choose = (room) => onPick(room.id);

  return (
    <section>
      <p tabindex="0">Tap a room</p>
      {wide.length && <h2>{wide.length} rooms</h2>}
      {rooms.map((room, index) => (
        <Room key={index} room={room} onChoose={choose} />
      ))}
      <div onClick={() => setOpen(!open)}>More</div>
    </section>
  );
}

export default Hall;
"""


def _bakery(name: str, fix: str, evidence: str, edits: dict[str, str], of: str) -> Case:
    return Case(name, fix, BAKERY, edits, function=of, evidence=evidence, path="src/bakery.js")


def _gym(name: str, fix: str, evidence: str, edits: dict[str, str], of: str = "") -> Case:
    return Case(name, fix, GYM, edits, function=of, evidence=evidence, path="src/gym.service.ts")


def _post(name: str, fix: str, evidence: str, edits: dict[str, str], of: str = "") -> Case:
    return Case(name, fix, POST, edits, function=of, evidence=evidence, path="lib/post.js")


def _museum(name: str, fix: str, evidence: str, edits: dict[str, str]) -> Case:
    return Case(name, fix, MUSEUM, edits, function="Hall", evidence=evidence,
                path="src/Hall.jsx")  # fmt: skip


def _refuse(name: str, fix: str, code: str, evidence: str, of: str, path: str) -> Case:
    return Case(name, fix, code, refuses=" ", function=of, evidence=evidence, path=path)


VARS = "var grams = 0;\n  var salt = 12;"
KEPT = {"var grams": "let grams", "var salt": "const salt", "(var i": "(let i"}
COUNTED = "for (var i = 0; i < flours.length; i++) {\n    const flour = flours[i];"
SAFE = "  const safe = flours.filter((flour) => !allergens.includes(flour.kind));"
CHAIN = """\
  return oven
    .heat(220)
    .then((temperature) => oven.bake(loafId, temperature))
    .then((loaf) => {
      oven.log(loaf);
      return loaf.weight;
    });"""
AWAITED = """\
  const temperature = await oven.heat(220);
  const loaf = await oven.bake(loafId, temperature);
  oven.log(loaf);
  return loaf.weight;"""
FLAT = {"export function bake": "export async function bake", CHAIN: AWAITED}
SHUT = "for (const id of ids) {\n      await this.doors.shut(id);\n    }"
FOUND = "res.status(404).json({ error: 'gone' });"
DAY = "case Plan.Day:\n        this.doors.open(body.id);"
EFFECT = "const timer = setInterval(() => hall.refresh(), 9000);"
_ASKED = {"src/tour.jsx": "import Hall from './Hall';\nexport const tour = () => <Hall />;\n"}
CASES = [
    _bakery("var by its use", "Use const/let instead of var.", VARS, KEPT, "dough"),
    _bakery("var by its use, in words", "Replace var with const where the variable is never "
            "reassigned and let otherwise.", VARS, KEPT, "dough"),
    _bakery("one var", "`grams` should be block scoped: declare it with let.", "var grams = 0;",
            {"var grams": "let grams"}, "dough"),
    _bakery("a spread", "Prefer object spread over Object.assign.",
            "return Object.assign({}, { grams, salt }, { safe });",
            {"Object.assign({}, { grams, salt }, { safe })": "{ grams, salt, safe }"}, "dough"),
    _bakery("an index loop", "Use a for…of loop instead of the index loop.", COUNTED,
            {COUNTED: "for (const flour of flours) {"}, "dough"),
    _bakery("a loop's head", "Iterate with `for (const flour of flours)`.", COUNTED,
            {COUNTED: "for (const flour of flours) {"}, "dough"),
    _bakery("a set, written out", "Build `const bad = new Set(allergens)` once and use "
            "`bad.has(flour.kind)` in the filter.", SAFE.strip(),
            {SAFE: "  const bad = new Set(allergens);\n"
             "  const safe = flours.filter((flour) => !bad.has(flour.kind));"}, "dough"),
    _bakery("a chain", "Rewrite the promise chain with async/await.", CHAIN, FLAT, "bake"),
    _bakery("a chain of a named function", "Convert bake to async/await", ".heat(220)", FLAT,
            "bake"),
    _gym("an exception", "Throw `ConflictException` instead of a plain Error, with the same "
         "message.", "throw new Error('no locker for ' + plan);",
         {"{ Injectable }": "{ Injectable, ConflictException }",
          "new Error(": "new ConflictException("}, "assign"),
    _gym("an enum's member", "Add `Week = 'week'` to the `Plan` enum.", "Year = 'year',",
         {"  Year = 'year',\n": "  Year = 'year',\n  Week = 'week',\n"}),
    _gym("a break", "Add the missing `break` after the Day case.", DAY,
         {"this.doors.open(body.id);\n": "this.doors.open(body.id);\n        break;\n"}, "assign"),
    _gym("a decorator", "Visits start at 1: add `@Min(1)`.", "visits!: number;",
         {"{ IsInt }": "{ IsInt, Min }", "  visits!": "  @Min(1)\n  visits!"}),
    _gym("two decorators", "Decorate it with `@IsOptional()` and `@IsString()`.",
         "note?: string;", {"{ IsInt }": "{ IsInt, IsOptional, IsString }",
                            "  note?": "  @IsOptional()\n  @IsString()\n  note?"}),
    _gym("a type", "`body` should be `PassDto` rather than `any`.",
         "assign(plan: Plan, body: any) {", {"body: any": "body: PassDto"}, "assign"),
    _gym("readonly", "Mark the injected service `readonly`.",
         "constructor(private doors: Doors) {}", {"private doors": "private readonly doors"}),
    _gym("an exit of a branch", "In the default branch throw `new Error('plan')` instead of "
         "returning the body unchanged.", "default:\n        return body;",
         {"return body;": "throw new Error('plan');"}, "assign"),
    _gym("a field nobody reads", "`last` is never read. Remove the field and the assignment.",
         "private last = '';", {"  private last = '';\n": "", "    this.last = body.id;\n": ""}),
    _gym("a call for all", "Shut them in one call: `await this.doors.shutMany(ids)`.", SHUT,
         {SHUT: "await this.doors.shutMany(ids);"}, "shutAll"),
    _gym("await in async", "`shut` returns a promise - await it and make `free` async.",
         "this.doors.shut(ids);", {"  free(": "  async free(",
                                   "    this.doors.shut(ids)": "    await this.doors.shut(ids)"},
         "free"),
    _gym("code around a value", "Cap it: `Math.min(Number(ids.length), 50)`",
         "const limit = Number(ids.length);",
         {"const limit = Number(ids.length)": "const limit = Math.min(Number(ids.length), 50)"},
         "shutAll"),
    _post("a return", "Execution continues after the 404; return here.", FOUND,
          {f"    {FOUND}": f"    return {FOUND}"}),
    _post("a status", "Respond with 201 Created.", "res.status(200).json({",
          {"status(200)": "status(201)"}),
    _post("a query", "Ask for what is shown: `SELECT id, town FROM parcels WHERE id = $1`.",
          "const parcel = await pool.query('SELECT * FROM parcels WHERE id = $1', "
          "[req.params.id]);", {"SELECT * FROM parcels": "SELECT id, town FROM parcels"}),
    _post("no argument", "`toISOString` takes no argument, drop it.",
          "const stamped = new Date().toISOString('sv');", {"('sv')": "()"}),
    _post("a turn skipped", "Skip empty items with `if (!item.id) continue;`.",
          "for (const item of req.body.items) {",
          {"of req.body.items) {\n": "of req.body.items) {\n    if (!item.id) continue;\n"}),
    _post("two awaits at once, one quoted", "Run both queries concurrently with Promise.all.",
          "const parcel = await pool.query('SELECT * FROM parcels WHERE id = $1', "
          "[req.params.id]);",
          {"const parcel = await pool.query('SELECT * FROM parcels WHERE id = $1', "
           "[req.params.id]);\n  const stamps = await pool.query('SELECT * FROM stamps WHERE "
           "parcel = $1', [req.params.id]);":
           "const [parcel, stamps] = await Promise.all([\n    pool.query('SELECT * FROM parcels "
           "WHERE id = $1', [req.params.id]),\n    pool.query('SELECT * FROM stamps WHERE parcel "
           "= $1', [req.params.id]),\n  ]);"}),
    _post("a pattern", "Destructure: `const [first] = zone.split('-');`",
          "const parts = zone.split('-');\n  const first = parts[0];",
          {"  const parts = zone.split('-');\n  const first = parts[0];":
           "  const [first] = zone.split('-');"}, "routeOf"),
    _post("through a helper", "title should go through the existing `escapeHtml` before it is "
          "interpolated", "notify(`<b>${zone.title}</b>`);",
          {"${zone.title}": "${escapeHtml(zone.title)}"}, "routeOf"),
    _post("a wider test", "Check for null as well: `zone == null`.", "if (zone === undefined) {",
          {"zone === undefined": "zone == null"}, "routeOf"),
    _post("two defaults", "Change the SIZE default from 40 to 80 and the MODE default from 'slow' "
          "to 'fast'.", "mode: process.env.MODE ?? 'slow'",
          {"env('SIZE', 40)": "env('SIZE', 80)", "?? 'slow'": "?? 'fast'"}),
    _post("an end", "End lookUp with an explicit `return undefined;`",
          "for (const zone of zones) {",
          {"=== code) return zone;\n  }\n": "=== code) return zone;\n  }\n"
           "  return undefined;\n"}, "lookUp"),
    _museum("all that is started", "Clear the interval and remove the listener on unmount.",
            EFFECT, {"onScroll);\n  }": "onScroll);\n    return () => {\n      "
                     "clearInterval(timer);\n      window.removeEventListener('scroll', onScroll);"
                     "\n    };\n  }"}),
    _museum("a value remembered", "Wrap the filter in `useMemo` with `[rooms, hall.width]` as "
            "dependencies.", "const wide = rooms.filter((room) => room.width > hall.width);",
            {"useEffect, useState }": "useEffect, useState, useMemo }",
             "rooms.filter((room) => room.width > hall.width)":
             "useMemo(() => rooms.filter((room) => room.width > hall.width), "
             "[rooms, hall.width])"}),
    _museum("a callback remembered", "Stabilise `choose` with useCallback, depending on onPick.",
            "const choose = (room) => onPick(room.id);",
            {"useEffect, useState }": "useEffect, useState, useCallback }",
             "(room) => onPick(room.id)": "useCallback((room) => onPick(room.id), [onPick])"}),
    _museum("a key without its index", "Use `key={room.id}` and drop the `index` parameter.",
            "{rooms.map((room, index) => (\n        <Room key={index} room={room} onChoose={choose}"
            " />", {"(room, index)": "(room)", "key={index}": "key={room.id}"}),
    _museum("a count", "It renders 0: compare with `> 0`.",
            "{wide.length && <h2>{wide.length} rooms</h2>}",
            {"{wide.length &&": "{wide.length > 0 &&"}),
    _museum("an attribute's name", "Use `tabIndex` instead of `tabindex`.",
            '<p tabindex="0">Tap a room</p>', {"<p tabindex=": "<p tabIndex="}),
    _museum("another tag", 'This should be a `<button type="button">`, not a div.',
            "<div onClick={() => setOpen(!open)}>More</div>",
            {"<div onClick": '<button type="button" onClick', "More</div>": "More</button>"}),
    _museum("no default", "Drop the default export, everything imports the named one.",
            "export default Hall;", {"\nexport default Hall;\n": ""}),
    _refuse("a var that is hoisted", "Use let or const instead of var.", BAKERY,
            "var first = list[0];", "hoisted", "src/bakery.js"),
    _refuse("a list that stays", "Do not build a Set from `allergens` here.", BAKERY,
            SAFE.strip(), "dough", "src/bakery.js"),
    _refuse("an object that is changed", "Prefer object spread over Object.assign.",
            "export const tint = (lamp, hue) => {\n  const lit = Object.assign(lamp, { hue });\n"
            "  return lit;\n};\n", "const lit = Object.assign(lamp, { hue });", "tint", "a.js"),
    _refuse("an index that is needed", "Use a for…of loop instead of the index loop.",
            "export function rank(teams) {\n  for (let i = 0; i < teams.length; i++) {\n"
            "    teams[i].rank = i;\n  }\n}\n", "for (let i = 0; i < teams.length; i++) {", "rank",
            "a.js"),
    _refuse("a loop that does more", "One call will do: `await store.addAll(rows)`.",
            "export async function load(rows, store) {\n  for (const row of rows) {\n"
            "    row.at = 1;\n    await store.add(row);\n  }\n}\n", "for (const row of rows) {",
            "load", "a.js"),
    _refuse("half of a clean-up", "Return `() => clearInterval(timer)` from the effect; the "
            "listener must go, too.", MUSEUM, EFFECT, "Hall", "src/Hall.jsx"),
    Case("a default that is asked for", "Drop the default export.", MUSEUM, refuses=" ",
         evidence="export default Hall;", path="src/Hall.jsx", files=_ASKED),
    _refuse("an answer that is used", "Await `this.doors.shut(ids)` and make `free` async.",
            GYM.replace("    this.doors.shut(ids);", "    return this.doors.shut(ids).ok;"),
            "return this.doors.shut(ids).ok;", "free", "src/gym.service.ts"),
    _refuse("a query with one more value", "Ask `SELECT id FROM parcels WHERE id = $1 AND town = "
            "$2`.", POST, "const parcel = await pool.query('SELECT * FROM parcels WHERE id = $1', "
            "[req.params.id]);", "", "lib/post.js"),
    _refuse("as many as are not there", "Run the three queries concurrently with Promise.all.",
            POST, "const parcel = await pool.query('SELECT * FROM parcels WHERE id = $1', "
            "[req.params.id]);", "", "lib/post.js"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_script_is_written_as_its_text_says(case: Case) -> None:
    """Each text makes its one edit, and what is not sure makes none."""
    check(case)
