"""How a finding's ``function`` is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mendbook.intake.symbols import Names, read_names

CASES: dict[str, tuple[list[str], list[str]]] = {
    "flush": (["flush"], []),
    "getConsumer()": (["getConsumer"], []),
    "foo(bar, baz)": (["foo"], []),
    "foo<T>()": (["foo"], []),
    "async foo()": (["foo"], []),
    "this.flush": (["flush"], []),
    "Class.method()": (["Class.method"], []),
    "Class#method": (["Class.method"], []),
    "Class::method": (["Class.method"], []),
    "Class.prototype.method": (["Class.method"], []),
    "Class.{a, b}": (["Class.a", "Class.b"], []),
    "new Foo()": (["Foo"], []),
    "GiftHandler constructor": (["GiftHandler"], []),
    "SanctumValidator (constructor)": (["SanctumValidator"], []),
    "initializeSocket (onAny)": (["initializeSocket"], []),
    "RoomManager (createRoom, closeRoom)": (
        ["RoomManager.createRoom", "RoomManager.closeRoom"],
        [],
    ),
    "GiftHandler.handle (gift:send)": (["GiftHandler.handle"], ["gift:send"]),
    "hashToken + generateCorrelationId": (["hashToken", "generateCorrelationId"], []),
    "authMiddleware, SanctumValidator.validate": (
        ["authMiddleware", "SanctumValidator.validate"],
        [],
    ),
    "createRoom/closeRoom": (["createRoom", "closeRoom"], []),
    "GiftBuffer.flush() / GiftBuffer.stop()": (["GiftBuffer.flush", "GiftBuffer.stop"], []),
    "handleJoin → joinRoom": (["handleJoin", "joinRoom"], []),
    "Multiple (a, b)": (["a", "b"], []),
    "multiple: a, b": (["a", "b"], []),
    "setInterval callback": (["setInterval"], []),
    '"message handler"': ([], ["message"]),
    "disconnect handler": ([], ["disconnect"]),
    "room:join handler": ([], ["room:join"]),
    "gift:send, gift:prepare": ([], ["gift:send", "gift:prepare"]),
    "socket.on('disconnect')": ([], ["disconnect"]),
    "GET /health": ([], ["GET /health"]),
    "POST /a/b, get /c": ([], ["POST /a/b", "GET /c"]),
    "N/A": ([], []),
    "": ([], []),
    "Multiple": ([], []),
    "Various handlers": ([], []),
    "module scope": ([], []),
    "Barrel export": ([], []),
    "default export": ([], []),
    "constructor": ([], []),
}


@pytest.mark.parametrize("written", CASES)
def test_names_are_understood_as_a_person_means_them(written: str) -> None:
    """Every way of naming functions and events that real audits use gives the names it means."""
    names = read_names(written)
    symbols, events = CASES[written]
    assert (names.symbols, names.events) == (tuple(symbols), tuple(events))


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("flush", Names(("flush",))),
        ("N/A", Names(why=("no single function is named",), nothing_meant=True)),
        ("Multiple", Names(why=("no single function is named",))),
        ("Barrel export", Names(why=("no name of a function in 'Barrel export'",))),
        ("x" * 1000, Names(why=("too long to be a name",))),
        (
            "initializeSocket (onAny)",
            Names(("initializeSocket",), why=("the remark (onAny) is left aside",)),
        ),
    ],
)
def test_what_was_normalised_is_said(written: str, names: Names) -> None:
    """A plain name needs no word; all else has its reason, also where nothing was understood."""
    assert read_names(written) == names


@given(st.text("aB.()[]{}<>/+,:;#'\"` -→0é", max_size=40))
def test_every_symbol_can_be_looked_up(written: str) -> None:
    """A symbol is a dotted name without brackets or spaces, whatever was written."""
    for symbol in read_names(written).symbols:
        assert all(part.isidentifier() for part in symbol.replace("#", "").split("."))
