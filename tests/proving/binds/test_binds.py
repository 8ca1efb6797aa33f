"""The rung *binds*: what an edit breaks is named without a toolchain, and sound code passes."""

from __future__ import annotations

import pytest

from mendbook.model import CheckStatus
from mendbook.proving.binds import Binder
from mendbook.repository.snapshot import Snapshot

Texts = dict[str, str]

FARE = """\
import { zoneOf } from "./zones";
import type { Trip } from "./trip";

const BASE = 2;

export class Tariff {
  constructor(private readonly surcharge: number) {}

  price(trip: Trip): number {
    return BASE * zoneOf(trip.from) + this.surcharge;
  }
}

export function discount(amount: number, share = 0.1): number {
  return amount - amount * share;
}
"""
METRO: Texts = {
    "package.json": '{ "name": "metro", "main": "src/fare.ts" }\n',
    "src/fare.ts": FARE,
    "src/zones.ts": "export function zoneOf(stop: string): number {\n  return stop.length;\n}\n",
    "src/trip.ts": "export interface Trip {\n  from: string;\n  to: string;\n}\n",
    "src/gate.ts": 'import { discount } from "./fare";\n\nexport const open = () => discount(3);\n',
}
HERBS = """\
from garden.beds import water
import logging

log = logging.getLogger(__name__)


class Plot:
    def __init__(self, size):
        self.size = size

    def tend(self, litres):
        water(self, litres)
        return self.size


def harvest(plot, hours=1):
    log.info("harvest")
    return plot.tend(hours)
"""
GARDEN: Texts = {
    "garden/__init__.py": "",
    "garden/beds.py": "def water(plot, litres):\n    return litres\n",
    "garden/herbs.py": HERBS,
    "garden/market.py": "from garden.herbs import harvest\n\n\ndef sell(p):\n    harvest(p)\n",
    "pyproject.toml": '[project.scripts]\nharvest = "garden.herbs:harvest"\n',
}
SHOP: Texts = {
    "lib/stock.js": (
        'const { label } = require("./label");\n\n'
        "function count(shelf) {\n  return label(shelf.length);\n}\n\nmodule.exports = { count };\n"
    ),
    "lib/label.js": "const label = (n) => `#${n}`;\nmodule.exports = { label };\n",
    "lib/till.js": 'const stock = require("./stock");\nstock.count([]);\n',
}


def checked(texts: Texts, path: str, old: str, new: str | None) -> tuple[CheckStatus, str]:
    """Return what is said of ``path`` with ``old`` replaced by ``new``; None deletes the file."""
    assert old in texts[path]
    before = Snapshot.of(texts)
    text = None if new is None else texts[path].replace(old, new)
    check = Binder().check(before, before.edited({path: text}), [path])
    return check.status, check.detail


KENNEL: Texts = {
    "package.json": '{ "name": "kennel", "main": "bark.js" }\n',
    "bark.js": 'const { howl } = require("./voice");\nhowl(1);\n',
    "voice.js": (
        'const base = require("./base");\n\nconst voice = Object.assign(base, { size: 1 });\n'
        "module.exports = voice;\n"
    ),
    "base.js": "exports.howl = (n) => n;\nexports.yap = (n) => n;\n",
    "pup.js": "const pup = { age: 1, fed: false };\nmodule.exports = pup;\n",
    "care.js": 'const pup = require("./pup");\npup.fed = true;\n',
    "crate.ts": "export class Crate {\n  width = 3;\n}\nconst WIDE = 9;\nconsole.log(WIDE);\n",
}
QUARRY: Texts = {
    "package.json": '{ "name": "quarry", "private": true }\n',
    "chisel.ts": "export default function chisel() {}\n",
    "wedge.ts": "export const wedge = 1;\nconst grit = 2;\nconsole.log(grit);\n",
    "index.ts": "export { default as Chisel } from './chisel';\nexport * from './wedge';\n",
}
BROKEN = [
    (QUARRY, "chisel.ts", QUARRY["chisel.ts"], "export {};\n", "imports default from chisel.ts"),
    (QUARRY, "chisel.ts", QUARRY["chisel.ts"], "", "imports default from chisel.ts"),
    (QUARRY, "wedge.ts", "export const wedge", "const wedge", "wedge.ts, which is no longer a mod"),
    (KENNEL, "crate.ts", "width = 3", "static width = WIDE", "WIDE is used before line 4"),
    (
        METRO,
        "src/fare.ts",
        'import { zoneOf } from "./zones";\n',
        "",
        "nothing declares or imports zoneOf",
    ),
    (METRO, "src/fare.ts", "zoneOf(trip", "zonesOf(trip", "nothing declares or imports zonesOf"),
    (METRO, "src/fare.ts", "{ zoneOf }", "{ zoneOf, ringOf }", "no export called ringOf"),
    (METRO, "src/fare.ts", "{ zoneOf }", "zoneOf", "no default export"),
    (METRO, "src/fare.ts", '"./zones"', '"./zone"', "there is no module ./zone"),
    (METRO, "src/fare.ts", "trip.from", "trip.start", "Trip has no start"),
    (METRO, "src/fare.ts", "this.surcharge;", "this.extra;", "Tariff has no extra"),
    (METRO, "src/fare.ts", "zoneOf(trip.from)", "zoneOf()", "zoneOf needs 1 arguments"),
    (METRO, "src/fare.ts", "zoneOf(trip.from)", "zoneOf(trip.from, 2)", "takes 1 arguments"),
    (METRO, "src/fare.ts", "share = 0.1", "share: number", "discount needs 2 arguments"),
    (METRO, "src/fare.ts", "function discount", "function rebate", "imports discount"),
    (
        METRO,
        "src/fare.ts",
        "    return BASE",
        "    const zoneOf = (s: string) => 1;\n    return BASE",
        "shadows",
    ),
    (METRO, "src/fare.ts", "const BASE = 2;", "const BASE = 2;\nconst BASE = 3;", "declared twice"),
    (
        METRO,
        "src/fare.ts",
        "const BASE = 2;",
        "const TOP = BASE;\nconst BASE = 2;",
        "before line 5",
    ),
    (METRO, "src/zones.ts", "export function", "function", "imports zoneOf from src/zones.ts"),
    (
        METRO,
        "src/zones.ts",
        "export",
        'import { discount } from "./fare";\ndiscount(1);\nexport',
        "circle",
    ),
    (METRO, "src/fare.ts", FARE, None, "package.json: offers src/fare.ts, which is gone"),
    (
        GARDEN,
        "garden/herbs.py",
        "from garden.beds import water\n",
        "",
        "nothing defines or imports water",
    ),
    (GARDEN, "garden/herbs.py", "import water", "import watr", "garden.beds has no watr"),
    (GARDEN, "garden/herbs.py", "garden.beds import", "garden.bed import", "no module garden.bed"),
    (GARDEN, "garden/herbs.py", "water(self, litres)", "water(self)", "water is not given litres"),
    (GARDEN, "garden/herbs.py", "return self.size", "return self.area", "Plot has no area"),
    (GARDEN, "garden/herbs.py", "hours=1", "hours", "harvest is not given hours"),
    (GARDEN, "garden/herbs.py", "def harvest", "def reap", "imports harvest from garden/herbs.py"),
    (GARDEN, "garden/herbs.py", '    log.info("h', '    log = print\n    log.info("h', "shadows"),
    (GARDEN, "garden/herbs.py", "log = l", "first = log\nlog = l", "used before line 5"),
    (
        GARDEN,
        "garden/beds.py",
        "def water(",
        "import x1\nfrom garden.herbs import harvest\n\n\ndef water(",
        "circle",
    ),
    (SHOP, "lib/stock.js", "{ label }", "{ tag: label }", "no export called tag"),
    (SHOP, "lib/stock.js", "label(shelf", "lable(shelf", "nothing declares or imports lable"),
    (SHOP, "lib/label.js", "const label", None, "names ./label, which is gone"),
]
SOUND = [
    (KENNEL, "bark.js", "howl(1)", "howl(1, 2)"),
    (KENNEL, "bark.js", "{ howl }", "{ howl, yap }"),
    (KENNEL, "voice.js", "module.exports = voice", "module.exports = Object.assign({}, voice)"),
    (KENNEL, "pup.js", ", fed: false", ""),
    (KENNEL, "crate.ts", "width = 3", "width = WIDE"),
    (METRO, "src/fare.ts", "const BASE = 2;", "const BASE = 2;\nconst HALF = BASE / 2;"),
    (
        METRO,
        "src/fare.ts",
        "    return BASE",
        "    const rate = zoneOf(trip.to);\n    return rate * BASE",
    ),
    (METRO, "src/fare.ts", "share = 0.1", "share = 0.1, note?: string"),
    (METRO, "src/zones.ts", "return stop.length;", "console.log(URL, stop);\n  return 1;"),
    (METRO, "src/trip.ts", "to: string;", "to: string;\n  via?: string[];"),
    (GARDEN, "garden/herbs.py", "return self.size", "return [one for one in range(self.size)]"),
    (GARDEN, "garden/herbs.py", "hours=1", "hours=1, *rest, tools=None, **more"),
    (GARDEN, "garden/beds.py", "return litres", "return len(plot.__dict__) + litres"),
    (SHOP, "lib/label.js", "module.exports = { label }", "module.exports = { label, size: 1 }"),
    (SHOP, "lib/stock.js", "label(shelf.length)", "label(process.env.MARK)"),
    (QUARRY, "wedge.ts", "export const wedge = 1;\n", "export {};\n"),
]


@pytest.mark.parametrize(("texts", "path", "old", "new", "fault"), BROKEN)
def test_what_an_edit_breaks_is_named(
    texts: Texts, path: str, old: str, new: str | None, fault: str
) -> None:
    """Imports, names, arity, members, shadows, circles and lost uses, each by its own words."""
    status, detail = checked(texts, path, old, new)
    assert status is CheckStatus.FAIL
    assert fault in detail


@pytest.mark.parametrize(("texts", "path", "old", "new"), SOUND)
def test_sound_code_binds(texts: Texts, path: str, old: str, new: str) -> None:
    """New names, optional parameters, host names and more exports break nothing."""
    assert checked(texts, path, old, new)[0] is CheckStatus.PASS


def test_a_type_that_is_now_computed_still_has_its_members() -> None:
    """What a schema infers nobody wrote out; a type that is written out anew is looked at."""
    written = "export interface Trip {\n  firstStop: string;\n}\n"
    texts = {
        "package.json": '{ "dependencies": { "zod": "^3" } }\n',
        "src/trip.ts": written,
        "src/fare.ts": (
            "declare function note(what: string, of: string): void;\n"
            'export const end = (ride) => note("Trip ended", ride.trip.firstStop);\n'
        ),
    }
    schema = 'import { z } from "zod";\nconst shape = z.object({ firstStop: z.string() });\n'
    inferred = f"{schema}export type Trip = z.infer<typeof shape>;\n"
    shorter = "export type Trip = {\n  lastStop: string;\n};\n"
    assert checked(texts, "src/trip.ts", written, inferred)[0] is CheckStatus.PASS
    status, detail = checked(texts, "src/trip.ts", written, shorter)
    assert status is CheckStatus.FAIL
    assert "uses Trip.firstStop, which src/trip.ts no longer has" in detail


def test_what_cannot_be_told_is_not_run_and_says_why() -> None:
    """Names of other languages are not looked up; data has none."""
    go = {"depot.go": "package depot\n"}
    assert checked(go, "depot.go", "package depot", "package shed") == (
        CheckStatus.NOT_RUN,
        "cannot tell: depot.go: names of Go are not looked up",
    )
    assert checked({"a.yml": "a: 1\n"}, "a.yml", "1", "2")[0] is CheckStatus.PASS
