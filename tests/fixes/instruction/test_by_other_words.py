"""The same steps by other words: who reads a constant, how a name is to be called."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

_MILL = """import { log } from './log';

export class Mill {
  private s: Sack[] = [];

  isFull(): boolean {
    return this.s.length > 480;
  }

  fillUp(sack: Sack): void {
    if (this.s.length > 480) return;
    this.s.push(sack);
  }

  clean(text: string): string {
    const dust = new RegExp('[\\\\s()./-]+', 'g');
    return text.replace(dust, '');
  }

  async grind(sack: Sack): Promise<void> {
    await this.stones.turn(sack.rye);
    this.ground += 1;
  }

  /** Yields flour. */
  sieve(): Flour[] {
    return this.flour;
  }

  mark(): string[] {
    return [Date.now().toString(36), `m-${Date.now().toString(36)}`];
  }
}
"""
_COACH = """export function isLate(now: number): boolean {
  return now > 480;
}

export function waitFor(now: number): number {
  return 480 - now;
}
"""
_HERD = """def twice(goats):
    known: list[str] = []
    from statistics import median
    for goat in goats:
        if goat not in known:
            known.append(goat)
    return median(map(len, known))
"""
_SLUICE = """package sluice

import "os"

func open(name string) error {
\tf, err := os.Open(name)
\tif err != nil {
\t\treturn err
\t}
\treturn read(f)
}
"""


def _mill(name: str, fix: str, evidence: str, function: str, edits: dict[str, str]) -> Case:
    return Case(name, fix, _MILL, edits, evidence=evidence, function=function, path="src/mill.ts")


_HEAD = "import { log } from './log';\n"
CASES = [
    Case("a method of a copy", "Turn a copy: replace `oars.reverse` with `[...oars].reverse`.",
         "export function last(oars: Oar[]): Oar {\n  return oars.reverse()[0];\n}\n",
         {"oars.reverse()": "[...oars].reverse()"}, evidence="return oars.reverse()[0];",
         function="last", path="src/oars.ts"),
    Case("a constant that two read",
         "Name the number: a module-level const MOST = 480, read by isLate and by waitFor",
         _COACH, {"export function isLate": "const MOST = 480;\n\nexport function isLate",
                  "> 480": "> MOST", "480 -": "MOST -"},
         evidence="return now > 480;", function="isLate", path="src/coach.ts"),
    _mill("what a field is to be called", "Call the private field sacks instead of s",
          "private s: Sack[] = [];", "Mill",
          {"private s: Sack[] = [];": "private sacks: Sack[] = [];",
           "return this.s.length > 480;": "return this.sacks.length > 480;",
           "if (this.s.length > 480)": "if (this.sacks.length > 480)",
           "this.s.push": "this.sacks.push"}),
    _mill("a pattern by another spelling, and its name",
          "Move the pattern out of the method: const DUST = /[\\s()./-]+/g at module level",
          "const dust = new RegExp(", "clean",
          {_HEAD: f"{_HEAD}\nconst DUST = /[\\s()./-]+/g;\n",
           "    const dust = new RegExp('[\\\\s()./-]+', 'g');\n": "",
           "replace(dust": "replace(DUST"}),
    _mill("what a handler does, then",
          "Put the turn call in a try block; in its catch (err) do log.error({ err }, 'stuck'),"
          " then throw err again",
          "await this.stones.turn(sack.rye);", "grind",
          {"    await this.stones.turn(sack.rye);\n":
           "    try {\n      await this.stones.turn(sack.rye);\n    } catch (err) {\n"
           "      log.error({ err }, 'stuck');\n      throw err;\n    }\n"}),
    _mill("a doc comment written out",
          "Document sieve as deprecated: /** @deprecated Call bolt instead. */",
          "sieve(): Flour[] {", "sieve",
          {"  /** Yields flour. */": "  /**\n   * Yields flour.\n   *\n"
           "   * @deprecated Call bolt instead.\n   */"}),
    Case("a thing that is to be of a kind is not set to itself", "`known` should be a set.",
         _HERD, evidence="known: list[str] = []", function="twice", path="herd.py",
         refuses="no single edit"),
    Case("where an import belongs",
         "This import belongs at the top of the file; move it there.", _HERD,
         {"    from statistics import median\n": "", "def twice": "from statistics import median\n"
          "\ndef twice"},
         evidence="from statistics import median", function="twice", path="herd.py"),
    Case("once an error is checked", "`defer f.Close()` once the error has been checked", _SLUICE,
         {"\t\treturn err\n\t}\n": "\t\treturn err\n\t}\n\tdefer f.Close()\n"},
         evidence="f, err := os.Open(name)", function="open", path="sluice.go"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_other_words_ask_for_the_same(case: Case) -> None:
    """Who reads, what is called, what becomes: each is read, or refused where it is not said."""
    check(case)
