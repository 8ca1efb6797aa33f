"""Small projects, one language form each, with every use of one symbol: both providers' table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mendbook.model import Dimension, Finding, Place, PlaceKind, Reference, Severity


@dataclass(frozen=True, slots=True)
class Case:
    """A project, a symbol declared in ``file``, and its uses as ``file:line kind — function``."""

    name: str
    files: Mapping[str, str]
    symbol: str
    file: str
    uses: tuple[str, ...]


def finding(
    name: str,
    symbols: tuple[str, ...] = (),
    *places: str,
    events: tuple[str, ...] = (),
    line: int | None = None,
) -> Finding:
    """Return a finding of which only names and places matter."""
    return Finding(
        id=name,
        severity=Severity.LOW,
        dimension=Dimension.OTHER,
        file="",
        function="",
        problem="",
        evidence="",
        impact="",
        fix="",
        complexity="",
        places=tuple(
            Place(
                place,
                PlaceKind.DIRECTORY
                if place.endswith("/")
                else PlaceKind.PATTERN
                if "*" in place
                else PlaceKind.FILE,
                line=line,
            )
            for place in places
        ),
        symbols=symbols,
        events=events,
    )


def written(reference: Reference) -> str:
    """Return a reference as the tables below write it."""
    test = " (test)" if reference.test else ""
    return f"{reference.file}:{reference.line} {reference.kind} — {reference.enclosing}{test}"


ROOM = """\
export class Room {
  constructor(readonly id: string) {}
  close(): void {}
}
"""

CASES = (
    Case(
        "a function, imported under the name of the emitted file, called and handed over",
        {
            "load.ts": "export function load() {}\nload();\n",
            "main.ts": (
                'import { load } from "./load.js";\nfunction start() {\n  load();\n'
                "  [1].forEach(load);\n}\n"
            ),
            "main.test.ts": (
                'import { load } from "./load";\nit("loads", () => {\n  load();\n});\n'
            ),
            "other.ts": "function load() {}\nload();\n",
        },
        "load",
        "load.ts",
        (
            "load.ts:2 call — module",
            "main.test.ts:1 import — module (test)",
            'main.test.ts:3 call — it("loads") (test)',
            "main.ts:1 import — module",
            "main.ts:3 call — start",
            "main.ts:4 passed — start",
        ),
    ),
    Case(
        "an alias of tsconfig",
        {
            "tsconfig.json": (
                '{"compilerOptions": {"baseUrl": ".", /* so */ "paths": {"@app/*": ["lib/*"],}}}'
            ),
            "lib/load.ts": "export const load = () => 1;\n",
            "main.ts": 'import { load } from "@app/load.js";\nexport const one = load();\n',
        },
        "load",
        "lib/load.ts",
        ("main.ts:1 import — module", "main.ts:2 call — module"),
    ),
    Case(
        "barrels that rename and pass everything on",
        {
            "room.ts": ROOM,
            "named.ts": 'export { Room as Space } from "./room.js";\n',
            "all.ts": 'export * from "./named.js";\n',
            "main.ts": (
                'import { Space } from "./all.js";\nexport function open() {\n'
                '  return new Space("a");\n}\n'
            ),
        },
        "Room",
        "room.ts",
        (
            "main.ts:1 import — module",
            "main.ts:3 construct — open",
            "named.ts:1 reexport — module",
        ),
    ),
    Case(
        "a namespace import, and a barrel of namespaces",
        {
            "rooms.ts": "export function load() {}\n",
            "api.ts": 'import * as rooms from "./rooms.js";\nexport { rooms };\n',
            "main.ts": (
                'import * as r from "./rooms.js";\nimport { rooms } from "./api.js";\n'
                "function start() {\n  r.load();\n  rooms.load();\n}\n"
            ),
        },
        "load",
        "rooms.ts",
        ("main.ts:4 call — start", "main.ts:5 call — start"),
    ),
    Case(
        "a default import under another name",
        {
            "load.ts": "export default function load() {}\n",
            "main.ts": 'import fetchAll from "./load.js";\nfetchAll();\n',
        },
        "load",
        "load.ts",
        ("main.ts:1 import — module", "main.ts:2 call — module"),
    ),
    Case(
        "a named import under another name",
        {
            "load.ts": "function load() {}\nexport { load as fetchAll };\n",
            "main.ts": 'import { fetchAll as all } from "./load.js";\nall();\n',
        },
        "load",
        "load.ts",
        (
            "load.ts:2 reexport — module",
            "main.ts:1 import — module",
            "main.ts:2 call — module",
        ),
    ),
    Case(
        "a name that a parameter or a local hides",
        {
            "load.ts": "export function load() {}\n",
            "main.ts": (
                'import { load } from "./load.js";\nfunction a(load: () => void) {\n  load();\n}\n'
                "function b() {\n  const load = () => 1;\n  load();\n}\n"
                "function c() {\n  load();\n}\n"
            ),
        },
        "load",
        "load.ts",
        ("main.ts:1 import — module", "main.ts:10 call — c"),
    ),
    Case(
        "a method through this, a local new, a typed parameter, a property of the constructor",
        {
            "room.ts": ROOM.replace("close(): void {}", "close(): void { this.close(); }"),
            "owner.ts": (
                'import { Room } from "./room.js";\nexport class Owner {\n'
                "  constructor(private readonly room: Room) {}\n"
                "  leave() {\n    this.room.close();\n  }\n}\n"
                "function fresh() {\n  const room = new Room('a');\n  room.close();\n}\n"
                "function given(room?: Room) {\n  room?.close();\n  room!.close();\n}\n"
                "function other(room: { close(): void }) {\n  room.close();\n}\n"
            ),
        },
        "Room.close",
        "room.ts",
        (
            "owner.ts:5 call — Owner.leave",
            "owner.ts:10 call — fresh",
            "owner.ts:13 call — given",
            "owner.ts:14 call — given",
            "room.ts:3 call — Room.close",
        ),
    ),
    Case(
        "a method at the end of a chain of interfaces, promises and collections",
        {
            "room.ts": ROOM,
            "context.ts": (
                'import type { Room } from "./room.js";\n'
                "export interface Rooms {\n  all: Map<string, Room>;\n"
                "  get(id: string): Promise<Room | undefined>;\n}\n"
                "export interface Context { rooms: Rooms }\n"
            ),
            "main.ts": (
                'import type { Context } from "./context.js";\n'
                "export async function leave(context: Context) {\n"
                '  const room = await context.rooms.get("a");\n  room?.close();\n'
                "  for (const [, one] of context.rooms.all) {\n    one.close();\n  }\n"
                "  context.rooms.all.forEach((one) => one.close());\n"
                "  const { rooms } = context;\n"
                "  [...rooms.all.values()].find((one) => one.id)?.close();\n}\n"
            ),
        },
        "Room.close",
        "room.ts",
        (
            "main.ts:4 call — leave",
            "main.ts:6 call — leave",
            "main.ts:8 call — leave",
            "main.ts:10 call — leave",
        ),
    ),
    Case(
        "a method on the parameter of a callback whose type its receiver gives",
        {
            "room.ts": ROOM,
            "make.ts": (
                'import type { Room } from "./room.js";\n'
                "type Handler<T> = (payload: T, room: Room) => Promise<void>;\n"
                "export function createHandler<T>(name: string, handler: Handler<T>) {\n"
                "  return (room: Room) => handler({} as T, room);\n}\n"
            ),
            "main.ts": (
                'import { createHandler } from "./make.js";\n'
                'export const leave = createHandler("room:leave", async (payload, room) => {\n'
                "  room.close();\n});\n"
            ),
        },
        "Room.close",
        "room.ts",
        ("main.ts:3 call — leave",),
    ),
    Case(
        "a method called through its interface and through a class that inherits it",
        {
            "room.ts": (
                "export interface Closable { close(): void }\n"
                "export class Room implements Closable {\n  close() {}\n}\n"
                "export class Stage extends Room {\n  end() {\n    this.close();\n"
                "    super.close();\n  }\n}\n"
            ),
            "main.ts": (
                'import type { Closable, Stage } from "./room.js";\n'
                "export const one = (it: Closable) => it.close();\n"
                "export const two = (it: Stage) => it.close();\n"
            ),
        },
        "Room.close",
        "room.ts",
        (
            "main.ts:2 call — one",
            "main.ts:3 call — two",
            "room.ts:7 call — Stage.end",
            "room.ts:8 call — Stage.end",
        ),
    ),
    Case(
        "a generic class that hands out what it is made for",
        {
            "room.ts": ROOM,
            "main.ts": (
                'import { Room } from "./room.js";\n'
                "class Store<T> {\n  constructor(private one: T) {}\n"
                "  first(): T {\n    return this.one;\n  }\n}\n"
                "function leave(store: Store<Room>) {\n  store.first().close();\n}\n"
            ),
        },
        "Room.close",
        "room.ts",
        ("main.ts:9 call — leave",),
    ),
    Case(
        "a constructor: constructions only, not types and imports",
        {
            "room.ts": ROOM,
            "main.ts": (
                'import { Room } from "./room.js";\nconst room: Room = new Room("a");\n'
                "export { room };\n"
            ),
        },
        "Room.constructor",
        "room.ts",
        ("main.ts:2 construct — module",),
    ),
    Case(
        "a type: everywhere it is named",
        {
            "types.ts": "export interface Seat { index: number }\n",
            "main.ts": (
                'import type { Seat } from "./types.js";\n'
                "export function sit(seat: Seat): Seat[] {\n  return [seat];\n}\n"
                "export class Chair implements Seat {\n  index = 1;\n}\n"
            ),
        },
        "Seat",
        "types.ts",
        (
            "main.ts:1 import — module",
            "main.ts:2 type — sit",
            "main.ts:2 type — sit",
            "main.ts:5 type — Chair",
        ),
    ),
    Case(
        "a field: read, written, taken apart and given in a literal",
        {
            "types.ts": "export interface Seat { index: number; user: string }\n",
            "main.ts": (
                'import type { Seat } from "./types.js";\n'
                "export function move(seat: Seat): Seat {\n  const { index } = seat;\n"
                "  seat.index = seat.index + index;\n"
                '  return { index, user: "a" };\n}\n'
            ),
        },
        "Seat.index",
        "types.ts",
        (
            "main.ts:3 read — move",
            "main.ts:4 write — move",
            "main.ts:4 read — move",
            "main.ts:5 read — move",
        ),
    ),
    Case(
        "calls that tree-sitter misreads: await with type arguments, ! before !",
        {
            "room.ts": "export class Rooms { open<T>(): T { return {} as T; } }\n",
            "main.ts": (
                'import { Rooms } from "./room.js";\n'
                "async function start(rooms?: Rooms) {\n"
                "  await rooms!.open<string>();\n  return !rooms!.open();\n}\n"
            ),
        },
        "Rooms.open",
        "room.ts",
        ("main.ts:3 call — start", "main.ts:4 call — start"),
    ),
    Case(
        "members that are functions of a constant object",
        {
            "api.ts": "export const api = {\n  load() {},\n  save: () => api.load(),\n};\n",
            "main.ts": 'import { api } from "./api.js";\napi.load();\n',
        },
        "api.load",
        "api.ts",
        ("api.ts:3 call — api.save", "main.ts:2 call — module"),
    ),
    Case(
        "JavaScript: a class, and a module loaded while running",
        {
            "room.js": "export class Room {\n  close() {}\n}\n",
            "main.js": (
                "export async function leave() {\n"
                '  const { Room } = await import("./room.js");\n}\n'
            ),
            "other.js": 'import { Room } from "./room.js";\nnew Room().close();\n',
        },
        "Room",
        "room.js",
        (
            "main.js:2 import — leave",
            "other.js:1 import — module",
            "other.js:2 construct — module",
        ),
    ),
    Case(
        "text outside ASCII before a use on its line",
        {
            "load.ts": "export function load() {}\n",
            "main.ts": 'import { load } from "./load.js";\nconst é = "😀"; load();\n',
        },
        "load",
        "load.ts",
        ("main.ts:1 import — module", "main.ts:2 call — module"),
    ),
    Case(
        "nothing at all",
        {"load.ts": 'export function load() {}\n// load() is "load"\n'},
        "load",
        "load.ts",
        (),
    ),
)
