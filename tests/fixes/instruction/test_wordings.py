"""One wish in the words that auditors use: guards, what can go, names, orders, messages."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

DAIRY = """\
import { log } from './log';
import { Churn } from '../tools/churn';
import { Milk } from './milk';
import { Butter } from './milk';

export class Dairy {
  fill(can: string, litres: number, tags = []) {
    const level = this.scale.read(can);
    this.tanks.push({ can, ...level });
    return level.total * 0.97;
  }

  async pour(can: string, speed = 4) {
    try {
      await this.pump.run(can, speed);
    } catch (_) {
      log.info('dairy', 'The pump did not start');
    }
    return this.scale.read(can).total * 0.97;
  }

  drain(can: string) {
    const unused = can.trim();
    return this.pump.empty(can).then(() => this.scale.read(can).catch(() => null));
  }
}
"""
TAG = """\
export const Field = () => (
  <div>
    <input id="herd-size" type="number" />
    <label htmlFor="size">Cows</label>
  </div>
);
"""
STORE = """\
type Shelf = {
  place: (jar: Jar) => void;
};

export const useShelf = create<Shelf>((set) => ({
  jars: [],
  place: (jar) => set((old) => ({ jars: [...old.jars, { at: now(), ...jar }] })),
}));
"""
KILN = '''\
from kiln.logs import warn
from kiln.parts import Brick
from kiln.parts import Tile


def fire(brick, heat=900):
    """Fire one brick."""
    temperature = brick.start + heat
    try:
        brick.bake(temperature)
    except ValueError:
        warn("the brick broke")
    return temperature
'''
FARM = {"src/tools/churn.ts": "", "src/farm/milk.ts": "", "src/farm/log.ts": ""}
AT = "src/farm/dairy.ts"


def dairy(name: str, fix: str, edits: dict[str, str], evidence: str = "", to: str = "") -> Case:
    """Return a case of the dairy."""
    return Case(name, fix, DAIRY, edits, evidence=evidence, function=to, path=AT, files=FARM)


GUARD = "  fill(can: string, litres: number, tags = []) {\n"


@pytest.mark.parametrize(
    "case",
    [
        dairy(
            "first, with a condition in words",
            'Before anything else in fill, throw new RangeError("litres") if litres is negative.',
            {
                GUARD: f"{GUARD}    if (litres < 0) {{\n"
                "      throw new RangeError('litres');\n    }\n"
            },
        ),
        dairy(
            "a method that should return when a text begins with another",
            "fill() should return null when can starts with 'old-'.",
            {
                GUARD: f"{GUARD}    if (can.startsWith('old-')) {{\n"
                "      return null;\n    }\n\n"
            },
        ),
        dairy(
            "at the top, the condition first",
            "At the top of `drain`, if can is missing, return null.",
            {
                "  drain(can: string) {\n": "  drain(can: string) {\n    if (!can) {\n"
                "      return null;\n    }\n\n"
            },
        ),
        dairy(
            "a line that can go",
            "Line 23 is read by nobody and can be removed.",
            {"    const unused = can.trim();\n": ""},
            evidence="const unused = can.trim();",
        ),
        dairy(
            "a default taken off",
            "Take the default off `speed` in pour; every caller passes one.",
            {"speed = 4": "speed"},
        ),
        dairy(
            "a parameter that needs no default",
            "The parameter `tags` needs no default in fill.",
            {"tags = []": "tags"},
        ),
        dairy("by substitution", "s/level/reading/", {
            "const level =": "const reading =", "...level }": "...reading }",
            "level.total * 0.97;\n  }\n\n  async": "reading.total * 0.97;\n  }\n\n  async",
        }, to="fill"),
        dairy(
            "imports of one module",
            "Merge the second import of ./milk into the first (Milk, Butter).",
            {
                "import { Milk } from './milk';\nimport { Butter } from './milk';\n": "import { "
                "Milk, Butter } from './milk';\n"
            },
        ),
        dairy(
            "what is caught gets a name, and the message tells of it",
            "Name the caught error `error` and extend the text to `The pump did not start: "
            "${error.message}`.",
            {
                "catch (_)": "catch (error)",
                "'The pump did not start'": "`The pump did not start: ${error.message}`",
            },
            evidence="} catch (_) {",
            to="pour",
        ),
        dairy(
            "another call in the arguments of the chain",
            "Give the chain a `.catch(() => 0)` as well.",
            {".catch(() => null));": ".catch(() => null)).catch(() => 0);"},
            evidence="return this.pump.empty(can).then(() => this.scale.read(can)"
            ".catch(() => null));",
        ),
        dairy(
            "a value held in a constant of the module",
            "Keep `0.97` in a module constant called YIELD and let fill and pour both refer to it.",
            {
                "import { Butter } from './milk';\n": "import { Butter } from './milk';\n\n"
                "const YIELD = 0.97;\n",
                "level.total * 0.97;\n  }\n\n  async": "level.total * YIELD;\n  }\n\n  async",
                "this.scale.read(can).total * 0.97": "this.scale.read(can).total * YIELD",
            },
        ),
        Case(
            "an attribute that has to match",
            "htmlFor has to match the id of the input: herd-size.",
            TAG,
            {'htmlFor="size"': 'htmlFor="herd-size"'},
            evidence='<label htmlFor="size">Cows</label>',
            path="src/Field.tsx",
        ),
        Case(
            "an attribute that should be a text",
            "`htmlFor` should be `herd-size`.",
            TAG,
            {'htmlFor="size"': 'htmlFor="herd-size"'},
            evidence='<label htmlFor="size">Cows</label>',
            path="src/Field.tsx",
        ),
        Case(
            "an attribute whose value may be a text or a name",
            "`htmlFor` should be `herd`.",
            TAG,
            refuses="whether `herd` is a text or code is not said",
            evidence='<label htmlFor="size">Cows</label>',
            path="src/Field.tsx",
        ),
        Case(
            "the order of two properties, in a method that a type declares, too",
            "Swap the order: spread `jar` first and put `at: now()` after it.",
            STORE,
            {"{ at: now(), ...jar }": "{ ...jar, at: now() }"},
            evidence="{ at: now(), ...jar }",
            function="place",
            path="src/shelf.ts",
        ),
        Case(
            "an order that stands already",
            "Swap the order of the two: put `at: now()` first.",
            STORE,
            refuses="in that order already",
            evidence="{ at: now(), ...jar }",
            function="place",
            path="src/shelf.ts",
        ),
        Case(
            "Python: what is caught gets a name",
            "Name the caught exception `exc`.",
            KILN,
            {"except ValueError:": "except ValueError as exc:"},
            function="fire",
            path="kiln/fire.py",
        ),
        Case(
            "Python: a default, a guard in words, imports of one module",
            "Drop the default of `heat` in fire.",
            KILN,
            {"heat=900": "heat"},
            path="kiln/fire.py",
        ),
        Case(
            "Python: at the top",
            "At the very top of fire, return None if heat is below 100.",
            KILN,
            {'    """Fire one brick."""\n': '    """Fire one brick."""\n    if heat < 100:\n'
             "        return None\n"},
            path="kiln/fire.py",
        ),
        Case(
            "Python: imports of one module",
            "Combine the two imports from `kiln.parts`.",
            KILN,
            {
                "from kiln.parts import Brick\nfrom kiln.parts import Tile\n": "from kiln.parts "
                "import Brick, Tile\n"
            },
            path="kiln/fire.py",
        ),
        Case(
            "no one message begins like it",
            "Change the text to `Something else entirely`.",
            KILN,
            refuses="which message gets the new text",
            function="fire",
            path="kiln/fire.py",
        ),
    ],
    ids=lambda case: case.name,
)  # fmt: skip
def test_a_wish_in_other_words_is_the_same_edit(case: Case) -> None:
    """The place, the code and the order are those that the words tell."""
    check(case)
