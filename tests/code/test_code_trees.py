"""Promises about names: what a person would call the code around a place."""

from __future__ import annotations

import pytest

from mendbook.code import trees as syntax


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("target();", "module"),
        ("function load() { target(); }", "load"),
        ("export default function () { target(); }", "default"),
        ("const load = async () => { target(); };", "load"),
        ("class Rooms { close() { target(); } }", "Rooms.close"),
        ("class Rooms { constructor() { target(); } }", "Rooms.constructor"),
        ("class Rooms { private timer = setTimeout(() => target(), 1); }", "Rooms.timer"),
        ("class Rooms { limit = target(); }", "Rooms"),
        ("class Rooms { close = () => { target(); }; }", "Rooms.close"),
        ("const routes = { health() { target(); } };", "routes.health"),
        ("const join = createHandler('room:join', schema, async () => { target(); });", "join"),
        ("function bind(s) { s.on('gift:send', () => { target(); }); }", 'on("gift:send")'),
        ("it('closes\\n a room', () => target());", 'it("closes\\n a room")'),
        ("function load() { items.map((item) => target(item)); }", "load"),
        ("function load() { const all = items.map((item) => target(item)); }", "load"),
        ("function load() { const once = () => target(); }", "once"),
        ("exports.load = function () { target(); };", "exports.load"),
        ("main().catch(() => target());", "module"),
    ],
)
def test_code_is_named_as_a_person_names_it(text: str, name: str) -> None:
    """The name around a place is what a reviewer would write beside the line number."""
    for path in ("a.ts", "a.js"):
        if path == "a.js" and "private" in text:
            continue
        root = syntax.parse(path, text)
        target = root.find(kind="identifier", regex="^target$")
        assert target is not None
        assert syntax.enclosing_name(target) == name


def test_the_function_at_a_line_is_the_innermost_that_has_a_name() -> None:
    """A line inside a nameless callback belongs to the named function around it."""
    root = syntax.parse(
        "a.ts",
        "class Rooms {\n  close() {\n    all.forEach(() => {\n      stop();\n    });\n  }\n}\n",
    )
    function = syntax.function_at(root, 3)
    assert function is not None
    assert syntax.function_name(function) == "Rooms.close"
    assert syntax.function_at(root, 0) is None


def test_a_place_gives_its_smallest_node() -> None:
    """Columns count characters, so text outside ASCII before a place does not move it."""
    root = syntax.parse("a.ts", "const é = '😀'; room.close();")
    assert syntax.node_at(root, 0, 21).text() == "close"


@pytest.mark.parametrize(
    ("path", "known"),
    [("a.ts", True), ("a/b.test.tsx", True), ("a.mjs", True), ("a.json", False), ("ts", False)],
)
def test_sources_are_known_by_their_suffix(path: str, known: bool) -> None:
    """Only TypeScript and JavaScript files are parsed."""
    assert syntax.is_source(path) is known


def test_minified_code_is_read_as_empty() -> None:
    """No person's code is in it; a name of a person's own file is read whatever it is called."""
    squeezed = "var a=1;" * 400
    assert not syntax.parse("public/tide.js", squeezed).children()
    assert not syntax.parse("public/tide.min.js", "var a = 1;\n").children()
    assert len(syntax.parse("src/tide.js", "var a = 1;\n" * 400).children()) == 400
