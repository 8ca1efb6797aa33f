"""Promises about what findings name: statuses, places, events, importers, and what is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reference_cases import ROOM, finding, written

from mendbook.code.references import References, find_references
from mendbook.model import Declaration, SymbolReferences, SymbolStatus
from mendbook.repository.snapshot import Snapshot

SERVER = {
    "src/room.ts": ROOM,
    "src/shop.ts": "export class Shop {\n  close() {}\n}\n",
    "src/room.handler.ts": (
        'import { Room } from "./room.js";\n'
        "const leave = (room: Room) => room.close();\n"
        "export function roomHandler(socket: Socket) {\n"
        '  socket.on("room:leave", leave);\n'
        '  socket.on("room:join", async () => {\n    new Room("a");\n  });\n'
        '  redis.on("message", () => 1);\n'
        "}\n"
    ),
}


def look(*symbols: str, at: str, events: tuple[str, ...] = ()) -> tuple[SymbolReferences, ...]:
    """Return what is found for one finding about ``SERVER``."""
    asked = [finding("F-1", symbols, at, events=events)]
    found = find_references(asked, Snapshot.of(SERVER), provider="syntax")
    return found.by_finding["F-1"]


def test_every_symbol_of_a_finding_has_its_own_answer() -> None:
    """Several symbols give several rows, in the finding's order, with their declarations."""
    room, close = look("Room", "Room.close", at="src/room.ts")
    assert (room.symbol, room.declarations) == ("Room", (Declaration("src/room.ts", 1, 4),))
    assert (close.symbol, close.declarations) == ("Room.close", (Declaration("src/room.ts", 3, 3),))
    assert [written(one) for one in close.references] == ["src/room.handler.ts:2 call — leave"]


@pytest.mark.parametrize("place", ["src/", "src/*.ts"])
def test_a_name_that_fits_twice_lists_both(place: str) -> None:
    """In a folder or a pattern a bare name may fit several declarations: all are listed."""
    (close,) = look("close", at=place)
    assert close.status is SymbolStatus.AMBIGUOUS
    assert close.reason == "2 declarations fit; all are listed"
    assert {one.file for one in close.declarations} == {"src/room.ts", "src/shop.ts"}


def test_a_symbol_of_another_file_is_found_there_and_said_so() -> None:
    """An audit that names the file of a use still gets the callsites."""
    (close,) = look("Room.close", at="src/room.handler.ts")
    assert close.status is SymbolStatus.ELSEWHERE
    assert close.reason == "not declared in the files named; found in src/room.ts"
    assert len(close.references) == 1


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("src/kiln.ts", "src/kiln.ts is not UTF-8 (Latin-1?)"),
        ("lib/oven/a.ts", "lib/oven/a.ts is in the submodule lib/oven, which is a repository of "
         "its own"),
    ],
)  # fmt: skip
def test_a_namesake_is_not_what_a_file_declares_that_is_not_read(place: str, why: str) -> None:
    """The file is there and says what it says; only it cannot be read here."""
    unread = {"src/kiln.ts": "not UTF-8 (Latin-1?)", "lib/oven": "the submodule lib/oven"}
    tree = Snapshot("", SERVER, unread=unread)
    found = find_references([finding("F-1", ("Room",), place)], tree, provider="syntax")
    (room,) = found.by_finding["F-1"]
    assert (room.status, room.declarations, room.reason) == (SymbolStatus.MISSING, (), why)
    assert found.entry_points("F-1") == ()


def test_a_symbol_that_is_gone_is_said_to_be() -> None:
    """What no file declares any more is a row with a reason, not a missing row."""
    (gone,) = look("Room.open", at="src/room.ts")
    assert gone == SymbolReferences(
        symbol="Room.open",
        status=SymbolStatus.MISSING,
        provider="syntax",
        reason="nothing called Room.open is declared at this commit",
    )


def test_a_function_inside_a_function_is_found_where_nothing_else_fits() -> None:
    """A local function that a finding names has callsites too."""
    files = {"a.ts": "function outer() {\n  const inner = () => 1;\n  return inner();\n}\n"}
    found = find_references(
        [finding("F-1", ("inner",), "a.ts")], Snapshot.of(files), provider="syntax"
    )
    (inner,) = found.by_finding["F-1"]
    assert [written(one) for one in inner.references] == ["a.ts:3 call — outer"]


def test_an_event_means_the_handler_registered_for_it() -> None:
    """An event name leads to the function that handles it, written in place or elsewhere."""
    leave, join = look(at="src/room.handler.ts", events=("room:leave", "room:join"))
    assert (leave.status, leave.declarations) == (
        SymbolStatus.EVENT,
        (Declaration("src/room.handler.ts", 2, 2),),
    )
    assert [written(one) for one in leave.references] == [
        "src/room.handler.ts:4 registered — roomHandler"
    ]
    assert join.declarations == (Declaration("src/room.handler.ts", 5, 7),)


def test_an_event_is_looked_for_everywhere_before_it_is_missing() -> None:
    """The finding's file may only emit it; what nobody registers is said."""
    message, gone = look(at="src/room.ts", events=("message", "room:burn"))
    assert [written(one) for one in message.references] == [
        "src/room.handler.ts:8 registered — roomHandler"
    ]
    assert gone.status is SymbolStatus.MISSING
    assert gone.reason == 'no handler is registered for "room:burn" at this commit'


def test_a_symbol_that_is_an_events_name_means_its_handler() -> None:
    """``message handler`` in an audit leads to what listens for ``message``."""
    (message,) = look("message", at="src/room.ts")
    assert message.status is SymbolStatus.EVENT
    assert message.declarations == (Declaration("src/room.handler.ts", 8, 8),)


def lookup(files: dict[str, str], cache: Path | None = None) -> References:
    """Return a lookup by syntax without findings."""
    return find_references((), Snapshot.of(files), provider="syntax", cache=cache)


def test_importers_are_those_that_really_import() -> None:
    """Imports, re-exports and modules loaded while running count; comments and texts do not."""
    files = {
        "a.ts": "export const a = 1;\n",
        "b.ts": 'export * from "./a.js";\n',
        "c.ts": 'const a = await import("./a.js");\n',
        "d.cjs": 'const a = require("./a");\n',
        "e.ts": "// import { a } from './a.js'\nconst text = \"from './a.js'\";\n",
        "f.ts": 'import { a } from "a";\n',
        "data.json": "{}",
        "g.ts": 'import data from "./data.json";\n',
    }
    found = lookup(files)
    assert found.importers("a.ts") == ("b.ts", "c.ts", "d.cjs")
    assert found.importers("data.json") == ("g.ts",)
    assert found.importers("f.ts") == ()


APIARY: dict[str, str] = {
    "hive/queen.ts": "export const queen = 1;\n",
    "hive/comb.ts": "export const comb = 2;\n",
    "hive/frame.ts": 'import { queen } from "./queen";\n',
    "hive/smoker.ts": 'import { comb } from "@hive/comb";\n',
    "tsconfig.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"@hive/*": ["hive/*"]}}}',
}


@pytest.mark.parametrize(
    "edit",
    [
        {"hive/frame.ts": 'import { comb } from "./comb";\n'},
        {"hive/lid.ts": 'import { queen } from "./queen";\n'},
        {"hive/queen.ts": None},
        {"hive/comb.ts": None, "hive/comb/index.ts": "export const comb = 2;\n"},
        {"tsconfig.json": '{"compilerOptions": {"paths": {"@bees/*": ["./hive/*"]}}}'},
    ],
    ids=["an import", "a file comes", "a file goes", "a file moves", "settings"],
)
def test_importers_in_an_edited_tree_are_those_of_the_tree_read_anew(
    edit: dict[str, str | None],
) -> None:
    """What other files imported before the edit is only kept where it cannot have changed."""
    before = Snapshot.of(APIARY)
    first = find_references((), before, provider="syntax")
    assert first.importers("hive/comb.ts") == ("hive/smoker.ts",)
    after = before.edited(edit)
    anew = find_references(
        (), Snapshot.of({path: after.text(path) for path in after.files}), provider="syntax"
    )
    again = first.at(after)
    for path in (*APIARY, *edit):
        assert again.importers(path) == anew.importers(path)


BASE_URL = '{"compilerOptions": {"baseUrl": "."}}'
PACKAGE = '{"name": "@org/a"}'
INDEX = "packages/a/src/index.ts"


@pytest.mark.parametrize(
    ("source", "files", "target"),
    [
        ("./a", {"a/index.ts": ""}, "a/index.ts"),
        ("./a.jsx", {"a.tsx": ""}, "a.tsx"),
        ("./a.mjs", {"a.mts": ""}, "a.mts"),
        ("~/a", {"lib/a.ts": "", "tsconfig.json": '{"extends": "./base"}'}, "lib/a.ts"),
        ("lib/a", {"lib/a.ts": "", "tsconfig.json": BASE_URL}, "lib/a.ts"),
        ("@org/a", {INDEX: "", "packages/a/package.json": PACKAGE}, INDEX),
    ],
)
def test_module_names_lead_to_files_as_in_typescript(
    source: str, files: dict[str, str], target: str
) -> None:
    """Folders, emitted suffixes, inherited paths, baseUrl and workspace packages are followed."""
    base = {"base.json": '{"compilerOptions": {"paths": {"~/*": ["lib/*"]}}} // shared'}
    found = lookup({**base, **files, "main.ts": f'import "{source}";\n'})
    assert found.importers(target) == ("main.ts",)


def test_a_broken_config_means_that_nothing_is_aliased() -> None:
    """A tsconfig that cannot be read costs its aliases only."""
    found = lookup({"tsconfig.json": "{", "a.ts": "", "main.ts": 'import "./a";\n'})
    assert found.importers("a.ts") == ("main.ts",)


def test_an_edited_tree_is_looked_up_as_it_is() -> None:
    """After a patch the same question speaks of the patched files."""
    source = "export function a() {}\n"
    found = lookup({"a.ts": source, "main.ts": 'import { a } from "./a";\na();\n'})
    edited = Snapshot.of({"a.ts": source, "main.ts": "export {};\n"})
    after = found.at(edited)
    assert len(found.uses("a", "a.ts").references) == 2
    assert after.uses("a", "a.ts").references == ()
    assert after.importers("a.ts") == ()


def test_what_was_read_is_kept_and_answers_the_same(tmp_path: Path) -> None:
    """A second run with the same cache gives the same answer without reading a file again."""
    first = find_references(
        [finding("F-1", ("Room",), "src/room.ts", events=("room:join",))],
        Snapshot.of(SERVER),
        provider="syntax",
        cache=tmp_path,
    )
    (kept,) = tmp_path.iterdir()
    before = kept.read_bytes()
    second = find_references(
        [finding("F-1", ("Room",), "src/room.ts", events=("room:join",))],
        Snapshot.of(SERVER),
        provider="syntax",
        cache=tmp_path,
    )
    assert second.by_finding == first.by_finding
    assert [one.name for one in tmp_path.iterdir()] == [kept.name]
    assert kept.read_bytes() == before


def test_a_broken_cache_is_read_anew(tmp_path: Path) -> None:
    """A cache that was cut off is only slow, never an error."""
    lookup(SERVER, tmp_path).at(Snapshot.of(SERVER))
    find_references(
        [finding("F-1", ("Room",), "src/room.ts")],
        Snapshot.of(SERVER),
        provider="syntax",
        cache=tmp_path,
    )
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:40])
    assert len(lookup(SERVER, tmp_path).uses("Room", "src/room.ts").references) == 3


ORCHARD = {
    "src/tree.ts": (
        "@Entity('tree')\n"
        "export class Tree {\n"
        "  @Column({ default: '' })\n"
        "  sort: string;\n\n"
        "  // runs before each insert\n"
        "  @BeforeInsert()\n"
        "  @Traced({\n"
        "    deep: true,\n"
        "  })\n"
        "  async graft() {\n"
        "    return 1;\n"
        "  }\n"
        "}\n"
        "export const ladder = build({\n"
        "  rungs: 12,\n"
        "});\n"
        "export function pick() {\n"
        "  return ladder.climb('apple');\n"
        "}\n"
    ),
    "press.py": "LITRES = 5 * 4\n\n\ndef press(apples):\n    return apples * LITRES\n",
}


@pytest.mark.parametrize(
    ("place", "line", "evidence", "symbols"),
    [
        ("src/tree.ts", 7, "", ["Tree.graft"]),
        ("src/tree.ts", 9, "", ["Tree.graft"]),
        ("src/tree.ts", 1, "", ["Tree"]),
        ("src/tree.ts", 16, "", ["ladder"]),
        ("src/tree.ts", None, "return ladder.climb('apple');", ["pick"]),
        ("src/tree.ts", None, "return 1;", []),
        ("press.py", 1, "", ["LITRES"]),
        ("press.py", 3, "return apples * LITRES", ["press"]),
        ("press.py", 5, "", ["press"]),
    ],
)
def test_a_finding_without_a_symbol_is_about_what_its_lines_are_a_part_of(
    place: str, line: int | None, evidence: str, symbols: list[str]
) -> None:
    """A decorator is part of its method, a setting of its constant; a quote has a line as well."""
    about = replace(finding("F-1", (), place, line=line), evidence=evidence)
    found = find_references([about], Snapshot.of(ORCHARD), provider="syntax")
    assert [one.symbol for one in found.by_finding["F-1"]] == symbols
