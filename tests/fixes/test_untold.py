"""What a fix text wants said in words: told where an added line has a word of it."""

from __future__ import annotations

import pytest

from mendbook.fixes.untold import untold

PLAIN = "function rate(w) {\n  return w * 2;\n}\n"


@pytest.mark.parametrize(
    ("fix", "before", "after", "left"),
    [
        (
            "Add an @deprecated tag that names the version it goes away in.",
            PLAIN,
            "/** @deprecated */\n" + PLAIN,
            ("tag names the version it goes away in",),
        ),
        (
            "Add an @deprecated tag that names the version it goes away in.",
            PLAIN,
            "/** @deprecated goes in version 4 */\n" + PLAIN,
            (),
        ),
        (
            "Raise a ValueError with a message that names the missing column.",
            "def load(row):\n    return row\n",
            "def load(row):\n    if not row:\n        raise ValueError\n    return row\n",
            ("message names the missing column",),
        ),
        (
            "Raise a ValueError with a message that names the missing column.",
            "def load(row):\n    return row\n",
            "def load(row, column):\n    if not row:\n        raise ValueError(f'no {column}')\n"
            "    return row\n",
            (),
        ),
        (
            "Add a comment which explains the order of the two locks",
            "mu.Lock()\nnu.Lock()\n",
            "// TODO\nmu.Lock()\nnu.Lock()\n",
            ("comment explains the order of the two locks",),
        ),
        (
            "Iterate with SCAN (scanStream) and read each page with one MGET.",
            "const keys = await redis.keys('berth:*');\n",
            "for await (const page of redis.scanStream({ match: 'berth:*' })) all.push(...page);\n",
            ("read each page with one MGET",),
        ),
        (
            "Iterate with SCAN (scanStream) and read each page with one MGET.",
            "const keys = await redis.keys('berth:*');\n",
            "for await (const page of redis.scanStream({ match: 'berth:*' })) rows.push("
            "...(await redis.mget(page)));\n",
            (),
        ),
        (
            "Log it as an error and count it",
            "log.info('hive silent')\n",
            "log.error('hive silent')\n",
            ("count it",),
        ),
        (
            "Log it as an error and count it",
            "log.info('hive silent')\n",
            "log.error('hive silent')\ncounter.inc()\n",
            (),
        ),
        (
            "Return None so that callers can see and ignore it",
            "return 0\n",
            "return None\n",
            (),
        ),
        (
            "Both should be strict: === and !==",
            "a == b && c != d\n",
            "a === b && c != d\n",
            ("`!==` is not written",),
        ),
        (
            "Compile it once, at module level, as WORD",
            "def ok(s):\n    rule = re.compile('x')\n",
            "rule = re.compile('x')\n\n\ndef ok(s):\n",
            ("WORD is not there",),
        ),
        ("Answer as JSON", "return 1\n", "return json.dumps(1)\n", ()),
        (
            "Open the session once and send all of them with STARTTLS",
            "smtp = SMTP(host)\n",
            "smtp = SMTP(host, 587)\n",
            ("send all of them with STARTTLS",),
        ),
        (
            "Keep one row per berth and write it with UPSERT",
            "db.execute(INSERT)\n",
            "db.execute(upsert)\n",
            (),
        ),
        ("Name it MAX_DEPTH", "x = 9\n", "LIMIT = 9\nx = LIMIT\n", ("MAX_DEPTH is not there",)),
        ("Cap the line that lists fares at 80 characters.", "a = 1\n", "a = 2\n", ()),
    ],
)
def test_what_is_wanted_in_words_is_told_or_left(
    fix: str, before: str, after: str, left: tuple[str, ...]
) -> None:
    """A thing that is to say something says it, and a command in capitals is there."""
    assert untold(fix, before, after) == left
