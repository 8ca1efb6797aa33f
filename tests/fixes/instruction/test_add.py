"""What fix texts add: options, fields, elements, guards, calls, decorators, settings."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

LIBRARY = """\
import { catalog } from './catalog';

export async function lend(bookId: string, reader: string): Promise<void> {
  const copy = await catalog.reserve(bookId, { hold: true });
  await catalog.stamp(copy, {
    reader,
    weeks: 3,
  });
  await mail.send(reader, copy);
}
"""
WARD = """\
import logging

import requests

logger = logging.getLogger(__name__)


def admit(patient, ward):
    bed = requests.post(f"{ward.url}/beds", json={"patient": patient.id})
    chart = requests.get(
        f"{ward.url}/charts",
        params={"patient": patient.id},
    )
    logger.info("admitted %s", patient.id)
    return bed, chart
"""
ARENA = """\
const z = require('zod');

const playerSchema = z.object({
  nick: z.string().min(2),
  level: z.number().int(),
  clan: z.string().optional(),
});

function score(player, hits) {
  const points = hits * player.level;
  board.push(player.nick, points);
  return points;
}

module.exports = { playerSchema, score };
"""
CASES = [
    Case(
        "an option goes into the options object of the call that is named",
        "Pass `retries: 2` in the options of catalog.reserve",
        LIBRARY,
        {"{ hold: true }": "{ hold: true, retries: 2 }"},
        evidence="const copy = await catalog.reserve(bookId, { hold: true });",
        function="lend",
    ),
    Case(
        "an option of many lines gets a line of its own",
        "Include dueBy: nextMonth() when calling catalog.stamp",
        LIBRARY + "function nextMonth() { return 1; }\n",
        {"    weeks: 3,\n": "    weeks: 3,\n    dueBy: nextMonth(),\n"},
        evidence="await catalog.stamp(copy, {",
        function="lend",
    ),
    Case(
        "a keyword goes to the one call, not to its sibling",
        "Add timeout=(3, 10) to the requests.get call",
        WARD,
        {
            '        params={"patient": patient.id},\n': '        params={"patient": patient.id},\n'
            "        timeout=(3, 10),\n"
        },
        evidence='chart = requests.get(\n        f"{ward.url}/charts",',
        function="admit",
        path="app/ward.py",
    ),
    Case(
        "a call that has the keyword already is left alone",
        "Pass timeout=5 to requests.post",
        WARD.replace('"patient": patient.id})', '"patient": patient.id}, timeout=5)'),
        refuses="already",
        evidence='bed = requests.post(f"{ward.url}/beds"',
        function="admit",
        path="app/ward.py",
    ),
    Case(
        "a bound goes before optional(), which has no bounds",
        "Add .max(24) to clan",
        ARENA,
        {"clan: z.string().optional()": "clan: z.string().max(24).optional()"},
        evidence="clan: z.string().optional(),",
        function="playerSchema",
        path="src/arena.js",
    ),
    Case(
        "two fields are bound by one text",
        "Cap both: nick gets .max(20) and level gets .max(99)",
        ARENA,
        {
            "z.string().min(2)": "z.string().min(2).max(20)",
            "z.number().int()": "z.number().int().max(99)",
        },
        evidence="nick: z.string().min(2),\n  level: z.number().int(),",
        function="playerSchema",
        path="src/arena.js",
    ),
    Case(
        "a chained call is hung on the call that floats",
        "Attach `.catch((error) => log.warn(error))` to the mail.send call",
        LIBRARY.replace("await mail.send", "mail.send").replace(
            "import", "import { log, mail } from './io';\nimport", 1
        ),
        {"mail.send(reader, copy);": "mail.send(reader, copy).catch((error) => log.warn(error));"},
        evidence="mail.send(reader, copy);",
        function="lend",
    ),
    Case(
        "a guard stands before the call that the text names",
        "Before pushing to the board, if (points < 0) return 0",
        ARENA,
        {"  board.push(": "  if (points < 0) return 0;\n  board.push("},
        evidence="board.push(player.nick, points);",
        function="score",
        path="src/arena.js",
    ),
    Case(
        "a guard at the top of the function, in the file's own style",
        "Throw new RangeError('hits') when hits < 0, at the start of score",
        ARENA,
        {
            "function score(player, hits) {\n": "function score(player, hits) {\n"
            "  if (hits < 0) {\n    throw new RangeError('hits');\n  }\n\n"
        },
        evidence="const points = hits * player.level;",
        function="score",
        path="src/arena.js",
    ),
    Case(
        "an early return in Python, behind the docstring",
        "Return None if patient is missing, at the top of admit",
        WARD.replace(
            "def admit(patient, ward):\n", 'def admit(patient, ward):\n    """Admit."""\n'
        ),
        {'    """Admit."""\n': '    """Admit."""\n    if patient is None:\n        return None\n'},
        evidence='bed = requests.post(f"{ward.url}/beds"',
        function="admit",
        path="app/ward.py",
    ),
    Case(
        "a call after another",
        "Call audit.note(patient.id) after the requests.get call",
        WARD.replace("import requests", "import requests\n\nfrom app import audit"),
        {
            '        params={"patient": patient.id},\n    )\n'
            "": '        params={"patient": patient.id},\n    )\n    audit.note(patient.id)\n'
        },
        evidence='chart = requests.get(\n        f"{ward.url}/charts",',
        function="admit",
        path="app/ward.py",
    ),
    Case(
        "which of two equal calls it follows is not guessed",
        "Call meter.tick() after the flush",
        "export async function night(): Promise<void> {\n  await cache.flush();\n"
        "  if (dry) return;\n  await disk.flush();\n}\n",
        refuses="several places",
        evidence="await cache.flush();\n  if (dry) return;\n  await disk.flush();",
        function="night",
    ),
    Case(
        "an element joins Promise.all",
        "Add feed.close() to the Promise.all in stopZoo",
        "export async function stopZoo(): Promise<void> {\n"
        "  await Promise.all([gates.close(), lights.off()]);\n}\n"
        "export async function startZoo(): Promise<void> {\n"
        "  await Promise.all([gates.open(), feed.fill()]);\n}\n",
        {"lights.off()]": "lights.off(), feed.close()]"},
        evidence="await Promise.all([gates.close(), lights.off()]);",
        function="stopZoo",
    ),
    Case(
        "a name in a list of strings becomes a string",
        "Add 'tiff' to ALLOWED",
        'ALLOWED = ["png", "jpeg"]\nOTHER = ["gif"]\n',
        {'"png", "jpeg"]': '"png", "jpeg", "tiff"]'},
        evidence='ALLOWED = ["png", "jpeg"]',
        path="app/images.py",
    ),
    Case(
        "a missing dependency of an effect",
        "Include roomId in the dependency array",
        "export function Room({ roomId, join }) {\n  useEffect(() => {\n    join(roomId);\n"
        "  }, [join]);\n  useEffect(() => {\n    log(roomId);\n  }, []);\n  return null;\n}\n",
        {"[join]": "[join, roomId]"},
        evidence="join(roomId);\n  }, [join]);",
        function="Room",
        path="web/Room.jsx",
    ),
    Case(
        "a field of an interface, and the value where its objects are made",
        "Add `seatRow?: number` to Ticket",
        "export interface Ticket {\n  id: string;\n}\n\nexport interface Seat {\n"
        "  id: string;\n}\n",
        {
            "export interface Ticket {\n  id: string;\n": "export interface Ticket {\n"
            "  id: string;\n"
            "  seatRow?: number;\n"
        },
        evidence="export interface Ticket {\n  id: string;",
        function="Ticket",
    ),
    Case(
        "a decorator stands below those that are there",
        'Decorate close_shift with @requires_role("foreman")',
        "from app.auth import requires_role\n\n\n@bp.post('/open')\n@requires_role('foreman')\n"
        "def open_shift(no):\n    return no\n\n\n@bp.post('/close')\ndef close_shift(no):\n"
        "    return no\n",
        {"@bp.post('/close')\n": "@bp.post('/close')\n@requires_role(\"foreman\")\n"},
        evidence="@bp.post('/close')\ndef close_shift(no):",
        function="close_shift",
        path="app/shifts.py",
        problem="close_shift may be called by anybody",
    ),
    Case(
        "a tag joins the doc comment that is there",
        "Mark legacyTide() as @deprecated Use tideAt instead.",
        "/** Return the tide. */\nexport function legacyTide(): number {\n  return 1;\n}\n",
        {
            "/** Return the tide. */": "/**\n * Return the tide.\n *\n"
            " * @deprecated Use tideAt instead."
            "\n */"
        },
        evidence="export function legacyTide(): number {",
        function="legacyTide",
    ),
    Case(
        "await where the promise floats",
        "Await the queue.drain() call",
        "export async function park(): Promise<void> {\n  queue.drain();\n  lot.close();\n}\n",
        {"  queue.drain();": "  await queue.drain();"},
        evidence="queue.drain();",
        function="park",
    ),
    Case(
        "await needs an async function",
        "Await the queue.drain() call",
        "export function park(): void {\n  queue.drain();\n}\n",
        refuses="async",
        evidence="queue.drain();",
        function="park",
    ),
    Case(
        "a setting in the style of its siblings, and in the example file",
        "Add KILN_MAX_C with default 1280 to the settings schema and to .env.example",
        "import { z } from 'zod';\n\nexport const settings = z.object({\n  KILN_ID: z.string(),\n"
        "  KILN_MIN_C: z.coerce.number().int().default(20),\n});\n",
        {"default(20),\n": "default(20),\n  KILN_MAX_C: z.coerce.number().int().default(1280),\n"},
        evidence="KILN_MIN_C: z.coerce.number().int().default(20),",
        function="settings",
        path="src/settings.ts",
        files={".env.example": "KILN_ID=1\nKILN_MIN_C=20\n"},
        others={".env.example": {"KILN_MIN_C=20\n": "KILN_MIN_C=20\nKILN_MAX_C=1280\n"}},
    ),
    Case(
        "a key in JSON settings",
        'Add "noImplicitAny": true to compilerOptions',
        '{\n  "compilerOptions": {\n    "target": "es2022",\n    "strict": false\n  },\n'
        '  "include": ["src"]\n}\n',
        {'"strict": false': '"strict": false,\n    "noImplicitAny": true'},
        evidence='"strict": false',
        path="tsconfig.json",
    ),
    Case(
        "an export in a barrel",
        "Also export Oven from index.ts",
        "export { Mixer } from './Mixer';\nexport { Scale } from './Scale';\n",
        {"'./Scale';\n": "'./Scale';\nexport { Oven } from './Oven';\n"},
        evidence="export { Scale } from './Scale';",
        path="src/tools/index.ts",
        files={"src/tools/Oven.ts": "export class Oven {}\n"},
    ),
    Case(
        "a call without options gets them only where its declaration takes them",
        "Set dryRun: true on the sow call",
        "function sow(field: string): void {}\nexport function spring(): void {\n"
        "  sow('north');\n}\n",
        refuses="takes no further argument",
        evidence="sow('north');",
        function="spring",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_added(case: Case) -> None:
    """Only what the text gives is added, at the one place that it names."""
    check(case)
