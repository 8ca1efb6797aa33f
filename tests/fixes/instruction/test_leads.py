"""What the words before a colon say of the code behind it: where it goes, and what it is for."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_KILN = """import { log } from './log';

export class Kiln {
  private timer?: NodeJS.Timeout;

  heat(shelf: Shelf, reply: Reply) {
    this.timer = setInterval(() => this.step(), 500);
    return shelf.pots.slice(0, 4);
  }

  cool(shelf: Shelf, reply: Reply) {
    try {
      shelf.open();
    } catch (cause) {
    }
    shelf.cooledAt = Date.now();
    reply.send({ cooled: true });
  }

  stop() {
    clearInterval(this.timer);
  }
}
"""
_SILO = """import json


def weigh(silo):
    load = 0
    for bag in silo.bags:
        load += bag.weight
    if load is None:
        return 0
    return load


def label(silo):
    text = ""
    for bag in silo.bags:
        text += "%s;" % bag.name
    return text


def tally(silo, seen):
    load = 0
    for bag in silo.bags:
        load += bag.weight
        seen.add(bag)
    return load


def parsed(text):
    return int(text)
"""
_FERRY = """export function fares(cars: Car[]) {
  let sum = 0;
  for (const car of cars) {
    sum += car.fare;
  }
  return sum;
}

export const berth = (text: string) => parseInt(text);

export async function crossings(tide: Tide) {
  for (const [name, t] of tide.rows) {
    await fetch(name, { body: t });
  }
}
"""


def _kiln(name: str, fix: str, evidence: str, function: str, edits: dict[str, str]) -> Case:
    return Case(name, fix, _KILN, edits, evidence=evidence, function=function, path="src/kiln.ts")


CASES = [
    _kiln("before a step",
          "Sort the pots by height before slicing: shelf.pots.sort((a, b) => a.top - b.top)",
          "return shelf.pots.slice(0, 4);", "heat",
          {"    return shelf": "    shelf.pots.sort((a, b) => a.top - b.top);\n    return shelf"}),
    _kiln("what a handler logs", "Log the failure: log.warn({ cause }, 'shelf not opened')",
          "} catch (cause) {\n    }", "cool",
          {"(cause) {\n": "(cause) {\n      log.warn({ cause }, 'shelf not opened');\n"}),
    _kiln("a value that is stored", "Store an ISO string: new Date().toISOString()",
          "shelf.cooledAt = Date.now();", "cool", {"Date.now()": "new Date().toISOString()"}),
    _kiln("an answer that ends alike", "Answer with 204 and no body: reply.code(204).send()",
          "reply.send({ cooled: true });", "cool",
          {"reply.send({ cooled: true })": "reply.code(204).send()"}),
    _kiln("a call on what is set", "Call unref() on the timer",
          "this.timer = setInterval(() => this.step(), 500);", "heat",
          {"500);\n": "500);\n    this.timer.unref();\n"}),
    _kiln("a value that is set behind a step", "Set this.timer to undefined after clearing it",
          "clearInterval(this.timer);", "stop",
          {"(this.timer);\n": "(this.timer);\n    this.timer = undefined;\n"}),
    _kiln("a guard by *with*", "Guard with if (!this.timer) return; at the top of stop",
          "stop() {", "stop", {"stop() {\n": "stop() {\n    if (!this.timer) return;\n"}),
    _kiln("a bare return behind a call", "Return after reply.send",
          "reply.send({ cooled: true });", "cool", {"true });\n": "true });\n    return;\n"}),
    Case("a name that a loop binds", "Rename t to tideRow in the loop", _FERRY,
         {"[name, t]": "[name, tideRow]", "body: t }": "body: tideRow }"},
         evidence="for (const [name, t] of tide.rows) {", function="crossings"),
    Case("an argument by its name", "Give parseInt its radix (10)", _FERRY,
         {"parseInt(text)": "parseInt(text, 10)"}, evidence="parseInt(text)", function="berth"),
    Case("an argument by the name that its function gives it", "Pass the base 16 to int", _SILO,
         {"int(text)": "int(text, 16)"}, evidence="return int(text)", function="parsed",
         path="silo.py"),
    Case("an option by *with*", "Give up after two seconds with signal: AbortSignal.timeout(2000)",
         _FERRY, {"{ body: t }": "{ body: t, signal: AbortSignal.timeout(2000) }"},
         evidence="await fetch(name, { body: t });", function="crossings"),
    Case("one expression for a loop that gathers",
         "return cars.reduce((all, car) => all + car.fare, 0)", _FERRY,
         {"let sum = 0;\n  for (const car of cars) {\n    sum += car.fare;\n  }\n  return sum;":
          "return cars.reduce((all, car) => all + car.fare, 0);"},
         evidence="let sum = 0;\n  for (const car of cars) {", function="fares"),
    Case("what begins the value stays where more follows",
         "sum(bag.weight for bag in silo.bags)", _SILO,
         {"load = 0\n    for bag in silo.bags:\n        load += bag.weight\n    if":
          "load = sum(bag.weight for bag in silo.bags)\n    if"},
         evidence="load = 0\n    for bag in silo.bags:\n        load += bag.weight\n    if",
         function="weigh", path="silo.py"),
    Case("a return for the whole of it",
         'Join them instead: return "".join(f"{bag.name};" for bag in silo.bags)', _SILO,
         {'text = ""\n    for bag in silo.bags:\n        text += "%s;" % bag.name\n    return text':
          'return "".join(f"{bag.name};" for bag in silo.bags)'},
         evidence='text += "%s;" % bag.name', function="label", path="silo.py"),
    Case("a loop that does more stays", "return sum(bag.weight for bag in silo.bags)", _SILO,
         evidence="load += bag.weight\n        seen.add(bag)", function="tally", path="silo.py",
         refuses="goes is not said"),
    Case("a key is no label", "size: pots.length", _KILN,
         evidence="return shelf.pots.slice(0, 4);", function="heat",
         refuses="no single edit"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_words_before_a_colon_say_what_the_code_is_for(case: Case) -> None:
    """Code is put where its words say, or for what they speak of; else it is left alone."""
    check(case)
