"""What is added goes over nothing, what is cut short is not written, and far is not near."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

KENNEL = """import { roster } from './roster.js';

export async function adopt(db: Db, name: string): Promise<void> {
  await db.run('UPDATE dogs SET home = 1 WHERE name = $1', [name]);
  log.info('adopted');
}
"""
FERRY = """import { fares } from './fares.js';

export async function sail(db: Db, id: string): Promise<void> {
  await db.run('DELETE FROM berths WHERE id = $1', [id]);
  fares.delete(id);
}
"""
LOOM = """export function longest(rows: string[]): number {
  let most = 0;
  for (let i = 0; i <= rows.length; i++) {
    most = Math.max(most, rows[i].length);
  }
  return most;
}
"""
SCALE = """import { open } from './scale.js';

export async function weigh(crate: string): Promise<number> {
  const { kilos } = await open(crate);
  return kilos;
}
"""
CELLAR = """export function shelf(bottles: Bottle[]): string {
  const x = bottles.map((bottle) => bottle.name);
  return x.join(', ');
}
"""
ATLAS = """class Atlas:
    def by_region(self, region):
        rows = self._db.execute(f"SELECT * FROM maps WHERE region = '{region}' ORDER BY year")
        return rows
"""
ORGAN = """package organ

import "reflect"

type Stops struct{}

// DrawFlute opens the flutes.
func (Stops) DrawFlute() {}

func Draw(name string) {
	reflect.ValueOf(Stops{}).MethodByName("Draw" + name).Call(nil)
}
"""
HARBOUR = """const QUAY = '*';

export function headers(res: Res): void {
  res.set('Access-Control-Allow-Origin', '*');
}
"""
CASES = [
    Case("a call after a statement goes over nothing",
         "Forget the dog with roster.delete(name) after the UPDATE", KENNEL,
         evidence="await db.run('UPDATE dogs SET home = 1 WHERE name = $1', [name]);",
         function="adopt", refuses="after the code or for it is not said"),
    Case("a call that stands there is not put over what it follows",
         "Forget the fare with fares.delete(id) after the DELETE", FERRY,
         evidence="await db.run('DELETE FROM berths WHERE id = $1', [id]);", function="sail",
         refuses="after the code or for it is not said"),
    Case("a statement of SQL is known by its verb",
         "Add `roster.delete(name)` after the UPDATE", KENNEL,
         {"[name]);\n": "[name]);\n  roster.delete(name);\n"}, function="adopt",
         evidence="await db.run('UPDATE dogs SET home = 1 WHERE name = $1', [name]);"),
    Case("where a loop is to stop", "The loop must stop at i < rows.length", LOOM,
         {"i <= rows.length": "i < rows.length"}, function="longest",
         evidence="for (let i = 0; i <= rows.length; i++) {"),
    Case("how long a loop is to go on", "Iterate only while i < rows.length.", LOOM,
         {"i <= rows.length": "i < rows.length"}, function="longest",
         evidence="for (let i = 0; i <= rows.length; i++) {"),
    Case("a condition of other names is another one", "The loop must stop at j < cols.length",
         LOOM, function="longest", evidence="for (let i = 0; i <= rows.length; i++) {",
         refuses="j is not declared"),
    Case("a guard stands behind the names of a pattern",
         "throw new RangeError('too heavy') if kilos > 900", SCALE,
         {"open(crate);\n": "open(crate);\n  if (kilos > 900) {\n"
          "    throw new RangeError('too heavy');\n  }\n"}, function="weigh",
         evidence="const { kilos } = await open(crate);"),
    Case("the local variable that is quoted", "Rename the local variable to `names`.", CELLAR,
         {"const x =": "const names =", "return x.": "return names."}, function="shelf",
         evidence="const x = bottles.map((bottle) => bottle.name);"),
    Case("a name of one function is not the one of a whole project",
         "Rename x to bottleNames throughout the code base.", CELLAR, function="shelf",
         evidence="const x = bottles.map((bottle) => bottle.name);",
         refuses="reaches more than the uses in the code"),
    Case("a text that is cut short", 'Use a bound value: "… WHERE region = ? ORDER BY year"',
         ATLAS, path="maps/atlas.py", function="Atlas.by_region",
         evidence="rows = self._db.execute(f\"SELECT * FROM maps WHERE region = '{region}' ORDER "
         'BY year")', refuses="is not said"),
    Case("a method that reflection may call", "Remove the unused method DrawFlute", ORGAN,
         path="organ/stops.go", function="Stops.DrawFlute", evidence="func (Stops) DrawFlute() {}",
         refuses="DrawFlute"),
    Case("a name in the place of a whole literal is no text", "Replace '*' by QUAY.", HARBOUR,
         {"-Origin', '*')": "-Origin', QUAY)"}, function="headers",
         evidence="res.set('Access-Control-Allow-Origin', '*');"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.name)
def test_what_is_asked_beside_the_code_leaves_the_code(case: Case) -> None:
    """A sure patch that takes away what it was to follow is the worst of all."""
    check(case)
