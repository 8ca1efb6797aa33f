"""What is said in few words: a schema's bound, a mark, a loop as one call, a whole signature."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_DAIRY = """import { z } from 'zod';

export const cheeseSchema = z.object({
  label: z.string(),
  wheels: z.number(),
});

export interface Cheese {
  ripeOn: Date;
  rind?: string;
}

export class Cellar {
  async clear(ids: string[]) {
    for (const id of ids) {
      await this.racks.drop(id);
    }
  }

  weigh(wheels: Wheel[]) {
    var heap = 0;
    wheels.forEach((wheel) => { heap = heap + 1; });
    return heap;
  }

  isRipe(cheese: Cheese) {
    return cheese.ripeOn < new Date() ? true : false;
  }

  stamp(reply: Reply) {
    const mark = Math.random().toString(36);
    reply.cookie('mark', mark);
    reply.send({ mark: mark, salt: reply.salt });
    return [1, 2].map((one) => one + 1).reduce((a, b) => a + b);
  }
}
"""
_TOLL = """def toll(axles, weight):
    return axles * weight


def road(name):
    return name, 1
"""


def _dairy(name: str, fix: str, evidence: str, function: str, edits: dict[str, str],
           refuses: str = "") -> Case:  # fmt: skip
    return Case(name, fix, _DAIRY, edits, evidence=evidence, function=function,
                path="src/dairy.ts", refuses=refuses)  # fmt: skip


_LOOP = "for (const id of ids) {\n      await this.racks.drop(id);\n    }"
_COUNT = ("var heap = 0;\n    wheels.forEach((wheel) => { heap = heap + 1; });\n"
          "    return heap;")  # fmt: skip
_DESK = """import React, { useEffect, useState } from 'react';
import jwt from 'jsonwebtoken';
import { layout } from './layout';

export function Desk({ onPick }) {
  const [lamps, setLamps] = useState([]);

  useEffect(() => {
    window.addEventListener('resize', layout);
  }, []);

  const watts = lamps.reduce((a, lamp) => a + lamp.watts, 0);

  return (
    <p onClick={onPick}>
      <a href="/help" target="_blank">{watts}</a>
    </p>
  );
}

export function isLit(lamp) {
  if (lamp.state === 'on') {
    return true;
  }
  return false;
}

export const signed = (desk) => jwt.sign(desk, 'oak');

export function fail(reply, cause) {
  reply.status(500).json({ error: cause.message, stack: cause.stack });
}
"""


def _desk(name: str, fix: str, evidence: str, function: str, edits: dict[str, str],
          refuses: str = "") -> Case:  # fmt: skip
    return Case(name, fix, _DESK, edits, evidence=evidence, function=function,
                path="web/Desk.jsx", refuses=refuses)  # fmt: skip


CASES = [
    _desk("a tag whose name is a variable elsewhere", 'Add rel="noopener" to the link',
          '<a href="/help" target="_blank">', "Desk", {'"_blank">': '"_blank" rel="noopener">'}),
    _desk("what an effect returns",
          "Remove the listener on unmount:"
          " return () => window.removeEventListener('resize', layout)",
          "window.addEventListener('resize', layout);", "Desk",
          {"('resize', layout);\n": "('resize', layout);\n"
           "    return () => window.removeEventListener('resize', layout);\n"}),
    _desk("a default import beside named ones", "Drop the unused React default import",
          "import React, { useEffect, useState } from 'react';", "",
          {"import React, {": "import {"}),
    _desk("a test that is returned", "return lamp.state === 'on'",
          "if (lamp.state === 'on') {\n    return true;\n  }\n  return false;", "isLit",
          {"if (lamp.state === 'on') {\n    return true;\n  }\n  return false;":
           "return lamp.state === 'on';"}),
    _desk("a secret of the environment", "Read the secret from process.env.DESK_SECRET",
          "jwt.sign(desk, 'oak')", "signed", {"'oak'": "process.env.DESK_SECRET"}),
    _desk("two things in the words before a colon",
          "Log cause and send a generic message: reply.status(500).json({ error: 'internal' })",
          "reply.status(500).json({ error: cause.message, stack: cause.stack });", "fail", {},
          refuses="more of it is to go"),
    _dairy("what must hold, as links", "label must not be empty: .min(1).max(80)",
           "label: z.string(),", "cheeseSchema",
           {"label: z.string()": "label: z.string().min(1).max(80)"}),
    _dairy("a link by *with*", "Forbid unknown keys with .strict()",
           "export const cheeseSchema = z.object({", "cheeseSchema", {"});\n\nexport interface":
                                                       "}).strict();\n\nexport interface"}),
    _dairy("make it so", "Make wheels z.number().int().positive()", "wheels: z.number(),",
           "cheeseSchema", {"wheels: z.number()": "wheels: z.number().int().positive()"}),
    _dairy("required", "rind should be required", "rind?: string;", "Cheese",
           {"rind?:": "rind:"}),
    _dairy("optional", "Make ripeOn optional", "ripeOn: Date;", "Cheese",
           {"ripeOn: Date": "ripeOn?: Date"}),
    _dairy("a member that may be missing", "Add turnedOn?: Date to Cheese",
           "export interface Cheese {", "Cheese", {"rind?: string;\n":
                                                   "rind?: string;\n  turnedOn?: Date;\n"}),
    _dairy("all at once", "Replace with await Promise.all(ids.map((id) => this.racks.drop(id)));",
           _LOOP, "clear", {_LOOP: "await Promise.all(ids.map((id) => this.racks.drop(id)));"}),
    _dairy("in parallel", "Drop them in parallel with"
           " Promise.all(ids.map((id) => this.racks.drop(id)))",
           _LOOP, "clear", {_LOOP: "await Promise.all(ids.map((id) => this.racks.drop(id)));"}),
    _dairy("the whole of a loop is not in the quote",
           "Replace `await this.racks.drop(id)` with"
           " `await Promise.all(ids.map((id) => this.racks.drop(id)))`",
           "await this.racks.drop(id);", "clear", {}, refuses="the whole of it is to go"),
    _dairy("a body", "Replace the body by return wheels.length;", _COUNT, "weigh",
           {_COUNT: "return wheels.length;"}),
    _dairy("another word to declare by", "let instead of var", "var heap = 0;", "weigh",
           {"var heap": "let heap"}),
    _dairy("a part in words is not the whole function",
           "The ? true : false is redundant, remove it",
           "return cheese.ripeOn < new Date() ? true : false;", "isRipe", {},
           refuses="no single edit"),
    _dairy("used for a name", "Use crypto.randomUUID() for the mark",
           "const mark = Math.random().toString(36);", "stamp",
           {"Math.random().toString(36)": "crypto.randomUUID()"}),
    _dairy("an argument by its place", "Pass { httpOnly: true, secure: true } as third argument",
           "reply.cookie('mark', mark);", "stamp",
           {"'mark', mark)": "'mark', mark, { httpOnly: true, secure: true })"}),
    _dairy("an argument by what it is", "Pass 0 as the initial value of reduce",
           "return [1, 2].map((one) => one + 1).reduce((a, b) => a + b);", "stamp",
           {"a + b)": "a + b, 0)"}),
    _dairy("a field that is not to be sent", "Remove salt from the response body",
           "reply.send({ mark: mark, salt: reply.salt });", "stamp",
           {"mark: mark, salt: reply.salt": "mark: mark"}),
    Case("a signature of its own", "Annotate toll as (axles: int, weight: float) -> float", _TOLL,
         {"def toll(axles, weight):": "def toll(axles: int, weight: float) -> float:"},
         evidence="def toll(axles, weight):", function="toll", path="toll.py"),
    Case("a signature with its def", "Add type hints: def road(name: str) -> tuple[str, int]:",
         _TOLL, {"def road(name):": "def road(name: str) -> tuple[str, int]:"},
         evidence="def road(name):", function="road", path="toll.py"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_few_words_are_enough(case: Case) -> None:
    """A short text is read as its reviewer means it; where a part of it is not code, not at all."""
    check(case)
