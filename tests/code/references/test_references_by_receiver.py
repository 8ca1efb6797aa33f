"""Promises about uses that no type shows: members handed out at run time, barrels, Go routes."""

from __future__ import annotations

from dataclasses import replace

from reference_cases import finding, written

from mendbook.code.references import find_references
from mendbook.model import SymbolStatus
from mendbook.repository.snapshot import Snapshot

PLUGIN = {
    "src/lending-desk.ts": (
        "function createDesk (app) {\n"
        "  return {\n"
        "    async lend (copy) {\n      return copy\n    },\n"
        "    shelve: (copy) => copy\n"
        "  }\n"
        "}\n"
        "export default (app) => app.decorate('lendingDesk', createDesk(app))\n"
    ),
    "src/routes.ts": (
        "export default async (app: Foreign) => {\n"
        "  const { lendingDesk } = app\n"
        "  app.post('/loans', async (request) => lendingDesk.lend(request.body))\n"
        "  app.get('/till', async () => app.till.lend(1))\n"
        "}\n"
    ),
}


def test_a_member_that_a_plugin_hands_out_is_found_by_its_receivers_name() -> None:
    """``lendingDesk.lend()`` is a use of ``lend`` of ``lending-desk.ts``, and is called a guess."""
    found = find_references(
        [finding("F", ("lend",), "src/lending-desk.ts")], Snapshot.of(PLUGIN), provider="syntax"
    )
    (lend,) = found.by_finding["F"]
    assert (lend.provider, lend.status) == ("by name", SymbolStatus.RESOLVED)
    assert [written(one) for one in lend.references] == ['src/routes.ts:3 call — post("/loans")']


def test_a_function_that_returns_itself_ends() -> None:
    """Each turn of a generator's ``next`` would be looked into as often as it is returned."""
    turns = "  if (keys.pop()) return next\n" * 6
    files = {
        "src/turn.ts": (
            "export function turn(keys) {\n return function next() {\n"
            f"{turns}  next.get('a')\n  return next\n }}\n}}\n"
        ),
        "src/keys.ts": "export class Keys {\n  get(name: string) { return name }\n}\n",
    }
    found = find_references(
        [finding("F", ("Keys.get",), "src/keys.ts")], Snapshot.of(files), provider="syntax"
    )
    (got,) = found.by_finding["F"]
    assert got.status is SymbolStatus.RESOLVED
    assert not got.references


def test_calls_on_receivers_of_which_nothing_is_known_are_counted_not_listed() -> None:
    """A namesake may or may not be meant: that it is there is said, and where is not guessed."""
    files = {**PLUGIN, "src/routes.ts": "export const pay = (app) => app.till.lend(1)\n"}
    found = find_references(
        [finding("F", ("lend",), "src/lending-desk.ts")], Snapshot.of(files), provider="syntax"
    )
    (lend,) = found.by_finding["F"]
    assert (lend.provider, lend.references) == ("syntax", ())
    assert lend.reason == "1 place calls something named lend whose type is not known"


def test_a_shorthand_that_hands_a_function_out_is_the_same_function() -> None:
    """``const vault = { seal }`` with ``function seal`` is one thing, not two that fit."""
    files = {
        "src/vault.ts": "function seal (a: string) { return a }\nexport const vault = { seal }\n",
        "src/mail.ts": "export const send = (app: Foreign) => app.vault.seal('x')\n",
    }
    found = find_references(
        [finding("F", ("seal",), "src/vault.ts")], Snapshot.of(files), provider="syntax"
    )
    (seal,) = found.by_finding["F"]
    assert seal.status is SymbolStatus.RESOLVED
    assert "src/mail.ts:1 call — send" in [written(one) for one in seal.references]


def test_a_commonjs_barrel_passes_a_whole_module_on() -> None:
    """``module.exports.stamp = require('./stamp')`` is the way to what that module exports."""
    files = {
        "plugins/stamp.js": "const stamp = (schema) => schema;\nmodule.exports = stamp;\n",
        "plugins/index.js": "module.exports.stamp = require('./stamp');\n",
        "parcel.js": "const { stamp } = require('./plugins');\nparcel.plugin(stamp);\n",
    }
    found = find_references(
        [finding("F", ("stamp",), "plugins/stamp.js")], Snapshot.of(files), provider="syntax"
    )
    (stamp,) = found.by_finding["F"]
    assert "parcel.js:2 passed — module" in [written(one) for one in stamp.references]


GO = {
    "ferry/routes.go": (
        "package ferry\n\n"
        "func Register(r *chi.Mux) {\n"
        '\tr.Get("/ferries/{id}", ShowFerry)\n'
        '\thttp.HandleFunc("POST /ferries", AddFerry)\n'
        "}\n\n"
        "func ShowFerry(w http.ResponseWriter, q *http.Request) { load(q) }\n\n"
        "func AddFerry(w http.ResponseWriter, q *http.Request) {}\n\n"
        "func load(q *http.Request) {}\n"
    ),
    "main.go": "package main\n\nfunc main() { ferry.Register(nil) }\n",
    "doc.go": "package main\n",
}


def test_routes_of_go_routers_reach_their_handlers_and_what_those_call() -> None:
    """A handler is registered by its name; a function below it is reached through it."""
    asked = [
        finding("H", ("AddFerry",), "ferry/routes.go"),
        finding("L", ("load",), "ferry/routes.go"),
    ]
    found = find_references(asked, Snapshot.of(GO), provider="syntax")
    assert [(one.name, one.line, one.via) for one in found.entry_points("H")] == [
        ("POST /ferries", 5, ())
    ]
    assert [(one.name, one.via) for one in found.entry_points("L")] == [
        ("GET /ferries/{id}", ("load",))
    ]


def test_the_clause_that_names_a_package_uses_nothing() -> None:
    """``package main`` is no use of ``func main``."""
    found = find_references(
        [finding("M", ("main",), "main.go")], Snapshot.of(GO), provider="syntax"
    )
    (main,) = found.by_finding["M"]
    assert main.references == ()


def test_of_namesakes_the_one_around_the_quoted_line_is_meant() -> None:
    """Two views have the method; the audit quotes a line of the second."""
    files = {
        "quay/views.py": (
            "class Berths(View):\n    def rows(self):\n        return Berth.objects.all()\n\n\n"
            "class Ships(View):\n    def rows(self):\n        return Ship.objects.filter(x=1)\n"
        ),
        "quay/port.ts": "class A {\n  rows() { return one(1); }\n}\nclass B {\n"
        "  rows() { return two(22222222); }\n}\n",
    }
    for path, quoted, line in (
        ("quay/views.py", "return Ship.objects.filter(x=1)", 7),
        ("quay/port.ts", "return two(22222222);", 5),
    ):
        about = replace(finding("F", ("rows",), path), evidence=quoted)
        (rows,) = find_references([about], Snapshot.of(files), provider="syntax").by_finding["F"]
        assert (rows.status, [one.line for one in rows.declarations]) == (
            SymbolStatus.RESOLVED,
            [line],
        )


def test_a_handler_is_meant_by_its_event_or_by_a_line_in_it() -> None:
    """An event without a colon is known by its registration; else the lines quoted tell it."""
    files = {
        "hub.ts": (
            "io.on('connection', (socket) => {\n"
            "  socket.on('whistle', (tone) => {\n    relay.send(tone);\n  });\n"
            "  socket.on('anchor', (depth) => {\n    relay.drop(depth, fathoms);\n  });\n"
            "});\n"
        )
    }
    told = replace(finding("T", (), "hub.ts"), function="whistle")
    quoted = replace(finding("Q", (), "hub.ts"), evidence="relay.drop(depth, fathoms);")
    ticked = replace(finding("R", (), "hub.ts"), evidence="`relay.drop(depth, fathoms);`")
    found = find_references([told, quoted, ticked], Snapshot.of(files), provider="syntax")
    assert [one.symbol for one in found.by_finding["T"]] == ["whistle"]
    for name in ("Q", "R"):
        assert [one.name for one in found.entry_points(name)] == ['socket event "anchor"']


def test_a_go_name_is_used_bare_in_its_package_and_behind_its_name_elsewhere() -> None:
    """``ferry.New`` is ours, ``errors.New`` is not; an alias of the import counts."""
    files = {
        "ferry/ferry.go": "package ferry\n\nfunc New() int { return 1 }\n\nvar One = New()\n",
        "quay/quay.go": 'package quay\n\nimport boat "x/ferry"\n\nvar Two = boat.New()\n'
        'var Err = errors.New("x")\n\nfunc New() {}\n',
        "main.go": "package main\n\nfunc main() { ferry.New(); quay.New() }\n",
    }
    asked = finding("F", ("New",), "ferry/ferry.go")
    (new,) = find_references([asked], Snapshot.of(files), provider="syntax").by_finding["F"]
    assert [(one.file, one.line) for one in new.references] == [
        ("ferry/ferry.go", 5),
        ("main.go", 3),
        ("quay/quay.go", 5),
    ]


def test_what_a_container_hands_out_is_of_the_class_it_was_asked_for() -> None:
    """``Container.get(MillService)`` and ``get<Ferry>(KEYS.Ferry)`` give a miller, and a ferry."""
    files = {
        "src/mill.ts": (
            "export default class MillService {\n  async grind(sack: string) { return sack }\n}\n"
        ),
        "src/ferry.ts": "export class Ferry {\n  board(car: string) { return car }\n}\n",
        "src/barn.ts": "export class Barn {\n  board(cow: string) { return cow }\n}\n",
        "src/routes.ts": (
            "import { Container } from 'typedi'\n"
            "import MillService from './mill'\n"
            "import { Ferry } from './ferry'\n"
            "import { Barn } from './barn'\n"
            "export const grind = async (sack: string) => {\n"
            "  const mill = Container.get(MillService)\n"
            "  return await mill.grind(sack)\n"
            "}\n"
            "export const board = (car: string) =>\n"
            "  Container.get<Ferry>(KEYS.Ferry).board(car)\n"
            "export const stable = (scope: Scope, cow: string) =>\n"
            "  scope.resolve(Barn).board(cow)\n"
        ),
    }
    found = find_references(
        [
            finding("M", ("MillService.grind",), "src/mill.ts"),
            finding("F", ("Ferry.board",), "src/ferry.ts"),
            finding("B", ("Barn.board",), "src/barn.ts"),
        ],
        Snapshot.of(files),
        provider="syntax",
    )
    uses = {
        name: [written(one) for row in rows for one in row.references]
        for name, rows in found.by_finding.items()
    }
    assert uses == {
        "M": ["src/routes.ts:7 call — grind"],
        "F": ["src/routes.ts:10 call — board"],
        "B": ["src/routes.ts:12 call — stable"],
    }


SEALED = {
    "src/shop/Potter.java": (
        "package shop;\n\nclass Potter {\n"
        "  Potter(int speed) { turn(speed); }\n"
        "  private int turn(int speed) { return speed; }\n"
        "  int glaze() { return turn(2); }\n}\n"
    ),
    "src/shop/Miller.java": (
        "package shop;\n\nclass Miller {\n"
        "  private int turn(int stone) { return stone; }\n"
        "  int grind() { new Potter(3); return turn(1); }\n}\n"
    ),
    "ferry/ferry.go": (
        "package ferry\n\ntype Deck struct{}\n\n"
        "func (d *Deck) Open() error { return d.load() }\n\n"
        "func (d *Deck) load() error { return nil }\n"
    ),
    "quay/quay.go": (
        'package quay\n\nimport (\n\t"database/sql"\n\n\t"x/ferry"\n)\n\n'
        "func Run(d *ferry.Deck, crane Crane) {\n"
        '\tsql.Open("sqlite3", "quay.db")\n\td.Open()\n\tcrane.load()\n}\n'
    ),
}


def test_what_a_language_seals_off_is_no_use() -> None:
    """A private method, an unexported one, and a package's function are not meant elsewhere."""
    asked = {
        "T": ("Potter.turn", "src/shop/Potter.java"),
        "C": ("Potter.Potter", "src/shop/Potter.java"),
        "O": ("Deck.Open", "ferry/ferry.go"),
        "L": ("Deck.load", "ferry/ferry.go"),
    }
    found = find_references(
        [finding(name, (symbol,), path) for name, (symbol, path) in asked.items()],
        Snapshot.of(SEALED),
        provider="syntax",
    )
    assert {
        name: (row.status, [written(one) for one in row.references])
        for name, (row,) in found.by_finding.items()
    } == {
        "T": (
            SymbolStatus.RESOLVED,
            [
                "src/shop/Potter.java:4 call — Potter.Potter",
                "src/shop/Potter.java:6 call — Potter.glaze",
            ],
        ),
        "C": (
            SymbolStatus.RESOLVED,
            ["src/shop/Miller.java:5 construct — Miller.grind"],
        ),
        "O": (SymbolStatus.RESOLVED, ["quay/quay.go:11 call — Run"]),
        "L": (SymbolStatus.RESOLVED, ["ferry/ferry.go:5 call — Deck.Open"]),
    }


def test_packages_of_one_name_are_told_apart_by_their_import() -> None:
    """Two folders are called ``client``: only what imports ours is meant, by any name."""
    files = {
        "pkg/crane/client/client.go": "package client\n\nfunc New() int { return 1 }\n",
        "pkg/winch/client/client.go": "package client\n\nfunc New() int { return 2 }\n",
        "a/a.go": 'package a\n\nimport "x/pkg/crane/client"\n\nvar A = client.New()\n',
        "b/b.go": 'package b\n\nimport "x/pkg/winch/client"\n\nvar B = client.New()\n',
        "c/c.go": 'package c\n\nimport (\n\tcrane "x/pkg/crane/client"\n'
        '\twinch "x/pkg/winch/client"\n)\n\nvar C = crane.New()\n\nvar D = winch.New()\n',
    }
    asked = finding("F", ("New",), "pkg/crane/client/client.go")
    (new,) = find_references([asked], Snapshot.of(files), provider="syntax").by_finding["F"]
    assert [(one.file, one.line) for one in new.references] == [("a/a.go", 5), ("c/c.go", 8)]


def test_a_variable_of_a_go_package_is_declared_and_read() -> None:
    """``var quays = []Quay{`` of a package is found, one of a function is not."""
    files = {
        "port/quays.go": (
            'package port\n\nvar quays = []string{\n\t"north",\n}\n\n'
            "func Free() int {\n\tberths := len(quays)\n\tvar tides = 2\n"
            "\treturn berths - tides\n}\n"
        ),
    }
    found = find_references(
        [finding("F", ("quays", "tides"), "port/quays.go")], Snapshot.of(files), provider="syntax"
    )
    quays, tides = found.by_finding["F"]
    assert quays.status is SymbolStatus.RESOLVED
    assert [(one.line, one.enclosing) for one in quays.references] == [(8, "Free")]
    assert tides.status is SymbolStatus.MISSING


def test_a_variable_that_a_constructor_of_go_fills_is_of_its_type() -> None:
    """``New`` says no type by its name; its result does, behind its package's name alone."""
    files = {
        "go.mod": "module quay\n",
        "bell/bell.go": (
            "package bell\n\ntype Tower struct{}\n\n"
            "func New(height int, ring func(int) error) (*Tower, error) { return nil, nil }\n\n"
            "func (t *Tower) Toll(hour int) {}\n"
        ),
        "till/till.go": "package till\n\nfunc New() *Till { return nil }\n",
        "main.go": (
            'package main\n\nimport (\n\t"quay/bell"\n\t"quay/till"\n)\n\n'
            "func main() {\n"
            "\tclock, err := bell.New(3, nil)\n"
            "\tbox := till.New()\n"
            "\tclock.Toll(4)\n"
            "\tbox.Toll(4)\n"
            "\tstart(clock.Toll, err)\n"
            "}\n"
        ),
    }
    found = find_references([finding("F", ("Tower.Toll",), "bell/bell.go")], Snapshot.of(files))
    (toll,) = found.by_finding["F"]
    uses = [(one.line, str(one.kind)) for one in toll.references if one.file == "main.go"]
    assert uses == [(11, "call"), (13, "passed")]
