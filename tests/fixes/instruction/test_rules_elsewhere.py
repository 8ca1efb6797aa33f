"""Rules that no other case comes to, each in a yard that none of them was written beside."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

ORCHARD = """\
import { press } from './press';

export class Orchard {
  ripe = 0;
  owner: string | undefined;

  constructor(private readonly trees: Tree[]) {}

  first(row: Row) {
    const name = row.tree.name;
    return name.trim();
  }

  async pick(tree: Tree) {
    if (this.onPick) {
      this.onPick(tree);
    }
    const weight = await tree.weight;
    press(weight, { kilos: true });
    return weight;
  }

  label(kind: string) {
    if (kind === 'apple') {
      const colour = this.colourOf(kind);
      return { kind };
    }
    return { kind: 'other' };
  }

  private colourOf(kind: string) {
    return kind.length > 4 ? 'red' : 'green';
  }
}
"""
FERRY = '''\
import re
from functools import lru_cache

from quay.tides import height


@lru_cache
def draught(ship):
    pattern = re.compile(r"^[A-Z]{3}$")
    if pattern.match(ship.code):
        return ship.draught
    return 0


def berth(ship):
    """Return the berth of a ship."""
    return f"{ship.line}-{ship.number}"


def shown(ship):
    return f"{berth(ship)} at {height(ship)}"
'''
NAMES = '''\
def berth_of(vessel):
    """Name the berth."""
    return f"{vessel.line}-{vessel.number}"
'''
OTHER = "def berth_of(vessel):\n    return vessel.berth\n"
MILL = """\
const LIMIT = 10;

function grind(sacks) {
  if (sacks.length == LIMIT) return stop();
  if (sacks.owner == miller.name) return skip();
  return sacks.map(one => one.weight);
}

export function weigh(sack) {
  return sack.kilos;
}
"""
HIVE = """\
def _smoke(hive):
    return hive.calm()


def _feed(hive):
    return hive.sugar()
"""
TAX = """\
def _levy_2019(sum_):
    return sum_ * 19


def _levy_2020(sum_):
    return sum_ * 16
"""
QUARRY = """\
export class NoBlast extends Error {}
export const TooWet = Object.freeze(new Error('wet'));

export function blast(hole: { deep: number }) {
  if (hole.deep < 3) {
    throw new Error('too shallow');
  }
  return hole.deep;
}
"""
BELT = """\
export function weigh(load: number, belt: string): number {
  return load;
}

export function shift(loads: number[]): number {
  return weigh(loads[0], 'north');
}
"""
CASES = [
    Case(
        "a member is read by ?.",
        "Use optional chaining on `row.tree`.",
        ORCHARD,
        {"row.tree.name": "row.tree?.name"},
        evidence="const name = row.tree.name;",
        path="src/orchard.ts",
    ),
    Case(
        "an if that only guards a call is the call by ?.",
        "`this.onPick?.(tree);`",
        ORCHARD,
        {"if (this.onPick) {\n      this.onPick(tree);\n    }": "this.onPick?.(tree);"},
        evidence="if (this.onPick) {\n      this.onPick(tree);\n    }",
        path="src/orchard.ts",
    ),
    Case(
        "an await of what is no promise goes",
        "Remove the `await` from `tree.weight`.",
        ORCHARD,
        {"await tree.weight": "tree.weight"},
        evidence="const weight = await tree.weight;",
        path="src/orchard.ts",
    ),
    Case(
        "a member that only its class uses is private",
        "Make `first` private.",
        ORCHARD,
        {"  first(row": "  private first(row"},
        evidence="first(row: Row) {",
        path="src/orchard.ts",
    ),
    Case(
        "a member that another file uses is not",
        "Make `first` private.",
        ORCHARD,
        refuses="it cannot be private",
        evidence="first(row: Row) {",
        path="src/orchard.ts",
        files={
            "src/cider.ts": "import { Orchard } from './orchard';\n\n"
            "export const of = (o: Orchard, row: Row) => o.first(row);\n"
        },
    ),
    Case(
        "an object made in a branch gets the variable of that name",
        "Set `colour` in the object of the `kind` branch.",
        ORCHARD,
        {"return { kind };": "return { kind, colour };"},
        evidence="return { kind };",
        path="src/orchard.ts",
    ),
    Case(
        "a variable that is not there is not set",
        "Set `weight` in the object of the `kind` branch.",
        ORCHARD,
        refuses="no variable weight is in scope there",
        evidence="return { kind };",
        path="src/orchard.ts",
    ),
    Case(
        "pairs of an object join those that a call has",
        "Pass `{ tared: true }` to `press`.",
        ORCHARD,
        {"{ kilos: true }": "{ kilos: true, tared: true }"},
        evidence="press(weight, { kilos: true });",
        path="src/orchard.ts",
    ),
    Case(
        "a decorator goes from the function that is named",
        "Remove `@lru_cache` from `draught`.",
        FERRY,
        {"import re\nfrom functools import lru_cache\n": "import re\n", "@lru_cache\ndef": "def"},
        evidence="@lru_cache\ndef draught(ship):",
        path="quay/ship.py",
    ),
    Case(
        "a local pattern becomes the module's constant",
        "Hoist `pattern` to the module as `CODE`.",
        FERRY,
        {
            "from quay.tides import height\n": "from quay.tides import height\n\n"
            'CODE = re.compile(r"^[A-Z]{3}$")\n',
            '    pattern = re.compile(r"^[A-Z]{3}$")\n': "",
            "pattern.match": "CODE.match",
        },
        evidence='pattern = re.compile(r"^[A-Z]{3}$")',
        path="quay/ship.py",
    ),
    Case(
        "a copy goes where the original does the same",
        "Remove `berth` and use `berth_of` from `quay.names` instead.",
        FERRY,
        {
            "from quay.tides import height\n": "from quay.names import berth_of\n"
            "from quay.tides import height\n",
            'def berth(ship):\n    """Return the berth of a ship."""\n'
            '    return f"{ship.line}-{ship.number}"\n\n\n': "",
            "{berth(ship)}": "{berth_of(ship)}",
        },
        evidence="def berth(ship):",
        path="quay/ship.py",
        files={"quay/names.py": NAMES},
    ),
    Case(
        "a copy stays where the original does something else",
        "Remove `berth` and use `berth_of` from `quay.names` instead.",
        FERRY,
        refuses="does something else",
        evidence="def berth(ship):",
        path="quay/ship.py",
        files={"quay/names.py": OTHER},
    ),
    Case(
        "a comparison becomes the call of what it compares",
        "Use `Object.is(sacks.owner, miller.name)` instead of `==`.",
        MILL,
        {"sacks.owner == miller.name": "Object.is(sacks.owner, miller.name)"},
        evidence="if (sacks.owner == miller.name) return skip();",
        path="src/mill.js",
    ),
    Case(
        "a branch that its condition names goes",
        "Remove the branch `if (sacks.owner == miller.name)`.",
        MILL,
        {"  if (sacks.owner == miller.name) return skip();\n": ""},
        evidence="if (sacks.owner == miller.name) return skip();",
        path="src/mill.js",
    ),
    Case(
        "what a package hands on is still imported",
        "Remove the unused import `height`.",
        "from quay.tides import height\n",
        refuses="imports height from this package",
        evidence="from quay.tides import height",
        path="quay/__init__.py",
        files={"desk/board.py": "from quay import height\n\nprint(height)\n"},
    ),
    Case(
        "a function goes that no text of the tree names",
        "Remove `_smoke`; it is unused.",
        HIVE,
        {"def _smoke(hive):\n    return hive.calm()\n\n\n": ""},
        evidence="def _smoke(hive):",
        function="_smoke",
        path="apiary/jobs.py",
        files={"apiary/run.py": "from apiary import jobs\n\njobs._feed(None)\n"},
    ),
    Case(
        "a function stays that is asked for by a variable",
        "Remove `_smoke`; it is unused.",
        HIVE,
        refuses="_smoke is used at apiary/run.py:3",
        evidence="def _smoke(hive):",
        function="_smoke",
        path="apiary/jobs.py",
        files={
            "apiary/run.py": "from apiary import jobs\n\nSTEPS = ['_smoke']\n\n\n"
            "def run(hive):\n    for step in STEPS:\n        getattr(jobs, step)(hive)\n"
        },
    ),
    Case(
        "a function stays whose name is built before it is asked for",
        "Remove `_smoke`; it is unused.",
        HIVE,
        refuses="_smoke is used at apiary/run.py:5",
        evidence="def _smoke(hive):",
        function="_smoke",
        path="apiary/jobs.py",
        files={
            "apiary/run.py": "from apiary import jobs\n\n\ndef run(hive, step):\n"
            "    name = '_{}'.format(step)\n    getattr(jobs, name)(hive)\n"
        },
    ),
    Case(
        "a function stays whose name ends in what is looked up",
        "Remove `_smoke`; it is unused.",
        HIVE,
        refuses="_smoke is used at apiary/run.py:5",
        evidence="def _smoke(hive):",
        function="_smoke",
        path="apiary/jobs.py",
        files={
            "apiary/run.py": "from apiary import jobs\n\n\ndef run(hive, step):\n"
            "    key = f'{step}moke'\n    vars(jobs)[key](hive)\n"
        },
    ),
    Case(
        "a function goes beside a text that is only shown",
        "Remove `_smoke`; it is unused.",
        HIVE,
        {"def _smoke(hive):\n    return hive.calm()\n\n\n": ""},
        evidence="def _smoke(hive):",
        function="_smoke",
        path="apiary/jobs.py",
        files={"apiary/run.py": "def run(step):\n    print(f'_{step}')\n"},
    ),
    Case(
        "a function stays that is picked by its year",
        "Delete the unused function `_levy_2019`.",
        TAX,
        refuses="_levy_2019 is used at tax/pick.py:3",
        evidence="def _levy_2019(sum_):",
        function="_levy_2019",
        path="tax/levies.py",
        files={
            "tax/pick.py": "from operator import attrgetter\n\nNAMES = {2019: '_levy_2019'}\n\n\n"
            "def levy(year, home):\n    name = NAMES[year]\n    return attrgetter(name)(home)\n"
        },
    ),
    Case(
        "a class is not thrown by its name alone",
        "Replace `throw new Error('too shallow')` with `throw NoBlast`.",
        QUARRY,
        refuses="how an error is made of a class is not said",
        evidence="throw new Error('too shallow');",
        function="blast",
        path="src/blast.ts",
    ),
    Case(
        "nor is what looks like one called a class",
        "Replace `throw new Error('too shallow')` with `throw TooWet`.",
        QUARRY,
        refuses="TooWet is thrown as it is",
        evidence="throw new Error('too shallow');",
        function="blast",
        path="src/blast.ts",
    ),
    Case(
        "what is declared and is no function is said to be so",
        "Throw NoBlast instead of Error.",
        QUARRY,
        refuses="NoBlast is declared, and is no function",
        evidence="throw new Error('too shallow');",
        function="blast",
        path="src/blast.ts",
    ),
    Case(
        "a text is no load",
        "Use `weigh('heavy', 'north')`.",
        BELT,
        refuses="weigh takes `load: number`, and `'heavy'` is a string",
        evidence="return weigh(loads[0], 'north');",
        function="shift",
        path="src/mine.ts",
    ),
    Case(
        "a number is one",
        "Use `weigh(3, 'north')`.",
        BELT,
        {"weigh(loads[0], 'north')": "weigh(3, 'north')"},
        evidence="return weigh(loads[0], 'north');",
        function="shift",
        path="src/mine.ts",
    ),
    Case(
        "an option of the compiler goes among them, with other sections there",
        'Add `"noUncheckedIndexedAccess": true`.',
        '{\n  "compilerOptions": {\n    "target": "es2022"\n  },\n  "include": ["src"]\n}\n',
        {'"target": "es2022"\n': '"target": "es2022",\n    "noUncheckedIndexedAccess": true\n'},
        evidence='"target": "es2022"',
        path="packages/loom/tsconfig.build.json",
    ),
    Case(
        "an option for plain scripts does, too",
        'Set `"checkJs": true`.',
        '{\n  "compilerOptions": {\n    "module": "esnext"\n  }\n}\n',
        {'"module": "esnext"\n': '"module": "esnext",\n    "checkJs": true\n'},
        evidence='"module": "esnext"',
        path="jsconfig.json",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_rule_holds_elsewhere(case: Case) -> None:
    """Each as the text says, or refused for the reason that is true."""
    check(case)
