"""Promises of the provider that is always there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_cases import CASES, ROOM, Case, written

from mendbook.code.references import find_references
from mendbook.model import SymbolStatus
from mendbook.repository.snapshot import Snapshot


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_use_is_found_and_no_other(case: Case) -> None:
    """The uses of a symbol are exactly those a person would list, whatever form they take."""
    found = find_references((), Snapshot.of(case.files), provider="syntax")
    uses = found.uses(case.symbol, case.file)
    assert tuple(written(one) for one in uses.references) == case.uses
    assert uses.provider == "syntax"
    assert uses.status is SymbolStatus.RESOLVED


def test_an_unknown_receiver_counts_only_for_a_name_that_one_type_has() -> None:
    """A use on a receiver of unknown type is listed when nothing else could be meant by it."""
    main = "export function leave(room) {\n  room.closeDoors();\n}\n"
    room = "export class Room {\n  closeDoors() {}\n}\n"
    shop = "export class Shop {\n  closeDoors() {}\n}\n"
    alone = find_references((), Snapshot.of({"room.ts": room, "main.ts": main}), provider="syntax")
    both = find_references(
        (), Snapshot.of({"room.ts": room, "shop.ts": shop, "main.ts": main}), provider="syntax"
    )
    assert [written(one) for one in alone.uses("Room.closeDoors", "room.ts").references] == [
        "main.ts:2 call — leave"
    ]
    assert both.uses("Room.closeDoors", "room.ts").references == ()


def test_a_method_that_hands_its_call_on_does_not_call_itself() -> None:
    """What it is handed to has no known type, and is another object, as a rule."""
    files = {
        "src/mill.js": "module.exports = class Mill {\n  grindAll(sacks) {\n"
        "    return this.stones.grindAll(sacks);\n  }\n\n  run(sacks) {\n"
        "    return this.grindAll(sacks);\n  }\n};\n",
    }
    found = find_references((), Snapshot.of(files), provider="syntax")
    uses = found.uses("Mill.grindAll", "src/mill.js").references
    assert [written(one) for one in uses] == ["src/mill.js:7 call — Mill.run"]


def test_a_receiver_of_a_package_is_never_ours() -> None:
    """A method of a package's object is not taken for ours of the same name."""
    main = 'import { Room } from "rooms";\nnew Room("a").close();\n'
    found = find_references((), Snapshot.of({"room.ts": ROOM, "main.ts": main}), provider="syntax")
    assert found.uses("Room.close", "room.ts").references == ()


def test_circular_barrels_and_types_end() -> None:
    """Files that export each other, and types that extend themselves, are no trap."""
    found = find_references(
        (),
        Snapshot.of(
            {
                "a.ts": 'export * from "./b.js";\nexport class A extends A { run() {} }\n',
                "b.ts": 'export * from "./a.js";\nexport type T = T["x"];\n',
                "c.ts": 'import { x } from "./d.js";\nexport { x };\nx.run();\n',
                "d.ts": 'import { x } from "./c.js";\nexport { x };\nx.run();\n',
                "main.ts": (
                    'import { A, missing } from "./b.js";\nimport type { T } from "./b.js";\n'
                    "missing();\nnew A().run();\nfunction f(t: T) {\n  t.run();\n}\n"
                ),
            }
        ),
        provider="syntax",
    )
    assert [written(one) for one in found.uses("A.run", "a.ts").references] == [
        "c.ts:3 call — module",
        "d.ts:3 call — module",
        "main.ts:4 call — module",
        "main.ts:6 call — f",
    ]


NAMES = st.sampled_from(["load", "save", "x", "Room"])
MARKS = "(,),{,},=>,class_function_const_import_export_interface_await_=,.,;,:,<,>,?,!,..."
PIECES = st.lists(
    st.one_of(NAMES, st.sampled_from([*MARKS.replace("_", " ,").split(","), " from './b.js'\n"])),
    max_size=60,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(text=PIECES, other=PIECES)
def test_no_text_is_too_broken_to_read(text: str, other: str) -> None:
    """Any text at all gives an answer: places in files of the snapshot, each really the name."""
    snapshot = Snapshot.of({"a.ts": text, "b.ts": f"export function load() {{}}\n{other}"})
    found = find_references((), snapshot, provider="syntax")
    for one in found.uses("load", "b.ts").references:
        line = snapshot.text(one.file).split("\n")[one.line - 1]
        assert line[one.column - 1 :].startswith(("load", "save", "x", "Room"))


@settings(max_examples=40, deadline=None)
@given(calls=st.lists(st.integers(min_value=0, max_value=4), max_size=8))
def test_each_call_is_found_once(calls: list[int]) -> None:
    """However calls are spread over files, each is one reference, in file and line order."""
    files = {"load.ts": "export function load() {}\n"}
    for number in range(5):
        body = "load();\n" * calls.count(number)
        files[f"main{number}.ts"] = f'import {{ load }} from "./load.js";\n{body}'
    uses = find_references((), Snapshot.of(files), provider="syntax").uses("load", "load.ts")
    expected = [(f"main{n}.ts", 2 + k) for n in range(5) for k in range(calls.count(n))]
    assert [(one.file, one.line) for one in uses.references if one.kind == "call"] == expected


def test_a_global_type_is_used_without_an_import() -> None:
    """A file that has a type of that name itself means its own; a module's types are no globals."""
    files = {
        "types/harbour.d.ts": "interface Tide { height: number }\ndeclare type Berth = string;\n",
        "src/window.d.ts": "export {};\ndeclare global {\n  interface Pier { name: string }\n}\n",
        "src/own.ts": "type Tide = { local: true };\nexport const t = (tide: Tide) => tide;\n",
        "src/gate.ts": (
            "export function level(tide: Tide): number { return tide.height; }\n"
            "export const berths: Berth[] = [];\n"
            "export const name = (pier: Pier) => pier.name;\n"
        ),
        "src/kept.ts": "export interface Lock { open: boolean }\n",
        "src/other.ts": "export const lock = (one: Lock) => one;\n",
    }
    found = find_references((), Snapshot.of(files), provider="syntax")

    def uses(name: str, file: str) -> list[str]:
        return [written(one) for one in found.uses(name, file).references]

    assert uses("Tide", "types/harbour.d.ts") == ["src/gate.ts:1 type — level"]
    assert uses("Berth", "types/harbour.d.ts") == ["src/gate.ts:2 type — module"]
    assert "src/gate.ts:3 type — name" in uses("Pier", "src/window.d.ts")
    assert uses("Lock", "src/kept.ts") == []
