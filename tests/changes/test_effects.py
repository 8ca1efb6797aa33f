"""What a patch does to running code is read from the trees before and after it."""

from __future__ import annotations

import pytest

from drawn_records import finding
from mendbook.changes.effect_sentences import done
from mendbook.changes.effects import change_facts
from mendbook.changes.notice import Witnesses
from mendbook.changes.options import options
from mendbook.changes.risk import risks
from mendbook.changes.scope import Scope
from mendbook.model import ChangeFacts, ChangeKind, FindingFacts, Proposal, Reach
from mendbook.repository.snapshot import Snapshot

TARIFF = """const VAT = 19;
export function price(net) {
  return net * (1 + VAT / 100);
}
"""
WARD = """class Ward:
    def admit(self, patient):
        self.beds.append(patient)
"""


def risk_of(
    known: FindingFacts, proposal: Proposal, change: ChangeFacts, snapshot: Snapshot
) -> str:
    """Return what a patch of ``known`` can break."""
    scope = Scope(ChangeKind.FIX, tuple(proposal.edits), {})
    return " ".join(
        each.words
        for each in risks(finding("F"), known, proposal, scope, change, Witnesses(snapshot))
    )


def sentences(path: str, before: str, after: str) -> list[str]:
    """Return what is said of each effect."""
    change = change_facts(Proposal("F", "x", "do", {path: after}), Snapshot.of({path: before}))
    return [each.words for each in done(change)]


def said(path: str, before: str, after: str | None) -> list[str]:
    """Return each effect on one line: kind, line, name, function around, before, after, when."""
    proposal = Proposal("F", "x", "do", {path: after})
    change = change_facts(proposal, Snapshot.of({path: before}))
    return [
        f"{each.kind} {each.line} {each.name or '-'} in {each.inside or 'module'}: "
        f"{each.before or '-'} > {each.after or '-'}" + (f" when {each.when}" if each.when else "")
        for each in change.effects
    ]


@pytest.mark.parametrize(
    ("path", "before", "after", "expected"),
    [
        (
            "tariff.js",
            TARIFF,
            TARIFF.replace("19", "20"),
            ["value 1 VAT in module: 19 > 20"],
        ),
        (
            "tariff.js",
            TARIFF,
            TARIFF.replace("(net)", "(net, rate = VAT)").replace("VAT /", "rate /"),
            [
                "signature 2 price in module: (net) > (net, rate = VAT)",
                "exit 3 return in price: return net * (1 + VAT / 100); > "
                "return net * (1 + rate / 100);",
            ],
        ),
        (
            "tariff.js",
            TARIFF,
            TARIFF.replace(
                "{\n  return", "{\n  if (net < 0) throw new RangeError('net');\n  return"
            ),
            ["exit 3 throw in price: - > throw new RangeError('net'); when net < 0"],
        ),
        (
            "schema.ts",
            "export const crate = z.object({\n  // a pallet\n  count: z.number(),\n});\n",
            "export const crate = z.object({\n  // a pallet\n  count: z.number().max(500),\n});\n",
            ["value 3 count in module: z.number() > z.number().max(500)"],
        ),
        (
            "poll.ts",
            "async function poll() {\n  fetchMeter();\n}\n",
            "async function poll() {\n  await fetchMeter();\n}\n",
            ["await 2 fetchMeter in poll: - > await fetchMeter()"],
        ),
        (
            "save.ts",
            "function save() {\n  try { write(); } catch {}\n}\n",
            "function save() {\n  try { write(); } catch (error) { log.warn(error); }\n}\n",
            ["catch 2 catch in save: catch {} > catch (error) { log.warn(error) }"],
        ),
        (
            "Card.tsx",
            "export const Card = () => <img src={url} />;\n",
            "export const Card = () => <img src={url} alt='' />;\n",
            ["other 1 Card in module: <img src={url} /> > <img src={url} alt='' />"],
        ),
        (
            "ward.py",
            WARD,
            WARD.replace(
                "        self.beds",
                "        if patient in self.beds:\n            raise ValueError(patient)\n"
                "        self.beds",
            ),
            ["exit 4 raise in Ward.admit: - > raise ValueError(patient) when patient in self.beds"],
        ),
        (
            "meter.py",
            "def read(port):\n    return get(port)\n",
            "def read(port):\n    return get(port, timeout=3)\n",
            ["call 2 get in read: get(port) > get(port, timeout=3)"],
        ),
        (
            "jobs.py",
            "def run(job):\n    work(job)\n\n\ndef unused():\n    return 1\n",
            "def run(job):\n    work(job)\n",
            ["declaration 5 unused in module: function > -"],
        ),
        (
            "tides.py",
            "def tides(day, most: int = Query(20, ge=1)):\n    return most\n",
            "def tides(day, most: int = Query(20, ge=1, le=90)):\n    return most\n",
            ["value 1 most in tides: Query(20, ge=1) > Query(20, ge=1, le=90)"],
        ),
        (
            "stamp.py",
            "def stamp():\n    due = clock.utcnow() + DAY\n",
            "def stamp():\n    due = clock.now(tz) + DAY\n",
            ["call 2 clock.utcnow in stamp: clock.utcnow() > clock.now(tz)"],
        ),
        (
            "berth.ts",
            "export const isFree = (b) => !b.ship;\nif (isFree(a)) dock();\n",
            "export const isVacant = (b) => !b.ship;\nif (isVacant(a)) dock();\n",
            ["rename 1 isFree in module: isFree > isVacant"],
        ),
        (
            "till.go",
            "package a\n\nconst Max = 5\n\nfunc (t *Till) Open() error {\n\treturn nil\n}\n",
            "package a\n\nconst Max = 9\n\nfunc (t *Till) Open() error {\n\treturn lock(t)\n}\n",
            [
                "value 3 Max in module: 5 > 9",
                "exit 6 return in Till.Open: return nil > return lock(t)",
            ],
        ),
        (
            "Ledger.java",
            "class Ledger {\n  int post(int n) {\n    return n;\n  }\n}\n",
            "class Ledger {\n  int post(int n) {\n    if (n < 0) {\n"
            '      throw new Refused("n");\n    }\n    return n;\n  }\n}\n',
            ['exit 4 throw in Ledger.post: - > throw new Refused("n"); when n < 0'],
        ),
        (
            "gate.ts",
            "open(guarded('barn', async (cow) => {\n  feed(cow);\n})(stall, herd));\n",
            "open(guarded('barn', async (cow) => {\n  if (cow.full) {\n    return;\n  }\n"
            "  feed(cow);\n})(stall, herd));\n",
            ['exit 3 return in guarded("barn"): - > return; when cow.full'],
        ),
        ("jobs.py", "def run():\n    pass\n", None, ["file 1 jobs.py in module: jobs.py > -"]),
    ],
)
def test_each_thing_a_change_does_is_told_once(
    path: str, before: str, after: str | None, expected: list[str]
) -> None:
    """The narrowest place says it; what is around does not say it again."""
    assert said(path, before, after) == expected


@pytest.mark.parametrize(
    ("path", "before", "after", "reach"),
    [
        ("a.ts", "// old\nlet dose = 1;\n", "// new\nlet dose = 1;\n", Reach.COMMENTS),
        ("a.py", "# old\ndose = 1\n", "dose = 1  # new\n", Reach.COMMENTS),
        ("a.ts", "let dose: number = 1;\n", "let dose: bigint = 1;\n", Reach.TYPES),
        ("a.py", "def f(dose: int): ...\n", "def f(dose: float): ...\n", Reach.TYPES),
        ("tests/dose.test.ts", "it('a');\n", "it('b');\n", Reach.TESTS),
        ("docs/dose.md", "a\n", "b\n", Reach.DOCUMENTS),
        ("deploy/app.conf", "a\n", "b\n", Reach.UNKNOWN),
        ("a.ts", "dose();\n", "dose(1);\n", Reach.RUNS),
    ],
)
def test_what_does_not_run_is_told_apart(path: str, before: str, after: str, reach: Reach) -> None:
    """Comments, types, tests and documents reach nothing that runs."""
    proposal = Proposal("F", "x", "do", {path: after})
    assert change_facts(proposal, Snapshot.of({path: before})).reach is reach


def test_risk_says_what_changes_and_which_test_names_it() -> None:
    """Each sentence rests on a line of the target, in its own names and values."""
    files = {
        "tariff.js": TARIFF,
        "tests/tariff.test.js": "import { price } from '../tariff';\n"
        "test('adds tax', () => expect(price(100)).toBe(119));\n",
    }
    snapshot = Snapshot.of(files)
    after = TARIFF.replace("19", "20").replace("return net", "return Math.round(net)")
    proposal = Proposal("F", "x", "do", {"tariff.js": after})
    known = FindingFacts("F", ("tariff.js",), fan_in=1, tests=("tests/tariff.test.js",))
    change = change_facts(proposal, snapshot)
    assert risk_of(known, proposal, change, snapshot) == (
        "`price` ends with `return Math.round(net) * (1 + VAT / 100);` instead of "
        "`return net * (1 + VAT / 100);`. `VAT` is `20` instead of `19`. 1 file imports it. "
        "Tests that go through it: tests/tariff.test.js:2 (`price`)."
    )


@pytest.mark.parametrize(
    ("path", "before", "after", "expected"),
    [
        ("a.py", "# a\nx = 1\n", "# b\nx = 1\n", "None: only comments change."),
        (
            "Dockerfile",
            "FROM node:20\n",
            "FROM node:22\n",
            "Not known for Dockerfile: what reads it is not looked up.",
        ),
        (
            "go.mod",
            "go 1.21\n",
            "go 1.22\n",
            "go.mod is read when dependencies are installed: images built before keep the old.",
        ),
    ],
)
def test_risk_where_little_is_to_be_said(path: str, before: str, after: str, expected: str) -> None:
    """Two words where nothing runs, and what is not known is said to be so."""
    snapshot = Snapshot.of({path: before})
    proposal = Proposal("F", "x", "do", {path: after})
    change = change_facts(proposal, snapshot)
    known = FindingFacts("F", (path,))
    assert risk_of(known, proposal, change, snapshot) == expected


@pytest.mark.parametrize(
    ("path", "before", "after", "expected"),
    [
        (
            "mill.ts",
            "export function fill(n) {\n  return n > 50 ? 50 : n;\n}\n",
            "const MOST_SACKS = 50;\n\nexport function fill(n) {\n"
            "  return n > MOST_SACKS ? MOST_SACKS : n;\n}\n",
            ["naming 1 MOST_SACKS in module: - > 50"],
        ),
        (
            "barn.py",
            "def feed(cow):\n    return cow.get('hay')\n",
            'FODDER = "hay"\n\n\ndef feed(cow):\n    return cow.get(FODDER)\n',
            ['naming 1 FODDER in module: - > "hay"'],
        ),
        (
            "Silo.java",
            "class Silo {\n  int most() { return 9; }\n}\n",
            "class Silo {\n  private static final int MOST = 9;\n\n"
            "  int most() { return MOST; }\n}\n",
            ["naming 2 MOST in module: - > 9"],
        ),
        (
            "kiln.go",
            "package kiln\n\nfunc heat() int { return 9 }\n",
            "package kiln\n\nconst hottest = 10\n\nfunc heat() int { return hottest }\n",
            [
                "exit 3 return in heat: return 9 > return hottest",
                "value 3 hottest in module: - > 10",
            ],
        ),
        (
            "gate.js",
            "function open(a, b) {\n  if (!fits(a, b)) return;\n  go(a);\n}\n",
            "function open(a, b) {\n  if (!fits(b, a)) return;\n  go(a);\n}\n",
            [
                "call 2 fits in open: fits(a, b) > fits(b, a)",
                "exit 2 return in open: return; > return; when !fits(b, a)",
            ],
        ),
    ],
)
def test_a_named_literal_is_told_from_another_value(
    path: str, before: str, after: str, expected: list[str]
) -> None:
    """A value that only gets a name stays what it is; one that differs is told as different."""
    assert said(path, before, after) == expected


def test_arguments_in_another_order_are_told_as_that() -> None:
    """The sentence says which call gets what in which order, and not how its condition reads."""
    before = "function open(a, b) {\n  if (!fits(a, b)) return;\n  go(a);\n}\n"
    proposal = Proposal("F", "x", "do", {"gate.js": before.replace("fits(a, b)", "fits(b, a)")})
    tree = Snapshot.of({"gate.js": before})
    known = FindingFacts("F", ("gate.js",))
    told = risk_of(known, proposal, change_facts(proposal, tree), tree)
    assert told.startswith(
        "`open`: `fits` gets its arguments as `(b, a)` and no longer as `(a, b)`."
    )


def test_a_signal_that_ends_a_request_is_told_by_its_time() -> None:
    """What is new is not a property, but that the request fails."""
    before = (
        "async function tide(port) {\n  const answer = await fetch(port, {\n    method: 'GET',\n"
        "  });\n  return answer.json();\n}\n"
    )
    after = before.replace("'GET',", "'GET',\n    signal: AbortSignal.timeout(5000),")
    proposal = Proposal("F", "x", "do", {"tide.js": after})
    tree = Snapshot.of({"tide.js": before})
    change = change_facts(proposal, tree)
    told = risk_of(FindingFacts("F", ("tide.js",)), proposal, change, tree)
    assert told.startswith(
        "`fetch` in `tide` fails when it takes longer than its timeout, 5000 ms."
    )


def test_asking_first_whether_there_is_something_is_told_as_that() -> None:
    """Where only ``?.`` comes, nothing is thrown any more, and the code goes on without a value."""
    before = "gate.on('fail', (err) => {\n  if (err.ship.lost) ring();\n});\n"
    after = before.replace("err.ship.lost", "err.ship?.lost")
    proposal = Proposal("F", "x", "do", {"gate.ts": after})
    tree = Snapshot.of({"gate.ts": before})
    change = change_facts(proposal, tree)
    told = risk_of(FindingFacts("F", ("gate.ts",)), proposal, change, tree)
    assert told == (
        "Where `err.ship` is missing, nothing is thrown in gate.ts any more: what is read from it"
        " is undefined, and the code goes on."
    )


@pytest.mark.parametrize(
    ("path", "before", "after", "expected"),
    [
        (
            "herd.js",
            "export const feed = (req) => {\n  const hay = req.barn.role !== 'ox' ? 2 : 1;\n"
            "  give(hay);\n};\n",
            "export const feed = (req) => {\n  const hay = req.role !== 'ox' ? 2 : 1;\n"
            "  give(hay);\n};\n",
            "`hay` is made of `req.role` instead of `req.barn.role`.",
        ),
        (
            "kiln.py",
            "def heat(kiln):\n    most = kiln.low if kiln.wet else kiln.high\n    burn(most)\n",
            "def heat(kiln):\n    most = kiln.low if kiln.damp else kiln.high\n    burn(most)\n",
            "`most` is made of `kiln.damp` instead of `kiln.wet`.",
        ),
        (
            "gate.ts",
            "export function stop(gate) {\n  gate.shut();\n}\n",
            "export function stop(gate) {\n  if (!gate.closed) {\n    gate.shut();\n  }\n}\n",
            "`gate.shut()` (gate.ts:2) only runs if `!gate.closed`; until now it always did.",
        ),
        (
            "mill.py",
            "def stop(mill):\n    mill.halt()\n",
            "def stop(mill):\n    if mill.turns:\n        mill.halt()\n",
            "`mill.halt()` (mill.py:2) only runs if `mill.turns`; until now it always did.",
        ),
    ],
)
def test_one_line_that_differs_is_told_by_what_it_makes(
    path: str, before: str, after: str, expected: str
) -> None:
    """A local value that is worked out otherwise is no *read the diff*."""
    proposal = Proposal("F", "instruction", "x", {path: after})
    change = change_facts(proposal, Snapshot.of({path: before}))
    assert [each.words for each in done(change)] == [expected]


def test_a_maximum_that_comes_says_what_is_refused() -> None:
    """A bound among options is told by what is above it."""
    before = "function build() {\n  const options = {\n  herd,\n  };\n  return make(options);\n}\n"
    after = before.replace("herd,\n", "herd,\n  maxPayload: 64 * 1024,\n")
    change = change_facts(
        Proposal("F", "instruction", "x", {"barn.ts": after}), Snapshot.of({"barn.ts": before})
    )
    assert "`maxPayload` in `build` is new: what is above `64 * 1024` is refused." in [
        each.words for each in done(change)
    ]


def test_a_call_that_goes_with_its_await_is_told_as_a_call() -> None:
    """Nothing waits by itself where nothing is called any more."""
    before = "async def free(berth):\n    await leave(berth)\n    await ring(berth)\n"
    after = "async def free(berth):\n    await leave(berth)\n"
    change = change_facts(
        Proposal("F", "instruction", "x", {"dock.py": after}), Snapshot.of({"dock.py": before})
    )
    assert [each.words for each in done(change)] == ["`free` no longer calls `ring`."]


def test_a_changed_option_says_whose_it_is() -> None:
    """The call that a value is handed to, and the keys between."""
    before = "const barn = new Barn(herd, {\n  doors: {\n    open: true,\n  },\n});\n"
    after = before.replace("true", "false")
    snapshot = Snapshot.of({"barn.ts": before})
    change = change_facts(Proposal("F", "instruction", "x", {"barn.ts": after}), snapshot)
    assert [each.words for each in options(change, snapshot)] == [
        "It is what `new Barn(…)` (barn.ts:1) is given, below `doors`."
    ]


def test_a_default_for_missing_values_alone_is_told_by_what_it_keeps() -> None:
    """Code stands in a sentence as it is written, and not as single signs."""
    before, after = "let pace = mill.pace || 3;\n", "let pace = mill.pace ?? 3;\n"
    assert sentences("mill.ts", before, after) == [
        "For `pace` a 0, false or an empty text is kept, where another value took its place until"
        " now."
    ]


def test_a_key_of_a_go_literal_is_a_value() -> None:
    """``return &Kiln{Heat: 900}`` is told by its key, and not by its exit."""
    before = "package kiln\n\nfunc newKiln() *Kiln {\n\treturn &Kiln{\n\t\tHeat: 900,\n\t}\n}\n"
    assert sentences("kiln.go", before, before.replace("900", "950")) == [
        "`Heat` in `newKiln` is `950` instead of `900`."
    ]


@pytest.mark.parametrize(
    ("path", "before", "after", "expected"),
    [
        (
            "mill.ts",
            "class Mill {\n  start(given) {\n    this.pace = given.pace\n      ? given.pace\n"
            "      : 3;\n  }\n}\n",
            "class Mill {\n  start(given) {\n    this.pace = given.pace ?? 3;\n  }\n}\n",
            "For `this.pace` a 0, false or an empty text is kept, where another value took its"
            " place until now.",
        ),
        (
            "kiln.py",
            "def fire(kiln):\n    kiln.heat = (\n        kiln.base\n        + 20\n    )\n",
            "def fire(kiln):\n    kiln.heat = (\n        kiln.base * 2\n    )\n",
            "`kiln.heat` is made of `kiln.base * 2` instead of `kiln.base + 20`.",
        ),
        (
            "sluice.go",
            "package sluice\n\nvar gate = Gate{MaxDepth: -1}\n",
            "package sluice\n\nvar gate = Gate{MaxDepth: 4 << 10}\n",
            "`MaxDepth` is `4 << 10` instead of `-1`: what is above it is no longer taken, where"
            " nothing bounded it.",
        ),
        (
            "ferry.py",
            "MAX_CARS = 40\n",
            "MAX_CARS = 25\n",
            "`MAX_CARS` is `25` instead of `40`: what lies above 25, up to 40, is no longer taken.",
        ),
        (
            "ferry.py",
            "CALL_INTERVAL = 5\n",
            "CALL_INTERVAL = 30\n",
            "`CALL_INTERVAL` is `30` instead of `5`: it comes later.",
        ),
        (
            "pump.py",
            "def run(pump):\n    try:\n        pump.turn()\n    except BaseException:\n"
            "        note()\n",
            "def run(pump):\n    try:\n        pump.turn()\n    except Exception:\n"
            "        note()\n",
            "`run` has `except Exception` instead of `except BaseException`: KeyboardInterrupt and"
            " SystemExit reach its callers.",
        ),
        (
            "Oven.java",
            "class Oven {\n  void bake() {\n    try { heat(); } catch (Exception e) { cool(); }\n"
            "  }\n}\n",
            "class Oven {\n  void bake() {\n    try { heat(); } catch (IOException e) { cool(); }\n"
            "  }\n}\n",
            "`Oven.bake` has `catch (IOException e)` instead of `catch (Exception e)`: errors other"
            " than IOException reach its callers.",
        ),
    ],
)
def test_a_part_of_a_statement_is_told_by_what_it_sets(
    path: str, before: str, after: str, expected: str
) -> None:
    """Over several lines too; a bound and a time say which way they move."""
    assert sentences(path, before, after) == [expected]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "def tune(organ):\n    for pipe in organ:\n        pipe.blow()\n",
            "def tune(organ):\n    for pipe in organ:\n        pipe.pitch = 0\n"
            "        pipe.blow()\n",
            "`pipe.pitch` in `tune` is new: `0`.",
        ),
        (
            "kiln[0].heat += 4\nfire(kiln)\n",
            "fire(kiln)\n",
            "`kiln[0].heat += 4` (kiln.py:1) no longer runs: what it did is not done any more.",
        ),
    ],
)
def test_a_statement_that_comes_or_goes_is_told_whole(
    before: str, after: str, expected: str
) -> None:
    """Where no narrower kind of effect tells it."""
    assert sentences("kiln.py", before, after) == [expected]
