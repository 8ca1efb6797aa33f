"""Under which keys an object literal hands out what a name stands for."""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode


def held_as(held: SgNode, name: str) -> Iterator[str]:
    """Yield the keys of the object literal ``held`` whose value is ``name``, in their order."""
    for part in held.named_children():
        if part.kind() == "shorthand_property_identifier" and part.text() == name:
            yield name
        given, key = part.field("value"), part.field("key")
        if given is not None and key is not None and given.text() == name:
            yield key.text().strip("'\"")
