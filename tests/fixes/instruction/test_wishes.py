"""What auditors of other projects write: rejects, checks, caps, heads, lists, narrowed handlers."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

FERRY = """\
import { tide } from './tide';
import type { Deck } from './decks';

export interface Cabin {
  deck: string;
  beds: number;
}

export class Ferry {
  async cabins(query: Query): Promise<Cabin[]> {
    const limit = query.limit ?? 20;
    const res = await fetch(query.url, {
      headers: { port: 'x' },
    });
    return (await res.json()).slice(0, limit);
  }

  async count(query: Query): Promise<number> {
    const limit = query.limit ?? 200;
    return limit;
  }
}
"""
DECKS = {"src/decks.ts": "export type Deck = 'a';\nexport type Level = 'low' | 'high';\n"}
LIST = """\
export function Berths({ berths }) {
  return berths.map((berth, index) => <li key={index}>{berth.name}</li>);
}
"""
OFFICE = '''\
import logging
import smtplib

logger = logging.getLogger(__name__)


def dose(grams):
    """Weigh a dose."""
    drops = grams * 3
    return drops


def save(path, rows):
    with open(path, "w") as handle:
        handle.write(rows)


class Post:
    def send(self, to):
        try:
            smtplib.send(to)
        except Exception:
            return False
        return True

    def check(self, to):
        try:
            smtplib.check(to)
        except Exception:
            return False
        return True
'''
MARKS = """\
package library;

public final class Marks {
    private static final String END = "\\r";

    static String[] cut(String text) {
        return text.split("#", -1);
    }

    static String head(String text) {
        return text.split("#", -1)[0];
    }
}
"""
CLOCK = """\
from datetime import datetime


def tick():
    return datetime.utcnow()


def off():
    return datetime.utcnow()
"""
SENT = "            smtplib.send(to)\n        except Exception:\n"
CASES = [
    Case("a cap at the head of its place", "cabins: cap `limit` at 50", FERRY,
         {"const limit = query.limit ?? 20;": "const limit = Math.min(query.limit ?? 20, 50);"},
         evidence="const limit = query.limit ?? 20;", path="src/ferry.ts"),
    Case("a numbered list with a check and its failure",
         "(1) Add `signal: AbortSignal.timeout(5_000)` to the fetch options. (2) Before the body is"
         " parsed, check `res.ok` and throw `new Error(`port: ${res.status}`)` otherwise, like the"
         " harbour does.", FERRY,
         {"      headers: { port: 'x' },\n    });\n":
          "      headers: { port: 'x' },\n      signal: AbortSignal.timeout(5_000),\n    });\n"
          "    if (!res.ok) {\n      throw new Error(`port: ${res.status}`);\n    }\n"},
         evidence="const res = await fetch(query.url, {\n      headers: { port: 'x' },\n    });",
         path="src/ferry.ts"),
    Case("a type among the types of its module",
         "Cabin.deck should be of type `Level` (exported by ./decks) instead of string", FERRY,
         {"import type { Deck }": "import type { Deck, Level }", "deck: string;": "deck: Level;"},
         evidence="export interface Cabin {\n  deck: string;", path="src/ferry.ts", files=DECKS),
    Case("a key", "use berth.id as the key of the berths", LIST, {"key={index}": "key={berth.id}"},
         evidence="<li key={index}>", path="src/Berths.jsx"),
    Case("what must be rejected",
         'dose must reject grams <= 0 by raising ValueError("grams must be positive").', OFFICE,
         {"    drops = grams * 3\n":
          '    if grams <= 0:\n        raise ValueError("grams must be positive")\n'
          "    drops = grams * 3\n"},
         evidence="drops = grams * 3", function="dose", path="office.py"),
    Case("a line and what its call is given",
         'Line 15: open the file with newline="" and encoding="utf-8"', OFFICE,
         {'open(path, "w")': 'open(path, "w", newline="", encoding="utf-8")'},
         evidence='with open(path, "w") as handle:', path="office.py"),
    Case("a narrowed handler that says what it caught",
         "In `send`:\n- catch only `(smtplib.SMTPException, OSError)`\n"
         '- log it with `logger.warning("to %s: %s", to, exc)` before returning False', OFFICE,
         {SENT: "            smtplib.send(to)\n"
                "        except (smtplib.SMTPException, OSError) as exc:\n"
                '            logger.warning("to %s: %s", to, exc)\n'},
         evidence="smtplib.send(to)\n        except Exception:", path="office.py"),
    Case("a constant of Java beside its like",
         'Introduce a constant HASH_MARK for "#" alongside END and use it in both methods.', MARKS,
         {'END = "\\r";\n':
          'END = "\\r";\n    private static final String HASH_MARK = "#";\n',
          'cut(String text) {\n        return text.split("#", -1);':
          "cut(String text) {\n        return text.split(HASH_MARK, -1);",
          'text.split("#", -1)[0]': "text.split(HASH_MARK, -1)[0]"},
         evidence='return text.split("#", -1);', path="src/library/Marks.java"),
    Case("an import that is asked for as well",
         "datetime.now(timezone.utc) should be used throughout the module in place of"
         " datetime.utcnow(); timezone has to be imported as well.", CLOCK,
         {"import datetime\n": "import datetime, timezone\n",
          "tick():\n    return datetime.utcnow()": "tick():\n    return datetime.now(timezone.utc)",
          "off():\n    return datetime.utcnow()": "off():\n    return datetime.now(timezone.utc)"},
         evidence="return datetime.utcnow()", path="clock.py"),
    Case("each of two variables that are named in words",
         "Use `??` instead of `||` for beds and rent.",
         "export const room = (o) => {\n  const beds = o.beds || 1;\n"
         "  const rent = o.rent || 9;\n  return [beds, rent];\n};\n",
         {"o.beds ||": "o.beds ??", "o.rent ||": "o.rent ??"},
         evidence="const beds = o.beds || 1;", path="room.js"),
    Case("what should still happen stays",
         "Prefer `??` over `||` for beds. An empty name should still fall back, that line is fine"
         " as it is.",
         "export const room = (o) => {\n  const beds = o.beds || 1;\n"
         "  const name = o.name || 'x';\n  return [beds, name];\n};\n",
         {"o.beds ||": "o.beds ??"}, evidence="const beds = o.beds || 1;", path="room.js"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_wishes_in_the_words_of_auditors(case: Case) -> None:
    """Each is read whole, and gives the edit that a maintainer would make."""
    check(case)
