"""A call that is given with a piece of the code quoted: around that piece, or over all of it."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

DECODE = """package bakery

import (
	"encoding/json"
	"net/http"
)

func orders(res *http.Response, out *[]string) error {
	return json.NewDecoder(res.Body).Decode(out)
}
"""
GROUP = """package bakery

func (g *Group) view() Group {
	return Group{Labels: g.Labels, Loaves: nil}
}
"""
STREAM = """import { createReadStream } from 'node:fs';
import { cap } from './cap';

export function load(path: string, out: Out) {
  parse(createReadStream(path.trim()), out).on('end', () => out.done());
}
"""
LINES = """import io

from farm.caps import cap


def load(path, out):
    parse(io.open(path.strip()), out)


def price(order, places):
    return show(order.total, places)
"""
LOADED = """import fs from 'node:fs';
import { readJson } from './json';

export function load(file: Entry): Data {
  return JSON.parse(fs.readFileSync(file.path, 'utf8'));
}
"""
WHOLE = {
    "JSON.parse(fs.readFileSync(file.path, 'utf8'))": "readJson(file.path)",
    "import fs from 'node:fs';\n": "",
}
ROWS = """import json

from farm.rows import read_rows


def load(entry):
    return json.loads(open(entry.path).read())
"""
READ = {"json.loads(open(entry.path).read())": "read_rows(entry.path)", "import json\n\n": ""}
KEYED = """import { keyOf } from './json';

export function key(user: User, salt: string): string {
  return hash(user.name.trim(), salt);
}
"""
JSON_TS = {
    "src/json.ts": "export const readJson = (a: any) => a;\nexport const keyOf = readJson;\n"
}
ROWS_PY = {"farm/rows.py": "def read_rows(a):\n    return a\n"}
CAP_TS = {"src/cap.ts": "export const cap = (a: any, n: number) => a;\n"}
CAP_PY = {"farm/caps.py": "def cap(a, n):\n    return a\n"}
QUOTED_GO = "return json.NewDecoder(res.Body).Decode(out)"
QUOTED_TS = "parse(createReadStream(path.trim()), out)"
QUOTED_PY = "parse(io.open(path.strip()), out)"
LIMITED = {
    "json.NewDecoder(res.Body)": "json.NewDecoder(io.LimitReader(res.Body, 1<<20))",
    '\t"net/http"\n': '\t"io"\n\t"net/http"\n',
}
CASES = [
    Case("limit it with a reader", "Limit the body with io.LimitReader(res.Body, 1<<20)", DECODE,
         LIMITED, evidence=QUOTED_GO, path="bakery/orders.go"),
    Case("decode from a reader", "Decode from io.LimitReader(res.Body, 1<<20)", DECODE,
         LIMITED, evidence=QUOTED_GO, path="bakery/orders.go"),
    Case("wrap with more arguments", "Wrap res.Body in io.LimitReader(res.Body, 1<<20)", DECODE,
         LIMITED, evidence=QUOTED_GO, path="bakery/orders.go"),
    Case("the innermost one", "Limit it with cap(path.trim(), 100)", STREAM,
         {"createReadStream(path.trim())": "createReadStream(cap(path.trim(), 100))"},
         evidence=QUOTED_TS, files=CAP_TS),
    Case("a call in a call", "Read from cap(createReadStream(path.trim()), 1024)", STREAM,
         {"createReadStream(path.trim())": "cap(createReadStream(path.trim()), 1024)"},
         evidence=QUOTED_TS, files=CAP_TS),
    Case("python", "Read from cap(io.open(path.strip()), 1024)", LINES,
         {"io.open(path.strip())": "cap(io.open(path.strip()), 1024)"},
         evidence=QUOTED_PY, path="farm/load.py", files=CAP_PY),
    Case("a value of a literal", "Clone the labels with maps.Clone(g.Labels)", GROUP,
         {"Labels: g.Labels": "Labels: maps.Clone(g.Labels)",
          "package bakery\n": 'package bakery\n\nimport "maps"\n'},
         evidence="return Group{Labels: g.Labels, Loaves: nil}", path="bakery/group.go"),
    Case("either is meant", "Use cap(io.open(path.strip()), 1024)", LINES,
         evidence=QUOTED_PY, path="farm/load.py", files=CAP_PY, refuses="goes is not said"),
    Case("either of two calls", "Use cap(order.total, 2)", LINES, path="farm/load.py",
         evidence="return show(order.total, places)", files=CAP_PY, refuses="goes is not said"),
    *(Case(fix, fix, LOADED, WHOLE, path="src/load.ts", files=JSON_TS,
           evidence="return JSON.parse(fs.readFileSync(file.path, 'utf8'));")
      for fix in ("Use readJson(file.path)", "Read it with readJson(file.path)",
                  "Load the file with readJson(file.path)", "Return readJson(file.path)")),
    *(Case(fix, fix, ROWS, READ, evidence="return json.loads(open(entry.path).read())",
           path="farm/load.py", files=ROWS_PY)
      for fix in ("Use read_rows(entry.path)", "Read the file with read_rows(entry.path)")),
    Case("all that is returned", "Return keyOf(user.name.trim())", KEYED,
         {"hash(user.name.trim(), salt)": "keyOf(user.name.trim())"}, path="src/key.ts",
         evidence="return hash(user.name.trim(), salt);", files=JSON_TS),
    Case("what else is handed over", "Use keyOf(user.name.trim())", KEYED, path="src/key.ts",
         evidence="return hash(user.name.trim(), salt);", files=JSON_TS,
         refuses="goes is not said"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_call_goes_around_the_piece(case: Case) -> None:
    """By the words in front of it; over all of it where nothing else is handed over there."""
    check(case)
