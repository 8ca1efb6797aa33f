"""A sentence begins with a capital, and a name of code with its own letter."""

from __future__ import annotations

import pytest

from mendbook.changes.phrases import lowered
from mendbook.text.phrasing import sentence


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("the kiln is cold", "The kiln is cold."),
        ("a part, as asked", "A part, as asked."),
        ("x-rays are kept", "X-rays are kept."),
        ("kilnTemp is never read", "kilnTemp is never read."),
        ("load_all is slow", "load_all is slow."),
        ("os.path is used", "os.path is used."),
        ("main() leaks", "main() leaks."),
        ("$inject is read", "$inject is read."),
        ("std::move is missing", "std::move is missing."),
        ("gate:open has no limit", "gate:open has no limit."),
        ("src/kiln.ts has no tests", "src/kiln.ts has no tests."),
        ("kiln: is it on?", "Kiln: is it on?"),
        ("élan fails", "Élan fails."),
        ("", ""),
    ],
)
def test_only_words_get_a_capital(words: str, said: str) -> None:
    """What is spelled like code stays as the code spells it, wherever it stands."""
    assert sentence(words) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("list is never called", "list is never called."),
        ("list the berths", "list the berths."),
        ("lists are long", "Lists are long."),
        ("open: is it?", "open: is it?"),
    ],
)
def test_a_name_that_looks_like_a_word_keeps_its_letter(words: str, said: str) -> None:
    """What the finding names is spelled as the code spells it, though it may be a verb."""
    assert sentence(words, {"list", "Quay.open", "open"}) == said


@pytest.mark.parametrize(
    ("words", "symbols", "said"),
    [
        ("Berth is never used", ("Berth",), "Berth is never used"),
        ("Berth is never used", (), "berth is never used"),
        ("Dock leaks", ("Harbour.Dock",), "Dock leaks"),
        ("JSON is parsed twice", (), "JSON is parsed twice"),
    ],
)
def test_a_symbol_keeps_its_capital(words: str, symbols: tuple[str, ...], said: str) -> None:
    """A class that begins a title is called as it is declared."""
    assert lowered(words, symbols) == said
