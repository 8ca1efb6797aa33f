"""What a text can only mean by the code it names and the code quoted, and what it cannot."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

HIVE = "def ripe(moisture, limit):\n    return moisture < limit and moisture != 0\n"
TANK = "package tank\n\nfunc Full(level, mark int) bool {\n\treturn level > mark\n}\n"
TARIFF = "export const same = (a, b) => a == b && a != null;\n"
FORM = """export const entry = (form) => ({
  litres: form.litres || 5,
  note: form.note || '',
});
"""
DOOR = """export async function open(gate) {
  try {
    await gate.move();
  } catch (err) {
    logger.error({ err }, 'gate did not move, trying again');
  }
  logger.error('gone');
}
"""
SILO = """import logging

log = logging.getLogger(__name__)


def drain(n):
    log.info('%s is empty', n)
"""
RADIO = 'import os\n\nPASSWORD = "onair"\n'
FERRY = "import { config } from './config';\n\nconst PORT = 8080;\nlisten(PORT);\n"
UPLOAD = """import { fail } from './fail';

export function accept(raw) {
  if (raw.length > 65_536) {
    fail('too big');
  }
}
"""
LIMITS = {"src/limits.ts": "export const MAX_BYTES = 65_536;\nexport const MAX_ROWS = 9;\n"}
RATES = {"shop/rates.py": "VAT = 1.19\nLOW = 1.07\n", "shop/__init__.py": ""}
GROSS = "from shop.rates import VAT\n\n\ndef gross(net):\n    return net * 1.19\n"
TOPICS = {"src/topics.ts": "export const Topics = { SILENT: 'hive.silent', LOUD: 'hive.loud' };\n"}
ALARM = """import { Topics } from './topics';

export function start(bus) {
  bus.on('hive.silent', ring);
}
"""
STATS = {
    "src/stats.js": "export const mean = (all) => all.reduce((a, b) => a + b, 0) / all.length;\n"
}
LOAD = """import { mean } from './stats';

export function load(xs) {
  const m = xs.reduce((a, b) => a + b, 0) / xs.length;
  return m > 3 && mean(xs) < 9;
}
"""
SLUG = {
    "st/text.py": 'import re\n\n\ndef slugify(text):\n    """Return a slug."""\n'
    '    return re.sub(r"[^a-z]+", "-", text.lower()).strip("-")\n',
    "st/__init__.py": "",
}
NAME = (
    "import re\n\nfrom st.text import slugify\n\nWORD = re.compile('x')\n\n\ndef name(title):\n"
    '    return re.sub(r"[^a-z]+", "-", title.lower()).strip("-") + slugify("b")\n'
)
PATHS = """class Archive {
  private oldPath(file: string) {
    return file;
  }
  path(file: string) {
    return file + 1;
  }
}
"""
STATION = """export class Station {
  current(id) {
    return call(`${this.url}/now/${id}`, {
      timeout: 3,
    });
  }
  history(id) {
    return call(`${this.url}/all/${id}`, { timeout: 3, retries: 2 });
  }
}
"""
FETCH = """import requests


def get(url):
    return requests.get(url, headers={"a": "b"})
"""
TARGET = """import { z } from 'zod';
export const target = z.object({
  title: z.string().min(1),
  dec: z.number(),
  ra: z.number(),
});
"""
SETTLE = """export function settle() {
  return wait(250).then(() => wait(300));
}
"""
BOOK = """function go(n) {
  return n;
}
export const all = (xs) => xs.map(go);
"""
OPEN_LINE = "logger.error({ err }, 'gate did not move, trying again');"
WARNED = {OPEN_LINE: OPEN_LINE.replace("error(", "warn(")}


def hive(fix: str, *, new: str = "", refuses: str = "no single edit") -> Case:
    """Return a case of one Python comparison."""
    edits = {"moisture < limit": f"moisture {new} limit"} if new else {}
    line = "return moisture < limit and moisture != 0"
    return Case(fix, fix, HIVE, edits, "" if new else refuses, line, path="hive.py")


def door(fix: str, edits: dict[str, str], refuses: str = "") -> Case:
    """Return a case of one level of a log."""
    return Case(fix, fix, DOOR, edits, refuses, OPEN_LINE, path="src/door.js")


CASES = [
    hive("A moisture at the limit is ripe, too, hence <=", new="<="),
    hive("This test wants <= so that the limit itself counts", new="<="),
    hive("<= would drop the last frame", refuses="what that code would do"),
    hive("Do not use <= here"),
    hive("The limit is wrong, not the test with <="),
    Case(
        "off by one",
        "A tank filled to the mark is full: the comparison is off by one and has to be >=",
        TANK,
        {"level > mark": "level >= mark"},
        evidence="return level > mark",
        path="tank.go",
    ),
    Case(
        "one of two kinds of equality",
        "Loose equality coerces here; === is meant, the null check stays loose",
        TARIFF,
        {"a == b": "a === b"},
        evidence="a == b && a != null",
        path="src/tariff.js",
    ),
    Case(
        "an operator that another place may keep",
        "Zero litres are valid, so fall back with ?? there; the empty note may keep ||",
        FORM,
        {"form.litres ||": "form.litres ??"},
        evidence="litres: form.litres || 5,",
        path="src/form.js",
    ),
    door("'gate did not move, trying again' is a warning, not an error", WARNED),
    door("A retry is worth a warning at most, hardly an error", WARNED),
    door("warn is enough here", WARNED),
    door("An error is thrown by the caller anyway, so error is right", {}, "no single edit"),
    door("The error level of the metrics is wrong", {}, "no single edit"),
    Case(
        "a level in Python",
        "An empty silo is an error, not just info",
        SILO,
        {"log.info(": "log.error("},
        evidence="log.info('%s is empty', n)",
        path="silo.py",
    ),
    Case(
        "where a value comes from",
        'PASSWORD must come from os.environ["STREAM_PASSWORD"]',
        RADIO,
        {'"onair"': 'os.environ["STREAM_PASSWORD"]'},
        evidence='PASSWORD = "onair"',
        path="radio.py",
    ),
    Case(
        "a member as the source",
        "The value for PORT has to be read from config.port",
        FERRY,
        {"8080": "config.port"},
        evidence="const PORT = 8080;",
        path="src/ferry.ts",
    ),
    Case(
        "a source without a name",
        "PASSWORD must come from the environment",
        RADIO,
        refuses="no single edit",
        evidence='PASSWORD = "onair"',
        path="radio.py",
    ),
    Case(
        "the constant of another module, by its value",
        "limits.ts already exports MAX_BYTES for this; compare with that and not with 65_536",
        UPLOAD,
        {
            "from './fail';\n": "from './fail';\nimport { MAX_BYTES } from './limits';\n",
            "65_536": "MAX_BYTES",
        },
        evidence="if (raw.length > 65_536) {",
        files=LIMITS,
    ),
    Case(
        "a constant of another value",
        "limits.ts already exports MAX_ROWS for this",
        UPLOAD,
        refuses="no single edit",
        evidence="if (raw.length > 65_536) {",
        files=LIMITS,
    ),
    Case(
        "a name in capitals",
        "Here the rate is spelled out although VAT holds it",
        GROSS,
        {"net * 1.19": "net * VAT"},
        evidence="return net * 1.19",
        path="shop/gross.py",
        files=RATES,
    ),
    *(
        Case(
            fix,
            fix,
            GROSS,
            refuses="no single edit",
            evidence="return net * 1.19",
            path="shop/gross.py",
            files=RATES,
        )
        for fix in (
            "LOW is the rate for this",
            "VAT needs a comment that says where 1.19 comes from",
            "VAT should be a Decimal",
            "The name VAT is too short, RATE_OF_VAT would say more",
            "Keep VAT, but round the result",
        )
    ),
    Case(
        "the member of a group",
        "Topics.SILENT is the name of that event, a string in its place goes stale",
        ALARM,
        {"'hive.silent'": "Topics.SILENT"},
        evidence="bus.on('hive.silent', ring);",
        files=TOPICS,
    ),
    Case(
        "another member of the group",
        "Topics.LOUD is meant",
        ALARM,
        refuses="no single edit",
        evidence="bus.on('hive.silent', ring);",
        files=TOPICS,
    ),
    Case(
        "a helper whose body is the quoted code",
        "That sum is what mean(xs) computes",
        LOAD,
        {"xs.reduce((a, b) => a + b, 0) / xs.length": "mean(xs)"},
        evidence="const m = xs.reduce((a, b) => a + b, 0) / xs.length;",
        path="src/load.js",
        files=STATS,
    ),
    Case(
        "a helper with an argument that its body has not",
        "That sum is what mean(xs, { weighted: true }) computes",
        LOAD,
        refuses="no single edit",
        evidence="const m = xs.reduce((a, b) => a + b, 0) / xs.length;",
        path="src/load.js",
        files=STATS,
    ),
    Case(
        "a helper that reads another constant of the same name",
        "gross() from rates does the same",
        "from rates import gross\n\nVAT = 1.07\n\n\ndef total(net):\n"
        "    return round(net * VAT + 0.5, 2)\n",
        refuses="gross reads a VAT of its own",
        evidence="return round(net * VAT + 0.5, 2)",
        path="shop.py",
        files={
            "rates.py": "VAT = 1.19\n\n\ndef gross(net):\n    return round(net * VAT + 0.5, 2)\n"
        },
    ),
    Case(
        "a helper whose own parameters have names that the file has, too",
        "That sum is what mean(xs) computes, too",
        f"{LOAD}export const a = 1;\n",
        {"xs.reduce((a, b) => a + b, 0) / xs.length": "mean(xs)"},
        evidence="const m = xs.reduce((a, b) => a + b, 0) / xs.length;",
        path="src/load.js",
        files=STATS,
    ),
    Case(
        "a helper that is to change",
        "mean() should guard against an empty list",
        LOAD,
        refuses="no single edit",
        evidence="const m = xs.reduce((a, b) => a + b, 0) / xs.length;",
        path="src/load.js",
        files=STATS,
    ),
    Case(
        "a helper of Python, without a mark of code",
        "slugify from st.text does this already",
        NAME,
        {'re.sub(r"[^a-z]+", "-", title.lower()).strip("-")': "slugify(title)"},
        evidence='return re.sub(r"[^a-z]+", "-", title.lower()).strip("-") + slugify("b")',
        path="st/name.py",
        files=SLUG,
    ),
    *(
        Case(
            fix,
            fix,
            STATION,
            {"      timeout: 3,\n    });": "      timeout: 3,\n      retries: 2,\n    });"},
            evidence="return call(`${this.url}/now/${id}`, {",
            function="Station.current",
        )
        for fix in (
            "current() should ask for retries: 2 the way history() already does",
            "retries: 2 is missing here",
        )
    ),
    *(
        Case(
            fix,
            fix,
            STATION,
            refuses=why,
            evidence="return call(`${this.url}/now/${id}`, {",
            function="Station.current",
        )
        for fix, why in (
            ("retries: 2 would hammer the station", "is not said"),
            ("current must not get retries: 2", "is not said"),
            ("history() has retries: 2", "is not said"),
        )
    ),
    Case(
        "an argument that the request lacks",
        "The request waits for ever; timeout=5 ends that",
        FETCH,
        {'headers={"a": "b"})': 'headers={"a": "b"}, timeout=5)'},
        evidence='requests.get(url, headers={"a": "b"})',
        path="fetch.py",
    ),
    Case(
        "an argument named for what it would do",
        "verify=False would end the errors",
        FETCH,
        refuses="what that code would do",
        evidence='requests.get(url, headers={"a": "b"})',
        path="fetch.py",
    ),
    Case(
        "links for two fields",
        "dec must lie between -90 and 90 (.min(-90).max(90)); cap title with .max(100)",
        TARGET,
        {"min(1)": "min(1).max(100)", "dec: z.number()": "dec: z.number().min(-90).max(90)"},
        evidence="title: z.string().min(1),\n  dec: z.number(),",
    ),
    Case(
        "a link that is too strict",
        ".int() is too strict for dec",
        TARGET,
        refuses="no single edit",
        evidence="title: z.string().min(1),\n  dec: z.number(),",
    ),
    Case(
        "a name for a number",
        "A magic number, name it SETTLE_MS",
        SETTLE,
        {
            "export function settle": "const SETTLE_MS = 250;\n\nexport function settle",
            "wait(250)": "wait(SETTLE_MS)",
        },
        evidence="return wait(250)",
    ),
    Case(
        "a name that comes from elsewhere",
        "SETTLE_MS should come from the settings",
        SETTLE,
        refuses="no single edit",
        evidence="return wait(250)",
    ),
    Case(
        "another name for a function",
        "go() says nothing, doubleEntry is what it is called in the docs",
        BOOK,
        {"function go(n)": "function doubleEntry(n)", "xs.map(go)": "xs.map(doubleEntry)"},
        evidence="function go(n) {",
        function="go",
    ),
    Case(
        "a function that another one is to call",
        "go should call settleAll first",
        BOOK,
        refuses="no single edit",
        evidence="function go(n) {",
        function="go",
    ),
    Case(
        "a method without a caller",
        "oldPath has no caller left and can go",
        PATHS,
        {"  private oldPath(file: string) {\n    return file;\n  }\n": ""},
        evidence="private oldPath(file: string) {",
    ),
    *(
        Case(fix, fix, PATHS, refuses=why, evidence="private oldPath(file: string) {")
        for fix, why in (
            ("oldPath should go to the class of the others", "which of several places"),
            ("oldPath must not be removed", "is not known here"),
        )
    ),
]


ELSEWHERE = [
    Case("a helper of one argument that returns a chain", "stamp() in clock.ts gives the same",
         "import { now } from './now';\n\nexport const name = () =>\n"
         "  now.toISOString().replace(/:/g, '').slice(0, 15) + '.txt';\n",
         {"from './now';\n": "from './now';\nimport { stamp } from './clock';\n",
          "now.toISOString().replace(/:/g, '').slice(0, 15)": "stamp(now)"},
         evidence="now.toISOString().replace(/:/g, '').slice(0, 15) + '.txt'",
         files={"src/clock.ts": "export const stamp = (at: Date) =>\n"
                "  at.toISOString().replace(/:/g, '').slice(0, 15);\n"}),
    Case("a function of Python that goes", "retire_boat is never called and can go",
         "def retire_boat(b):\n    return b\n\n\ndef launch(b):\n    return b + 1\n",
         {"def retire_boat(b):\n    return b\n\n\n": ""}, evidence="def retire_boat(b):",
         path="pier.py", function="retire_boat"),
    Case("a field of Java that goes", "The private field oldLabel can go",
         "class Tag {\n  private int oldLabel = 1;\n  private int size = 2;\n"
         "  int size() { return size; }\n}\n",
         {"  private int oldLabel = 1;\n": ""}, evidence="private int oldLabel = 1;",
         path="Tag.java"),
    Case("a number of Python gets a name", "86400 says little; it should be called SECONDS_A_DAY",
         "def age(now, born):\n    return (now - born) // 86400\n",
         {"def age": "SECONDS_A_DAY = 86400\n\n\ndef age", "// 86400": "// SECONDS_A_DAY"},
         evidence="return (now - born) // 86400", path="zoo.py", function="age"),
    Case("a number of Go gets a name", "A magic number; MAX_BELLOWS_KG is its name",
         "package forge\n\nfunc Fits(kg int) bool {\n\treturn kg < 40\n}\n",
         {"func Fits": "const MAX_BELLOWS_KG = 40\n\nfunc Fits", "kg < 40": "kg < MAX_BELLOWS_KG"},
         evidence="return kg < 40", path="forge.go", function="Fits"),
    Case("a text gets a name", "'quay:open' is a magic string: call it QUAY_OPEN",
         "export function open(bus) {\n  bus.emit('quay:open');\n}\n",
         {"export": "const QUAY_OPEN = 'quay:open';\n\nexport",
          "emit('quay:open')": "emit(QUAY_OPEN)"},
         evidence="bus.emit('quay:open');", path="src/quay.js"),
    Case("a function of Python is renamed", "calc_x is misnamed, tide_height says what it is",
         "def calc_x(moon):\n    return moon * 2\n\n\ndef report(m):\n    return calc_x(m)\n",
         {"def calc_x": "def tide_height", "return calc_x": "return tide_height"},
         evidence="def calc_x(moon):", path="tide.py", function="calc_x"),
    Case("a function of Go is renamed", "doIt says nothing; grindFlour describes it",
         "package mill\n\nfunc doIt(n int) int {\n\treturn n\n}\n\nfunc All() int {\n"
         "\treturn doIt(2)\n}\n",
         {"func doIt": "func grindFlour", "return doIt": "return grindFlour"},
         evidence="func doIt(n int) int {", path="mill.go", function="doIt"),
    Case("a setting of a query", "limit: 20 is what this query lacks",
         "export const hives = (db) => db.find('hives', { sort: 'name' });\n",
         {"'name' }": "'name', limit: 20 }"}, evidence="db.find('hives', { sort: 'name' })",
         path="src/hives.js"),
    Case("an argument of open", 'encoding="utf-8" is missing',
         "def read(p):\n    with open(p) as f:\n        return f.read()\n",
         {"open(p)": 'open(p, encoding="utf-8")'}, evidence="open(p)", path="reader.py",
         function="read"),
]  # fmt: skip
"""The same kinds in other languages and yards."""


@pytest.mark.parametrize("case", [*CASES, *ELSEWHERE], ids=lambda case: case.name)
def test_what_the_code_leaves_one_meaning_for(case: Case) -> None:
    """One operator of a family, one literal of a value, one expression that is a body."""
    check(case)
