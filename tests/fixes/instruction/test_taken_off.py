"""What is taken off a thing that stays: its export, its type, one of its arguments."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

ROPEWALK = """\
import { twist } from './twist';

export const STRANDS = 3;

export function lay(yarn: string, metres: number): string {
  const turns: number = metres * STRANDS;
  return twist(yarn, turns, { strands: 3, tarred: false });
}
"""
LOOM = """\
import { Thread } from './thread';

export type Shed = 'open' | 'closed';

export class Loom {
  @Weft()
  thread: Thread | null = null;

  @Warp('linen')
  beam: string = 'oak';

  shed: Shed = 'closed';
}
"""
APIARY = '''\
"""Hives and what they weigh."""

from hives.scale import weigh


def harvest(hive, frames):
    total: float = weigh(hive, frames, True)
    return total
'''


def _ropewalk(name: str, fix: str, evidence: str, edits: dict[str, str]) -> Case:
    return Case(name, fix, ROPEWALK, edits, evidence=evidence, path="src/ropewalk.ts")


EXPORT = {"export const STRANDS": "const STRANDS"}


@pytest.mark.parametrize(
    "case",
    [
        _ropewalk("un-export", "Un-export `STRANDS`.", "", EXPORT),
        _ropewalk("unexport", "Unexport STRANDS, only this file reads it.", "", EXPORT),
        Case(
            "the export of what a call makes",
            "Unexport tar.",
            "import { kettle } from './kettle';\n\nexport const tar = kettle(4);\n\n"
            "export function dip(yarn: string): string {\n  return tar(yarn);\n}\n",
            {"export const tar": "const tar"},
            path="src/tar.ts",
        ),
        _ropewalk("the keyword", "Remove the `export` keyword from `STRANDS`.", "", EXPORT),
        _ropewalk(
            "a type that is inferred",
            "Remove the type annotation `number`.",
            "const turns: number = metres * STRANDS;",
            {"turns: number": "turns"},
        ),
        _ropewalk(
            "an option",
            "Remove the `tarred: false` option, it is the default.",
            "return twist(yarn, turns, { strands: 3, tarred: false });",
            {", tarred: false": ""},
        ),
        Case(
            "un-export a type",
            "Un-export the type `Shed`.",
            LOOM,
            {"export type Shed": "type Shed"},
            path="src/loom.ts",
        ),
        Case(
            "an argument of a decorator",
            "Pass `{ nullable: true }` as an option to `@Weft()`.",
            LOOM,
            {"@Weft()": "@Weft({ nullable: true })"},
            evidence="@Weft()",
            path="src/loom.ts",
        ),
        Case(
            "a type in Python",
            "Remove the type annotation `float`.",
            APIARY,
            {"total: float =": "total ="},
            evidence="total: float = weigh(hive, frames, True)",
            path="hives/harvest.py",
        ),
        Case(
            "an export that another file reads",
            "Un-export `STRANDS`.",
            ROPEWALK,
            path="src/ropewalk.ts",
            files={"src/rigging.ts": "import { STRANDS } from './ropewalk';\nuse(STRANDS);\n"},
            refuses="is used at src/rigging.ts:1",
        ),
        Case(
            "an export of what nobody uses, here or elsewhere",
            "Un-export `spare`.",
            ROPEWALK + "\nexport const spare = (rope: string) => rope;\n",
            path="src/ropewalk.ts",
            refuses="spare is used nowhere, so it is rather to be deleted",
        ),
        Case(
            "an export of what only calls itself",
            "Un-export `coil`.",
            ROPEWALK
            + "\nexport function coil(turns: number): number {\n"
            + "  return turns > 1 ? coil(turns - 1) : 0;\n}\n",
            path="src/ropewalk.ts",
            refuses="coil is used nowhere, so it is rather to be deleted",
        ),
        Case(
            "an export of overloads that nobody else names",
            "Un-export `knot`.",
            ROPEWALK
            + "\nexport function knot(rope: string): void;\n"
            + "export function knot(rope: number): void;\n"
            + "export function knot(rope: unknown): void {}\n",
            path="src/ropewalk.ts",
            refuses="knot is used nowhere, so it is rather to be deleted",
        ),
    ],
    ids=lambda one: one.name,
)
def test_what_is_taken_off_leaves_the_rest(case: Case) -> None:
    """Only what the text names goes, and only where nothing needs it."""
    check(case)
