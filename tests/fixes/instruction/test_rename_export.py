"""A rename reaches every place that means the name, and none that only spells it."""

from __future__ import annotations

import pytest
from instruction_cases import Case, propose

from mendbook.model import Proposal, Skipped

CASES = [
    (
        "a namespace, a barrel, an alias and a namesake",
        "src/a.ts",
        {
            "src/a.ts": "export function tide(n: number): number {\n  return n;\n}\n",
            "src/b.ts": 'import * as sea from "./a";\nsea.tide(1);\n',
            "src/c.ts": 'import { tide } from "./d";\ntide(1);\n',
            "src/d.ts": "export const tide = (n: number) => n;\n",
            "src/e.ts": 'import { tide as swell } from "./a";\nswell(1);\n',
            "src/f.ts": 'export { tide } from "./a";\n',
            "src/g.ts": 'import { tide } from "./f";\nexport const kept = { tide };\n',
        },
        {
            "src/a.ts": "export function surge(n: number): number {\n  return n;\n}\n",
            "src/b.ts": 'import * as sea from "./a";\nsea.surge(1);\n',
            "src/e.ts": 'import { surge as swell } from "./a";\nswell(1);\n',
            "src/f.ts": 'export { surge } from "./a";\n',
            "src/g.ts": 'import { surge } from "./f";\nexport const kept = { tide: surge };\n',
        },
    ),
    (
        "both ends of a tag",
        "src/a.tsx",
        {
            "src/a.tsx": "export const tide = 1;\nfunction tided() {}\n",
            "src/b.tsx": 'import { tide as Tide } from "./a";\nexport const x = <Tide></Tide>;\n',
        },
        {
            "src/a.tsx": "export const surge = 1;\nfunction tided() {}\n",
            "src/b.tsx": 'import { surge as Tide } from "./a";\nexport const x = <Tide></Tide>;\n',
        },
    ),
    (
        "overloads, and a merged type",
        "src/a.ts",
        {
            "src/a.ts": "export interface tide {\n  a: 1;\n}\nexport interface tide {\n"
            "  next: tide;\n}\n",
            "src/b.ts": 'import type { tide } from "./a";\nexport type T = tide["a"];\n',
        },
        {
            "src/a.ts": "export interface surge {\n  a: 1;\n}\nexport interface surge {\n"
            "  next: surge;\n}\n",
            "src/b.ts": 'import type { surge } from "./a";\nexport type T = surge["a"];\n',
        },
    ),
    (
        "CommonJS",
        "src/a.js",
        {
            "src/a.js": "function tide() {}\n\nmodule.exports = { tide };\n",
            "src/b.js": 'const { tide } = require("./a");\n\ntide();\n',
        },
        {
            "src/a.js": "function surge() {}\n\nmodule.exports = { surge };\n",
            "src/b.js": 'const { surge } = require("./a");\n\nsurge();\n',
        },
    ),
]


@pytest.mark.parametrize(("name", "path", "before", "after"), CASES, ids=[one[0] for one in CASES])
def test_every_use_is_renamed(
    name: str, path: str, before: dict[str, str], after: dict[str, str]
) -> None:
    """The tree after is whole: imports, namespaces, barrels and aliases follow."""
    others = {each: text for each, text in before.items() if each != path}
    case = Case(name, "Rename `tide` to `surge`.", before[path], path=path, files=others)
    answer = propose(case)
    assert isinstance(answer, Proposal), answer.reason
    assert answer.edits == after


@pytest.mark.parametrize(
    ("other", "text"),
    [
        ("src/b.test.ts", 'vi.mock("./a", () => ({ tide: vi.fn() }));\n'),
        ("src/b.ts", 'import("./a").then((one) => one.tide());\n'),
        ("src/B.vue", '<script setup>\nimport { tide } from "./a";\ntide();\n</script>\n'),
    ],
)  # fmt: skip
def test_a_place_that_is_not_understood_keeps_the_name(other: str, text: str) -> None:
    """Where a module is loaded or mocked at run time, the rename is a person's."""
    code = "export function tide() {}\n"
    case = Case("", "Rename `tide` to `surge`.", code, files={other: text})
    answer = propose(case)
    assert isinstance(answer, Skipped)
    assert f"at {other}" in answer.reason


GAUGE = """export class Gauge {
  static made = 0;
  depth = 1;

  get mark() {
    return this.depth + Gauge.made;
  }

  set mark(value: number) {
    this.depth = value;
  }

  deeper(other: Gauge) {
    return other.depth > this.depth;
  }
}
"""
MEMBERS = [
    ("Gauge.mark", {"mark()": "level()", "mark(value": "level(value"}),
    ("Gauge.made", {"static made": "static level", "Gauge.made": "Gauge.level"}),
    (
        "Gauge.depth",
        {"  depth = 1": "  level = 1", "this.depth": "this.level", "other.depth": "other.level"},
    ),
]


@pytest.mark.parametrize(("old", "changes"), MEMBERS, ids=[one[0] for one in MEMBERS])
def test_every_declaration_and_use_of_a_member_is_renamed(
    old: str, changes: dict[str, str]
) -> None:
    """Getter and setter are one name, and a member is used on its class and on others of it."""
    answer = propose(Case("", f"Rename `{old}` to `level`.", GAUGE, path="src/gauge.ts"))
    after = GAUGE
    for before, now in changes.items():
        after = after.replace(before, now)
    assert isinstance(answer, Proposal), answer.reason
    assert answer.edits == {"src/gauge.ts": after}


UNREACHED = [
    (
        "src/river.ts",
        "export namespace River {\n  export const tide = 4;\n}\n",
        {"src/bank.ts": 'import { River } from "./river";\n\nexport const a = River.tide;\n'},
        "tide is a member of a namespace, and may be used through it",
    ),
    (
        "types/river.d.ts",
        "declare namespace River {\n  interface tide {\n    height: number;\n  }\n}\n",
        {"src/bank.ts": "export const low = (a: River.tide) => a.height;\n"},
        "tide is a member of a namespace, and may be used through it",
    ),
    (
        "types/river.d.ts",
        "declare const tide: number;\n",
        {"src/bank.ts": "export const low = () => tide - 1;\n"},
        "tide is a global, and used at src/bank.ts:1",
    ),
    (
        "src/river.ts",
        "export const tide = 4;\n",
        {"src/bank.ts": 'import * as river from "./river";\n\nexport const a = river["tide"];\n'},
        "tide is written as a text at src/bank.ts:3",
    ),
    (
        "src/river.ts",
        "export const tide = 4;\n",
        {
            "src/bank.ts": 'import * as river from "./river";\n\n'
            'export const a: (typeof river)["tide"] = 4;\n'
        },
        "tide is written as a text at src/bank.ts:3",
    ),
    (
        "src/river.ts",
        "export class River {\n  tide = 4;\n}\n",
        {
            "src/bank.ts": 'import type { River } from "./river";\n\n'
            'export type Low = Pick<River, "tide">;\n'
        },
        "tide is written as a text at src/bank.ts:3",
    ),
]


@pytest.mark.parametrize(("path", "code", "files", "reason"), UNREACHED)
def test_what_is_named_without_an_import_keeps_its_name(
    path: str, code: str, files: dict[str, str], reason: str
) -> None:
    """A namespace, the global scope and a text name it where no reference leads."""
    answer = propose(Case("", "Rename `tide` to `surge`.", code, path=path, files=files))
    assert isinstance(answer, Skipped)
    assert reason in answer.reason
