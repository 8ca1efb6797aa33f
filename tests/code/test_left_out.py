"""Commas that tree-sitter takes and compilers do not."""

from __future__ import annotations

import pytest

from mendbook.fixes.instruction.tree.language import is_broken, language_of


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("export const oven = { loaves: 2, };", False),
        ("export const oven = { loaves: 2,, };", True),
        ("export const oven = { loaves: 2, // two\n, };", True),
        ("export const oven = { , loaves: 2 };", True),
        ("bake(loaf,, oven);", True),
        ("bake(loaf, oven,);", False),
        ("import { loaf,, oven } from './oven';", True),
        ("const [, second] = loaves;", False),
        ("const rest = [1,, 3];", False),
    ],
)
def test_nothing_between_two_commas_is_an_item_in_arrays_only(code: str, broken: bool) -> None:
    """An object that was given one comma too many is no code."""
    language = language_of("src/oven.ts")
    assert language is not None
    assert is_broken(language, code) is broken
