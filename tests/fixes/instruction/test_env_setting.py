"""A setting of the environment that is told in words, in the schema and in the example file."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

SCHEMA = """import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production']).default('development'),
  WIND_LIMIT: z.coerce.number().positive().default(14),
  RETRY_HOURS: z.coerce.number().int().min(1).max(40).default(24),
  TOKEN: z.string().min(8),
});

export const settings = schema.parse(process.env);
"""
EXAMPLE = "NODE_ENV=development\nWIND_LIMIT=14\nRETRY_HOURS=24\nTOKEN=\n"
LAST = "  TOKEN: z.string().min(8),\n"
QUOTED = "RETRY_HOURS: z.coerce.number().int().min(1).max(40).default(24),"
HOURS = "RETRY_HOURS: z.coerce.number().int().min(1).max(40).default({0}),"


def _new(chain: str, key: str = "LOW_STOCK", default: int = 20) -> dict[str, dict[str, str]]:
    line = f"  {key}: z.coerce.number(){chain}.default({default}),\n"
    return {
        "src/env.ts": {LAST: f"{LAST}{line}"},
        ".env.example": {"TOKEN=\n": f"TOKEN=\n{key}={default}\n"},
    }


def _other(default: int) -> dict[str, dict[str, str]]:
    return {
        "src/env.ts": {QUOTED: HOURS.format(default)},
        ".env.example": {"RETRY_HOURS=24": f"RETRY_HOURS={default}"},
    }


TOLD = [
    ("Introduce LOW_STOCK, an integer of at least 1 that defaults to 20, in the schema and "
     "document it in .env.example", _new(".int().min(1)")),
    ("Make LOW_STOCK a setting like RETRY_HOURS (1 to 100, 20 unless set) and mention it in "
     ".env.example", _new(".int().min(1).max(100)")),
    ("Add HUMIDITY_LIMIT (a positive number, 85 by default) to the schema, with a line in "
     ".env.example", _new(".positive()", "HUMIDITY_LIMIT", 85)),
    ("The schema needs LOW_STOCK (integer, at least 1, default 20), .env.example as well",
     _new(".int().min(1)")),
    ("Read LOW_STOCK from the environment: an integer from 1 to 100, 20 by default; list it in "
     ".env.example", _new(".int().min(1).max(100)")),
    ("Raise the default of RETRY_HOURS from 24 to 36, in the example env file too", _other(36)),
    ("RETRY_HOURS defaults to 24, but the terms promise 36: make it 36 here and in .env.example",
     _other(36)),
    ("Default RETRY_HOURS to 36 in the schema and in .env.example", _other(36)),
    ("RETRY_HOURS should default to 36; adapt .env.example", _other(36)),
    ("Lower RETRY_HOURS to 12 by default, in .env.example too", _other(12)),
]  # fmt: skip
REFUSED = [
    ("Raise the default of RETRY_HOURS from 48 to 72, in .env.example too", "is 24, and not 48"),
    ("Default RETRY_HOURS to 24 in the schema and in .env.example", "24 by default already"),
    ("Make LOW_STOCK a setting like RAIN_HOURS (1 to 100, 20 unless set), also in .env.example",
     "RAIN_HOURS is no setting"),
]  # fmt: skip
FILES = {".env.example": EXAMPLE}
CASES = [
    *(Case(fix, fix, SCHEMA, edits["src/env.ts"], evidence=QUOTED, path="src/env.ts", files=FILES,
           others={".env.example": edits[".env.example"]}) for fix, edits in TOLD),
    *(Case(fix, fix, SCHEMA, evidence=QUOTED, path="src/env.ts", files=FILES, refuses=why)
      for fix, why in REFUSED),
    Case("no example file", "Default RETRY_HOURS to 36 in the schema and in .env.example", SCHEMA,
         evidence=QUOTED, path="src/env.ts", refuses="0 example files"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_setting_is_written_in_both_files(case: Case) -> None:
    """It is written as the file writes its numbers, with the bounds that the text tells."""
    check(case)
