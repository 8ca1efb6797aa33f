"""What code a sentence gives in passing, whatever its verb: an option, a link, a decorator."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

FERRY = """import { post } from '../net/client';

export class Berths {
  constructor(private readonly root: string) {}

  async reserve(id: string): Promise<void> {
    await post(`${this.root}/berths/${id}`, {
      body: { id },
      timeoutMs: 900,
    });
  }

  async cancel(id: string): Promise<void> {
    await post(`${this.root}/berths/${id}/cancel`, {
      body: { id },
      timeoutMs: 900,
      idempotent: true,
    });
  }
}
"""
LOOM = """import { z } from 'zod';

export const bolt = z.object({
  pattern: z.string().min(1),
  warp: z.number(),
  metres: z.number().positive(),
  tags: z.array(z.string()),
});
"""
HIVE = """import { log } from '../log';
import { bus } from '../bus';

export function swarm(hive: string, queue: { push(x: string): Promise<void> }): void {
  bus.publish('swarm', { hive });
  queue.push(hive);
}
"""
ORCHARD = """import httpx


def fetch_crates(base: str) -> list[dict]:
    return httpx.get(f"{base}/crates", timeout=4).json()


def fetch_pickers(base: str) -> list[dict]:
    return httpx.get(f"{base}/pickers").json()
"""
MODEL = """from pydantic import BaseModel, Field


class Crate(BaseModel):
    label: str
    weight: float = Field(gt=0)
"""
QUAY = """import { useQuery } from './query';

export function Tides({ port }: { port: string }) {
  const tide = useQuery(['tide', port], { staleTime: 60_000 });
  const wind = useQuery(['wind', port], { staleTime: 60_000, retry: 1 });
  return <p>{tide.data} {wind.data}</p>;
}
"""
DEPOT = """export function openPool(make: (o: object) => unknown) {
  return make({ max: 10, idleMs: 5_000 });
}
"""
CASES = [
    Case(
        "an option that the sibling call has",
        "reserve() ought to say idempotent: true just as cancel() does",
        FERRY,
        {
            "      timeoutMs: 900,\n    });\n  }\n\n  async "
            "cancel": "      timeoutMs: 900,\n      idempotent: true,\n    });\n  }\n\n  async "
            "cancel"
        },
        evidence="await post(`${this.root}/berths/${id}`, {",
        function="Berths.reserve",
    ),
    Case(
        "an option that the sibling call has, the sibling first",
        "What cancel() does already, reserve() has to do too: idempotent: true",
        FERRY,
        {
            "      timeoutMs: 900,\n    });\n  }\n\n  async "
            "cancel": "      timeoutMs: 900,\n      idempotent: true,\n    });\n  }\n\n  async "
            "cancel"
        },
        evidence="await post(`${this.root}/berths/${id}`, {",
        function="Berths.reserve",
    ),
    Case(
        "an option that a call lacks",
        "The tide query lacks retry: 1, the wind query has it",
        QUAY,
        {
            "const tide = useQuery(['tide', port], { staleTime: 60_000 "
            "});": "const tide = useQuery(['tide', port], { staleTime: 60_000, retry: 1 });"
        },
        evidence="const tide = useQuery(['tide', port], { staleTime: 60_000 });",
        function="Tides",
        path="src/Tides.tsx",
    ),
    Case(
        "an option without a sibling",
        "The pool would be safer with acquireMs: 2_000",
        DEPOT,
        {"idleMs: 5_000 }": "idleMs: 5_000, acquireMs: 2_000 }"},
        evidence="return make({ max: 10, idleMs: 5_000 });",
        function="openPool",
    ),
    Case(
        "a keyword that the sibling call has",
        "fetch_pickers is missing the timeout=4 that fetch_crates has",
        ORCHARD,
        {'httpx.get(f"{base}/pickers")': 'httpx.get(f"{base}/pickers", timeout=4)'},
        evidence='return httpx.get(f"{base}/pickers").json()',
        function="fetch_pickers",
        path="orchard.py",
    ),
    Case(
        "links in brackets",
        "warp must stay between 1 and 400 (.min(1).max(400))",
        LOOM,
        {"warp: z.number()": "warp: z.number().min(1).max(400)"},
        evidence="  warp: z.number(),",
        function="bolt",
    ),
    Case(
        "links in brackets and an order",
        "warp must stay between 1 and 400 (.min(1).max(400)); cap pattern with .max(80)",
        LOOM,
        {
            "warp: z.number()": "warp: z.number().min(1).max(400)",
            "pattern: z.string().min(1)": "pattern: z.string().min(1).max(80)",
        },
        evidence="  pattern: z.string().min(1),\n  warp: z.number(),",
        function="bolt",
    ),
    Case(
        "two fields with a link each",
        "pattern wants .max(80) and tags wants .max(12)",
        LOOM,
        {
            "pattern: z.string().min(1)": "pattern: z.string().min(1).max(80)",
            "tags: z.array(z.string())": "tags: z.array(z.string()).max(12)",
        },
        evidence="  pattern: z.string().min(1),\n  warp: z.number(),\n  metres: "
        "z.number().positive(),\n  tags: z.array(z.string()),",
        function="bolt",
    ),
    Case(
        "a link on a call that is not awaited",
        "bus.publish need not be awaited but has to carry .catch((err) => log.warn({ err }, 'no "
        "swarm'))",
        HIVE,
        {
            "bus.publish('swarm', { hive "
            "});": "bus.publish('swarm', { hive }).catch((err) => log.warn({ err }, 'no swarm'));"
        },
        evidence="bus.publish('swarm', { hive });",
        function="swarm",
    ),
    Case(
        "a link that is wanted",
        "queue.push can stay in the background, it only wants a .catch((err) => log.error({ err "
        "}))",
        HIVE,
        {"queue.push(hive);": "queue.push(hive).catch((err) => log.error({ err }));"},
        evidence="queue.push(hive);",
        function="swarm",
    ),
    Case(
        "a keyword of a field",
        "weight cannot exceed two tonnes (le=2000)",
        MODEL,
        {"Field(gt=0)": "Field(gt=0, le=2000)"},
        evidence="    weight: float = Field(gt=0)",
        function="Crate",
        path="crate.py",
    ),
    Case(
        "the call has it already",
        "cancel() ought to say idempotent: true just as reserve() does",
        FERRY,
        refuses="no single edit",
        evidence="await post(`${this.root}/berths/${id}/cancel`, {",
        function="Berths.cancel",
    ),
    Case(
        "two calls could take it",
        "The queries would be quicker with enabled: true",
        QUAY,
        refuses="no single edit",
        evidence="const tide = useQuery(['tide', port], { staleTime: 60_000 });\n  const wind = "
        "useQuery(['wind', port], { staleTime: 60_000, retry: 1 });",
        function="Tides",
        path="src/Tides.tsx",
    ),
    Case(
        "an option that shall not be given",
        "The pool must not get acquireMs: 2_000 before the driver is upgraded",
        DEPOT,
        refuses="no single edit",
        evidence="return make({ max: 10, idleMs: 5_000 });",
        function="openPool",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.name)
def test_given(case: Case) -> None:
    """What is given in passing is given to the one thing it is meant for."""
    check(case)
