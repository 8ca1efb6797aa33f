"""Two places of one name, a schema of an object, what a handler gives, an await that is missing."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

CHANNELS = """import httpx


class Phone:
    def send(self, body):
        return httpx.post(self.url, json=body)


class Siren:
    def send(self, body):
        return httpx.post(self.url, json=body)
"""
FARM = """import { z } from 'zod';

export const farm = z.object({
  title: z.string().min(5),
  contact: z.string(),
});

export const barn = z.object({
  contact: z.string(),
});
"""
HEADER = """import { log } from './log.js';

export function header(path: string): Header | null {
  return parse(path);
}
"""
CAUGHT = {
    "  return parse(path);\n": "  try {\n    return parse(path);\n  } catch (err) {\n"
    "    log.warn({ err }, 'unreadable');\n    return null;\n  }\n"
}
FEE = "def fee(order):\n    return order.rate * 2\n"
LEASE = """export async function beat(lease: Lease): Promise<boolean> {
  const renewed = lease.renew();
  return renewed;
}

export function frames(slot: number, plan: Plan): number {
  const usable = slot - plan.overhead;
  return usable / plan.exposure;
}
"""
CHECKED = {
    "  const usable": "  if (plan.exposure <= 0) {\n"
    "    throw new RangeError('no exposure');\n  }\n\n  const usable"
}
FILES = {"src/log.ts": "export const log = { warn(a: object, b: string) {} };\n"}
CASES = [
    Case("two of one name", "Pass timeout=30 to httpx.post in send()", CHANNELS,
         evidence="return httpx.post(self.url, json=body)", function="send", path="farm/a.py",
         refuses="stands at several places"),
    Case("the field of a schema", "In farm, contact should be validated with .email().", FARM,
         {"min(5),\n  contact: z.string()": "min(5),\n  contact: z.string().email()"},
         evidence="title: z.string().min(5),\n  contact: z.string(),"),
    Case("no method of an object", "Add .email() to farm", FARM, evidence="title: z.string()",
         refuses="a schema of an object has no `email`"),
    Case("what the handler gives", "Enclose the parse call in a try block whose catch (err) calls "
         "log.warn({ err }, 'unreadable') and returns null", HEADER, CAUGHT, files=FILES,
         evidence="return parse(path);", function="header", path="src/header.ts"),
    Case("a flag that is set", "fee should return 0 right away when order.free is set", FEE,
         {"    return order": "    if order.free:\n        return 0\n    return order"},
         evidence="return order.rate * 2", function="fee", path="farm/fee.py"),
    Case("an await", "An await is missing in front of lease.renew().", LEASE,
         {"= lease.renew()": "= await lease.renew()"}, evidence="const renewed = lease.renew();",
         function="beat"),
    Case("a check that throws", "Let frames begin with a check that throws new "
         "RangeError('no exposure') whenever plan.exposure <= 0", LEASE, CHECKED,
         evidence="const usable = slot - plan.overhead;", function="frames"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_the_place_that_is_told(case: Case) -> None:
    """Exactly these lines change, or nothing does."""
    check(case)
